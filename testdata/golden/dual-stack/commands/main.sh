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
group_rg_media_net='/subscriptions/'"$subscription"'/resourceGroups/rg-media-net'

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

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_media="$group_rg_media_net"'/providers/Microsoft.Network/virtualNetworks/vnet-media'
if there "$vnet_media" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_media" \
    --address-prefixes 10.110.0.0/24 fd00:db8:110::/48 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-media-net' \
    --name vnet-media \
    --location "$location" \
    --address-prefixes 10.110.0.0/24 fd00:db8:110::/48 \
    --output none
fi

nsg_media_nodes="$group_rg_media_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-media-nodes'
there "$nsg_media_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --name nsg-media-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.110.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowNodesToPodsIPv6 \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:110:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToPodsIPv6 \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.110.0.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToNodesIPv6 \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 150 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:110:140::/64 \
  --destination-port-ranges '*' \
  --output none

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.110.0.0/26 has 59 usable, 15 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-media-net' \
  --vnet-name vnet-media \
  --name snet-media-nodes \
  --address-prefixes 10.110.0.0/26 fd00:db8:110:140::/64 \
  --default-outbound-access false \
  --network-security-group "$nsg_media_nodes" \
  --output none
