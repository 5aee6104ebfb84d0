// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'westeurope'

// 1024 addresses, 256 of them in subnets; address space sized and placed by the plan.
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
          destinationAddressPrefix: '10.128.0.0/24'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.128.0.0/24'
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
          sourceAddressPrefix: '10.128.0.0/24'
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
          destinationAddressPrefix: '10.128.0.0/24'
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
          destinationAddressPrefix: '10.128.0.0/24'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.128.0.0/24'
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
          sourceAddressPrefix: '10.128.0.0/24'
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
          destinationAddressPrefix: '10.128.0.0/24'
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

// 7 nodes + 3 for surge nodes + 1 private endpoint + 5 reserved by Azure = 16 addresses;
// 10.128.0.0/24 has 251 usable, 240 to spare.
resource snetShopNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetShop
  name: 'snet-shop-nodes'
  properties: {
    addressPrefix: '10.128.0.0/24'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgShopNodes.id
    }
  }
}

resource idShop 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-shop'
  location: location
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource role9c78c112B1dc5df2B9b3070de2703e3e 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetShopNodes
  name: '9c78c112-b1dc-5df2-b9b3-070de2703e3e'
  properties: {
    principalId: idShop.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

// API version 2025-10-01 does not support encryption between nodes (--acns-transit-encryption-type wireguard): turn it on with az aks update.
// az aks create turns these on with a workspace that it makes; a template leaves them to you, with a workspace of your own: monitoring.
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
    nodeResourceGroup: 'MC_rg_shop_westeurope'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'loadBalancer'
      loadBalancerSku: 'standard'
      advancedNetworking: {
        enabled: true
        observability: {
          enabled: false
        }
        security: {
          enabled: true
          advancedNetworkPolicies: 'L7'
        }
      }
      staticEgressGatewayProfile: {
        enabled: true
      }
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
          maxSurge: '50%'
        }
      }
      {
        name: 'gw'
        mode: 'Gateway'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
        gatewayProfile: {
          publicIPPrefixSize: 31
        }
      }
      {
        name: 'edge'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        enableNodePublicIP: true
        upgradeSettings: {
          maxSurge: '0'
          maxUnavailable: '1'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: 'none'
    }
    nodeProvisioningProfile: {
      mode: 'Auto'
    }
    bootstrapProfile: {
      artifactSource: 'Cache'
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
      }
      azurepolicy: {
        enabled: true
      }
    }
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
    }
    metricsProfile: {
      costAnalysis: {
        enabled: true
      }
    }
  }
  dependsOn: [
    role9c78c112B1dc5df2B9b3070de2703e3e
  ]
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'shop'
    resourceGroup: 'rg'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      outboundType: 'loadBalancer'
      loadBalancerSku: 'standard'
      advancedNetworking: {
        enabled: true
        observability: {
          enabled: false
        }
        security: {
          enabled: true
          advancedNetworkPolicies: 'L7'
        }
      }
      staticEgressGatewayProfile: {
        enabled: true
      }
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
          maxSurge: '50%'
        }
      }
      {
        name: 'gw'
        mode: 'Gateway'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
        gatewayProfile: {
          publicIPPrefixSize: 31
        }
      }
      {
        name: 'edge'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        maxPods: 250
        vnetSubnetID: snetShopNodes.id
        enableNodePublicIP: true
        upgradeSettings: {
          maxSurge: '0'
          maxUnavailable: '1'
        }
      }
    ]
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: 'none'
    }
    nodeProvisioningProfile: {
      mode: 'Auto'
    }
    bootstrapProfile: {
      artifactSource: 'Cache'
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
      }
      azurepolicy: {
        enabled: true
      }
    }
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
    }
    metricsProfile: {
      costAnalysis: {
        enabled: true
      }
    }
  }
]
