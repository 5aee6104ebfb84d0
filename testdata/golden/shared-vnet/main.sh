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
group_rg_platform_net='/subscriptions/'"$subscription"'/resourceGroups/rg-platform-net'

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

# 8192 addresses, 1600 of them in subnets; address space set in the spec.
vnet_platform="$group_rg_platform_net"'/providers/Microsoft.Network/virtualNetworks/vnet-platform'
put "$vnet_platform" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.48.0.0/19"
      ]
    }
  }
}'

# 59 usable addresses.
snet_azure_bastion_subnet="$vnet_platform"'/subnets/AzureBastionSubnet'
put "$snet_azure_bastion_subnet" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.0.0/26"
  }
}'

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.48.0.64/26 has 59 usable, 19 to spare.
snet_pe="$vnet_platform"'/subnets/snet-pe'
put "$snet_pe" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.0.64/26",
    "defaultOutboundAccess": false
  }
}'

# 251 usable addresses.
snet_agc="$vnet_platform"'/subnets/snet-agc'
put "$snet_agc" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.1.0/24",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "Microsoft.ServiceNetworking.trafficControllers",
        "properties": {
          "serviceName": "Microsoft.ServiceNetworking/trafficControllers"
        }
      }
    ]
  }
}'

nsg_web_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-web-nodes'
put "$nsg_web_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.48.8.0/26",
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
          "destinationAddressPrefix": "10.48.8.0/26",
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

# 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
# 10.48.8.0/26 has 59 usable, 15 to spare.
snet_web_nodes="$vnet_platform"'/subnets/snet-web-nodes'
put "$snet_web_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.8.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_web_nodes"'"
    }
  }
}'

nsg_batch_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-batch-nodes'
put "$nsg_batch_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.48.9.0/25",
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
          "destinationAddressPrefix": "10.48.9.0/25",
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

# 103 nodes + 11 for surge nodes + 5 reserved by Azure = 119 addresses;
# 10.48.9.0/25 has 123 usable, 9 to spare.
snet_batch_nodes="$vnet_platform"'/subnets/snet-batch-nodes'
put "$snet_batch_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.9.0/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_batch_nodes"'"
    }
  }
}'

nsg_scada_nodes="$group_rg_platform_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-scada-nodes'
put "$nsg_scada_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {}
}'

# 23 nodes + 3 for surge nodes + 780 pods + 5 reserved by Azure = 811 addresses;
# 10.48.28.0/22 has 1019 usable, 213 to spare.
snet_scada_nodes="$vnet_platform"'/subnets/snet-scada-nodes'
put "$snet_scada_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.48.28.0/22",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_scada_nodes"'"
    }
  }
}'
