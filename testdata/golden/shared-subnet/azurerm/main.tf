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

# 256 addresses, 64 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_team" {
  name                = "vnet-team"
  resource_group_name = "rg-team-net"
  location            = var.location
  address_space       = ["10.52.0.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_nodes" {
  name                = "nsg-nodes"
  resource_group_name = "rg-team-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.52.0.192/26"
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
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.52.0.192/26"
    destination_port_range     = "*"
  }
}

# 46 nodes + 6 for surge nodes + 5 reserved by Azure = 57 addresses;
# 10.52.0.192/26 has 59 usable, 7 to spare.
resource "azurerm_subnet" "snet_nodes" {
  name                            = "snet-nodes"
  resource_group_name             = "rg-team-net"
  virtual_network_name            = azurerm_virtual_network.vnet_team.name
  address_prefixes                = ["10.52.0.192/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_nodes" {
  subnet_id                 = azurerm_subnet.snet_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "blue"
      resourceGroup = "rg-team-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          vnetSubnetID = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 20
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "green"
      resourceGroup = "rg-team-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          vnetSubnetID = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 20
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
