#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
location='eastus2'
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
group_rg_enterprise_networking='/subscriptions/'"$subscription"'/resourceGroups/rg-enterprise-networking'

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

# 256 addresses, 160 of them in subnets; address space set in the spec.
vnet_hub="$group_rg_enterprise_networking"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'
if there "$vnet_hub" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_hub" \
    --address-prefixes 10.200.0.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-enterprise-networking' \
    --name vnet-hub \
    --location "$location" \
    --address-prefixes 10.200.0.0/24 \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-hub \
  --name AzureFirewallSubnet \
  --address-prefixes 10.200.0.0/26 \
  --output none

# 27 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-hub \
  --name GatewaySubnet \
  --address-prefixes 10.200.0.64/27 \
  --output none

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-hub \
  --name AzureBastionSubnet \
  --address-prefixes 10.200.0.128/26 \
  --output none

# 65536 addresses, 1312 of them in subnets; address space set in the spec.
vnet_spoke="$group_rg_enterprise_networking"'/providers/Microsoft.Network/virtualNetworks/vnet-spoke'
if there "$vnet_spoke" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_spoke" \
    --address-prefixes 10.240.0.0/16 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-enterprise-networking' \
    --name vnet-spoke \
    --location "$location" \
    --address-prefixes 10.240.0.0/16 \
    --output none
fi

nsg_clusternodes="$group_rg_enterprise_networking"'/providers/Microsoft.Network/networkSecurityGroups/nsg-clusternodes'
there "$nsg_clusternodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --name nsg-clusternodes \
  --location "$location" \
  --output none

# 15 nodes + 15 for surge nodes + 900 pods + 5 reserved by Azure = 935 addresses;
# 10.240.0.0/22 has 1019 usable, 89 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-spoke \
  --name snet-clusternodes \
  --address-prefixes 10.240.0.0/22 \
  --default-outbound-access false \
  --network-security-group "$nsg_clusternodes" \
  --output none

# 5 internal load balancers + 5 reserved by Azure = 10 addresses;
# 10.240.4.0/28 has 11 usable, 6 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-spoke \
  --name snet-clusteringressservices \
  --address-prefixes 10.240.4.0/28 \
  --default-outbound-access false \
  --output none

# 11 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-spoke \
  --name snet-privatelinkendpoints \
  --address-prefixes 10.240.4.32/28 \
  --default-outbound-access false \
  --output none

# 251 others + 5 reserved by Azure = 256 addresses;
# 10.240.5.0/24 has 251 usable, 0 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-spoke \
  --name snet-applicationgateway \
  --address-prefixes 10.240.5.0/24 \
  --default-outbound-access false \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-spoke \
  --remote-vnet "$vnet_spoke" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-enterprise-networking' \
  --vnet-name vnet-spoke \
  --name vnet-spoke-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
