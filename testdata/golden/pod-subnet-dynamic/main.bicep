// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'swedencentral'

// 16384 addresses, 4160 of them in subnets; address space sized and placed by the plan.
resource vnetData 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-data'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.73.192.0/18'
      ]
    }
  }
}

resource nsgDataNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-data-nodes'
  location: location
  properties: {}
}

resource pipNgData1 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-data-1'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

resource pipNgData2 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-data-2'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

// 2 public addresses give 129024 SNAT ports.
resource ngData 'Microsoft.Network/natGateways@2025-03-01' = {
  name: 'ng-data'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [
      {
        id: pipNgData1.id
      }
      {
        id: pipNgData2.id
      }
    ]
  }
}

// 27 nodes + 9 for surge nodes + 5 reserved by Azure = 41 addresses;
// 10.73.192.0/26 has 59 usable, 23 to spare.
resource snetDataNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetData
  name: 'snet-data-nodes'
  properties: {
    addressPrefix: '10.73.192.0/26'
    defaultOutboundAccess: false
    natGateway: {
      id: ngData.id
    }
    networkSecurityGroup: {
      id: nsgDataNodes.id
    }
  }
}

resource nsgDataPods 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-data-pods'
  location: location
  properties: {}
}

// 2304 pods + 5 reserved by Azure = 2309 addresses;
// 10.73.208.0/20 has 4091 usable, 1787 to spare.
resource snetDataPods 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetData
  name: 'snet-data-pods'
  properties: {
    addressPrefix: '10.73.208.0/20'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    natGateway: {
      id: ngData.id
    }
    networkSecurityGroup: {
      id: nsgDataPods.id
    }
  }
  dependsOn: [
    snetDataNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'data'
    resourceGroup: 'rg-data-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      serviceCidr: '172.22.0.0/16'
      dnsServiceIP: '172.22.0.10'
      outboundType: 'userAssignedNATGateway'
      loadBalancerSku: 'standard'
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        maxPods: 50
        vnetSubnetID: snetDataNodes.id
        podSubnetID: snetDataPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'etl'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 24
        maxPods: 50
        vnetSubnetID: snetDataNodes.id
        podSubnetID: snetDataPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
