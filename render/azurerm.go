package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// AzureRM renders a graph as one Terraform file of azurerm resources, formatted like terraform fmt. A resource with a
// setting that azurerm cannot express is written as an azapi resource, with a comment that names the setting.
func AzureRM(g *resource.Graph, o Options) ([]File, error) {
	rm, err := azurermFileOf(g)
	if err != nil {
		return nil, err
	}
	return terraformFile(g, o, rm)
}

// azurermFile is a graph in the words of azurerm. A nil file has none: every resource is one of azapi.
type azurermFile struct {
	// resources are those that azurerm can express; reasons says why the others are left to azapi.
	resources map[*resource.Node]*azurermResource
	reasons   map[*resource.Node]string
	// target is the subscription of the default provider configuration, aliases those of the others.
	target  string
	aliases []subscriptionAlias
	version azurermVersion
}

// subscriptionAlias is a provider configuration for a subscription other than that of the deployment.
type subscriptionAlias struct{ subscription, name string }

// azurermVersion is a minor version of azurerm.
type azurermVersion struct{ major, minor int }

// The versions of azurerm that the file needs. Below minVersion, sku_tier of azurerm_public_ip_prefix is missing and
// changing default_outbound_access_enabled replaces a subnet; version 5 replaced service_endpoints by service_endpoint.
// https://github.com/hashicorp/terraform-provider-azurerm/blob/main/CHANGELOG-v4.md and
// website/docs/guides/5.0-upgrade-guide.html.markdown at version 5.2.0 (read 2026-11-29)
var (
	minVersion             = azurermVersion{4, 9}
	ipamPoolVersion        = azurermVersion{4, 38}
	standardV2Version      = azurermVersion{4, 67}
	serviceEndpointVersion = azurermVersion{5, 0}
	untestedVersion        = azurermVersion{6, 0}
)

func (v azurermVersion) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }

func (v azurermVersion) compare(u azurermVersion) int {
	return cmp.Or(v.major-u.major, v.minor-u.minor)
}

func azurermFileOf(g *resource.Graph) (*azurermFile, error) {
	f := &azurermFile{
		resources: map[*resource.Node]*azurermResource{}, reasons: map[*resource.Node]string{},
		target: g.Target.Subscription, version: minVersion,
	}
	f.nameAliases(g)
	for _, n := range g.Nodes {
		if n.Existing {
			continue
		}
		body, err := bodyOf(g, n)
		if err != nil {
			return nil, err
		}
		r, why := f.translate(g, n, body)
		if why != "" {
			f.reasons[n] = why
			continue
		}
		f.resources[n] = r
		if r.version.compare(f.version) > 0 {
			f.version = r.version
		}
	}
	return f, nil
}

// nameAliases names the subscriptions other than that of the deployment.
func (f *azurermFile) nameAliases(g *resource.Graph) {
	taken := map[string]bool{}
	for _, n := range g.Nodes {
		sub := n.Scope.Subscription
		if strings.EqualFold(sub, f.target) || f.alias(sub) != "" {
			continue
		}
		base := "subscription_" + strings.ReplaceAll(slug(cmp.Or(sub, "deployment")), "-", "_")
		name := base
		for i := 2; taken[name]; i++ {
			name = fmt.Sprintf("%s_%d", base, i)
		}
		taken[name] = true
		f.aliases = append(f.aliases, subscriptionAlias{sub, name})
	}
}

// alias returns the name of the provider configuration of a subscription; empty for the default one.
func (f *azurermFile) alias(subscription string) string {
	for _, a := range f.aliases {
		if strings.EqualFold(a.subscription, subscription) {
			return a.name
		}
	}
	return ""
}

// has reports whether a resource is one of azurerm: a data source if it exists.
func (f *azurermFile) has(n *resource.Node) bool {
	if f == nil {
		return false
	}
	return f.resources[n] != nil || n.Existing && azurermTypeOf(n.Type) != ""
}

// reason returns why a resource is left to azapi.
func (f *azurermFile) reason(n *resource.Node) string {
	if f == nil {
		return ""
	}
	return f.reasons[n]
}

// needsAzAPI reports whether a resource of a graph is left to azapi.
func (f *azurermFile) needsAzAPI(g *resource.Graph) bool {
	return slices.ContainsFunc(g.Nodes, func(n *resource.Node) bool { return !f.has(n) })
}

// placesAzAPI reports whether azapi places a resource directly in a resource group.
func (f *azurermFile) placesAzAPI(g *resource.Graph, s resource.Scope) bool {
	return slices.ContainsFunc(g.Nodes, func(n *resource.Node) bool {
		return !f.has(n) && n.Parent == nil && n.On == nil && n.Scope.Same(s)
	})
}

// versions returns the version constraint of azurerm.
func (f *azurermFile) versions() string {
	return fmt.Sprintf(">= %s, < %s", f.version, untestedVersion)
}

// linksOf returns the addresses of the resources that connect a resource to others.
func (f *azurermFile) linksOf(n *resource.Node) (out []any) {
	if f == nil || f.resources[n] == nil {
		return nil
	}
	for _, l := range f.resources[n].links {
		out = append(out, raw(l.typ+"."+l.name))
	}
	return out
}

// linked reports whether a resource of its own connects n to another: n itself does not need the other.
func (f *azurermFile) linked(n, to *resource.Node) bool {
	if f == nil || f.resources[n] == nil {
		return false
	}
	return slices.ContainsFunc(f.resources[n].links, func(l azurermLink) bool { return l.to == to })
}

// place returns the arguments that say which resource it is: its provider configuration, name, group and parent.
func (f *azurermFile) place(n *resource.Node) (out object) {
	if a := f.alias(n.Scope.Subscription); a != "" {
		out = append(out, member{"provider", raw("azurerm." + a)})
	}
	out = append(out, member{"name", n.LeafName()})
	switch n.Type {
	case resource.TypeRoleAssignment:
		return append(out, member{"scope", reference{node: n.On}})
	case resource.TypeFirewallRules:
		return append(out, member{"firewall_policy_id", reference{node: n.Parent}})
	}
	group := any(n.Scope.ResourceGroup)
	if group == "" {
		group = raw("var.resource_group_name")
	}
	out = append(out, member{"resource_group_name", group})
	switch n.Type {
	case resource.TypeSubnet, resource.TypePeering:
		out = append(out, member{"virtual_network_name", reference{n.Parent, nameProperty}})
	case resource.TypeRoute:
		out = append(out, member{"route_table_name", reference{n.Parent, nameProperty}})
	}
	return out
}

// azurermProviders writes the configurations of azurerm: one for each subscription.
func (w *hclWriter) azurermProviders() {
	if w.azurerm == nil {
		return
	}
	w.azurermProvider("", w.azurerm.target)
	for _, a := range w.azurerm.aliases {
		w.azurermProvider(a.name, a.subscription)
	}
}

func (w *hclWriter) azurermProvider(alias, subscription string) {
	var members object
	if alias != "" {
		members = append(members, member{"alias", alias})
	}
	switch {
	case subscription != "":
		members = append(members, member{"subscription_id", subscription})
	case len(w.scopes) > 0:
		members = append(members, member{"subscription_id", raw("var.subscription_id")})
	}
	w.line("")
	w.block(hclBlock{header("provider", "azurerm"), members, []hclBlock{{head: "features"}}}, 0)
}

// azurermResource writes a resource of azurerm and those that connect it to others.
func (w *hclWriter) azurermResource(n *resource.Node) {
	r := w.azurerm.resources[n]
	attributes := slices.Concat(w.azurerm.place(n), r.attributes)
	if needs := w.explicit(n, attributes); len(needs) > 0 {
		attributes = append(attributes, member{"depends_on", needs})
	}
	blocks := r.blocks
	if r.ignore != "" {
		blocks = append(blocks, hclBlock{head: "lifecycle", attributes: object{{"ignore_changes", r.ignore}}})
	}
	w.block(hclBlock{header("resource", azurermTypeOf(n.Type), snake(n.Symbol)), attributes, blocks}, 0)
	for _, l := range r.links {
		w.line("")
		w.block(hclBlock{head: header("resource", l.typ, l.name), attributes: w.linkAttributes(n, l)}, 0)
	}
}

func (w *hclWriter) linkAttributes(n *resource.Node, l azurermLink) (out object) {
	if a := w.azurerm.alias(n.Scope.Subscription); a != "" {
		out = append(out, member{"provider", raw("azurerm." + a)})
	}
	out = append(out, l.attributes...)
	if after := w.azurerm.linksOf(l.to); len(after) > 0 {
		out = append(out, member{"depends_on", after})
	}
	return out
}
