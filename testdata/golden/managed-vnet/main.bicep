// Written by aksnet. Every subnet is a resource of its own, so that sending this again leaves other subnets alone.

targetScope = 'resourceGroup'
