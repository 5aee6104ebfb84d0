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
  default     = "eastus2"
}

locals {
  group_rg_enterprise_networking = "/subscriptions/${var.subscription_id}/resourceGroups/rg-enterprise-networking"
}

# 256 addresses, 160 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_enterprise_networking
  name      = "vnet-hub"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.200.0.0/24",
        ]
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_firewall_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "AzureFirewallSubnet"
  body = {
    properties = {
      addressPrefix = "10.200.0.0/26"
    }
  }
}

# 27 usable addresses.
resource "azapi_resource" "snet_gateway_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "GatewaySubnet"
  body = {
    properties = {
      addressPrefix = "10.200.0.64/27"
    }
  }
  depends_on = [
    azapi_resource.snet_azure_firewall_subnet,
  ]
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      addressPrefix = "10.200.0.128/26"
    }
  }
  depends_on = [
    azapi_resource.snet_gateway_subnet,
  ]
}

# 65536 addresses, 1312 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_spoke" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_enterprise_networking
  name      = "vnet-spoke"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.240.0.0/16",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_clusternodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_enterprise_networking
  name      = "nsg-clusternodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 15 nodes + 15 for surge nodes + 900 pods + 5 reserved by Azure = 935 addresses;
# 10.240.0.0/22 has 1019 usable, 89 to spare.
resource "azapi_resource" "snet_clusternodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_spoke.id
  name      = "snet-clusternodes"
  body = {
    properties = {
      addressPrefix         = "10.240.0.0/22"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_clusternodes.id
      }
    }
  }
}

# 5 internal load balancers + 5 reserved by Azure = 10 addresses;
# 10.240.4.0/28 has 11 usable, 6 to spare.
resource "azapi_resource" "snet_clusteringressservices" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_spoke.id
  name      = "snet-clusteringressservices"
  body = {
    properties = {
      addressPrefix         = "10.240.4.0/28"
      defaultOutboundAccess = false
    }
  }
  depends_on = [
    azapi_resource.snet_clusternodes,
  ]
}

# 11 usable addresses.
resource "azapi_resource" "snet_privatelinkendpoints" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_spoke.id
  name      = "snet-privatelinkendpoints"
  body = {
    properties = {
      addressPrefix         = "10.240.4.32/28"
      defaultOutboundAccess = false
    }
  }
  depends_on = [
    azapi_resource.snet_clusteringressservices,
  ]
}

# 251 others + 5 reserved by Azure = 256 addresses;
# 10.240.5.0/24 has 251 usable, 0 to spare.
resource "azapi_resource" "snet_applicationgateway" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_spoke.id
  name      = "snet-applicationgateway"
  body = {
    properties = {
      addressPrefix         = "10.240.5.0/24"
      defaultOutboundAccess = false
    }
  }
  depends_on = [
    azapi_resource.snet_privatelinkendpoints,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_spoke" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-spoke"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_spoke.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
    azapi_resource.snet_applicationgateway,
  ]
}

resource "azapi_resource" "peer_vnet_spoke_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_spoke.id
  name      = "vnet-spoke-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
    azapi_resource.snet_applicationgateway,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "aks-baseline"
      resourceGroup = "rg-enterprise-networking"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "172.16.0.0/16"
        dnsServiceIP     = "172.16.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "npsystem"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 30
          vnetSubnetID = azapi_resource.snet_clusternodes.id
          upgradeSettings = {
            maxSurge = "100%"
          }
        },
        {
          name         = "npuser01"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 30
          vnetSubnetID = azapi_resource.snet_clusternodes.id
          upgradeSettings = {
            maxSurge = "100%"
          }
        },
      ]
    },
  ]
}
