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
  default     = "germanywestcentral"
}

locals {
  group_rg_lab_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-lab-net"
}

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_lab" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_lab_net
  name      = "vnet-lab"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.128.0.0/22",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_lab_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_lab_net
  name      = "nsg-lab-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.246.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.128.0.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "10.246.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.246.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.128.0.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.246.0.0/18"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 15 nodes + 5 for surge nodes + 5 reserved by Azure = 25 addresses;
# 10.128.0.0/26 has 59 usable, 39 to spare.
resource "azapi_resource" "snet_lab_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_lab.id
  name      = "snet-lab-nodes"
  body = {
    properties = {
      addressPrefix         = "10.128.0.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_lab_nodes.id
      }
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "lab"
      resourceGroup = "rg-lab-net"
      networkProfile = {
        networkPlugin   = "none"
        podCidr         = "10.246.0.0/18"
        serviceCidr     = "172.24.0.0/20"
        dnsServiceIP    = "172.24.0.10"
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
          vnetSubnetID = azapi_resource.snet_lab_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name         = "work"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 12
          maxPods      = 110
          vnetSubnetID = azapi_resource.snet_lab_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
