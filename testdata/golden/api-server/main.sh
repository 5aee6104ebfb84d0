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
group_rg_core_net='/subscriptions/'"$subscription"'/resourceGroups/rg-core-net'

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

# 1024 addresses, 160 of them in subnets; address space set in the spec.
vnet_core="$group_rg_core_net"'/providers/Microsoft.Network/virtualNetworks/vnet-core'
put "$vnet_core" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.130.0.0/22"
      ]
    }
  }
}'

nsg_apiserver="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-apiserver'
put "$nsg_apiserver" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Nodes reach the API server in its subnet.",
          "destinationAddressPrefix": "10.130.1.96/27",
          "destinationPortRanges": [
            "443",
            "4443"
          ],
          "direction": "Inbound",
          "priority": 100,
          "protocol": "Tcp",
          "sourceAddressPrefixes": [
            "10.130.1.0/26",
            "10.130.1.128/26"
          ],
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowProbesToAPIServer",
        "properties": {
          "access": "Allow",
          "description": "Health probes of the API server.",
          "destinationAddressPrefix": "10.130.1.96/27",
          "destinationPortRange": "9988",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "Tcp",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 18 others + 5 reserved by Azure = 23 addresses;
# 10.130.1.96/27 has 27 usable, 9 to spare.
snet_apiserver="$vnet_core"'/subnets/snet-apiserver'
put "$snet_apiserver" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.130.1.96/27",
    "defaultOutboundAccess": false,
    "delegations": [
      {
        "name": "aks-delegation",
        "properties": {
          "serviceName": "Microsoft.ContainerService/managedClusters"
        }
      }
    ],
    "networkSecurityGroup": {
      "id": "'"$nsg_apiserver"'"
    }
  }
}'

nsg_core_a_nodes="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-core-a-nodes'
put "$nsg_core_a_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.130.1.0/26",
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
          "destinationAddressPrefix": "10.130.1.0/26",
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

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.0/26 has 59 usable, 22 to spare.
snet_core_a_nodes="$vnet_core"'/subnets/snet-core-a-nodes'
put "$snet_core_a_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.130.1.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_core_a_nodes"'"
    }
  }
}'

nsg_core_b_nodes="$group_rg_core_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-core-b-nodes'
put "$nsg_core_b_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.245.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.130.1.128/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.245.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.245.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.130.1.128/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.245.0.0/16",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
# 10.130.1.128/26 has 59 usable, 22 to spare.
snet_core_b_nodes="$vnet_core"'/subnets/snet-core-b-nodes'
put "$snet_core_b_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.130.1.128/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_core_b_nodes"'"
    }
  }
}'
