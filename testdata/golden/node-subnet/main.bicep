// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'northeurope'

// 4096 addresses, 2048 of them in subnets; address space sized and placed by the plan.
resource vnetFlat 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-flat'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.60.112.0/20'
      ]
    }
  }
}

resource nsgFlatNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-flat-nodes'
  location: location
  properties: {}
}

// 50 nodes + 2 for surge nodes + 1560 pods + 2 internal load balancers + 5 reserved by Azure = 1619 addresses;
// 10.60.120.0/21 has 2043 usable, 429 to spare.
resource snetFlatNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetFlat
  name: 'snet-flat-nodes'
  properties: {
    addressPrefix: '10.60.120.0/21'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgFlatNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'flat'
    resourceGroup: 'rg-flat'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
      networkPolicy: 'calico'
      serviceCidr: '172.21.0.0/16'
      dnsServiceIP: '172.21.0.10'
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
        vnetSubnetID: snetFlatNodes.id
        upgradeSettings: {
          maxSurge: '1'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 47
        maxPods: 30
        vnetSubnetID: snetFlatNodes.id
        upgradeSettings: {
          maxSurge: '1'
        }
      }
    ]
  }
]
