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
group_rg_hub='/subscriptions/'"$subscription"'/resourceGroups/rg-hub'
group_rg_payments_net='/subscriptions/'"$subscription"'/resourceGroups/rg-payments-net'
group_rg_search_net='/subscriptions/'"$subscription"'/resourceGroups/rg-search-net'

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

# 1024 addresses, 224 of them in subnets; address space set in the spec.
vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'
put "$vnet_hub" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.96.0.0/22"
      ]
    }
  }
}'

# 59 usable addresses.
snet_azure_firewall_subnet="$vnet_hub"'/subnets/AzureFirewallSubnet'
put "$snet_azure_firewall_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.96.0.0/26"
  }
}'

# 59 usable addresses.
snet_azure_firewall_management_subnet="$vnet_hub"'/subnets/AzureFirewallManagementSubnet'
put "$snet_azure_firewall_management_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.96.0.64/26"
  }
}'

# 27 usable addresses.
snet_gateway_subnet="$vnet_hub"'/subnets/GatewaySubnet'
put "$snet_gateway_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.96.0.128/27"
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_hub"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.96.0.192/26"
  }
}'

# 512 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_payments="$group_rg_payments_net"'/providers/Microsoft.Network/virtualNetworks/vnet-payments'
put "$vnet_payments" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.100.128.0/23"
      ]
    }
  }
}'

nsg_payments_nodes="$group_rg_payments_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-payments-nodes'
put "$nsg_payments_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.64.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.100.129.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.64.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.100.129.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/18",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_payments="$group_rg_payments_net"'/providers/Microsoft.Network/routeTables/rt-payments'
put "$rt_payments" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": false,
    "routes": [
      {
        "name": "default",
        "properties": {
          "addressPrefix": "0.0.0.0/0",
          "nextHopIpAddress": "10.96.0.4",
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

# 28 nodes + 10 for surge nodes + 1 private endpoint + 5 reserved by Azure = 44 addresses;
# 10.100.129.0/26 has 59 usable, 20 to spare.
snet_payments_nodes="$vnet_payments"'/subnets/snet-payments-nodes'
put "$snet_payments_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.100.129.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_payments_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_payments"'"
    }
  }
}'

# 1024 addresses, 160 of them in subnets; address space sized and placed by the plan.
vnet_search="$group_rg_search_net"'/providers/Microsoft.Network/virtualNetworks/vnet-search'
put "$vnet_search" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.100.132.0/22"
      ]
    }
  }
}'

# 20 others + 5 reserved by Azure = 25 addresses;
# 10.100.132.0/27 has 27 usable, 7 to spare.
snet_pe="$vnet_search"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.100.132.0/27",
    "defaultOutboundAccess": false
  }
}'

nsg_search_nodes="$group_rg_search_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
put "$nsg_search_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.65.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.100.135.128/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.65.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.65.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.100.135.128/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.65.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

rt_search="$group_rg_search_net"'/providers/Microsoft.Network/routeTables/rt-search'
put "$rt_search" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": false,
    "routes": [
      {
        "name": "default",
        "properties": {
          "addressPrefix": "0.0.0.0/0",
          "nextHopIpAddress": "10.96.0.4",
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

# 63 nodes + 21 for surge nodes + 5 reserved by Azure = 89 addresses;
# 10.100.135.128/25 has 123 usable, 39 to spare.
snet_search_nodes="$vnet_search"'/subnets/snet-search-nodes'
put "$snet_search_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.100.135.128/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_search_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_search"'"
    }
  }
}'

peer_vnet_hub_to_vnet_payments="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-payments'
put "$peer_vnet_hub_to_vnet_payments" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_payments"'"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_hub_to_vnet_search="$vnet_hub"'/virtualNetworkPeerings/vnet-hub-to-vnet-search'
put "$peer_vnet_hub_to_vnet_search" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": true,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_search"'"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_payments_to_vnet_hub="$vnet_payments"'/virtualNetworkPeerings/vnet-payments-to-vnet-hub'
put "$peer_vnet_payments_to_vnet_hub" 2025-03-01 '{
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

peer_vnet_search_to_vnet_hub="$vnet_search"'/virtualNetworkPeerings/vnet-search-to-vnet-hub'
put "$peer_vnet_search_to_vnet_hub" 2025-03-01 '{
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
