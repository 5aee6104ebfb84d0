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
group_rg_hub='/subscriptions/'"$subscription"'/resourceGroups/rg-hub'
group_rg_payments_net='/subscriptions/'"$subscription"'/resourceGroups/rg-payments-net'
group_rg_search_net='/subscriptions/'"$subscription"'/resourceGroups/rg-search-net'

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

# 1024 addresses, 224 of them in subnets; address space set in the spec.
vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'
if there "$vnet_hub" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_hub" \
    --address-prefixes 10.96.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-hub' \
    --name vnet-hub \
    --location "$location" \
    --address-prefixes 10.96.0.0/22 \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name AzureFirewallSubnet \
  --address-prefixes 10.96.0.0/26 \
  --output none

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name AzureFirewallManagementSubnet \
  --address-prefixes 10.96.0.64/26 \
  --output none

# 27 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name GatewaySubnet \
  --address-prefixes 10.96.0.128/27 \
  --output none

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name AzureBastionSubnet \
  --address-prefixes 10.96.0.192/26 \
  --output none

# 512 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_payments="$group_rg_payments_net"'/providers/Microsoft.Network/virtualNetworks/vnet-payments'
if there "$vnet_payments" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_payments" \
    --address-prefixes 10.100.128.0/23 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-payments-net' \
    --name vnet-payments \
    --location "$location" \
    --address-prefixes 10.100.128.0/23 \
    --output none
fi

nsg_payments_nodes="$group_rg_payments_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-payments-nodes'
there "$nsg_payments_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --name nsg-payments-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --nsg-name nsg-payments-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.100.129.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --nsg-name nsg-payments-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --nsg-name nsg-payments-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.100.129.0/26 \
  --destination-port-ranges '*' \
  --output none

rt_payments="$group_rg_payments_net"'/providers/Microsoft.Network/routeTables/rt-payments'
if there "$rt_payments" 2025-03-01; then
  az network route-table update \
    --ids "$rt_payments" \
    --disable-bgp-route-propagation false \
    --output none
else
  az network route-table create \
    --subscription "$subscription" \
    --resource-group 'rg-payments-net' \
    --name rt-payments \
    --location "$location" \
    --disable-bgp-route-propagation false \
    --output none
fi
az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --route-table-name rt-payments \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.96.0.4 \
  --output none
az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --route-table-name rt-payments \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none

# 28 nodes + 10 for surge nodes + 1 private endpoint + 5 reserved by Azure = 44 addresses;
# 10.100.129.0/26 has 59 usable, 20 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --vnet-name vnet-payments \
  --name snet-payments-nodes \
  --address-prefixes 10.100.129.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_payments_nodes" \
  --route-table "$rt_payments" \
  --output none

# 1024 addresses, 160 of them in subnets; address space sized and placed by the plan.
vnet_search="$group_rg_search_net"'/providers/Microsoft.Network/virtualNetworks/vnet-search'
if there "$vnet_search" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_search" \
    --address-prefixes 10.100.132.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-search-net' \
    --name vnet-search \
    --location "$location" \
    --address-prefixes 10.100.132.0/22 \
    --output none
fi

# 20 others + 5 reserved by Azure = 25 addresses;
# 10.100.132.0/27 has 27 usable, 7 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --vnet-name vnet-search \
  --name snet-pe \
  --address-prefixes 10.100.132.0/27 \
  --default-outbound-access false \
  --output none

nsg_search_nodes="$group_rg_search_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
there "$nsg_search_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --name nsg-search-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.100.135.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.65.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.65.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.65.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.65.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.100.135.128/25 \
  --destination-port-ranges '*' \
  --output none

rt_search="$group_rg_search_net"'/providers/Microsoft.Network/routeTables/rt-search'
if there "$rt_search" 2025-03-01; then
  az network route-table update \
    --ids "$rt_search" \
    --disable-bgp-route-propagation false \
    --output none
else
  az network route-table create \
    --subscription "$subscription" \
    --resource-group 'rg-search-net' \
    --name rt-search \
    --location "$location" \
    --disable-bgp-route-propagation false \
    --output none
fi
az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --route-table-name rt-search \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.96.0.4 \
  --output none
az network route-table route create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --route-table-name rt-search \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none

# 63 nodes + 21 for surge nodes + 5 reserved by Azure = 89 addresses;
# 10.100.135.128/25 has 123 usable, 39 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --vnet-name vnet-search \
  --name snet-search-nodes \
  --address-prefixes 10.100.135.128/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_search_nodes" \
  --route-table "$rt_search" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-payments \
  --remote-vnet "$vnet_payments" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-search \
  --remote-vnet "$vnet_search" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-payments-net' \
  --vnet-name vnet-payments \
  --name vnet-payments-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-search-net' \
  --vnet-name vnet-search \
  --name vnet-search-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
