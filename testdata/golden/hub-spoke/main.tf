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
  group_rg_hub          = "/subscriptions/${var.subscription_id}/resourceGroups/rg-hub"
  group_rg_payments_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-payments-net"
  group_rg_search_net   = "/subscriptions/${var.subscription_id}/resourceGroups/rg-search-net"
}

# 1024 addresses, 224 of them in subnets; address space set in the spec.
resource "azapi_resource" "vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_hub
  name      = "vnet-hub"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.96.0.0/22",
        ]
      }
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_firewall_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "AzureFirewallSubnet"
  body = {
    properties = {
      addressPrefix = "10.96.0.0/26"
    }
  }
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_firewall_management_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "AzureFirewallManagementSubnet"
  body = {
    properties = {
      addressPrefix = "10.96.0.64/26"
    }
  }
  depends_on = [
    azapi_resource.snet_azure_firewall_subnet,
  ]
}

# 27 usable addresses.
resource "azapi_resource" "snet_gateway_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "GatewaySubnet"
  body = {
    properties = {
      addressPrefix = "10.96.0.128/27"
    }
  }
  depends_on = [
    azapi_resource.snet_azure_firewall_management_subnet,
  ]
}

# 59 usable addresses.
resource "azapi_resource" "snet_azure_bastion_subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "AzureBastionSubnet"
  body = {
    properties = {
      addressPrefix = "10.96.0.192/26"
    }
  }
  depends_on = [
    azapi_resource.snet_gateway_subnet,
  ]
}

# 512 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_payments" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_payments_net
  name      = "vnet-payments"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.100.128.0/23",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_payments_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_payments_net
  name      = "nsg-payments-nodes"
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
            sourceAddressPrefix      = "10.100.129.0/26"
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
            destinationAddressPrefix = "10.100.129.0/26"
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

resource "azapi_resource" "rt_payments" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_payments_net
  name      = "rt-payments"
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = false
      routes = [
        {
          name = "default"
          properties = {
            addressPrefix    = "0.0.0.0/0"
            nextHopIpAddress = "10.96.0.4"
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

# 28 nodes + 10 for surge nodes + 1 private endpoint + 5 reserved by Azure = 44 addresses;
# 10.100.129.0/26 has 59 usable, 20 to spare.
resource "azapi_resource" "snet_payments_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_payments.id
  name      = "snet-payments-nodes"
  body = {
    properties = {
      addressPrefix         = "10.100.129.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_payments_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_payments.id
      }
    }
  }
}

# 1024 addresses, 160 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_search" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_search_net
  name      = "vnet-search"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.100.132.0/22",
        ]
      }
    }
  }
}

# 20 others + 5 reserved by Azure = 25 addresses;
# 10.100.132.0/27 has 27 usable, 7 to spare.
resource "azapi_resource" "snet_pe" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_search.id
  name      = "snet-pe"
  body = {
    properties = {
      addressPrefix         = "10.100.132.0/27"
      defaultOutboundAccess = false
    }
  }
}

resource "azapi_resource" "nsg_search_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_search_net
  name      = "nsg-search-nodes"
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
            sourceAddressPrefix      = "10.100.135.128/25"
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
            destinationAddressPrefix = "10.100.135.128/25"
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

resource "azapi_resource" "rt_search" {
  type      = "Microsoft.Network/routeTables@2025-03-01"
  parent_id = local.group_rg_search_net
  name      = "rt-search"
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = false
      routes = [
        {
          name = "default"
          properties = {
            addressPrefix    = "0.0.0.0/0"
            nextHopIpAddress = "10.96.0.4"
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

# 63 nodes + 21 for surge nodes + 5 reserved by Azure = 89 addresses;
# 10.100.135.128/25 has 123 usable, 39 to spare.
resource "azapi_resource" "snet_search_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_search.id
  name      = "snet-search-nodes"
  body = {
    properties = {
      addressPrefix         = "10.100.135.128/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_search_nodes.id
      }
      routeTable = {
        id = azapi_resource.rt_search.id
      }
    }
  }
  depends_on = [
    azapi_resource.snet_pe,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_payments" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-payments"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_payments.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
    azapi_resource.snet_payments_nodes,
  ]
}

resource "azapi_resource" "peer_vnet_hub_to_vnet_search" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_hub.id
  name      = "vnet-hub-to-vnet-search"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_search.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_search_nodes,
    azapi_resource.peer_vnet_hub_to_vnet_payments,
  ]
}

resource "azapi_resource" "peer_vnet_payments_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_payments.id
  name      = "vnet-payments-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
    azapi_resource.snet_payments_nodes,
  ]
}

resource "azapi_resource" "peer_vnet_search_to_vnet_hub" {
  type      = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01"
  parent_id = azapi_resource.vnet_search.id
  name      = "vnet-search-to-vnet-hub"
  body = {
    properties = {
      allowForwardedTraffic     = true
      allowGatewayTransit       = false
      allowVirtualNetworkAccess = true
      remoteVirtualNetwork = {
        id = azapi_resource.vnet_hub.id
      }
      useRemoteGateways = false
    }
  }
  depends_on = [
    azapi_resource.snet_azure_bastion_subnet,
    azapi_resource.snet_search_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "payments"
      resourceGroup = "rg-payments-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.64.0.0/18"
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
          maxPods      = 110
          vnetSubnetID = azapi_resource.snet_payments_nodes.id
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
          maxCount          = 25
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_payments_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    },
    {
      name          = "search"
      resourceGroup = "rg-search-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "100.65.0.0/16"
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
          maxPods      = 110
          vnetSubnetID = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
        {
          name         = "index"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 60
          maxPods      = 110
          vnetSubnetID = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
