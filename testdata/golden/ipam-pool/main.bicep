// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-hub'
}

resource vnetPayments 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-payments')
  name: 'vnet-payments'
}

resource snetPaymentsNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetPayments
  name: 'snet-payments-nodes'
}

// 512 addresses, 448 of them in subnets; address space from IPAM pool weu.
resource vnetShop 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-shop'
  location: location
  properties: {
    addressSpace: {
      ipamPoolPrefixAllocations: [
        {
          numberOfIpAddresses: '512'
          pool: {
            id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
          }
        }
      ]
    }
  }
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'AzureBastionSubnet'
  properties: {
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '64'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
  }
}

// 40 others + 5 reserved by Azure = 45 addresses;
// a prefix of 64 addresses from IPAM pool weu has 59 usable, 19 to spare.
resource snetPe 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-pe'
  properties: {
    defaultOutboundAccess: false
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '64'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
  }
  dependsOn: [
    snetAzureBastionSubnet
  ]
}

// 251 usable addresses.
resource snetAgc 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-agc'
  properties: {
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'Microsoft.ServiceNetworking.trafficControllers'
        properties: {
          serviceName: 'Microsoft.ServiceNetworking/trafficControllers'
        }
      }
    ]
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '256'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
  }
  dependsOn: [
    snetPe
  ]
}

resource nsgShopNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-nodes'
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
          sourceAddressPrefix: 'VirtualNetwork'
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
          destinationAddressPrefix: 'VirtualNetwork'
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

// 43 nodes + 5 for surge nodes + 5 reserved by Azure = 53 addresses;
// a prefix of 64 addresses from IPAM pool weu has 59 usable, 11 to spare.
resource snetShopNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-nodes'
  properties: {
    defaultOutboundAccess: false
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '64'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgShopNodes.id
    }
  }
  dependsOn: [
    snetAgc
  ]
}

// 1024 addresses, 320 of them in subnets; address space from IPAM pool weu.
resource vnetBatch 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-batch'
  location: location
  properties: {
    addressSpace: {
      ipamPoolPrefixAllocations: [
        {
          numberOfIpAddresses: '1024'
          pool: {
            id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
          }
        }
      ]
    }
  }
}

resource nsgBatchNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-batch-nodes'
  location: location
  properties: {}
}

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// a prefix of 64 addresses from IPAM pool weu has 59 usable, 55 to spare.
resource snetBatchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetBatch
  name: 'snet-batch-nodes'
  properties: {
    defaultOutboundAccess: false
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '64'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgBatchNodes.id
    }
  }
}

resource nsgBatchPods 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-batch-pods'
  location: location
  properties: {}
}

// 192 pods + 5 reserved by Azure = 197 addresses;
// a prefix of 256 addresses from IPAM pool weu has 251 usable, 59 to spare.
resource snetBatchPods 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetBatch
  name: 'snet-batch-pods'
  properties: {
    defaultOutboundAccess: false
    delegations: [
      {
        name: 'aks-delegation'
        properties: {
          serviceName: 'Microsoft.ContainerService/managedClusters'
        }
      }
    ]
    ipamPoolPrefixAllocations: [
      {
        numberOfIpAddresses: '256'
        pool: {
          id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/nm/ipamPools/weu'
        }
      }
    ]
    networkSecurityGroup: {
      id: nsgBatchPods.id
    }
  }
  dependsOn: [
    snetBatchNodes
  ]
}

resource peerVnetHubToVnetShop 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-shop'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetShop.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetShopNodes
  ]
}

// The other network already exists; the reverse peering is added to it.
resource peerVnetShopToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetShop
  name: 'vnet-shop-to-vnet-hub'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetHub.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetShopNodes
  ]
}

module moduleNetworkRgPayments 'modules/network-rg-payments.bicep' = {
  name: 'network-rg-payments'
  scope: resourceGroup('rg-payments')
  params: {
    location: location
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop'
    resourceGroup: 'rg-shop'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
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
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
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
        maxCount: 40
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'batch'
    resourceGroup: 'rg-batch'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
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
        maxPods: 30
        vnetSubnetID: snetBatchNodes.id
        podSubnetID: snetBatchPods.id
        podIPAllocationMode: 'DynamicIndividual'
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'payments'
    resourceGroup: 'rg-payments'
    networkProfile: {
      networkPlugin: 'azure'
      networkDataplane: 'azure'
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
        maxPods: 30
        vnetSubnetID: snetPaymentsNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
