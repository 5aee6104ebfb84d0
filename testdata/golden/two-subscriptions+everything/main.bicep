// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = resourceGroup().location

resource vnetB 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  name: 'vnet-b'
}

resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetB
  name: 'snet-search-nodes'
}

// 65536 addresses, 64 of them in subnets; address space set in the spec.
resource vnetA 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-a'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
  }
}

resource nsgShopNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToNodes'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.0.64.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.0.64.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.0.64.0/26'
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
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.0.64.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowLoadBalancerProbes'
        properties: {
          access: 'Allow'
          description: 'Health probes of Services.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 140
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllInbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.0.64.0/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.0.64.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsOut'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '10.0.64.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsOut'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.0.64.0/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToInternetOut'
        properties: {
          access: 'Allow'
          description: 'Registry, API server and Azure are known by name: a firewall filters them.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 140
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowHTTPSToNetworkOut'
        properties: {
          access: 'Allow'
          description: 'Private endpoints and the private API server.'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
          direction: 'Outbound'
          priority: 150
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTimeOut'
        properties: {
          access: 'Allow'
          description: 'Time servers.'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '123'
          direction: 'Outbound'
          priority: 160
          protocol: 'Udp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTunnelUDPOut'
        properties: {
          access: 'Allow'
          description: 'Tunnel to the API server.'
          destinationAddressPrefix: 'AzureCloud'
          destinationPortRange: '1194'
          direction: 'Outbound'
          priority: 170
          protocol: 'Udp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowTunnelTCPOut'
        properties: {
          access: 'Allow'
          description: 'Tunnel to the API server.'
          destinationAddressPrefix: 'AzureCloud'
          destinationPortRange: '9000'
          direction: 'Outbound'
          priority: 180
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
      {
        name: 'DenyAllOutbound'
        properties: {
          access: 'Deny'
          description: 'Lockdown: what no rule above allows is denied.'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 4096
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.0.64.0/26 has 59 usable, 55 to spare.
resource snetShopNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetA
  name: 'snet-shop-nodes'
  properties: {
    addressPrefix: '10.0.64.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgShopNodes.id
    }
  }
}

resource peerVnetAToVnetB 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetA
  name: 'vnet-a-to-vnet-b'
  properties: {
    allowForwardedTraffic: false
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetB.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetShopNodes
    moduleNetworkGroup
  ]
}

resource idShop 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-shop'
  location: location
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource role387dd310668159e391c0A0ba50099cbc 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetShopNodes
  name: '387dd310-6681-59e3-91c0-a0ba50099cbc'
  properties: {
    principalId: idShop.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

resource aksShop 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'shop'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${idShop.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'shop'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '10.244.0.0/16'
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
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  dependsOn: [
    role387dd310668159e391c0A0ba50099cbc
  ]
}

module moduleNetworkGroup 'modules/network-group.bicep' = {
  name: 'network-group'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  params: {
    location: location
  }
}

module moduleNetworkGroup2 'modules/network-group-2.bicep' = {
  name: 'network-group-2'
  scope: resourceGroup('22222222-2222-2222-2222-222222222222', resourceGroup().name)
  params: {
    networkSubscriptionId: subscription().subscriptionId
    networkResourceGroup: resourceGroup().name
  }
  dependsOn: [
    vnetA
    snetShopNodes
    moduleNetworkGroup
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '10.244.0.0/16'
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
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  {
    name: 'search'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      podCidr: '10.244.0.0/16'
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
        maxPods: 250
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
