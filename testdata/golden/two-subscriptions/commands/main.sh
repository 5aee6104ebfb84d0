#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
resource_group="${RESOURCE_GROUP:?set RESOURCE_GROUP to the resource group of the network}"
location="${LOCATION:?set LOCATION to the region of the network}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants SUBSCRIPTION "$subscription" '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' 'the id of a subscription'
wants RESOURCE_GROUP "$resource_group" '^[-[:alnum:]._()]+$' 'letters, digits and - . _ ( )'
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_network='/subscriptions/'"$subscription"'/resourceGroups/'"$resource_group"
group_network_2='/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/'"$resource_group"

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

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_a="$group_network"'/providers/Microsoft.Network/virtualNetworks/vnet-a'
if there "$vnet_a" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_a" \
    --address-prefixes 10.0.0.0/16 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group "$resource_group" \
    --name vnet-a \
    --location "$location" \
    --address-prefixes 10.0.0.0/16 \
    --output none
fi

nsg_shop_nodes="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
there "$nsg_shop_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-shop-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.0.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.0.64.0/26 \
  --destination-port-ranges '*' \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.0.64.0/26 has 59 usable, 55 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name snet-shop-nodes \
  --address-prefixes 10.0.64.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_nodes" \
  --output none

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_b="$group_network_2"'/providers/Microsoft.Network/virtualNetworks/vnet-b'
if there "$vnet_b" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_b" \
    --address-prefixes 10.1.0.0/16 \
    --output none
else
  az network vnet create \
    --subscription '22222222-2222-2222-2222-222222222222' \
    --resource-group "$resource_group" \
    --name vnet-b \
    --location "$location" \
    --address-prefixes 10.1.0.0/16 \
    --output none
fi

nsg_search_nodes="$group_network_2"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
there "$nsg_search_nodes" 2025-03-01 || az network nsg create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --name nsg-search-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.1.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.1.64.0/26 \
  --destination-port-ranges '*' \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.1.64.0/26 has 59 usable, 55 to spare.
az network vnet subnet create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --vnet-name vnet-b \
  --name snet-search-nodes \
  --address-prefixes 10.1.64.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_search_nodes" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name vnet-a-to-vnet-b \
  --remote-vnet "$vnet_b" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --vnet-name vnet-b \
  --name vnet-b-to-vnet-a \
  --remote-vnet "$vnet_a" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
