# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 5.0, < 6.0"
    }
  }
}

provider "azurerm" {
  subscription_id = "11111111-2222-3333-4444-555555555555"

  features {}
}

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

data "azurerm_virtual_network" "vnet_hub" {
  name                = "vnet-hub"
  resource_group_name = "rg-hub"
}

# 4096 addresses, 512 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_shop" {
  name                = "vnet-shop"
  resource_group_name = "rg-shop-net"
  location            = var.location
  address_space       = ["10.40.0.0/20"]
  dns_servers         = ["10.32.0.10", "10.32.0.11"]
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }

  encryption {
    enforcement = "AllowUnencrypted"
  }

  ddos_protection_plan {
    id     = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos"
    enable = true
  }
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-shop-net"
  virtual_network_name = azurerm_virtual_network.vnet_shop.name
  address_prefixes     = ["10.40.0.0/26"]
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
resource "azurerm_subnet" "snet_pe" {
  name                              = "snet-pe"
  resource_group_name               = "rg-shop-net"
  virtual_network_name              = azurerm_virtual_network.vnet_shop.name
  address_prefixes                  = ["10.40.0.64/26"]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = "Enabled"
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
  ]

  service_endpoint {
    service = "Microsoft.Storage"
  }
}

resource "azurerm_network_security_group" "nsg_shop_prod_nodes" {
  name                = "nsg-shop-prod-nodes"
  resource_group_name = "rg-shop-net"
  location            = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.40.15.128/25"
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
    destination_address_prefix = "10.40.15.128/25"
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

resource "azurerm_route_table" "rt_shop_prod" {
  name                          = "rt-shop-prod"
  resource_group_name           = "rg-shop-net"
  location                      = var.location
  bgp_route_propagation_enabled = true
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }

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
}

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
resource "azurerm_subnet" "snet_shop_prod_nodes" {
  name                            = "snet-shop-prod-nodes"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  address_prefixes                = ["10.40.15.128/25"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_pe,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_prod_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_prod_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_prod_nodes.id
}

resource "azurerm_subnet_route_table_association" "snet_shop_prod_nodes" {
  subnet_id      = azurerm_subnet.snet_shop_prod_nodes.id
  route_table_id = azurerm_route_table.rt_shop_prod.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_shop" {
  name                         = "vnet-hub-to-vnet-shop"
  resource_group_name          = "rg-hub"
  virtual_network_name         = data.azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_shop.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_prod_nodes,
    azurerm_subnet_route_table_association.snet_shop_prod_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azurerm_virtual_network_peering" "peer_vnet_shop_to_vnet_hub" {
  name                         = "vnet-shop-to-vnet-hub"
  resource_group_name          = "rg-shop-net"
  virtual_network_name         = azurerm_virtual_network.vnet_shop.name
  remote_virtual_network_id    = data.azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = true
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_prod_nodes,
    azurerm_subnet_route_table_association.snet_shop_prod_nodes,
  ]
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
          vnetSubnetID = azurerm_subnet.snet_shop_prod_nodes.id
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
          vnetSubnetID      = azurerm_subnet.snet_shop_prod_nodes.id
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
