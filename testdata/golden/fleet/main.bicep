// Written by aksnet. Every subnet is a separate resource, so deploying this again does not affect other subnets.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string = 'northeurope'

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetAuth 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-auth'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.0.0/24'
      ]
    }
  }
}

resource nsgAuthNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-auth-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.64.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.0.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.64.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.0.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.64.0.0/18'
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

// 11 nodes + 4 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 22 addresses;
// 10.120.0.0/26 has 59 usable, 42 to spare.
resource snetAuthNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetAuth
  name: 'snet-auth-nodes'
  properties: {
    addressPrefix: '10.120.0.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgAuthNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetCart 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-cart'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.4.0/24'
      ]
    }
  }
}

resource nsgCartNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-cart-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.65.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.4.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.65.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.65.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.4.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.65.0.0/18'
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

// 15 nodes + 5 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 28 addresses;
// 10.120.4.0/26 has 59 usable, 36 to spare.
resource snetCartNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCart
  name: 'snet-cart-nodes'
  properties: {
    addressPrefix: '10.120.4.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgCartNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetCatalog 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-catalog'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.8.0/24'
      ]
    }
  }
}

resource nsgCatalogNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-catalog-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.66.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.8.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.66.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.66.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.8.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.66.0.0/18'
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

// 23 nodes + 8 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 40 addresses;
// 10.120.8.0/26 has 59 usable, 24 to spare.
resource snetCatalogNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetCatalog
  name: 'snet-catalog-nodes'
  properties: {
    addressPrefix: '10.120.8.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgCatalogNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetChat 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-chat'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.12.0/24'
      ]
    }
  }
}

resource nsgChatNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-chat-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.67.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.12.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.67.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.67.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.12.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.67.0.0/18'
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

// 9 nodes + 3 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 19 addresses;
// 10.120.12.0/26 has 59 usable, 45 to spare.
resource snetChatNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetChat
  name: 'snet-chat-nodes'
  properties: {
    addressPrefix: '10.120.12.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgChatNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetFraud 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-fraud'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.16.0/24'
      ]
    }
  }
}

resource nsgFraudNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-fraud-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.68.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.16.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.68.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.68.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.16.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.68.0.0/18'
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

// 33 nodes + 11 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 52 addresses;
// 10.120.16.0/26 has 59 usable, 12 to spare.
resource snetFraudNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetFraud
  name: 'snet-fraud-nodes'
  properties: {
    addressPrefix: '10.120.16.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgFraudNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetLedger 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-ledger'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.20.0/24'
      ]
    }
  }
}

resource nsgLedgerNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-ledger-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.69.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.20.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.69.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.69.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.20.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.69.0.0/18'
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

// 19 nodes + 7 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 35 addresses;
// 10.120.20.0/26 has 59 usable, 29 to spare.
resource snetLedgerNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetLedger
  name: 'snet-ledger-nodes'
  properties: {
    addressPrefix: '10.120.20.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgLedgerNodes.id
    }
  }
}

// 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource vnetMedia 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-media'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.24.0/24'
      ]
    }
  }
}

resource nsgMediaNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-media-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.70.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.24.0/25'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.70.0.0/16'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.70.0.0/16'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.24.0/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.70.0.0/16'
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

// 53 nodes + 18 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 78 addresses;
// 10.120.24.0/25 has 123 usable, 50 to spare.
resource snetMediaNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetMedia
  name: 'snet-media-nodes'
  properties: {
    addressPrefix: '10.120.24.0/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgMediaNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetOrders 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-orders'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.28.0/24'
      ]
    }
  }
}

resource nsgOrdersNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-orders-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.71.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.28.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.71.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.71.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.28.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.71.0.0/18'
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

// 27 nodes + 9 for surge nodes + 3 internal load balancers + 5 reserved by Azure = 44 addresses;
// 10.120.28.0/26 has 59 usable, 20 to spare.
resource snetOrdersNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetOrders
  name: 'snet-orders-nodes'
  properties: {
    addressPrefix: '10.120.28.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgOrdersNodes.id
    }
  }
}

// 256 addresses, 128 of them in subnets; address space sized and placed by the plan.
resource vnetSearch 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-search'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.32.0/24'
      ]
    }
  }
}

resource nsgSearchNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-search-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.72.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.32.0/25'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.72.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.72.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.32.0/25'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.72.0.0/18'
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

// 43 nodes + 15 for surge nodes + 4 internal load balancers + 5 reserved by Azure = 67 addresses;
// 10.120.32.0/25 has 123 usable, 61 to spare.
resource snetSearchNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetSearch
  name: 'snet-search-nodes'
  properties: {
    addressPrefix: '10.120.32.0/25'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgSearchNodes.id
    }
  }
}

// 256 addresses, 64 of them in subnets; address space sized and placed by the plan.
resource vnetUsers 'Microsoft.Network/virtualNetworks@2025-03-01' = {
  name: 'vnet-users'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.120.36.0/24'
      ]
    }
  }
}

resource nsgUsersNodes 'Microsoft.Network/networkSecurityGroups@2025-03-01' = {
  name: 'nsg-users-nodes'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNodesToPods'
        properties: {
          access: 'Allow'
          description: 'The group sees the pods\' own addresses.'
          destinationAddressPrefix: '100.73.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 100
          protocol: '*'
          sourceAddressPrefix: '10.120.36.0/26'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToPods'
        properties: {
          access: 'Allow'
          description: 'Pods talk to each other, and to cluster DNS.'
          destinationAddressPrefix: '100.73.0.0/18'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 110
          protocol: '*'
          sourceAddressPrefix: '100.73.0.0/18'
          sourcePortRange: '*'
        }
      }
      {
        name: 'AllowPodsToNodes'
        properties: {
          access: 'Allow'
          description: 'Pods reach nodes and pods on the node\'s own network.'
          destinationAddressPrefix: '10.120.36.0/26'
          destinationPortRange: '*'
          direction: 'Inbound'
          priority: 120
          protocol: '*'
          sourceAddressPrefix: '100.73.0.0/18'
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

// 13 nodes + 5 for surge nodes + 2 internal load balancers + 5 reserved by Azure = 25 addresses;
// 10.120.36.0/26 has 59 usable, 39 to spare.
resource snetUsersNodes 'Microsoft.Network/virtualNetworks/subnets@2025-03-01' = {
  parent: vnetUsers
  name: 'snet-users-nodes'
  properties: {
    addressPrefix: '10.120.36.0/26'
    defaultOutboundAccess: false
    networkSecurityGroup: {
      id: nsgUsersNodes.id
    }
  }
}

@description('Settings that each cluster needs to fit the network: pass them to the template that creates the clusters.')
output clusters array = [
  {
    name: 'auth'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.64.0.0/18'
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
        vnetSubnetID: snetAuthNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 8
        maxPods: 110
        vnetSubnetID: snetAuthNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'cart'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.65.0.0/18'
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
        vnetSubnetID: snetCartNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 12
        maxPods: 110
        vnetSubnetID: snetCartNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'catalog'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.66.0.0/18'
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
        vnetSubnetID: snetCatalogNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 20
        maxPods: 110
        vnetSubnetID: snetCatalogNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'chat'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.67.0.0/18'
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
        vnetSubnetID: snetChatNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 6
        maxPods: 110
        vnetSubnetID: snetChatNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'fraud'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.68.0.0/18'
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
        vnetSubnetID: snetFraudNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 30
        maxPods: 110
        vnetSubnetID: snetFraudNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'ledger'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.69.0.0/18'
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
        vnetSubnetID: snetLedgerNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 16
        maxPods: 110
        vnetSubnetID: snetLedgerNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'media'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.70.0.0/16'
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
        vnetSubnetID: snetMediaNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 50
        maxPods: 110
        vnetSubnetID: snetMediaNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'orders'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.71.0.0/18'
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
        vnetSubnetID: snetOrdersNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 24
        maxPods: 110
        vnetSubnetID: snetOrdersNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'search'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.72.0.0/18'
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
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 40
        maxPods: 110
        vnetSubnetID: snetSearchNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
  {
    name: 'users'
    resourceGroup: 'rg-fleet-net'
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      podCidr: '100.73.0.0/18'
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
        vnetSubnetID: snetUsersNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
      {
        name: 'apps'
        mode: 'User'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        count: 2
        enableAutoScaling: true
        minCount: 2
        maxCount: 10
        maxPods: 110
        vnetSubnetID: snetUsersNodes.id
        upgradeSettings: {
          maxSurge: '33%'
        }
      }
    ]
  }
]
