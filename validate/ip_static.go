package validate

import (
	"encoding/binary"
	"fmt"
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var staticOutside = &Rule{
	ID: "IP036", Title: "static address of a Service outside its subnet", Severity: Error,
	Explanation: "The address that an internal Service asks for (annotation azure-load-balancer-ipv4, or the " +
		"deprecated loadBalancerIP) must be in the subnet of the cluster's internal load balancers: that of the first " +
		"pool, or services.internalLoadBalancerSubnet. It cannot be an address of the pod or service CIDR. A Service " +
		"with another address never gets its load balancer. Public addresses of Services are separate resources.",
	Fix:    "set staticIPs to addresses of the subnet of the internal load balancers",
	Source: aks.PageInternalLoadBalancer, Since: "v0.1.0",
	Check: checkStaticOutside,
}

var staticReserved = &Rule{
	ID: "IP037", Title: "static address of a Service that Azure reserves", Severity: Error,
	Explanation: "Azure reserves the first four addresses and the last address of every subnet. No load balancer " +
		"can have one of them.",
	Fix: "set staticIPs to addresses that Azure does not reserve", Source: aks.PageInternalLoadBalancer, Since: "v0.1.0",
	Check: checkStaticReserved,
}

var staticTwice = &Rule{
	ID: "IP038", Title: "static address of a Service used twice", Severity: Error,
	Explanation: "An address of a network belongs to one load balancer, one machine or one appliance. The rule " +
		"compares the static addresses of all clusters in one network and in networks that are peered with it, and " +
		"the DNS servers and next hops that the spec names.",
	Fix: "give each Service an address of its own", Source: aks.PageInternalLoadBalancer, Since: "v0.1.0",
	Check: checkStaticTwice,
}

var staticFew = &Rule{
	ID: "IP039", Title: "more fixed addresses than load balancers", Severity: Warning,
	Explanation: "staticIPs are the addresses of some of the internalLoadBalancers, and publicIPs those of some of the " +
		"publicLoadBalancers, not further ones. The planner counts the larger of the two numbers.",
	Fix: "raise internalLoadBalancers or publicLoadBalancers to the number of Services", Source: docsSpec, Since: "v0.1.0",
	Check: checkStaticFew,
}

var staticLow = &Rule{
	ID: "IP040", Title: "static address of a Service among those that nodes get", Severity: Note,
	Explanation: "Azure gives nodes and pods the lowest free addresses of their subnet. An address low in the subnet " +
		"may belong to a node before the Service asks for it, and the Service then waits. Addresses at the end of the " +
		"subnet, or a subnet for internal load balancers only, stay free. No page states the order in which Azure " +
		"gives addresses out.",
	Fix:    "use addresses at the end of the subnet, or set services.internalLoadBalancerSubnet",
	Source: aks.PageInternalLoadBalancer, Since: "v0.1.0",
	Check: checkStaticLow,
}

// staticIP is an address that a Service of a cluster asks for. Its subnet is the zero prefix while it is not known.
type staticIP struct {
	cluster *plan.Cluster
	index   int
	path    string
	addr    netip.Addr
	subnet  netip.Prefix
	name    string
}

// eachStatic calls do for every static address of every cluster.
func (p *Pass) eachStatic(do func(staticIP)) {
	for _, c := range p.Plan.Clusters {
		s := staticIP{cluster: c, subnet: aks.ManagedSubnet(), name: "aks-subnet"}
		if front := c.FrontendSubnet(); front != nil {
			s.subnet, s.name = front.AddressPrefix, front.Name
		} else if c.VNet() != nil {
			s.subnet = netip.Prefix{}
		}
		for i, addr := range c.Spec.Services.StaticIPs {
			s.index, s.addr = i, addr
			s.path = fmt.Sprintf("%s.services.staticIPs[%d]", c.Path, i)
			if addr.IsValid() {
				do(s)
			}
		}
	}
}

// free returns an address near the end of the subnet that no static address of any cluster has: another one for each
// static address of the cluster.
func (s staticIP) free(p *Pass) (netip.Addr, bool) {
	if !s.subnet.IsValid() {
		return netip.Addr{}, false
	}
	taken := p.staticAddresses()
	skip := s.index
	for a := ipam.Last(s.subnet).Prev(); plan.Usable(s.subnet, a); a = a.Prev() {
		switch {
		case taken[a]:
		case skip == 0:
			return a, true
		default:
			skip--
		}
	}
	return netip.Addr{}, false
}

// report reports a static address, with one that works.
func (s staticIP) report(p *Pass, format string, a ...any) *Finding {
	f := p.Reportf(s.path, format, a...)
	if free, ok := s.free(p); ok {
		f.Edit = set(free)
	}
	return f
}

// where returns what a static address outside its subnet is: an address of a range of the cluster, or a public one.
func (s staticIP) where(p *Pass) string {
	for _, cidr := range s.cluster.ServiceCIDRs {
		if cidr.IsValid() && cidr.Contains(s.addr) {
			return fmt.Sprintf(" and in the service CIDR %s", cidr)
		}
	}
	for _, cidr := range s.cluster.PodCIDRs {
		if cidr.IsValid() && cidr.Contains(s.addr) {
			return fmt.Sprintf(" and in the pod CIDR %s", cidr)
		}
	}
	if p.facts.isPublic(netip.PrefixFrom(s.addr, s.addr.BitLen())) {
		return " and public"
	}
	return ""
}

func checkStaticOutside(p *Pass) {
	p.eachStatic(func(s staticIP) {
		if !s.subnet.IsValid() || s.subnet.Contains(s.addr) || s.addr.Is6() && s.cluster.Spec.DualStack() {
			return
		}
		s.report(p, "static address %s of cluster %q is outside the subnet of its internal load balancers, %q (%s)%s",
			s.addr, s.cluster.Name, s.name, s.subnet, s.where(p)).AzureError = &AzureError{
			Code: aks.CodePrivateIPAddressNotInSubnet,
			Message: fmt.Sprintf("Private static IP address %s does not belong to the range of subnet prefix %s.",
				s.addr, s.subnet),
		}
	})
}

func checkStaticReserved(p *Pass) {
	p.eachStatic(func(s staticIP) {
		if s.subnet.IsValid() && s.subnet.Contains(s.addr) && !plan.Usable(s.subnet, s.addr) {
			s.report(p, "static address %s of cluster %q is one of the %d that Azure reserves in %q (%s)",
				s.addr, s.cluster.Name, aks.ReservedPerSubnet, s.name, s.subnet).AzureError = &AzureError{
				Code: aks.CodePrivateIPAddressInReservedRange,
				Message: fmt.Sprintf("Private static IP address %s falls within reserved IP range of subnet prefix %s.",
					s.addr, s.subnet),
			}
		}
	})
}

// staticKey is an address in a network. Networks that AKS makes are each on their own.
type staticKey struct {
	network any
	addr    netip.Addr
}

func checkStaticTwice(p *Pass) {
	first := p.fixedAddresses()
	p.eachStatic(func(s staticIP) {
		for _, network := range p.networksOf(s.cluster) {
			if path, twice := first[staticKey{network, s.addr}]; twice {
				f := s.report(p, "static address %s of cluster %q is used twice", s.addr, s.cluster.Name)
				f.AzureError = &AzureError{Code: aks.CodePrivateIPAddressIsAllocated}
				p.Relate(f, path, "%s is used here too", s.addr)
				return
			}
		}
		first[staticKey{p.networksOf(s.cluster)[0], s.addr}] = s.path
	})
}

// networksOf returns the network of a cluster and those that it is peered with.
func (p *Pass) networksOf(c *plan.Cluster) []any {
	if c.VNet() == nil {
		return []any{c}
	}
	out := []any{c.VNet()}
	for _, peer := range p.rangesOf().Peers(c.VNet()) {
		if peer.VNet != nil {
			out = append(out, peer.VNet)
		}
	}
	return out
}

// fixedAddresses returns where the spec names an address of a machine in a network: its DNS servers, and the next hops
// of its clusters.
func (p *Pass) fixedAddresses() map[staticKey]string {
	out := map[staticKey]string{}
	for _, v := range p.Plan.VNets {
		if v.Spec == nil {
			continue
		}
		for i, a := range v.Spec.DNSServers {
			out[staticKey{v, a}] = fmt.Sprintf("%s.dnsServers[%d]", v.Path, i)
		}
	}
	for _, c := range p.Plan.Clusters {
		if hop := c.Spec.Egress.NextHopIP; hop.IsValid() {
			out[staticKey{p.networksOf(c)[0], hop}] = c.Path + ".egress.nextHopIP"
		}
	}
	return out
}

func checkStaticFew(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path, n := c.Path+".services.internalLoadBalancers", len(c.Spec.Services.StaticIPs)
		if has := c.Spec.Services.InternalLoadBalancers; p.Spec.Has(path) && n > has {
			p.Reportf(path, "cluster %q has %s and %s", c.Name, english.Count(n, "static address"),
				english.Count(has, "internal load balancer")).Edit = set(n)
		}
		path, n = c.Path+".services.publicLoadBalancers", len(c.Spec.Services.PublicIPs)
		if has := c.Spec.Services.PublicLoadBalancers; p.Spec.Has(path) && n > has {
			p.Reportf(path, "cluster %q has %s of its own and %s", c.Name, english.Count(n, "public address"),
				english.Count(has, "public load balancer")).Edit = set(n)
		}
	}
}

func checkStaticLow(p *Pass) {
	p.eachStatic(func(s staticIP) {
		front := s.cluster.FrontendSubnet()
		if front == nil || !plan.Usable(s.subnet, s.addr) || !s.addr.Is4() {
			return
		}
		d := front.Demand
		handed := d.Total - d.InternalLoadBalancers - d.Reserved
		if handed == 0 || offsetIn(s.subnet, s.addr) >= handed+aks.ReservedPerSubnet-1 {
			return
		}
		s.report(p, "static address %s of cluster %q is one of the first %d of %q (%s), which nodes and pods may get",
			s.addr, s.cluster.Name, handed, s.name, s.subnet)
	})
}

// offsetIn returns how far an IPv4 address is from the first one of its subnet.
func offsetIn(subnet netip.Prefix, a netip.Addr) int {
	first, addr := subnet.Addr().As4(), a.As4()
	return int(binary.BigEndian.Uint32(addr[:]) - binary.BigEndian.Uint32(first[:]))
}
