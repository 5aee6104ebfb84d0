package resource

import "strings"

// Placeholders in an id for a subscription or resource group that the plan does not name. Neither can be a real name,
// because braces are not allowed.
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

// Scope is a resource group in a subscription. An empty field means that of the deployment itself.
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

// Same reports whether both are the same resource group; Azure ignores case.
func (s Scope) Same(t Scope) bool { return strings.EqualFold(s.ID(), t.ID()) }

// idOf returns the id of a resource from its type and name, both of which have one segment per level.
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

// segment returns a name as one segment of an id: an unescaped slash would make two. No resource can have such a name,
// so Azure rejects it, instead of the id matching some other resource by chance.
func segment(name string) string { return strings.ReplaceAll(name, "/", "%2F") }

// IsID reports whether a reference of the spec is a resource id rather than a name.
func IsID(s string) bool { return strings.HasPrefix(s, "/") }
