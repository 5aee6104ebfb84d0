#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

location='westeurope'
location="${LOCATION:-$location}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_rg_hub='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub'
group_rg_shop_net='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop-net'

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

vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 512 of them in subnets; address space set in the spec.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
if there "$vnet_shop" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop" \
    --address-prefixes 10.40.0.0/20 \
    --dns-servers 10.32.0.10 10.32.0.11 \
    --ddos-protection true \
    --ddos-protection-plan /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos \
    --enable-encryption true \
    --encryption-enforcement-policy AllowUnencrypted \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network vnet create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name vnet-shop \
    --location "$location" \
    --address-prefixes 10.40.0.0/20 \
    --dns-servers 10.32.0.10 10.32.0.11 \
    --ddos-protection true \
    --ddos-protection-plan /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos \
    --enable-encryption true \
    --encryption-enforcement-policy AllowUnencrypted \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name AzureBastionSubnet \
  --address-prefixes 10.40.0.0/26 \
  --output none

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-pe \
  --address-prefixes 10.40.0.64/26 \
  --default-outbound-access false \
  --private-endpoint-network-policies Enabled \
  --service-endpoints Microsoft.Storage \
  --output none

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
if there "$nsg_shop_prod_nodes" 2025-03-01; then
  az network nsg update \
    --ids "$nsg_shop_prod_nodes" \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network nsg create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name nsg-shop-prod-nodes \
    --location "$location" \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
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
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
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

rt_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/routeTables/rt-shop-prod'
if there "$rt_shop_prod" 2025-03-01; then
  az network route-table update \
    --ids "$rt_shop_prod" \
    --disable-bgp-route-propagation false \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network route-table create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name rt-shop-prod \
    --location "$location" \
    --disable-bgp-route-propagation false \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi
az network route-table route create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --route-table-name rt-shop-prod \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.32.0.4 \
  --output none
az network route-table route create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --route-table-name rt-shop-prod \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-shop-prod-nodes \
  --address-prefixes 10.40.15.128/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_prod_nodes" \
  --route-table "$rt_shop_prod" \
  --output none

az network vnet peering create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-shop \
  --remote-vnet "$vnet_shop" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other network already exists; the reverse peering is added to it.
az network vnet peering create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name vnet-shop-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
