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
group_rg_data_net='/subscriptions/'"$subscription"'/resourceGroups/rg-data-net'

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

# 16384 addresses, 4160 of them in subnets; address space sized and placed by the plan.
vnet_data="$group_rg_data_net"'/providers/Microsoft.Network/virtualNetworks/vnet-data'
put "$vnet_data" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.73.192.0/18"
      ]
    }
  }
}'

nsg_data_nodes="$group_rg_data_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-data-nodes'
put "$nsg_data_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

pip_ng_data1="$group_rg_data_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-data-1'
put "$pip_ng_data1" 2025-03-01 '{
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

pip_ng_data2="$group_rg_data_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-data-2'
put "$pip_ng_data2" 2025-03-01 '{
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
ng_data="$group_rg_data_net"'/providers/Microsoft.Network/natGateways/ng-data'
put "$ng_data" 2025-03-01 '{
  "location": "'"$location"'",
  "sku": {
    "name": "Standard"
  },
  "properties": {
    "idleTimeoutInMinutes": 10,
    "publicIpAddresses": [
      {
        "id": "'"$pip_ng_data1"'"
      },
      {
        "id": "'"$pip_ng_data2"'"
      }
    ]
  }
}'

# 27 nodes + 9 for surge nodes + 5 reserved by Azure = 41 addresses;
# 10.73.192.0/26 has 59 usable, 23 to spare.
snet_data_nodes="$vnet_data"'/subnets/snet-data-nodes'
put "$snet_data_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.73.192.0/26",
    "defaultOutboundAccess": false,
    "natGateway": {
      "id": "'"$ng_data"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_data_nodes"'"
    }
  }
}'

nsg_data_pods="$group_rg_data_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-data-pods'
put "$nsg_data_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 2304 pods + 5 reserved by Azure = 2309 addresses;
# 10.73.208.0/20 has 4091 usable, 1787 to spare.
snet_data_pods="$vnet_data"'/subnets/snet-data-pods'
put "$snet_data_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.73.208.0/20",
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
      "id": "'"$ng_data"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_data_pods"'"
    }
  }
}'
