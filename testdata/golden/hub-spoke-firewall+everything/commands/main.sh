#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
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
group_rg_shop='/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop'

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

vnet_hub="$group_rg_hub"'/providers/Microsoft.Network/virtualNetworks/vnet-hub'

# 4096 addresses, 512 of them in subnets; address space set in the spec.
vnet_shop="$group_rg_shop_net"'/providers/Microsoft.Network/virtualNetworks/vnet-shop'
if there "$vnet_shop" 2025-03-01; then
  az network vnet update \
    --ids "$vnet_shop" \
    --address-prefixes 10.40.0.0/20 \
    --dns-servers 10.32.0.10 10.32.0.11 \
    --ddos-protection true \
    --ddos-protection-plan /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos \
    --enable-encryption true \
    --encryption-enforcement-policy AllowUnencrypted \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network vnet create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name vnet-shop \
    --location "$location" \
    --address-prefixes 10.40.0.0/20 \
    --dns-servers 10.32.0.10 10.32.0.11 \
    --ddos-protection true \
    --ddos-protection-plan /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos \
    --enable-encryption true \
    --encryption-enforcement-policy AllowUnencrypted \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi

# 59 usable addresses.
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name AzureBastionSubnet \
  --address-prefixes 10.40.0.0/26 \
  --output none

# 40 others + 5 reserved by Azure = 45 addresses;
# 10.40.0.64/26 has 59 usable, 19 to spare.
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-pe \
  --address-prefixes 10.40.0.64/26 \
  --default-outbound-access false \
  --private-endpoint-network-policies Enabled \
  --service-endpoints Microsoft.Storage \
  --output none

nsg_shop_prod_nodes="$group_rg_shop_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-shop-prod-nodes'
if there "$nsg_shop_prod_nodes" 2025-03-01; then
  az network nsg update \
    --ids "$nsg_shop_prod_nodes" \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network nsg create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name nsg-shop-prod-nodes \
    --location "$location" \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToNodes \
  --description 'Nodes talk to each other.' \
  --direction Inbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToPods \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Inbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToPods \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Inbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToNodes \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Inbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowLoadBalancerProbes \
  --description 'Health probes of Services.' \
  --direction Inbound \
  --access Allow \
  --priority 140 \
  --protocol '*' \
  --source-address-prefixes AzureLoadBalancer \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowInternetToServices \
  --description 'Clients of public Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 150 \
  --protocol Tcp \
  --source-address-prefixes Internet \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNetworkToServices \
  --description 'Clients of internal Services; add your own ports.' \
  --direction Inbound \
  --access Allow \
  --priority 160 \
  --protocol Tcp \
  --source-address-prefixes VirtualNetwork \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges 80 443 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name DenyAllInbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Inbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToNodesOut \
  --description 'Nodes talk to each other.' \
  --direction Outbound \
  --access Allow \
  --priority 100 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowNodesToPodsOut \
  --description 'The group sees the pods'\'' own addresses.' \
  --direction Outbound \
  --access Allow \
  --priority 110 \
  --protocol '*' \
  --source-address-prefixes 10.40.15.128/25 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToPodsOut \
  --description 'Pods talk to each other, and to cluster DNS.' \
  --direction Outbound \
  --access Allow \
  --priority 120 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.244.0.0/16 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowPodsToNodesOut \
  --description 'Pods reach nodes and pods on the node'\''s own network.' \
  --direction Outbound \
  --access Allow \
  --priority 130 \
  --protocol '*' \
  --source-address-prefixes 10.244.0.0/16 \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.40.15.128/25 \
  --destination-port-ranges '*' \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowHTTPSToInternetOut \
  --description 'Registry, API server and Azure are known by name: a firewall filters them.' \
  --direction Outbound \
  --access Allow \
  --priority 140 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowHTTPSToNetworkOut \
  --description 'Private endpoints and the private API server.' \
  --direction Outbound \
  --access Allow \
  --priority 150 \
  --protocol Tcp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes VirtualNetwork \
  --destination-port-ranges 443 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowTimeOut \
  --description 'Time servers.' \
  --direction Outbound \
  --access Allow \
  --priority 160 \
  --protocol Udp \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes Internet \
  --destination-port-ranges 123 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name AllowDNSOut \
  --description 'DNS servers of the network.' \
  --direction Outbound \
  --access Allow \
  --priority 170 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes 10.32.0.10 10.32.0.11 \
  --destination-port-ranges 53 \
  --output none
az network nsg rule create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --nsg-name nsg-shop-prod-nodes \
  --name DenyAllOutbound \
  --description 'Lockdown: what no rule above allows is denied.' \
  --direction Outbound \
  --access Deny \
  --priority 4096 \
  --protocol '*' \
  --source-address-prefixes '*' \
  --source-port-ranges '*' \
  --destination-address-prefixes '*' \
  --destination-port-ranges '*' \
  --output none

rt_shop_prod="$group_rg_shop_net"'/providers/Microsoft.Network/routeTables/rt-shop-prod'
if there "$rt_shop_prod" 2025-03-01; then
  az network route-table update \
    --ids "$rt_shop_prod" \
    --disable-bgp-route-propagation false \
    --set tags.'cost-center=4711' \
    --set tags.'owner=platform' \
    --output none
else
  az network route-table create \
    --subscription '11111111-2222-3333-4444-555555555555' \
    --resource-group 'rg-shop-net' \
    --name rt-shop-prod \
    --location "$location" \
    --disable-bgp-route-propagation false \
    --tags 'cost-center=4711' 'owner=platform' \
    --output none
fi
az network route-table route create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --route-table-name rt-shop-prod \
  --name default \
  --address-prefix 0.0.0.0/0 \
  --next-hop-type VirtualAppliance \
  --next-hop-ip-address 10.32.0.4 \
  --output none
az network route-table route create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --route-table-name rt-shop-prod \
  --name firewall-public-1 \
  --address-prefix 20.50.1.1/32 \
  --next-hop-type Internet \
  --output none

# 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
# 10.40.15.128/25 has 123 usable, 43 to spare.
snet_shop_prod_nodes="$vnet_shop"'/subnets/snet-shop-prod-nodes'
az network vnet subnet create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name snet-shop-prod-nodes \
  --address-prefixes 10.40.15.128/25 \
  --default-outbound-access false \
  --network-security-group "$nsg_shop_prod_nodes" \
  --route-table "$rt_shop_prod" \
  --output none

az network vnet peering create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-hub' \
  --vnet-name vnet-hub \
  --name vnet-hub-to-vnet-shop \
  --remote-vnet "$vnet_shop" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

# The other network already exists; the reverse peering is added to it.
az network vnet peering create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop-net' \
  --vnet-name vnet-shop \
  --name vnet-shop-to-vnet-hub \
  --remote-vnet "$vnet_hub" \
  --allow-vnet-access true \
  --allow-forwarded-traffic true \
  --allow-gateway-transit false \
  --use-remote-gateways false \
  --output none

id_shop_prod="$group_rg_shop"'/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop-prod'
az identity create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --name id-shop-prod \
  --location "$location" \
  --tags 'cost-center=4711' 'owner=platform' \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
id_shop_prod_principal_id="$(az resource show --ids "$id_shop_prod" --api-version 2023-01-31 --query properties.principalId --output tsv)"
az role assignment create \
  --name 56e4ac60-aa01-53a3-a98c-fbd178f1c08e \
  --scope "$snet_shop_prod_nodes" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_shop_prod_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

# Network Contributor: the cluster joins its machines to the network and maintains its routes.
az role assignment create \
  --name 7d37cbb4-a679-5351-ba0a-cbfa66d9b3c7 \
  --scope "$rt_shop_prod" \
  --role 4d97b98b-1d4f-4787-a291-c67834d212e7 \
  --assignee-object-id "$id_shop_prod_principal_id" \
  --assignee-principal-type ServicePrincipal \
  --output none

aks_shop_prod="$group_rg_shop"'/providers/Microsoft.ContainerService/managedClusters/shop-prod'
there "$aks_shop_prod" 2025-10-01 || az aks create \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --name 'shop-prod' \
  --location "$location" \
  --dns-name-prefix 'shop-prod' \
  --node-resource-group 'MC_rg-shop_shop-prod_westeurope' \
  --network-plugin 'azure' \
  --network-plugin-mode 'overlay' \
  --network-dataplane 'cilium' \
  --network-policy 'cilium' \
  --pod-cidr '10.244.0.0/16' \
  --service-cidr '172.20.0.0/16' \
  --dns-service-ip '172.20.0.10' \
  --outbound-type 'userDefinedRouting' \
  --load-balancer-sku 'standard' \
  --enable-private-cluster \
  --assign-identity "$id_shop_prod" \
  --nodepool-name 'system' \
  --node-count 3 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_prod_nodes" \
  --no-ssh-key \
  --tags 'cost-center=4711' 'owner=platform'
[ "$(az aks nodepool show \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'system' \
  --query upgradeSettings.maxSurge \
  --output tsv)" = '33%' ] || az aks nodepool update \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'system' \
  --max-surge '33%'
there "$aks_shop_prod"'/agentPools/apps' 2025-10-01 || az aks nodepool add \
  --subscription '11111111-2222-3333-4444-555555555555' \
  --resource-group 'rg-shop' \
  --cluster-name 'shop-prod' \
  --name 'apps' \
  --mode 'User' \
  --os-type 'Linux' \
  --node-count 3 \
  --enable-cluster-autoscaler \
  --min-count 3 \
  --max-count 40 \
  --max-pods 250 \
  --vnet-subnet-id "$snet_shop_prod_nodes" \
  --max-surge '33%'

# Allows what clusters behind userDefinedRouting must reach. Attach it to the firewall that is the next hop of their default route.
afwp_aks_egress="$group_rg_shop_net"'/providers/Microsoft.Network/firewallPolicies/afwp-aks-egress'
put "$afwp_aks_egress" 2025-03-01 '{
  "location": "'"$location"'",
  "tags": {
    "cost-center": "4711",
    "owner": "platform"
  },
  "properties": {
    "dnsSettings": {
      "enableProxy": true,
      "servers": [
        "10.32.0.10",
        "10.32.0.11"
      ]
    },
    "sku": {
      "tier": "Standard"
    }
  }
}'

rules_aks_egress="$afwp_aks_egress"'/ruleCollectionGroups/aks-egress'
put "$rules_aks_egress" 2025-03-01 '{
  "properties": {
    "priority": 200,
    "ruleCollections": [
      {
        "action": {
          "type": "Allow"
        },
        "name": "aks-network",
        "priority": 200,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "description": "time, for nodes that were made before 2021-03",
            "destinationFqdns": [
              "ntp.ubuntu.com"
            ],
            "destinationPorts": [
              "123"
            ],
            "ipProtocols": [
              "UDP"
            ],
            "name": "ntp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "DNS servers of your own",
            "destinationAddresses": [
              "10.32.0.10",
              "10.32.0.11"
            ],
            "destinationPorts": [
              "53"
            ],
            "ipProtocols": [
              "UDP"
            ],
            "name": "dns-udp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "DNS servers of your own: for long answers, and for LocalDNS, which forwards over TCP",
            "destinationAddresses": [
              "10.32.0.10",
              "10.32.0.11"
            ],
            "destinationPorts": [
              "53"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "dns-tcp",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          }
        ]
      },
      {
        "action": {
          "type": "Allow"
        },
        "name": "aks-names",
        "priority": 300,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "description": "The AKS requirements that Azure Firewall maintains itself.",
            "fqdnTags": [
              "AzureKubernetesService"
            ],
            "name": "aks-tag",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ]
          },
          {
            "description": "images from the Microsoft registry",
            "name": "images-from-the-microsoft-registry-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "mcr.microsoft.com",
              "*.data.mcr.microsoft.com",
              "mcr-0001.mcr-msedge.net"
            ]
          },
          {
            "description": "Azure API",
            "name": "azure-api-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "description": "sign-in",
            "name": "sign-in-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "description": "packages",
            "name": "packages-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "description": "Kubernetes and CNI binaries",
            "name": "kubernetes-and-cni-binaries-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "acs-mirror.azureedge.net",
              "packages.aks.azure.com"
            ]
          },
          {
            "description": "security updates",
            "name": "security-updates-80",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "description": "security updates",
            "name": "security-updates-443",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.15.128/25"
            ],
            "targetFqdns": [
              "snapshot.ubuntu.com"
            ]
          }
        ]
      }
    ]
  }
}'
