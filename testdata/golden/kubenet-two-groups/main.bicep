// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'northeurope'

@description('Whether to deploy the route tables of kubenet clusters. Set it to false once those clusters exist: AKS keeps the routes of the nodes in these tables, and deploying a table replaces its routes.')
param createKubenetRouteTables bool = true

resource vnetTwo 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', 'rg-two')
  name: 'vnet-two'
}

resource snetK2Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetTwo
  name: 'snet-k2-nodes'
}

// 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetOne 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-one'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.160.0.0/22'
      ]
    }
  }
}

resource nsgK1Nodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-k1-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.160.1.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.160.1.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// AKS adds a route for every node to this table: it is created once and not sent again.
resource rtK1 'Microsoft.Network/routeTables@2025-03-01' = if (createKubenetRouteTables) {
  name: 'rt-k1'
  location: location
  properties: {
    disableBgpRoutePropagation: false
  }
}

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.160.1.0/26 has 59 usable, 55 to spare.
resource snetK1Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetOne
  name: 'snet-k1-nodes'
  properties: {
    addressPrefix: '10.160.1.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgK1Nodes.id
    }
    routeTable: {
      id: rtK1.id
    }
  }
}

resource peerVnetOneToVnetTwo 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetOne
  name: 'vnet-one-to-vnet-two'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetTwo.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetK1Nodes
    moduleNetworkRgTwo
  ]
}

// The other side is not in this spec: its owner must add the reverse peering before traffic flows.
resource peerVnetOneToVnetFar 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetOne
  name: 'vnet-one-to-vnet-far'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: '/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/rg-far/providers/Microsoft.Network/virtualNetworks/vnet-far'
    }
    useRemoteGateways: false
  }
  dependsOn: [
    peerVnetOneToVnetTwo
  ]
}

module moduleNetworkRgTwo 'modules/network-rg-two.bicep' = {
  name: 'network-rg-two'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', 'rg-two')
}

module moduleNetworkRgTwo2 'modules/network-rg-two-2.bicep' = {
  name: 'network-rg-two-2'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', 'rg-two')
  params: {
    networkSubscriptionId: subscription().subscriptionId
  }
  dependsOn: [
    vnetOne
    snetK1Nodes
    moduleNetworkRgTwo
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'k1'
    resourceGroup: 'rg-one'
    networkProfile: {
      networkPlugin: 'kubenet'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'loadBalancer'
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
        vnetSubnetID: snetK1Nodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'k2'
    resourceGroup: 'rg-two'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      ipFamilies: [
        'IPv4'
        'IPv6'
      ]
      podCidrs: [
        '10.244.0.0/16'
        'fd12:3456:789a::/64'
      ]
      serviceCidrs: [
        '10.0.0.0/16'
        'fd12:3456:789a:1::/108'
      ]
      dnsServiceIP: '10.0.0.10'
      outboundType: 'loadBalancer'
      loadBalancerSku: 'standard'
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        maxPods: 250
        vnetSubnetID: snetK2Nodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
