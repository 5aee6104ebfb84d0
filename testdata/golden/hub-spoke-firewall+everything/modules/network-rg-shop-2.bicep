// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

resource vnetShop 'Microsoft.Network/virtualNetworks@2025-03-01' existing = {
  scope: resourceGroup('rg-shop-net')
  name: 'vnet-shop'
}

resource snetShopProdNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' existing = {
  parent: vnetShop
  name: 'snet-shop-prod-nodes'
}

resource idShopProd 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'id-shop-prod'
}

resource aksShopProd 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'shop-prod'
  location: location
  tags: {
    'cost-center': '4711'
    owner: 'platform'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${idShopProd.id}': {}
    }
  }
  properties: {
    dnsPrefix: 'shop-prod'
    nodeResourceGroup: 'MC_rg-shop_shop-prod_westeurope'
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
}
