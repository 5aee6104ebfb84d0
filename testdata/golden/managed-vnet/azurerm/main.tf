# Written by aksnet. Every subnet is a separate resource, so applying this again does not affect other subnets.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.9, < 6.0"
    }
  }
}

provider "azurerm" {
  features {}
}

output "clusters" {
  description = "Settings that each cluster needs to fit the network: pass them to the template that creates the clusters."
  value = [
    {
      name          = "demo"
      resourceGroup = "rg-demo"
      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "azure"
        podCidr           = "10.244.0.0/16"
        serviceCidr       = "10.0.0.0/16"
        dnsServiceIP      = "10.0.0.10"
        outboundType      = "managedNATGateway"
        loadBalancerSku   = "standard"
        natGatewayProfile = {
          managedOutboundIPProfile = {
            count = 2
          }
          idleTimeoutInMinutes = 4
        }
      }
      agentPoolProfiles = [
        {
          name    = "system"
          mode    = "System"
          osType  = "Linux"
          type    = "VirtualMachineScaleSets"
          count   = 3
          maxPods = 110
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
        {
          name              = "apps"
          mode              = "User"
          osType            = "Linux"
          type              = "VirtualMachineScaleSets"
          count             = 1
          enableAutoScaling = true
          minCount          = 1
          maxCount          = 10
          maxPods           = 110
          upgradeSettings = {
            maxSurge = "10%"
          }
        },
      ]
    },
  ]
}
