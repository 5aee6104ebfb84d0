package compare

import (
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Fleet is the clusters of a spec and what each of them stands beside. A cluster is planned anew alone: everything else
// keeps the range that the plan gave it. So one cluster costs the same in a fleet of any size.
type Fleet struct {
	spec   *spec.Spec
	base   *plan.Plan // of the spec
	ranges *plan.Ranges

	// free is where networks can grow; pods is where pod CIDRs can be.
	free space
	pods podSpaces
	// tenants is the clusters in each network; networks is those with several.
	tenants   map[*plan.VNet][]*plan.Cluster
	networks  map[*plan.VNet]*network
	shortages shortages
}

// NewFleet plans a spec and indexes the plan.
func NewFleet(s *spec.Spec) *Fleet {
	f := &Fleet{
		spec: s, base: plan.Build(s), tenants: map[*plan.VNet][]*plan.Cluster{}, networks: map[*plan.VNet]*network{},
	}
	f.ranges = plan.NewRanges(f.base)
	f.shortages = shortagesOf(f.base)
	for _, c := range f.base.Clusters {
		f.tenants[c.VNet()] = append(f.tenants[c.VNet()], c)
	}
	f.free = f.freePools()
	f.pods = f.freePods()
	return f
}

// Plan returns the plan of the spec as it is.
func (f *Fleet) Plan() *plan.Plan { return f.base }

// freePools returns what of the address pools nothing has.
func (f *Fleet) freePools() space {
	four, six := plan.Pools(f.spec)
	free := newSpace(four, six)
	free.take(f.ranges.Forbidden(aks.UseVNet)...)
	for _, v := range f.base.VNets {
		free.take(v.AddressPrefixes...)
		for _, peer := range f.ranges.Peers(v) {
			if peer.VNet == nil {
				free.take(peer.Prefixes...)
			}
		}
	}
	for _, c := range f.base.Clusters {
		free.take(c.PodCIDRs...)
		free.take(c.ServiceCIDRs...)
	}
	return free
}

// podSpaces is where a pod CIDR can be: in fresh no other cluster has one, in repeated other clusters may.
type podSpaces struct{ fresh, repeated space }

// freePods returns what of the pools of pod CIDRs is clear of what all clusters avoid. Without pools in the spec,
// clusters share the same range.
func (f *Fleet) freePods() podSpaces {
	four, _ := plan.Pools(f.spec)
	repeated := newSpace(f.ranges.Pools(aks.UsePod), nil)
	repeated.take(f.ranges.Forbidden(aks.UsePod)...)
	repeated.take(four...)
	repeated.take(f.spec.AddressSpace.ServicePools...)
	fresh := repeated.clone()
	if len(f.spec.AddressSpace.PodPools) > 0 {
		for _, c := range f.base.Clusters {
			fresh.take(c.PodCIDRs...)
		}
	}
	return podSpaces{fresh, repeated}
}

func (p podSpaces) clone() podSpaces { return podSpaces{p.fresh.clone(), p.repeated.clone()} }

func (p podSpaces) take(prefixes ...netip.Prefix) {
	p.fresh.take(prefixes...)
	p.repeated.take(prefixes...)
}

// shortages is what the plan of the fleet could not place, by the cluster and by the subnet that it is for.
type shortages struct {
	clusters map[string][]plan.Unplaced
	subnets  map[string][]plan.Unplaced
}

func shortagesOf(p *plan.Plan) shortages {
	out := shortages{map[string][]plan.Unplaced{}, map[string][]plan.Unplaced{}}
	for _, u := range p.Unplaced {
		if strings.HasPrefix(u.Path, "clusters[") {
			cluster, _, _ := strings.Cut(u.Path, ".")
			out.clusters[cluster] = append(out.clusters[cluster], u)
		}
		out.subnets[subnetKey(u.Path, u.Name)] = append(out.subnets[subnetKey(u.Path, u.Name)], u)
	}
	return out
}

func subnetKey(path, name string) string { return path + "\x00" + name }

// of returns what a cluster lacks: what is its own, and subnets that it uses and that the network lists, or another
// cluster named first.
func (s shortages) of(c *plan.Cluster, subnets []*plan.Subnet) []plan.Unplaced {
	out := s.clusters[c.Path]
	for _, sub := range subnets {
		if owner, _, _ := strings.Cut(sub.Path, "."); owner != c.Path {
			out = append(out[:len(out):len(out)], s.subnets[subnetKey(sub.Path, sub.Name)]...)
		}
	}
	return out
}
