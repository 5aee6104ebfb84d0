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
  default     = "eastus2"
}

# 1024 addresses, 160 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_core" {
  name                = "vnet-core"
  resource_group_name = "rg-core-net"
  location            = var.location
  address_space       = ["10.130.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_apiserver" {
  name                = "nsg-apiserver"
  resource_group_name = "rg-core-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToAPIServer"
    description                = "Nodes reach the API server in its subnet."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "Tcp"
    source_address_prefixes    = ["10.130.1.0/26", "10.130.1.128/26"]
    source_port_range          = "*"
    destination_address_prefix = "10.130.1.96/27"
    destination_port_ranges    = ["443", "4443"]
  }

  security_rule {
    name                       = "AllowProbesToAPIServer"
    description                = "Health probes of the API server."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "Tcp"
    source_address_prefix      = "AzureLoadBalancer"
    source_port_range          = "*"
    destination_address_prefix = "10.130.1.96/27"
    destination_port_range     = "9988"
  }
}

# 18 others + 5 reserved by Azure = 23 addresses;
# 10.130.1.96/27 has 27 usable, 9 to spare.
resource "azurerm_subnet" "snet_apiserver" {
  name                            = "snet-apiserver"
  resource_group_name             = "rg-core-net"
  virtual_network_name            = azurerm_virtual_network.vnet_core.name
  address_prefixes                = ["10.130.1.96/27"]
  default_outbound_access_enabled = false

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

resource "azurerm_subnet_network_security_group_association" "snet_apiserver" {
  subnet_id                 = azurerm_subnet.snet_apiserver.id
  network_security_group_id = azurerm_network_security_group.nsg_apiserver.id
}

resource "azurerm_network_security_group" "nsg_core_a_nodes" {
  name                = "nsg-core-a-nodes"
  resource_group_name = "rg-core-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.130.1.0/26"
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
    destination_address_prefix = "10.130.1.0/26"
    destination_port_range     = "*"
  }
}

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.0/26 has 59 usable, 22 to spare.
resource "azurerm_subnet" "snet_core_a_nodes" {
  name                            = "snet-core-a-nodes"
  resource_group_name             = "rg-core-net"
  virtual_network_name            = azurerm_virtual_network.vnet_core.name
  address_prefixes                = ["10.130.1.0/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_apiserver,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_core_a_nodes" {
  subnet_id                 = azurerm_subnet.snet_core_a_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_core_a_nodes.id
}

resource "azurerm_network_security_group" "nsg_core_b_nodes" {
  name                = "nsg-core-b-nodes"
  resource_group_name = "rg-core-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.130.1.128/26"
    source_port_range          = "*"
    destination_address_prefix = "10.245.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToPods"
    description                = "Pods talk to each other, and to cluster DNS."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.245.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.245.0.0/16"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowPodsToNodes"
    description                = "Pods reach nodes and pods on the node's own network."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 120
    protocol                   = "*"
    source_address_prefix      = "10.245.0.0/16"
    source_port_range          = "*"
    destination_address_prefix = "10.130.1.128/26"
    destination_port_range     = "*"
  }
}

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.128/26 has 59 usable, 22 to spare.
resource "azurerm_subnet" "snet_core_b_nodes" {
  name                            = "snet-core-b-nodes"
  resource_group_name             = "rg-core-net"
  virtual_network_name            = azurerm_virtual_network.vnet_core.name
  address_prefixes                = ["10.130.1.128/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_core_a_nodes,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_core_b_nodes" {
  subnet_id                 = azurerm_subnet.snet_core_b_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_core_b_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "core-a"
      resourceGroup = "rg-core-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
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
          maxPods      = 110
          vnetSubnetID = azurerm_subnet.snet_core_a_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
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
          vnetSubnetID      = azurerm_subnet.snet_core_a_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enableVnetIntegration = true
        subnetId              = azurerm_subnet.snet_apiserver.id
      }
    },
    {
      name          = "core-b"
      resourceGroup = "rg-core-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.245.0.0/16"
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
          vnetSubnetID = azurerm_subnet.snet_core_b_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
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
          vnetSubnetID      = azurerm_subnet.snet_core_b_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster  = true
        enableVnetIntegration = true
        subnetId              = azurerm_subnet.snet_apiserver.id
      }
    },
  ]
}
