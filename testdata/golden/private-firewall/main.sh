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
group_rg_bank_net='/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-bank-net'

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

vnet_hub="$group_rg_bank_net"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 256 of them in subnets; address space set in the spec.
vnet_bank="$group_rg_bank_net"'/providers/Microsoft.Network/virtualNetworks/vnet-bank'
put "$vnet_bank" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.40.0.0/20"
      ]
    }
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_bank"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.0/26"
  }
}'

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
snet_pe="$vnet_bank"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.64/26",
    "defaultOutboundAccess": false
  }
}'

nsg_nodes="$group_rg_bank_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-nodes'
put "$nsg_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.64.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
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
          "destinationAddressPrefix": "100.64.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/16",
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
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_bank_prod="$group_rg_bank_net"'/providers/Microsoft.Network/routeTables/rt-bank-prod'
put "$rt_bank_prod" 2025-03-01 '{
  "location": "'"$location"'",
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
      },
      {
        "name": "firewall-public-2",
        "properties": {
          "addressPrefix": "20.50.1.2/32",
          "nextHopType": "Internet"
        }
      }
    ]
  }
}'

# 69 nodes + 21 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 102 addresses;
# 10.40.15.128/25 has 123 usable, 26 to spare.
snet_nodes="$vnet_bank"'/subnets/snet-nodes'
put "$snet_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.15.128/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_bank_prod"'"
    }
  }
}'

peer_vnet_hub_to_vnet_bank="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-bank'
put "$peer_vnet_hub_to_vnet_bank" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_bank"'"
    },
    "useRemoteGateways": false
  }
}'

# The other network already exists; the reverse peering is added to it.
peer_vnet_bank_to_vnet_hub="$vnet_bank"'/virtualNetworkPeerings/vnet-bank-to-vnet-hub'
put "$peer_vnet_bank_to_vnet_hub" 2025-03-01 '{
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
