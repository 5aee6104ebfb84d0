// Package apply compares a graph of resources with the live resources in Azure, and changes Azure to match it. It is
// the only package that handles credentials and, besides package resource, the only one that uses the Azure SDK.
//
// # What is compared
//
// The plan owns only the members in its bodies. Other members, other elements of named lists (a route that AKS added, a
// rule of another team) and other tags stay unchanged, and are sent back as they are when a resource is updated. Bodies
// are therefore compared and merged as JSON: a round trip through the SDK's structs would lose members unknown to them.
//
// # What is sent
//
// Apply runs exactly the changes that were shown. Every update is conditional on the ETag it was computed from. When
// Azure responds that the resource has changed meanwhile (412) or is busy (409), it is read again, and the change
// continues only if it is still the one that was shown. Virtual networks are sent without the member "subnets", so that
// they never remove a subnet; subnets are separate resources and are sent one after another.
package apply
