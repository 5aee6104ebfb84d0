// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 8192 addresses, 1600 of them in subnets; address space set in the spec.
resource vnetPlatform 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-platform'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.48.0.0/19'
      ]
    }
  }
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'AzureBastionSubnet'
  properties: {
    addressPrefix: '10.48.0.0/26'
  }
}

// 40 others + 5 reserved by Azure = 45 addresses;
// 10.48.0.64/26 has 59 usable, 19 to spare.
resource snetPe 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'snet-pe'
  properties: {
    addressPrefix: '10.48.0.64/26'
    defaultOutboundAccess: false
  }
  dependsOn: [
    snetAzureBastionSubnet
  ]
}

// 251 usable addresses.
resource snetAgc 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'snet-agc'
  properties: {
    addressPrefix: '10.48.1.0/24'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'Microsoft.ServiceNetworking.trafficControllers'
        properties: {
          serviceName: 'Microsoft.ServiceNetworking/trafficControllers'
        }
      }
    ]
  }
  dependsOn: [
    snetPe
  ]
}

resource nsgWebNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-web-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.64.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.48.8.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.64.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.48.8.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/18'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
// 10.48.8.0/26 has 59 usable, 15 to spare.
resource snetWebNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'snet-web-nodes'
  properties: {
    addressPrefix: '10.48.8.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgWebNodes.id
    }
  }
  dependsOn: [
    snetAgc
  ]
}

resource nsgBatchNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-batch-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.65.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.48.9.0/25'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.65.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.65.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.48.9.0/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.65.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 103 nodes + 11 for surge nodes + 5 reserved by Azure = 119 addresses;
// 10.48.9.0/25 has 123 usable, 9 to spare.
resource snetBatchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'snet-batch-nodes'
  properties: {
    addressPrefix: '10.48.9.0/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgBatchNodes.id
    }
  }
  dependsOn: [
    snetWebNodes
  ]
}

resource nsgScadaNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-scada-nodes'
  location: location
  properties: {}
}

// 23 nodes + 3 for surge nodes + 780 pods + 5 reserved by Azure = 811 addresses;
// 10.48.28.0/22 has 1019 usable, 213 to spare.
resource snetScadaNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPlatform
  name: 'snet-scada-nodes'
  properties: {
    addressPrefix: '10.48.28.0/22'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgScadaNodes.id
    }
  }
  dependsOn: [
    snetBatchNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'web'
    resourceGroup: 'rg-platform-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '100.64.0.0/18'
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
        maxPods: 110
        vnetSubnetID: snetWebNodes.id
        upgradeSettings: {
          maxSurge: '10%'
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
        maxCount: 30
        maxPods: 110
        vnetSubnetID: snetWebNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'batch'
    resourceGroup: 'rg-platform-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.65.0.0/16'
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
        maxPods: 110
        vnetSubnetID: snetBatchNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'spot'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 0
        enableAutoScaling: true
        minCount: 0
        maxCount: 100
        maxPods: 60
        vnetSubnetID: snetBatchNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'scada'
    resourceGroup: 'rg-platform-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
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
        maxPods: 30
        vnetSubnetID: snetScadaNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'edge'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 20
        maxPods: 30
        vnetSubnetID: snetScadaNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
