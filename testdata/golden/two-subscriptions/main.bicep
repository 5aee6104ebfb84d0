// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = resourceGroup().location

resource vnetB 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  name: 'vnet-b'
}

resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetB
  name: 'snet-search-nodes'
}

// 65536 addresses, 64 of them in subnets; address space set in the spec.
resource vnetA 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-a'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
  }
}

resource nsgShopNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-nodes'
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
          sourceAddressPrefix: '10.0.64.0/26'
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
          destinationAddressPrefix: '10.0.64.0/26'
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

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.0.64.0/26 has 59 usable, 55 to spare.
resource snetShopNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-shop-nodes'
  properties: {
    addressPrefix: '10.0.64.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgShopNodes.id
    }
  }
}

resource peerVnetAToVnetB 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetA
  name: 'vnet-a-to-vnet-b'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetB.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetShopNodes
    moduleNetworkGroup
  ]
}

module moduleNetworkGroup 'modules/network-group.bicep' = {
  name: 'network-group'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  params: {
    location: location
  }
}

module moduleNetworkGroup2 'modules/network-group-2.bicep' = {
  name: 'network-group-2'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  params: {
    networkSubscriptionId: subscription().subscriptionId
    networkResourceGroup: resourceGroup().name
  }
  dependsOn: [
    vnetA
    snetShopNodes
    moduleNetworkGroup
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '10.244.0.0/16'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
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
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'search'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '10.244.0.0/16'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
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
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
