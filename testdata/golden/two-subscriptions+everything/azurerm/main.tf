# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
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

variable "resource_group_name" {
  type        = string
  description = "Resource group of the network."
}

variable "location" {
  type        = string
  description = "Region of the resources."
}

locals {
  group_network   = "/subscriptions/${var.subscription_id}/resourceGroups/${var.resource_group_name}"
  group_network_2 = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/${var.resource_group_name}"
}

# 65536 addresses, 64 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_a" {
  name                = "vnet-a"
  resource_group_name = var.resource_group_name
  location            = var.location
  address_space       = ["10.0.0.0/16"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_shop_nodes" {
  name                = "nsg-shop-nodes"
  resource_group_name = var.resource_group_name
  location            = var.location

  security_rule {
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.0.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.0.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.0.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
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
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.0.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowLoadBalancerProbes"
    description                = "Health probes of Services."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToNodesOut"
    description                = "Nodes talk to each other."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.0.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.0.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsOut"
    description                = "The group sees the pods' own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.0.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPodsOut"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesOut"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.0.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowHTTPSToInternetOut"
    description                = "Registry, API server and Azure are known by name: a firewall filters them."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowHTTPSToNetworkOut"
    description                = "Private endpoints and the private API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowTimeOut"
    description                = "Time servers."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "123"
  }

  security_rule {
    name                       = "AllowTunnelUDPOut"
    description                = "Tunnel to the API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 170
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "AzureCloud"
    destination_port_range     = "1194"
  }

  security_rule {
    name                       = "AllowTunnelTCPOut"
    description                = "Tunnel to the API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "AzureCloud"
    destination_port_range     = "9000"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.0.64.0/26 has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_shop_nodes" {
  name                            = "snet-shop-nodes"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_a.name
  address_prefixes                = ["10.0.64.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_nodes.id
}

# 65536 addresses, 64 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_b" {
  provider            = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                = "vnet-b"
  resource_group_name = var.resource_group_name
  location            = var.location
  address_space       = ["10.1.0.0/16"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_search_nodes" {
  provider            = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                = "nsg-search-nodes"
  resource_group_name = var.resource_group_name
  location            = var.location

  security_rule {
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.1.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.1.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.1.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
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
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.1.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowLoadBalancerProbes"
    description                = "Health probes of Services."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "*"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "DenyAllInbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Inbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToNodesOut"
    description                = "Nodes talk to each other."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.1.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.1.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsOut"
    description                = "The group sees the pods' own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.1.64.0/26"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPodsOut"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.244.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodesOut"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 130
    protocol                   = "*"
    source_address_prefix      = "10.244.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.1.64.0/26"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowHTTPSToInternetOut"
    description                = "Registry, API server and Azure are known by name: a firewall filters them."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 140
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowHTTPSToNetworkOut"
    description                = "Private endpoints and the private API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "VirtualNetwork"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "AllowTimeOut"
    description                = "Time servers."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "Internet"
    destination_port_range     = "123"
  }

  security_rule {
    name                       = "AllowTunnelUDPOut"
    description                = "Tunnel to the API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 170
    protocol                   = "Udp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "AzureCloud"
    destination_port_range     = "1194"
  }

  security_rule {
    name                       = "AllowTunnelTCPOut"
    description                = "Tunnel to the API server."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 180
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "AzureCloud"
    destination_port_range     = "9000"
  }

  security_rule {
    name                       = "DenyAllOutbound"
    description                = "Lockdown: what no rule above allows is denied."
    direction                  = "Outbound"
    access                     = "Deny"
    priority                   = 4096
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.1.64.0/26 has 59 usable, 55 to spare.
resource "azurerm_subnet" "snet_search_nodes" {
  provider                        = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                            = "snet-search-nodes"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.vnet_b.name
  address_prefixes                = ["10.1.64.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_search_nodes" {
  provider                  = azurerm.subscription_22222222_2222_2222_2222_222222222222
  subnet_id                 = azurerm_subnet.snet_search_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_search_nodes.id
}

resource "azurerm_virtual_network_peering" "peer_vnet_a_to_vnet_b" {
  name                         = "vnet-a-to-vnet-b"
  resource_group_name          = var.resource_group_name
  virtual_network_name         = azurerm_virtual_network.vnet_a.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_b.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
    azurerm_subnet_network_security_group_association.snet_search_nodes,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_b_to_vnet_a" {
  provider                     = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                         = "vnet-b-to-vnet-a"
  resource_group_name          = var.resource_group_name
  virtual_network_name         = azurerm_virtual_network.vnet_b.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_a.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
    azurerm_subnet_network_security_group_association.snet_search_nodes,
  ]
}

resource "azurerm_user_assigned_identity" "id_shop" {
  name                = "id-shop"
  resource_group_name = var.resource_group_name
  location            = var.location
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role387dd310668159e391c0_a0ba50099cbc" {
  name               = "387dd310-6681-59e3-91c0-a0ba50099cbc"
  scope              = azurerm_subnet.snet_shop_nodes.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_shop.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
  ]
}

# azapi: azurerm needs settings for this resource that the network does not determine.
resource "azapi_resource" "aks_shop" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_network
  name      = "shop"
  location  = var.location
  body = {
    properties = {
      dnsPrefix = "shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    }
  }
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
    azurerm_role_assignment.role387dd310668159e391c0_a0ba50099cbc,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azurerm_user_assigned_identity.id_shop.id,
    ]
  }
}

resource "azurerm_user_assigned_identity" "id_search" {
  provider            = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name                = "id-search"
  resource_group_name = var.resource_group_name
  location            = var.location
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role12acf3b18e67581e_aec676f396a26e14" {
  provider           = azurerm.subscription_22222222_2222_2222_2222_222222222222
  name               = "12acf3b1-8e67-581e-aec6-76f396a26e14"
  scope              = azurerm_subnet.snet_search_nodes.id
  role_definition_id = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_search.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_search_nodes,
  ]
}

# azapi: azurerm needs settings for this resource that the network does not determine.
resource "azapi_resource" "aks_search" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_network_2
  name      = "search"
  location  = var.location
  body = {
    properties = {
      dnsPrefix = "search"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    }
  }
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_search_nodes,
    azurerm_role_assignment.role12acf3b18e67581e_aec676f396a26e14,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azurerm_user_assigned_identity.id_search.id,
    ]
  }
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name = "shop"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name = "search"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
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
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_search_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
