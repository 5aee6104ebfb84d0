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
group_rg_fleet_net='/subscriptions/'"$subscription"'/resourceGroups/rg-fleet-net'

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

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_auth="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-auth'
put "$vnet_auth" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.0.0/24"
      ]
    }
  }
}'

nsg_auth_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-auth-nodes'
put "$nsg_auth_nodes" 2025-03-01 '{
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
          "sourceAddressPrefix": "10.120.0.0/26",
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
          "destinationAddressPrefix": "10.120.0.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.64.0.0/18",
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

# 11 nodes + 4 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 22 addresses;
# 10.120.0.0/26 has 59 usable, 42 to spare.
snet_auth_nodes="$vnet_auth"'/subnets/snet-auth-nodes'
put "$snet_auth_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.0.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_auth_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_cart="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-cart'
put "$vnet_cart" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.4.0/24"
      ]
    }
  }
}'

nsg_cart_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-cart-nodes'
put "$nsg_cart_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.65.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.4.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.65.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.65.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.4.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.65.0.0/18",
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

# 15 nodes + 5 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 28 addresses;
# 10.120.4.0/26 has 59 usable, 36 to spare.
snet_cart_nodes="$vnet_cart"'/subnets/snet-cart-nodes'
put "$snet_cart_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.4.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_cart_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_catalog="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-catalog'
put "$vnet_catalog" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.8.0/24"
      ]
    }
  }
}'

nsg_catalog_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-catalog-nodes'
put "$nsg_catalog_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.66.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.8.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.66.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.66.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.8.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.66.0.0/18",
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

# 23 nodes + 8 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 40 addresses;
# 10.120.8.0/26 has 59 usable, 24 to spare.
snet_catalog_nodes="$vnet_catalog"'/subnets/snet-catalog-nodes'
put "$snet_catalog_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.8.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_catalog_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_chat="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-chat'
put "$vnet_chat" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.12.0/24"
      ]
    }
  }
}'

nsg_chat_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-chat-nodes'
put "$nsg_chat_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.67.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.12.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.67.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.67.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.12.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.67.0.0/18",
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

# 9 nodes + 3 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 19 addresses;
# 10.120.12.0/26 has 59 usable, 45 to spare.
snet_chat_nodes="$vnet_chat"'/subnets/snet-chat-nodes'
put "$snet_chat_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.12.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_chat_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_fraud="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-fraud'
put "$vnet_fraud" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.16.0/24"
      ]
    }
  }
}'

nsg_fraud_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-fraud-nodes'
put "$nsg_fraud_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.68.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.16.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.68.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.68.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.16.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.68.0.0/18",
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

# 33 nodes + 11 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 52 addresses;
# 10.120.16.0/26 has 59 usable, 12 to spare.
snet_fraud_nodes="$vnet_fraud"'/subnets/snet-fraud-nodes'
put "$snet_fraud_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.16.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_fraud_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_ledger="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-ledger'
put "$vnet_ledger" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.20.0/24"
      ]
    }
  }
}'

nsg_ledger_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-ledger-nodes'
put "$nsg_ledger_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.69.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.20.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.69.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.69.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.20.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.69.0.0/18",
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

# 19 nodes + 7 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 35 addresses;
# 10.120.20.0/26 has 59 usable, 29 to spare.
snet_ledger_nodes="$vnet_ledger"'/subnets/snet-ledger-nodes'
put "$snet_ledger_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.20.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_ledger_nodes"'"
    }
  }
}'

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_media="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-media'
put "$vnet_media" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.24.0/24"
      ]
    }
  }
}'

nsg_media_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-media-nodes'
put "$nsg_media_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.70.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.24.0/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.70.0.0/16",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.70.0.0/16",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.24.0/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.70.0.0/16",
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

# 53 nodes + 18 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 78 addresses;
# 10.120.24.0/25 has 123 usable, 50 to spare.
snet_media_nodes="$vnet_media"'/subnets/snet-media-nodes'
put "$snet_media_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.24.0/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_media_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_orders="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-orders'
put "$vnet_orders" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.28.0/24"
      ]
    }
  }
}'

nsg_orders_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-orders-nodes'
put "$nsg_orders_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.71.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.28.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.71.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.71.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.28.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.71.0.0/18",
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

# 27 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 44 addresses;
# 10.120.28.0/26 has 59 usable, 20 to spare.
snet_orders_nodes="$vnet_orders"'/subnets/snet-orders-nodes'
put "$snet_orders_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.28.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_orders_nodes"'"
    }
  }
}'

# 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
vnet_search="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-search'
put "$vnet_search" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.32.0/24"
      ]
    }
  }
}'

nsg_search_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-search-nodes'
put "$nsg_search_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.72.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.32.0/25",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.72.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.72.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.32.0/25",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.72.0.0/18",
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

# 43 nodes + 15 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 67 addresses;
# 10.120.32.0/25 has 123 usable, 61 to spare.
snet_search_nodes="$vnet_search"'/subnets/snet-search-nodes'
put "$snet_search_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.32.0/25",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_search_nodes"'"
    }
  }
}'

# 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
vnet_users="$group_rg_fleet_net"'/providers/Microsoft.Network/virtualNetworks/vnet-users'
put "$vnet_users" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "addressSpace": {
      "addressPrefixes": [
        "10.120.36.0/24"
      ]
    }
  }
}'

nsg_users_nodes="$group_rg_fleet_net"'/providers/Microsoft.Network/networkSecurityGroups/nsg-users-nodes'
put "$nsg_users_nodes" 2025-03-01 '{
  "location": "'"$location"'",
  "properties": {
    "securityRules": [
      {
        "name": "AllowNodesToPods",
        "properties": {
          "access": "Allow",
          "description": "The group sees the pods'\'' own addresses.",
          "destinationAddressPrefix": "100.73.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 100,
          "protocol": "*",
          "sourceAddressPrefix": "10.120.36.0/26",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToPods",
        "properties": {
          "access": "Allow",
          "description": "Pods talk to each other, and to cluster DNS.",
          "destinationAddressPrefix": "100.73.0.0/18",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 110,
          "protocol": "*",
          "sourceAddressPrefix": "100.73.0.0/18",
          "sourcePortRange": "*"
        }
      },
      {
        "name": "AllowPodsToNodes",
        "properties": {
          "access": "Allow",
          "description": "Pods reach nodes and pods on the node'\''s own network.",
          "destinationAddressPrefix": "10.120.36.0/26",
          "destinationPortRange": "*",
          "direction": "Inbound",
          "priority": 120,
          "protocol": "*",
          "sourceAddressPrefix": "100.73.0.0/18",
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

# 13 nodes + 5 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 25 addresses;
# 10.120.36.0/26 has 59 usable, 39 to spare.
snet_users_nodes="$vnet_users"'/subnets/snet-users-nodes'
put "$snet_users_nodes" 2025-03-01 '{
  "properties": {
    "addressPrefix": "10.120.36.0/26",
    "defaultOutboundAccess": false,
    "networkSecurityGroup": {
      "id": "'"$nsg_users_nodes"'"
    }
  }
}'
