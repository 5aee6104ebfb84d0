#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

location='westeurope'
location="${LOCATION:-$location}"

# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}
wants LOCATION "$location" '^[[:alnum:] ]+$' 'a region such as westeurope'
group_rg_hub='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub'
group_rg_shop_net='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop-net'

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

vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 512 of them in subnets; address space set in the spec.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
put "$vnet_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.40.0.0/20"
      ]
    },
    "ddosProtectionPlan": {
      "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos"
    },
    "dhcpOptions": {
      "dnsServers": [
        "10.32.0.10",
        "10.32.0.11"
      ]
    },
    "enableDdosProtection": true,
    "encryption": {
      "enabled": true,
      "enforcement": "AllowUnencrypted"
    }
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_shop"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.0/26"
  }
}'

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
snet_pe="$vnet_shop"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.0.64/26",
    "defaultOutboundAccess": false,
    "privateEndpointNetworkPolicies": "Enabled",
    "serviceEndpoints": [
      {
        "service": "Microsoft.Storage"
      }
    ]
  }
}'

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
put "$nsg_shop_prod_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
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
          "sourceAddressPrefix": "10.40.15.128/25",
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
          "destinationAddressPrefix": "10.40.15.128/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowInternetToServices",
        "properties": {
          "access": "Allow",
          "description": "Clients of public Services; add your own ports.",
          "destinationAddressPrefix": "*",
          "destinationPortRanges": [
            "80",
            "443"
          ],
          "direction": "Inbound",
          "priority": 130,
          "protocol": "Tcp",
          "sourceAddressPrefix": "Internet",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/routeTables/rt-shop-prod'
put "$rt_shop_prod" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "disableBgpRoutePropagation": false,
    "routes": [
      {
        "name": "default",
        "properties": {
          "addressPrefix": "0.0.0.0/0",
          "nextHopIpAddress": "10.32.0.4",
          "nextHopType": "VirtualAppliance"
        }
      },
      {
        "name": "firewall-public-1",
        "properties": {
          "addressPrefix": "20.50.1.1/32",
          "nextHopType": "Internet"
        }
      }
    ]
  }
}'

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
snet_shop_prod_nodes="$vnet_shop"'/subnets/snet-shop-prod-nodes'
put "$snet_shop_prod_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.40.15.128/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_prod_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_shop_prod"'"
    }
  }
}'

peer_vnet_hub_to_vnet_shop="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-shop'
put "$peer_vnet_hub_to_vnet_shop" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
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
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_hub"'"
    },
    "useRemoteGateways": false
  }
}'
