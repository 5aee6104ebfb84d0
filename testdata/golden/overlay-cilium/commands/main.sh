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
group_rg_shop_net='/subscriptions/'"$subscription"'/resourceGroups/rg-shop-net'

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

# 1024 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop-prod'
if there "$vnet_shop_prod" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop_prod" \
    --address-prefixes 10.40.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-shop-net' \
    --name vnet-shop-prod \
    --location "$location" \
    --address-prefixes 10.40.0.0/22 \
    --output none
fi

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
there "$nsg_shop_prod_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-shop-prod-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.40.0.0/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.0.0/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 54 nodes + 19 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 82 addresses;
# 10.40.0.0/25 has 123 usable, 46 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop-prod \
  --name snet-shop-prod-nodes \
  --address-prefixes 10.40.0.0/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_prod_nodes" \
  --output none
