package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var vnetCounts = &Rule{
	ID: "VNET022", Title: "too many resources in a network or region", Severity: Error, Also: []Severity{Warning},
	Explanation: english.Text("A subscription can have %v virtual networks in a region. A network can have %v "+
		"subnets, %v peerings (%v in a hub and spoke of Virtual Network Manager, hence a warning between the two) "+
		"and %v DNS servers. A network security group can have %v rules with %v addresses on each side, and a NAT "+
		"gateway can serve %v subnets. The newest copy of the table that we read is from December 2022; some "+
		"limits can be raised.",
		aks.MaxVNets, aks.MaxSubnets, aks.MaxPeerings, aks.MaxPeeringsManaged, aks.MaxDNSServers,
		aks.RulesPerNSG, aks.RangesPerRule, aks.MaxNATSubnets),
	Fix: "spread them over several networks, regions or subscriptions", Source: aks.PageAzureLimits, Since: "v0.1.0",
	Check: checkVNetCounts,
}

var vnetAddresses = &Rule{
	ID: "VNET023", Title: "more addresses in use than a network allows", Severity: Error,
	Explanation: english.Text("At most %v private addresses of a virtual network can be in use, however large "+
		"its address space is. Each /%v block of static allocation counts once.",
		aks.AddressesPerVNet, aks.StaticBlockBits),
	Fix:    "set model: overlay, or spread the clusters over several networks",
	Source: aks.PageAzureLimits, Since: "v0.1.0",
	Check: checkVNetAddresses,
}

var peeredAddresses = &Rule{
	ID: "VNET024", Title: "more addresses in use than peered networks allow", Severity: Error,
	Explanation: english.Text("At most %v private addresses can be in use in a virtual network and the networks "+
		"peered with it. Each /%v block of static allocation counts once.",
		aks.AddressesPerPeeredGroup, aks.StaticBlockBits),
	Fix:    "set model: overlay, or spread the clusters over networks that are not peered",
	Source: aks.PageAzureLimits, Since: "v0.1.0",
	Check: checkPeeredAddresses,
}

var vnetElsewhere = &Rule{
	ID: "VNET025", Title: "cluster and network in different regions or subscriptions", Severity: Error,
	Explanation: "The virtual network of a cluster's nodes must be in the cluster's region and " +
		"subscription.",
	Fix: "use one region and one subscription for both", Source: aks.PageNodeSubnet, Since: "v0.1.0",
	Check: checkVNetElsewhere,
}

var dnsSingle = &Rule{
	ID: "VNET026", Title: "only one DNS server", Severity: Warning,
	Explanation: "With only one custom DNS server, nodes cannot resolve any name while it is " +
		"unavailable, and new nodes fail to start. Azure's own DNS (no dnsServers) is redundant, and so are the DNS " +
		"proxy of an Azure Firewall and the inbound endpoint of a DNS resolver: the rule accepts their addresses.",
	Fix: "list at least two dnsServers, or remove dnsServers", Source: aks.PageVNetDNS,
	Since: "v0.1.0", Check: checkDNSSingle,
}

func checkVNetCounts(p *Pass) {
	p.checkGroupCounts()
	p.checkGatewayCounts()
	regions := map[string]int{}
	for _, v := range p.Plan.VNets {
		region := strings.ToLower(v.Subscription + " " + v.Location)
		if regions[region]++; regions[region] == aks.MaxVNets+1 {
			p.Reportf(v.Path, "region %q would have more than %d virtual networks", v.Location, aks.MaxVNets)
		}
		if n := len(v.Subnets); n > aks.MaxSubnets {
			p.Reportf(v.Path+".subnets", "network %q has %d subnets; at most %d are allowed", v.Name, n, aks.MaxSubnets)
		}
		if n := len(p.rangesOf().Peers(v)); n > aks.MaxPeerings {
			f := p.Reportf(v.Path+".peerings", "network %q has %d peerings; at most %d are allowed", v.Name, n,
				aks.MaxPeerings)
			if n <= aks.MaxPeeringsManaged {
				f.Severity = Warning
			}
		}
		if v.Spec != nil && len(v.Spec.DNSServers) > aks.MaxDNSServers {
			p.Reportf(v.Path+".dnsServers", "network %q has %d DNS servers; at most %d are allowed", v.Name,
				len(v.Spec.DNSServers), aks.MaxDNSServers)
		}
	}
}

// inUse returns the number of addresses of a network that are in use at its largest size. A /28 block of static
// allocation counts once.
func inUse(v *plan.VNet) (n int) {
	for _, s := range v.Subnets {
		for _, t := range s.Terms() {
			if t.Kind != plan.TermReserved {
				n += t.At(plan.Upgrade) * t.Mapped()
			}
		}
	}
	return n
}

func checkVNetAddresses(p *Pass) {
	for _, v := range p.Plan.VNets {
		if n := inUse(v); n > aks.AddressesPerVNet {
			p.Reportf(v.Path, "network %q would have %d addresses in use; at most %d are allowed", v.Name, n,
				aks.AddressesPerVNet)
		}
	}
}

func checkPeeredAddresses(p *Pass) {
	for _, v := range p.Plan.VNets {
		own := inUse(v)
		n, peers := own, 0
		for _, peer := range p.rangesOf().Peers(v) {
			if peer.VNet != nil {
				n += inUse(peer.VNet)
				peers++
			}
		}
		if peers > 0 && n > aks.AddressesPerPeeredGroup {
			p.Report(Finding{
				Path: v.Path,
				Message: fmt.Sprintf(
					"network %q and the %s peered with it would have %d addresses in use; at most %d are allowed",
					v.Name, english.Count(peers, "network"), n, aks.AddressesPerPeeredGroup),
				Sums: []string{fmt.Sprintf("%d in %s + %d in its peers = %d", own, v.Name, n-own, n)},
			})
		}
	}
}

func checkVNetElsewhere(p *Pass) {
	for _, c := range p.Plan.Clusters {
		v := c.VNet()
		if v == nil || v.Spec == nil {
			continue
		}
		if v.Location != "" && c.Location != "" && !sameRegion(v.Location, c.Location) {
			f := p.Reportf(nearest(p, c.Path+".location", c.Path+".vnet"),
				"cluster %q is in %s, but its network %q is in %s", c.Name, c.Location, v.Name, v.Location)
			p.Relate(f, v.Path, "network %q is here", v.Name)
			f.Edit = setAt(c.Path+".location", v.Location)
		}
		if own := v.Spec.Subscription; own != "" && p.Spec.Subscription != "" &&
			!strings.EqualFold(own, p.Spec.Subscription) {
			p.Reportf(nearest(p, v.Path+".subscription", c.Path+".vnet"),
				"network %q of cluster %q is in subscription %s, but the cluster is in %s", v.Name, c.Name, own,
				p.Spec.Subscription)
		}
	}
}

func checkDNSSingle(p *Pass) {
	for _, v := range p.Plan.VNets {
		if v.Spec != nil && len(v.Spec.DNSServers) == 1 && v.Spec.DNSServers[0].IsValid() &&
			!azureResolves(p, v, v.Spec.DNSServers[0]) {
			p.Reportf(fmt.Sprintf("%s.dnsServers", v.Path), "network %q has only one DNS server", v.Name)
		}
	}
}

func (p *Pass) checkGroupCounts() {
	for i, g := range p.Spec.NetworkSecurityGroups {
		path := fmt.Sprintf("networkSecurityGroups[%d].rules", i)
		if n := len(g.Rules); n > aks.RulesPerNSG {
			p.Reportf(path, "network security group %q has %d rules; at most %d are allowed", g.Name, n,
				aks.RulesPerNSG)
		}
		for j, r := range g.Rules {
			if n := max(len(r.Sources), len(r.Destinations)); n > aks.RangesPerRule {
				p.Reportf(fmt.Sprintf("%s[%d]", path, j),
					"rule %q has %d addresses on one side; at most %d are allowed", r.Name, n, aks.RangesPerRule)
			}
		}
	}
}

// checkGatewayCounts counts the subnets of each NAT gateway. A gateway serves only one network, so its name is unique
// there.
func (p *Pass) checkGatewayCounts() {
	for _, v := range p.Plan.VNets {
		served := map[string]int{}
		for _, s := range v.Subnets {
			if key := strings.ToLower(s.NATGateway); key != "" {
				if served[key]++; served[key] == aks.MaxNATSubnets+1 {
					p.Reportf(s.Path, "NAT gateway %q would serve more than %d subnets", s.NATGateway,
						aks.MaxNATSubnets)
				}
			}
		}
	}
}
