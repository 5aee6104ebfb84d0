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
group_rg_flat='/subscriptions/'"$subscription"'/resourceGroups/rg-flat'

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

# 4096 addresses, 2048 of them in subnets; address space sized and placed by the plan.
vnet_flat="$group_rg_flat"'/providers/Microsoft.Network/virtualNetworks/vnet-flat'
if there "$vnet_flat" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_flat" \
    --address-prefixes 10.60.112.0/20 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-flat' \
    --name vnet-flat \
    --location "$location" \
    --address-prefixes 10.60.112.0/20 \
    --output none
fi

nsg_flat_nodes="$group_rg_flat"'/providers/Microsoft.Network/networkSecurityGroups/nsg-flat-nodes'
there "$nsg_flat_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-flat' \
  --name nsg-flat-nodes \
  --location "$location" \
  --output none

# 50 nodes + 2 for surge nodes + 1560 pods + 2 internal load balancers + 5 reserved by Azure = 1619 addresses;
# 10.60.120.0/21 has 2043 usable, 429 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-flat' \
  --vnet-name vnet-flat \
  --name snet-flat-nodes \
  --address-prefixes 10.60.120.0/21 \
  --default-outbound-access false \
  --network-security-group "$nsg_flat_nodes" \
  --output none
