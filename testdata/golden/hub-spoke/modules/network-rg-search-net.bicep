// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

// 1024 addresses, 160 of them in subnets; address space sized and placed by the plan.
resource vnetSearch 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-search'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.100.132.0/22'
      ]
    }
  }
}

// 20 others + 5 reserved by Azure = 25 addresses;
// 10.100.132.0/27 has 27 usable, 7 to spare.
resource snetPe 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSearch
  name: 'snet-pe'
  properties: {
    addressPrefix: '10.100.132.0/27'
    defaultOutboundAccess: false
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
          destinationAddressPrefix: '100.65.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.100.135.128/25'
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
          destinationAddressPrefix: '10.100.135.128/25'
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

resource rtSearch 'Microsoft.Network/routeTables@2025-03-01' = {
  name: 'rt-search'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopIpAddress: '10.96.0.4'
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
    ]
  }
}

// 63 nodes + 21 for surge nodes + 5 reserved by Azure = 89 addresses;
// 10.100.135.128/25 has 123 usable, 39 to spare.
resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSearch
  name: 'snet-search-nodes'
  properties: {
    addressPrefix: '10.100.135.128/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgSearchNodes.id
    }
    routeTable: {
      id: rtSearch.id
    }
  }
  dependsOn: [
    snetPe
  ]
}
