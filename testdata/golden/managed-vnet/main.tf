# Written by aksnet. Every subnet is a resource of its own, so that applying this again leaves other subnets alone.

terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}
