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

# 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
resource "azurerm_virtual_network" "vnet_shop" {
  name                = "vnet-shop"
  resource_group_name = "rg"
  location            = var.location
  address_space       = ["10.128.0.0/22"]
  dns_servers         = []
}

resource "azurerm_network_security_group" "nsg_shop_nodes" {
  name                = "nsg-shop-nodes"
  resource_group_name = "rg"
  location            = var.location

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.128.0.0/24"
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
    destination_address_prefix = "10.128.0.0/24"
    destination_port_range     = "*"
  }
}

# 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
# 10.128.0.0/24 has 251 usable, 240 to spare.
resource "azurerm_subnet" "snet_shop_nodes" {
  name                            = "snet-shop-nodes"
  resource_group_name             = "rg"
  virtual_network_name            = azurerm_virtual_network.vnet_shop.name
  address_prefixes                = ["10.128.0.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_network_security_group_association" "snet_shop_nodes" {
  subnet_id                 = azurerm_subnet.snet_shop_nodes.id
  network_security_group_id = azurerm_network_security_group.nsg_shop_nodes.id
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "shop"
      resourceGroup = "rg"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "10.0.0.0/16"
        dnsServiceIP      = "10.0.0.10"
        outboundType      = "loadBalancer"
        loadBalancerSku   = "standard"
        advancedNetworking = {
          enabled = true
          observability = {
            enabled = false
          }
          security = {
            enabled                 = true
            advancedNetworkPolicies = "L7"
          }
        }
        staticEgressGatewayProfile = {
          enabled = true
        }
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
            maxSurge = "50%"
          }
        },
        {
          name         = "gw"
          mode         = "Gateway"
          osType       = "Linux"
          type         = "VirtualMachineScaleSets"
          count        = 2
          maxPods      = 250
          vnetSubnetID = azurerm_subnet.snet_shop_nodes.id
          upgradeSettings = {
            maxSurge = "10%"
          }
          gatewayProfile = {
            publicIPPrefixSize = 31
          }
        },
        {
          name               = "edge"
          mode               = "User"
          osType             = "Linux"
          type               = "VirtualMachineScaleSets"
          count              = 2
          maxPods            = 250
          vnetSubnetID       = azurerm_subnet.snet_shop_nodes.id
          enableNodePublicIP = true
          upgradeSettings = {
            maxSurge       = "0"
            maxUnavailable = "1"
          }
        },
      ]
      apiServerAccessProfile = {
        enablePrivateCluster = true
        privateDNSZone       = "none"
      }
      nodeProvisioningProfile = {
        mode = "Auto"
      }
      bootstrapProfile = {
        artifactSource = "Cache"
      }
      addonProfiles = {
        azureKeyvaultSecretsProvider = {
          enabled = true
        }
        azurepolicy = {
          enabled = true
        }
      }
      oidcIssuerProfile = {
        enabled = true
      }
      securityProfile = {
        workloadIdentity = {
          enabled = true
        }
      }
      metricsProfile = {
        costAnalysis = {
          enabled = true
        }
      }
    },
  ]
}
