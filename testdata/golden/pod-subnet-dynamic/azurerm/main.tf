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

# 16384 addresses, 4160 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_data" {
  name                = "vnet-data"
  resource_group_name = "rg-data-net"
  location            = var.location
  address_space       = ["10.73.192.0/18"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_data_nodes" {
  name                = "nsg-data-nodes"
  resource_group_name = "rg-data-net"
  location            = var.location
  security_rule       = []
}

resource "azurerm_public_ip" "pip_ng_data1" {
  name                = "pip-ng-data-1"
  resource_group_name = "rg-data-net"
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

resource "azurerm_public_ip" "pip_ng_data2" {
  name                = "pip-ng-data-2"
  resource_group_name = "rg-data-net"
  location            = var.location
  allocation_method   = "Static"
  ip_version          = "IPv4"
  sku                 = "Standard"
  sku_tier            = "Regional"
}

# 2 public addresses give 129024 SNAT ports.
resource "azurerm_nat_gateway" "ng_data" {
  name                    = "ng-data"
  resource_group_name     = "rg-data-net"
  location                = var.location
  sku_name                = "Standard"
  idle_timeout_in_minutes = 10
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_data1" {
  nat_gateway_id       = azurerm_nat_gateway.ng_data.id
  public_ip_address_id = azurerm_public_ip.pip_ng_data1.id
}

resource "azurerm_nat_gateway_public_ip_association" "pip_ng_data2" {
  nat_gateway_id       = azurerm_nat_gateway.ng_data.id
  public_ip_address_id = azurerm_public_ip.pip_ng_data2.id
}

# 27 nodes + 9 for surge nodes + 5 reserved by Azure = 41 addresses;
# 10.73.192.0/26 has 59 usable, 23 to spare.
resource "azurerm_subnet" "snet_data_nodes" {
  name                            = "snet-data-nodes"
  resource_group_name             = "rg-data-net"
  virtual_network_name            = azurerm_virtual_network.vnet_data.name
  address_prefixes                = ["10.73.192.0/26"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_data_nodes" {
  subnet_id                 = azurerm_subnet.snet_data_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_data_nodes.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_data_nodes" {
  subnet_id      = azurerm_subnet.snet_data_nodes.id
  nat_gateway_id = azurerm_nat_gateway.ng_data.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_data1,
    azurerm_nat_gateway_public_ip_association.pip_ng_data2,
  ]
}

resource "azurerm_network_security_group" "nsg_data_pods" {
  name                = "nsg-data-pods"
  resource_group_name = "rg-data-net"
  location            = var.location
  security_rule       = []
}

# 2304 pods + 5 reserved by Azure = 2309 addresses;
# 10.73.208.0/20 has 4091 usable, 1787 to spare.
resource "azurerm_subnet" "snet_data_pods" {
  name                            = "snet-data-pods"
  resource_group_name             = "rg-data-net"
  virtual_network_name            = azurerm_virtual_network.vnet_data.name
  address_prefixes                = ["10.73.208.0/20"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_data_nodes,
    azurerm_subnet_nat_gateway_association.snet_data_nodes,
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

resource "azurerm_subnet_network_security_group_association" "snet_data_pods" {
  subnet_id                 = azurerm_subnet.snet_data_pods.id
  network_security_group_id = azurerm_network_security_group.nsg_data_pods.id
}

resource "azurerm_subnet_nat_gateway_association" "snet_data_pods" {
  subnet_id      = azurerm_subnet.snet_data_pods.id
  nat_gateway_id = azurerm_nat_gateway.ng_data.id
  depends_on = [
    azurerm_nat_gateway_public_ip_association.pip_ng_data1,
    azurerm_nat_gateway_public_ip_association.pip_ng_data2,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "data"
      resourceGroup = "rg-data-net"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "cilium"
        networkPolicy    = "cilium"
        serviceCidr      = "172.22.0.0/16"
        dnsServiceIP     = "172.22.0.10"
        outboundType     = "userAssignedNATGateway"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name                = "system"
          mode                = "System"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 3
          maxPods             = 50
          vnetSubnetID        = azurerm_subnet.snet_data_nodes.id
          podSubnetID         = azurerm_subnet.snet_data_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name                = "etl"
          mode                = "User"
          osType              = "Linux"
          type                = "VirtualMachineScaleSets"
          count               = 2
          enableAutoScaling   = true
          minCount            = 2
          maxCount            = 24
          maxPods             = 50
          vnetSubnetID        = azurerm_subnet.snet_data_nodes.id
          podSubnetID         = azurerm_subnet.snet_data_pods.id
          podIPAllocationMode = "DynamicIndividual"
          upgradeSettings = {
            maxSurge = "33%"
          }
        },
      ]
    },
  ]
}
