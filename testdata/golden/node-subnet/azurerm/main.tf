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
  default     = "northeurope"
}

# 4096 addresses, 2048 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_flat" {
  name                = "vnet-flat"
  resource_group_name = "rg-flat"
  location            = var.location
  address_space       = ["10.60.112.0/20"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_flat_nodes" {
  name                = "nsg-flat-nodes"
  resource_group_name = "rg-flat"
  location            = var.location
  security_rule       = []
}

# 50 nodes + 2 for surge nodes + 1560 pods + 2 internal load balancers + 5 reserved by Azure = 1619 addresses;
# 10.60.120.0/21 has 2043 usable, 429 to spare.
resource "azurerm_subnet" "snet_flat_nodes" {
  name                            = "snet-flat-nodes"
  resource_group_name             = "rg-flat"
  virtual_network_name            = azurerm_virtual_network.vnet_flat.name
  address_prefixes                = ["10.60.120.0/21"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_flat_nodes" {
  subnet_id                 = azurerm_subnet.snet_flat_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_flat_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "flat"
      resourceGroup = "rg-flat"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        networkPolicy    = "calico"
        serviceCidr      = "172.21.0.0/16"
        dnsServiceIP     = "172.21.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_flat_nodes.id
          upgradeSettings = {
            maxSurge = "1"
          }
        },
        {
          name         = "apps"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 47
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_flat_nodes.id
          upgradeSettings = {
            maxSurge = "1"
          }
        },
      ]
    },
  ]
}
