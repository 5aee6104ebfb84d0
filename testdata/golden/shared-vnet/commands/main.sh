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
group_rg_platform_net='/subscriptions/'"$subscription"'/resourceGroups/rg-platform-net'

# send ID API-VERSION BODY sends a resource.
send() {
  printf 'sending %s\n' "$1" >&2
  az rest --method put --url "$1?api-version=$2" --body "$3" --output none
}

# put sends a resource and waits until Azure has provisioned it.
put() {
  send "$@"
  az resource wait --created --ids "$1" --api-version "$2" --interval 5
}

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

# 8192 addresses, 1600 of them in subnets; address space set in the spec.
vnet_platform="$group_rg_platform_net"'/providers/Microsoft.Network/virtualNetworks/vnet-platform'
if there "$vnet_platform" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_platform" \
    --address-prefixes 10.48.0.0/19 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-platform-net' \
    --name vnet-platform \
    --location "$location" \
    --address-prefixes 10.48.0.0/19 \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --vnet-name vnet-platform \
  --name AzureBastionSubnet \
  --address-prefixes 10.48.0.0/26 \
  --output none

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.48.0.64/26 has 59 usable, 19 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --vnet-name vnet-platform \
  --name snet-pe \
  --address-prefixes 10.48.0.64/26 \
  --default-outbound-access false \
  --output none

# 251 usable addresses.
snet_agc="$vnet_platform"'/subnets/snet-agc'
put "$snet_agc" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.1.0/24",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "Microsoft.ServiceNetworking.trafficControllers",
        "properties": {
          "serviceName": "Microsoft.ServiceNetworking/trafficControllers"
        }
      }
    ]
  }
}'

nsg_web_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-web-nodes'
there "$nsg_web_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --name nsg-web-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-web-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.48.8.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-web-nodes \
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
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-web-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.48.8.0/26 \
  --destination-port-ranges '*' \
  --output none

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.48.8.0/26 has 59 usable, 15 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --vnet-name vnet-platform \
  --name snet-web-nodes \
  --address-prefixes 10.48.8.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_web_nodes" \
  --output none

nsg_batch_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-batch-nodes'
there "$nsg_batch_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --name nsg-batch-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-batch-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.48.9.0/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.65.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-batch-nodes \
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
  --resource-group 'rg-platform-net' \
  --nsg-name nsg-batch-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.65.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.48.9.0/25 \
  --destination-port-ranges '*' \
  --output none

# 103 nodes + 11 for surge nodes + 5 reserved by Azure = 119 addresses;
# 10.48.9.0/25 has 123 usable, 9 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --vnet-name vnet-platform \
  --name snet-batch-nodes \
  --address-prefixes 10.48.9.0/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_batch_nodes" \
  --output none

nsg_scada_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-scada-nodes'
there "$nsg_scada_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --name nsg-scada-nodes \
  --location "$location" \
  --output none

# 23 nodes + 3 for surge nodes + 780 pods + 5 reserved by Azure = 811 addresses;
# 10.48.28.0/22 has 1019 usable, 213 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-platform-net' \
  --vnet-name vnet-platform \
  --name snet-scada-nodes \
  --address-prefixes 10.48.28.0/22 \
  --default-outbound-access false \
  --network-security-group "$nsg_scada_nodes" \
  --output none
