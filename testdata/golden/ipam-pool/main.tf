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
  group_rg_shop_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-shop-net"
  group_rg_payments = "/subscriptions/${var.subscription_id}/resourceGroups/rg-payments"
}

data "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "vnet-hub"
}

# 512 addresses, 448 of them in subnets; address space from IPAM pool weu.
resource "azapi_resource" "vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "vnet-shop"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        ipamPoolPrefixAllocations = [
          {
            numberOfIpAddresses = "512"
            pool = {
              id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
            }
          },
        ]
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "64"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
    }
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 19 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-pe"
  body = {
    properties = {
      defaultOutboundAccess = false
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "64"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
  ]
}

# 251 usable addresses.
resource "azapi_resource" "snet_agc" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-agc"
  body = {
    properties = {
      defaultOutboundAccess = false
      delegations = [
        {
          name = "Microsoft.ServiceNetworking.trafficControllers"
          properties = {
            serviceName = "Microsoft.ServiceNetworking/trafficControllers"
          }
        },
      ]
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "256"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "nsg_shop_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-shop-nodes"
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
            sourceAddressPrefix      = "VirtualNetwork"
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
            destinationAddressPrefix = "VirtualNetwork"
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

# 43 nodes + 5 for surge nodes + 5 reserved by Azure = 53 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 11 to spare.
resource "azapi_resource" "snet_shop_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-nodes"
  body = {
    properties = {
      defaultOutboundAccess = false
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "64"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_agc,
  ]
}

# 1024 addresses, 320 of them in subnets; address space from IPAM pool weu.
resource "azapi_resource" "vnet_batch" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "vnet-batch"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        ipamPoolPrefixAllocations = [
          {
            numberOfIpAddresses = "1024"
            pool = {
              id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
            }
          },
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_batch_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-batch-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 55 to spare.
resource "azapi_resource" "snet_batch_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_batch.id
  name      = "snet-batch-nodes"
  body = {
    properties = {
      defaultOutboundAccess = false
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "64"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
      networkSecurityGroup = {
        id = azapi_resource.nsg_batch_nodes.id
      }
    }
  }
}

resource "azapi_resource" "nsg_batch_pods" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-batch-pods"
  location  = var.location
  body = {
    properties = {}
  }
}

# 192 pods + 5 reserved by Azure = 197 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 59 to spare.
resource "azapi_resource" "snet_batch_pods" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_batch.id
  name      = "snet-batch-pods"
  body = {
    properties = {
      defaultOutboundAccess = false
      delegations = [
        {
          name = "aks-delegation"
          properties = {
            serviceName = "Microsoft.ContainerService/managedClusters"
          }
        },
      ]
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "256"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
      networkSecurityGroup = {
        id = azapi_resource.nsg_batch_pods.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_batch_nodes,
  ]
}

# 256 addresses, 256 of them in subnets; address space from IPAM pool weu.
resource "azapi_resource" "vnet_payments" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_payments
  name      = "vnet-payments"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        ipamPoolPrefixAllocations = [
          {
            numberOfIpAddresses = "256"
            pool = {
              id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
            }
          },
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_payments_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_payments
  name      = "nsg-payments-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 3 nodes + 1 for surge nodes + 120 pods + 5 reserved by Azure = 129 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 127 to spare.
resource "azapi_resource" "snet_payments_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_payments.id
  name      = "snet-payments-nodes"
  body = {
    properties = {
      defaultOutboundAccess = false
      ipamPoolPrefixAllocations = [
        {
          numberOfIpAddresses = "256"
          pool = {
            id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        },
      ]
      networkSecurityGroup = {
        id = azapi_resource.nsg_payments_nodes.id
      }
    }
  }
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = data.azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-shop"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_shop.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azapi_resource" "peer_vnet_shop_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "vnet-shop-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = data.azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg-shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "10.0.0.0/16"
        dnsServiceIP      = "10.0.0.10"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_nodes.id
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
          maxCount          = 40
          maxPods           = 250
          vnetSubnetID      = azapi_resource.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "batch"
      resourceGroup = "rg-batch"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name                = "system"
          mode                = "System"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 3
          maxPods             = 30
          vnetSubnetID        = azapi_resource.snet_batch_nodes.id
          podSubnetID         = azapi_resource.snet_batch_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "payments"
      resourceGroup = "rg-payments"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
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
          vnetSubnetID = azapi_resource.snet_payments_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
