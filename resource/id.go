package resource

import "strings"

// What stands in an id for a subscription or resource group that the plan does not name. Neither can be a real one:
// braces are not allowed in them.
const (
	UnknownSubscription  = "{subscription}"
	UnknownResourceGroup = "{resourceGroup}"
)

// The resource types of the graph.
const (
	TypeVNet       = "Microsoft.Network/virtualNetworks"
	TypeSubnet     = "Microsoft.Network/virtualNetworks/subnets"
	TypePeering    = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
	TypeNSG        = "Microsoft.Network/networkSecurityGroups"
	TypeRouteTable = "Microsoft.Network/routeTables"
	TypeRoute      = "Microsoft.Network/routeTables/routes"
	TypeNATGateway = "Microsoft.Network/natGateways"
	TypePublicIP   = "Microsoft.Network/publicIPAddresses"
	TypePrefix     = "Microsoft.Network/publicIPPrefixes"

	TypeFirewallPolicy = "Microsoft.Network/firewallPolicies"
	TypeFirewallRules  = "Microsoft.Network/firewallPolicies/ruleCollectionGroups"
	TypeIdentity       = "Microsoft.ManagedIdentity/userAssignedIdentities"
	TypeRoleAssignment = "Microsoft.Authorization/roleAssignments"
	TypeCluster        = "Microsoft.ContainerService/managedClusters"
)

// Scope is a resource group in a subscription. Empty parts are those of the deployment itself.
type Scope struct {
	Subscription  string
	ResourceGroup string
}

// ID returns the id of the resource group.
func (s Scope) ID() string {
	sub, group := s.Subscription, s.ResourceGroup
	if sub == "" {
		sub = UnknownSubscription
	}
	if group == "" {
		group = UnknownResourceGroup
	}
	return "/subscriptions/" + segment(sub) + "/resourceGroups/" + segment(group)
}

// Same reports whether both are the same resource group; Azure does not distinguish case.
func (s Scope) Same(t Scope) bool { return strings.EqualFold(s.ID(), t.ID()) }

// idOf joins the id of a resource of a type and a name, both with a part for each level.
func idOf(s Scope, typ, name string) string {
	types, names := strings.Split(typ, "/"), strings.Split(name, "/")
	var b strings.Builder
	b.WriteString(s.ID())
	b.WriteString("/providers/")
	b.WriteString(types[0])
	for i, t := range types[1:] {
		b.WriteString("/" + t + "/" + names[i])
	}
	return b.String()
}

// segment returns a name as one part of an id: a slash in it would make two. No resource may be called so; Azure says
// that, and not some other resource that the id would name by chance.
func segment(name string) string { return strings.ReplaceAll(name, "/", "%2F") }

// IsID reports whether a reference of the spec is a resource id rather than a name.
func IsID(s string) bool { return strings.HasPrefix(s, "/") }
