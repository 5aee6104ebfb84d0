// Written by aksnet. Every subnet is a resource of its own, so that sending this again leaves other subnets alone.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

resource vnetOne 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-one')
  name: 'vnet-one'
}

resource snetK1Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetOne
  name: 'snet-k1-nodes'
}

resource uSerAssignedIdentitiesIdK1 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'id-k1'
}

resource mAnagedClustersK1 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'k1'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${uSerAssignedIdentitiesIdK1.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'k1'
    networkProfile: {
      networkPlugin: 'kubenet'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
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
        vnetSubnetID: snetK1Nodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
}
