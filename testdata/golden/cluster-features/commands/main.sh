#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
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
group_rg='/subscriptions/'"$subscription"'/resourceGroups/rg'

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

# 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
vnet_shop="$group_rg"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
if there "$vnet_shop" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop" \
    --address-prefixes 10.128.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg' \
    --name vnet-shop \
    --location "$location" \
    --address-prefixes 10.128.0.0/22 \
    --output none
fi

nsg_shop_nodes="$group_rg"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
there "$nsg_shop_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --name nsg-shop-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/24 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/24 \
  --destination-port-ranges '*' \
  --output none

# 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
# 10.128.0.0/24 has 251 usable, 240 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --vnet-name vnet-shop \
  --name snet-shop-nodes \
  --address-prefixes 10.128.0.0/24 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_nodes" \
  --output none
