// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetMedia 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-media'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.110.0.0/24'
        'fd00:db8:110::/48'
      ]
    }
  }
}

resource nsgMediaNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-media-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.110.0.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsIPv6'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:110:140::/64'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsIPv6'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.110.0.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesIPv6'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: 'fd00:db8:110:140::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 33 nodes + 11 for surge nodes + 5 reserved by Azure = 49 addresses;
// 10.110.0.0/26 has 59 usable, 15 to spare.
resource snetMediaNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetMedia
  name: 'snet-media-nodes'
  properties: {
    addressPrefixes: [
      '10.110.0.0/26'
      'fd00:db8:110:140::/64'
    ]
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgMediaNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'media'
    resourceGroup: 'rg-media-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      ipFamilies: [
        'IPv4'
        'IPv6'
      ]
      podCidrs: [
        '10.244.0.0/16'
        'fd12:3456:789a::/64'
      ]
      serviceCidrs: [
        '172.20.0.0/16'
        'fd12:3456:789a:1::/108'
      ]
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
        vnetSubnetID: snetMediaNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'edge'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        enableAutoScaling: true
        minCount: 3
        maxCount: 30
        maxPods: 110
        vnetSubnetID: snetMediaNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
