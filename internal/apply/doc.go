// Package apply compares a graph of resources with what is live in Azure, and brings Azure to it. It is the only place
// with credentials, and with package resource the only one that knows the Azure SDK.
//
// # What is compared
//
// The plan owns the members that its bodies hold and nothing else. Members that it does not name, elements of named
// lists that it does not name (a route that AKS added, a rule of another team), tags it does not set: all of that is
// left as it is found, and sent back unchanged when a resource is updated. Bodies are therefore compared and merged as
// JSON: a round trip through the SDK's structs loses what they do not know.
//
// # What is sent
//
// Changes are shown, and exactly those are run. Every update carries the ETag it was computed from. When Azure answers
// that the resource changed meanwhile (412) or is busy (409), it is read again, and the change goes on only while it is
// still the one that was shown. Virtual networks are sent without the member "subnets", so that no subnet is ever
// dropped by one; subnets are resources of their own and are sent one after another.
package apply
