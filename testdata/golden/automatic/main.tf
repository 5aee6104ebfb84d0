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
  group_rg_shop_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-shop-net"
}

# 1024 addresses, 144 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_shop" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_shop_net
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

resource "azapi_resource" "nsg_shop_apiserver" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-shop-apiserver"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Nodes reach the API server in its subnet."
            destinationAddressPrefix = "10.128.3.0/28"
            destinationPortRanges = [
              "443",
              "4443",
            ]
            direction = "Inbound"
            priority  = 100
            protocol  = "Tcp"
            sourceAddressPrefixes = [
              "10.128.0.64/26",
              "10.128.0.0/26",
            ]
            sourcePortRange = "*"
          }
        },
        {
          name = "AllowProbesToAPIServer"
          properties = {
            access                   = "Allow"
            description              = "Health probes of the API server."
            destinationAddressPrefix = "10.128.3.0/28"
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

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.128.3.0/28 has 11 usable, 2 to spare.
resource "azapi_resource" "snet_shop_apiserver" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-apiserver"
  body = {
    properties = {
      addressPrefix         = "10.128.3.0/28"
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
        id = azapi_resource.nsg_shop_apiserver.id
      }
    }
  }
}

resource "azapi_resource" "nsg_shop_system" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "nsg-shop-system"
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
            sourceAddressPrefixes = [
              "10.128.0.64/26",
              "10.128.0.0/26",
            ]
            sourcePortRange = "*"
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
            access      = "Allow"
            description = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefixes = [
              "10.128.0.64/26",
              "10.128.0.0/26",
            ]
            destinationPortRange = "*"
            direction            = "Inbound"
            priority             = 120
            protocol             = "*"
            sourceAddressPrefix  = "10.244.0.0/16"
            sourcePortRange      = "*"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "pip_ng_shop1" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "pip-ng-shop-1"
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

resource "azapi_resource" "pip_ng_shop2" {
  type      = "Microsoft.Network/publicIPAddresses@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "pip-ng-shop-2"
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
resource "azapi_resource" "ng_shop" {
  type      = "Microsoft.Network/natGateways@2025-03-01"
  parent_id = local.group_rg_shop_net
  name      = "ng-shop"
  location  = var.location
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      publicIpAddresses = [
        {
          id = azapi_resource.pip_ng_shop1.id
        },
        {
          id = azapi_resource.pip_ng_shop2.id
        },
      ]
    }
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.128.0.0/26 has 59 usable, 55 to spare.
resource "azapi_resource" "snet_shop_system" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-system"
  body = {
    properties = {
      addressPrefix         = "10.128.0.0/26"
      defaultOutboundAccess = false
      natGateway = {
        id = azapi_resource.ng_shop.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_system.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_shop_apiserver,
  ]
}

resource "azapi_resource" "nsg_shop_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_shop_net
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
            sourceAddressPrefixes = [
              "10.128.0.64/26",
              "10.128.0.0/26",
            ]
            sourcePortRange = "*"
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
            access      = "Allow"
            description = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefixes = [
              "10.128.0.64/26",
              "10.128.0.0/26",
            ]
            destinationPortRange = "*"
            direction            = "Inbound"
            priority             = 120
            protocol             = "*"
            sourceAddressPrefix  = "10.244.0.0/16"
            sourcePortRange      = "*"
          }
        },
      ]
    }
  }
}

# 43 nodes + 1 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.128.0.64/26 has 59 usable, 15 to spare.
resource "azapi_resource" "snet_shop_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_shop.id
  name      = "snet-shop-nodes"
  body = {
    properties = {
      addressPrefix         = "10.128.0.64/26"
      defaultOutboundAccess = false
      natGateway = {
        id = azapi_resource.ng_shop.id
      }
      networkSecurityGroup = {
        id = azapi_resource.nsg_shop_nodes.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_shop_system,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg-shop-net"
      networkProfile = {
        podCidr      = "10.244.0.0/16"
        serviceCidr  = "10.0.0.0/16"
        dnsServiceIP = "10.0.0.10"
        outboundType = "userAssignedNATGateway"
      }
      agentPoolProfiles = [
        {
          name         = "gpu"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 250
          vnetSubnetID = azapi_resource.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      hostedSystemProfile = {
        systemNodeSubnetID = azapi_resource.snet_shop_system.id
        nodeSubnetID       = azapi_resource.snet_shop_nodes.id
      }
      apiServerAccessProfile = {
        subnetId = azapi_resource.snet_shop_apiserver.id
      }
    },
  ]
}
