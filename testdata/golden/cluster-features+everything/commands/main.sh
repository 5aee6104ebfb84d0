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
group_rg='/subscriptions/'"$subscription"'/resourceGroups/rg'

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

# 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
vnet_shop="$group_rg"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
if there "$vnet_shop" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop" \
    --address-prefixes 10.128.0.0/22 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg' \
    --name vnet-shop \
    --location "$location" \
    --address-prefixes 10.128.0.0/22 \
    --output none
fi

nsg_shop_nodes="$group_rg"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
there "$nsg_shop_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --name nsg-shop-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/24 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/24 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/24 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
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
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/24 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
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
  --resource-group 'rg' \
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
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/24 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/24 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.128.0.0/24 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
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
  --resource-group 'rg' \
  --nsg-name nsg-shop-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.128.0.0/24 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg' \
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
  --resource-group 'rg' \
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
  --resource-group 'rg' \
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
  --resource-group 'rg' \
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

# 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
# 10.128.0.0/24 has 251 usable, 240 to spare.
snet_shop_nodes="$vnet_shop"'/subnets/snet-shop-nodes'
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --vnet-name vnet-shop \
  --name snet-shop-nodes \
  --address-prefixes 10.128.0.0/24 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_nodes" \
  --output none

id_shop="$group_rg"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop'
az identity create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --name id-shop \
  --location "$location" \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_shop_principal_id="$(az resource show --ids "$id_shop" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name 9c78c112-b1dc-5df2-b9b3-070de2703e3e \
  --scope "$snet_shop_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_shop_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

# API version 2025-10-01 does not support encryption between nodes (--acns-transit-encryption-type wireguard): turn it on with az aks update.
# az aks create turns these on with a workspace that it makes; a template leaves them to you, with a workspace of your own: monitoring.
aks_shop="$group_rg"'/providers/Microsoft.ContainerService/managedClusters/shop'
there "$aks_shop" 2025-10-01 || az aks create \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --name 'shop' \
  --location "$location" \
  --dns-name-prefix 'shop' \
  --node-resource-group 'MC_rg_shop_westeurope' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'cilium' \
  --network-policy 'cilium' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '10.0.0.0/16' \
  --dns-service-ip '10.0.0.10' \
  --outbound-type 'loadBalancer' \
  --load-balancer-sku 'standard' \
  --enable-acns \
  --disable-acns-observability \
  --acns-advanced-networkpolicies 'L7' \
  --enable-static-egress-gateway \
  --enable-private-cluster \
  --private-dns-zone 'none' \
  --node-provisioning-mode 'Auto' \
  --bootstrap-artifact-source 'Cache' \
  --enable-oidc-issuer \
  --enable-workload-identity \
  --enable-cost-analysis \
  --enable-addons 'monitoring,azure-policy,azure-keyvault-secrets-provider' \
  --assign-identity "$id_shop" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_nodes" \
  --no-ssh-key
[ "$(az aks nodepool show \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --cluster-name 'shop' \
  --name 'system' \
  --query upgradeSettings.maxSurge \
  --output tsv)" = '50%' ] || az aks nodepool update \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --cluster-name 'shop' \
  --name 'system' \
  --max-surge '50%'
there "$aks_shop"'/agentPools/gw' 2025-10-01 || az aks nodepool add \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --cluster-name 'shop' \
  --name 'gw' \
  --mode 'Gateway' \
  --os-type 'Linux' \
  --node-count 2 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_nodes" \
  --gateway-prefix-size 31 \
  --max-surge '10%'
there "$aks_shop"'/agentPools/edge' 2025-10-01 || az aks nodepool add \
  --subscription "$subscription" \
  --resource-group 'rg' \
  --cluster-name 'shop' \
  --name 'edge' \
  --mode 'User' \
  --os-type 'Linux' \
  --node-count 2 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_nodes" \
  --enable-node-public-ip \
  --max-surge '0' \
  --max-unavailable '1'
