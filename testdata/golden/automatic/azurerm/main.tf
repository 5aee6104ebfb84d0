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

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

# 1024 addresses, 144 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_shop" {
  name                = "vnet-shop"
  resource_group_name = "rg-shop-net"
  location            = var.location
  address_space       = ["10.128.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_shop_apiserver" {
  name                = "nsg-shop-apiserver"
  resource_group_name = "rg-shop-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToAPIServer"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.128.0.64/26", "10.128.0.0/26"]
    source_port_range          = "*"
    destination_address_prefix = "10.128.3.0/28"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowProbesToAPIServer"
    description                = "Health probes of the API server."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "Tcp"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "10.128.3.0/28"
    destination_port_range     = "9988"
  }
}

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.128.3.0/28 has 11 usable, 2 to spare.
resource "azurerm_subnet" "snet_shop_apiserver" {
  name                            = "snet-shop-apiserver"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  address_prefixes                = ["10.128.3.0/28"]
  default_outbound_access_enabled = false

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

resource "azurerm_subnet_network_security_group_association" "snet_shop_apiserver" {
  subnet_id                 = azurerm_subnet.snet_shop_apiserver.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_apiserver.id
}

resource "azurerm_network_security_group" "nsg_shop_system" {
  name                = "nsg-shop-system"
  resource_group_name = "rg-shop-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefixes    = ["10.128.0.64/26", "10.128.0.0/26"]
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowPodsToNodes"
    description                  = "Pods reach nodes and pods on the node's own network."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefix        = "10.244.0.0/16"
    source_port_range            = "*"
    destination_address_prefixes = ["10.128.0.64/26", "10.128.0.0/26"]
    destination_port_range       = "*"
  }
}

resource "azurerm_public_ip" "pip_ng_shop1" {
  name                = "pip-ng-shop-1"
  resource_group_name = "rg-shop-net"
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

resource "azurerm_public_ip" "pip_ng_shop2" {
  name                = "pip-ng-shop-2"
  resource_group_name = "rg-shop-net"
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

# 2 public addresses give 129024 SNAT ports.
resource "azurerm_nat_gateway" "ng_shop" {
  name                = "ng-shop"
  resource_group_name = "rg-shop-net"
  location            = var.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_shop1" {
  nat_gateway_id       = azurerm_nat_gateway.ng_shop.id
  public_ip_address_id = azurerm_public_ip.pip_ng_shop1.id
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_shop2" {
  nat_gateway_id       = azurerm_nat_gateway.ng_shop.id
  public_ip_address_id = azurerm_public_ip.pip_ng_shop2.id
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.128.0.0/26 has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_shop_system" {
  name                            = "snet-shop-system"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  address_prefixes                = ["10.128.0.0/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_apiserver,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_system" {
  subnet_id                 = azurerm_subnet.snet_shop_system.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_system.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_shop_system" {
  subnet_id      = azurerm_subnet.snet_shop_system.id
  nat_gateway_id = azurerm_nat_gateway.ng_shop.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_shop1,
    azurerm_nat_gateway_public_ip_association.pip_ng_shop2,
  ]
}

resource "azurerm_network_security_group" "nsg_shop_nodes" {
  name                = "nsg-shop-nodes"
  resource_group_name = "rg-shop-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefixes    = ["10.128.0.64/26", "10.128.0.0/26"]
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                         = "AllowPodsToNodes"
    description                  = "Pods reach nodes and pods on the node's own network."
    direction                    = "Inbound"
    access                       = "Allow"
    priority                     = 120
    protocol                     = "*"
    source_address_prefix        = "10.244.0.0/16"
    source_port_range            = "*"
    destination_address_prefixes = ["10.128.0.64/26", "10.128.0.0/26"]
    destination_port_range       = "*"
  }
}

# 43 nodes + 1 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.128.0.64/26 has 59 usable, 15 to spare.
resource "azurerm_subnet" "snet_shop_nodes" {
  name                            = "snet-shop-nodes"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  address_prefixes                = ["10.128.0.64/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_system,
    azurerm_subnet_nat_gateway_association.snet_shop_system,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_nodes.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_shop_nodes" {
  subnet_id      = azurerm_subnet.snet_shop_nodes.id
  nat_gateway_id = azurerm_nat_gateway.ng_shop.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_shop1,
    azurerm_nat_gateway_public_ip_association.pip_ng_shop2,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg-shop-net"
      networkProfile = {
        podCidr      = "10.244.0.0/16"
        serviceCidr  = "10.0.0.0/16"
        dnsServiceIP = "10.0.0.10"
        outboundType = "userAssignedNATGateway"
      }
      agentPoolProfiles = [
        {
          name         = "gpu"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      hostedSystemProfile = {
        systemNodeSubnetID = azurerm_subnet.snet_shop_system.id
        nodeSubnetID       = azurerm_subnet.snet_shop_nodes.id
      }
      apiServerAccessProfile = {
        subnetId = azurerm_subnet.snet_shop_apiserver.id
      }
    },
  ]
}
