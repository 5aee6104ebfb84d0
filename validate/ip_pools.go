package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var poolUseless = &Rule{
	ID: "IP030", Title: "address pool is entirely unusable", Severity: Warning,
	Explanation: "Every address of the pool is reserved, forbidden for its use, or public where AKS " +
		"rejects public ranges. The planner takes nothing from the pool, so it places ranges elsewhere or finds no " +
		"room for them.",
	Fix: "use another range, or correct addressSpace.reserved", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkPoolUseless,
}

var poolsShared = &Rule{
	ID: "IP032", Title: "address pools for different uses overlap", Severity: Warning,
	Explanation: "Networks, pods and Services of a cluster must not share addresses. The planner keeps " +
		"apart what it chooses: networks from the bottom of the range, pod and service CIDRs from the top. Once " +
		"the two meet, additions to the spec find no room or move ranges that the plan chose before.",
	Fix: "use pools that do not overlap", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkPoolsShared,
}

var spaceTight = &Rule{
	ID: "IP033", Title: "address space too tight for stable placement", Severity: Note,
	Explanation: english.Text("Networks without addressPrefixes grow in steps of a /24, subnets of nodes get a /%v "+
		"and pod CIDRs hold twice the nodes, so that additions at the end of the spec move nothing. If something then "+
		"does not fit, the planner gives ranges only what they need, and if that is not enough, it sizes these networks "+
		"to the exact address: everything fits, but an addition may move it.", plan.NodeSubnetBits),
	Fix: "add ranges to addressSpace.pools, or pin deployed ranges with addressPrefixes and " +
		"addressPrefix", Source: docsSpec, Since: "v0.1.0",
	Check: checkSpaceTight,
}

// usePools holds the pools of a spec for one use, and their key in the spec.
type usePools struct {
	key  string
	list []netip.Prefix
	use  aks.Use
}

func (p *Pass) poolsByUse() []usePools {
	space := p.Spec.AddressSpace
	return []usePools{
		{"pools", space.Pools, aks.UseVNet},
		{"podPools", space.PodPools, aks.UsePod},
		{"servicePools", space.ServicePools, aks.UseService},
	}
}

func checkPoolsShared(p *Pass) {
	all := p.poolsByUse()
	for n, later := range all {
		for i, pool := range later.list {
			for _, earlier := range all[:n] {
				j := slices.IndexFunc(earlier.list,
					func(other netip.Prefix) bool { return other.IsValid() && pool.IsValid() && other.Overlaps(pool) })
				if j < 0 {
					continue
				}
				f := p.Reportf(fmt.Sprintf("addressSpace.%s[%d]", later.key, i), "%s of %s overlaps %s of %s", pool,
					later.key, earlier.list[j], earlier.key)
				p.Relate(f, fmt.Sprintf("addressSpace.%s[%d]", earlier.key, j), "%s is here", earlier.list[j])
			}
		}
	}
}

func checkSpaceTight(p *Pass) {
	switch p.Plan.Tightness {
	case plan.NothingSpare:
		p.Reportf("addressSpace.pools",
			"ranges have only the size they need because not everything fits with room to grow: additions to the spec "+
				"may move them")
	case plan.ToTheAddress:
		p.Reportf("addressSpace.pools",
			"networks are sized to the exact address because not everything fits in steps of a /%d: "+
				"additions to the spec may move them",
			plan.VNetStep)
	}
}

func checkPoolUseless(p *Pass) {
	for _, pools := range p.poolsByUse() {
		taken := p.rangesOf().Forbidden(pools.use)
		for i, pool := range pools.list {
			if pool.IsValid() && len(ipam.Subtract([]netip.Prefix{pool}, taken)) == 0 {
				p.Reportf(fmt.Sprintf("addressSpace.%s[%d]", pools.key, i),
					"%s is unusable: all of it is reserved or forbidden", pool)
			}
		}
	}
}
