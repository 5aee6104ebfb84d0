package compare_test

import (
	"testing"

	"github.com/aksnet/aksnet/internal/compare"
)

// TestSummary adds up a fleet in which some change, some stay and one is stuck.
func TestSummary(t *testing.T) {
	c := compare.Of(parse(t, `clusters:
  - {name: a, model: kubenet, nodePools: [{name: x, count: 3}]}
  - {name: b, model: kubenet, nodePools: [{name: x, count: 3}]}
  - {name: c, model: node-subnet, nodePools: [{name: x, count: 3}]}
  - {name: d, model: cilium, nodePools: [{name: x, count: 3}]}
  - {name: e, model: cilium, requirements: {maxNodes: 6000}, nodePools: [{name: x, count: 3}]}
`))
	s := c.Summary
	if s.Clusters != 5 || s.Change != 3 || s.Blocked != 1 || len(s.Changes) != 2 {
		t.Fatalf("%+v", s)
	}
	first := s.Changes[0]
	if first.From != "kubenet" || first.To != "overlay-cilium" || first.Clusters != 2 ||
		first.Why.Text != "kubenet as in the spec: kubenet retires on 2028-03-31; use overlay" {
		t.Errorf("the first change is %+v", first)
	}
	saved := 0
	for i := range c.Clusters {
		saved += c.Clusters[i].Now().VNetAddresses - c.Clusters[i].Recommended().VNetAddresses
	}
	if got := s.VNetAddresses - s.VNetAddressesRecommended; got != saved || got <= 0 {
		t.Errorf("%d addresses saved, want %d", got, saved)
	}
}
