#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
location='westeurope'
location="${LOCATION:-$location}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants SUBSCRIPTION "$subscription" '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' 'the id of a subscription'
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_rg_shop_net='/subscriptions/'"$subscription"'/resourceGroups/rg-shop-net'

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

# 1024 addresses, 144 of them in subnets; address space sized and placed by the plan.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
put "$vnet_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.128.0.0/22"
      ]
    }
  }
}'

nsg_shop_apiserver="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-apiserver'
put "$nsg_shop_apiserver" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Nodes reach the API server in its subnet.",
          "destinationAddressPrefix": "10.128.3.0/28",
          "destinationPortRanges": [
            "443",
            "4443"
          ],
          "direction": "Inbound",
          "priority": 100,
          "protocol": "Tcp",
          "sourceAddressPrefixes": [
            "10.128.0.64/26",
            "10.128.0.0/26"
          ],
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowProbesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Health probes of the API server.",
          "destinationAddressPrefix": "10.128.3.0/28",
          "destinationPortRange": "9988",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "Tcp",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.128.3.0/28 has 11 usable, 2 to spare.
snet_shop_apiserver="$vnet_shop"'/subnets/snet-shop-apiserver'
put "$snet_shop_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.128.3.0/28",
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
      "id": "'"$nsg_shop_apiserver"'"
    }
  }
}'

nsg_shop_system="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-system'
put "$nsg_shop_system" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefixes": [
            "10.128.0.64/26",
            "10.128.0.0/26"
          ],
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
          "priority": 110,
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
          "destinationAddressPrefixes": [
            "10.128.0.64/26",
            "10.128.0.0/26"
          ],
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

pip_ng_shop1="$group_rg_shop_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-shop-1'
put "$pip_ng_shop1" 2025-03-01 '{
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

pip_ng_shop2="$group_rg_shop_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-shop-2'
put "$pip_ng_shop2" 2025-03-01 '{
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
ng_shop="$group_rg_shop_net"'/providers/Microsoft.Network/natGateways/ng-shop'
put "$ng_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard"
  },
  "properties": {
    "publicIpAddresses": [
      {
        "id": "'"$pip_ng_shop1"'"
      },
      {
        "id": "'"$pip_ng_shop2"'"
      }
    ]
  }
}'

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.128.0.0/26 has 59 usable, 55 to spare.
snet_shop_system="$vnet_shop"'/subnets/snet-shop-system'
put "$snet_shop_system" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.128.0.0/26",
    "defaultOutboundAccess": false,
    "natGateway": {
      "id": "'"$ng_shop"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_system"'"
    }
  }
}'

nsg_shop_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
put "$nsg_shop_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefixes": [
            "10.128.0.64/26",
            "10.128.0.0/26"
          ],
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
          "priority": 110,
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
          "destinationAddressPrefixes": [
            "10.128.0.64/26",
            "10.128.0.0/26"
          ],
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 43 nodes + 1 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.128.0.64/26 has 59 usable, 15 to spare.
snet_shop_nodes="$vnet_shop"'/subnets/snet-shop-nodes'
put "$snet_shop_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.128.0.64/26",
    "defaultOutboundAccess": false,
    "natGateway": {
      "id": "'"$ng_shop"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_nodes"'"
    }
  }
}'
