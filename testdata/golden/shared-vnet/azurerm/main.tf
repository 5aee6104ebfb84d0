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

# 8192 addresses, 1600 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_platform" {
  name                = "vnet-platform"
  resource_group_name = "rg-platform-net"
  location            = var.location
  address_space       = ["10.48.0.0/19"]
  dns_servers         = []
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-platform-net"
  virtual_network_name = azurerm_virtual_network.vnet_platform.name
  address_prefixes     = ["10.48.0.0/26"]
}

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.48.0.64/26 has 59 usable, 19 to spare.
resource "azurerm_subnet" "snet_pe" {
  name                            = "snet-pe"
  resource_group_name             = "rg-platform-net"
  virtual_network_name            = azurerm_virtual_network.vnet_platform.name
  address_prefixes                = ["10.48.0.64/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
  ]
}

# 251 usable addresses.
resource "azurerm_subnet" "snet_agc" {
  name                            = "snet-agc"
  resource_group_name             = "rg-platform-net"
  virtual_network_name            = azurerm_virtual_network.vnet_platform.name
  address_prefixes                = ["10.48.1.0/24"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_pe,
  ]

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

resource "azurerm_network_security_group" "nsg_web_nodes" {
  name                = "nsg-web-nodes"
  resource_group_name = "rg-platform-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.48.8.0/26"
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
    destination_address_prefix = "10.48.8.0/26"
    destination_port_range     = "*"
  }
}

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.48.8.0/26 has 59 usable, 15 to spare.
resource "azurerm_subnet" "snet_web_nodes" {
  name                            = "snet-web-nodes"
  resource_group_name             = "rg-platform-net"
  virtual_network_name            = azurerm_virtual_network.vnet_platform.name
  address_prefixes                = ["10.48.8.0/26"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_agc,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_web_nodes" {
  subnet_id                 = azurerm_subnet.snet_web_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_web_nodes.id
}

resource "azurerm_network_security_group" "nsg_batch_nodes" {
  name                = "nsg-batch-nodes"
  resource_group_name = "rg-platform-net"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.48.9.0/25"
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
    destination_address_prefix = "10.48.9.0/25"
    destination_port_range     = "*"
  }
}

# 103 nodes + 11 for surge nodes + 5 reserved by Azure = 119 addresses;
# 10.48.9.0/25 has 123 usable, 9 to spare.
resource "azurerm_subnet" "snet_batch_nodes" {
  name                            = "snet-batch-nodes"
  resource_group_name             = "rg-platform-net"
  virtual_network_name            = azurerm_virtual_network.vnet_platform.name
  address_prefixes                = ["10.48.9.0/25"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_web_nodes,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_batch_nodes" {
  subnet_id                 = azurerm_subnet.snet_batch_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_batch_nodes.id
}

resource "azurerm_network_security_group" "nsg_scada_nodes" {
  name                = "nsg-scada-nodes"
  resource_group_name = "rg-platform-net"
  location            = var.location
  security_rule       = []
}

# 23 nodes + 3 for surge nodes + 780 pods + 5 reserved by Azure = 811 addresses;
# 10.48.28.0/22 has 1019 usable, 213 to spare.
resource "azurerm_subnet" "snet_scada_nodes" {
  name                            = "snet-scada-nodes"
  resource_group_name             = "rg-platform-net"
  virtual_network_name            = azurerm_virtual_network.vnet_platform.name
  address_prefixes                = ["10.48.28.0/22"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_batch_nodes,
  ]
}

resource "azurerm_subnet_network_security_group_association" "snet_scada_nodes" {
  subnet_id                 = azurerm_subnet.snet_scada_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_scada_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "web"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
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
          vnetSubnetID = azurerm_subnet.snet_web_nodes.id
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
          maxCount          = 30
          maxPods           = 110
          vnetSubnetID      = azurerm_subnet.snet_web_nodes.id
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
    {
      name          = "batch"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "100.65.0.0/16"
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
          vnetSubnetID = azurerm_subnet.snet_batch_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "spot"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 0
          enableAutoScaling = true
          minCount          = 0
          maxCount          = 100
          maxPods           = 60
          vnetSubnetID      = azurerm_subnet.snet_batch_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
    {
      name          = "scada"
      resourceGroup = "rg-platform-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "172.20.0.0/16"
        dnsServiceIP     = "172.20.0.10"
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
          vnetSubnetID = azurerm_subnet.snet_scada_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name         = "edge"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 20
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_scada_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
