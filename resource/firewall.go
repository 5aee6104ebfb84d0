package resource

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// Names and priorities of the firewall policy. Priorities of firewall rules run from 100 to 65000.
// https://learn.microsoft.com/azure/firewall/policy-rule-sets (read 2026-11-22)
const (
	firewallPolicyName  = "afwp-aks-egress"
	firewallGroupName   = "aks-egress"
	groupPriority       = 200
	networkPriority     = 200
	applicationPriority = 300
)

// egress holds what the clusters behind a firewall have in common.
type egress struct {
	sources    []netip.Prefix
	locations  []string
	dnsServers []netip.Addr
	public     bool
	windows    bool
}

// addFirewallPolicy adds, under lockdown, a firewall policy that allows what clusters behind userDefinedRouting must
// reach. The firewall itself is not part of the plan: its owner attaches this policy or copies the rules.
// [aks.PageFirewall] (read 2026-11-22)
func (b *builder) addFirewallPolicy() {
	e := b.egress()
	if !b.opts.Lockdown || len(e.sources) == 0 {
		return
	}
	policy := &Node{
		Type: TypeFirewallPolicy, Name: firewallPolicyName, Scope: b.graph.Target, Regional: true, Tags: b.tags(nil),
		Comments: []string{
			"Allows what clusters behind userDefinedRouting must reach. " +
				"Attach it to the firewall that is the next hop of their default route.",
		},
		Body: &armnetwork.FirewallPolicy{
			Location: location(b.graph.Location), Tags: ptrs(b.tags(nil)),
			Properties: &armnetwork.FirewallPolicyPropertiesFormat{
				SKU: &armnetwork.FirewallPolicySKU{Tier: ptr(armnetwork.FirewallPolicySKUTierStandard)},
				// Network rules with FQDNs require the firewall to act as DNS proxy for the machines.
				DNSSettings: &armnetwork.DNSSettings{EnableProxy: ptr(true), Servers: addrs(e.dnsServers)},
			},
		},
	}
	policy = b.add(policy)
	b.add(&Node{
		Type: TypeFirewallRules, Name: policy.Name + "/" + firewallGroupName, Scope: policy.Scope, Parent: policy,
		Body: &armnetwork.FirewallPolicyRuleCollectionGroup{
			Properties: &armnetwork.FirewallPolicyRuleCollectionGroupProperties{
				Priority: ptr(int32(groupPriority)),
				RuleCollections: []armnetwork.FirewallPolicyRuleCollectionClassification{
					collection("aks-network", networkPriority, b.networkRules(e)),
					collection("aks-names", applicationPriority, b.applicationRules(e)),
				},
			},
		},
	})
}

func (b *builder) egress() (e egress) {
	for _, c := range b.plan.Clusters {
		if c.OutboundType != aks.OutboundUserDefinedRouting || c.VNet() == nil {
			continue
		}
		// Azure Firewall filters IPv4.
		e.sources = join(e.sources, plan.IPv4(append(c.Ranges(aks.EndNodes), c.Ranges(aks.EndPodSubnet)...)))
		for _, p := range c.NodePools {
			e.windows = e.windows || p.OSType == aks.Windows
		}
		e.locations = join(e.locations, []string{plan.RegionName(cmp.Or(c.Location, b.graph.Location))})
		e.public = e.public || !c.PrivateAPIServer()
		if c.VNet().Spec != nil {
			e.dnsServers = join(e.dnsServers, c.VNet().Spec.DNSServers)
		}
	}
	return e
}

// join appends the items that are not yet in a list.
func join[T comparable](list, more []T) []T {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

func collection(
	name string,
	priority int,
	rules []armnetwork.FirewallPolicyRuleClassification,
) *armnetwork.FirewallPolicyFilterRuleCollection {
	return &armnetwork.FirewallPolicyFilterRuleCollection{
		Name: ptr(name), Priority: ptr(int32(priority)), Rules: rules,
		RuleCollectionType: ptr(armnetwork.FirewallPolicyRuleCollectionTypeFirewallPolicyFilterRuleCollection),
		Action: &armnetwork.FirewallPolicyFilterRuleCollectionAction{
			Type: ptr(armnetwork.FirewallPolicyFilterRuleCollectionActionTypeAllow),
		},
	}
}

func (b *builder) networkRules(e egress) (out []armnetwork.FirewallPolicyRuleClassification) {
	for _, r := range aks.NetworkRules(b.opts.Cloud) {
		if r.NotPrivate && !e.public || r.AddOn != aks.AddOnNone {
			continue
		}
		to, names := e.destinations(r.Destination)
		if len(to)+len(names) == 0 {
			continue
		}
		out = append(out, &armnetwork.Rule{
			RuleType: ptr(armnetwork.FirewallPolicyRuleTypeNetworkRule), Name: ptr(r.ID), Description: ptr(r.When),
			IPProtocols: []*armnetwork.FirewallPolicyRuleNetworkProtocol{
				ptr(armnetwork.FirewallPolicyRuleNetworkProtocol(strings.ToUpper(r.Protocol))),
			},
			SourceAddresses: prefixes(e.sources), DestinationAddresses: list(to), DestinationFqdns: list(names),
			DestinationPorts: list([]string{strconv.Itoa(r.Port)}),
		})
	}
	return out
}

// destinations returns the destinations of a network rule: addresses and service tags, or names. It omits what only
// Azure knows, such as the address of an API server.
func (e egress) destinations(d string) (addresses, names []string) {
	switch {
	case d == "<DNS servers>":
		for _, a := range e.dnsServers {
			addresses = append(addresses, a.String())
		}
	case strings.Contains(d, "<location>"):
		for _, l := range e.locations {
			addresses = append(addresses, strings.TrimSuffix(strings.ReplaceAll(d, "<location>", l), "."))
		}
	case strings.HasPrefix(d, "<"):
	case strings.Contains(d, "."):
		names = []string{d}
	default:
		addresses = []string{d}
	}
	return addresses, names
}

// applicationRules returns the rules for the names that clusters need, one for each reason and port.
func (b *builder) applicationRules(e egress) (out []armnetwork.FirewallPolicyRuleClassification) {
	addOns := []aks.AddOn{aks.AddOnUbuntuUpdates}
	if e.windows {
		addOns = append(addOns, aks.AddOnWindows)
	}
	type key struct {
		why  string
		port int
	}
	var order []key
	names := map[key][]string{}
	for _, r := range aks.FQDNRules(b.opts.Cloud, addOns...) {
		if r.NotPrivate && !e.public {
			continue
		}
		k := key{r.Why, r.Port}
		if names[k] == nil {
			order = append(order, k)
		}
		names[k] = join(names[k], e.fqdns(r.FQDN))
	}
	out = append(
		out,
		e.rule(
			"aks-tag",
			"The AKS requirements that Azure Firewall maintains itself.",
			portHTTPS,
			nil,
			[]string{"AzureKubernetesService"},
		),
	)
	for _, k := range order {
		name := fmt.Sprintf("%s-%d", strings.ToLower(strings.ReplaceAll(k.why, " ", "-")), k.port)
		out = append(out, e.rule(name, k.why, k.port, names[k], nil))
	}
	return out
}

// fqdns returns a name for each region. When the plan names no region, the name starts with a wildcard.
func (e egress) fqdns(name string) (out []string) {
	_, after, regional := strings.Cut(name, "<location>")
	if !regional {
		return []string{name}
	}
	for _, l := range e.locations {
		if l == "" {
			out = append(out, "*"+after)
		} else {
			out = append(out, strings.ReplaceAll(name, "<location>", l))
		}
	}
	return out
}

func (e egress) rule(name, why string, port int, fqdns, tags []string) *armnetwork.ApplicationRule {
	r := &armnetwork.ApplicationRule{
		RuleType: ptr(armnetwork.FirewallPolicyRuleTypeApplicationRule), Name: ptr(name), Description: ptr(why),
		SourceAddresses: prefixes(e.sources), TargetFqdns: list(fqdns), FqdnTags: list(tags),
	}
	protocol := armnetwork.FirewallPolicyRuleApplicationProtocolTypeHTTPS
	if port == portHTTP {
		protocol = armnetwork.FirewallPolicyRuleApplicationProtocolTypeHTTP
	}
	r.Protocols = []*armnetwork.FirewallPolicyRuleApplicationProtocol{
		{ProtocolType: ptr(protocol), Port: ptr(int32(port))},
	}
	return r
}

// Well-known ports of web servers.
const (
	portHTTP  = 80
	portHTTPS = 443
)
