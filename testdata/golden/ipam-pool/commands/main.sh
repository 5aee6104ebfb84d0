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
group_rg_payments='/subscriptions/'"$subscription"'/resourceGroups/rg-payments'

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

vnet_hub="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 512 addresses, 448 of them in subnets; address space from IPAM pool weu.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
put "$vnet_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "ipamPoolPrefixAllocations": [
        {
          "numberOfIpAddresses": "512",
          "pool": {
            "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        }
      ]
    }
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_shop"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "64",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ]
  }
}'

# 40 others + 5 reserved by Azure = 45 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 19 to spare.
snet_pe="$vnet_shop"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "64",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ]
  }
}'

# 251 usable addresses.
snet_agc="$vnet_shop"'/subnets/snet-agc'
put "$snet_agc" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "Microsoft.ServiceNetworking.trafficControllers",
        "properties": {
          "serviceName": "Microsoft.ServiceNetworking/trafficControllers"
        }
      }
    ],
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "256",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ]
  }
}'

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
  --source-address-prefixes VirtualNetwork \
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
  --destination-address-prefixes VirtualNetwork \
  --destination-port-ranges '*' \
  --output none

# 43 nodes + 5 for surge nodes + 5 reserved by Azure = 53 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 11 to spare.
snet_shop_nodes="$vnet_shop"'/subnets/snet-shop-nodes'
put "$snet_shop_nodes" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "64",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_nodes"'"
    }
  }
}'

# 1024 addresses, 320 of them in subnets; address space from IPAM pool weu.
vnet_batch="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-batch'
put "$vnet_batch" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "ipamPoolPrefixAllocations": [
        {
          "numberOfIpAddresses": "1024",
          "pool": {
            "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        }
      ]
    }
  }
}'

nsg_batch_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-batch-nodes'
there "$nsg_batch_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-batch-nodes \
  --location "$location" \
  --output none

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# a prefix of 64 addresses from IPAM pool weu has 59 usable, 55 to spare.
snet_batch_nodes="$vnet_batch"'/subnets/snet-batch-nodes'
put "$snet_batch_nodes" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "64",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_batch_nodes"'"
    }
  }
}'

nsg_batch_pods="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-batch-pods'
there "$nsg_batch_pods" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --name nsg-batch-pods \
  --location "$location" \
  --output none

# 192 pods + 5 reserved by Azure = 197 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 59 to spare.
snet_batch_pods="$vnet_batch"'/subnets/snet-batch-pods'
put "$snet_batch_pods" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "256",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_batch_pods"'"
    }
  }
}'

# 256 addresses, 256 of them in subnets; address space from IPAM pool weu.
vnet_payments="$group_rg_payments"'/providers/Microsoft.Network/virtualNetworks/vnet-payments'
put "$vnet_payments" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "ipamPoolPrefixAllocations": [
        {
          "numberOfIpAddresses": "256",
          "pool": {
            "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
          }
        }
      ]
    }
  }
}'

nsg_payments_nodes="$group_rg_payments"'/providers/Microsoft.Network/networkSecurityGroups/nsg-payments-nodes'
there "$nsg_payments_nodes" 2025-03-01 || az network nsg create \
  --subscription "$subscription" \
  --resource-group 'rg-payments' \
  --name nsg-payments-nodes \
  --location "$location" \
  --output none

# 3 nodes + 1 for surge nodes + 120 pods + 5 reserved by Azure = 129 addresses;
# a prefix of 256 addresses from IPAM pool weu has 251 usable, 127 to spare.
snet_payments_nodes="$vnet_payments"'/subnets/snet-payments-nodes'
put "$snet_payments_nodes" 2025-03-01 '{
  "properties": {
    "defaultOutboundAccess": false,
    "ipamPoolPrefixAllocations": [
      {
        "numberOfIpAddresses": "256",
        "pool": {
          "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_payments_nodes"'"
    }
  }
}'

az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-shop \
  --remote-vnet "$vnet_shop" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other network already exists; the reverse peering is added to it.
az network vnet peering create \
  --subscription "$subscription" \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name vnet-shop-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic false \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none
