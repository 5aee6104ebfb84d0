// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-hub')
  name: 'vnet-hub'
}

resource vnetSearch 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-search'
}

resource peerVnetSearchToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetSearch
  name: 'vnet-search-to-vnet-hub'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetHub.id
    }
    useRemoteGateways: false
  }
}
