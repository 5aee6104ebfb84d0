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
  group_rg_data_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-data-net"
}

# 16384 addresses, 4160 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_data" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "vnet-data"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.73.192.0/18",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_data_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "nsg-data-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

resource "azapi_resource" "pip_ng_data1" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "pip-ng-data-1"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
      tier = "Regional"
    }
    properties = {
      publicIPAddressVersion   = "IPv4"
      publicIPAllocationMethod = "Static"
    }
  }
}

resource "azapi_resource" "pip_ng_data2" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "pip-ng-data-2"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
      tier = "Regional"
    }
    properties = {
      publicIPAddressVersion   = "IPv4"
      publicIPAllocationMethod = "Static"
    }
  }
}

# 2 public addresses give 129024 SNAT ports.
resource "azapi_resource" "ng_data" {
  type      = "Microsoft.Network/natGateways@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "ng-data"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      idleTimeoutInMinutes = 10
      publicIpAddresses = [
        {
          id = azapi_resource.pip_ng_data1.id
        },
        {
          id = azapi_resource.pip_ng_data2.id
        },
      ]
    }
  }
}

# 27 nodes + 9 for surge nodes + 5 reserved by Azure = 41 addresses;
# 10.73.192.0/26 has 59 usable, 23 to spare.
resource "azapi_resource" "snet_data_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_data.id
  name      = "snet-data-nodes"
  body = {
    properties = {
      addressPrefix         = "10.73.192.0/26"
      defaultOutboundAccess = false
      natGateway = {
        id = azapi_resource.ng_data.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_data_nodes.id
      }
    }
  }
}

resource "azapi_resource" "nsg_data_pods" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_data_net
  name      = "nsg-data-pods"
  location  = var.location
  body = {
    properties = {}
  }
}

# 2304 pods + 5 reserved by Azure = 2309 addresses;
# 10.73.208.0/20 has 4091 usable, 1787 to spare.
resource "azapi_resource" "snet_data_pods" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_data.id
  name      = "snet-data-pods"
  body = {
    properties = {
      addressPrefix         = "10.73.208.0/20"
      defaultOutboundAccess = false
      delegations = [
        {
          name = "aks-delegation"
          properties = {
            serviceName = "Microsoft.ContainerService/managedClusters"
          }
        },
      ]
      natGateway = {
        id = azapi_resource.ng_data.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_data_pods.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_data_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "data"
      resourceGroup = "rg-data-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "cilium"
        networkPolicy    = "cilium"
        serviceCidr      = "172.22.0.0/16"
        dnsServiceIP     = "172.22.0.10"
        outboundType     = "userAssignedNATGateway"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name                = "system"
          mode                = "System"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 3
          maxPods             = 50
          vnetSubnetID        = azapi_resource.snet_data_nodes.id
          podSubnetID         = azapi_resource.snet_data_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "etl"
          mode                = "User"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 2
          enableAutoScaling   = true
          minCount            = 2
          maxCount            = 24
          maxPods             = 50
          vnetSubnetID        = azapi_resource.snet_data_nodes.id
          podSubnetID         = azapi_resource.snet_data_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
