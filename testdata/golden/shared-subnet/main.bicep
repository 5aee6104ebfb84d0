// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 256 addresses, 64 of them in subnets; address space set in the spec.
resource vnetTeam 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-team'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.52.0.0/24'
      ]
    }
  }
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
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.52.0.192/26'
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
          destinationAddressPrefix: '10.52.0.192/26'
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

// 46 nodes + 6 for surge nodes + 5 reserved by Azure = 57 addresses;
// 10.52.0.192/26 has 59 usable, 7 to spare.
resource snetNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetTeam
  name: 'snet-nodes'
  properties: {
    addressPrefix: '10.52.0.192/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'blue'
    resourceGroup: 'rg-team-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
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
        vnetSubnetID: snetNodes.id
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
        maxCount: 20
        maxPods: 110
        vnetSubnetID: snetNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'green'
    resourceGroup: 'rg-team-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
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
        vnetSubnetID: snetNodes.id
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
        maxCount: 20
        maxPods: 110
        vnetSubnetID: snetNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
