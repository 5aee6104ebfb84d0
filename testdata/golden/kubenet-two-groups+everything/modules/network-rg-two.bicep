// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

// 1024 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetTwo 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-two'
  location: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.161.0.0/22'
        'fd00:db8:8001::/48'
      ]
    }
  }
}

resource nsgK2Nodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-k2-nodes'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToNodes'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: '10.161.1.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.161.1.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesIPv6'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: 'fd00:db8:8001:140::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:8001:140::/64'
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
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.161.1.0/26'
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
          priority: 130
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:8001:140::/64'
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
          priority: 140
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
          priority: 150
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
          destinationAddressPrefix: '10.161.1.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 160
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
          destinationAddressPrefix: 'fd00:db8:8001:140::/64'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 170
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
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
          priority: 180
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
          destinationAddressPrefix: '10.161.1.0/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.161.1.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToNodesIPv6Out'
        properties: {
          access: 'Allow'
          description: 'Nodes talk to each other.'
          destinationAddressPrefix: 'fd00:db8:8001:140::/64'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:8001:140::/64'
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
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '10.161.1.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowNodesToPodsIPv6Out'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 130
          protocol: '*'
          sourceAddressPrefix: 'fd00:db8:8001:140::/64'
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
          priority: 140
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPodsIPv6Out'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: 'fd12:3456:789a::/64'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 150
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesOut'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.161.1.0/26'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 160
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodesIPv6Out'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: 'fd00:db8:8001:140::/64'
          destinationPortRange: '*'
          direction: 'Outbound'
          priority: 170
          protocol: '*'
          sourceAddressPrefix: 'fd12:3456:789a::/64'
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
          priority: 180
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
          priority: 190
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
          priority: 200
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
          destinationAddressPrefix: 'AzureCloud.westeurope'
          destinationPortRange: '1194'
          direction: 'Outbound'
          priority: 210
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
          destinationAddressPrefix: 'AzureCloud.westeurope'
          destinationPortRange: '9000'
          direction: 'Outbound'
          priority: 220
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
// 10.161.1.0/26 has 59 usable, 55 to spare.
resource snetK2Nodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetTwo
  name: 'snet-k2-nodes'
  properties: {
    addressPrefixes: [
      '10.161.1.0/26'
      'fd00:db8:8001:140::/64'
    ]
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgK2Nodes.id
    }
  }
}

resource idK2 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-k2'
  location: 'westeurope'
}

// Network Contributor: the cluster joins its machines to the network and maintains its routes.
resource roleB5b0f43aA7d85b07A166C78a1861d4ff 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: snetK2Nodes
  name: 'b5b0f43a-a7d8-5b07-a166-c78a1861d4ff'
  properties: {
    principalId: idK2.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
  }
}

resource aksK2 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'k2'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${idK2.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'k2'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'azure'
      ipFamilies: [
        'IPv4'
        'IPv6'
      ]
      podCidrs: [
        '10.244.0.0/16'
        'fd12:3456:789a::/64'
      ]
      serviceCidrs: [
        '10.0.0.0/16'
        'fd12:3456:789a:1::/108'
      ]
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
        vnetSubnetID: snetK2Nodes.id
        upgradeSettings: {
          maxSurge: '10%'
        }
      }
    ]
  }
  dependsOn: [
    roleB5b0f43aA7d85b07A166C78a1861d4ff
  ]
}
