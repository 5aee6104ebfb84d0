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
group_rg_flat='/subscriptions/'"$subscription"'/resourceGroups/rg-flat'

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

# 4096 addresses, 2048 of them in subnets; address space sized and placed by the plan.
vnet_flat="$group_rg_flat"'/providers/Microsoft.Network/virtualNetworks/vnet-flat'
put "$vnet_flat" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.60.112.0/20"
      ]
    }
  }
}'

nsg_flat_nodes="$group_rg_flat"'/providers/Microsoft.Network/networkSecurityGroups/nsg-flat-nodes'
put "$nsg_flat_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 50 nodes + 2 for surge nodes + 1560 pods + 2 internal load balancers + 5 reserved by Azure = 1619 addresses;
# 10.60.120.0/21 has 2043 usable, 429 to spare.
snet_flat_nodes="$vnet_flat"'/subnets/snet-flat-nodes'
put "$snet_flat_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.60.120.0/21",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_flat_nodes"'"
    }
  }
}'
