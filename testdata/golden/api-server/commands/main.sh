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
group_rg_core_net='/subscriptions/'"$subscription"'/resourceGroups/rg-core-net'

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

# 1024 addresses, 160 of them in subnets; address space set in the spec.
vnet_core="$group_rg_core_net"'/providers/Microsoft.Network/virtualNetworks/vnet-core'
if there "$vnet_core" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_core" \
    --address-prefixes 10.130.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-core-net' \
    --name vnet-core \
    --location "$location" \
    --address-prefixes 10.130.0.0/22 \
    --output none
fi

nsg_apiserver="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-apiserver'
there "$nsg_apiserver" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --name nsg-apiserver \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-apiserver \
  --name AllowNodesToAPIServer \
  --description 'Nodes reach the API server in its subnet.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol Tcp \
  --source-address-prefixes 10.130.1.0/26 10.130.1.128/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.130.1.96/27 \
  --destination-port-ranges 443 4443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-apiserver \
  --name AllowProbesToAPIServer \
  --description 'Health probes of the API server.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol Tcp \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.130.1.96/27 \
  --destination-port-ranges 9988 \
  --output none

# 18 others + 5 reserved by Azure = 23 addresses;
# 10.130.1.96/27 has 27 usable, 9 to spare.
snet_apiserver="$vnet_core"'/subnets/snet-apiserver'
put "$snet_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.130.1.96/27",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_apiserver"'"
    }
  }
}'

nsg_core_a_nodes="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-core-a-nodes'
there "$nsg_core_a_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --name nsg-core-a-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-a-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.130.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-a-nodes \
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
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-a-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.130.1.0/26 \
  --destination-port-ranges '*' \
  --output none

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.0/26 has 59 usable, 22 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --vnet-name vnet-core \
  --name snet-core-a-nodes \
  --address-prefixes 10.130.1.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_core_a_nodes" \
  --output none

nsg_core_b_nodes="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-core-b-nodes'
there "$nsg_core_b_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --name nsg-core-b-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-b-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.130.1.128/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.245.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-b-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.245.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.245.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --nsg-name nsg-core-b-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.245.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.130.1.128/26 \
  --destination-port-ranges '*' \
  --output none

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.128/26 has 59 usable, 22 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-core-net' \
  --vnet-name vnet-core \
  --name snet-core-b-nodes \
  --address-prefixes 10.130.1.128/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_core_b_nodes" \
  --output none
