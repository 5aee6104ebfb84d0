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

# 1024 addresses, 224 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_hub" {
  name                = "vnet-hub"
  resource_group_name = "rg-hub"
  location            = var.location
  address_space       = ["10.96.0.0/22"]
  dns_servers         = []
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_firewall_subnet" {
  name                 = "AzureFirewallSubnet"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.96.0.0/26"]
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_firewall_management_subnet" {
  name                 = "AzureFirewallManagementSubnet"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.96.0.64/26"]
  depends_on = [
    azurerm_subnet.snet_azure_firewall_subnet,
  ]
}

# 27 usable addresses.
resource "azurerm_subnet" "snet_gateway_subnet" {
  name                 = "GatewaySubnet"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.96.0.128/27"]
  depends_on = [
    azurerm_subnet.snet_azure_firewall_management_subnet,
  ]
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.96.0.192/26"]
  depends_on = [
    azurerm_subnet.snet_gateway_subnet,
  ]
}

# 512 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_payments" {
  name                = "vnet-payments"
  resource_group_name = "rg-payments-net"
  location            = var.location
  address_space       = ["10.100.128.0/23"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_payments_nodes" {
  name                = "nsg-payments-nodes"
  resource_group_name = "rg-payments-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.100.129.0/26"
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
    destination_address_prefix = "10.100.129.0/26"
    destination_port_range     = "*"
  }
}

resource "azurerm_route_table" "rt_payments" {
  name                          = "rt-payments"
  resource_group_name           = "rg-payments-net"
  location                      = var.location
  bgp_route_propagation_enabled = true

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.96.0.4"
  }

  route {
    name           = "firewall-public-1"
    address_prefix = "20.50.1.1/32"
    next_hop_type  = "Internet"
  }
}

# 28 nodes + 10 for surge nodes + 1 private endpoint + 5 reserved by Azure = 44 addresses;
# 10.100.129.0/26 has 59 usable, 20 to spare.
resource "azurerm_subnet" "snet_payments_nodes" {
  name                            = "snet-payments-nodes"
  resource_group_name             = "rg-payments-net"
  virtual_network_name            = azurerm_virtual_network.vnet_payments.name
  address_prefixes                = ["10.100.129.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_payments_nodes" {
  subnet_id                 = azurerm_subnet.snet_payments_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_payments_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_payments_nodes" {
  subnet_id      = azurerm_subnet.snet_payments_nodes.id
  route_table_id = azurerm_route_table.rt_payments.id
}

# 1024 addresses, 160 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_search" {
  name                = "vnet-search"
  resource_group_name = "rg-search-net"
  location            = var.location
  address_space       = ["10.100.132.0/22"]
  dns_servers         = []
}

# 20 others + 5 reserved by Azure = 25 addresses;
# 10.100.132.0/27 has 27 usable, 7 to spare.
resource "azurerm_subnet" "snet_pe" {
  name                            = "snet-pe"
  resource_group_name             = "rg-search-net"
  virtual_network_name            = azurerm_virtual_network.vnet_search.name
  address_prefixes                = ["10.100.132.0/27"]
  default_outbound_access_enabled = false
}

resource "azurerm_network_security_group" "nsg_search_nodes" {
  name                = "nsg-search-nodes"
  resource_group_name = "rg-search-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.100.135.128/25"
    source_port_range          = "*"
    destination_address_prefix = "100.65.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.65.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "100.65.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.65.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.100.135.128/25"
    destination_port_range     = "*"
  }
}

resource "azurerm_route_table" "rt_search" {
  name                          = "rt-search"
  resource_group_name           = "rg-search-net"
  location                      = var.location
  bgp_route_propagation_enabled = true

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.96.0.4"
  }

  route {
    name           = "firewall-public-1"
    address_prefix = "20.50.1.1/32"
    next_hop_type  = "Internet"
  }
}

# 63 nodes + 21 for surge nodes + 5 reserved by Azure = 89 addresses;
# 10.100.135.128/25 has 123 usable, 39 to spare.
resource "azurerm_subnet" "snet_search_nodes" {
  name                            = "snet-search-nodes"
  resource_group_name             = "rg-search-net"
  virtual_network_name            = azurerm_virtual_network.vnet_search.name
  address_prefixes                = ["10.100.135.128/25"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_pe,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_search_nodes" {
  subnet_id                 = azurerm_subnet.snet_search_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_search_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_search_nodes" {
  subnet_id      = azurerm_subnet.snet_search_nodes.id
  route_table_id = azurerm_route_table.rt_search.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_payments" {
  name                         = "vnet-hub-to-vnet-payments"
  resource_group_name          = "rg-hub"
  virtual_network_name         = azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_payments.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
    azurerm_subnet_network_security_group_association.snet_payments_nodes,
    azurerm_subnet_route_table_association.snet_payments_nodes,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_search" {
  name                         = "vnet-hub-to-vnet-search"
  resource_group_name          = "rg-hub"
  virtual_network_name         = azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_search.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_search_nodes,
    azurerm_subnet_route_table_association.snet_search_nodes,
    azurerm_virtual_network_peering.peer_vnet_hub_to_vnet_payments,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_payments_to_vnet_hub" {
  name                         = "vnet-payments-to-vnet-hub"
  resource_group_name          = "rg-payments-net"
  virtual_network_name         = azurerm_virtual_network.vnet_payments.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
    azurerm_subnet_network_security_group_association.snet_payments_nodes,
    azurerm_subnet_route_table_association.snet_payments_nodes,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_search_to_vnet_hub" {
  name                         = "vnet-search-to-vnet-hub"
  resource_group_name          = "rg-search-net"
  virtual_network_name         = azurerm_virtual_network.vnet_search.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
    azurerm_subnet_network_security_group_association.snet_search_nodes,
    azurerm_subnet_route_table_association.snet_search_nodes,
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
          vnetSubnetID = azurerm_subnet.snet_payments_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_payments_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_search_nodes.id
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
          vnetSubnetID = azurerm_subnet.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
