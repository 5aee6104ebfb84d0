package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var specialTight = &Rule{
	ID: "VNET027", Title: "subnet is smaller than its service recommends", Severity: Warning,
	Explanation: "The service works in the subnet but cannot grow: an Application Gateway needs an " +
		"address for each of up to 125 instances, and a gateway needs room for a second one. A subnet cannot be " +
		"resized while it is in use.",
	Fix: "use the recommended size", Source: aks.PageApplicationGateway, Since: "v0.1.0",
	Check: checkSpecialTight,
}

var apiServerShared = &Rule{
	ID: "VNET028", Title: "API server subnet shared with nodes or pods", Severity: Error,
	Explanation: "The subnet for API Server VNet Integration is delegated to AKS and holds only API " +
		"servers. Clusters of the network can share it; nodes and pods cannot use it.",
	Fix: "give nodes and pods another subnet", Source: aks.PageAPIServerVNet, Since: "v0.1.0",
	Check: checkAPIServerShared,
}

var specialFull = &Rule{
	ID: "VNET029", Title: "subnet has too few free addresses for its service", Severity: Error,
	Explanation: "Application Gateway for Containers needs 250 free addresses in its subnet. In a /24 " +
		"that is all but one.",
	Fix: "use a larger range, and put nothing else in it", Since: "v0.1.0",
	Source: aks.PageAGCQuickstart,
	Check:  checkSpecialFull,
}

var pinnedTwice = &Rule{
	ID: "VNET030", Title: "subnet has two ranges", Severity: Error,
	Explanation: "Clusters and pools that name the same subnet of a network share it, and its range " +
		"should be set only once. If a second setting differs, the first one counts and the other has no effect.",
	Fix: "remove one of the ranges, or rename one of the subnets", Source: docsSpec, Since: "v0.1.0",
	Check: checkPinnedTwice,
}

func checkSpecialTight(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		advised := kind.RecommendedBits
		bits, known := s.PrefixLength()
		if advised == 0 || kind.ExactBits > 0 || s.Existing || !known {
			return
		}
		if bits > advised && (kind.MinBits == 0 || bits <= kind.MinBits) {
			f := p.Reportf(p.prefixPath(s), "subnet %q for %s is a /%d; a /%d is recommended", s.Name, kind.Purpose,
				bits, advised)
			f.Advice = fmt.Sprintf("use a /%d", advised)
			f.Source = kind.Source.URL
			p.putLarger(f, s, advised)
		}
	})
}

func checkAPIServerShared(p *Pass) {
	for _, c := range p.Plan.Clusters {
		s := c.APIServerSubnet
		if s == nil || len(s.Pools()) == 0 {
			continue
		}
		path := nearest(p, c.Path+".apiServerSubnet.name", c.Path+".apiServerSubnet",
			c.Path+".apiServerVnetIntegration")
		p.Report(Finding{
			Path: path,
			Message: fmt.Sprintf("subnet %q is for the API server of cluster %q, but pool %q uses it", s.Name, c.Name,
				s.Pools()[0].Name),
			Edit: setAt(c.Path+".apiServerSubnet", "{name: "+freeName(s.VNet, s.Name+"-apiserver")+"}"),
		})
	}
}

// freeName returns a name that no subnet of the network has.
func freeName(v *plan.VNet, name string) string {
	free := name
	taken := func(s *plan.Subnet) bool { return strings.EqualFold(s.Name, free) }
	for i := 2; slices.ContainsFunc(v.Subnets, taken); i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	return free
}

func checkSpecialFull(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		free := s.Usable - (s.Demand.Total - s.Demand.Reserved)
		if s.Spec != nil {
			free = s.Usable - s.Spec.UsedAddresses
		}
		bits, known := s.PrefixLength()
		if kind.MinFree == 0 || kind.ID == "api-server" || !known || free >= kind.MinFree {
			return
		}
		if kind.ExactBits > 0 && p.hasModel(s.VNet, kind.ExactForModel) && bits != kind.ExactBits {
			return
		}
		f := p.Reportf(p.prefixPath(s), "subnet %q for %s has %d free addresses; it needs %d", s.Name, kind.Purpose,
			free, kind.MinFree)
		f.Sums = append(f.Sums, fmt.Sprintf("%d usable − %d in use = %d", s.Usable, s.Usable-free, free))
		f.Source = kind.Source.URL
		p.putLarger(f, s, plan.BitsFor(kind.MinFree+s.Usable-free+aks.ReservedPerSubnet))
	})
}

// pin is a range that the spec gives to a cluster's subnet, and the planned subnet.
type pin struct {
	path   string
	prefix netip.Prefix
	subnet *plan.Subnet
}

func checkPinnedTwice(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pin := range pinsOf(c) {
			s := pin.subnet
			if s == nil || !pin.prefix.IsValid() || !s.AddressPrefix.IsValid() || pin.prefix == s.AddressPrefix {
				continue
			}
			f := p.Reportf(pin.path, "subnet %q has range %s here, but %s elsewhere", s.Name, pin.prefix,
				s.AddressPrefix)
			p.Relate(f, s.Path, "subnet %q is here", s.Name)
			f.Edit = set(s.AddressPrefix)
		}
	}
}

// pinsOf returns the ranges that a cluster and its pools give to their subnets, each once.
func pinsOf(c *plan.Cluster) (out []pin) {
	seen := map[string]bool{}
	add := func(path string, cs spec.ClusterSubnet, s *plan.Subnet) {
		if !seen[path] {
			seen[path] = true
			out = append(out, pin{path + ".addressPrefix", cs.AddressPrefix, s})
		}
	}
	add(c.Path+".apiServerSubnet", c.Spec.APIServerSubnet, c.APIServerSubnet)
	for _, pool := range c.NodePools {
		nodes, path := pool.Spec.NodeSubnet, pool.Path
		if nodes == (spec.ClusterSubnet{}) {
			nodes, path = c.Spec.NodeSubnet, c.Path
		}
		add(path+".nodeSubnet", nodes, pool.NodeSubnet())
		pods, path := pool.Spec.PodSubnet, pool.Path
		if pods == (spec.ClusterSubnet{}) {
			pods, path = c.Spec.PodSubnet, c.Path
		}
		add(path+".podSubnet", pods, pool.PodSubnet())
	}
	return out
}
