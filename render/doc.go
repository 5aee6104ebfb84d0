// Package render renders the graph of Azure resources as infrastructure code: ARM, Bicep, Terraform and Azure CLI
// scripts, with one source file per format.
//
// Every function is a pure function of its arguments: the same graph gives the same bytes. A user's string never breaks
// out of its quotes, whatever it contains.
package render
