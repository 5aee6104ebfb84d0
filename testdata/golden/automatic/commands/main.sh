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
group_rg_shop_net='/subscriptions/'"$subscription"'/resourceGroups/rg-shop-net'

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

# 1024 addresses, 144 of them in subnets; address space sized and placed by the plan.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
if there "$vnet_shop" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop" \
    --address-prefixes 10.128.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-shop-net' \
    --name vnet-shop \
    --location "$location" \
    --address-prefixes 10.128.0.0/22 \
    --output none
fi

nsg_shop_apiserver="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-apiserver'
there "$nsg_shop_apiserver" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-shop-apiserver \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-apiserver \
  --name AllowNodesToAPIServer \
  --description 'Nodes reach the API server in its subnet.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol Tcp \
  --source-address-prefixes 10.128.0.64/26 10.128.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.3.0/28 \
  --destination-port-ranges 443 4443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-apiserver \
  --name AllowProbesToAPIServer \
  --description 'Health probes of the API server.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol Tcp \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.3.0/28 \
  --destination-port-ranges 9988 \
  --output none

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.128.3.0/28 has 11 usable, 2 to spare.
snet_shop_apiserver="$vnet_shop"'/subnets/snet-shop-apiserver'
put "$snet_shop_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.128.3.0/28",
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
      "id": "'"$nsg_shop_apiserver"'"
    }
  }
}'

nsg_shop_system="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-system'
there "$nsg_shop_system" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-shop-system \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-system \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.64/26 10.128.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-system \
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
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-system \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.64/26 10.128.0.0/26 \
  --destination-port-ranges '*' \
  --output none

pip_ng_shop1="$group_rg_shop_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-shop-1'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name pip-ng-shop-1 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

pip_ng_shop2="$group_rg_shop_net"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-shop-2'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name pip-ng-shop-2 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

# 2 public addresses give 129024 SNAT ports.
ng_shop="$group_rg_shop_net"'/providers/Microsoft.Network/natGateways/ng-shop'
az network nat gateway create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name ng-shop \
  --location "$location" \
  --public-ip-addresses "$pip_ng_shop1" "$pip_ng_shop2" \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.128.0.0/26 has 59 usable, 55 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-shop-system \
  --address-prefixes 10.128.0.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_system" \
  --nat-gateway "$ng_shop" \
  --output none

nsg_shop_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
there "$nsg_shop_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-shop-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.64/26 10.128.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-nodes \
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
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.64/26 10.128.0.0/26 \
  --destination-port-ranges '*' \
  --output none

# 43 nodes + 1 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.128.0.64/26 has 59 usable, 15 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-shop-nodes \
  --address-prefixes 10.128.0.64/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_nodes" \
  --nat-gateway "$ng_shop" \
  --output none
