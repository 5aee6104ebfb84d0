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

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

locals {
  group_rg_hub      = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub"
  group_rg_shop_net = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop-net"
  group_rg_shop     = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop"
}

data "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_hub
  name      = "vnet-hub"
}

# 4096 addresses, 512 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "vnet-shop"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.40.0.0/20",
        ]
      }
      ddosProtectionPlan = {
        id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos"
      }
      dhcpOptions = {
        dnsServers = [
          "10.32.0.10",
          "10.32.0.11",
        ]
      }
      enableDdosProtection = true
      encryption = {
        enabled     = true
        enforcement = "AllowUnencrypted"
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      addressPrefix = "10.40.0.0/26"
    }
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-pe"
  body = {
    properties = {
      addressPrefix                  = "10.40.0.64/26"
      defaultOutboundAccess          = false
      privateEndpointNetworkPolicies = "Enabled"
      serviceEndpoints = [
        {
          service = "Microsoft.Storage"
        },
      ]
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
  ]
}

resource "azapi_resource" "nsg_shop_prod_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-shop-prod-nodes"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToNodes"
          properties = {
            access                   = "Allow"
            description              = "Nodes talk to each other."
            destinationAddressPrefix = "10.40.15.128/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.40.15.128/25"
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
            sourceAddressPrefix      = "10.40.15.128/25"
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
            destinationAddressPrefix = "10.40.15.128/25"
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
          name = "AllowInternetToServices"
          properties = {
            access                   = "Allow"
            description              = "Clients of public Services; add your own ports."
            destinationAddressPrefix = "*"
            destinationPortRanges = [
              "80",
              "443",
            ]
            direction           = "Inbound"
            priority            = 150
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
        {
          name = "AllowNetworkToServices"
          properties = {
            access                   = "Allow"
            description              = "Clients of internal Services; add your own ports."
            destinationAddressPrefix = "*"
            destinationPortRanges = [
              "80",
              "443",
            ]
            direction           = "Inbound"
            priority            = 160
            protocol            = "Tcp"
            sourceAddressPrefix = "VirtualNetwork"
            sourcePortRange     = "*"
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
            destinationAddressPrefix = "10.40.15.128/25"
            destinationPortRange     = "*"
            direction                = "Outbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.40.15.128/25"
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
            sourceAddressPrefix      = "10.40.15.128/25"
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
            destinationAddressPrefix = "10.40.15.128/25"
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
          name = "AllowDNSOut"
          properties = {
            access      = "Allow"
            description = "DNS servers of the network."
            destinationAddressPrefixes = [
              "10.32.0.10",
              "10.32.0.11",
            ]
            destinationPortRange = "53"
            direction            = "Outbound"
            priority             = 170
            protocol             = "*"
            sourceAddressPrefix  = "*"
            sourcePortRange      = "*"
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

resource "azapi_resource" "rt_shop_prod" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "rt-shop-prod"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      disableBgpRoutePropagation = false
      routes = [
        {
          name = "default"
          properties = {
            addressPrefix    = "0.0.0.0/0"
            nextHopIpAddress = "10.32.0.4"
            nextHopType      = "VirtualAppliance"
          }
        },
        {
          name = "firewall-public-1"
          properties = {
            addressPrefix = "20.50.1.1/32"
            nextHopType   = "Internet"
          }
        },
      ]
    }
  }
}

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
resource "azapi_resource" "snet_shop_prod_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-prod-nodes"
  body = {
    properties = {
      addressPrefix         = "10.40.15.128/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_prod_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_shop_prod.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = data.azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-shop"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_shop.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_prod_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azapi_resource" "peer_vnet_shop_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "vnet-shop-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = data.azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_shop_prod_nodes,
  ]
}

resource "azapi_resource" "id_shop_prod" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_rg_shop
  name      = "id-shop-prod"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {}
  response_export_values = [
    "properties.principalId",
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azapi_resource" "role56e4ac60_aa0153a3_a98c_fbd178f1c08e" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = azapi_resource.snet_shop_prod_nodes.id
  name      = "56e4ac60-aa01-53a3-a98c-fbd178f1c08e"
  body = {
    properties = {
      principalId      = azapi_resource.id_shop_prod.output.properties.principalId
      principalType    = "ServicePrincipal"
      roleDefinitionId = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
    }
  }
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azapi_resource" "role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = azapi_resource.rt_shop_prod.id
  name      = "7d37cbb4-a679-5351-ba0a-cbfa66d9b3c7"
  body = {
    properties = {
      principalId      = azapi_resource.id_shop_prod.output.properties.principalId
      principalType    = "ServicePrincipal"
      roleDefinitionId = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
    }
  }
}

resource "azapi_resource" "aks_shop_prod" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_rg_shop
  name      = "shop-prod"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      dnsPrefix         = "shop-prod"
      nodeResourceGroup = "MC_rg-shop_shop-prod_westeurope"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
        outboundType      = "userDefinedRouting"
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
          vnetSubnetID = azapi_resource.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 40
          maxPods           = 250
          vnetSubnetID      = azapi_resource.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    }
  }
  depends_on = [
    azapi_resource.role56e4ac60_aa0153a3_a98c_fbd178f1c08e,
    azapi_resource.role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azapi_resource.id_shop_prod.id,
    ]
  }
}

# Allows what clusters behind userDefinedRouting must reach. Attach it to the firewall that is the next hop of their default route.
resource "azapi_resource" "afwp_aks_egress" {
  type      = "Microsoft.Network/firewallPolicies@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "afwp-aks-egress"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      dnsSettings = {
        enableProxy = true
        servers = [
          "10.32.0.10",
          "10.32.0.11",
        ]
      }
      sku = {
        tier = "Standard"
      }
    }
  }
}

resource "azapi_resource" "rules_aks_egress" {
  type      = "Microsoft.Network/firewallPolicies/ruleCollectionGroups@2025-03-01"
  parent_id = azapi_resource.afwp_aks_egress.id
  name      = "aks-egress"
  body = {
    properties = {
      priority = 200
      ruleCollections = [
        {
          action = {
            type = "Allow"
          }
          name               = "aks-network"
          priority           = 200
          ruleCollectionType = "FirewallPolicyFilterRuleCollection"
          rules = [
            {
              description = "time, for nodes that were made before 2021-03"
              destinationFqdns = [
                "ntp.ubuntu.com",
              ]
              destinationPorts = [
                "123",
              ]
              ipProtocols = [
                "UDP",
              ]
              name     = "ntp"
              ruleType = "NetworkRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
            },
            {
              description = "DNS servers of your own"
              destinationAddresses = [
                "10.32.0.10",
                "10.32.0.11",
              ]
              destinationPorts = [
                "53",
              ]
              ipProtocols = [
                "UDP",
              ]
              name     = "dns-udp"
              ruleType = "NetworkRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
            },
            {
              description = "DNS servers of your own: for long answers, and for LocalDNS, which forwards over TCP"
              destinationAddresses = [
                "10.32.0.10",
                "10.32.0.11",
              ]
              destinationPorts = [
                "53",
              ]
              ipProtocols = [
                "TCP",
              ]
              name     = "dns-tcp"
              ruleType = "NetworkRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
            },
          ]
        },
        {
          action = {
            type = "Allow"
          }
          name               = "aks-names"
          priority           = 300
          ruleCollectionType = "FirewallPolicyFilterRuleCollection"
          rules = [
            {
              description = "The AKS requirements that Azure Firewall maintains itself."
              fqdnTags = [
                "AzureKubernetesService",
              ]
              name = "aks-tag"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
            },
            {
              description = "images from the Microsoft registry"
              name        = "images-from-the-microsoft-registry-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "mcr.microsoft.com",
                "*.data.mcr.microsoft.com",
                "mcr-0001.mcr-msedge.net",
              ]
            },
            {
              description = "Azure API"
              name        = "azure-api-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "management.azure.com",
              ]
            },
            {
              description = "sign-in"
              name        = "sign-in-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "login.microsoftonline.com",
              ]
            },
            {
              description = "packages"
              name        = "packages-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "packages.microsoft.com",
              ]
            },
            {
              description = "Kubernetes and CNI binaries"
              name        = "kubernetes-and-cni-binaries-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "acs-mirror.azureedge.net",
                "packages.aks.azure.com",
              ]
            },
            {
              description = "security updates"
              name        = "security-updates-80"
              protocols = [
                {
                  port         = 80
                  protocolType = "Http"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "security.ubuntu.com",
                "azure.archive.ubuntu.com",
                "changelogs.ubuntu.com",
              ]
            },
            {
              description = "security updates"
              name        = "security-updates-443"
              protocols = [
                {
                  port         = 443
                  protocolType = "Https"
                },
              ]
              ruleType = "ApplicationRule"
              sourceAddresses = [
                "10.40.15.128/25",
              ]
              targetFqdns = [
                "snapshot.ubuntu.com",
              ]
            },
          ]
        },
      ]
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop-prod"
      resourceGroup = "rg-shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "172.20.0.0/16"
        dnsServiceIP      = "172.20.0.10"
        outboundType      = "userDefinedRouting"
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
          vnetSubnetID = azapi_resource.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 40
          maxPods           = 250
          vnetSubnetID      = azapi_resource.snet_shop_prod_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    },
  ]
}
