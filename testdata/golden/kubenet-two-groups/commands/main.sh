#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
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
group_rg_one='/subscriptions/'"$subscription"'/resourceGroups/rg-one'
group_rg_two='/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-two'

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

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_one="$group_rg_one"'/providers/Microsoft.Network/virtualNetworks/vnet-one'
if there "$vnet_one" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_one" \
    --address-prefixes 10.160.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-one' \
    --name vnet-one \
    --location "$location" \
    --address-prefixes 10.160.0.0/22 \
    --output none
fi

nsg_k1_nodes="$group_rg_one"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k1-nodes'
there "$nsg_k1_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name nsg-k1-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.160.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
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
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.1.0/26 \
  --destination-port-ranges '*' \
  --output none

# AKS adds a route for every node to this table: it is created once and not sent again.
rt_k1="$group_rg_one"'/providers/Microsoft.Network/routeTables/rt-k1'
there "$rt_k1" 2025-03-01 || az network route-table create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name rt-k1 \
  --location "$location" \
  --disable-bgp-route-propagation false \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name snet-k1-nodes \
  --address-prefixes 10.160.1.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_k1_nodes" \
  --route-table "$rt_k1" \
  --output none

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_two="$group_rg_two"'/providers/Microsoft.Network/virtualNetworks/vnet-two'
if there "$vnet_two" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_two" \
    --address-prefixes 10.161.0.0/22 fd00:db8:8001::/48 \
    --output none
else
  az network vnet create \
    --subscription '22222222-2222-2222-2222-222222222222' \
    --resource-group 'rg-two' \
    --name vnet-two \
    --location westeurope \
    --address-prefixes 10.161.0.0/22 fd00:db8:8001::/48 \
    --output none
fi

nsg_k2_nodes="$group_rg_two"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k2-nodes'
there "$nsg_k2_nodes" 2025-03-01 || az network nsg create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --name nsg-k2-nodes \
  --location westeurope \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.161.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPodsIPv6 \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:8001:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.161.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodesIPv6 \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 150 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:8001:140::/64 \
  --destination-port-ranges '*' \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
az network vnet subnet create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --vnet-name vnet-two \
  --name snet-k2-nodes \
  --address-prefixes 10.161.1.0/26 fd00:db8:8001:140::/64 \
  --default-outbound-access false \
  --network-security-group "$nsg_k2_nodes" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name vnet-one-to-vnet-two \
  --remote-vnet "$vnet_two" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name vnet-one-to-vnet-far \
  --remote-vnet /subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --vnet-name vnet-two \
  --name vnet-two-to-vnet-one \
  --remote-vnet "$vnet_one" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
