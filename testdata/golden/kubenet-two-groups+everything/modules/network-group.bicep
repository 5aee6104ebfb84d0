// Written by aksnet. Every subnet is a resource of its own, so that sending this again leaves other subnets alone.

targetScope = 'resourceGroup'

@description('Region of the resources.')
param location string

resource uSerAssignedIdentitiesIdK1 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-k1'
  location: location
}
