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
  default     = "swedencentral"
}

# 16384 addresses, 4224 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_ml" {
  name                = "vnet-ml"
  resource_group_name = "rg-ml-net"
  location            = var.location
  address_space       = ["10.81.192.0/18"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_ml_nodes" {
  name                = "nsg-ml-nodes"
  resource_group_name = "rg-ml-net"
  location            = var.location
  security_rule       = []
}

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.81.192.0/25 has 123 usable, 53 to spare.
resource "azurerm_subnet" "snet_ml_nodes" {
  name                            = "snet-ml-nodes"
  resource_group_name             = "rg-ml-net"
  virtual_network_name            = azurerm_virtual_network.vnet_ml.name
  address_prefixes                = ["10.81.192.0/25"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_ml_nodes" {
  subnet_id                 = azurerm_subnet.snet_ml_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_ml_nodes.id
}

resource "azurerm_network_security_group" "nsg_ml_pods" {
  name                = "nsg-ml-pods"
  resource_group_name = "rg-ml-net"
  location            = var.location
  security_rule       = []
}

# 2304 pods + 27 others + 5 reserved by Azure = 2336 addresses;
# 10.81.208.0/20 has 4091 usable, 1760 to spare.
resource "azurerm_subnet" "snet_ml_pods" {
  name                            = "snet-ml-pods"
  resource_group_name             = "rg-ml-net"
  virtual_network_name            = azurerm_virtual_network.vnet_ml.name
  address_prefixes                = ["10.81.208.0/20"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_ml_nodes,
  ]

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

resource "azurerm_subnet_network_security_group_association" "snet_ml_pods" {
  subnet_id                 = azurerm_subnet.snet_ml_pods.id
  network_security_group_id = azurerm_network_security_group.nsg_ml_pods.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "ml"
      resourceGroup = "rg-ml-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "cilium"
        networkPolicy    = "cilium"
        serviceCidr      = "172.23.0.0/16"
        dnsServiceIP     = "172.23.0.10"
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
          maxPods             = 47
          vnetSubnetID        = azurerm_subnet.snet_ml_nodes.id
          podSubnetID         = azurerm_subnet.snet_ml_pods.id
          podIPAllocationMode = "StaticBlock"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "train"
          mode                = "User"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 60
          maxPods             = 31
          vnetSubnetID        = azurerm_subnet.snet_ml_nodes.id
          podSubnetID         = azurerm_subnet.snet_ml_pods.id
          podIPAllocationMode = "StaticBlock"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
