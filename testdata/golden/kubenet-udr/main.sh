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
group_rg_legacy_net='/subscriptions/'"$subscription"'/resourceGroups/rg-legacy-net'

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

vnet_hub="$group_rg_legacy_net"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 1024 addresses, 128 of them in subnets; address space set in the spec.
vnet_legacy="$group_rg_legacy_net"'/providers/Microsoft.Network/virtualNetworks/vnet-legacy'
put "$vnet_legacy" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.31.0.0/22"
      ]
    }
  }
}'

nsg_legacy_nodes="$group_rg_legacy_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-legacy-nodes'
put "$nsg_legacy_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.31.3.128/25",
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
          "destinationAddressPrefix": "10.31.3.128/25",
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
rt_legacy="$group_rg_legacy_net"'/providers/Microsoft.Network/routeTables/rt-legacy'
there "$rt_legacy" 2025-03-01 || put "$rt_legacy" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": false
  }
}'

route_default="$rt_legacy"'/routes/default'
put "$route_default" 2025-03-01 '{
  "properties": {
    "addressPrefix": "0.0.0.0/0",
    "nextHopIpAddress": "10.30.0.4",
    "nextHopType": "VirtualAppliance"
  }
}'

route_firewall_public1="$rt_legacy"'/routes/firewall-public-1'
put "$route_firewall_public1" 2025-03-01 '{
  "properties": {
    "addressPrefix": "20.50.1.1/32",
    "nextHopType": "Internet"
  }
}'

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.31.3.128/25 has 123 usable, 53 to spare.
snet_legacy_nodes="$vnet_legacy"'/subnets/snet-legacy-nodes'
put "$snet_legacy_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.31.3.128/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_legacy_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_legacy"'"
    }
  }
}'

peer_vnet_hub_to_vnet_legacy="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-legacy'
put "$peer_vnet_hub_to_vnet_legacy" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_legacy"'"
    },
    "useRemoteGateways": false
  }
}'

# The other network already exists; the reverse peering is added to it.
peer_vnet_legacy_to_vnet_hub="$vnet_legacy"'/virtualNetworkPeerings/vnet-legacy-to-vnet-hub'
put "$peer_vnet_legacy_to_vnet_hub" 2025-03-01 '{
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
