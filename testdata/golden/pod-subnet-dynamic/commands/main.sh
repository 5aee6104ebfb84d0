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

# 16384 addresses, 4160 of them in subnets; address space sized and placed by the plan.
vnet_data="$group_rg_data_net"'/providers/Microsoft.Network/virtualNetworks/vnet-data'
if there "$vnet_data" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_data" \
    --address-prefixes 10.73.192.0/18 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-data-net' \
    --name vnet-data \
    --location "$location" \
    --address-prefixes 10.73.192.0/18 \
    --output none
fi

nsg_data_nodes="$group_rg_data_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-data-nodes'
there "$nsg_data_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --name nsg-data-nodes \
  --location "$location" \
  --output none

pip_ng_data1="$group_rg_data_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-data-1'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --name pip-ng-data-1 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

pip_ng_data2="$group_rg_data_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-data-2'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --name pip-ng-data-2 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

# 2 public addresses give 129024 SNAT ports.
ng_data="$group_rg_data_net"'/providers/Microsoft.Network/natGateways/ng-data'
az network nat gateway create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --name ng-data \
  --location "$location" \
  --idle-timeout 10 \
  --public-ip-addresses "$pip_ng_data1" "$pip_ng_data2" \
  --output none

# 27 nodes + 9 for surge nodes + 5 reserved by Azure = 41 addresses;
# 10.73.192.0/26 has 59 usable, 23 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --vnet-name vnet-data \
  --name snet-data-nodes \
  --address-prefixes 10.73.192.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_data_nodes" \
  --nat-gateway "$ng_data" \
  --output none

nsg_data_pods="$group_rg_data_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-data-pods'
there "$nsg_data_pods" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-data-net' \
  --name nsg-data-pods \
  --location "$location" \
  --output none

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
