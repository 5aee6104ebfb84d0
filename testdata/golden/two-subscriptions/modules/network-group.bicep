// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

// 65536 addresses, 64 of them in subnets; address space set in the spec.
resource vnetB 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-b'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.1.0.0/16'
      ]
    }
  }
}

resource nsgSearchNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-search-nodes'
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
          sourceAddressPrefix: '10.1.64.0/26'
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
          destinationAddressPrefix: '10.1.64.0/26'
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

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.1.64.0/26 has 59 usable, 55 to spare.
resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetB
  name: 'snet-search-nodes'
  properties: {
    addressPrefix: '10.1.64.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgSearchNodes.id
    }
  }
}
