// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

// 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetTwo 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-two'
  location: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.161.0.0/22'
        'fd00:db8:8001::/48'
      ]
    }
  }
}

resource nsgK2Nodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-k2-nodes'
  location: 'westeurope'
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
          sourceAddressPrefix: '10.161.1.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsIPv6'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:8001:140::/64'
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
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsIPv6'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.161.1.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesIPv6'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: 'fd00:db8:8001:140::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.161.1.0/26 has 59 usable, 55 to spare.
resource snetK2Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetTwo
  name: 'snet-k2-nodes'
  properties: {
    addressPrefixes: [
      '10.161.1.0/26'
      'fd00:db8:8001:140::/64'
    ]
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgK2Nodes.id
    }
  }
}
