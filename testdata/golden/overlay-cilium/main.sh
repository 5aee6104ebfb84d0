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

# 1024 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop-prod'
put "$vnet_shop_prod" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.40.0.0/22"
      ]
    }
  }
}'

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
put "$nsg_shop_prod_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.40.0.0/25",
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
          "destinationAddressPrefix": "10.40.0.0/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/16",
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
          "priority": 130,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 54 nodes + 19 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 82 addresses;
# 10.40.0.0/25 has 123 usable, 46 to spare.
snet_shop_prod_nodes="$vnet_shop_prod"'/subnets/snet-shop-prod-nodes'
put "$snet_shop_prod_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.0/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_prod_nodes"'"
    }
  }
}'
