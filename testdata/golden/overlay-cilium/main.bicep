// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 1024 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource vnetShopProd 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-shop-prod'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.40.0.0/22'
      ]
    }
  }
}

resource nsgShopProdNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-prod-nodes'
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
          sourceAddressPrefix: '10.40.0.0/25'
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
          destinationAddressPrefix: '10.40.0.0/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowInternetToServices'
        properties: {
          access: 'Allow'
          description: 'Clients of public Services; add your own ports.'
          destinationAddressPrefix: '*'
          destinationPortRanges: [
            '80'
            '443'
          ]
          direction: 'Inbound'
          priority: 130
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 54 nodes + 19 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 82 addresses;
// 10.40.0.0/25 has 123 usable, 46 to spare.
resource snetShopProdNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShopProd
  name: 'snet-shop-prod-nodes'
  properties: {
    addressPrefix: '10.40.0.0/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgShopProdNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop-prod'
    resourceGroup: 'rg-shop-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
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
        vnetSubnetID: snetShopProdNodes.id
        upgradeSettings: {
          maxSurge: '33%'
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
        maxCount: 40
        maxPods: 110
        vnetSubnetID: snetShopProdNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
