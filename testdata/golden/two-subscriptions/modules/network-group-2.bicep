// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Subscription of the main deployment.')
param networkSubscriptionId string

@description('Resource group of the main deployment.')
param networkResourceGroup string

resource vnetA 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup(networkSubscriptionId, networkResourceGroup)
  name: 'vnet-a'
}

resource vnetB 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-b'
}

resource peerVnetBToVnetA 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetB
  name: 'vnet-b-to-vnet-a'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetA.id
    }
    useRemoteGateways: false
  }
}
