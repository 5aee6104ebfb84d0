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

variable "resource_group_name" {
  type        = string
  description = "Resource group of the network."
}

variable "location" {
  type        = string
  description = "Region of the resources."
}

locals {
  group_network   = "/subscriptions/${var.subscription_id}/resourceGroups/${var.resource_group_name}"
  group_network_2 = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/${var.resource_group_name}"
}

# 65536 addresses, 64 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_a" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_network
  name      = "vnet-a"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.0.0.0/16",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_shop_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-shop-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToNodes"
          properties = {
            access                   = "Allow"
            description              = "Nodes talk to each other."
            destinationAddressPrefix = "10.0.64.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.0.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.0.64.0/26"
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
            priority                 = 120
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
            destinationAddressPrefix = "10.0.64.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 130
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowLoadBalancerProbes"
          properties = {
            access                   = "Allow"
            description              = "Health probes of Services."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 140
            protocol                 = "*"
            sourceAddressPrefix      = "AzureLoadBalancer"
            sourcePortRange          = "*"
          }
        },
        {
          name = "DenyAllInbound"
          properties = {
            access                   = "Deny"
            description              = "Lockdown: what no rule above allows is denied."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 4096
            protocol                 = "*"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToNodesOut"
          properties = {
            access                   = "Allow"
            description              = "Nodes talk to each other."
            destinationAddressPrefix = "10.0.64.0/26"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.0.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToPodsOut"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.0.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPodsOut"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodesOut"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.0.64.0/26"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 130
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowHTTPSToInternetOut"
          properties = {
            access                   = "Allow"
            description              = "Registry, API server and Azure are known by name: a firewall filters them."
            destinationAddressPrefix = "Internet"
            destinationPortRange     = "443"
            direction                = "Outbound"
            priority                 = 140
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowHTTPSToNetworkOut"
          properties = {
            access                   = "Allow"
            description              = "Private endpoints and the private API server."
            destinationAddressPrefix = "VirtualNetwork"
            destinationPortRange     = "443"
            direction                = "Outbound"
            priority                 = 150
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTimeOut"
          properties = {
            access                   = "Allow"
            description              = "Time servers."
            destinationAddressPrefix = "Internet"
            destinationPortRange     = "123"
            direction                = "Outbound"
            priority                 = 160
            protocol                 = "Udp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTunnelUDPOut"
          properties = {
            access                   = "Allow"
            description              = "Tunnel to the API server."
            destinationAddressPrefix = "AzureCloud"
            destinationPortRange     = "1194"
            direction                = "Outbound"
            priority                 = 170
            protocol                 = "Udp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTunnelTCPOut"
          properties = {
            access                   = "Allow"
            description              = "Tunnel to the API server."
            destinationAddressPrefix = "AzureCloud"
            destinationPortRange     = "9000"
            direction                = "Outbound"
            priority                 = 180
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "DenyAllOutbound"
          properties = {
            access                   = "Deny"
            description              = "Lockdown: what no rule above allows is denied."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 4096
            protocol                 = "*"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.0.64.0/26 has 59 usable, 55 to spare.
resource "azapi_resource" "snet_shop_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-shop-nodes"
  body = {
    properties = {
      addressPrefix         = "10.0.64.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_nodes.id
      }
    }
  }
}

# 65536 addresses, 64 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_b" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_network_2
  name      = "vnet-b"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.1.0.0/16",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_search_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network_2
  name      = "nsg-search-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToNodes"
          properties = {
            access                   = "Allow"
            description              = "Nodes talk to each other."
            destinationAddressPrefix = "10.1.64.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.1.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.1.64.0/26"
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
            priority                 = 120
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
            destinationAddressPrefix = "10.1.64.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 130
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowLoadBalancerProbes"
          properties = {
            access                   = "Allow"
            description              = "Health probes of Services."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 140
            protocol                 = "*"
            sourceAddressPrefix      = "AzureLoadBalancer"
            sourcePortRange          = "*"
          }
        },
        {
          name = "DenyAllInbound"
          properties = {
            access                   = "Deny"
            description              = "Lockdown: what no rule above allows is denied."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 4096
            protocol                 = "*"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToNodesOut"
          properties = {
            access                   = "Allow"
            description              = "Nodes talk to each other."
            destinationAddressPrefix = "10.1.64.0/26"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.1.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowNodesToPodsOut"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "10.1.64.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPodsOut"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "10.244.0.0/16"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodesOut"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.1.64.0/26"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 130
            protocol                 = "*"
            sourceAddressPrefix      = "10.244.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowHTTPSToInternetOut"
          properties = {
            access                   = "Allow"
            description              = "Registry, API server and Azure are known by name: a firewall filters them."
            destinationAddressPrefix = "Internet"
            destinationPortRange     = "443"
            direction                = "Outbound"
            priority                 = 140
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowHTTPSToNetworkOut"
          properties = {
            access                   = "Allow"
            description              = "Private endpoints and the private API server."
            destinationAddressPrefix = "VirtualNetwork"
            destinationPortRange     = "443"
            direction                = "Outbound"
            priority                 = 150
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTimeOut"
          properties = {
            access                   = "Allow"
            description              = "Time servers."
            destinationAddressPrefix = "Internet"
            destinationPortRange     = "123"
            direction                = "Outbound"
            priority                 = 160
            protocol                 = "Udp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTunnelUDPOut"
          properties = {
            access                   = "Allow"
            description              = "Tunnel to the API server."
            destinationAddressPrefix = "AzureCloud"
            destinationPortRange     = "1194"
            direction                = "Outbound"
            priority                 = 170
            protocol                 = "Udp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowTunnelTCPOut"
          properties = {
            access                   = "Allow"
            description              = "Tunnel to the API server."
            destinationAddressPrefix = "AzureCloud"
            destinationPortRange     = "9000"
            direction                = "Outbound"
            priority                 = 180
            protocol                 = "Tcp"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
        {
          name = "DenyAllOutbound"
          properties = {
            access                   = "Deny"
            description              = "Lockdown: what no rule above allows is denied."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 4096
            protocol                 = "*"
            sourceAddressPrefix      = "*"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.1.64.0/26 has 59 usable, 55 to spare.
resource "azapi_resource" "snet_search_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_b.id
  name      = "snet-search-nodes"
  body = {
    properties = {
      addressPrefix         = "10.1.64.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_search_nodes.id
      }
    }
  }
}

resource "azapi_resource" "peer_vnet_a_to_vnet_b" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "vnet-a-to-vnet-b"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_b.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_nodes,
    azapi_resource.snet_search_nodes,
  ]
}

resource "azapi_resource" "peer_vnet_b_to_vnet_a" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_b.id
  name      = "vnet-b-to-vnet-a"
  body = {
    properties = {
      allowForwardedTraffic     = false
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_a.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_nodes,
    azapi_resource.snet_search_nodes,
  ]
}

resource "azapi_resource" "id_shop" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_network
  name      = "id-shop"
  location  = var.location
  body      = {}
  response_export_values = [
    "properties.principalId",
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azapi_resource" "role387dd310668159e391c0_a0ba50099cbc" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = azapi_resource.snet_shop_nodes.id
  name      = "387dd310-6681-59e3-91c0-a0ba50099cbc"
  body = {
    properties = {
      principalId      = azapi_resource.id_shop.output.properties.principalId
      principalType    = "ServicePrincipal"
      roleDefinitionId = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
    }
  }
}

resource "azapi_resource" "aks_shop" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_network
  name      = "shop"
  location  = var.location
  body = {
    properties = {
      dnsPrefix = "shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.role387dd310668159e391c0_a0ba50099cbc,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azapi_resource.id_shop.id,
    ]
  }
}

resource "azapi_resource" "id_search" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_network_2
  name      = "id-search"
  location  = var.location
  body      = {}
  response_export_values = [
    "properties.principalId",
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azapi_resource" "role12acf3b18e67581e_aec676f396a26e14" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = azapi_resource.snet_search_nodes.id
  name      = "12acf3b1-8e67-581e-aec6-76f396a26e14"
  body = {
    properties = {
      principalId      = azapi_resource.id_search.output.properties.principalId
      principalType    = "ServicePrincipal"
      roleDefinitionId = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
    }
  }
}

resource "azapi_resource" "aks_search" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_network_2
  name      = "search"
  location  = var.location
  body = {
    properties = {
      dnsPrefix = "search"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.role12acf3b18e67581e_aec676f396a26e14,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azapi_resource.id_search.id,
    ]
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name = "shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name = "search"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
