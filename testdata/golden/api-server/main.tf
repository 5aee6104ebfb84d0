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
  group_rg_core_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-core-net"
}

# 1024 addresses, 160 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_core" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_core_net
  name      = "vnet-core"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.130.0.0/22",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_apiserver" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_core_net
  name      = "nsg-apiserver"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Nodes reach the API server in its subnet."
            destinationAddressPrefix = "10.130.1.96/27"
            destinationPortRanges = [
              "443",
              "4443",
            ]
            direction = "Inbound"
            priority  = 100
            protocol  = "Tcp"
            sourceAddressPrefixes = [
              "10.130.1.0/26",
              "10.130.1.128/26",
            ]
            sourcePortRange = "*"
          }
        },
        {
          name = "AllowProbesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Health probes of the API server."
            destinationAddressPrefix = "10.130.1.96/27"
            destinationPortRange     = "9988"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "Tcp"
            sourceAddressPrefix      = "AzureLoadBalancer"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 18 others + 5 reserved by Azure = 23 addresses;
# 10.130.1.96/27 has 27 usable, 9 to spare.
resource "azapi_resource" "snet_apiserver" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_core.id
  name      = "snet-apiserver"
  body = {
    properties = {
      addressPrefix         = "10.130.1.96/27"
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
        id = azapi_resource.nsg_apiserver.id
      }
    }
  }
}

resource "azapi_resource" "nsg_core_a_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_core_net
  name      = "nsg-core-a-nodes"
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
            sourceAddressPrefix      = "10.130.1.0/26"
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
            destinationAddressPrefix = "10.130.1.0/26"
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

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.0/26 has 59 usable, 22 to spare.
resource "azapi_resource" "snet_core_a_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_core.id
  name      = "snet-core-a-nodes"
  body = {
    properties = {
      addressPrefix         = "10.130.1.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_core_a_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_apiserver,
  ]
}

resource "azapi_resource" "nsg_core_b_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_core_net
  name      = "nsg-core-b-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.245.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.130.1.128/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "10.245.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.245.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.130.1.128/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.245.0.0/16"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.128/26 has 59 usable, 22 to spare.
resource "azapi_resource" "snet_core_b_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_core.id
  name      = "snet-core-b-nodes"
  body = {
    properties = {
      addressPrefix         = "10.130.1.128/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_core_b_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_core_a_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "core-a"
      resourceGroup = "rg-core-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
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
          vnetSubnetID = azapi_resource.snet_core_a_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 30
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_core_a_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enableVnetIntegration = true
        subnetId              = azapi_resource.snet_apiserver.id
      }
    },
    {
      name          = "core-b"
      resourceGroup = "rg-core-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.245.0.0/16"
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
          vnetSubnetID = azapi_resource.snet_core_b_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 2
          enableAutoScaling = true
          minCount          = 2
          maxCount          = 30
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_core_b_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster  = true
        enableVnetIntegration = true
        subnetId              = azapi_resource.snet_apiserver.id
      }
    },
  ]
}
