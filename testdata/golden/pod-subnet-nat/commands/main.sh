#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"
resource_group="${RESOURCE_GROUP:?set RESOURCE_GROUP to the resource group of the network}"
location="${LOCATION:?set LOCATION to the region of the network}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants SUBSCRIPTION "$subscription" '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' 'the id of a subscription'
wants RESOURCE_GROUP "$resource_group" '^[-[:alnum:]._()]+$' 'letters, digits and - . _ ( )'
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_network='/subscriptions/'"$subscription"'/resourceGroups/'"$resource_group"

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

# 4096 addresses, 2000 of them in subnets; address space sized and placed by the plan.
vnet_a="$group_network"'/providers/Microsoft.Network/virtualNetworks/vnet-a'
if there "$vnet_a" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_a" \
    --address-prefixes 10.160.0.0/20 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group "$resource_group" \
    --name vnet-a \
    --location "$location" \
    --address-prefixes 10.160.0.0/20 \
    --output none
fi

nsg_agw="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-agw'
there "$nsg_agw" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-agw \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-agw \
  --name AllowGatewayManager \
  --description 'Azure manages the gateway.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol Tcp \
  --source-address-prefixes GatewayManager \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 65200-65535 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-agw \
  --name AllowGatewayProbes \
  --description 'Health probes of the gateway.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-agw \
  --name AllowInternetToGateway \
  --description 'Clients of the gateway.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-agw \
  --name allow-gateway-manager \
  --direction Inbound \
  --access Allow \
  --priority 4096 \
  --protocol Tcp \
  --source-address-prefixes GatewayManager \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 65200-65535 \
  --output none

# 251 usable addresses.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name snet-agw \
  --address-prefixes 10.160.0.0/24 \
  --default-outbound-access false \
  --network-security-group "$nsg_agw" \
  --output none

nsg_apps="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-apps'
put "$nsg_apps" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "allow-web",
        "properties": {
          "access": "Allow",
          "description": "web'\''s \"own\" [ports]",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 200,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "deny-ssh",
        "properties": {
          "access": "Deny",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "22",
          "direction": "Inbound",
          "priority": 300,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_apps="$group_network"'/providers/Microsoft.Network/routeTables/rt-apps'
if there "$rt_apps" 2025-03-01; then
  az network route-table update \
    --ids "$rt_apps" \
    --disable-bgp-route-propagation true \
    --output none
else
  az network route-table create \
    --subscription "$subscription" \
    --resource-group "$resource_group" \
    --name rt-apps \
    --location "$location" \
    --disable-bgp-route-propagation true \
    --output none
fi
az network route-table route create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --route-table-name rt-apps \
  --name to-dc \
  --address-prefix 192.168.0.0/16 \
  --next-hop-type VirtualNetworkGateway \
  --output none
az network route-table route create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --route-table-name rt-apps \
  --name via-nva \
  --address-prefix 10.99.0.0/16 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.0.0.4 \
  --output none

ippre_ng_apps="$group_network"'/providers/Microsoft.Network/publicIPPrefixes/ippre-ng-apps'
az network public-ip prefix create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name ippre-ng-apps \
  --location "$location" \
  --length 30 \
  --version IPv4 \
  --zone 1 \
  --output none

# 4 public addresses give 258048 SNAT ports.
ng_apps="$group_network"'/providers/Microsoft.Network/natGateways/ng-apps'
az network nat gateway create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name ng-apps \
  --location "$location" \
  --zone 1 \
  --idle-timeout 10 \
  --public-ip-prefixes "$ippre_ng_apps" \
  --output none

# 100 others + 5 reserved by Azure = 105 addresses;
# 10.160.1.0/25 has 123 usable, 23 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name snet-apps \
  --address-prefixes 10.160.1.0/25 \
  --default-outbound-access true \
  --network-security-group "$nsg_apps" \
  --route-table "$rt_apps" \
  --nat-gateway "$ng_apps" \
  --output none

nsg_pods_apiserver="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-apiserver'
there "$nsg_pods_apiserver" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-pods-apiserver \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-pods-apiserver \
  --name AllowNodesToAPIServer \
  --description 'Nodes reach the API server in its subnet.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol Tcp \
  --source-address-prefixes 10.160.7.192/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.7.176/28 \
  --destination-port-ranges 443 4443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-pods-apiserver \
  --name AllowPodsToAPIServer \
  --description 'Pods reach the API server with their own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol Tcp \
  --source-address-prefixes 10.160.12.0/22 10.160.4.0/23 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.7.176/28 \
  --destination-port-ranges 443 4443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-pods-apiserver \
  --name AllowProbesToAPIServer \
  --description 'Health probes of the API server.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol Tcp \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.7.176/28 \
  --destination-port-ranges 9988 \
  --output none

# 9 others + 5 reserved by Azure = 14 addresses;
# 10.160.7.176/28 has 11 usable, 2 to spare.
snet_pods_apiserver="$vnet_a"'/subnets/snet-pods-apiserver'
put "$snet_pods_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.7.176/28",
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
      "id": "'"$nsg_pods_apiserver"'"
    }
  }
}'

nsg_pods_nodes="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-nodes'
there "$nsg_pods_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-pods-nodes \
  --location "$location" \
  --output none

pip_ng_pods1="$group_network"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-pods-1'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name pip-ng-pods-1 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

pip_ng_pods2="$group_network"'/providers/Microsoft.Network/publicIPAddresses/pip-ng-pods-2'
az network public-ip create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name pip-ng-pods-2 \
  --location "$location" \
  --sku Standard \
  --tier Regional \
  --version IPv4 \
  --allocation-method Static \
  --output none

# 2 public addresses give 129024 SNAT ports.
ng_pods="$group_network"'/providers/Microsoft.Network/natGateways/ng-pods'
az network nat gateway create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name ng-pods \
  --location "$location" \
  --idle-timeout 10 \
  --public-ip-addresses "$pip_ng_pods1" "$pip_ng_pods2" \
  --output none

# 5 nodes + 2 for surge nodes + 5 reserved by Azure = 12 addresses;
# 10.160.7.192/26 has 59 usable, 52 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name snet-pods-nodes \
  --address-prefixes 10.160.7.192/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_pods_nodes" \
  --nat-gateway "$ng_pods" \
  --output none

nsg_pods_pods="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-pods-pods'
there "$nsg_pods_pods" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-pods-pods \
  --location "$location" \
  --output none

# 512 pods + 5 reserved by Azure = 517 addresses;
# 10.160.12.0/22 has 1019 usable, 507 to spare.
snet_pods_pods="$vnet_a"'/subnets/snet-pods-pods'
put "$snet_pods_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.12.0/22",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "natGateway": {
      "id": "'"$ng_pods"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_pods_pods"'"
    }
  }
}'

nsg_win_pods="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-win-pods'
there "$nsg_win_pods" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-win-pods \
  --location "$location" \
  --output none

# 384 pods + 5 reserved by Azure = 389 addresses;
# 10.160.4.0/23 has 507 usable, 123 to spare.
snet_win_pods="$vnet_a"'/subnets/snet-win-pods'
put "$snet_win_pods" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.4.0/23",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "natGateway": {
      "id": "'"$ng_pods"'"
    },
    "networkSecurityGroup": {
      "id": "'"$nsg_win_pods"'"
    }
  }
}'
