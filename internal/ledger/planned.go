package ledger

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// Planned returns the ranges of a plan that a holder claims, in the order of the plan: what the plan creates. Networks
// and subnets that exist are somebody's already. nameOf names the file of an element of the spec, by its path.
func Planned(p *plan.Plan, owner string, nameOf func(path string) string) []Entry {
	c := claimer{owner: owner, nameOf: nameOf}
	users := map[*plan.VNet][]string{}
	for _, cluster := range p.Clusters {
		if v := cluster.VNet(); v != nil {
			users[v] = append(users[v], cluster.Name)
		}
	}
	for _, v := range p.VNets {
		if !v.Existing {
			c.add(v.Path, Entry{Kind: VNet, Name: v.Name, Cluster: only(users[v])}, v.AddressPrefixes)
		}
		for _, s := range v.Subnets {
			if !s.Existing {
				c.add(
					s.Path,
					Entry{Kind: Subnet, Name: s.Name, VNet: v.Name, Cluster: only(s.Clusters)},
					s.AddressPrefixes,
				)
			}
		}
	}
	for _, cluster := range p.Clusters {
		c.add(cluster.Path, Entry{Kind: PodCIDR, Cluster: cluster.Name}, cluster.PodCIDRs)
		c.add(cluster.Path, Entry{Kind: ServiceCIDR, Cluster: cluster.Name}, cluster.ServiceCIDRs)
	}
	return c.claims
}

// claimer collects claims.
type claimer struct {
	owner  string
	nameOf func(path string) string
	claims []Entry
}

// add adds a claim for each prefix.
func (c *claimer) add(path string, e Entry, prefixes []netip.Prefix) {
	e.Owner, e.Spec = c.owner, c.nameOf(path)
	for _, p := range prefixes {
		if p.IsValid() {
			e.AddressPrefix = p
			c.claims = append(c.claims, e)
		}
	}
}

// only returns the word of a list of one; empty otherwise.
func only(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}

// InUse returns the ranges of a plan that exist: of networks, subnets and clusters that were read from Azure. source
// names where they were read.
func InUse(p *plan.Plan, owner, source string) []Entry {
	c := claimer{owner: owner, nameOf: func(string) string { return source }}
	for _, v := range p.VNets {
		c.add(v.Path, Entry{Kind: VNet, Name: v.Name, State: Committed}, v.AddressPrefixes)
		for _, s := range v.Subnets {
			c.add(
				s.Path,
				Entry{Kind: Subnet, Name: s.Name, VNet: v.Name, Cluster: only(s.Clusters), State: Committed},
				s.AddressPrefixes,
			)
		}
	}
	for _, cluster := range p.Clusters {
		c.add(cluster.Path, Entry{Kind: PodCIDR, Cluster: cluster.Name, State: Committed}, cluster.PodCIDRs)
		c.add(cluster.Path, Entry{Kind: ServiceCIDR, Cluster: cluster.Name, State: Committed}, cluster.ServiceCIDRs)
	}
	return c.claims
}

// Holdings returns what a plan of the holder starts from: what the holder has stays, and what others have is avoided.
func (l *Ledger) Holdings(h Holder) plan.Holdings {
	var out plan.Holdings
	for _, e := range l.entries {
		holding := plan.Holding{Prefix: e.AddressPrefix, Use: aks.UseVNet, By: e.HeldBy()}
		switch e.Kind {
		case VNet:
			holding.VNet = e.Name
		case Subnet:
			holding.VNet, holding.Subnet = e.VNet, e.Name
		case PodCIDR:
			holding.Use, holding.Cluster = aks.UsePod, e.Cluster
		case ServiceCIDR:
			holding.Use, holding.Cluster = aks.UseService, e.Cluster
		}
		if h.Holds(e) && e.Kind != Static {
			out.Own = append(out.Own, holding)
		} else {
			out.Others = append(out.Others, holding)
		}
	}
	return out
}
