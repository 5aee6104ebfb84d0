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
  default     = "germanywestcentral"
}

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_lab" {
  name                = "vnet-lab"
  resource_group_name = "rg-lab-net"
  location            = var.location
  address_space       = ["10.128.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_lab_nodes" {
  name                = "nsg-lab-nodes"
  resource_group_name = "rg-lab-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.128.0.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.246.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.246.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.246.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.246.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.128.0.0/26"
    destination_port_range     = "*"
  }
}

# 15 nodes + 5 for surge nodes + 5 reserved by Azure = 25 addresses;
# 10.128.0.0/26 has 59 usable, 39 to spare.
resource "azurerm_subnet" "snet_lab_nodes" {
  name                            = "snet-lab-nodes"
  resource_group_name             = "rg-lab-net"
  virtual_network_name            = azurerm_virtual_network.vnet_lab.name
  address_prefixes                = ["10.128.0.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_lab_nodes" {
  subnet_id                 = azurerm_subnet.snet_lab_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_lab_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "lab"
      resourceGroup = "rg-lab-net"
      networkProfile = {
        networkPlugin   = "none"
        podCidr         = "10.246.0.0/18"
        serviceCidr     = "172.24.0.0/20"
        dnsServiceIP    = "172.24.0.10"
        outboundType    = "loadBalancer"
        loadBalancerSku = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 110
          vnetSubnetID = azurerm_subnet.snet_lab_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name         = "work"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 12
          maxPods      = 110
          vnetSubnetID = azurerm_subnet.snet_lab_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
