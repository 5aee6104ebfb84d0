// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'swedencentral'

// 16384 addresses, 4224 of them in subnets; address space sized and placed by the plan.
resource vnetMl 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-ml'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.81.192.0/18'
      ]
    }
  }
}

resource nsgMlNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-ml-nodes'
  location: location
  properties: {}
}

// 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
// 10.81.192.0/25 has 123 usable, 53 to spare.
resource snetMlNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetMl
  name: 'snet-ml-nodes'
  properties: {
    addressPrefix: '10.81.192.0/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgMlNodes.id
    }
  }
}

resource nsgMlPods 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-ml-pods'
  location: location
  properties: {}
}

// 2304 pods + 27 others + 5 reserved by Azure = 2336 addresses;
// 10.81.208.0/20 has 4091 usable, 1760 to spare.
resource snetMlPods 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetMl
  name: 'snet-ml-pods'
  properties: {
    addressPrefix: '10.81.208.0/20'
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgMlPods.id
    }
  }
  dependsOn: [
    snetMlNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'ml'
    resourceGroup: 'rg-ml-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      serviceCidr: '172.23.0.0/16'
      dnsServiceIP: '172.23.0.10'
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
        maxPods: 47
        vnetSubnetID: snetMlNodes.id
        podSubnetID: snetMlPods.id
        podIPAllocationMode: 'StaticBlock'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'train'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 60
        maxPods: 31
        vnetSubnetID: snetMlNodes.id
        podSubnetID: snetMlPods.id
        podIPAllocationMode: 'StaticBlock'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
