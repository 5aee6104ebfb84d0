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
  default     = "northeurope"
}

locals {
  group_rg_one = "/subscriptions/${var.subscription_id}/resourceGroups/rg-one"
  group_rg_two = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-two"
}

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_one" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_one
  name      = "vnet-one"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.160.0.0/22",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_k1_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_one
  name      = "nsg-k1-nodes"
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
            sourceAddressPrefix      = "10.160.1.0/26"
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
            destinationAddressPrefix = "10.160.1.0/26"
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
resource "azapi_resource" "rt_k1" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_one
  name      = "rt-k1"
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

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
resource "azapi_resource" "snet_k1_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_one.id
  name      = "snet-k1-nodes"
  body = {
    properties = {
      addressPrefix         = "10.160.1.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_k1_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_k1.id
      }
    }
  }
}

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_two" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_two
  name      = "vnet-two"
  location  = "westeurope"
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.161.0.0/22",
          "fd00:db8:8001::/48",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_k2_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_two
  name      = "nsg-k2-nodes"
  location  = "westeurope"
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
            sourceAddressPrefix      = "10.161.1.0/26"
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
            sourceAddressPrefix      = "fd00:db8:8001:140::/64"
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
            destinationAddressPrefix = "10.161.1.0/26"
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
            destinationAddressPrefix = "fd00:db8:8001:140::/64"
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

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
resource "azapi_resource" "snet_k2_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_two.id
  name      = "snet-k2-nodes"
  body = {
    properties = {
      addressPrefixes = [
        "10.161.1.0/26",
        "fd00:db8:8001:140::/64",
      ]
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_k2_nodes.id
      }
    }
  }
}

resource "azapi_resource" "peer_vnet_one_to_vnet_two" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_one.id
  name      = "vnet-one-to-vnet-two"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_two.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_k1_nodes,
    azapi_resource.snet_k2_nodes,
  ]
}

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
resource "azapi_resource" "peer_vnet_one_to_vnet_far" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_one.id
  name      = "vnet-one-to-vnet-far"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = "/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far"
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.peer_vnet_one_to_vnet_two,
  ]
}

resource "azapi_resource" "peer_vnet_two_to_vnet_one" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_two.id
  name      = "vnet-two-to-vnet-one"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_one.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_k1_nodes,
    azapi_resource.snet_k2_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "k1"
      resourceGroup = "rg-one"
      networkProfile = {
        networkPlugin   = "kubenet"
        podCidr         = "10.244.0.0/16"
        serviceCidr     = "10.0.0.0/16"
        dnsServiceIP    = "10.0.0.10"
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
          vnetSubnetID = azapi_resource.snet_k1_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "k2"
      resourceGroup = "rg-two"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        ipFamilies = [
          "IPv4",
          "IPv6",
        ]
        podCidrs = [
          "10.244.0.0/16",
          "fd12:3456:789a::/64",
        ]
        serviceCidrs = [
          "10.0.0.0/16",
          "fd12:3456:789a:1::/108",
        ]
        dnsServiceIP    = "10.0.0.10"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_k2_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
