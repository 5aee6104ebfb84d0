# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.38, < 6.0"
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
  resource_group_name = "rg-shop-net"
}

# 512 addresses, 448 of them in subnets; address space from IPAM pool weu.
resource "azurerm_virtual_network" "vnet_shop" {
  name                = "vnet-shop"
  resource_group_name = "rg-shop-net"
  location            = var.location
  dns_servers         = []

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "512"
  }
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-shop-net"
  virtual_network_name = azurerm_virtual_network.vnet_shop.name

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "64"
  }
}

# 40 others + 5 reserved by Azure = 45 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 19 to spare.
resource "azurerm_subnet" "snet_pe" {
  name                            = "snet-pe"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
  ]

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "64"
  }
}

# 251 usable addresses.
resource "azurerm_subnet" "snet_agc" {
  name                            = "snet-agc"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_pe,
  ]

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "256"
  }

  delegation {
    name = "Microsoft.ServiceNetworking.trafficControllers"

    service_delegation {
      name = "Microsoft.ServiceNetworking/trafficControllers"
    }
  }

  lifecycle {
    ignore_changes = [delegation[0].service_delegation[0].actions]
  }
}

resource "azurerm_network_security_group" "nsg_shop_nodes" {
  name                = "nsg-shop-nodes"
  resource_group_name = "rg-shop-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "VirtualNetwork"
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
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "*"
  }
}

# 43 nodes + 5 for surge nodes + 5 reserved by Azure = 53 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 11 to spare.
resource "azurerm_subnet" "snet_shop_nodes" {
  name                            = "snet-shop-nodes"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_agc,
  ]

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "64"
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_nodes.id
}

# 1024 addresses, 320 of them in subnets; address space from IPAM pool weu.
resource "azurerm_virtual_network" "vnet_batch" {
  name                = "vnet-batch"
  resource_group_name = "rg-shop-net"
  location            = var.location
  dns_servers         = []

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "1024"
  }
}

resource "azurerm_network_security_group" "nsg_batch_nodes" {
  name                = "nsg-batch-nodes"
  resource_group_name = "rg-shop-net"
  location            = var.location
  security_rule       = []
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_batch_nodes" {
  name                            = "snet-batch-nodes"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_batch.name
  default_outbound_access_enabled = false

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "64"
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_batch_nodes" {
  subnet_id                 = azurerm_subnet.snet_batch_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_batch_nodes.id
}

resource "azurerm_network_security_group" "nsg_batch_pods" {
  name                = "nsg-batch-pods"
  resource_group_name = "rg-shop-net"
  location            = var.location
  security_rule       = []
}

# 192 pods + 5 reserved by Azure = 197 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 59 to spare.
resource "azurerm_subnet" "snet_batch_pods" {
  name                            = "snet-batch-pods"
  resource_group_name             = "rg-shop-net"
  virtual_network_name            = azurerm_virtual_network.vnet_batch.name
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_batch_nodes,
  ]

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "256"
  }

  delegation {
    name = "aks-delegation"

    service_delegation {
      name = "Microsoft.ContainerService/managedClusters"
    }
  }

  lifecycle {
    ignore_changes = [delegation[0].service_delegation[0].actions]
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_batch_pods" {
  subnet_id                 = azurerm_subnet.snet_batch_pods.id
  network_security_group_id = azurerm_network_security_group.nsg_batch_pods.id
}

# 256 addresses, 256 of them in subnets; address space from IPAM pool weu.
resource "azurerm_virtual_network" "vnet_payments" {
  name                = "vnet-payments"
  resource_group_name = "rg-payments"
  location            = var.location
  dns_servers         = []

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "256"
  }
}

resource "azurerm_network_security_group" "nsg_payments_nodes" {
  name                = "nsg-payments-nodes"
  resource_group_name = "rg-payments"
  location            = var.location
  security_rule       = []
}

# 3 nodes + 1 for surge nodes + 120 pods + 5 reserved by Azure = 129 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 127 to spare.
resource "azurerm_subnet" "snet_payments_nodes" {
  name                            = "snet-payments-nodes"
  resource_group_name             = "rg-payments"
  virtual_network_name            = azurerm_virtual_network.vnet_payments.name
  default_outbound_access_enabled = false

  ip_address_pool {
    id                     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
    number_of_ip_addresses = "256"
  }
}

resource "azurerm_subnet_network_security_group_association" "snet_payments_nodes" {
  subnet_id                 = azurerm_subnet.snet_payments_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_payments_nodes.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_shop" {
  name                         = "vnet-hub-to-vnet-shop"
  resource_group_name          = "rg-shop-net"
  virtual_network_name         = data.azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_shop.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
  ]
}

# The other network already exists; the reverse peering is added to it.
resource "azurerm_virtual_network_peering" "peer_vnet_shop_to_vnet_hub" {
  name                         = "vnet-shop-to-vnet-hub"
  resource_group_name          = "rg-shop-net"
  virtual_network_name         = azurerm_virtual_network.vnet_shop.name
  remote_virtual_network_id    = data.azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg-shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "10.0.0.0/16"
        dnsServiceIP      = "10.0.0.10"
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
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
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
          vnetSubnetID      = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "batch"
      resourceGroup = "rg-batch"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name                = "system"
          mode                = "System"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 3
          maxPods             = 30
          vnetSubnetID        = azurerm_subnet.snet_batch_nodes.id
          podSubnetID         = azurerm_subnet.snet_batch_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "payments"
      resourceGroup = "rg-payments"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "10.0.0.0/16"
        dnsServiceIP     = "10.0.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "system"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_payments_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
