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
group_rg_fleet_net='/subscriptions/'"$subscription"'/resourceGroups/rg-fleet-net'

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

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_auth="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-auth'
if there "$vnet_auth" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_auth" \
    --address-prefixes 10.120.0.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-auth \
    --location "$location" \
    --address-prefixes 10.120.0.0/24 \
    --output none
fi

nsg_auth_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-auth-nodes'
there "$nsg_auth_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-auth-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-auth-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.0.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.64.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-auth-nodes \
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
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-auth-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.64.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.0.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-auth-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 11 nodes + 4 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 22 addresses;
# 10.120.0.0/26 has 59 usable, 42 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-auth \
  --name snet-auth-nodes \
  --address-prefixes 10.120.0.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_auth_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_cart="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-cart'
if there "$vnet_cart" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_cart" \
    --address-prefixes 10.120.4.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-cart \
    --location "$location" \
    --address-prefixes 10.120.4.0/24 \
    --output none
fi

nsg_cart_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-cart-nodes'
there "$nsg_cart_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-cart-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-cart-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.4.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.65.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-cart-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.65.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.65.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-cart-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.65.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.4.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-cart-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 15 nodes + 5 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 28 addresses;
# 10.120.4.0/26 has 59 usable, 36 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-cart \
  --name snet-cart-nodes \
  --address-prefixes 10.120.4.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_cart_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_catalog="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-catalog'
if there "$vnet_catalog" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_catalog" \
    --address-prefixes 10.120.8.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-catalog \
    --location "$location" \
    --address-prefixes 10.120.8.0/24 \
    --output none
fi

nsg_catalog_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-catalog-nodes'
there "$nsg_catalog_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-catalog-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-catalog-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.8.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.66.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-catalog-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.66.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.66.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-catalog-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.66.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.8.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-catalog-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 23 nodes + 8 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 40 addresses;
# 10.120.8.0/26 has 59 usable, 24 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-catalog \
  --name snet-catalog-nodes \
  --address-prefixes 10.120.8.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_catalog_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_chat="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-chat'
if there "$vnet_chat" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_chat" \
    --address-prefixes 10.120.12.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-chat \
    --location "$location" \
    --address-prefixes 10.120.12.0/24 \
    --output none
fi

nsg_chat_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-chat-nodes'
there "$nsg_chat_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-chat-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-chat-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.12.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.67.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-chat-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.67.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.67.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-chat-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.67.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.12.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-chat-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 9 nodes + 3 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 19 addresses;
# 10.120.12.0/26 has 59 usable, 45 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-chat \
  --name snet-chat-nodes \
  --address-prefixes 10.120.12.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_chat_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_fraud="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-fraud'
if there "$vnet_fraud" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_fraud" \
    --address-prefixes 10.120.16.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-fraud \
    --location "$location" \
    --address-prefixes 10.120.16.0/24 \
    --output none
fi

nsg_fraud_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-fraud-nodes'
there "$nsg_fraud_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-fraud-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-fraud-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.16.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.68.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-fraud-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.68.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.68.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-fraud-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.68.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.16.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-fraud-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 33 nodes + 11 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 52 addresses;
# 10.120.16.0/26 has 59 usable, 12 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-fraud \
  --name snet-fraud-nodes \
  --address-prefixes 10.120.16.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_fraud_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_ledger="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-ledger'
if there "$vnet_ledger" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_ledger" \
    --address-prefixes 10.120.20.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-ledger \
    --location "$location" \
    --address-prefixes 10.120.20.0/24 \
    --output none
fi

nsg_ledger_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ledger-nodes'
there "$nsg_ledger_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-ledger-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-ledger-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.20.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.69.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-ledger-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.69.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.69.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-ledger-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.69.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.20.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-ledger-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 19 nodes + 7 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 35 addresses;
# 10.120.20.0/26 has 59 usable, 29 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-ledger \
  --name snet-ledger-nodes \
  --address-prefixes 10.120.20.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_ledger_nodes" \
  --output none

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_media="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-media'
if there "$vnet_media" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_media" \
    --address-prefixes 10.120.24.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-media \
    --location "$location" \
    --address-prefixes 10.120.24.0/24 \
    --output none
fi

nsg_media_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-media-nodes'
there "$nsg_media_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-media-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-media-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.24.0/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.70.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.70.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.70.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-media-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.70.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.24.0/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-media-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 53 nodes + 18 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 78 addresses;
# 10.120.24.0/25 has 123 usable, 50 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-media \
  --name snet-media-nodes \
  --address-prefixes 10.120.24.0/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_media_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_orders="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-orders'
if there "$vnet_orders" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_orders" \
    --address-prefixes 10.120.28.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-orders \
    --location "$location" \
    --address-prefixes 10.120.28.0/24 \
    --output none
fi

nsg_orders_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-orders-nodes'
there "$nsg_orders_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-orders-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-orders-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.28.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.71.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-orders-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.71.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.71.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-orders-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.71.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.28.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-orders-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 27 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 44 addresses;
# 10.120.28.0/26 has 59 usable, 20 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-orders \
  --name snet-orders-nodes \
  --address-prefixes 10.120.28.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_orders_nodes" \
  --output none

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_search="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-search'
if there "$vnet_search" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_search" \
    --address-prefixes 10.120.32.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-search \
    --location "$location" \
    --address-prefixes 10.120.32.0/24 \
    --output none
fi

nsg_search_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
there "$nsg_search_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-search-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-search-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.32.0/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.72.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.72.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.72.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-search-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.72.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.32.0/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-search-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 43 nodes + 15 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 67 addresses;
# 10.120.32.0/25 has 123 usable, 61 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-search \
  --name snet-search-nodes \
  --address-prefixes 10.120.32.0/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_search_nodes" \
  --output none

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_users="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-users'
if there "$vnet_users" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_users" \
    --address-prefixes 10.120.36.0/24 \
    --output none
else
  az network vnet create \
    --subscription "$subscription" \
    --resource-group 'rg-fleet-net' \
    --name vnet-users \
    --location "$location" \
    --address-prefixes 10.120.36.0/24 \
    --output none
fi

nsg_users_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-users-nodes'
there "$nsg_users_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --name nsg-users-nodes \
  --location "$location" \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-users-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.120.36.0/26 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.73.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-users-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 100.73.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 100.73.0.0/18 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-users-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 100.73.0.0/18 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.120.36.0/26 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --nsg-name nsg-users-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none

# 13 nodes + 5 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 25 addresses;
# 10.120.36.0/26 has 59 usable, 39 to spare.
az network vnet subnet create \
  --subscription "$subscription" \
  --resource-group 'rg-fleet-net' \
  --vnet-name vnet-users \
  --name snet-users-nodes \
  --address-prefixes 10.120.36.0/26 \
  --default-outbound-access false \
  --network-security-group "$nsg_users_nodes" \
  --output none
