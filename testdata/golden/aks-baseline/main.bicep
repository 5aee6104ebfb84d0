// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'eastus2'

// 256 addresses, 160 of them in subnets; address space set in the spec.
resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-hub'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.200.0.0/24'
      ]
    }
  }
}

// 59 usable addresses.
resource snetAzureFirewallSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'AzureFirewallSubnet'
  properties: {
    addressPrefix: '10.200.0.0/26'
  }
}

// 27 usable addresses.
resource snetGatewaySubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'GatewaySubnet'
  properties: {
    addressPrefix: '10.200.0.64/27'
  }
  dependsOn: [
    snetAzureFirewallSubnet
  ]
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetHub
  name: 'AzureBastionSubnet'
  properties: {
    addressPrefix: '10.200.0.128/26'
  }
  dependsOn: [
    snetGatewaySubnet
  ]
}

// 65536 addresses, 1312 of them in subnets; address space set in the spec.
resource vnetSpoke 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-spoke'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.240.0.0/16'
      ]
    }
  }
}

resource nsgClusternodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-clusternodes'
  location: location
  properties: {}
}

// 15 nodes + 15 for surge nodes + 900 pods + 5 reserved by Azure = 935 addresses;
// 10.240.0.0/22 has 1019 usable, 89 to spare.
resource snetClusternodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSpoke
  name: 'snet-clusternodes'
  properties: {
    addressPrefix: '10.240.0.0/22'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgClusternodes.id
    }
  }
}

// 5 internal load balancers + 5 reserved by Azure = 10 addresses;
// 10.240.4.0/28 has 11 usable, 6 to spare.
resource snetClusteringressservices 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSpoke
  name: 'snet-clusteringressservices'
  properties: {
    addressPrefix: '10.240.4.0/28'
    defaultOutboundAccess: false
  }
  dependsOn: [
    snetClusternodes
  ]
}

// 11 usable addresses.
resource snetPrivatelinkendpoints 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSpoke
  name: 'snet-privatelinkendpoints'
  properties: {
    addressPrefix: '10.240.4.32/28'
    defaultOutboundAccess: false
  }
  dependsOn: [
    snetClusteringressservices
  ]
}

// 251 others + 5 reserved by Azure = 256 addresses;
// 10.240.5.0/24 has 251 usable, 0 to spare.
resource snetApplicationgateway 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSpoke
  name: 'snet-applicationgateway'
  properties: {
    addressPrefix: '10.240.5.0/24'
    defaultOutboundAccess: false
  }
  dependsOn: [
    snetPrivatelinkendpoints
  ]
}

resource peerVnetHubToVnetSpoke 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-spoke'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetSpoke.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetAzureBastionSubnet
    snetApplicationgateway
  ]
}

resource peerVnetSpokeToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetSpoke
  name: 'vnet-spoke-to-vnet-hub'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetHub.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetAzureBastionSubnet
    snetApplicationgateway
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'aks-baseline'
    resourceGroup: 'rg-enterprise-networking'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
      serviceCidr: '172.16.0.0/16'
      dnsServiceIP: '172.16.0.10'
      outboundType: 'loadBalancer'
      loadBalancerSku: 'standard'
    }
    agentPoolProfiles: [
      {
        name: 'npsystem'
        mode: 'System'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        maxPods: 30
        vnetSubnetID: snetClusternodes.id
        upgradeSettings: {
          maxSurge: '100%'
        }
      }
      {
        name: 'npuser01'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 30
        vnetSubnetID: snetClusternodes.id
        upgradeSettings: {
          maxSurge: '100%'
        }
      }
    ]
  }
]
