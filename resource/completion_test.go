package resource_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// completed are the rules about traffic that a group stops and that the graph lets through all the same.
var completed = []string{"NSG010", "NSG011", "NSG012", "NSG013", "NSG014", "NSG015", "NSG016", "NSG020"}

// What validate says the graph sees to, it does see to: a spec with the graph's rules has no such finding.
func TestGroupsAreCompleted(t *testing.T) {
	for _, rule := range completed {
		t.Run(rule, func(t *testing.T) {
			path := filepath.Join("..", "testdata", "rules", rule, "bad.yaml")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s := spec.Parse(spec.Source{Name: path, Data: data})
			before := validate.Run(plan.Build(s), validate.Options{Only: []string{rule}})
			if before.Summary.Warnings == 0 || before.Summary.Errors > 0 {
				t.Fatalf("before: %+v, want warnings alone", before.Summary)
			}
			g := resource.Build(plan.Build(s))
			for i := range s.NetworkSecurityGroups {
				group := &s.NetworkSecurityGroups[i]
				group.Rules = specRules(body[armnetwork.SecurityGroup](t, g, resource.TypeNSG, group.Name))
			}
			for _, f := range validate.Run(plan.Build(s), validate.Options{Only: completed}).Findings {
				t.Errorf("after: %s %s", f.Rule, f.Message)
			}
		})
	}
}

// specRules is the rules of a group as a spec has them.
func specRules(g *armnetwork.SecurityGroup) (out []spec.SecurityRule) {
	words := func(one *string, many []*string) (all []string) {
		if one != nil {
			return []string{*one}
		}
		for _, m := range many {
			all = append(all, *m)
		}
		return all
	}
	for _, r := range g.Properties.SecurityRules {
		p := r.Properties
		out = append(out, spec.SecurityRule{
			Name: *r.Name, Priority: int(*p.Priority), Direction: string(*p.Direction), Access: string(*p.Access), Protocol: string(*p.Protocol),
			Sources: words(p.SourceAddressPrefix, p.SourceAddressPrefixes), Destinations: words(p.DestinationAddressPrefix, p.DestinationAddressPrefixes),
			DestinationPorts: words(p.DestinationPortRange, p.DestinationPortRanges),
		})
	}
	return out
}

// A group that nothing to be written names is not written, and so not completed: what it stops is an error.
func TestGroupsThatAreNotWritten(t *testing.T) {
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte(`apiVersion: aksnet/v1
networkSecurityGroups: [{name: own, rules: [{name: no-in, priority: 4000, direction: Inbound, access: Deny}]}]
vnets:
  - name: v
    existing: true
    addressPrefixes: [10.2.0.0/16]
    subnets: [{name: nodes, existing: true, addressPrefix: 10.2.0.0/24, networkSecurityGroup: own}]
clusters: [{name: a, vnet: v, podCidr: 10.244.0.0/16, nodeSubnet: {name: nodes}, nodePools: [{name: p, count: 3}]}]
`)})
	p := plan.Build(s)
	if got := validate.Run(p, validate.Options{Only: completed}).Summary; got.Errors == 0 || got.Warnings > 0 {
		t.Errorf("%+v, want errors alone", got)
	}
	for _, n := range resource.Build(p).Nodes {
		if n.Type == resource.TypeNSG && !n.Existing {
			t.Errorf("%s is written", n.ID)
		}
	}
}

// One group for all that can share a group, in both families, with a deny for each direction.
func TestCompletionHasABound(t *testing.T) {
	g := build(t, `
vnets:
  - name: v
    addressPrefixes: [10.2.0.0/16, 'fd00:1::/48']
    dnsServers: [10.9.0.4, 'fd00:9::4']
    subnets:
      - {name: nodes, addressPrefixes: [10.2.0.0/24, 'fd00:1:0:1::/64'], networkSecurityGroup: own}
      - {name: gw, addressPrefixes: [10.2.1.0/24, 'fd00:1:0:2::/64'], purpose: applicationGateway, networkSecurityGroup: own}
      - {name: agc, addressPrefixes: [10.2.2.0/24], purpose: applicationGatewayForContainers, networkSecurityGroup: own}
      - {name: AzureBastionSubnet, addressPrefixes: [10.2.3.0/24], networkSecurityGroup: own}
      - {name: api, addressPrefixes: [10.2.4.0/28, 'fd00:1:0:3::/64'], networkSecurityGroup: own}
      - {name: flat, addressPrefixes: [10.2.5.0/24], networkSecurityGroup: own}
      - {name: pods, addressPrefixes: [10.2.8.0/22], networkSecurityGroup: own}
networkSecurityGroups:
  - name: own
    rules:
      - {name: no-in, priority: 4000, direction: Inbound, access: Deny}
      - {name: no-out, priority: 4000, direction: Outbound, access: Deny}
clusters:
  - {name: a, vnet: v, ipFamilies: [IPv4, IPv6], apiServerVnetIntegration: true, apiServerSubnet: {name: api}, nodeSubnet: {name: nodes},
     ingress: [applicationGateway, applicationGatewayForContainers], services: {publicLoadBalancers: 2, internalLoadBalancers: 2}, nodePools: [{name: p, count: 3}]}
  - {name: b, vnet: v, model: pod-subnet, nodeSubnet: {name: flat}, podSubnet: {name: pods}, nodePools: [{name: p, count: 3}]}
`, resource.Options{})
	added := map[armnetwork.SecurityRuleDirection]int{}
	for _, r := range body[armnetwork.SecurityGroup](t, g, resource.TypeNSG, "own").Properties.SecurityRules {
		added[*r.Properties.Direction]++
	}
	for direction, n := range added {
		if n--; n < 8 || n > validate.CompletionRules {
			t.Errorf("%s: %d rules are added, want some and at most %d", direction, n, validate.CompletionRules)
		}
		t.Logf("%s: %d rules are added", direction, n)
	}
}
