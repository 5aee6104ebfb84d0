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
  default     = "westeurope"
}

data "azurerm_virtual_network" "vnet_hub" {
  name                = "vnet-hub"
  resource_group_name = "rg-legacy-net"
}

# 1024 addresses, 128 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_legacy" {
  name                = "vnet-legacy"
  resource_group_name = "rg-legacy-net"
  location            = var.location
  address_space       = ["10.31.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_legacy_nodes" {
  name                = "nsg-legacy-nodes"
  resource_group_name = "rg-legacy-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.31.3.128/25"
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
    destination_address_prefix = "10.31.3.128/25"
    destination_port_range     = "*"
  }
}

# AKS adds a route for every node to this table: it is created once and not sent again.
resource "azurerm_route_table" "rt_legacy" {
  name                          = "rt-legacy"
  resource_group_name           = "rg-legacy-net"
  location                      = var.location
  bgp_route_propagation_enabled = true

  lifecycle {
    ignore_changes = all
  }
}

resource "azurerm_route" "route_default" {
  name                   = "default"
  resource_group_name    = "rg-legacy-net"
  route_table_name       = azurerm_route_table.rt_legacy.name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.30.0.4"
}

resource "azurerm_route" "route_firewall_public1" {
  name                = "firewall-public-1"
  resource_group_name = "rg-legacy-net"
  route_table_name    = azurerm_route_table.rt_legacy.name
  address_prefix      = "20.50.1.1/32"
  next_hop_type       = "Internet"
  depends_on = [
    azurerm_route.route_default,
  ]
}

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.31.3.128/25 has 123 usable, 53 to spare.
resource "azurerm_subnet" "snet_legacy_nodes" {
  name                            = "snet-legacy-nodes"
  resource_group_name             = "rg-legacy-net"
  virtual_network_name            = azurerm_virtual_network.vnet_legacy.name
  address_prefixes                = ["10.31.3.128/25"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_route.route_firewall_public1,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_legacy_nodes" {
  subnet_id                 = azurerm_subnet.snet_legacy_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_legacy_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_legacy_nodes" {
  subnet_id      = azurerm_subnet.snet_legacy_nodes.id
  route_table_id = azurerm_route_table.rt_legacy.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_legacy" {
  name                         = "vnet-hub-to-vnet-legacy"
  resource_group_name          = "rg-legacy-net"
  virtual_network_name         = data.azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_legacy.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_legacy_nodes,
    azurerm_subnet_route_table_association.snet_legacy_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azurerm_virtual_network_peering" "peer_vnet_legacy_to_vnet_hub" {
  name                         = "vnet-legacy-to-vnet-hub"
  resource_group_name          = "rg-legacy-net"
  virtual_network_name         = azurerm_virtual_network.vnet_legacy.name
  remote_virtual_network_id    = data.azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_legacy_nodes,
    azurerm_subnet_route_table_association.snet_legacy_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "legacy"
      resourceGroup = "rg-legacy-net"
      networkProfile = {
        networkPlugin   = "kubenet"
        networkPolicy   = "calico"
        podCidr         = "10.244.0.0/16"
        serviceCidr     = "10.245.0.0/16"
        dnsServiceIP    = "10.245.0.10"
        outboundType    = "userDefinedRouting"
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
          vnetSubnetID = azurerm_subnet.snet_legacy_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "web"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 3
          enableAutoScaling = true
          minCount          = 3
          maxCount          = 60
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_legacy_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
