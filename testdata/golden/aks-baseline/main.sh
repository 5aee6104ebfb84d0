#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
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

# 256 addresses, 160 of them in subnets; address space set in the spec.
vnet_hub="$group_rg_enterprise_networking"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'
put "$vnet_hub" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.200.0.0/24"
      ]
    }
  }
}'

# 59 usable addresses.
snet_azure_firewall_subnet="$vnet_hub"'/subnets/AzureFirewallSubnet'
put "$snet_azure_firewall_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.200.0.0/26"
  }
}'

# 27 usable addresses.
snet_gateway_subnet="$vnet_hub"'/subnets/GatewaySubnet'
put "$snet_gateway_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.200.0.64/27"
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_hub"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.200.0.128/26"
  }
}'

# 65536 addresses, 1312 of them in subnets; address space set in the spec.
vnet_spoke="$group_rg_enterprise_networking"'/providers/Microsoft.Network/virtualNetworks/vnet-spoke'
put "$vnet_spoke" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.240.0.0/16"
      ]
    }
  }
}'

nsg_clusternodes="$group_rg_enterprise_networking"'/providers/Microsoft.Network/networkSecurityGroups/nsg-clusternodes'
put "$nsg_clusternodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 15 nodes + 15 for surge nodes + 900 pods + 5 reserved by Azure = 935 addresses;
# 10.240.0.0/22 has 1019 usable, 89 to spare.
snet_clusternodes="$vnet_spoke"'/subnets/snet-clusternodes'
put "$snet_clusternodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.240.0.0/22",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_clusternodes"'"
    }
  }
}'

# 5 internal load balancers + 5 reserved by Azure = 10 addresses;
# 10.240.4.0/28 has 11 usable, 6 to spare.
snet_clusteringressservices="$vnet_spoke"'/subnets/snet-clusteringressservices'
put "$snet_clusteringressservices" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.240.4.0/28",
    "defaultOutboundAccess": false
  }
}'

# 11 usable addresses.
snet_privatelinkendpoints="$vnet_spoke"'/subnets/snet-privatelinkendpoints'
put "$snet_privatelinkendpoints" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.240.4.32/28",
    "defaultOutboundAccess": false
  }
}'

# 251 others + 5 reserved by Azure = 256 addresses;
# 10.240.5.0/24 has 251 usable, 0 to spare.
snet_applicationgateway="$vnet_spoke"'/subnets/snet-applicationgateway'
put "$snet_applicationgateway" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.240.5.0/24",
    "defaultOutboundAccess": false
  }
}'

peer_vnet_hub_to_vnet_spoke="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-spoke'
put "$peer_vnet_hub_to_vnet_spoke" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_spoke"'"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_spoke_to_vnet_hub="$vnet_spoke"'/virtualNetworkPeerings/vnet-spoke-to-vnet-hub'
put "$peer_vnet_spoke_to_vnet_hub" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_hub"'"
    },
    "useRemoteGateways": false
  }
}'
