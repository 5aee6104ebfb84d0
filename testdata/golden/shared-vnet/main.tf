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
  group_rg_platform_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-platform-net"
}

# 8192 addresses, 1600 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_platform" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_platform_net
  name      = "vnet-platform"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.48.0.0/19",
        ]
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      addressPrefix = "10.48.0.0/26"
    }
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.48.0.64/26 has 59 usable, 19 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "snet-pe"
  body = {
    properties = {
      addressPrefix         = "10.48.0.64/26"
      defaultOutboundAccess = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
  ]
}

# 251 usable addresses.
resource "azapi_resource" "snet_agc" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "snet-agc"
  body = {
    properties = {
      addressPrefix         = "10.48.1.0/24"
      defaultOutboundAccess = false
      delegations = [
        {
          name = "Microsoft.ServiceNetworking.trafficControllers"
          properties = {
            serviceName = "Microsoft.ServiceNetworking/trafficControllers"
          }
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "nsg_web_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_platform_net
  name      = "nsg-web-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.64.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.48.8.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.64.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.64.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.48.8.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.64.0.0/18"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.48.8.0/26 has 59 usable, 15 to spare.
resource "azapi_resource" "snet_web_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "snet-web-nodes"
  body = {
    properties = {
      addressPrefix         = "10.48.8.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_web_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_agc,
  ]
}

resource "azapi_resource" "nsg_batch_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_platform_net
  name      = "nsg-batch-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.65.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.48.9.0/25"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.65.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.65.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.48.9.0/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.65.0.0/16"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 103 nodes + 11 for surge nodes + 5 reserved by Azure = 119 addresses;
# 10.48.9.0/25 has 123 usable, 9 to spare.
resource "azapi_resource" "snet_batch_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "snet-batch-nodes"
  body = {
    properties = {
      addressPrefix         = "10.48.9.0/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_batch_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_web_nodes,
  ]
}

resource "azapi_resource" "nsg_scada_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_platform_net
  name      = "nsg-scada-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

# 23 nodes + 3 for surge nodes + 780 pods + 5 reserved by Azure = 811 addresses;
# 10.48.28.0/22 has 1019 usable, 213 to spare.
resource "azapi_resource" "snet_scada_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_platform.id
  name      = "snet-scada-nodes"
  body = {
    properties = {
      addressPrefix         = "10.48.28.0/22"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_scada_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_batch_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "web"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "100.64.0.0/18"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
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
          vnetSubnetID = azapi_resource.snet_web_nodes.id
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
          maxCount          = 30
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_web_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "batch"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.65.0.0/16"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
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
          vnetSubnetID = azapi_resource.snet_batch_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "spot"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 0
          enableAutoScaling = true
          minCount          = 0
          maxCount          = 100
          maxPods           = 60
          vnetSubnetID      = azapi_resource.snet_batch_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "scada"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "172.20.0.0/16"
        dnsServiceIP     = "172.20.0.10"
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
          vnetSubnetID = azapi_resource.snet_scada_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name         = "edge"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 20
          maxPods      = 30
          vnetSubnetID = azapi_resource.snet_scada_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
