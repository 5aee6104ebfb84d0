// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

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

resource snetPaymentsNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetPayments
  name: 'snet-payments-nodes'
}

resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetSearch
  name: 'snet-search-nodes'
}

// 1024 addresses, 224 of them in subnets; address space set in the spec.
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

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'payments'
    resourceGroup: 'rg-payments-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.64.0.0/18'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
      outboundType: 'userDefinedRouting'
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
        vnetSubnetID: snetPaymentsNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        enableAutoScaling: true
        minCount: 3
        maxCount: 25
        maxPods: 110
        vnetSubnetID: snetPaymentsNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
    }
  }
  {
    name: 'search'
    resourceGroup: 'rg-search-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '100.65.0.0/16'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
      outboundType: 'userDefinedRouting'
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
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'index'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 60
        maxPods: 110
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
