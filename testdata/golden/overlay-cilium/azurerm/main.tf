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

# 1024 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_shop_prod" {
  name                = "vnet-shop-prod"
  resource_group_name = "rg-shop-net"
  location            = var.location
  address_space       = ["10.40.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_shop_prod_nodes" {
  name                = "nsg-shop-prod-nodes"
  resource_group_name = "rg-shop-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.40.0.0/25"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.40.0.0/25"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 54 nodes + 19 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 82 addresses;
# 10.40.0.0/25 has 123 usable, 46 to spare.
resource "azurerm_subnet" "snet_shop_prod_nodes" {
  name                            = "snet-shop-prod-nodes"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop_prod.name
  address_prefixes                = ["10.40.0.0/25"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_prod_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_prod_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_prod_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop-prod"
      resourceGroup = "rg-shop-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.64.0.0/16"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
        outboundType      = "loadBalancer"
        loadBalancerSku   = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 110
          vnetSubnetID = azurerm_subnet.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 3
          enableAutoScaling = true
          minCount          = 3
          maxCount          = 40
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
