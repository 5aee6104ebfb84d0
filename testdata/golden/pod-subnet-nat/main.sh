#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
resource_group="${RESOURCE_GROUP:?set RESOURCE_GROUP to the resource group of the network}"
location="${LOCATION:?set LOCATION to the region of the network}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants SUBSCRIPTION "$subscription" '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' 'the id of a subscription'
wants RESOURCE_GROUP "$resource_group" '^[-[:alnum:]._()]+$' 'letters, digits and - . _ ( )'
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_network='/subscriptions/'"$subscription"'/resourceGroups/'"$resource_group"

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

# 4096 addresses, 2000 of them in subnets; address space sized and placed by the plan.
vnet_a="$group_network"'/providers/Microsoft.Network/virtualNetworks/vnet-a'
put "$vnet_a" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.160.0.0/20"
      ]
    }
  }
}'

nsg_agw="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-agw'
put "$nsg_agw" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowGatewayManager",
        "properties": {
          "access": "Allow",
          "description": "Azure manages the gateway.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "65200-65535",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "Tcp",
          "sourceAddressPrefix": "GatewayManager",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowGatewayProbes",
        "properties": {
          "access": "Allow",
          "description": "Health probes of the gateway.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowInternetToGateway",
        "properties": {
          "access": "Allow",
          "description": "Clients of the gateway.",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 120,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "allow-gateway-manager",
        "properties": {
          "access": "Allow",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "65200-65535",
          "direction": "Inbound",
          "priority": 4096,
          "protocol": "Tcp",
          "sourceAddressPrefix": "GatewayManager",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 251 usable addresses.
snet_agw="$vnet_a"'/subnets/snet-agw'
put "$snet_agw" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.0.0/24",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_agw"'"
    }
  }
}'

nsg_apps="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-apps'
put "$nsg_apps" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "allow-web",
        "properties": {
          "access": "Allow",
          "description": "web'\''s \"own\" [ports]",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 200,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "deny-ssh",
        "properties": {
          "access": "Deny",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "22",
          "direction": "Inbound",
          "priority": 300,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_apps="$group_network"'/providers/Microsoft.Network/routeTables/rt-apps'
put "$rt_apps" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": true,
    "routes": [
      {
        "name": "to-dc",
        "properties": {
          "addressPrefix": "192.168.0.0/16",
          "nextHopType": "VirtualNetworkGateway"
        }
      },
      {
        "name": "via-nva",
        "properties": {
          "addressPrefix": "10.99.0.0/16",
          "nextHopIpAddress": "10.0.0.4",
          "nextHopType": "VirtualAppliance"
        }
      }
    ]
  }
}'

ippre_ng_apps="$group_network"'/providers/Microsoft.Network/publicIPPrefixes/ippre-ng-apps'
put "$ippre_ng_apps" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard",
    "tier": "Regional"
  },
  "zones": [
    "1"
  ],
  "properties": {
    "prefixLength": 30,
    "publicIPAddressVersion": "IPv4"
  }
}'

# 4 public addresses give 258048 SNAT ports.
ng_apps="$group_network"'/providers/Microsoft.Network/natGateways/ng-apps'
put "$ng_apps" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard"
  },
  "zones": [
    "1"
  ],
  "properties": {
    "idleTimeoutInMinutes": 10,
    "publicIpPrefixes": [
      {
        "id": "'"$ippre_ng_apps"'"
      }
    ]
  }
}'

# 100 others + 5 reserved by Azure = 105 addresses;
# 10.160.1.0/25 has 123 usable, 23 to spare.
snet_apps="$vnet_a"'/subnets/snet-apps'
put "$snet_apps" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.1.0/25",
    "defaultOutboundAccess": true,
    "natGateway": {
      "id": "'"$ng_apps"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_apps"'"
    },
    "routeTable": {
      "id": "'"$rt_apps"'"
    }
  }
}'

nsg_pods_apiserver="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-apiserver'
put "$nsg_pods_apiserver" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Nodes reach the API server in its subnet.",
          "destinationAddressPrefix": "10.160.7.176/28",
          "destinationPortRanges": [
            "443",
            "4443"
          ],
          "direction": "Inbound",
          "priority": 100,
          "protocol": "Tcp",
          "sourceAddressPrefix": "10.160.7.192/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Pods reach the API server with their own addresses.",
          "destinationAddressPrefix": "10.160.7.176/28",
          "destinationPortRanges": [
            "443",
            "4443"
          ],
          "direction": "Inbound",
          "priority": 110,
          "protocol": "Tcp",
          "sourceAddressPrefixes": [
            "10.160.12.0/22",
            "10.160.4.0/23"
          ],
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowProbesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Health probes of the API server.",
          "destinationAddressPrefix": "10.160.7.176/28",
          "destinationPortRange": "9988",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "Tcp",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.160.7.176/28 has 11 usable, 2 to spare.
snet_pods_apiserver="$vnet_a"'/subnets/snet-pods-apiserver'
put "$snet_pods_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.7.176/28",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_pods_apiserver"'"
    }
  }
}'

nsg_pods_nodes="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-nodes'
put "$nsg_pods_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

pip_ng_pods1="$group_network"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-pods-1'
put "$pip_ng_pods1" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard",
    "tier": "Regional"
  },
  "properties": {
    "publicIPAddressVersion": "IPv4",
    "publicIPAllocationMethod": "Static"
  }
}'

pip_ng_pods2="$group_network"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-pods-2'
put "$pip_ng_pods2" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard",
    "tier": "Regional"
  },
  "properties": {
    "publicIPAddressVersion": "IPv4",
    "publicIPAllocationMethod": "Static"
  }
}'

# 2 public addresses give 129024 SNAT ports.
ng_pods="$group_network"'/providers/Microsoft.Network/natGateways/ng-pods'
put "$ng_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard"
  },
  "properties": {
    "idleTimeoutInMinutes": 10,
    "publicIpAddresses": [
      {
        "id": "'"$pip_ng_pods1"'"
      },
      {
        "id": "'"$pip_ng_pods2"'"
      }
    ]
  }
}'

# 5 nodes + 2 for surge nodes + 5 reserved by Azure = 12 addresses;
# 10.160.7.192/26 has 59 usable, 52 to spare.
snet_pods_nodes="$vnet_a"'/subnets/snet-pods-nodes'
put "$snet_pods_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.7.192/26",
    "defaultOutboundAccess": false,
    "natGateway": {
      "id": "'"$ng_pods"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_pods_nodes"'"
    }
  }
}'

nsg_pods_pods="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-pods'
put "$nsg_pods_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 512 pods + 5 reserved by Azure = 517 addresses;
# 10.160.12.0/22 has 1019 usable, 507 to spare.
snet_pods_pods="$vnet_a"'/subnets/snet-pods-pods'
put "$snet_pods_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.12.0/22",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "natGateway": {
      "id": "'"$ng_pods"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_pods_pods"'"
    }
  }
}'

nsg_win_pods="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-win-pods'
put "$nsg_win_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 384 pods + 5 reserved by Azure = 389 addresses;
# 10.160.4.0/23 has 507 usable, 123 to spare.
snet_win_pods="$vnet_a"'/subnets/snet-win-pods'
put "$snet_win_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.4.0/23",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "natGateway": {
      "id": "'"$ng_pods"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_win_pods"'"
    }
  }
}'
