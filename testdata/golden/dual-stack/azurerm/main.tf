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

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_media" {
  name                = "vnet-media"
  resource_group_name = "rg-media-net"
  location            = var.location
  address_space       = ["10.110.0.0/24", "fd00:db8:110::/48"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_media_nodes" {
  name                = "nsg-media-nodes"
  resource_group_name = "rg-media-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.110.0.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsIPv6"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "fd00:db8:110:140::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd12:3456:789a::/64"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPodsIPv6"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "fd12:3456:789a::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd12:3456:789a::/64"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.110.0.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesIPv6"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "*"
    source_address_prefix      = "fd12:3456:789a::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd00:db8:110:140::/64"
    destination_port_range     = "*"
  }
}

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.110.0.0/26 has 59 usable, 15 to spare.
resource "azurerm_subnet" "snet_media_nodes" {
  name                            = "snet-media-nodes"
  resource_group_name             = "rg-media-net"
  virtual_network_name            = azurerm_virtual_network.vnet_media.name
  address_prefixes                = ["10.110.0.0/26", "fd00:db8:110:140::/64"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_media_nodes" {
  subnet_id                 = azurerm_subnet.snet_media_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_media_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "media"
      resourceGroup = "rg-media-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        ipFamilies = [
          "IPv4",
          "IPv6",
        ]
        podCidrs = [
          "10.244.0.0/16",
          "fd12:3456:789a::/64",
        ]
        serviceCidrs = [
          "172.20.0.0/16",
          "fd12:3456:789a:1::/108",
        ]
        dnsServiceIP    = "172.20.0.10"
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
          vnetSubnetID = azurerm_subnet.snet_media_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "edge"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 3
          enableAutoScaling = true
          minCount          = 3
          maxCount          = 30
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_media_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
