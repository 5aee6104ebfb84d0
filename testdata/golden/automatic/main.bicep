// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 1024 addresses, 144 of them in subnets; address space sized and placed by the plan.
resource vnetShop 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-shop'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.128.0.0/22'
      ]
    }
  }
}

resource nsgShopApiserver 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-apiserver'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Nodes reach the API server in its subnet.'
          destinationAddressPrefix: '10.128.3.0/28'
          destinationPortRanges: [
            '443'
            '4443'
          ]
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.128.0.64/26'
            '10.128.0.0/26'
          ]
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowProbesToAPIServer'
        properties: {
          access: 'Allow'
          description: 'Health probes of the API server.'
          destinationAddressPrefix: '10.128.3.0/28'
          destinationPortRange: '9988'
          direction: 'Inbound'
          priority: 110
          protocol: 'Tcp'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
        }
      }
    ]
  }
}

// 9 others + 5 reserved by Azure = 14 addresses;
// 10.128.3.0/28 has 11 usable, 2 to spare.
resource snetShopApiserver 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-apiserver'
  properties: {
    addressPrefix: '10.128.3.0/28'
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
      id: nsgShopApiserver.id
    }
  }
}

resource nsgShopSystem 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-shop-system'
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
          sourceAddressPrefixes: [
            '10.128.0.64/26'
            '10.128.0.0/26'
          ]
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
          destinationAddressPrefixes: [
            '10.128.0.64/26'
            '10.128.0.0/26'
          ]
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

resource pipNgShop1 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-shop-1'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

resource pipNgShop2 'Microsoft.Network/publicIPAddresses@2025-03-01' = {
  name: 'pip-ng-shop-2'
  location: location
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
  }
}

// 2 public addresses give 129024 SNAT ports.
resource ngShop 'Microsoft.Network/natGateways@2025-03-01' = {
  name: 'ng-shop'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: pipNgShop1.id
      }
      {
        id: pipNgShop2.id
      }
    ]
  }
}

// 3 nodes + 1 for surge nodes + 5 reserved by Azure = 9 addresses;
// 10.128.0.0/26 has 59 usable, 55 to spare.
resource snetShopSystem 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-system'
  properties: {
    addressPrefix: '10.128.0.0/26'
    defaultOutboundAccess: false
    natGateway: {
      id: ngShop.id
    }
    networkSecurityGroup: {
      id: nsgShopSystem.id
    }
  }
  dependsOn: [
    snetShopApiserver
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
          sourceAddressPrefixes: [
            '10.128.0.64/26'
            '10.128.0.0/26'
          ]
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
          destinationAddressPrefixes: [
            '10.128.0.64/26'
            '10.128.0.0/26'
          ]
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

// 43 nodes + 1 for surge nodes + 5 reserved by Azure = 49 addresses;
// 10.128.0.64/26 has 59 usable, 15 to spare.
resource snetShopNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-nodes'
  properties: {
    addressPrefix: '10.128.0.64/26'
    defaultOutboundAccess: false
    natGateway: {
      id: ngShop.id
    }
    networkSecurityGroup: {
      id: nsgShopNodes.id
    }
  }
  dependsOn: [
    snetShopSystem
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop'
    resourceGroup: 'rg-shop-net'
    networkProfile: {
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'userAssignedNATGateway'
    }
    agentPoolProfiles: [
      {
        name: 'gpu'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
    hostedSystemProfile: {
      systemNodeSubnetID: snetShopSystem.id
      nodeSubnetID: snetShopNodes.id
    }
    apiServerAccessProfile: {
      subnetId: snetShopApiserver.id
    }
  }
]
