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

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

locals {
  group_rg_bank_net = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-bank-net"
}

data "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_bank_net
  name      = "vnet-hub"
}

# 4096 addresses, 256 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_bank" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_bank_net
  name      = "vnet-bank"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.40.0.0/20",
        ]
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_bank.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      addressPrefix = "10.40.0.0/26"
    }
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_bank.id
  name      = "snet-pe"
  body = {
    properties = {
      addressPrefix         = "10.40.0.64/26"
      defaultOutboundAccess = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
  ]
}

resource "azapi_resource" "nsg_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_bank_net
  name      = "nsg-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.64.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.40.15.128/25"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.64.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.64.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.40.15.128/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.64.0.0/16"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "rt_bank_prod" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_bank_net
  name      = "rt-bank-prod"
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = false
      routes = [
        {
          name = "default"
          properties = {
            addressPrefix    = "0.0.0.0/0"
            nextHopIpAddress = "10.32.0.4"
            nextHopType      = "VirtualAppliance"
          }
        },
        {
          name = "firewall-public-1"
          properties = {
            addressPrefix = "20.50.1.1/32"
            nextHopType   = "Internet"
          }
        },
        {
          name = "firewall-public-2"
          properties = {
            addressPrefix = "20.50.1.2/32"
            nextHopType   = "Internet"
          }
        },
      ]
    }
  }
}

# 69 nodes + 21 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 102 addresses;
# 10.40.15.128/25 has 123 usable, 26 to spare.
resource "azapi_resource" "snet_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_bank.id
  name      = "snet-nodes"
  body = {
    properties = {
      addressPrefix         = "10.40.15.128/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_bank_prod.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_bank" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = data.azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-bank"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_bank.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azapi_resource" "peer_vnet_bank_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_bank.id
  name      = "vnet-bank-to-vnet-hub"
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
    azapi_resource.snet_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "bank-prod"
      resourceGroup = "rg-bank"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.64.0.0/16"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
        outboundType      = "userDefinedRouting"
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
          vnetSubnetID = azapi_resource.snet_nodes.id
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
          vnetSubnetID      = azapi_resource.snet_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
        {
          name              = "batch"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 0
          enableAutoScaling = true
          minCount          = 0
          maxCount          = 12
          maxPods           = 60
          vnetSubnetID      = azapi_resource.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    },
  ]
}
