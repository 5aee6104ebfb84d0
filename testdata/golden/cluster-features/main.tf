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
  group_rg = "/subscriptions/${var.subscription_id}/resourceGroups/rg"
}

# 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg
  name      = "vnet-shop"
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

resource "azapi_resource" "nsg_shop_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg
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
            sourceAddressPrefix      = "10.128.0.0/24"
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
            destinationAddressPrefix = "10.128.0.0/24"
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

# 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
# 10.128.0.0/24 has 251 usable, 240 to spare.
resource "azapi_resource" "snet_shop_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-nodes"
  body = {
    properties = {
      addressPrefix         = "10.128.0.0/24"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_nodes.id
      }
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "10.0.0.0/16"
        dnsServiceIP      = "10.0.0.10"
        outboundType      = "loadBalancer"
        loadBalancerSku   = "standard"
        advancedNetworking = {
          enabled = true
          observability = {
            enabled = false
          }
          security = {
            enabled                 = true
            advancedNetworkPolicies = "L7"
          }
        }
        staticEgressGatewayProfile = {
          enabled = true
        }
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
            maxSurge = "50%"
          }
        },
        {
          name         = "gw"
          mode         = "Gateway"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
          gatewayProfile = {
            publicIPPrefixSize = 31
          }
        },
        {
          name               = "edge"
          mode               = "User"
          osType             = "Linux"
          type               = "VirtualMachineScaleSets"
          count              = 2
          maxPods            = 250
          vnetSubnetID       = azapi_resource.snet_shop_nodes.id
          enableNodePublicIP = true
          upgradeSettings = {
            maxSurge       = "0"
            maxUnavailable = "1"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
        privateDNSZone       = "none"
      }
      nodeProvisioningProfile = {
        mode = "Auto"
      }
      bootstrapProfile = {
        artifactSource = "Cache"
      }
      addonProfiles = {
        azureKeyvaultSecretsProvider = {
          enabled = true
        }
        azurepolicy = {
          enabled = true
        }
      }
      oidcIssuerProfile = {
        enabled = true
      }
      securityProfile = {
        workloadIdentity = {
          enabled = true
        }
      }
      metricsProfile = {
        costAnalysis = {
          enabled = true
        }
      }
    },
  ]
}
