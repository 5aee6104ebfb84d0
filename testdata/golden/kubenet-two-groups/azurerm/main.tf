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

provider "azurerm" {
  alias           = "subscription_22222222_2222_2222_2222_222222222222"
  subscription_id = "22222222-2222-2222-2222-222222222222"

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

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_one" {
  name                = "vnet-one"
  resource_group_name = "rg-one"
  location            = var.location
  address_space       = ["10.160.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_k1_nodes" {
  name                = "nsg-k1-nodes"
  resource_group_name = "rg-one"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.160.1.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.160.1.0/26"
    destination_port_range     = "*"
  }
}

# AKS adds a route for every node to this table: it is created once and not sent again.
resource "azurerm_route_table" "rt_k1" {
  name                          = "rt-k1"
  resource_group_name           = "rg-one"
  location                      = var.location
  bgp_route_propagation_enabled = true

  lifecycle {
    ignore_changes = all
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_k1_nodes" {
  name                            = "snet-k1-nodes"
  resource_group_name             = "rg-one"
  virtual_network_name            = azurerm_virtual_network.vnet_one.name
  address_prefixes                = ["10.160.1.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_k1_nodes" {
  subnet_id                 = azurerm_subnet.snet_k1_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_k1_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_k1_nodes" {
  subnet_id      = azurerm_subnet.snet_k1_nodes.id
  route_table_id = azurerm_route_table.rt_k1.id
}

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_two" {
  provider            = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                = "vnet-two"
  resource_group_name = "rg-two"
  location            = "westeurope"
  address_space       = ["10.161.0.0/22", "fd00:db8:8001::/48"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_k2_nodes" {
  provider            = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                = "nsg-k2-nodes"
  resource_group_name = "rg-two"
  location            = "westeurope"

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.161.1.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsIPv6"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "fd00:db8:8001:140::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd12:3456:789a::/64"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPodsIPv6"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "fd12:3456:789a::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd12:3456:789a::/64"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.161.1.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesIPv6"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "*"
    source_address_prefix      = "fd12:3456:789a::/64"
    source_port_range          = "*"
    destination_address_prefix = "fd00:db8:8001:140::/64"
    destination_port_range     = "*"
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_k2_nodes" {
  provider                        = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                            = "snet-k2-nodes"
  resource_group_name             = "rg-two"
  virtual_network_name            = azurerm_virtual_network.vnet_two.name
  address_prefixes                = ["10.161.1.0/26", "fd00:db8:8001:140::/64"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_k2_nodes" {
  provider                  = azurerm.subscription_22222222_2222_2222_2222_222222222222
  subnet_id                 = azurerm_subnet.snet_k2_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_k2_nodes.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_one_to_vnet_two" {
  name                         = "vnet-one-to-vnet-two"
  resource_group_name          = "rg-one"
  virtual_network_name         = azurerm_virtual_network.vnet_one.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_two.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_k1_nodes,
    azurerm_subnet_route_table_association.snet_k1_nodes,
    azurerm_subnet_network_security_group_association.snet_k2_nodes,
  ]
}

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
resource "azurerm_virtual_network_peering" "peer_vnet_one_to_vnet_far" {
  name                         = "vnet-one-to-vnet-far"
  resource_group_name          = "rg-one"
  virtual_network_name         = azurerm_virtual_network.vnet_one.name
  remote_virtual_network_id    = "/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far"
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_virtual_network_peering.peer_vnet_one_to_vnet_two,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_two_to_vnet_one" {
  provider                     = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                         = "vnet-two-to-vnet-one"
  resource_group_name          = "rg-two"
  virtual_network_name         = azurerm_virtual_network.vnet_two.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_one.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_k1_nodes,
    azurerm_subnet_route_table_association.snet_k1_nodes,
    azurerm_subnet_network_security_group_association.snet_k2_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "k1"
      resourceGroup = "rg-one"
      networkProfile = {
        networkPlugin   = "kubenet"
        podCidr         = "10.244.0.0/16"
        serviceCidr     = "10.0.0.0/16"
        dnsServiceIP    = "10.0.0.10"
        outboundType    = "loadBalancer"
        loadBalancerSku = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 110
          vnetSubnetID = azurerm_subnet.snet_k1_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "k2"
      resourceGroup = "rg-two"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        ipFamilies = [
          "IPv4",
          "IPv6",
        ]
        podCidrs = [
          "10.244.0.0/16",
          "fd12:3456:789a::/64",
        ]
        serviceCidrs = [
          "10.0.0.0/16",
          "fd12:3456:789a:1::/108",
        ]
        dnsServiceIP    = "10.0.0.10"
        outboundType    = "loadBalancer"
        loadBalancerSku = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_k2_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
