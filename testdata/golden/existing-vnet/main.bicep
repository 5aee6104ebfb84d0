// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'uksouth'

resource vnetCorp 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-corp'
}

resource nsgCrmNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-crm-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.64.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.20.3.128/25'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.64.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.20.3.128/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 63 nodes + 21 for surge nodes + 5 internal load balancers + 5 reserved by Azure = 94 addresses;
// 10.20.3.128/25 has 123 usable, 34 to spare.
resource snetCrmNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCorp
  name: 'snet-crm-nodes'
  properties: {
    addressPrefix: '10.20.3.128/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgCrmNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'crm'
    resourceGroup: 'rg-corp-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '100.64.0.0/16'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
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
        vnetSubnetID: snetCrmNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        enableAutoScaling: true
        minCount: 3
        maxCount: 60
        maxPods: 110
        vnetSubnetID: snetCrmNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
