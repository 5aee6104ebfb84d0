#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
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

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_one="$group_rg_one"'/providers/Microsoft.Network/virtualNetworks/vnet-one'
put "$vnet_one" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.160.0.0/22"
      ]
    }
  }
}'

nsg_k1_nodes="$group_rg_one"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k1-nodes'
put "$nsg_k1_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.160.1.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.160.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.160.1.0/26",
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
          "priority": 120,
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
          "destinationAddressPrefix": "10.160.1.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowLoadBalancerProbes",
        "properties": {
          "access": "Allow",
          "description": "Health probes of Services.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 140,
          "protocol": "*",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllInbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.160.1.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.160.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "10.160.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.160.1.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToInternetOut",
        "properties": {
          "access": "Allow",
          "description": "Registry, API server and Azure are known by name: a firewall filters them.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 140,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToNetworkOut",
        "properties": {
          "access": "Allow",
          "description": "Private endpoints and the private API server.",
          "destinationAddressPrefix": "VirtualNetwork",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 150,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTimeOut",
        "properties": {
          "access": "Allow",
          "description": "Time servers.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "123",
          "direction": "Outbound",
          "priority": 160,
          "protocol": "Udp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTunnelUDPOut",
        "properties": {
          "access": "Allow",
          "description": "Tunnel to the API server.",
          "destinationAddressPrefix": "AzureCloud.northeurope",
          "destinationPortRange": "1194",
          "direction": "Outbound",
          "priority": 170,
          "protocol": "Udp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTunnelTCPOut",
        "properties": {
          "access": "Allow",
          "description": "Tunnel to the API server.",
          "destinationAddressPrefix": "AzureCloud.northeurope",
          "destinationPortRange": "9000",
          "direction": "Outbound",
          "priority": 180,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllOutbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# AKS adds a route for every node to this table: it is created once and not sent again.
rt_k1="$group_rg_one"'/providers/Microsoft.Network/routeTables/rt-k1'
there "$rt_k1" 2025-03-01 || put "$rt_k1" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "disableBgpRoutePropagation": false
  }
}'

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.160.1.0/26 has 59 usable, 55 to spare.
snet_k1_nodes="$vnet_one"'/subnets/snet-k1-nodes'
put "$snet_k1_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.160.1.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_k1_nodes"'"
    },
    "routeTable": {
      "id": "'"$rt_k1"'"
    }
  }
}'

# 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_two="$group_rg_two"'/providers/Microsoft.Network/virtualNetworks/vnet-two'
put "$vnet_two" 2025-03-01 '{
  "location": "westeurope",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.161.0.0/22",
        "fd00:db8:8001::/48"
      ]
    }
  }
}'

nsg_k2_nodes="$group_rg_two"'/providers/Microsoft.Network/networkSecurityGroups/nsg-k2-nodes'
put "$nsg_k2_nodes" 2025-03-01 '{
  "location": "westeurope",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.161.1.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.161.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToNodesIPv6",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "fd00:db8:8001:140::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "fd00:db8:8001:140::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.161.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsIPv6",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "fd00:db8:8001:140::/64",
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
          "priority": 140,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPodsIPv6",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 150,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.161.1.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 160,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesIPv6",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "fd00:db8:8001:140::/64",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 170,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowLoadBalancerProbes",
        "properties": {
          "access": "Allow",
          "description": "Health probes of Services.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 180,
          "protocol": "*",
          "sourceAddressPrefix": "AzureLoadBalancer",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllInbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.161.1.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.161.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToNodesIPv6Out",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "fd00:db8:8001:140::/64",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "fd00:db8:8001:140::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "10.161.1.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowNodesToPodsIPv6Out",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 130,
          "protocol": "*",
          "sourceAddressPrefix": "fd00:db8:8001:140::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPodsOut",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "10.244.0.0/16",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 140,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPodsIPv6Out",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "fd12:3456:789a::/64",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 150,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesOut",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.161.1.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 160,
          "protocol": "*",
          "sourceAddressPrefix": "10.244.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodesIPv6Out",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "fd00:db8:8001:140::/64",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 170,
          "protocol": "*",
          "sourceAddressPrefix": "fd12:3456:789a::/64",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToInternetOut",
        "properties": {
          "access": "Allow",
          "description": "Registry, API server and Azure are known by name: a firewall filters them.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 180,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowHTTPSToNetworkOut",
        "properties": {
          "access": "Allow",
          "description": "Private endpoints and the private API server.",
          "destinationAddressPrefix": "VirtualNetwork",
          "destinationPortRange": "443",
          "direction": "Outbound",
          "priority": 190,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTimeOut",
        "properties": {
          "access": "Allow",
          "description": "Time servers.",
          "destinationAddressPrefix": "Internet",
          "destinationPortRange": "123",
          "direction": "Outbound",
          "priority": 200,
          "protocol": "Udp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTunnelUDPOut",
        "properties": {
          "access": "Allow",
          "description": "Tunnel to the API server.",
          "destinationAddressPrefix": "AzureCloud.westeurope",
          "destinationPortRange": "1194",
          "direction": "Outbound",
          "priority": 210,
          "protocol": "Udp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowTunnelTCPOut",
        "properties": {
          "access": "Allow",
          "description": "Tunnel to the API server.",
          "destinationAddressPrefix": "AzureCloud.westeurope",
          "destinationPortRange": "9000",
          "direction": "Outbound",
          "priority": 220,
          "protocol": "Tcp",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "DenyAllOutbound",
        "properties": {
          "access": "Deny",
          "description": "Lockdown: what no rule above allows is denied.",
          "destinationAddressPrefix": "*",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 4096,
          "protocol": "*",
          "sourceAddressPrefix": "*",
          "sourcePortRange": "*"
        }
      }
    ]
  }
}'

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.161.1.0/26 has 59 usable, 55 to spare.
snet_k2_nodes="$vnet_two"'/subnets/snet-k2-nodes'
put "$snet_k2_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefixes": [
      "10.161.1.0/26",
      "fd00:db8:8001:140::/64"
    ],
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_k2_nodes"'"
    }
  }
}'

peer_vnet_one_to_vnet_two="$vnet_one"'/virtualNetworkPeerings/vnet-one-to-vnet-two'
put "$peer_vnet_one_to_vnet_two" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_two"'"
    },
    "useRemoteGateways": false
  }
}'

# The other side is not in this spec: its owner must add the reverse peering before traffic flows.
peer_vnet_one_to_vnet_far="$vnet_one"'/virtualNetworkPeerings/vnet-one-to-vnet-far'
put "$peer_vnet_one_to_vnet_far" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_two_to_vnet_one="$vnet_two"'/virtualNetworkPeerings/vnet-two-to-vnet-one'
put "$peer_vnet_two_to_vnet_one" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_one"'"
    },
    "useRemoteGateways": false
  }
}'

id_k1="$group_rg_one"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-k1'
send "$id_k1" 2023-01-31 '{
  "location": "'"$location"'"
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role_a413db0588885877_a2379cadba22cd37="$snet_k1_nodes"'/providers/Microsoft.Authorization/roleAssignments/a413db05-8888-5877-a237-9cadba22cd37'
id_k1_principal_id="$(az resource show --ids "$id_k1" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role_a413db0588885877_a2379cadba22cd37" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_k1_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/'"$subscription"'/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role56e5fad698a45e1b_a7ec_f2b395a7875e="$rt_k1"'/providers/Microsoft.Authorization/roleAssignments/56e5fad6-98a4-5e1b-a7ec-f2b395a7875e'
send "$role56e5fad698a45e1b_a7ec_f2b395a7875e" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_k1_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/'"$subscription"'/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

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
send "$id_k2" 2023-01-31 '{
  "location": "westeurope"
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role_b5b0f43a_a7d85b07_a166_c78a1861d4ff="$snet_k2_nodes"'/providers/Microsoft.Authorization/roleAssignments/b5b0f43a-a7d8-5b07-a166-c78a1861d4ff'
id_k2_principal_id="$(az resource show --ids "$id_k2" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role_b5b0f43a_a7d85b07_a166_c78a1861d4ff" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_k2_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

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
