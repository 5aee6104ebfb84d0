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
group_rg='/subscriptions/'"$subscription"'/resourceGroups/rg'

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

# 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
vnet_shop="$group_rg"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
put "$vnet_shop" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.128.0.0/22"
      ]
    }
  }
}'

nsg_shop_nodes="$group_rg"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-nodes'
put "$nsg_shop_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToNodes",
        "properties": {
          "access": "Allow",
          "description": "Nodes talk to each other.",
          "destinationAddressPrefix": "10.128.0.0/24",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.128.0.0/24",
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
          "sourceAddressPrefix": "10.128.0.0/24",
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
          "destinationAddressPrefix": "10.128.0.0/24",
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
          "destinationAddressPrefix": "10.128.0.0/24",
          "destinationPortRange": "*",
          "direction": "Outbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.128.0.0/24",
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
          "sourceAddressPrefix": "10.128.0.0/24",
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
          "destinationAddressPrefix": "10.128.0.0/24",
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

# 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
# 10.128.0.0/24 has 251 usable, 240 to spare.
snet_shop_nodes="$vnet_shop"'/subnets/snet-shop-nodes'
put "$snet_shop_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.128.0.0/24",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_shop_nodes"'"
    }
  }
}'

id_shop="$group_rg"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop'
send "$id_shop" 2023-01-31 '{
  "location": "'"$location"'"
}'

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
role9c78c112_b1dc5df2_b9b3070de2703e3e="$snet_shop_nodes"'/providers/Microsoft.Authorization/roleAssignments/9c78c112-b1dc-5df2-b9b3-070de2703e3e'
id_shop_principal_id="$(az resource show --ids "$id_shop" --api-version 2023-01-31 --query properties.principalId --output tsv)"
send "$role9c78c112_b1dc5df2_b9b3070de2703e3e" 2022-04-01 '{
  "properties": {
    "principalId": "'"$id_shop_principal_id"'",
    "principalType": "ServicePrincipal",
    "roleDefinitionId": "/subscriptions/'"$subscription"'/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
  }
}'

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
