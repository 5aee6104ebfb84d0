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
group_network_2='/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/'"$resource_group"

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

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_a="$group_network"'/providers/Microsoft.Network/virtualNetworks/vnet-a'
if there "$vnet_a" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_a" \
    --address-prefixes 10.0.0.0/16 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group "$resource_group" \
    --name vnet-a \
    --location "$location" \
    --address-prefixes 10.0.0.0/16 \
    --output none
fi

nsg_shop_nodes="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
there "$nsg_shop_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name nsg-shop-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.0.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.0.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.0.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.0.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.0.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.0.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.0.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.0.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowTunnelUDPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 170 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud \
  --destination-port-ranges 1194 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
  --name AllowTunnelTCPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 180 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud \
  --destination-port-ranges 9000 \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --nsg-name nsg-shop-nodes \
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
# 10.0.64.0/26 has 59 usable, 55 to spare.
snet_shop_nodes="$vnet_a"'/subnets/snet-shop-nodes'
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name snet-shop-nodes \
  --address-prefixes 10.0.64.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_nodes" \
  --output none

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_b="$group_network_2"'/providers/Microsoft.Network/virtualNetworks/vnet-b'
if there "$vnet_b" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_b" \
    --address-prefixes 10.1.0.0/16 \
    --output none
else
  az network vnet create \
    --subscription '22222222-2222-2222-2222-222222222222' \
    --resource-group "$resource_group" \
    --name vnet-b \
    --location "$location" \
    --address-prefixes 10.1.0.0/16 \
    --output none
fi

nsg_search_nodes="$group_network_2"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
there "$nsg_search_nodes" 2025-03-01 || az network nsg create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --name nsg-search-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.1.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.1.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.1.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.1.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.1.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.1.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.1.64.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.1.64.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowTunnelUDPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 170 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud \
  --destination-port-ranges 1194 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
  --name AllowTunnelTCPOut \
  --description 'Tunnel to the API server.' \
  --direction Outbound \
  --access Allow \
  --priority 180 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes AzureCloud \
  --destination-port-ranges 9000 \
  --output none
az network nsg rule create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --nsg-name nsg-search-nodes \
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
# 10.1.64.0/26 has 59 usable, 55 to spare.
snet_search_nodes="$vnet_b"'/subnets/snet-search-nodes'
az network vnet subnet create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --vnet-name vnet-b \
  --name snet-search-nodes \
  --address-prefixes 10.1.64.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_search_nodes" \
  --output none

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --vnet-name vnet-a \
  --name vnet-a-to-vnet-b \
  --remote-vnet "$vnet_b" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

az network vnet peering create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --vnet-name vnet-b \
  --name vnet-b-to-vnet-a \
  --remote-vnet "$vnet_a" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

id_shop="$group_network"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop'
az identity create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name id-shop \
  --location "$location" \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_shop_principal_id="$(az resource show --ids "$id_shop" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name 387dd310-6681-59e3-91c0-a0ba50099cbc \
  --scope "$snet_shop_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_shop_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

aks_shop="$group_network"'/providers/Microsoft.ContainerService/managedClusters/shop'
there "$aks_shop" 2025-10-01 || az aks create \
  --subscription "$subscription" \
  --resource-group "$resource_group" \
  --name 'shop' \
  --location "$location" \
  --dns-name-prefix 'shop' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'azure' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '172.20.0.0/16' \
  --dns-service-ip '172.20.0.10' \
  --outbound-type 'loadBalancer' \
  --load-balancer-sku 'standard' \
  --assign-identity "$id_shop" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_nodes" \
  --no-ssh-key

id_search="$group_network_2"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-search'
az identity create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --name id-search \
  --location "$location" \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_search_principal_id="$(az resource show --ids "$id_search" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name 12acf3b1-8e67-581e-aec6-76f396a26e14 \
  --scope "$snet_search_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_search_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

aks_search="$group_network_2"'/providers/Microsoft.ContainerService/managedClusters/search'
there "$aks_search" 2025-10-01 || az aks create \
  --subscription '22222222-2222-2222-2222-222222222222' \
  --resource-group "$resource_group" \
  --name 'search' \
  --location "$location" \
  --dns-name-prefix 'search' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'azure' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '172.20.0.0/16' \
  --dns-service-ip '172.20.0.10' \
  --outbound-type 'loadBalancer' \
  --load-balancer-sku 'standard' \
  --assign-identity "$id_search" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_search_nodes" \
  --no-ssh-key
