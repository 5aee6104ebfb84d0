#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
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
put "$nsg_shop_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "VirtualNetwork",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "VirtualNetwork",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

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
put "$nsg_batch_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

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
put "$nsg_batch_pods" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

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
put "$nsg_payments_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

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

peer_vnet_hub_to_vnet_shop="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-shop'
put "$peer_vnet_hub_to_vnet_shop" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_shop"'"
    },
    "useRemoteGateways": false
  }
}'

# The other network already exists; the reverse peering is added to it.
peer_vnet_shop_to_vnet_hub="$vnet_shop"'/virtualNetworkPeerings/vnet-shop-to-vnet-hub'
put "$peer_vnet_shop_to_vnet_hub" 2025-03-01 '{
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
