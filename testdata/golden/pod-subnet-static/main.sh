#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
location='swedencentral'
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
group_rg_ml_net='/subscriptions/'"$subscription"'/resourceGroups/rg-ml-net'

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

# 16384 addresses, 4224 of them in subnets; address space sized and placed by the plan.
vnet_ml="$group_rg_ml_net"'/providers/Microsoft.Network/virtualNetworks/vnet-ml'
put "$vnet_ml" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.81.192.0/18"
      ]
    }
  }
}'

nsg_ml_nodes="$group_rg_ml_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ml-nodes'
put "$nsg_ml_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.81.192.0/25 has 123 usable, 53 to spare.
snet_ml_nodes="$vnet_ml"'/subnets/snet-ml-nodes'
put "$snet_ml_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.81.192.0/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_ml_nodes"'"
    }
  }
}'

nsg_ml_pods="$group_rg_ml_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ml-pods'
put "$nsg_ml_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 2304 pods + 27 others + 5 reserved by Azure = 2336 addresses;
# 10.81.208.0/20 has 4091 usable, 1760 to spare.
snet_ml_pods="$vnet_ml"'/subnets/snet-ml-pods'
put "$snet_ml_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.81.208.0/20",
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
      "id": "'"$nsg_ml_pods"'"
    }
  }
}'
