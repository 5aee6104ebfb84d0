#!/usr/bin/env bash
# Written by aksnet. Sends every resource in full; running it again does not change what is already as planned.
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

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_a="$group_network"'/providers/Microsoft.Network/virtualNetworks/vnet-a'
put "$vnet_a" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.0.0.0/16"
      ]
    }
  }
}'

nsg_shop_nodes="$group_network"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
put "$nsg_shop_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.0.64.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.0.64.0/26",
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
          "sourceAddressPrefix": "10.0.64.0/26",
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
          "destinationAddressPrefix": "10.0.64.0/26",
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
          "destinationAddressPrefix": "10.0.64.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.0.64.0/26",
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
          "sourceAddressPrefix": "10.0.64.0/26",
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
          "destinationAddressPrefix": "10.0.64.0/26",
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
          "destinationAddressPrefix": "AzureCloud",
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
          "destinationAddressPrefix": "AzureCloud",
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

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.0.64.0/26 has 59 usable, 55 to spare.
snet_shop_nodes="$vnet_a"'/subnets/snet-shop-nodes'
put "$snet_shop_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.0.64.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_nodes"'"
    }
  }
}'

# 65536 addresses, 64 of them in subnets; address space set in the spec.
vnet_b="$group_network_2"'/providers/Microsoft.Network/virtualNetworks/vnet-b'
put "$vnet_b" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.1.0.0/16"
      ]
    }
  }
}'

nsg_search_nodes="$group_network_2"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
put "$nsg_search_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.1.64.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.1.64.0/26",
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
          "sourceAddressPrefix": "10.1.64.0/26",
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
          "destinationAddressPrefix": "10.1.64.0/26",
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
          "destinationAddressPrefix": "10.1.64.0/26",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.1.64.0/26",
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
          "sourceAddressPrefix": "10.1.64.0/26",
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
          "destinationAddressPrefix": "10.1.64.0/26",
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
          "destinationAddressPrefix": "AzureCloud",
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
          "destinationAddressPrefix": "AzureCloud",
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

# 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
# 10.1.64.0/26 has 59 usable, 55 to spare.
snet_search_nodes="$vnet_b"'/subnets/snet-search-nodes'
put "$snet_search_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.1.64.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_search_nodes"'"
    }
  }
}'

peer_vnet_a_to_vnet_b="$vnet_a"'/virtualNetworkPeerings/vnet-a-to-vnet-b'
put "$peer_vnet_a_to_vnet_b" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_b"'"
    },
    "useRemoteGateways": false
  }
}'

peer_vnet_b_to_vnet_a="$vnet_b"'/virtualNetworkPeerings/vnet-b-to-vnet-a'
put "$peer_vnet_b_to_vnet_a" 2025-03-01 '{
  "properties": {
    "allowForwardedTraffic": false,
    "allowGatewayTransit": false,
    "allowVirtualNetworkAccess": true,
    "remoteVirtualNetwork": {
      "id": "'"$vnet_a"'"
    },
    "useRemoteGateways": false
  }
}'

id_shop="$group_network"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop'
send "$id_shop" 2023-01-31 '{
  "location": "'"$location"'"
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role387dd310668159e391c0_a0ba50099cbc="$snet_shop_nodes"'/providers/Microsoft.Authorization/roleAssignments/387dd310-6681-59e3-91c0-a0ba50099cbc'
id_shop_principal_id="$(az resource show --ids "$id_shop" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role387dd310668159e391c0_a0ba50099cbc" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_shop_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/'"$subscription"'/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

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
send "$id_search" 2023-01-31 '{
  "location": "'"$location"'"
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role12acf3b18e67581e_aec676f396a26e14="$snet_search_nodes"'/providers/Microsoft.Authorization/roleAssignments/12acf3b1-8e67-581e-aec6-76f396a26e14'
id_search_principal_id="$(az resource show --ids "$id_search" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role12acf3b18e67581e_aec676f396a26e14" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_search_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

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
