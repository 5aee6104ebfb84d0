// Package render writes the graph of Azure resources as infrastructure code: ARM, Bicep, Terraform and scripts of the
// Azure CLI, one file a format.
//
// Every function is a pure function of its arguments: the same graph gives the same bytes. A string of the user never
// leaves its quotes, whatever is in it.
package render
