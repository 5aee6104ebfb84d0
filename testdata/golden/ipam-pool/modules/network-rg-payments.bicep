// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

// 256 addresses, 256 of them in subnets; address space from IPAM pool weu.
resource vnetPayments 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-payments'
  location: location
  properties: {
    addressSpace: {
      ipamPoolPrefixAllocations: [
        {
          numberOfIpAddresses: '256'
          pool: {
            id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
          }
        }
      ]
    }
  }
}

resource nsgPaymentsNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-payments-nodes'
  location: location
  properties: {}
}

// 3 nodes + 1 for surge nodes + 120 pods + 5 reserved by Azure = 129 addresses;
// a prefix of 256 addresses from IPAM pool weu has 251 usable, 127 to spare.
resource snetPaymentsNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetPayments
  name: 'snet-payments-nodes'
  properties: {
    defaultOutboundAccess: false
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '256'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgPaymentsNodes.id
    }
  }
}
