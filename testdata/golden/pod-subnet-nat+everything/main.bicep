// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = resourceGroup().location

// 4096 addresses, 2000 of them in subnets; address space sized and placed by the plan.
resource vnetA 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-a'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.160.0.0/20'
      ]
    }
  }
}

resource nsgAgw 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-agw'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowGatewayManager'
        properties: {
          access: 'Allow'
          description: 'Azure manages the gateway.'
          destinationAddressPrefix: '*'
          destinationPortRange: '65200-65535'
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefix: 'GatewayManager'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewayProbes'
        properties: {
          access: 'Allow'
          description: 'Health probes of the gateway.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowInternetToGateway'
        properties: {
          access: 'Allow'
          description: 'Clients of the gateway.'
          destinationAddressPrefix: '*'
          destinationPortRanges: [
            '80'
            '443'
          ]
          direction: 'Inbound'
          priority: 120
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
        }
      }
      {
        name: 'allow-gateway-manager'
        properties: {
          access: 'Allow'
          destinationAddressPrefix: '*'
          destinationPortRange: '65200-65535'
          direction: 'Inbound'
          priority: 4096
          protocol: 'Tcp'
          sourceAddressPrefix: 'GatewayManager'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 251 usable addresses.
resource snetAgw 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-agw'
  properties: {
    addressPrefix: '10.160.0.0/24'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgAgw.id
    }
  }
}

resource nsgApps 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-apps'
  location: location
  properties: {
    securityRules: [
      {
        name: 'allow-web'
        properties: {
          access: 'Allow'
          description: 'web\'s "own" [ports]'
          destinationAddressPrefix: '*'
          destinationPortRanges: [
            '80'
            '443'
          ]
          direction: 'Inbound'
          priority: 200
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'deny-ssh'
        properties: {
          access: 'Deny'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
          direction: 'Inbound'
          priority: 300
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

resource rtApps 'Microsoft.Network/routeTables@2025-03-01' = {
  name: 'rt-apps'
  location: location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'to-dc'
        properties: {
          addressPrefix: '192.168.0.0/16'
          nextHopType: 'VirtualNetworkGateway'
        }
      }
      {
        name: 'via-nva'
        properties: {
          addressPrefix: '10.99.0.0/16'
          nextHopIpAddress: '10.0.0.4'
          nextHopType: 'VirtualAppliance'
        }
      }
    ]
  }
}

resource ippreNgApps 'Microsoft.Network/publicIPPrefixes@2025-03-01' = {
  name: 'ippre-ng-apps'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  zones: [
    '1'
  ]
  properties: {
    prefixLength: 30
    publicIPAddressVersion: 'IPv4'
  }
}

// 4 public addresses give 258048 SNAT ports.
resource ngApps 'Microsoft.Network/natGateways@2025-03-01' = {
  name: 'ng-apps'
  location: location
  sku: {
    name: 'Standard'
  }
  zones: [
    '1'
  ]
  properties: {
    idleTimeoutInMinutes: 10
    publicIpPrefixes: [
      {
        id: ippreNgApps.id
      }
    ]
  }
}

// 100 others + 5 reserved by Azure = 105 addresses;
// 10.160.1.0/25 has 123 usable, 23 to spare.
resource snetApps 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-apps'
  properties: {
    addressPrefix: '10.160.1.0/25'
    defaultOutboundAccess: true
    natGateway: {
      id: ngApps.id
    }
    networkSecurityGroup: {
      id: nsgApps.id
    }
    routeTable: {
      id: rtApps.id
    }
  }
  dependsOn: [
    snetAgw
  ]
}

resource nsgPodsApiserver 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-pods-apiserver'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Pods reach the API server with their own addresses.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Inbound'
          priority: 110
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowProbesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Health probes of the API server.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRange: '9988'
          direction: 'Inbound'
          priority: 120
          protocol: 'Tcp'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllInbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToNodesOut'
        properties: {
          access: 'Allow'
          description: 'The API server reaches nodes without a tunnel.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToPodsOut'
        properties: {
          access: 'Allow'
          description: 'The API server reaches webhooks in pods.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllOutbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 9 others + 5 reserved by Azure = 14 addresses;
// 10.160.7.176/28 has 11 usable, 2 to spare.
resource snetPodsApiserver 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-pods-apiserver'
  properties: {
    addressPrefix: '10.160.7.176/28'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgPodsApiserver.id
    }
  }
  dependsOn: [
    snetApps
  ]
}

resource nsgPodsNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-pods-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToNodes'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToNodes'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches what it serves.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToPods'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches the pods it serves.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToNodes'
        properties: {
          access: 'Allow'
          description: 'The API server reaches nodes without a tunnel.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 160
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToPods'
        properties: {
          access: 'Allow'
          description: 'The API server reaches webhooks in pods.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 170
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowLoadBalancerProbes'
        properties: {
          access: 'Allow'
          description: 'Health probes of Services.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 180
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllInbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsOut'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsOut'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 140
          protocol: 'Tcp'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach the API server with their own addresses.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 150
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToInternetOut'
        properties: {
          access: 'Allow'
          description: 'Registry, API server and Azure are known by name: a firewall filters them.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 160
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToNetworkOut'
        properties: {
          access: 'Allow'
          description: 'Private endpoints and the private API server.'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 170
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTimeOut'
        properties: {
          access: 'Allow'
          description: 'Time servers.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '123'
          direction: 'Outbound'
          priority: 180
          protocol: 'Udp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllOutbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

resource pipNgPods1 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-pods-1'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

resource pipNgPods2 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-pods-2'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

// 2 public addresses give 129024 SNAT ports.
resource ngPods 'Microsoft.Network/natGateways@2025-03-01' = {
  name: 'ng-pods'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [
      {
        id: pipNgPods1.id
      }
      {
        id: pipNgPods2.id
      }
    ]
  }
}

// 5 nodes + 2 for surge nodes + 5 reserved by Azure = 12 addresses;
// 10.160.7.192/26 has 59 usable, 52 to spare.
resource snetPodsNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-pods-nodes'
  properties: {
    addressPrefix: '10.160.7.192/26'
    defaultOutboundAccess: false
    natGateway: {
      id: ngPods.id
    }
    networkSecurityGroup: {
      id: nsgPodsNodes.id
    }
  }
  dependsOn: [
    snetPodsApiserver
  ]
}

resource nsgPodsPods 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-pods-pods'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToNodes'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToNodes'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches what it serves.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToPods'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches the pods it serves.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToNodes'
        properties: {
          access: 'Allow'
          description: 'The API server reaches nodes without a tunnel.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 160
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToPods'
        properties: {
          access: 'Allow'
          description: 'The API server reaches webhooks in pods.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 170
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowLoadBalancerProbes'
        properties: {
          access: 'Allow'
          description: 'Health probes of Services.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 180
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllInbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsOut'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsOut'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 140
          protocol: 'Tcp'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach the API server with their own addresses.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 150
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToInternetOut'
        properties: {
          access: 'Allow'
          description: 'Registry, API server and Azure are known by name: a firewall filters them.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 160
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToNetworkOut'
        properties: {
          access: 'Allow'
          description: 'Private endpoints and the private API server.'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 170
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTimeOut'
        properties: {
          access: 'Allow'
          description: 'Time servers.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '123'
          direction: 'Outbound'
          priority: 180
          protocol: 'Udp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllOutbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 512 pods + 5 reserved by Azure = 517 addresses;
// 10.160.12.0/22 has 1019 usable, 507 to spare.
resource snetPodsPods 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-pods-pods'
  properties: {
    addressPrefix: '10.160.12.0/22'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    natGateway: {
      id: ngPods.id
    }
    networkSecurityGroup: {
      id: nsgPodsPods.id
    }
  }
  dependsOn: [
    snetPodsNodes
  ]
}

resource nsgWinPods 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-win-pods'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToNodes'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToNodes'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches what it serves.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowGatewaysToPods'
        properties: {
          access: 'Allow'
          description: 'The application gateway reaches the pods it serves.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: '10.160.0.0/24'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToNodes'
        properties: {
          access: 'Allow'
          description: 'The API server reaches nodes without a tunnel.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 160
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowAPIServerToPods'
        properties: {
          access: 'Allow'
          description: 'The API server reaches webhooks in pods.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 170
          protocol: '*'
          sourceAddressPrefix: '10.160.7.176/28'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowLoadBalancerProbes'
        properties: {
          access: 'Allow'
          description: 'Health probes of Services.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 180
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllInbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsOut'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsOut'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.7.192/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 140
          protocol: 'Tcp'
          sourceAddressPrefix: '10.160.7.192/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToAPIServerOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach the API server with their own addresses.'
          destinationAddressPrefix: '10.160.7.176/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Outbound'
          priority: 150
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.160.12.0/22'
            '10.160.4.0/23'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToInternetOut'
        properties: {
          access: 'Allow'
          description: 'Registry, API server and Azure are known by name: a firewall filters them.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 160
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToNetworkOut'
        properties: {
          access: 'Allow'
          description: 'Private endpoints and the private API server.'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 170
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTimeOut'
        properties: {
          access: 'Allow'
          description: 'Time servers.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '123'
          direction: 'Outbound'
          priority: 180
          protocol: 'Udp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllOutbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 384 pods + 5 reserved by Azure = 389 addresses;
// 10.160.4.0/23 has 507 usable, 123 to spare.
resource snetWinPods 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-win-pods'
  properties: {
    addressPrefix: '10.160.4.0/23'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    natGateway: {
      id: ngPods.id
    }
    networkSecurityGroup: {
      id: nsgWinPods.id
    }
  }
  dependsOn: [
    snetPodsPods
  ]
}

resource idPods 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-pods'
  location: location
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource roleE231b5152f9d51789159E8303d24bfd6 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetPodsNodes
  name: 'e231b515-2f9d-5178-9159-e8303d24bfd6'
  properties: {
    principalId: idPods.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource roleD13e91d23ee35c16Adfd2f486b6f2a93 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetPodsPods
  name: 'd13e91d2-3ee3-5c16-adfd-2f486b6f2a93'
  properties: {
    principalId: idPods.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource role10f3dec3B6745b9cAc99A544cb286820 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetWinPods
  name: '10f3dec3-b674-5b9c-ac99-a544cb286820'
  properties: {
    principalId: idPods.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource role7c913b1a839e5edbA7c0F51acae0fbad 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetPodsApiserver
  name: '7c913b1a-839e-5edb-a7c0-f51acae0fbad'
  properties: {
    principalId: idPods.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

resource aksPods 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'pods'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${idPods.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'pods'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'userAssignedNATGateway'
      loadBalancerSku: 'standard'
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        maxPods: 110
        vnetSubnetID: snetPodsNodes.id
        podSubnetID: snetPodsPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'win'
        mode: 'User'
        osType: 'Windows'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 110
        vnetSubnetID: snetPodsNodes.id
        podSubnetID: snetWinPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: snetPodsApiserver.id
    }
  }
  dependsOn: [
    roleE231b5152f9d51789159E8303d24bfd6
    roleD13e91d23ee35c16Adfd2f486b6f2a93
    role10f3dec3B6745b9cAc99A544cb286820
    role7c913b1a839e5edbA7c0F51acae0fbad
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'pods'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'userAssignedNATGateway'
      loadBalancerSku: 'standard'
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        maxPods: 110
        vnetSubnetID: snetPodsNodes.id
        podSubnetID: snetPodsPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'win'
        mode: 'User'
        osType: 'Windows'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 110
        vnetSubnetID: snetPodsNodes.id
        podSubnetID: snetWinPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: snetPodsApiserver.id
    }
  }
]
