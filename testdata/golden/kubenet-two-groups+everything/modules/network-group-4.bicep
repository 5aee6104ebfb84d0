// Written by aksnet. Every subnet is a resource of its own, so that sending this again leaves other subnets alone.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

resource vnetTwo 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-two')
  name: 'vnet-two'
}

resource snetK2Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetTwo
  name: 'snet-k2-nodes'
}

resource uSerAssignedIdentitiesIdK2 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'id-k2'
}

resource mAnagedClustersK2 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'k2'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${uSerAssignedIdentitiesIdK2.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'k2'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      ipFamilies: [
        'IPv4'
        'IPv6'
      ]
      podCidrs: [
        '10.244.0.0/16'
        'fd12:3456:789a::/64'
      ]
      serviceCidrs: [
        '10.0.0.0/16'
        'fd12:3456:789a:1::/108'
      ]
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
        maxPods: 250
        vnetSubnetID: snetK2Nodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
}
