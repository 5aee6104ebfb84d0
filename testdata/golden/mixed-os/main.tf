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
  default     = "westus3"
}

locals {
  group_rg_erp_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-erp-net"
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_erp" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_erp_net
  name      = "vnet-erp"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.90.0.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_erp_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_erp_net
  name      = "nsg-erp-nodes"
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
            sourceAddressPrefix      = "10.90.0.0/26"
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
            destinationAddressPrefix = "10.90.0.0/26"
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

# 33 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 50 addresses;
# 10.90.0.0/26 has 59 usable, 14 to spare.
resource "azapi_resource" "snet_erp_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_erp.id
  name      = "snet-erp-nodes"
  body = {
    properties = {
      addressPrefix         = "10.90.0.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_erp_nodes.id
      }
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "erp"
      resourceGroup = "rg-erp-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        networkPolicy     = "calico"
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
          maxPods      = 110
          vnetSubnetID = azapi_resource.snet_erp_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "linux"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 20
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_erp_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
        {
          name              = "win22"
          mode              = "User"
          osType            = "Windows"
          osSKU             = "Windows2022"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 10
          maxPods           = 50
          vnetSubnetID      = azapi_resource.snet_erp_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
