// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'eastus2'

// 1024 addresses, 160 of them in subnets; address space set in the spec.
resource vnetCore 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-core'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.130.0.0/22'
      ]
    }
  }
}

resource nsgApiserver 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-apiserver'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.130.1.96/27'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.130.1.0/26'
            '10.130.1.128/26'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowProbesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Health probes of the API server.'
          destinationAddressPrefix: '10.130.1.96/27'
          destinationPortRange: '9988'
          direction: 'Inbound'
          priority: 110
          protocol: 'Tcp'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 18 others + 5 reserved by Azure = 23 addresses;
// 10.130.1.96/27 has 27 usable, 9 to spare.
resource snetApiserver 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCore
  name: 'snet-apiserver'
  properties: {
    addressPrefix: '10.130.1.96/27'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgApiserver.id
    }
  }
}

resource nsgCoreANodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-core-a-nodes'
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
          sourceAddressPrefix: '10.130.1.0/26'
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
          destinationAddressPrefix: '10.130.1.0/26'
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

// 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
// 10.130.1.0/26 has 59 usable, 22 to spare.
resource snetCoreANodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCore
  name: 'snet-core-a-nodes'
  properties: {
    addressPrefix: '10.130.1.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgCoreANodes.id
    }
  }
  dependsOn: [
    snetApiserver
  ]
}

resource nsgCoreBNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-core-b-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.245.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.130.1.128/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '10.245.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.245.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.130.1.128/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.245.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 33 nodes + 4 for surge nodes + 5 reserved by Azure = 42 addresses;
// 10.130.1.128/26 has 59 usable, 22 to spare.
resource snetCoreBNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCore
  name: 'snet-core-b-nodes'
  properties: {
    addressPrefix: '10.130.1.128/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgCoreBNodes.id
    }
  }
  dependsOn: [
    snetCoreANodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'core-a'
    resourceGroup: 'rg-core-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
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
        maxPods: 110
        vnetSubnetID: snetCoreANodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 30
        maxPods: 110
        vnetSubnetID: snetCoreANodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: snetApiserver.id
    }
  }
  {
    name: 'core-b'
    resourceGroup: 'rg-core-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '10.245.0.0/16'
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
        vnetSubnetID: snetCoreBNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 30
        maxPods: 110
        vnetSubnetID: snetCoreBNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
      enableVnetIntegration: true
      subnetId: snetApiserver.id
    }
  }
]
