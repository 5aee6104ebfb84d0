# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
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

locals {
  group_network = "/subscriptions/${var.subscription_id}/resourceGroups/${var.resource_group_name}"
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

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowAPIServerToNodesOut"
    description                = "The API server reaches nodes without a tunnel."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.176/28"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowAPIServerToPodsOut"
    description                  = "The API server reaches webhooks in pods."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.176/28"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
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

  security_rule {
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPods"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPods"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowGatewaysToNodes"
    description                = "The application gateway reaches what it serves."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "10.160.0.0/24"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowGatewaysToPods"
    description                  = "The application gateway reaches the pods it serves."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 150
    protocol                     = "*"
    source_address_prefix        = "10.160.0.0/24"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowAPIServerToNodes"
    description                = "The API server reaches nodes without a tunnel."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "*"
    source_address_prefix      = "10.160.7.176/28"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowAPIServerToPods"
    description                  = "The API server reaches webhooks in pods."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 170
    protocol                     = "*"
    source_address_prefix        = "10.160.7.176/28"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowLoadBalancerProbes"
    description                = "Health probes of Services."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToNodesOut"
    description                = "Nodes talk to each other."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPodsOut"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPodsOut"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesOut"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToAPIServerOut"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "Tcp"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowPodsToAPIServerOut"
    description                = "Pods reach the API server with their own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowHTTPSToInternetOut"
    description                = "Registry, API server and Azure are known by name: a firewall filters them."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowHTTPSToNetworkOut"
    description                = "Private endpoints and the private API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 170
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowTimeOut"
    description                = "Time servers."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "123"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
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

  security_rule {
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPods"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPods"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowGatewaysToNodes"
    description                = "The application gateway reaches what it serves."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "10.160.0.0/24"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowGatewaysToPods"
    description                  = "The application gateway reaches the pods it serves."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 150
    protocol                     = "*"
    source_address_prefix        = "10.160.0.0/24"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowAPIServerToNodes"
    description                = "The API server reaches nodes without a tunnel."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "*"
    source_address_prefix      = "10.160.7.176/28"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowAPIServerToPods"
    description                  = "The API server reaches webhooks in pods."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 170
    protocol                     = "*"
    source_address_prefix        = "10.160.7.176/28"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowLoadBalancerProbes"
    description                = "Health probes of Services."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToNodesOut"
    description                = "Nodes talk to each other."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPodsOut"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPodsOut"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesOut"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToAPIServerOut"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "Tcp"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowPodsToAPIServerOut"
    description                = "Pods reach the API server with their own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowHTTPSToInternetOut"
    description                = "Registry, API server and Azure are known by name: a firewall filters them."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowHTTPSToNetworkOut"
    description                = "Private endpoints and the private API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 170
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowTimeOut"
    description                = "Time servers."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "123"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
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

  security_rule {
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPods"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPods"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowGatewaysToNodes"
    description                = "The application gateway reaches what it serves."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "10.160.0.0/24"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowGatewaysToPods"
    description                  = "The application gateway reaches the pods it serves."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 150
    protocol                     = "*"
    source_address_prefix        = "10.160.0.0/24"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowAPIServerToNodes"
    description                = "The API server reaches nodes without a tunnel."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "*"
    source_address_prefix      = "10.160.7.176/28"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowAPIServerToPods"
    description                  = "The API server reaches webhooks in pods."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 170
    protocol                     = "*"
    source_address_prefix        = "10.160.7.176/28"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowLoadBalancerProbes"
    description                = "Health probes of Services."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToNodesOut"
    description                = "Nodes talk to each other."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowNodesToPodsOut"
    description                  = "The group sees the pods' own addresses."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 110
    protocol                     = "*"
    source_address_prefix        = "10.160.7.192/26"
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                         = "AllowPodsToPodsOut"
    description                  = "Pods talk to each other, and to cluster DNS."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefixes      = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range            = "*"
    destination_address_prefixes = ["10.160.12.0/22", "10.160.4.0/23"]
    destination_port_range       = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesOut"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.192/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToAPIServerOut"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "Tcp"
    source_address_prefix      = "10.160.7.192/26"
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowPodsToAPIServerOut"
    description                = "Pods reach the API server with their own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.160.12.0/22", "10.160.4.0/23"]
    source_port_range          = "*"
    destination_address_prefix = "10.160.7.176/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowHTTPSToInternetOut"
    description                = "Registry, API server and Azure are known by name: a firewall filters them."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowHTTPSToNetworkOut"
    description                = "Private endpoints and the private API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 170
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowTimeOut"
    description                = "Time servers."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "123"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
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

resource "azurerm_user_assigned_identity" "id_pods" {
  name                = "id-pods"
  resource_group_name = var.resource_group_name
  location            = var.location
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role_e231b5152f9d51789159_e8303d24bfd6" {
  name               = "e231b515-2f9d-5178-9159-e8303d24bfd6"
  scope              = azurerm_subnet.snet_pods_nodes.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_pods.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_nodes,
    azurerm_subnet_nat_gateway_association.snet_pods_nodes,
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role_d13e91d23ee35c16_adfd2f486b6f2a93" {
  name               = "d13e91d2-3ee3-5c16-adfd-2f486b6f2a93"
  scope              = azurerm_subnet.snet_pods_pods.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_pods.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_pods,
    azurerm_subnet_nat_gateway_association.snet_pods_pods,
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role10f3dec3_b6745b9c_ac99_a544cb286820" {
  name               = "10f3dec3-b674-5b9c-ac99-a544cb286820"
  scope              = azurerm_subnet.snet_win_pods.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_pods.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_win_pods,
    azurerm_subnet_nat_gateway_association.snet_win_pods,
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role7c913b1a839e5edb_a7c0_f51acae0fbad" {
  name               = "7c913b1a-839e-5edb-a7c0-f51acae0fbad"
  scope              = azurerm_subnet.snet_pods_apiserver.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_pods.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_apiserver,
  ]
}

# azapi: azurerm needs settings for this resource that the network does not determine.
resource "azapi_resource" "aks_pods" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_network
  name      = "pods"
  location  = var.location
  body = {
    properties = {
      dnsPrefix = "pods"
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
    }
  }
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_pods_apiserver,
    azurerm_subnet_network_security_group_association.snet_pods_nodes,
    azurerm_subnet_nat_gateway_association.snet_pods_nodes,
    azurerm_subnet_network_security_group_association.snet_pods_pods,
    azurerm_subnet_nat_gateway_association.snet_pods_pods,
    azurerm_subnet_network_security_group_association.snet_win_pods,
    azurerm_subnet_nat_gateway_association.snet_win_pods,
    azurerm_role_assignment.role_e231b5152f9d51789159_e8303d24bfd6,
    azurerm_role_assignment.role_d13e91d23ee35c16_adfd2f486b6f2a93,
    azurerm_role_assignment.role10f3dec3_b6745b9c_ac99_a544cb286820,
    azurerm_role_assignment.role7c913b1a839e5edb_a7c0_f51acae0fbad,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azurerm_user_assigned_identity.id_pods.id,
    ]
  }
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
