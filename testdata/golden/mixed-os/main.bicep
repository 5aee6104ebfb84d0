// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westus3'

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetErp 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-erp'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.90.0.0/24'
      ]
    }
  }
}

resource nsgErpNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-erp-nodes'
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
          sourceAddressPrefix: '10.90.0.0/26'
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
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.90.0.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 33 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 50 addresses;
// 10.90.0.0/26 has 59 usable, 14 to spare.
resource snetErpNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetErp
  name: 'snet-erp-nodes'
  properties: {
    addressPrefix: '10.90.0.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgErpNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'erp'
    resourceGroup: 'rg-erp-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      networkPolicy: 'calico'
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
        vnetSubnetID: snetErpNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'linux'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 20
        maxPods: 110
        vnetSubnetID: snetErpNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'win22'
        mode: 'User'
        osType: 'Windows'
        osSKU: 'Windows2022'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 10
        maxPods: 50
        vnetSubnetID: snetErpNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
