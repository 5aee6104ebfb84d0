// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-hub')
  name: 'vnet-hub'
}

// 4096 addresses, 512 of them in subnets; address space set in the spec.
resource vnetShop 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-shop'
  location: location
  tags: {
    'cost-center': '4711'
    owner: 'platform'
  }
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.40.0.0/20'
      ]
    }
    ddosProtectionPlan: {
      id: '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/ddos'
    }
    dhcpOptions: {
      dnsServers: [
        '10.32.0.10'
        '10.32.0.11'
      ]
    }
    enableDdosProtection: true
    encryption: {
      enabled: true
      enforcement: 'AllowUnencrypted'
    }
  }
}

// 59 usable addresses.
resource snetAzureBastionSubnet 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'AzureBastionSubnet'
  properties: {
    addressPrefix: '10.40.0.0/26'
  }
}

// 40 others + 5 reserved by Azure = 45 addresses;
// 10.40.0.64/26 has 59 usable, 19 to spare.
resource snetPe 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-pe'
  properties: {
    addressPrefix: '10.40.0.64/26'
    defaultOutboundAccess: false
    privateEndpointNetworkPolicies: 'Enabled'
    serviceEndpoints: [
      {
        service: 'Microsoft.Storage'
      }
    ]
  }
  dependsOn: [
    snetAzureBastionSubnet
  ]
}

resource nsgShopProdNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-prod-nodes'
  location: location
  tags: {
    'cost-center': '4711'
    owner: 'platform'
  }
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
          sourceAddressPrefix: '10.40.15.128/25'
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
          destinationAddressPrefix: '10.40.15.128/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
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

resource rtShopProd 'Microsoft.Network/routeTables@2025-03-01' = {
  name: 'rt-shop-prod'
  location: location
  tags: {
    'cost-center': '4711'
    owner: 'platform'
  }
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopIpAddress: '10.32.0.4'
          nextHopType: 'VirtualAppliance'
        }
      }
      {
        name: 'firewall-public-1'
        properties: {
          addressPrefix: '20.50.1.1/32'
          nextHopType: 'Internet'
        }
      }
    ]
  }
}

// 54 nodes + 19 for surge nodes + 6 internal load balancers + 1 private endpoint + 5 reserved by Azure = 85 addresses;
// 10.40.15.128/25 has 123 usable, 43 to spare.
resource snetShopProdNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-prod-nodes'
  properties: {
    addressPrefix: '10.40.15.128/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgShopProdNodes.id
    }
    routeTable: {
      id: rtShopProd.id
    }
  }
  dependsOn: [
    snetPe
  ]
}

// The other network already exists; the reverse peering is added to it.
resource peerVnetShopToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetShop
  name: 'vnet-shop-to-vnet-hub'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetHub.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetShopProdNodes
  ]
}

module moduleNetworkRgHub 'modules/network-rg-hub.bicep' = {
  name: 'network-rg-hub'
  scope: resourceGroup('rg-hub')
  dependsOn: [
    vnetShop
    snetShopProdNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop-prod'
    resourceGroup: 'rg-shop'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '10.244.0.0/16'
      serviceCidr: '172.20.0.0/16'
      dnsServiceIP: '172.20.0.10'
      outboundType: 'userDefinedRouting'
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
        maxPods: 250
        vnetSubnetID: snetShopProdNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
    }
  }
]
