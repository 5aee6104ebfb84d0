package validate

import (
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var delegationRefused = &Rule{
	ID: "VNET033", Title: "delegation of a subnet whose service does not allow one", Severity: Error,
	Explanation: "A delegated subnet belongs to the service that it is delegated to. Firewalls, gateways, private " +
		"endpoints, load balancers and virtual machines cannot use it.",
	Fix: "remove the delegation, or correct the purpose of the subnet", Source: aks.PageDelegations, Since: "v0.1.0",
	Check: checkDelegationRefused,
}

func checkDelegationRefused(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		if s.Spec == nil || s.Spec.Delegation == "" || !kind.Delegated.Refuses() || hasNodes(s) {
			return // another rule reports node subnets
		}
		f := p.Reportf(s.Path+".delegation", "subnet %q for %s cannot be delegated, but is delegated to %s", s.Name,
			kind.Purpose, s.Spec.Delegation)
		f.Edit, f.Source = Edit{Remove: true}, kind.Source.URL
	})
}

func hasNodes(s *plan.Subnet) bool { return s.Purpose == plan.Nodes || s.Purpose == plan.NodesPods }

var specialLarge = &Rule{
	ID: "VNET034", Title: "subnet is larger than its service allows", Severity: Error,
	Explanation: english.Text("A subnet of a DNS Private Resolver has at least a /%v and at most a /%v.",
		resolverKind().MinBits, resolverKind().LargestBits),
	Fix: "use a smaller range", Source: aks.PageDNSResolver, Since: "v0.1.0",
	Check: checkSpecialLarge,
}

// resolverKind returns what Azure asks of the subnets of DNS resolvers.
func resolverKind() aks.SubnetKind {
	k, _ := aks.SubnetKindFor(aks.ForDNSResolver, "")
	return k
}

func checkSpecialLarge(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		bits, known := s.PrefixLength()
		if kind.LargestBits == 0 || !known || bits >= kind.LargestBits {
			return
		}
		f := p.Reportf(p.prefixPath(s), "subnet %q for %s is a /%d; it must be a /%d or smaller", s.Name, kind.Purpose,
			bits, kind.LargestBits)
		f.Source = kind.Source.URL
		if !p.Spec.Has(f.Path) {
			return
		}
		if f.Edit = set(netip.PrefixFrom(s.AddressPrefix.Addr(), kind.LargestBits)); lastKey(f.Path) == "prefixLength" {
			f.Edit = set(kind.LargestBits)
		}
	})
}

var balancersElsewhere = &Rule{
	ID: "VNET035", Title: "internal load balancers in a subnet of another service", Severity: Error,
	Explanation: "The frontend addresses of internal load balancers cannot be in a subnet that is dedicated to " +
		"something else, such as pods, API servers, a gateway or Bastion.",
	Fix:    "set services.internalLoadBalancerSubnet to a subnet of its own, or to that of the nodes",
	Source: aks.PageInternalLoadBalancer, Since: "v0.1.0",
	Check: checkBalancersElsewhere,
}

func checkBalancersElsewhere(p *Pass) {
	for _, c := range p.Plan.Clusters {
		name := c.Spec.Services.InternalLoadBalancerSubnet
		if name == "" || c.VNet() == nil {
			continue
		}
		for _, s := range c.VNet().Subnets {
			kind, ok := purposeKind(s)
			if !strings.EqualFold(s.Name, name) || !ok || !kind.Sharing.Refuses() {
				continue
			}
			f := p.Reportf(c.Path+".services.internalLoadBalancerSubnet",
				"subnet %q is for %s, so internal load balancers of cluster %q cannot use it", s.Name, kind.Purpose,
				c.Name)
			f.Edit = Edit{Remove: true}
			break
		}
	}
}

var resolverRange = &Rule{
	ID: "VNET021", Title: "subnet in a range that its service does not support", Severity: Error,
	Explanation: "A DNS Private Resolver cannot have endpoints between 10.0.1.0 and 10.0.16.255, and Container Apps " +
		"reserves ranges of 100.100.0.0/16 for itself.",
	Fix: "use a range that the service supports", Since: "v0.1.0",
	Source: aks.PageDNSResolver,
	Check:  checkBarredRange,
}

func checkBarredRange(p *Pass) {
	barred := aks.BarredRanges()
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		for _, b := range barred {
			if b.Kind != kind.ID || !s.AddressPrefix.IsValid() || s.AddressPrefix.Addr().Compare(b.Last) > 0 ||
				ipam.Last(s.AddressPrefix).Compare(b.First) < 0 {
				continue
			}
			f := p.Reportf(p.prefixPath(s), "subnet %q (%s) for %s must not overlap %s to %s", s.Name, s.AddressPrefix,
				kind.Purpose, b.First, b.Last)
			f.Source = b.Source.URL
			return
		}
	})
}
