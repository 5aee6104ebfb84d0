// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-hub'
}

// 4096 addresses, 256 of them in subnets; address space set in the spec.
resource vnetBank 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-bank'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.40.0.0/20'
      ]
    }
  }
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetBank
  name: 'AzureBastionSubnet'
  properties: {
    addressPrefix: '10.40.0.0/26'
  }
}

// 40 others + 5 reserved by Azure = 45 addresses;
// 10.40.0.64/26 has 59 usable, 19 to spare.
resource snetPe 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetBank
  name: 'snet-pe'
  properties: {
    addressPrefix: '10.40.0.64/26'
    defaultOutboundAccess: false
  }
  dependsOn: [
    snetAzureBastionSubnet
  ]
}

resource nsgNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.64.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.40.15.128/25'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.64.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.40.15.128/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

resource rtBankProd 'Microsoft.Network/routeTables@2025-03-01' = {
  name: 'rt-bank-prod'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopIpAddress: '10.32.0.4'
          nextHopType: 'VirtualAppliance'
        }
      }
      {
        name: 'firewall-public-1'
        properties: {
          addressPrefix: '20.50.1.1/32'
          nextHopType: 'Internet'
        }
      }
      {
        name: 'firewall-public-2'
        properties: {
          addressPrefix: '20.50.1.2/32'
          nextHopType: 'Internet'
        }
      }
    ]
  }
}

// 69 nodes + 21 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 102 addresses;
// 10.40.15.128/25 has 123 usable, 26 to spare.
resource snetNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetBank
  name: 'snet-nodes'
  properties: {
    addressPrefix: '10.40.15.128/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgNodes.id
    }
    routeTable: {
      id: rtBankProd.id
    }
  }
  dependsOn: [
    snetPe
  ]
}

resource peerVnetHubToVnetBank 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-bank'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetBank.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetNodes
  ]
}

// The other network already exists; the reverse peering is added to it.
resource peerVnetBankToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetBank
  name: 'vnet-bank-to-vnet-hub'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetHub.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'bank-prod'
    resourceGroup: 'rg-bank'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.64.0.0/16'
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
        vnetSubnetID: snetNodes.id
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
        maxCount: 40
        maxPods: 110
        vnetSubnetID: snetNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'batch'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 0
        enableAutoScaling: true
        minCount: 0
        maxCount: 12
        maxPods: 60
        vnetSubnetID: snetNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
    }
  }
]
