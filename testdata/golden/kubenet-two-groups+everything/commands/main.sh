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
group_rg_one='/subscriptions/'"$subscription"'/resourceGroups/rg-one'
group_rg_two='/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-two'

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
vnet_one="$group_rg_one"'/providers/Microsoft.Network/virtualNetworks/vnet-one'
if there "$vnet_one" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_one" \
    --address-prefixes 10.160.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-one' \
    --name vnet-one \
    --location "$location" \
    --address-prefixes 10.160.0.0/22 \
    --output none
fi

nsg_k1_nodes="$group_rg_one"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k1-nodes'
there "$nsg_k1_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name nsg-k1-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.160.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.160.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowLoadBalancerProbes \
  --description 'Health probes of Services.' \
  --direction Inbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name DenyAllInbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Inbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.160.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.160.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowPodsToPodsOut \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Outbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.160.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowHTTPSToInternetOut \
  --description 'Registry, API server and Azure are known by name: a firewall filters them.' \
  --direction Outbound \
  --access Allow \
  --priority 140 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowHTTPSToNetworkOut \
  --description 'Private endpoints and the private API server.' \
  --direction Outbound \
  --access Allow \
  --priority 150 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes VirtualNetwork \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowTimeOut \
  --description 'Time servers.' \
  --direction Outbound \
  --access Allow \
  --priority 160 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 123 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowTunnelUDPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 170 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud.northeurope \
  --destination-port-ranges 1194 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name AllowTunnelTCPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 180 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud.northeurope \
  --destination-port-ranges 9000 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --nsg-name nsg-k1-nodes \
  --name DenyAllOutbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Outbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none

# AKS adds a route for every node to this table: it is created once and not sent again.
rt_k1="$group_rg_one"'/providers/Microsoft.Network/routeTables/rt-k1'
there "$rt_k1" 2025-03-01 || az network route-table create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name rt-k1 \
  --location "$location" \
  --disable-bgp-route-propagation false \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
snet_k1_nodes="$vnet_one"'/subnets/snet-k1-nodes'
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name snet-k1-nodes \
  --address-prefixes 10.160.1.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_k1_nodes" \
  --route-table "$rt_k1" \
  --output none

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_two="$group_rg_two"'/providers/Microsoft.Network/virtualNetworks/vnet-two'
if there "$vnet_two" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_two" \
    --address-prefixes 10.161.0.0/22 fd00:db8:8001::/48 \
    --output none
else
  az network vnet create \
    --subscription '22222222-2222-2222-2222-222222222222' \
    --resource-group 'rg-two' \
    --name vnet-two \
    --location westeurope \
    --address-prefixes 10.161.0.0/22 fd00:db8:8001::/48 \
    --output none
fi

nsg_k2_nodes="$group_rg_two"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k2-nodes'
there "$nsg_k2_nodes" 2025-03-01 || az network nsg create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --name nsg-k2-nodes \
  --location westeurope \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.161.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.161.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToNodesIPv6 \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:8001:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:8001:140::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.161.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPodsIPv6 \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:8001:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToPodsIPv6 \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 150 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 160 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.161.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodesIPv6 \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 170 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:8001:140::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowLoadBalancerProbes \
  --description 'Health probes of Services.' \
  --direction Inbound \
  --access Allow \
  --priority 180 \
  --protocol '*' \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name DenyAllInbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Inbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.161.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.161.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToNodesIPv6Out \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:8001:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:8001:140::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.161.1.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowNodesToPodsIPv6Out \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes fd00:db8:8001:140::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToPodsOut \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Outbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToPodsIPv6Out \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Outbound \
  --access Allow \
  --priority 150 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd12:3456:789a::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 160 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.161.1.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowPodsToNodesIPv6Out \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 170 \
  --protocol '*' \
  --source-address-prefixes fd12:3456:789a::/64 \
  --source-port-ranges '*' \
  --destination-address-prefixes fd00:db8:8001:140::/64 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowHTTPSToInternetOut \
  --description 'Registry, API server and Azure are known by name: a firewall filters them.' \
  --direction Outbound \
  --access Allow \
  --priority 180 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowHTTPSToNetworkOut \
  --description 'Private endpoints and the private API server.' \
  --direction Outbound \
  --access Allow \
  --priority 190 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes VirtualNetwork \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowTimeOut \
  --description 'Time servers.' \
  --direction Outbound \
  --access Allow \
  --priority 200 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 123 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowTunnelUDPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 210 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud.westeurope \
  --destination-port-ranges 1194 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name AllowTunnelTCPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 220 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud.westeurope \
  --destination-port-ranges 9000 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --nsg-name nsg-k2-nodes \
  --name DenyAllOutbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Outbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
snet_k2_nodes="$vnet_two"'/subnets/snet-k2-nodes'
az network vnet subnet create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --vnet-name vnet-two \
  --name snet-k2-nodes \
  --address-prefixes 10.161.1.0/26 fd00:db8:8001:140::/64 \
  --default-outbound-access false \
  --network-security-group "$nsg_k2_nodes" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name vnet-one-to-vnet-two \
  --remote-vnet "$vnet_two" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --vnet-name vnet-one \
  --name vnet-one-to-vnet-far \
  --remote-vnet /subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --vnet-name vnet-two \
  --name vnet-two-to-vnet-one \
  --remote-vnet "$vnet_one" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

id_k1="$group_rg_one"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-k1'
az identity create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name id-k1 \
  --location "$location" \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_k1_principal_id="$(az resource show --ids "$id_k1" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name a413db05-8888-5877-a237-9cadba22cd37 \
  --scope "$snet_k1_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_k1_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
az role assignment create \
  --name 56e5fad6-98a4-5e1b-a7ec-f2b395a7875e \
  --scope "$rt_k1" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_k1_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

aks_k1="$group_rg_one"'/providers/Microsoft.ContainerService/managedClusters/k1'
there "$aks_k1" 2025-10-01 || az aks create \
  --subscription "$subscription" \
  --resource-group 'rg-one' \
  --name 'k1' \
  --location "$location" \
  --dns-name-prefix 'k1' \
  --network-plugin 'kubenet' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '10.0.0.0/16' \
  --dns-service-ip '10.0.0.10' \
  --outbound-type 'loadBalancer' \
  --load-balancer-sku 'standard' \
  --assign-identity "$id_k1" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 110 \
  --vnet-subnet-id "$snet_k1_nodes" \
  --no-ssh-key

id_k2="$group_rg_two"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-k2'
az identity create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --name id-k2 \
  --location westeurope \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_k2_principal_id="$(az resource show --ids "$id_k2" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name b5b0f43a-a7d8-5b07-a166-c78a1861d4ff \
  --scope "$snet_k2_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_k2_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

aks_k2="$group_rg_two"'/providers/Microsoft.ContainerService/managedClusters/k2'
there "$aks_k2" 2025-10-01 || az aks create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group 'rg-two' \
  --name 'k2' \
  --location 'westeurope' \
  --dns-name-prefix 'k2' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'azure' \
  --ip-families 'IPv4,IPv6' \
  --pod-cidrs '10.244.0.0/16,fd12:3456:789a::/64' \
  --service-cidrs '10.0.0.0/16,fd12:3456:789a:1::/108' \
  --dns-service-ip '10.0.0.10' \
  --outbound-type 'loadBalancer' \
  --load-balancer-sku 'standard' \
  --assign-identity "$id_k2" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_k2_nodes" \
  --no-ssh-key
