// Written by aksnet. Every subnet is a resource of its own, so that sending this again leaves other subnets alone.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

resource vnetPayments 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-payments-net')
  name: 'vnet-payments'
}

resource vnetSearch 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-search-net')
  name: 'vnet-search'
}

// 1024 addresses, 224 of them in subnets; address space as the spec gives it.
resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-hub'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.96.0.0/22'
      ]
    }
  }
}

// 59 usable addresses.
resource snetAzureFirewallSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'AzureFirewallSubnet'
  properties: {
    addressPrefix: '10.96.0.0/26'
  }
}

// 59 usable addresses.
resource snetAzureFirewallManagementSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'AzureFirewallManagementSubnet'
  properties: {
    addressPrefix: '10.96.0.64/26'
  }
  dependsOn: [
    snetAzureFirewallSubnet
  ]
}

// 27 usable addresses.
resource snetGatewaySubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'GatewaySubnet'
  properties: {
    addressPrefix: '10.96.0.128/27'
  }
  dependsOn: [
    snetAzureFirewallManagementSubnet
  ]
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'AzureBastionSubnet'
  properties: {
    addressPrefix: '10.96.0.192/26'
  }
  dependsOn: [
    snetGatewaySubnet
  ]
}

resource peerVnetHubToVnetPayments 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-payments'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetPayments.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetAzureBastionSubnet
    moduleNetworkRgPaymentsNet
  ]
}

resource peerVnetHubToVnetSearch 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-search'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetSearch.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    peerVnetHubToVnetPayments
    moduleNetworkRgSearchNet
  ]
}

module moduleNetworkRgPaymentsNet 'modules/network-rg-payments-net.bicep' = {
  name: 'network-rg-payments-net'
  scope: resourceGroup('rg-payments-net')
  params: {
    location: location
  }
}

module moduleNetworkRgSearchNet 'modules/network-rg-search-net.bicep' = {
  name: 'network-rg-search-net'
  scope: resourceGroup('rg-search-net')
  params: {
    location: location
  }
}

module moduleNetworkRgPaymentsNet2 'modules/network-rg-payments-net-2.bicep' = {
  name: 'network-rg-payments-net-2'
  scope: resourceGroup('rg-payments-net')
  dependsOn: [
    vnetHub
    snetAzureBastionSubnet
    moduleNetworkRgPaymentsNet
  ]
}

module moduleNetworkRgSearchNet2 'modules/network-rg-search-net-2.bicep' = {
  name: 'network-rg-search-net-2'
  scope: resourceGroup('rg-search-net')
  dependsOn: [
    vnetHub
    snetAzureBastionSubnet
    moduleNetworkRgSearchNet
  ]
}
