package resource

import (
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
	dnsServers []netip.Addr
	endpoints  []plan.Endpoint
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
					collection("aks-network", networkPriority, e.networkRules()),
					collection("aks-names", applicationPriority, e.applicationRules()),
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
		e.endpoints = append(e.endpoints, c.Endpoints(b.opts.Cloud)...)
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

// networkRules returns the rules for what no web filter can name, one for each row of the table. They omit what only
// Azure knows, such as the address of an API server.
func (e egress) networkRules() (out []armnetwork.FirewallPolicyRuleClassification) {
	rules := map[string]*armnetwork.Rule{}
	for _, p := range e.endpoints {
		if p.ID == "" || strings.HasPrefix(p.Destination, "<") {
			continue
		}
		r := rules[p.ID]
		if r == nil {
			r = &armnetwork.Rule{
				RuleType: ptr(armnetwork.FirewallPolicyRuleTypeNetworkRule), Name: ptr(p.ID), Description: ptr(p.Why),
				IPProtocols: []*armnetwork.FirewallPolicyRuleNetworkProtocol{
					ptr(armnetwork.FirewallPolicyRuleNetworkProtocol(p.Protocol)),
				},
				SourceAddresses: prefixes(e.sources), DestinationPorts: list([]string{strconv.Itoa(p.Port)}),
			}
			rules[p.ID], out = r, append(out, r)
		}
		if p.Kind == plan.EndpointFQDN {
			r.DestinationFqdns = addText(r.DestinationFqdns, p.Destination)
		} else {
			r.DestinationAddresses = addText(r.DestinationAddresses, anywhere(p.Destination))
		}
	}
	return out
}

// addText appends a text that is not yet in a list.
func addText(list []*string, text string) []*string {
	if slices.ContainsFunc(list, func(have *string) bool { return *have == text }) {
		return list
	}
	return append(list, &text)
}

// anywhere returns a service tag without its region where the plan names none.
func anywhere(tag string) string { return strings.TrimSuffix(tag, "."+aks.RegionMark) }

// applicationRules returns the rules for the names that clusters need, one for each reason and port.
func (e egress) applicationRules() (out []armnetwork.FirewallPolicyRuleClassification) {
	type key struct {
		why  string
		port int
	}
	var order []key
	names := map[key][]string{}
	for _, p := range e.endpoints {
		if p.ID != "" {
			continue
		}
		k := key{p.Why, p.Port}
		if names[k] == nil {
			order = append(order, k)
		}
		names[k] = join(names[k], []string{wildcard(p.Destination)})
	}
	out = append(
		out,
		e.rule(
			"aks-tag",
			"The AKS requirements that Azure Firewall maintains itself.",
			aks.PortHTTPS,
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

// wildcard returns a name that starts with a wildcard where the plan names no region for it.
func wildcard(name string) string {
	if _, after, regional := strings.Cut(name, aks.RegionMark); regional {
		return "*" + after
	}
	return name
}

func (e egress) rule(name, why string, port int, fqdns, tags []string) *armnetwork.ApplicationRule {
	r := &armnetwork.ApplicationRule{
		RuleType: ptr(armnetwork.FirewallPolicyRuleTypeApplicationRule), Name: ptr(name), Description: ptr(why),
		SourceAddresses: prefixes(e.sources), TargetFqdns: list(fqdns), FqdnTags: list(tags),
	}
	protocol := armnetwork.FirewallPolicyRuleApplicationProtocolTypeHTTPS
	if port == aks.PortHTTP {
		protocol = armnetwork.FirewallPolicyRuleApplicationProtocolTypeHTTP
	}
	r.Protocols = []*armnetwork.FirewallPolicyRuleApplicationProtocol{
		{ProtocolType: ptr(protocol), Port: ptr(int32(port))},
	}
	return r
}
