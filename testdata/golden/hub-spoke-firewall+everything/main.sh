#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

location='westeurope'
location="${LOCATION:-$location}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_rg_hub='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub'
group_rg_shop_net='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop-net'
group_rg_shop='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop'

# send ID API-VERSION BODY sends a resource.
send() {
  printf 'sending %s\n' "$1" >&2
  az rest --method put --url "$1?api-version=$2" --body "$3" --output none
}

# put sends a resource and waits until Azure has provisioned it.
put() {
  send "$@"
  az resource wait --created --ids "$1" --api-version "$2" --interval 5
}

# there ID API-VERSION checks whether a resource exists. It exits the script when that cannot be determined.
there() {
  local message status=0
  message=$(az resource show --ids "$1" --api-version "$2" --output none 2>&1) || status=$?
  case $status in
    0) return 0 ;;
    3) return 1 ;;
  esac
  printf '%s\ncannot determine whether %s exists\n' "$message" "$1" >&2
  exit 1
}

vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 512 of them in subnets; address space set in the spec.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
put "$vnet_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.40.0.0/20"
      ]
    },
    "ddosProtectionPlan": {
      "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos"
    },
    "dhcpOptions": {
      "dnsServers": [
        "10.32.0.10",
        "10.32.0.11"
      ]
    },
    "enableDdosProtection": true,
    "encryption": {
      "enabled": true,
      "enforcement": "AllowUnencrypted"
    }
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_shop"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.0/26"
  }
}'

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
snet_pe="$vnet_shop"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.64/26",
    "defaultOutboundAccess": false,
    "privateEndpointNetworkPolicies": "Enabled",
    "serviceEndpoints": [
      {
        "service": "Microsoft.Storage"
      }
    ]
  }
}'

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
put "$nsg_shop_prod_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.40.15.128/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.40.15.128/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.40.15.128/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.40.15.128/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowLoadBalancerProbes",
        "properties": {
          "access": "Allow",
          "description": "Health probes of Services.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 140,
          "protocol": "*",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowInternetToServices",
        "properties": {
          "access": "Allow",
          "description": "Clients of public Services; add your own ports.",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 150,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNetworkToServices",
        "properties": {
          "access": "Allow",
          "description": "Clients of internal Services; add your own ports.",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 160,
          "protocol": "Tcp",
          "sourceAddressPrefix": "VirtualNetwork",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllInbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.40.15.128/25",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.40.15.128/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.40.15.128/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.40.15.128/25",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToInternetOut",
        "properties": {
          "access": "Allow",
          "description": "Registry, API server and Azure are known by name: a firewall filters them.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 140,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToNetworkOut",
        "properties": {
          "access": "Allow",
          "description": "Private endpoints and the private API server.",
          "destinationAddressPrefix": "VirtualNetwork",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 150,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTimeOut",
        "properties": {
          "access": "Allow",
          "description": "Time servers.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "123",
          "direction": "Outbound",
          "priority": 160,
          "protocol": "Udp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowDNSOut",
        "properties": {
          "access": "Allow",
          "description": "DNS servers of the network.",
          "destinationAddressPrefixes": [
            "10.32.0.10",
            "10.32.0.11"
          ],
          "destinationPortRange": "53",
          "direction": "Outbound",
          "priority": 170,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllOutbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/routeTables/rt-shop-prod'
put "$rt_shop_prod" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "disableBgpRoutePropagation": false,
    "routes": [
      {
        "name": "default",
        "properties": {
          "addressPrefix": "0.0.0.0/0",
          "nextHopIpAddress": "10.32.0.4",
          "nextHopType": "VirtualAppliance"
        }
      },
      {
        "name": "firewall-public-1",
        "properties": {
          "addressPrefix": "20.50.1.1/32",
          "nextHopType": "Internet"
        }
      }
    ]
  }
}'

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
snet_shop_prod_nodes="$vnet_shop"'/subnets/snet-shop-prod-nodes'
put "$snet_shop_prod_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.15.128/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_prod_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_shop_prod"'"
    }
  }
}'

peer_vnet_hub_to_vnet_shop="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-shop'
put "$peer_vnet_hub_to_vnet_shop" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_shop"'"
    },
    "useRemoteGateways": false
  }
}'

# The other network already exists; the reverse peering is added to it.
peer_vnet_shop_to_vnet_hub="$vnet_shop"'/virtualNetworkPeerings/vnet-shop-to-vnet-hub'
put "$peer_vnet_shop_to_vnet_hub" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_hub"'"
    },
    "useRemoteGateways": false
  }
}'

id_shop_prod="$group_rg_shop"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop-prod'
send "$id_shop_prod" 2023-01-31 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  }
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role56e4ac60_aa0153a3_a98c_fbd178f1c08e="$snet_shop_prod_nodes"'/providers/Microsoft.Authorization/roleAssignments/56e4ac60-aa01-53a3-a98c-fbd178f1c08e'
id_shop_prod_principal_id="$(az resource show --ids "$id_shop_prod" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role56e4ac60_aa0153a3_a98c_fbd178f1c08e" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_shop_prod_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7="$rt_shop_prod"'/providers/Microsoft.Authorization/roleAssignments/7d37cbb4-a679-5351-ba0a-cbfa66d9b3c7'
send "$role7d37cbb4_a6795351_ba0a_cbfa66d9b3c7" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_shop_prod_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

aks_shop_prod="$group_rg_shop"'/providers/Microsoft.ContainerService/managedClusters/shop-prod'
there "$aks_shop_prod" 2025-10-01 || az aks create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --name 'shop-prod' \
  --location "$location" \
  --dns-name-prefix 'shop-prod' \
  --node-resource-group 'MC_rg-shop_shop-prod_westeurope' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'cilium' \
  --network-policy 'cilium' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '172.20.0.0/16' \
  --dns-service-ip '172.20.0.10' \
  --outbound-type 'userDefinedRouting' \
  --load-balancer-sku 'standard' \
  --enable-private-cluster \
  --assign-identity "$id_shop_prod" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_prod_nodes" \
  --no-ssh-key \
  --tags 'cost-center=4711' 'owner=platform'
[ "$(az aks nodepool show \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'system' \
  --query upgradeSettings.maxSurge \
  --output tsv)" = '33%' ] || az aks nodepool update \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'system' \
  --max-surge '33%'
there "$aks_shop_prod"'/agentPools/apps' 2025-10-01 || az aks nodepool add \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'apps' \
  --mode 'User' \
  --os-type 'Linux' \
  --node-count 3 \
  --enable-cluster-autoscaler \
  --min-count 3 \
  --max-count 40 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_prod_nodes" \
  --max-surge '33%'

# Allows what clusters behind userDefinedRouting must reach. Attach it to the firewall that is the next hop of their default route.
afwp_aks_egress="$group_rg_shop_net"'/providers/Microsoft.Network/firewallPolicies/afwp-aks-egress'
put "$afwp_aks_egress" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "dnsSettings": {
      "enableProxy": true,
      "servers": [
        "10.32.0.10",
        "10.32.0.11"
      ]
    },
    "sku": {
      "tier": "Standard"
    }
  }
}'

rules_aks_egress="$afwp_aks_egress"'/ruleCollectionGroups/aks-egress'
put "$rules_aks_egress" 2025-03-01 '{
  "properties": {
    "priority": 200,
    "ruleCollections": [
      {
        "action": {
          "type": "Allow"
        },
        "name": "aks-network",
        "priority": 200,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "description": "time, for nodes that were made before 2021-03",
            "destinationFqdns": [
              "ntp.ubuntu.com"
            ],
            "destinationPorts": [
              "123"
            ],
            "ipProtocols": [
              "UDP"
            ],
            "name": "ntp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "DNS servers of your own",
            "destinationAddresses": [
              "10.32.0.10",
              "10.32.0.11"
            ],
            "destinationPorts": [
              "53"
            ],
            "ipProtocols": [
              "UDP"
            ],
            "name": "dns-udp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "DNS servers of your own: for long answers, and for LocalDNS, which forwards over TCP",
            "destinationAddresses": [
              "10.32.0.10",
              "10.32.0.11"
            ],
            "destinationPorts": [
              "53"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "dns-tcp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          }
        ]
      },
      {
        "action": {
          "type": "Allow"
        },
        "name": "aks-names",
        "priority": 300,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "description": "The AKS requirements that Azure Firewall maintains itself.",
            "fqdnTags": [
              "AzureKubernetesService"
            ],
            "name": "aks-tag",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "images from the Microsoft registry",
            "name": "images-from-the-microsoft-registry-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "mcr.microsoft.com",
              "*.data.mcr.microsoft.com",
              "mcr-0001.mcr-msedge.net"
            ]
          },
          {
            "description": "Azure API",
            "name": "azure-api-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "description": "sign-in",
            "name": "sign-in-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "description": "packages",
            "name": "packages-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "description": "Kubernetes and CNI binaries",
            "name": "kubernetes-and-cni-binaries-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "acs-mirror.azureedge.net",
              "packages.aks.azure.com"
            ]
          },
          {
            "description": "security updates",
            "name": "security-updates-80",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "description": "security updates",
            "name": "security-updates-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "snapshot.ubuntu.com"
            ]
          }
        ]
      }
    ]
  }
}'
