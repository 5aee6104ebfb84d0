#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
location='germanywestcentral'
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
group_rg_lab_net='/subscriptions/'"$subscription"'/resourceGroups/rg-lab-net'

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
vnet_lab="$group_rg_lab_net"'/providers/Microsoft.Network/virtualNetworks/vnet-lab'
if there "$vnet_lab" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_lab" \
    --address-prefixes 10.128.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-lab-net' \
    --name vnet-lab \
    --location "$location" \
    --address-prefixes 10.128.0.0/22 \
    --output none
fi

nsg_lab_nodes="$group_rg_lab_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-lab-nodes'
there "$nsg_lab_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-lab-net' \
  --name nsg-lab-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-lab-net' \
  --nsg-name nsg-lab-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.246.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-lab-net' \
  --nsg-name nsg-lab-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.246.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.246.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-lab-net' \
  --nsg-name nsg-lab-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.246.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/26 \
  --destination-port-ranges '*' \
  --output none

# 15 nodes + 5 for surge nodes + 5 reserved by Azure = 25 addresses;
# 10.128.0.0/26 has 59 usable, 39 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-lab-net' \
  --vnet-name vnet-lab \
  --name snet-lab-nodes \
  --address-prefixes 10.128.0.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_lab_nodes" \
  --output none
