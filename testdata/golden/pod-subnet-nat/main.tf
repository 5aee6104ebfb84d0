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
  group_network = "/subscriptions/${var.subscription_id}/resourceGroups/${var.resource_group_name}"
}

# 4096 addresses, 2000 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_a" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_network
  name      = "vnet-a"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.160.0.0/20",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_agw" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-agw"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowGatewayManager"
          properties = {
            access                   = "Allow"
            description              = "Azure manages the gateway."
            destinationAddressPrefix = "*"
            destinationPortRange     = "65200-65535"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "Tcp"
            sourceAddressPrefix      = "GatewayManager"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowGatewayProbes"
          properties = {
            access                   = "Allow"
            description              = "Health probes of the gateway."
            destinationAddressPrefix = "*"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "AzureLoadBalancer"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowInternetToGateway"
          properties = {
            access                   = "Allow"
            description              = "Clients of the gateway."
            destinationAddressPrefix = "*"
            destinationPortRanges = [
              "80",
              "443",
            ]
            direction           = "Inbound"
            priority            = 120
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
        {
          name = "allow-gateway-manager"
          properties = {
            access                   = "Allow"
            destinationAddressPrefix = "*"
            destinationPortRange     = "65200-65535"
            direction                = "Inbound"
            priority                 = 4096
            protocol                 = "Tcp"
            sourceAddressPrefix      = "GatewayManager"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 251 usable addresses.
resource "azapi_resource" "snet_agw" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-agw"
  body = {
    properties = {
      addressPrefix         = "10.160.0.0/24"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_agw.id
      }
    }
  }
}

resource "azapi_resource" "nsg_apps" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-apps"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "allow-web"
          properties = {
            access                   = "Allow"
            description              = "web's \"own\" [ports]"
            destinationAddressPrefix = "*"
            destinationPortRanges = [
              "80",
              "443",
            ]
            direction           = "Inbound"
            priority            = 200
            protocol            = "Tcp"
            sourceAddressPrefix = "*"
            sourcePortRange     = "*"
          }
        },
        {
          name = "deny-ssh"
          properties = {
            access                   = "Deny"
            destinationAddressPrefix = "*"
            destinationPortRange     = "22"
            direction                = "Inbound"
            priority                 = 300
            protocol                 = "Tcp"
            sourceAddressPrefix      = "Internet"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "rt_apps" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_network
  name      = "rt-apps"
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = true
      routes = [
        {
          name = "to-dc"
          properties = {
            addressPrefix = "192.168.0.0/16"
            nextHopType   = "VirtualNetworkGateway"
          }
        },
        {
          name = "via-nva"
          properties = {
            addressPrefix    = "10.99.0.0/16"
            nextHopIpAddress = "10.0.0.4"
            nextHopType      = "VirtualAppliance"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "ippre_ng_apps" {
  type      = "Microsoft.Network/publicIPPrefixes@2025-03-01"
  parent_id = local.group_network
  name      = "ippre-ng-apps"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
      tier = "Regional"
    }
    zones = [
      "1",
    ]
    properties = {
      prefixLength           = 30
      publicIPAddressVersion = "IPv4"
    }
  }
}

# 4 public addresses give 258048 SNAT ports.
resource "azapi_resource" "ng_apps" {
  type      = "Microsoft.Network/natGateways@2025-03-01"
  parent_id = local.group_network
  name      = "ng-apps"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
    }
    zones = [
      "1",
    ]
    properties = {
      idleTimeoutInMinutes = 10
      publicIpPrefixes = [
        {
          id = azapi_resource.ippre_ng_apps.id
        },
      ]
    }
  }
}

# 100 others + 5 reserved by Azure = 105 addresses;
# 10.160.1.0/25 has 123 usable, 23 to spare.
resource "azapi_resource" "snet_apps" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-apps"
  body = {
    properties = {
      addressPrefix         = "10.160.1.0/25"
      defaultOutboundAccess = true
      natGateway = {
        id = azapi_resource.ng_apps.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_apps.id
      }
      routeTable = {
        id = azapi_resource.rt_apps.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_agw,
  ]
}

resource "azapi_resource" "nsg_pods_apiserver" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-pods-apiserver"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Nodes reach the API server in its subnet."
            destinationAddressPrefix = "10.160.7.176/28"
            destinationPortRanges = [
              "443",
              "4443",
            ]
            direction           = "Inbound"
            priority            = 100
            protocol            = "Tcp"
            sourceAddressPrefix = "10.160.7.192/26"
            sourcePortRange     = "*"
          }
        },
        {
          name = "AllowPodsToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Pods reach the API server with their own addresses."
            destinationAddressPrefix = "10.160.7.176/28"
            destinationPortRanges = [
              "443",
              "4443",
            ]
            direction = "Inbound"
            priority  = 110
            protocol  = "Tcp"
            sourceAddressPrefixes = [
              "10.160.12.0/22",
              "10.160.4.0/23",
            ]
            sourcePortRange = "*"
          }
        },
        {
          name = "AllowProbesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Health probes of the API server."
            destinationAddressPrefix = "10.160.7.176/28"
            destinationPortRange     = "9988"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "Tcp"
            sourceAddressPrefix      = "AzureLoadBalancer"
            sourcePortRange          = "*"
          }
        },
      ]
    }
  }
}

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.160.7.176/28 has 11 usable, 2 to spare.
resource "azapi_resource" "snet_pods_apiserver" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-pods-apiserver"
  body = {
    properties = {
      addressPrefix         = "10.160.7.176/28"
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
        id = azapi_resource.nsg_pods_apiserver.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_apps,
  ]
}

resource "azapi_resource" "nsg_pods_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-pods-nodes"
  location  = var.location
  body = {
    properties = {}
  }
}

resource "azapi_resource" "pip_ng_pods1" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_network
  name      = "pip-ng-pods-1"
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

resource "azapi_resource" "pip_ng_pods2" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_network
  name      = "pip-ng-pods-2"
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
resource "azapi_resource" "ng_pods" {
  type      = "Microsoft.Network/natGateways@2025-03-01"
  parent_id = local.group_network
  name      = "ng-pods"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      idleTimeoutInMinutes = 10
      publicIpAddresses = [
        {
          id = azapi_resource.pip_ng_pods1.id
        },
        {
          id = azapi_resource.pip_ng_pods2.id
        },
      ]
    }
  }
}

# 5 nodes + 2 for surge nodes + 5 reserved by Azure = 12 addresses;
# 10.160.7.192/26 has 59 usable, 52 to spare.
resource "azapi_resource" "snet_pods_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-pods-nodes"
  body = {
    properties = {
      addressPrefix         = "10.160.7.192/26"
      defaultOutboundAccess = false
      natGateway = {
        id = azapi_resource.ng_pods.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_pods_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pods_apiserver,
  ]
}

resource "azapi_resource" "nsg_pods_pods" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-pods-pods"
  location  = var.location
  body = {
    properties = {}
  }
}

# 512 pods + 5 reserved by Azure = 517 addresses;
# 10.160.12.0/22 has 1019 usable, 507 to spare.
resource "azapi_resource" "snet_pods_pods" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-pods-pods"
  body = {
    properties = {
      addressPrefix         = "10.160.12.0/22"
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
        id = azapi_resource.ng_pods.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_pods_pods.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pods_nodes,
  ]
}

resource "azapi_resource" "nsg_win_pods" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_network
  name      = "nsg-win-pods"
  location  = var.location
  body = {
    properties = {}
  }
}

# 384 pods + 5 reserved by Azure = 389 addresses;
# 10.160.4.0/23 has 507 usable, 123 to spare.
resource "azapi_resource" "snet_win_pods" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_a.id
  name      = "snet-win-pods"
  body = {
    properties = {
      addressPrefix         = "10.160.4.0/23"
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
        id = azapi_resource.ng_pods.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_win_pods.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pods_pods,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name = "pods"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
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
          maxPods             = 110
          vnetSubnetID        = azapi_resource.snet_pods_nodes.id
          podSubnetID         = azapi_resource.snet_pods_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "win"
          mode                = "User"
          osType              = "Windows"
          type                = "VirtualMachineScaleSets"
          count               = 2
          maxPods             = 110
          vnetSubnetID        = azapi_resource.snet_pods_nodes.id
          podSubnetID         = azapi_resource.snet_win_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enableVnetIntegration = true
        subnetId              = azapi_resource.snet_pods_apiserver.id
      }
    },
  ]
}
