package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// sharedGroup has one group for everything that can share a group, in both families, with a deny in each direction.
const sharedGroup = `apiVersion: aksnet/v1
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
      - {name: AllowNodesToNodes, priority: 110, direction: Outbound, access: Allow}
      - {name: no-out, priority: 4000, direction: Outbound, access: Deny}
clusters:
  - {name: a, vnet: v, ipFamilies: [IPv4, IPv6], apiServerVnetIntegration: true, apiServerSubnet: {name: api},
     nodeSubnet: {name: nodes}, ingress: [applicationGateway, applicationGatewayForContainers],
     services: {publicLoadBalancers: 2, internalLoadBalancers: 2}, nodePools: [{name: p, count: 3}]}
  - {name: b, vnet: v, model: pod-subnet, nodeSubnet: {name: flat}, podSubnet: {name: pods}, nodePools: [{name: p, count: 3}]}
`

// effective returns the rules of the first group of a spec as it is written, in front of all subnets of its first
// network.
func effective(t *testing.T, text string, lockdown bool) (own, all []spec.SecurityRule) {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte(text)})
	p := plan.Build(s)
	own = s.NetworkSecurityGroups[0].Rules
	g := plan.Group{Rules: own, Subnets: p.VNets[0].Subnets, Lockdown: lockdown}
	return own, plan.NewSecurity(p).Effective(g)
}

func TestEffectiveKeepsTheUsersRules(t *testing.T) {
	own, all := effective(t, sharedGroup, false)
	if diff := cmp.Diff(own, all[:len(own)]); diff != "" {
		t.Error(diff)
	}
}

// Azure refuses two rules with one name, or with one priority in a direction.
func TestEffectiveRulesAreDistinct(t *testing.T) {
	for _, lockdown := range []bool{false, true} {
		seen := map[string]bool{}
		_, all := effective(t, sharedGroup, lockdown)
		for _, r := range all {
			name, priority := strings.ToLower(r.Name), fmt.Sprint(r.Direction, r.Priority)
			if seen[name] || seen[priority] {
				t.Errorf("lockdown %v: name or priority of %+v is taken", lockdown, r)
			}
			seen[name], seen[priority] = true, true
			if r.Priority < aks.MinRulePriority || r.Priority > aks.MaxRulePriority {
				t.Errorf("lockdown %v: priority of %+v is out of range", lockdown, r)
			}
		}
	}
}

// Everything that a group needs is allowed before the first deny when there are free priorities.
func TestEffectiveAllowsComeBeforeTheDeny(t *testing.T) {
	own, all := effective(t, sharedGroup, false)
	added := all[len(own):]
	for _, r := range added {
		if r.Access != aks.AccessAllow || r.Priority >= 4000 {
			t.Errorf("%+v is no allow before the deny", r)
		}
	}
	ports := func(name string) (out []string) {
		for _, r := range added {
			if strings.HasPrefix(r.Name, name) {
				out = append(out, r.DestinationPorts...)
			}
		}
		return out
	}
	if got := ports("AllowGatewayManager"); !slices.Contains(got, "443") || len(got) != 2 {
		t.Errorf("GatewayManager reaches ports %v, want those of the gateway and those of Bastion", got)
	}
}

// A group without free priorities before its deny gets its allows after it, as far as there are any.
func TestEffectiveWithoutFreePriorities(t *testing.T) {
	text := strings.Replace(sharedGroup, "name: no-in, priority: 4000", "name: no-in, priority: 101", 1)
	own, all := effective(t, text, false)
	before := 0
	for _, r := range all[len(own):] {
		if r.Direction == aks.DirInbound && r.Priority < 101 {
			before++
		}
	}
	if before != 1 {
		t.Errorf("%d rules before the deny, want the one that fits", before)
	}
}
