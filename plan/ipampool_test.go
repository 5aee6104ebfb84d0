package plan_test

import (
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
)

// TestIPAMPool gives random specs an IPAM pool for everything that the plan would place: it invents no range, every
// number is a power of two that holds the demand, and a network takes enough for all of its subnets.
func TestIPAMPool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := parsed(t, anySpec(t, rapid.IntRange(0, 5).Draw(t, "clusters")))
		s.AddressSpace.IPAMPool = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/" +
			"Microsoft.Network/networkManagers/nm/ipamPools/weu"
		for _, v := range plan.Build(s).VNets {
			if !v.InIPAMPool() {
				continue
			}
			if len(v.AddressPrefixes)+len(v.FreePrefixes) > 0 {
				t.Errorf("network %s has %v, and %v free", v.Name, v.AddressPrefixes, v.FreePrefixes)
			}
			if v.UsedAddresses > v.Addresses || v.Addresses > 0 && bits.OnesCount(uint(v.Addresses)) != 1 {
				t.Errorf("network %s takes %d addresses for subnets with %d", v.Name, v.Addresses, v.UsedAddresses)
			}
			for _, s := range v.Subnets {
				checkPoolSubnet(t, s)
			}
		}
	})
}

func checkPoolSubnet(t *rapid.T, s *plan.Subnet) {
	n := s.IPAMPoolAddresses
	switch {
	case s.Pinned() || s.Existing:
		if n > 0 {
			t.Errorf("subnet %s has a range and takes %d addresses from a pool", s.Name, n)
		}
	case len(s.AddressPrefixes) > 0:
		t.Errorf("subnet %s has %v, which nobody knows", s.Name, s.AddressPrefixes)
	case n > 0 && bits.OnesCount(uint(n)) != 1:
		t.Errorf("subnet %s takes %d addresses", s.Name, n)
	case n > 0 && (s.Spec == nil || s.Spec.PrefixLength == 0) && n < s.Demand.Total:
		t.Errorf("subnet %s takes %d addresses and needs %d", s.Name, n, s.Demand.Total)
	}
}
