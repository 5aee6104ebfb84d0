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

locals {
  group_rg_shop = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop"
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
    name                       = "AllowNodesToNodes"
    description                = "Nodes talk to each other."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 100
    protocol                   = "*"
    source_address_prefix      = "10.40.15.128/25"
    source_port_range          = "*"
    destination_address_prefix = "10.40.15.128/25"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPods"
    description                = "The group sees the pods' own addresses."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 110
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
    destination_address_prefix = "10.40.15.128/25"
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
    name                       = "AllowInternetToServices"
    description                = "Clients of public Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 150
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }

  security_rule {
    name                       = "AllowNetworkToServices"
    description                = "Clients of internal Services; add your own ports."
    direction                  = "Inbound"
    access                     = "Allow"
    priority                   = 160
    protocol                   = "Tcp"
    source_address_prefix      = "VirtualNetwork"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
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
    source_address_prefix      = "10.40.15.128/25"
    source_port_range          = "*"
    destination_address_prefix = "10.40.15.128/25"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "AllowNodesToPodsOut"
    description                = "The group sees the pods' own addresses."
    direction                  = "Outbound"
    access                     = "Allow"
    priority                   = 110
    protocol                   = "*"
    source_address_prefix      = "10.40.15.128/25"
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
    destination_address_prefix = "10.40.15.128/25"
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
    name                         = "AllowDNSOut"
    description                  = "DNS servers of the network."
    direction                    = "Outbound"
    access                       = "Allow"
    priority                     = 170
    protocol                     = "*"
    source_address_prefix        = "*"
    source_port_range            = "*"
    destination_address_prefixes = ["10.32.0.10", "10.32.0.11"]
    destination_port_range       = "53"
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

resource "azurerm_user_assigned_identity" "id_shop_prod" {
  name                = "id-shop-prod"
  resource_group_name = "rg-shop"
  location            = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role56e4ac60_aa0153a3_a98c_fbd178f1c08e" {
  name               = "56e4ac60-aa01-53a3-a98c-fbd178f1c08e"
  scope              = azurerm_subnet.snet_shop_prod_nodes.id
  role_definition_id = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_shop_prod.principal_id
  principal_type     = "ServicePrincipal"
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_prod_nodes,
    azurerm_subnet_route_table_association.snet_shop_prod_nodes,
  ]
}

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource "azurerm_role_assignment" "role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7" {
  name               = "7d37cbb4-a679-5351-ba0a-cbfa66d9b3c7"
  scope              = azurerm_route_table.rt_shop_prod.id
  role_definition_id = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  principal_id       = azurerm_user_assigned_identity.id_shop_prod.principal_id
  principal_type     = "ServicePrincipal"
}

# azapi: azurerm needs settings for this resource that the network does not determine.
resource "azapi_resource" "aks_shop_prod" {
  type      = "Microsoft.ContainerService/managedClusters@2025-10-01"
  parent_id = local.group_rg_shop
  name      = "shop-prod"
  location  = var.location
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }
  body = {
    properties = {
      dnsPrefix         = "shop-prod"
      nodeResourceGroup = "MC_rg-shop_shop-prod_westeurope"
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
    }
  }
  depends_on = [
    azurerm_subnet_network_security_group_association.snet_shop_prod_nodes,
    azurerm_subnet_route_table_association.snet_shop_prod_nodes,
    azurerm_role_assignment.role56e4ac60_aa0153a3_a98c_fbd178f1c08e,
    azurerm_role_assignment.role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7,
  ]

  identity {
    type = "UserAssigned"
    identity_ids = [
      azurerm_user_assigned_identity.id_shop_prod.id,
    ]
  }
}

# Allows what clusters behind userDefinedRouting must reach. Attach it to the firewall that is the next hop of their default route.
resource "azurerm_firewall_policy" "afwp_aks_egress" {
  name                = "afwp-aks-egress"
  resource_group_name = "rg-shop-net"
  location            = var.location
  sku                 = "Standard"
  tags = {
    "cost-center" = "4711"
    owner         = "platform"
  }

  dns {
    proxy_enabled = true
    servers       = ["10.32.0.10", "10.32.0.11"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "rules_aks_egress" {
  name               = "aks-egress"
  firewall_policy_id = azurerm_firewall_policy.afwp_aks_egress.id
  priority           = 200

  network_rule_collection {
    name     = "aks-network"
    priority = 200
    action   = "Allow"

    rule {
      name              = "ntp"
      description       = "time, for nodes that were made before 2021-03"
      protocols         = ["UDP"]
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["ntp.ubuntu.com"]
      destination_ports = ["123"]
    }

    rule {
      name                  = "dns-udp"
      description           = "DNS servers of your own"
      protocols             = ["UDP"]
      source_addresses      = ["10.40.15.128/25"]
      destination_addresses = ["10.32.0.10", "10.32.0.11"]
      destination_ports     = ["53"]
    }

    rule {
      name                  = "dns-tcp"
      description           = "DNS servers of your own: for long answers, and for LocalDNS, which forwards over TCP"
      protocols             = ["TCP"]
      source_addresses      = ["10.40.15.128/25"]
      destination_addresses = ["10.32.0.10", "10.32.0.11"]
      destination_ports     = ["53"]
    }
  }

  application_rule_collection {
    name     = "aks-names"
    priority = 300
    action   = "Allow"

    rule {
      name                  = "aks-tag"
      description           = "The AKS requirements that Azure Firewall maintains itself."
      source_addresses      = ["10.40.15.128/25"]
      destination_fqdn_tags = ["AzureKubernetesService"]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name             = "images-from-the-microsoft-registry-443"
      description      = "images from the Microsoft registry"
      source_addresses = ["10.40.15.128/25"]
      destination_fqdns = [
        "mcr.microsoft.com",
        "*.data.mcr.microsoft.com",
        "mcr-0001.mcr-msedge.net",
      ]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name              = "azure-api-443"
      description       = "Azure API"
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["management.azure.com"]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name              = "sign-in-443"
      description       = "sign-in"
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["login.microsoftonline.com"]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name              = "packages-443"
      description       = "packages"
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["packages.microsoft.com"]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name              = "kubernetes-and-cni-binaries-443"
      description       = "Kubernetes and CNI binaries"
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["acs-mirror.azureedge.net", "packages.aks.azure.com"]

      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name             = "security-updates-80"
      description      = "security updates"
      source_addresses = ["10.40.15.128/25"]
      destination_fqdns = [
        "security.ubuntu.com",
        "azure.archive.ubuntu.com",
        "changelogs.ubuntu.com",
      ]

      protocols {
        type = "Http"
        port = 80
      }
    }

    rule {
      name              = "security-updates-443"
      description       = "security updates"
      source_addresses  = ["10.40.15.128/25"]
      destination_fqdns = ["snapshot.ubuntu.com"]

      protocols {
        type = "Https"
        port = 443
      }
    }
  }
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
