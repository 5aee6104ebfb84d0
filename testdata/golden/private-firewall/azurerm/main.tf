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
  subscription_id = "00000000-0000-0000-0000-000000000000"

  features {}
}

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

data "azurerm_virtual_network" "vnet_hub" {
  name                = "vnet-hub"
  resource_group_name = "rg-bank-net"
}

# 4096 addresses, 256 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_bank" {
  name                = "vnet-bank"
  resource_group_name = "rg-bank-net"
  location            = var.location
  address_space       = ["10.40.0.0/20"]
  dns_servers         = []
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-bank-net"
  virtual_network_name = azurerm_virtual_network.vnet_bank.name
  address_prefixes     = ["10.40.0.0/26"]
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
resource "azurerm_subnet" "snet_pe" {
  name                            = "snet-pe"
  resource_group_name             = "rg-bank-net"
  virtual_network_name            = azurerm_virtual_network.vnet_bank.name
  address_prefixes                = ["10.40.0.64/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
  ]
}

resource "azurerm_network_security_group" "nsg_nodes" {
  name                = "nsg-nodes"
  resource_group_name = "rg-bank-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.40.15.128/25"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "100.64.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "100.64.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.40.15.128/25"
    destination_port_range     = "*"
  }
}

resource "azurerm_route_table" "rt_bank_prod" {
  name                          = "rt-bank-prod"
  resource_group_name           = "rg-bank-net"
  location                      = var.location
  bgp_route_propagation_enabled = true

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.32.0.4"
  }

  route {
    name           = "firewall-public-1"
    address_prefix = "20.50.1.1/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "firewall-public-2"
    address_prefix = "20.50.1.2/32"
    next_hop_type  = "Internet"
  }
}

# 69 nodes + 21 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 102 addresses;
# 10.40.15.128/25 has 123 usable, 26 to spare.
resource "azurerm_subnet" "snet_nodes" {
  name                            = "snet-nodes"
  resource_group_name             = "rg-bank-net"
  virtual_network_name            = azurerm_virtual_network.vnet_bank.name
  address_prefixes                = ["10.40.15.128/25"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_pe,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_nodes" {
  subnet_id                 = azurerm_subnet.snet_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_nodes" {
  subnet_id      = azurerm_subnet.snet_nodes.id
  route_table_id = azurerm_route_table.rt_bank_prod.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_bank" {
  name                         = "vnet-hub-to-vnet-bank"
  resource_group_name          = "rg-bank-net"
  virtual_network_name         = data.azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_bank.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_nodes,
    azurerm_subnet_route_table_association.snet_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azurerm_virtual_network_peering" "peer_vnet_bank_to_vnet_hub" {
  name                         = "vnet-bank-to-vnet-hub"
  resource_group_name          = "rg-bank-net"
  virtual_network_name         = azurerm_virtual_network.vnet_bank.name
  remote_virtual_network_id    = data.azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_nodes,
    azurerm_subnet_route_table_association.snet_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "bank-prod"
      resourceGroup = "rg-bank"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.64.0.0/16"
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
          vnetSubnetID = azurerm_subnet.snet_nodes.id
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
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
        {
          name              = "batch"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 0
          enableAutoScaling = true
          minCount          = 0
          maxCount          = 12
          maxPods           = 60
          vnetSubnetID      = azurerm_subnet.snet_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
      }
    },
  ]
}
