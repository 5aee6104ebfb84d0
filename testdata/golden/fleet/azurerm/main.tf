# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.9, < 6.0"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription_id

  features {}
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

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_auth" {
  name                = "vnet-auth"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.0.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_auth_nodes" {
  name                = "nsg-auth-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.0.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.0.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 11 nodes + 4 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 22 addresses;
# 10.120.0.0/26 has 59 usable, 42 to spare.
resource "azurerm_subnet" "snet_auth_nodes" {
  name                            = "snet-auth-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_auth.name
  address_prefixes                = ["10.120.0.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_auth_nodes" {
  subnet_id                 = azurerm_subnet.snet_auth_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_auth_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_cart" {
  name                = "vnet-cart"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.4.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_cart_nodes" {
  name                = "nsg-cart-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.4.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.65.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.65.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.65.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.65.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.4.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 15 nodes + 5 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 28 addresses;
# 10.120.4.0/26 has 59 usable, 36 to spare.
resource "azurerm_subnet" "snet_cart_nodes" {
  name                            = "snet-cart-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_cart.name
  address_prefixes                = ["10.120.4.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_cart_nodes" {
  subnet_id                 = azurerm_subnet.snet_cart_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_cart_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_catalog" {
  name                = "vnet-catalog"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.8.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_catalog_nodes" {
  name                = "nsg-catalog-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.8.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.66.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.66.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.66.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.66.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.8.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 23 nodes + 8 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 40 addresses;
# 10.120.8.0/26 has 59 usable, 24 to spare.
resource "azurerm_subnet" "snet_catalog_nodes" {
  name                            = "snet-catalog-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_catalog.name
  address_prefixes                = ["10.120.8.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_catalog_nodes" {
  subnet_id                 = azurerm_subnet.snet_catalog_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_catalog_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_chat" {
  name                = "vnet-chat"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.12.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_chat_nodes" {
  name                = "nsg-chat-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.12.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.67.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.67.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.67.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.67.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.12.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 9 nodes + 3 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 19 addresses;
# 10.120.12.0/26 has 59 usable, 45 to spare.
resource "azurerm_subnet" "snet_chat_nodes" {
  name                            = "snet-chat-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_chat.name
  address_prefixes                = ["10.120.12.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_chat_nodes" {
  subnet_id                 = azurerm_subnet.snet_chat_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_chat_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_fraud" {
  name                = "vnet-fraud"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.16.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_fraud_nodes" {
  name                = "nsg-fraud-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.16.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.68.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.68.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.68.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.68.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.16.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 33 nodes + 11 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 52 addresses;
# 10.120.16.0/26 has 59 usable, 12 to spare.
resource "azurerm_subnet" "snet_fraud_nodes" {
  name                            = "snet-fraud-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_fraud.name
  address_prefixes                = ["10.120.16.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_fraud_nodes" {
  subnet_id                 = azurerm_subnet.snet_fraud_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_fraud_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_ledger" {
  name                = "vnet-ledger"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.20.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_ledger_nodes" {
  name                = "nsg-ledger-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.20.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.69.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.69.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.69.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.69.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.20.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 19 nodes + 7 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 35 addresses;
# 10.120.20.0/26 has 59 usable, 29 to spare.
resource "azurerm_subnet" "snet_ledger_nodes" {
  name                            = "snet-ledger-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_ledger.name
  address_prefixes                = ["10.120.20.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_ledger_nodes" {
  subnet_id                 = azurerm_subnet.snet_ledger_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_ledger_nodes.id
}

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_media" {
  name                = "vnet-media"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.24.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_media_nodes" {
  name                = "nsg-media-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.24.0/25"
    source_port_range          = "*"
    destination_address_prefix = "100.70.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.70.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "100.70.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.70.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.120.24.0/25"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 53 nodes + 18 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 78 addresses;
# 10.120.24.0/25 has 123 usable, 50 to spare.
resource "azurerm_subnet" "snet_media_nodes" {
  name                            = "snet-media-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_media.name
  address_prefixes                = ["10.120.24.0/25"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_media_nodes" {
  subnet_id                 = azurerm_subnet.snet_media_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_media_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_orders" {
  name                = "vnet-orders"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.28.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_orders_nodes" {
  name                = "nsg-orders-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.28.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.71.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.71.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.71.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.71.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.28.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 27 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 44 addresses;
# 10.120.28.0/26 has 59 usable, 20 to spare.
resource "azurerm_subnet" "snet_orders_nodes" {
  name                            = "snet-orders-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_orders.name
  address_prefixes                = ["10.120.28.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_orders_nodes" {
  subnet_id                 = azurerm_subnet.snet_orders_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_orders_nodes.id
}

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_search" {
  name                = "vnet-search"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.32.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_search_nodes" {
  name                = "nsg-search-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.32.0/25"
    source_port_range          = "*"
    destination_address_prefix = "100.72.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.72.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.72.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.72.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.32.0/25"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 43 nodes + 15 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 67 addresses;
# 10.120.32.0/25 has 123 usable, 61 to spare.
resource "azurerm_subnet" "snet_search_nodes" {
  name                            = "snet-search-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_search.name
  address_prefixes                = ["10.120.32.0/25"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_search_nodes" {
  subnet_id                 = azurerm_subnet.snet_search_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_search_nodes.id
}

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_users" {
  name                = "vnet-users"
  resource_group_name = "rg-fleet-net"
  location            = var.location
  address_space       = ["10.120.36.0/24"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_users_nodes" {
  name                = "nsg-users-nodes"
  resource_group_name = "rg-fleet-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.120.36.0/26"
    source_port_range          = "*"
    destination_address_prefix = "100.73.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.73.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "100.73.0.0/18"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.73.0.0/18"
    source_port_range          = "*"
    destination_address_prefix = "10.120.36.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }
}

# 13 nodes + 5 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 25 addresses;
# 10.120.36.0/26 has 59 usable, 39 to spare.
resource "azurerm_subnet" "snet_users_nodes" {
  name                            = "snet-users-nodes"
  resource_group_name             = "rg-fleet-net"
  virtual_network_name            = azurerm_virtual_network.vnet_users.name
  address_prefixes                = ["10.120.36.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_users_nodes" {
  subnet_id                 = azurerm_subnet.snet_users_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_users_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_auth_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_auth_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_cart_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_cart_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_catalog_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_catalog_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_chat_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_chat_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_fraud_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_fraud_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_ledger_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_ledger_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_media_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_media_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_orders_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_orders_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_search_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_search_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_users_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_users_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
