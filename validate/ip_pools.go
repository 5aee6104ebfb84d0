package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
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
	ID: "IP033", Title: "address pools too small for room to grow", Severity: Note,
	Explanation: "A network without addressPrefixes gets one block with as much space again as its subnets take, as " +
		"long as such blocks leave half of the pool. After that, networks get only what their subnets need, and if the " +
		"pools have no block for that, several blocks. What is added to such a network needs a further address prefix, " +
		"or has no place.",
	Fix: "add ranges to addressSpace.pools", Source: docsSpec, Since: "v0.1.0",
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
		{"pools", prefixesOf(space.Pools), aks.UseVNet},
		{"podPools", space.PodPools, aks.UsePod},
		{"servicePools", space.ServicePools, aks.UseService},
	}
}

// prefixesOf returns the ranges of pools.
func prefixesOf(pools []spec.Pool) []netip.Prefix {
	out := make([]netip.Prefix, len(pools))
	for i, p := range pools {
		out[i] = p.AddressPrefix
	}
	return out
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
		p.Reportf(
			"addressSpace.pools",
			"the pools are so short of space that networks have only the size that they need",
		)
	case plan.ToTheAddress:
		p.Reportf(
			"addressSpace.pools",
			"the pools have no block that holds all subnets of a network, so networks have "+
				"several address prefixes",
		)
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
