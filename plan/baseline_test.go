package plan_test

import (
	"os"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestW1Baseline plans the network of mspnp/aks-baseline and compares it with the worksheet in its
// network-team/topology.md (read 2026-11-22): the same prefixes with the same first and last addresses.
//
// Two figures of the worksheet differ on purpose. For the node subnet it counts 372 addresses today and 982 when scaled
// out, which is (n + 2) + 60 × (n + 1) + 5 for n = 5 and n = 15: two upgrade nodes, and 60 pod addresses for each node,
// once for the pods and once for their surge. AKS's own formula with the same inputs (maxSurge 100 %, 30 pods) gives 2n
// × (30 + 1) + 5, which is 315 and 935. Both lead to a /22. Subnets whose
// size is given and not computed count the five reserved addresses alone.
func TestW1Baseline(t *testing.T) {
	text, err := os.ReadFile("../testdata/specs/aks-baseline.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Build(spec.Parse(spec.Source{Name: "aks-baseline.yaml", Data: text}))
	want := map[string]struct {
		prefix string
		last   string
		total  int
	}{
		"snet-clusternodes":           {"10.240.0.0/22", "10.240.3.255", 935},
		"snet-clusteringressservices": {"10.240.4.0/28", "10.240.4.15", 10},
		"snet-privatelinkendpoints":   {"10.240.4.32/28", "10.240.4.47", 5},
		"snet-applicationgateway":     {"10.240.5.0/24", "10.240.5.255", 256},
		"GatewaySubnet":               {"10.200.0.64/27", "10.200.0.95", 5},
		"AzureFirewallSubnet":         {"10.200.0.0/26", "10.200.0.63", 5},
		"AzureBastionSubnet":          {"10.200.0.128/26", "10.200.0.191", 5},
	}
	for _, v := range p.VNets {
		for _, s := range v.Subnets {
			w, ok := want[s.Name]
			if !ok {
				t.Errorf("%s is not in the worksheet", s.Name)
			}
			delete(want, s.Name)
			last := s.AddressPrefix.Addr()
			for range 1<<(32-s.AddressPrefix.Bits()) - 1 {
				last = last.Next()
			}
			if s.AddressPrefix.String() != w.prefix || last.String() != w.last || s.Demand.Total != w.total {
				t.Errorf(
					"%s: %s to %s, %d addresses; want %s to %s, %d",
					s.Name,
					s.AddressPrefix,
					last,
					s.Demand.Total,
					w.prefix,
					w.last,
					w.total,
				)
			}
		}
	}
	for name := range want {
		t.Errorf("%s is not in the plan", name)
	}
	if len(p.Unplaced) > 0 {
		t.Errorf("not placed: %+v", p.Unplaced)
	}
}

// TestW1Formula recomputes the figures of the worksheet from its own inputs, so that the difference above is known
// exactly.
func TestW1Formula(t *testing.T) {
	worksheet := func(n int) int { return n + 2 + 60*(n+1) + 5 }
	for n, want := range map[int]int{5: 372, 15: 982} {
		if got := worksheet(n); got != want {
			t.Errorf("%d nodes: %d, want %d", n, got, want)
		}
	}
	if got, want := plan.BitsFor(worksheet(15)), plan.BitsFor(935); got != want || got != 22 {
		t.Errorf("/%d and /%d, want /22", got, want)
	}
}
