# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.9, < 6.0"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription_id

  features {}
}

variable "subscription_id" {
  type        = string
  description = "Subscription of the resources."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group of the network."
}

variable "location" {
  type        = string
  description = "Region of the resources."
}

# 4096 addresses, 2000 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_a" {
  name                = "vnet-a"
  resource_group_name = var.resource_group_name
  location            = var.location
  address_space       = ["10.160.0.0/20"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_agw" {
  name                = "nsg-agw"
  resource_group_name = var.resource_group_name
  location            = var.location

  security_rule {
    name                       = "AllowGatewayManager"
    description                = "Azure manages the gateway."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "Tcp"
    source_address_prefix      = "GatewayManager"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "65200-65535"
  }

  security_rule {
    name                       = "AllowGatewayProbes"
    description                = "Health probes of the gateway."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToGateway"
    description                = "Clients of the gateway."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }

  security_rule {
    name                       = "allow-gateway-manager"
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 4096
    protocol                   = "Tcp"
    source_address_prefix      = "GatewayManager"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "65200-65535"
  }
}

# 251 usable addresses.
resource "azurerm_subnet" "snet_agw" {
  name                            = "snet-agw"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.0.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_agw" {
  subnet_id                 = azurerm_subnet.snet_agw.id
  network_security_group_id = azurerm_network_security_group.nsg_agw.id
}

resource "azurerm_network_security_group" "nsg_apps" {
  name                = "nsg-apps"
  resource_group_name = var.resource_group_name
  location            = var.location

  security_rule {
    name                       = "allow-web"
    description                = "web's \"own\" [ports]"
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 200
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }

  security_rule {
    name                       = "deny-ssh"
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 300
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "22"
  }
}

resource "azurerm_route_table" "rt_apps" {
  name                          = "rt-apps"
  resource_group_name           = var.resource_group_name
  location                      = var.location
  bgp_route_propagation_enabled = false

  route {
    name           = "to-dc"
    address_prefix = "192.168.0.0/16"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name                   = "via-nva"
    address_prefix         = "10.99.0.0/16"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}

resource "azurerm_public_ip_prefix" "ippre_ng_apps" {
  name                = "ippre-ng-apps"
  resource_group_name = var.resource_group_name
  location            = var.location
  prefix_length       = 30
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
  zones               = ["1"]
}

# 4 public addresses give 258048 SNAT ports.
resource "azurerm_nat_gateway" "ng_apps" {
  name                    = "ng-apps"
  resource_group_name     = var.resource_group_name
  location                = var.location
  sku_name                = "Standard"
  zones                   = ["1"]
  idle_timeout_in_minutes = 10
}

resource "azurerm_nat_gateway_public_ip_prefix_association" "ippre_ng_apps" {
  nat_gateway_id      = azurerm_nat_gateway.ng_apps.id
  public_ip_prefix_id = azurerm_public_ip_prefix.ippre_ng_apps.id
}

# 100 others + 5 reserved by Azure = 105 addresses;
# 10.160.1.0/25 has 123 usable, 23 to spare.
resource "azurerm_subnet" "snet_apps" {
  name                            = "snet-apps"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.1.0/25"]
  default_outbound_access_enabled = true
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_agw,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_apps" {
  subnet_id                 = azurerm_subnet.snet_apps.id
  network_security_group_id = azurerm_network_security_group.nsg_apps.id
}

resource "azurerm_subnet_route_table_association" "snet_apps" {
  subnet_id      = azurerm_subnet.snet_apps.id
  route_table_id = azurerm_route_table.rt_apps.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_apps" {
  subnet_id      = azurerm_subnet.snet_apps.id
  nat_gateway_id = azurerm_nat_gateway.ng_apps.id
  depends_on = [
    azurerm_nat_gateway_public_ip_prefix_association.ippre_ng_apps,
  ]
}

resource "azurerm_network_security_group" "nsg_pods_apiserver" {
  name                = "nsg-pods-apiserver"
  resource_group_name = var.resource_group_name
  location            = var.location

  security_rule {
    name                       = "AllowNodesToAPIServer"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "Tcp"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowPodsToAPIServer"
    description                = "Pods reach the API server with their own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowProbesToAPIServer"
    description                = "Health probes of the API server."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "Tcp"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_range     = "9988"
  }
}

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.160.7.176/28 has 11 usable, 2 to spare.
resource "azurerm_subnet" "snet_pods_apiserver" {
  name                            = "snet-pods-apiserver"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.7.176/28"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_apps,
    azurerm_subnet_route_table_association.snet_apps,
    azurerm_subnet_nat_gateway_association.snet_apps,
  ]

  delegation {
    name = "aks-delegation"

    service_delegation {
      name = "Microsoft.ContainerService/managedClusters"
    }
  }

  lifecycle {
    ignore_changes = [delegation[0].service_delegation[0].actions]
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_pods_apiserver" {
  subnet_id                 = azurerm_subnet.snet_pods_apiserver.id
  network_security_group_id = azurerm_network_security_group.nsg_pods_apiserver.id
}

resource "azurerm_network_security_group" "nsg_pods_nodes" {
  name                = "nsg-pods-nodes"
  resource_group_name = var.resource_group_name
  location            = var.location
  security_rule       = []
}

resource "azurerm_public_ip" "pip_ng_pods1" {
  name                = "pip-ng-pods-1"
  resource_group_name = var.resource_group_name
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

resource "azurerm_public_ip" "pip_ng_pods2" {
  name                = "pip-ng-pods-2"
  resource_group_name = var.resource_group_name
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

# 2 public addresses give 129024 SNAT ports.
resource "azurerm_nat_gateway" "ng_pods" {
  name                    = "ng-pods"
  resource_group_name     = var.resource_group_name
  location                = var.location
  sku_name                = "Standard"
  idle_timeout_in_minutes = 10
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_pods1" {
  nat_gateway_id       = azurerm_nat_gateway.ng_pods.id
  public_ip_address_id = azurerm_public_ip.pip_ng_pods1.id
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_pods2" {
  nat_gateway_id       = azurerm_nat_gateway.ng_pods.id
  public_ip_address_id = azurerm_public_ip.pip_ng_pods2.id
}

# 5 nodes + 2 for surge nodes + 5 reserved by Azure = 12 addresses;
# 10.160.7.192/26 has 59 usable, 52 to spare.
resource "azurerm_subnet" "snet_pods_nodes" {
  name                            = "snet-pods-nodes"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.7.192/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_apiserver,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_pods_nodes" {
  subnet_id                 = azurerm_subnet.snet_pods_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_pods_nodes.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_pods_nodes" {
  subnet_id      = azurerm_subnet.snet_pods_nodes.id
  nat_gateway_id = azurerm_nat_gateway.ng_pods.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_pods1,
    azurerm_nat_gateway_public_ip_association.pip_ng_pods2,
  ]
}

resource "azurerm_network_security_group" "nsg_pods_pods" {
  name                = "nsg-pods-pods"
  resource_group_name = var.resource_group_name
  location            = var.location
  security_rule       = []
}

# 512 pods + 5 reserved by Azure = 517 addresses;
# 10.160.12.0/22 has 1019 usable, 507 to spare.
resource "azurerm_subnet" "snet_pods_pods" {
  name                            = "snet-pods-pods"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.12.0/22"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_nodes,
    azurerm_subnet_nat_gateway_association.snet_pods_nodes,
  ]

  delegation {
    name = "aks-delegation"

    service_delegation {
      name = "Microsoft.ContainerService/managedClusters"
    }
  }

  lifecycle {
    ignore_changes = [delegation[0].service_delegation[0].actions]
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_pods_pods" {
  subnet_id                 = azurerm_subnet.snet_pods_pods.id
  network_security_group_id = azurerm_network_security_group.nsg_pods_pods.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_pods_pods" {
  subnet_id      = azurerm_subnet.snet_pods_pods.id
  nat_gateway_id = azurerm_nat_gateway.ng_pods.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_pods1,
    azurerm_nat_gateway_public_ip_association.pip_ng_pods2,
  ]
}

resource "azurerm_network_security_group" "nsg_win_pods" {
  name                = "nsg-win-pods"
  resource_group_name = var.resource_group_name
  location            = var.location
  security_rule       = []
}

# 384 pods + 5 reserved by Azure = 389 addresses;
# 10.160.4.0/23 has 507 usable, 123 to spare.
resource "azurerm_subnet" "snet_win_pods" {
  name                            = "snet-win-pods"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.160.4.0/23"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_pods,
    azurerm_subnet_nat_gateway_association.snet_pods_pods,
  ]

  delegation {
    name = "aks-delegation"

    service_delegation {
      name = "Microsoft.ContainerService/managedClusters"
    }
  }

  lifecycle {
    ignore_changes = [delegation[0].service_delegation[0].actions]
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_win_pods" {
  subnet_id                 = azurerm_subnet.snet_win_pods.id
  network_security_group_id = azurerm_network_security_group.nsg_win_pods.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_win_pods" {
  subnet_id      = azurerm_subnet.snet_win_pods.id
  nat_gateway_id = azurerm_nat_gateway.ng_pods.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_pods1,
    azurerm_nat_gateway_public_ip_association.pip_ng_pods2,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name = "pods"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
        outboundType     = "userAssignedNATGateway"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name                = "system"
          mode                = "System"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 3
          maxPods             = 110
          vnetSubnetID        = azurerm_subnet.snet_pods_nodes.id
          podSubnetID         = azurerm_subnet.snet_pods_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "win"
          mode                = "User"
          osType              = "Windows"
          type                = "VirtualMachineScaleSets"
          count               = 2
          maxPods             = 110
          vnetSubnetID        = azurerm_subnet.snet_pods_nodes.id
          podSubnetID         = azurerm_subnet.snet_win_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enableVnetIntegration = true
        subnetId              = azurerm_subnet.snet_pods_apiserver.id
      }
    },
  ]
}
