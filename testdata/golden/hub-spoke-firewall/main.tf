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
  group_rg_hub      = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub"
  group_rg_shop_net = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop-net"
}

data "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_hub
  name      = "vnet-hub"
}

# 4096 addresses, 512 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "vnet-shop"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.40.0.0/20",
        ]
      }
      ddosProtectionPlan = {
        id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos"
      }
      dhcpOptions = {
        dnsServers = [
          "10.32.0.10",
          "10.32.0.11",
        ]
      }
      enableDdosProtection = true
      encryption = {
        enabled     = true
        enforcement = "AllowUnencrypted"
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
      addressPrefix = "10.40.0.0/26"
    }
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-pe"
  body = {
    properties = {
      addressPrefix                  = "10.40.0.64/26"
      defaultOutboundAccess          = false
      privateEndpointNetworkPolicies = "Enabled"
      serviceEndpoints = [
        {
          service = "Microsoft.Storage"
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
  ]
}

resource "azapi_resource" "nsg_shop_prod_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-shop-prod-nodes"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
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
            sourceAddressPrefix      = "10.40.15.128/25"
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
            destinationAddressPrefix = "10.40.15.128/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowInternetToServices"
          properties = {
            access                   = "Allow"
            description              = "Clients of public Services; add your own ports."
            destinationAddressPrefix = "*"
            destinationPortRanges = [
              "80",
              "443",
            ]
            direction           = "Inbound"
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "rt_shop_prod" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "rt-shop-prod"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
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
      ]
    }
  }
}

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
resource "azapi_resource" "snet_shop_prod_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-prod-nodes"
  body = {
    properties = {
      addressPrefix         = "10.40.15.128/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_prod_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_shop_prod.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = data.azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-shop"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_shop.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_prod_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azapi_resource" "peer_vnet_shop_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "vnet-shop-to-vnet-hub"
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
    azapi_resource.snet_shop_prod_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop-prod"
      resourceGroup = "rg-shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_prod_nodes.id
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
          maxPods           = 250
          vnetSubnetID      = azapi_resource.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    },
  ]
}
