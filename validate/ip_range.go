package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var podForbidden = &Rule{
	ID: "IP012", Title: "pod CIDR contains addresses that AKS reserves", Severity: Error,
	Explanation: "Do not use 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16 or 192.0.2.0/24, nor a range " +
		"that contains any of them, such as 172.16.0.0/12. For a long time this was only documented; since " +
		"2026-05-29 AKS rejects such a pod CIDR with kubenet and overlay.",
	Fix: "set podCidr to a range without these addresses", Source: aks.PageModels, Since: "v0.1.0",
	Check: func(p *Pass) { p.reportForbidden(true) },
}

var serviceForbidden = &Rule{
	ID: "IP013", Title: "service CIDR contains addresses that AKS reserves", Severity: Error,
	Explanation: "Do not use 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16 or 192.0.2.0/24, nor a range " +
		"that contains any of them. AKS also rejects multicast ranges.",
	Fix: "set serviceCidr to a range without these addresses", Source: aks.PageModels, Since: "v0.1.0",
	Check: func(p *Pass) { p.reportForbidden(false) },
}

var spaceForbidden = &Rule{
	ID: "IP014", Title: "network contains addresses that Azure or AKS reserves", Severity: Error,
	Explanation: "Azure rejects multicast, broadcast, loopback, link-local and its own service address " +
		"in a virtual network. AKS also requires networks of clusters to avoid 172.30.0.0/16, 172.31.0.0/16 and " +
		"192.0.2.0/24; nodes cannot reach hosts there.",
	Fix: "set addressPrefixes to ranges without these addresses", Source: aks.PageModels, Since: "v0.1.0",
	Check: checkSpaceForbidden,
}

var servicePublic = &Rule{
	ID: "IP015", Title: "service CIDR is a public range", Severity: Error,
	Explanation: "Since 2023-10-01 AKS rejects public and multicast ranges as service CIDRs.",
	Fix:         "set serviceCidr to a range from RFC 1918 or RFC 6598", Source: aks.PageReleaseNotes, Since: "v0.1.0",
	Check: func(p *Pass) { p.reportPublic(false) },
}

var podPublic = &Rule{
	ID: "IP016", Title: "pod CIDR is a public range", Severity: Warning,
	Explanation: "AKS accepts a public pod CIDR but does not support it: pods cannot reach the real " +
		"owners of the addresses. RFC 1918 ranges and 100.64.0.0/10 are intended for this use.",
	Fix: "set podCidr to a range from RFC 1918 or RFC 6598", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.reportPublic(true) },
}

var spacePublic = &Rule{
	ID: "IP017", Title: "network uses public addresses", Severity: Warning,
	Explanation: "Azure accepts public addresses in a virtual network. Hosts in the network cannot reach " +
		"the real owners of the addresses, and Azure Firewall and other services translate public addresses " +
		"differently from private ones.",
	Fix: "set addressPrefixes to ranges from RFC 1918 or RFC 6598", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSpacePublic,
}

var serviceTooLarge = &Rule{
	ID: "IP018", Title: "service CIDR is too large", Severity: Error,
	Explanation: english.Text("The documentation requires a service CIDR smaller than /12. Kubernetes itself "+
		"accepts a /12; because the wording is unclear, this rule reports a /12 as well. IPv6 service CIDRs must "+
		"not be larger than /%v.", aks.LargestServiceBits6),
	Fix: english.Text("set serviceCidr to a smaller range; /16 to /%v is usual",
		aks.SmallestServiceBits), Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkServiceTooLarge,
}

var serviceTooSmall = &Rule{
	ID: "IP019", Title: "service CIDR is small", Severity: Warning, Also: []Severity{Error},
	Explanation: english.Text("Every Service of any type takes an address, and so do the API server and the DNS "+
		"service. A service CIDR cannot be changed later; Kubernetes %v and newer can add further ranges. The "+
		"finding is an error if the Services of the spec do not fit. Azure documents no minimum size; this rule "+
		"warns about ranges smaller than a /%v.", aks.ServiceCIDRSince, aks.SmallestServiceBits),
	Fix: "set serviceCidr to a larger range", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkServiceTooSmall,
}

var dnsOutside = &Rule{
	ID: "IP020", Title: "DNS service IP is outside the service CIDR", Severity: Error,
	Explanation: "The cluster's DNS is a Service, so its address must be in the service CIDR.",
	Fix:         "set dnsServiceIP to the tenth address of serviceCidr", Since: "v0.1.0",
	Source: aks.PageErrorDNSServiceIP,
	Check:  checkDNSOutside,
}

var dnsTaken = &Rule{
	ID: "IP025", Title: "DNS service IP is already taken", Severity: Error,
	Explanation: "The first host address of the service CIDR belongs to the API server " +
		"(kubernetes.default). Services cannot have the first and the last address of the range.",
	Fix: "set dnsServiceIP to the tenth address of serviceCidr", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkDNSTaken,
}

func (p *Pass) reportForbidden(pod bool) {
	for _, c := range p.clusterCIDRs() {
		if c.pod != pod {
			continue
		}
		if len(c.forbidden) > 0 {
			f := p.Reportf(c.path, "%s %s of cluster %q contains %s", c.label(), c.prefix, c.cluster.Name,
				forbiddenWords(c.prefix, c.forbidden))
			p.proposeCIDR(f, c, c.prefix.Bits())
			if f.Edit.Value == "" {
				p.proposeCIDR(f, c, 16)
			}
		}
	}
}

func forbiddenWords(prefix netip.Prefix, hits []aks.ForbiddenRange) string {
	words := make([]string, len(hits))
	for i, h := range hits {
		part := h.Prefix
		if prefix.Bits() > part.Bits() {
			part = prefix
		}
		words[i] = fmt.Sprintf("%s (%s)", part, h.Why)
	}
	return strings.Join(words, " and ")
}

func checkSpaceForbidden(p *Pass) {
	for _, v := range p.Plan.VNets {
		for i, prefix := range v.AddressPrefixes {
			if hits := aks.ForbiddenFor(prefix, aks.UseVNet); len(hits) > 0 {
				f := p.Reportf(fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i),
					"address space %s of network %q contains %s", prefix, v.Name, forbiddenWords(prefix, hits))
				p.proposeSpace(f, v, i)
			}
		}
	}
}

func (p *Pass) reportPublic(pod bool) {
	for _, c := range p.clusterCIDRs() {
		if c.pod == pod && c.public && len(c.forbidden) == 0 {
			f := p.Reportf(c.path, "%s %s of cluster %q is not a private range", c.label(), c.prefix, c.cluster.Name)
			p.proposeCIDR(f, c, c.prefix.Bits())
		}
	}
}

func checkSpacePublic(p *Pass) {
	pools := map[int]bool{} // reported
	for _, v := range p.Plan.VNets {
		for i, prefix := range v.AddressPrefixes {
			if !p.facts.isPublic(prefix) || len(aks.ForbiddenFor(prefix, aks.UseVNet)) > 0 {
				continue
			}
			if v.Sized {
				p.reportPublicPool(v, prefix, pools)
				continue
			}
			f := p.Reportf(fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i),
				"address space %s of network %q is not a private range", prefix, v.Name)
			p.proposeSpace(f, v, i)
		}
	}
}

// reportPublicPool reports the pool that the plan takes a public range from, once for each pool.
func (p *Pass) reportPublicPool(v *plan.VNet, prefix netip.Prefix, reported map[int]bool) {
	i := slices.IndexFunc(p.Spec.AddressSpace.Pools, func(pool spec.Pool) bool {
		return pool.AddressPrefix.IsValid() && pool.AddressPrefix.Overlaps(prefix)
	})
	if i < 0 || reported[i] {
		return
	}
	reported[i] = true
	f := p.Reportf(fmt.Sprintf("addressSpace.pools[%d]", i),
		"%s is not a private range, but the plan takes %s of network %q from it", p.Spec.AddressSpace.Pools[i].AddressPrefix,
		prefix, v.Name)
	f.Advice = "use pools from RFC 1918 or RFC 6598"
}

func checkServiceTooLarge(p *Pass) {
	for _, c := range p.clusterCIDRs() {
		least := aks.LargestServiceBits
		if c.prefix.Addr().Is6() {
			least = aks.LargestServiceBits6
		}
		if c.pod || c.prefix.Bits() >= least {
			continue
		}
		f := p.Reportf(c.path, "service CIDR %s of cluster %q is larger than a /%d", c.prefix, c.cluster.Name, least)
		f.Advice = fmt.Sprintf("set serviceCidr to a range with a prefix length of at least %d", least)
		if c.prefix.Addr().Is6() {
			f.Edit = set(netip.PrefixFrom(c.prefix.Addr(), least))
		} else {
			p.proposeCIDR(f, c, 16)
		}
	}
}

func checkServiceTooSmall(p *Pass) {
	for _, c := range p.clusterCIDRs() {
		if c.pod || c.prefix.Addr().Is6() || !p.Spec.Has(c.path) {
			continue
		}
		has, wants := int(min(ipam.Addresses(c.prefix), 1<<31)), serviceAddresses(c.cluster)
		switch {
		case wants > has:
			f := p.Report(Finding{
				Path: c.path,
				Message: fmt.Sprintf("service CIDR %s of cluster %q has %d addresses; its Services need %d", c.prefix,
					c.cluster.Name, has, wants),
				Severity: Error,
			})
			f.Sums = append(f.Sums, fmt.Sprintf("%s = %d", serviceSum(c.cluster), wants))
			p.proposeCIDR(f, c, min(aks.SmallestServiceBits, ipam.BitsFor(uint64(wants), false)))
		case c.prefix.Bits() > aks.SmallestServiceBits:
			f := p.Reportf(c.path, "service CIDR %s of cluster %q has only %d addresses and cannot be enlarged later",
				c.prefix, c.cluster.Name, has)
			p.proposeCIDR(f, c, aks.SmallestServiceBits)
		}
	}
}

// serviceAddresses returns the number of addresses that the service CIDR needs: its first and last address, those of
// the API server and the DNS, and the Services of the spec.
func serviceAddresses(c *plan.Cluster) int {
	s := c.Spec.Services
	return s.ClusterIPs + s.Balancers() + 4
}

func serviceSum(c *plan.Cluster) string {
	s := c.Spec.Services
	return fmt.Sprintf("%s + API server + DNS + first and last address",
		english.Count(s.ClusterIPs+s.Balancers(), "Service"))
}

func checkDNSOutside(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ip, services := c.Spec.DNSServiceIP, serviceRange(c)
		if !ip.IsValid() || !services.IsValid() || services.Contains(ip) {
			continue
		}
		path := c.Path + ".dnsServiceIP"
		f := p.Reportf(path, "DNS service IP %s of cluster %q is outside its service CIDR %s", ip, c.Name, services)
		f.AzureError = &AzureError{
			Code:    aks.CodeDnsServiceIpOutOfServiceCidr,
			Message: fmt.Sprintf("The DNS service IP %s is out of the range defined by service CIDR %s.", ip, services),
		}
		if dns := plan.DNSServiceIP(services); dns.IsValid() {
			f.Edit = set(dns)
		}
	}
}

// serviceRange returns the service CIDR in the address family of the DNS service IP.
func serviceRange(c *plan.Cluster) netip.Prefix {
	for _, p := range c.ServiceCIDRs {
		if p.IsValid() && p.Addr().BitLen() == c.Spec.DNSServiceIP.BitLen() {
			return p
		}
	}
	return c.ServiceCIDR
}

func checkDNSTaken(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ip, services := c.Spec.DNSServiceIP, serviceRange(c)
		if !ip.IsValid() || !services.IsValid() || !services.Contains(ip) {
			continue
		}
		owner := ""
		switch ip {
		case services.Addr():
			owner = "the first address of the range"
		case services.Addr().Next():
			owner = "the API server's (kubernetes.default)"
		case ipam.Last(services):
			owner = "the last address of the range"
		default:
			continue
		}
		f := p.Reportf(c.Path+".dnsServiceIP", "DNS service IP %s of cluster %q is %s", ip, c.Name, owner)
		if dns := plan.DNSServiceIP(services); dns.IsValid() {
			f.Edit = set(dns)
		}
	}
}
