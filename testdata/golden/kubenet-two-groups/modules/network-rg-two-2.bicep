// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Subscription of the main deployment.')
param networkSubscriptionId string

resource vnetOne 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup(networkSubscriptionId, 'rg-one')
  name: 'vnet-one'
}

resource vnetTwo 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-two'
}

resource peerVnetTwoToVnetOne 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetTwo
  name: 'vnet-two-to-vnet-one'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetOne.id
    }
    useRemoteGateways: false
  }
}
