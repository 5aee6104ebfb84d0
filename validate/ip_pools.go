package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

var poolUseless = &Rule{
	ID: "IP030", Title: "address pool that nothing can be taken from", Severity: Warning,
	Explanation: "Every address of the pool is reserved, forbidden for its use, or public where AKS refuses that. The planner takes nothing " +
		"from it, so what is to be placed goes elsewhere or finds no room.",
	Fix: "use another range, or correct addressSpace.reserved", Source: learnPlanning, Since: "v0.1.0",
	Check: checkPoolUseless,
}

func checkPoolUseless(p *Pass) {
	space := p.Spec.AddressSpace
	for _, pools := range []struct {
		key  string
		list []netip.Prefix
		use  aks.Use
	}{
		{"pools", space.Pools, aks.UseVNet}, {"podPools", space.PodPools, aks.UsePod}, {"servicePools", space.ServicePools, aks.UseService},
	} {
		taken := p.takenFor(pools.use)
		for i, pool := range pools.list {
			if pool.IsValid() && len(ipam.Subtract([]netip.Prefix{pool}, taken)) == 0 {
				p.Report(fmt.Sprintf("addressSpace.%s[%d]", pools.key, i), "nothing can be taken from %s: all of it is reserved or forbidden", pool)
			}
		}
	}
}

// takenFor is the ranges that nothing of a use may be taken from.
func (p *Pass) takenFor(use aks.Use) (out []netip.Prefix) {
	for _, r := range p.Spec.AddressSpace.Reserved {
		out = append(out, r.AddressPrefix)
	}
	out = append(out, p.kept.forbiddenTo(use)...)
	return slices.DeleteFunc(out, func(p netip.Prefix) bool { return !p.IsValid() })
}
