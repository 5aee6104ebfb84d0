// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

// 512 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetPayments 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-payments'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.100.128.0/23'
      ]
    }
  }
}

resource nsgPaymentsNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-payments-nodes'
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
          sourceAddressPrefix: '10.100.129.0/26'
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
          destinationAddressPrefix: '10.100.129.0/26'
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

resource rtPayments 'Microsoft.Network/routeTables@2025-03-01' = {
  name: 'rt-payments'
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

// 28 nodes + 10 for surge nodes + 1 private endpoint + 5 reserved by Azure = 44 addresses;
// 10.100.129.0/26 has 59 usable, 20 to spare.
resource snetPaymentsNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPayments
  name: 'snet-payments-nodes'
  properties: {
    addressPrefix: '10.100.129.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgPaymentsNodes.id
    }
    routeTable: {
      id: rtPayments.id
    }
  }
}
