#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
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

# 16384 addresses, 4224 of them in subnets; address space sized and placed by the plan.
vnet_ml="$group_rg_ml_net"'/providers/Microsoft.Network/virtualNetworks/vnet-ml'
if there "$vnet_ml" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_ml" \
    --address-prefixes 10.81.192.0/18 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-ml-net' \
    --name vnet-ml \
    --location "$location" \
    --address-prefixes 10.81.192.0/18 \
    --output none
fi

nsg_ml_nodes="$group_rg_ml_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ml-nodes'
there "$nsg_ml_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-ml-net' \
  --name nsg-ml-nodes \
  --location "$location" \
  --output none

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.81.192.0/25 has 123 usable, 53 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-ml-net' \
  --vnet-name vnet-ml \
  --name snet-ml-nodes \
  --address-prefixes 10.81.192.0/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_ml_nodes" \
  --output none

nsg_ml_pods="$group_rg_ml_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ml-pods'
there "$nsg_ml_pods" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-ml-net' \
  --name nsg-ml-pods \
  --location "$location" \
  --output none

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
