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
  group_rg_flat = "/subscriptions/${var.subscription_id}/resourceGroups/rg-flat"
}

# 4096 addresses, 2048 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_flat" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_flat
  name      = "vnet-flat"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.60.112.0/20",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_flat_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_flat
  name      = "nsg-flat-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 50 nodes + 2 for surge nodes + 1560 pods + 2 internal load balancers + 5 reserved by Azure = 1619 addresses;
# 10.60.120.0/21 has 2043 usable, 429 to spare.
resource "azapi_resource" "snet_flat_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_flat.id
  name      = "snet-flat-nodes"
  body = {
    properties = {
      addressPrefix         = "10.60.120.0/21"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_flat_nodes.id
      }
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "flat"
      resourceGroup = "rg-flat"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        networkPolicy    = "calico"
        serviceCidr      = "172.21.0.0/16"
        dnsServiceIP     = "172.21.0.10"
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
          vnetSubnetID = azapi_resource.snet_flat_nodes.id
          upgradeSettings = {
            maxSurge = "1"
          }
        },
        {
          name         = "apps"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 47
          maxPods      = 30
          vnetSubnetID = azapi_resource.snet_flat_nodes.id
          upgradeSettings = {
            maxSurge = "1"
          }
        },
      ]
    },
  ]
}
