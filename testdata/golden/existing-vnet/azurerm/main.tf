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
  default     = "uksouth"
}

data "azurerm_virtual_network" "vnet_corp" {
  name                = "vnet-corp"
  resource_group_name = "rg-corp-net"
}

resource "azurerm_network_security_group" "nsg_crm_nodes" {
  name                = "nsg-crm-nodes"
  resource_group_name = "rg-corp-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.20.3.128/25"
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
    destination_address_prefix = "10.20.3.128/25"
    destination_port_range     = "*"
  }
}

# 63 nodes + 21 for surge nodes + 5 internal load balancers + 5 reserved by Azure = 94 addresses;
# 10.20.3.128/25 has 123 usable, 34 to spare.
resource "azurerm_subnet" "snet_crm_nodes" {
  name                            = "snet-crm-nodes"
  resource_group_name             = "rg-corp-net"
  virtual_network_name            = data.azurerm_virtual_network.vnet_corp.name
  address_prefixes                = ["10.20.3.128/25"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_crm_nodes" {
  subnet_id                 = azurerm_subnet.snet_crm_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_crm_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "crm"
      resourceGroup = "rg-corp-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          vnetSubnetID = azurerm_subnet.snet_crm_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
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
          maxCount          = 60
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_crm_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
