# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
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

locals {
  group_rg_media_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-media-net"
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_media" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_media_net
  name      = "vnet-media"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.110.0.0/24",
          "fd00:db8:110::/48",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_media_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_media_net
  name      = "nsg-media-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.110.0.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToPodsIPv6"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "fd12:3456:789a::/64"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "fd00:db8:110:140::/64"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPodsIPv6"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "fd12:3456:789a::/64"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 130
            protocol                 = "*"
            sourceAddressPrefix      = "fd12:3456:789a::/64"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.110.0.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 140
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodesIPv6"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "fd00:db8:110:140::/64"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 150
            protocol                 = "*"
            sourceAddressPrefix      = "fd12:3456:789a::/64"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.110.0.0/26 has 59 usable, 15 to spare.
resource "azapi_resource" "snet_media_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_media.id
  name      = "snet-media-nodes"
  body = {
    properties = {
      addressPrefixes = [
        "10.110.0.0/26",
        "fd00:db8:110:140::/64",
      ]
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_media_nodes.id
      }
    }
  }
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
          vnetSubnetID = azapi_resource.snet_media_nodes.id
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
          vnetSubnetID      = azapi_resource.snet_media_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
