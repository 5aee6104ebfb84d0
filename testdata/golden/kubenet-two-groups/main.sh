#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
location='northeurope'
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
group_rg_one='/subscriptions/'"$subscription"'/resourceGroups/rg-one'
group_rg_two='/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-two'

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

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_one="$group_rg_one"'/providers/Microsoft.Network/virtualNetworks/vnet-one'
put "$vnet_one" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.160.0.0/22"
      ]
    }
  }
}'

nsg_k1_nodes="$group_rg_one"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k1-nodes'
put "$nsg_k1_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.160.1.0/26",
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
          "destinationAddressPrefix": "10.160.1.0/26",
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

# AKS adds a route for every node to this table: it is created once and not sent again.
rt_k1="$group_rg_one"'/providers/Microsoft.Network/routeTables/rt-k1'
there "$rt_k1" 2025-03-01 || put "$rt_k1" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": false
  }
}'

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
snet_k1_nodes="$vnet_one"'/subnets/snet-k1-nodes'
put "$snet_k1_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.1.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_k1_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_k1"'"
    }
  }
}'

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_two="$group_rg_two"'/providers/Microsoft.Network/virtualNetworks/vnet-two'
put "$vnet_two" 2025-03-01 '{
  "location": "westeurope",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.161.0.0/22",
        "fd00:db8:8001::/48"
      ]
    }
  }
}'

nsg_k2_nodes="$group_rg_two"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k2-nodes'
put "$nsg_k2_nodes" 2025-03-01 '{
  "location": "westeurope",
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
          "sourceAddressPrefix": "10.161.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsIPv6",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "fd00:db8:8001:140::/64",
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
        "name": "AllowPodsToPodsIPv6",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.161.1.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 140,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesIPv6",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "fd00:db8:8001:140::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 150,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
snet_k2_nodes="$vnet_two"'/subnets/snet-k2-nodes'
put "$snet_k2_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefixes": [
      "10.161.1.0/26",
      "fd00:db8:8001:140::/64"
    ],
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_k2_nodes"'"
    }
  }
}'

peer_vnet_one_to_vnet_two="$vnet_one"'/virtualNetworkPeerings/vnet-one-to-vnet-two'
put "$peer_vnet_one_to_vnet_two" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_two"'"
    },
    "useRemoteGateways": false
  }
}'

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
peer_vnet_one_to_vnet_far="$vnet_one"'/virtualNetworkPeerings/vnet-one-to-vnet-far'
put "$peer_vnet_one_to_vnet_far" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_two_to_vnet_one="$vnet_two"'/virtualNetworkPeerings/vnet-two-to-vnet-one'
put "$peer_vnet_two_to_vnet_one" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_one"'"
    },
    "useRemoteGateways": false
  }
}'
