package validate

import (
	"fmt"
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestDeniesTwin compares the evaluation of groups with a reference that looks at every packet of a small world.
func TestDeniesTwin(t *testing.T) { rapid.Check(t, deniesTwin) }

func deniesTwin(t *rapid.T) {
	prefix := rapid.Custom(func(t *rapid.T) netip.Prefix {
		bits := rapid.IntRange(29, 32).Draw(t, "bits")
		host := byte(rapid.IntRange(0, 7).Draw(t, "host"))
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, host}), bits).Masked()
	})
	span := rapid.Custom(func(t *rapid.T) portRange {
		lo := rapid.IntRange(0, 5).Draw(t, "lo")
		return portRange{lo, rapid.IntRange(lo, 5).Draw(t, "hi")}
	})
	rules := make([]spec.SecurityRule, rapid.IntRange(0, 4).Draw(t, "rules"))
	for i := range rules {
		p := span.Draw(t, "ports")
		rules[i] = spec.SecurityRule{
			Name: fmt.Sprint(i), Priority: 100 + i, Direction: "Inbound",
			Access: rapid.SampledFrom([]aks.Access{aks.AccessAllow, aks.AccessDeny}).Draw(t, "access"),
			Protocol: rapid.SampledFrom([]aks.Protocol{"", aks.ProtocolAny, aks.ProtocolTCP, aks.ProtocolUDP}).
				Draw(t, "protocol"),
			Sources: []string{
				prefix.Draw(t, "source").String(),
			}, Destinations: []string{prefix.Draw(t, "destination").String()},
			DestinationPorts: []string{fmt.Sprintf("%d-%d", p.lo, p.hi)},
		}
	}
	f := flow{
		endpoint{prefixes: []netip.Prefix{prefix.Draw(t, "from")}},
		endpoint{prefixes: []netip.Prefix{prefix.Draw(t, "to")}},
		"Tcp",
		[]portRange{span.Draw(t, "flow")},
	}
	by, _ := newGroup(rules, "Inbound", nil).denies(f)
	got := -1
	if by != nil {
		got = by.index
	}
	if want := firstDenier(rules, f); got != want {
		t.Fatalf("denied by rule %d, want %d; flow %+v, rules %+v", got, want, f, rules)
	}
}

// firstDenier returns the first rule that denies some packet of a flow, or -1 if none does.
func firstDenier(rules []spec.SecurityRule, f flow) int {
	first := -1
	for from := range 8 {
		for to := range 8 {
			for port := range 6 {
				src, dst := netip.AddrFrom4(
					[4]byte{10, 0, 0, byte(from)},
				), netip.AddrFrom4(
					[4]byte{10, 0, 0, byte(to)},
				)
				if !f.from.prefixes[0].Contains(src) || !f.to.prefixes[0].Contains(dst) || port < f.ports[0].lo ||
					port > f.ports[0].hi {
					continue
				}
				if i := decides(rules, src, dst, port); i >= 0 && rules[i].Access == "Deny" &&
					(first < 0 || i < first) {
					first = i
				}
			}
		}
	}
	return first
}

func decides(rules []spec.SecurityRule, src, dst netip.Addr, port int) int {
	for i, r := range rules {
		p, _ := wordPorts(r.DestinationPorts[0])
		if r.Protocol != "Udp" && netip.MustParsePrefix(r.Sources[0]).Contains(src) &&
			netip.MustParsePrefix(r.Destinations[0]).Contains(dst) &&
			p.lo <= port &&
			port <= p.hi {
			return i
		}
	}
	return -1
}

// TestSeverityOfBlockedFlows compares the severity of a blocked flow with what render and apply can do about it.
func TestSeverityOfBlockedFlows(t *testing.T) {
	const text = `apiVersion: aksnet/v1
networkSecurityGroups: [{name: own, rules: [{name: no-in, priority: %d, direction: Inbound, access: Deny}]}]
vnets:
  - name: v
    existing: %v
    addressPrefixes: [10.2.0.0/16]
    subnets: [{name: nodes, existing: %v, addressPrefix: 10.2.0.0/24, networkSecurityGroup: own}]
clusters: [{name: a, vnet: v, podCidr: 10.244.0.0/16, nodeSubnet: {name: nodes}, nodePools: [{name: p, count: 3}]}]
`
	tests := []struct {
		name             string
		deny             int
		existing         bool
		errors, warnings int
	}{
		{"written, with free priorities", 4000, false, 0, 4},
		{"written, with just enough of them", 105, false, 0, 4},
		{"written, without the last", 104, false, 1, 3},
		{"not written", 4000, true, 4, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := fmt.Sprintf(text, tt.deny, tt.existing, tt.existing)
			s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte(data)})
			only := []string{"NSG010", "NSG011", "NSG012", "NSG013"}
			got := Run(plan.Build(s), Options{Only: only}).Summary
			if got.Errors != tt.errors || got.Warnings != tt.warnings {
				t.Errorf(
					"%d errors and %d warnings, want %d and %d",
					got.Errors,
					got.Warnings,
					tt.errors,
					tt.warnings,
				)
			}
		})
	}
}
