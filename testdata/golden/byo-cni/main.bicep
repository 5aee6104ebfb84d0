// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'germanywestcentral'

// 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetLab 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-lab'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.128.0.0/22'
      ]
    }
  }
}

resource nsgLabNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-lab-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.246.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.128.0.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '10.246.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.246.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.128.0.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.246.0.0/18'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 15 nodes + 5 for surge nodes + 5 reserved by Azure = 25 addresses;
// 10.128.0.0/26 has 59 usable, 39 to spare.
resource snetLabNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetLab
  name: 'snet-lab-nodes'
  properties: {
    addressPrefix: '10.128.0.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgLabNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'lab'
    resourceGroup: 'rg-lab-net'
    networkProfile: {
      networkPlugin: 'none'
      podCidr: '10.246.0.0/18'
      serviceCidr: '172.24.0.0/20'
      dnsServiceIP: '172.24.0.10'
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
        vnetSubnetID: snetLabNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'work'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 12
        maxPods: 110
        vnetSubnetID: snetLabNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
