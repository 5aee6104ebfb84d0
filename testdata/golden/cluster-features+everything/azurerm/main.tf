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

variable "subscription_id" {
  type        = string
  description = "Subscription of the resources."
}

variable "location" {
  type        = string
  description = "Region of the resources."
  default     = "westeurope"
}

locals {
  group_rg = "/subscriptions/${var.subscription_id}/resourceGroups/rg"
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
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.128.0.0/24"
    source_port_range          = "*"
    destination_address_prefix = "10.128.0.0/24"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
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
    destination_address_prefix = "10.128.0.0/24"
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
    source_address_prefix      = "10.128.0.0/24"
    source_port_range          = "*"
    destination_address_prefix = "10.128.0.0/24"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsOut"
    description                = "The group sees the pods' own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.128.0.0/24"
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
    destination_address_prefix = "10.128.0.0/24"
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

resource "azurerm_user_assigned_identity" "id_shop" {
  name                = "id-shop"
  resource_group_name = "rg"
  location            = var.location
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role9c78c112_b1dc5df2_b9b3070de2703e3e" {
  name               = "9c78c112-b1dc-5df2-b9b3-070de2703e3e"
  scope              = azurerm_subnet.snet_shop_nodes.id
  role_definition_id = "/subscriptions/${var.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_shop.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
  ]
}

# API version 2025-10-01 does not support encryption between nodes (--acns-transit-encryption-type wireguard): turn it on with az aks update.
# az aks create turns these on with a workspace that it makes; a template leaves them to you, with a workspace of your own: monitoring.
# azapi: azurerm needs settings for this resource that the network does not determine.
resource "azapi_resource" "aks_shop" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_rg
  name      = "shop"
  location  = var.location
  body = {
    properties = {
      dnsPrefix         = "shop"
      nodeResourceGroup = "MC_rg_shop_westeurope"
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
    }
  }
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_nodes,
    azurerm_role_assignment.role9c78c112_b1dc5df2_b9b3070de2703e3e,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azurerm_user_assigned_identity.id_shop.id,
    ]
  }
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
