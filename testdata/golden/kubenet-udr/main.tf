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
  group_rg_legacy_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-legacy-net"
}

data "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_legacy_net
  name      = "vnet-hub"
}

# 1024 addresses, 128 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_legacy" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_legacy_net
  name      = "vnet-legacy"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.31.0.0/22",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_legacy_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_legacy_net
  name      = "nsg-legacy-nodes"
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
            sourceAddressPrefix      = "10.31.3.128/25"
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
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.31.3.128/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# AKS adds a route for every node to this table: it is created once and not sent again.
resource "azapi_resource" "rt_legacy" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_legacy_net
  name      = "rt-legacy"
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = false
    }
  }

  lifecycle {
    ignore_changes = [body]
  }
}

resource "azapi_resource" "route_default" {
  type      = "Microsoft.Network/routeTables/routes@2025-03-01"
  parent_id = azapi_resource.rt_legacy.id
  name      = "default"
  body = {
    properties = {
      addressPrefix    = "0.0.0.0/0"
      nextHopIpAddress = "10.30.0.4"
      nextHopType      = "VirtualAppliance"
    }
  }
}

resource "azapi_resource" "route_firewall_public1" {
  type      = "Microsoft.Network/routeTables/routes@2025-03-01"
  parent_id = azapi_resource.rt_legacy.id
  name      = "firewall-public-1"
  body = {
    properties = {
      addressPrefix = "20.50.1.1/32"
      nextHopType   = "Internet"
    }
  }
  depends_on = [
    azapi_resource.route_default,
  ]
}

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.31.3.128/25 has 123 usable, 53 to spare.
resource "azapi_resource" "snet_legacy_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_legacy.id
  name      = "snet-legacy-nodes"
  body = {
    properties = {
      addressPrefix         = "10.31.3.128/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_legacy_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_legacy.id
      }
    }
  }
  depends_on = [
    azapi_resource.route_firewall_public1,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_legacy" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = data.azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-legacy"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_legacy.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_legacy_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azapi_resource" "peer_vnet_legacy_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_legacy.id
  name      = "vnet-legacy-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = data.azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_legacy_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "legacy"
      resourceGroup = "rg-legacy-net"
      networkProfile = {
        networkPlugin   = "kubenet"
        networkPolicy   = "calico"
        podCidr         = "10.244.0.0/16"
        serviceCidr     = "10.245.0.0/16"
        dnsServiceIP    = "10.245.0.10"
        outboundType    = "userDefinedRouting"
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
          vnetSubnetID = azapi_resource.snet_legacy_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "web"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 3
          enableAutoScaling = true
          minCount          = 3
          maxCount          = 60
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_legacy_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
