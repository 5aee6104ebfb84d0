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
  default     = "northeurope"
}

locals {
  group_rg_fleet_net = "/subscriptions/${var.subscription_id}/resourceGroups/rg-fleet-net"
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_auth" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-auth"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.0.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_auth_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-auth-nodes"
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
            sourceAddressPrefix      = "10.120.0.0/26"
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
            destinationAddressPrefix = "10.120.0.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.64.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 11 nodes + 4 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 22 addresses;
# 10.120.0.0/26 has 59 usable, 42 to spare.
resource "azapi_resource" "snet_auth_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_auth.id
  name      = "snet-auth-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.0.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_auth_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_cart" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-cart"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.4.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_cart_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-cart-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.65.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.4.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.65.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.65.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.4.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.65.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 15 nodes + 5 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 28 addresses;
# 10.120.4.0/26 has 59 usable, 36 to spare.
resource "azapi_resource" "snet_cart_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_cart.id
  name      = "snet-cart-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.4.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_cart_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_catalog" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-catalog"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.8.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_catalog_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-catalog-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.66.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.8.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.66.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.66.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.8.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.66.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 23 nodes + 8 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 40 addresses;
# 10.120.8.0/26 has 59 usable, 24 to spare.
resource "azapi_resource" "snet_catalog_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_catalog.id
  name      = "snet-catalog-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.8.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_catalog_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_chat" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-chat"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.12.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_chat_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-chat-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.67.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.12.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.67.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.67.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.12.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.67.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 9 nodes + 3 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 19 addresses;
# 10.120.12.0/26 has 59 usable, 45 to spare.
resource "azapi_resource" "snet_chat_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_chat.id
  name      = "snet-chat-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.12.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_chat_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_fraud" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-fraud"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.16.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_fraud_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-fraud-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.68.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.16.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.68.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.68.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.16.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.68.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 33 nodes + 11 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 52 addresses;
# 10.120.16.0/26 has 59 usable, 12 to spare.
resource "azapi_resource" "snet_fraud_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_fraud.id
  name      = "snet-fraud-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.16.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_fraud_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_ledger" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-ledger"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.20.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_ledger_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-ledger-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.69.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.20.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.69.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.69.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.20.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.69.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 19 nodes + 7 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 35 addresses;
# 10.120.20.0/26 has 59 usable, 29 to spare.
resource "azapi_resource" "snet_ledger_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_ledger.id
  name      = "snet-ledger-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.20.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_ledger_nodes.id
      }
    }
  }
}

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_media" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-media"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.24.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_media_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-media-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.70.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.24.0/25"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.70.0.0/16"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.70.0.0/16"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.24.0/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.70.0.0/16"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 53 nodes + 18 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 78 addresses;
# 10.120.24.0/25 has 123 usable, 50 to spare.
resource "azapi_resource" "snet_media_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_media.id
  name      = "snet-media-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.24.0/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_media_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_orders" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-orders"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.28.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_orders_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-orders-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.71.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.28.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.71.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.71.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.28.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.71.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 27 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 44 addresses;
# 10.120.28.0/26 has 59 usable, 20 to spare.
resource "azapi_resource" "snet_orders_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_orders.id
  name      = "snet-orders-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.28.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_orders_nodes.id
      }
    }
  }
}

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_search" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-search"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.32.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_search_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
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
            destinationAddressPrefix = "100.72.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.32.0/25"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.72.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.72.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.32.0/25"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.72.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 43 nodes + 15 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 67 addresses;
# 10.120.32.0/25 has 123 usable, 61 to spare.
resource "azapi_resource" "snet_search_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_search.id
  name      = "snet-search-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.32.0/25"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_search_nodes.id
      }
    }
  }
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azapi_resource" "vnet_users" {
  type      = "Microsoft.Network/virtualNetworks@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "vnet-users"
  location  = var.location
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.120.36.0/24",
        ]
      }
    }
  }
}

resource "azapi_resource" "nsg_users_nodes" {
  type      = "Microsoft.Network/networkSecurityGroups@2025-03-01"
  parent_id = local.group_rg_fleet_net
  name      = "nsg-users-nodes"
  location  = var.location
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowNodesToPods"
          properties = {
            access                   = "Allow"
            description              = "The group sees the pods' own addresses."
            destinationAddressPrefix = "100.73.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 100
            protocol                 = "*"
            sourceAddressPrefix      = "10.120.36.0/26"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToPods"
          properties = {
            access                   = "Allow"
            description              = "Pods talk to each other, and to cluster DNS."
            destinationAddressPrefix = "100.73.0.0/18"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 110
            protocol                 = "*"
            sourceAddressPrefix      = "100.73.0.0/18"
            sourcePortRange          = "*"
          }
        },
        {
          name = "AllowPodsToNodes"
          properties = {
            access                   = "Allow"
            description              = "Pods reach nodes and pods on the node's own network."
            destinationAddressPrefix = "10.120.36.0/26"
            destinationPortRange     = "*"
            direction                = "Inbound"
            priority                 = 120
            protocol                 = "*"
            sourceAddressPrefix      = "100.73.0.0/18"
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
            priority            = 130
            protocol            = "Tcp"
            sourceAddressPrefix = "Internet"
            sourcePortRange     = "*"
          }
        },
      ]
    }
  }
}

# 13 nodes + 5 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 25 addresses;
# 10.120.36.0/26 has 59 usable, 39 to spare.
resource "azapi_resource" "snet_users_nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2025-03-01"
  parent_id = azapi_resource.vnet_users.id
  name      = "snet-users-nodes"
  body = {
    properties = {
      addressPrefix         = "10.120.36.0/26"
      defaultOutboundAccess = false
      networkSecurityGroup = {
        id = azapi_resource.nsg_users_nodes.id
      }
    }
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "auth"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
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
          vnetSubnetID = azapi_resource.snet_auth_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 8
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_auth_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "cart"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.65.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_cart_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 12
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_cart_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "catalog"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.66.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_catalog_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 20
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_catalog_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "chat"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.67.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_chat_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 6
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_chat_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "fraud"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.68.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_fraud_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          vnetSubnetID      = azapi_resource.snet_fraud_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "ledger"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.69.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_ledger_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 16
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_ledger_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "media"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.70.0.0/16"
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
          vnetSubnetID = azapi_resource.snet_media_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 50
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_media_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "orders"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.71.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_orders_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 24
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_orders_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "search"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.72.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 40
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "users"
      resourceGroup = "rg-fleet-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.73.0.0/18"
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
          vnetSubnetID = azapi_resource.snet_users_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
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
          maxCount          = 10
          maxPods           = 110
          vnetSubnetID      = azapi_resource.snet_users_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
