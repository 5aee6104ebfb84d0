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
group_rg_legacy_net='/subscriptions/'"$subscription"'/resourceGroups/rg-legacy-net'

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

vnet_hub="$group_rg_legacy_net"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 1024 addresses, 128 of them in subnets; address space set in the spec.
vnet_legacy="$group_rg_legacy_net"'/providers/Microsoft.Network/virtualNetworks/vnet-legacy'
if there "$vnet_legacy" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_legacy" \
    --address-prefixes 10.31.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-legacy-net' \
    --name vnet-legacy \
    --location "$location" \
    --address-prefixes 10.31.0.0/22 \
    --output none
fi

nsg_legacy_nodes="$group_rg_legacy_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-legacy-nodes'
there "$nsg_legacy_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --name nsg-legacy-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --nsg-name nsg-legacy-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.31.3.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --nsg-name nsg-legacy-nodes \
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
  --resource-group 'rg-legacy-net' \
  --nsg-name nsg-legacy-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.31.3.128/25 \
  --destination-port-ranges '*' \
  --output none

# AKS adds a route for every node to this table: it is created once and not sent again.
rt_legacy="$group_rg_legacy_net"'/providers/Microsoft.Network/routeTables/rt-legacy'
there "$rt_legacy" 2025-03-01 || az network route-table create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --name rt-legacy \
  --location "$location" \
  --disable-bgp-route-propagation false \
  --output none

az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --route-table-name rt-legacy \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.30.0.4 \
  --output none

az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --route-table-name rt-legacy \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none

# 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
# 10.31.3.128/25 has 123 usable, 53 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --vnet-name vnet-legacy \
  --name snet-legacy-nodes \
  --address-prefixes 10.31.3.128/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_legacy_nodes" \
  --route-table "$rt_legacy" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-legacy \
  --remote-vnet "$vnet_legacy" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other network already exists; the reverse peering is added to it.
az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-legacy-net' \
  --vnet-name vnet-legacy \
  --name vnet-legacy-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
