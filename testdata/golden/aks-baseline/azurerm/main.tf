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

# 256 addresses, 160 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_hub" {
  name                = "vnet-hub"
  resource_group_name = "rg-enterprise-networking"
  location            = var.location
  address_space       = ["10.200.0.0/24"]
  dns_servers         = []
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_firewall_subnet" {
  name                 = "AzureFirewallSubnet"
  resource_group_name  = "rg-enterprise-networking"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.200.0.0/26"]
}

# 27 usable addresses.
resource "azurerm_subnet" "snet_gateway_subnet" {
  name                 = "GatewaySubnet"
  resource_group_name  = "rg-enterprise-networking"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.200.0.64/27"]
  depends_on = [
    azurerm_subnet.snet_azure_firewall_subnet,
  ]
}

# 59 usable addresses.
resource "azurerm_subnet" "snet_azure_bastion_subnet" {
  name                 = "AzureBastionSubnet"
  resource_group_name  = "rg-enterprise-networking"
  virtual_network_name = azurerm_virtual_network.vnet_hub.name
  address_prefixes     = ["10.200.0.128/26"]
  depends_on = [
    azurerm_subnet.snet_gateway_subnet,
  ]
}

# 65536 addresses, 1312 of them in subnets; address space set in the spec.
resource "azurerm_virtual_network" "vnet_spoke" {
  name                = "vnet-spoke"
  resource_group_name = "rg-enterprise-networking"
  location            = var.location
  address_space       = ["10.240.0.0/16"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_clusternodes" {
  name                = "nsg-clusternodes"
  resource_group_name = "rg-enterprise-networking"
  location            = var.location
  security_rule       = []
}

# 15 nodes + 15 for surge nodes + 900 pods + 5 reserved by Azure = 935 addresses;
# 10.240.0.0/22 has 1019 usable, 89 to spare.
resource "azurerm_subnet" "snet_clusternodes" {
  name                            = "snet-clusternodes"
  resource_group_name             = "rg-enterprise-networking"
  virtual_network_name            = azurerm_virtual_network.vnet_spoke.name
  address_prefixes                = ["10.240.0.0/22"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_clusternodes" {
  subnet_id                 = azurerm_subnet.snet_clusternodes.id
  network_security_group_id = azurerm_network_security_group.nsg_clusternodes.id
}

# 5 internal load balancers + 5 reserved by Azure = 10 addresses;
# 10.240.4.0/28 has 11 usable, 6 to spare.
resource "azurerm_subnet" "snet_clusteringressservices" {
  name                            = "snet-clusteringressservices"
  resource_group_name             = "rg-enterprise-networking"
  virtual_network_name            = azurerm_virtual_network.vnet_spoke.name
  address_prefixes                = ["10.240.4.0/28"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_clusternodes,
  ]
}

# 11 usable addresses.
resource "azurerm_subnet" "snet_privatelinkendpoints" {
  name                            = "snet-privatelinkendpoints"
  resource_group_name             = "rg-enterprise-networking"
  virtual_network_name            = azurerm_virtual_network.vnet_spoke.name
  address_prefixes                = ["10.240.4.32/28"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_clusteringressservices,
  ]
}

# 251 others + 5 reserved by Azure = 256 addresses;
# 10.240.5.0/24 has 251 usable, 0 to spare.
resource "azurerm_subnet" "snet_applicationgateway" {
  name                            = "snet-applicationgateway"
  resource_group_name             = "rg-enterprise-networking"
  virtual_network_name            = azurerm_virtual_network.vnet_spoke.name
  address_prefixes                = ["10.240.5.0/24"]
  default_outbound_access_enabled = false
  depends_on = [
    azurerm_subnet.snet_privatelinkendpoints,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_hub_to_vnet_spoke" {
  name                         = "vnet-hub-to-vnet-spoke"
  resource_group_name          = "rg-enterprise-networking"
  virtual_network_name         = azurerm_virtual_network.vnet_hub.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_spoke.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
    azurerm_subnet.snet_applicationgateway,
  ]
}

resource "azurerm_virtual_network_peering" "peer_vnet_spoke_to_vnet_hub" {
  name                         = "vnet-spoke-to-vnet-hub"
  resource_group_name          = "rg-enterprise-networking"
  virtual_network_name         = azurerm_virtual_network.vnet_spoke.name
  remote_virtual_network_id    = azurerm_virtual_network.vnet_hub.id
  allow_virtual_network_access = true
  allow_forwarded_traffic      = false
  allow_gateway_transit        = false
  use_remote_gateways          = false
  depends_on = [
    azurerm_subnet.snet_azure_bastion_subnet,
    azurerm_subnet.snet_applicationgateway,
  ]
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "aks-baseline"
      resourceGroup = "rg-enterprise-networking"
      networkProfile = {
        networkPlugin    = "azure"
        networkDataplane = "azure"
        serviceCidr      = "172.16.0.0/16"
        dnsServiceIP     = "172.16.0.10"
        outboundType     = "loadBalancer"
        loadBalancerSku  = "standard"
      }
      agentPoolProfiles = [
        {
          name         = "npsystem"
          mode         = "System"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 3
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_clusternodes.id
          upgradeSettings = {
            maxSurge = "100%"
          }
        },
        {
          name         = "npuser01"
          mode         = "User"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 30
          vnetSubnetID = azurerm_subnet.snet_clusternodes.id
          upgradeSettings = {
            maxSurge = "100%"
          }
        },
      ]
    },
  ]
}
