// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-hub'
}

resource vnetShop 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-shop-net')
  name: 'vnet-shop'
}

resource peerVnetHubToVnetShop 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-shop'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetShop.id
    }
    useRemoteGateways: false
  }
}
