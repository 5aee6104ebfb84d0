// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

@description('Whether to deploy the route tables of kubenet clusters. Set it to false once those clusters exist: AKS keeps the routes of the nodes in these tables, and deploying a table replaces its routes.')
param createKubenetRouteTables bool = true

resource vnetHub 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  name: 'vnet-hub'
}

// 1024 addresses, 128 of them in subnets; address space set in the spec.
resource vnetLegacy 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-legacy'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.31.0.0/22'
      ]
    }
  }
}

resource nsgLegacyNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-legacy-nodes'
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
          sourceAddressPrefix: '10.31.3.128/25'
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
          destinationAddressPrefix: '10.31.3.128/25'
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

// AKS adds a route for every node to this table: it is created once and not sent again.
resource rtLegacy 'Microsoft.Network/routeTables@2025-03-01' = if (createKubenetRouteTables) {
  name: 'rt-legacy'
  location: location
  properties: {
    disableBgpRoutePropagation: false
  }
}

resource routeDefault 'Microsoft.Network/routeTables/routes@2025-03-01' = {
  parent: rtLegacy
  name: 'default'
  properties: {
    addressPrefix: '0.0.0.0/0'
    nextHopIpAddress: '10.30.0.4'
    nextHopType: 'VirtualAppliance'
  }
}

resource routeFirewallPublic1 'Microsoft.Network/routeTables/routes@2025-03-01' = {
  parent: rtLegacy
  name: 'firewall-public-1'
  properties: {
    addressPrefix: '20.50.1.1/32'
    nextHopType: 'Internet'
  }
  dependsOn: [
    routeDefault
  ]
}

// 63 nodes + 7 for surge nodes + 5 reserved by Azure = 75 addresses;
// 10.31.3.128/25 has 123 usable, 53 to spare.
resource snetLegacyNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetLegacy
  name: 'snet-legacy-nodes'
  properties: {
    addressPrefix: '10.31.3.128/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgLegacyNodes.id
    }
    routeTable: {
      id: rtLegacy.id
    }
  }
  dependsOn: [
    routeFirewallPublic1
  ]
}

resource peerVnetHubToVnetLegacy 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetHub
  name: 'vnet-hub-to-vnet-legacy'
  properties: {
    allowForwardedTraffic: true
    allowGatewayTransit: false
    allowVirtualNetworkAccess: true
    remoteVirtualNetwork: {
      id: vnetLegacy.id
    }
    useRemoteGateways: false
  }
  dependsOn: [
    snetLegacyNodes
  ]
}

// The other network already exists; the reverse peering is added to it.
resource peerVnetLegacyToVnetHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-03-01' = {
  parent: vnetLegacy
  name: 'vnet-legacy-to-vnet-hub'
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
    snetLegacyNodes
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'legacy'
    resourceGroup: 'rg-legacy-net'
    networkProfile: {
      networkPlugin: 'kubenet'
      networkPolicy: 'calico'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.245.0.0/16'
      dnsServiceIP: '10.245.0.10'
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
        maxPods: 110
        vnetSubnetID: snetLegacyNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
      {
        name: 'web'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 3
        enableAutoScaling: true
        minCount: 3
        maxCount: 60
        maxPods: 110
        vnetSubnetID: snetLegacyNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
]
