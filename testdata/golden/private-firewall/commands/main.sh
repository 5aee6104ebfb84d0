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
group_rg_bank_net='/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-bank-net'

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

vnet_hub="$group_rg_bank_net"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 256 of them in subnets; address space set in the spec.
vnet_bank="$group_rg_bank_net"'/providers/Microsoft.Network/virtualNetworks/vnet-bank'
if there "$vnet_bank" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_bank" \
    --address-prefixes 10.40.0.0/20 \
    --output none
else
  az network vnet create \
    --subscription '00000000-0000-0000-0000-000000000000' \
    --resource-group 'rg-bank-net' \
    --name vnet-bank \
    --location "$location" \
    --address-prefixes 10.40.0.0/20 \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --vnet-name vnet-bank \
  --name AzureBastionSubnet \
  --address-prefixes 10.40.0.0/26 \
  --output none

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
az network vnet subnet create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --vnet-name vnet-bank \
  --name snet-pe \
  --address-prefixes 10.40.0.64/26 \
  --default-outbound-access false \
  --output none

nsg_nodes="$group_rg_bank_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-nodes'
there "$nsg_nodes" 2025-03-01 || az network nsg create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --name nsg-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --nsg-name nsg-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --nsg-name nsg-nodes \
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
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --nsg-name nsg-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none

rt_bank_prod="$group_rg_bank_net"'/providers/Microsoft.Network/routeTables/rt-bank-prod'
if there "$rt_bank_prod" 2025-03-01; then
  az network route-table update \
    --ids "$rt_bank_prod" \
    --disable-bgp-route-propagation false \
    --output none
else
  az network route-table create \
    --subscription '00000000-0000-0000-0000-000000000000' \
    --resource-group 'rg-bank-net' \
    --name rt-bank-prod \
    --location "$location" \
    --disable-bgp-route-propagation false \
    --output none
fi
az network route-table route create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --route-table-name rt-bank-prod \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.32.0.4 \
  --output none
az network route-table route create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --route-table-name rt-bank-prod \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none
az network route-table route create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --route-table-name rt-bank-prod \
  --name firewall-public-2 \
  --address-prefix 20.50.1.2/32 \
  --next-hop-type Internet \
  --output none

# 69 nodes + 21 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 102 addresses;
# 10.40.15.128/25 has 123 usable, 26 to spare.
az network vnet subnet create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --vnet-name vnet-bank \
  --name snet-nodes \
  --address-prefixes 10.40.15.128/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_nodes" \
  --route-table "$rt_bank_prod" \
  --output none

az network vnet peering create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-bank \
  --remote-vnet "$vnet_bank" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other network already exists; the reverse peering is added to it.
az network vnet peering create \
  --subscription '00000000-0000-0000-0000-000000000000' \
  --resource-group 'rg-bank-net' \
  --vnet-name vnet-bank \
  --name vnet-bank-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
