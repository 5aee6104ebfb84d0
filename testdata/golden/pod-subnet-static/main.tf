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
  default     = "swedencentral"
}

locals {
  group_rg_ml_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-ml-net"
}

# 16384 addresses, 4224 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_ml" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_ml_net
  name      = "vnet-ml"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.81.192.0/18",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_ml_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_ml_net
  name      = "nsg-ml-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.81.192.0/25 has 123 usable, 53 to spare.
resource "azapi_resource" "snet_ml_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_ml.id
  name      = "snet-ml-nodes"
  body = {
    properties = {
      addressPrefix         = "10.81.192.0/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_ml_nodes.id
      }
    }
  }
}

resource "azapi_resource" "nsg_ml_pods" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_ml_net
  name      = "nsg-ml-pods"
  location  = var.location
  body = {
    properties = {}
  }
}

# 2304 pods + 27 others + 5 reserved by Azure = 2336 addresses;
# 10.81.208.0/20 has 4091 usable, 1760 to spare.
resource "azapi_resource" "snet_ml_pods" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_ml.id
  name      = "snet-ml-pods"
  body = {
    properties = {
      addressPrefix         = "10.81.208.0/20"
      defaultOutboundAccess = false
      delegations = [
        {
          name = "aks-delegation"
          properties = {
            serviceName = "Microsoft.ContainerService/managedClusters"
          }
        },
      ]
      networkSecurityGroup = {
        id = azapi_resource.nsg_ml_pods.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_ml_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "ml"
      resourceGroup = "rg-ml-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "cilium"
        networkPolicy    = "cilium"
        serviceCidr      = "172.23.0.0/16"
        dnsServiceIP     = "172.23.0.10"
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
          maxPods             = 47
          vnetSubnetID        = azapi_resource.snet_ml_nodes.id
          podSubnetID         = azapi_resource.snet_ml_pods.id
          podIPAllocationMode = "StaticBlock"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "train"
          mode                = "User"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 60
          maxPods             = 31
          vnetSubnetID        = azapi_resource.snet_ml_nodes.id
          podSubnetID         = azapi_resource.snet_ml_pods.id
          podIPAllocationMode = "StaticBlock"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
