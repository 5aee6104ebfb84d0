package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var podMeetsSubnet = &Rule{
	ID: "IP001", Title: "pod CIDR overlaps a subnet of its network", Severity: Error,
	Explanation: "With kubenet and overlay, pod addresses are outside the virtual network. If a subnet " +
		"has the same addresses, packets to pods and to hosts cannot be told apart, and AKS rejects the cluster. " +
		"Since 2024-10-25 AKS compares the pod CIDR only with the subnets; before that, it compared it with the " +
		"whole network.",
	Fix: "set podCidr to a range outside the network", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(true, plan.OwnerSubnet) },
}

var podMeetsSpace = &Rule{
	ID: "IP002", Title: "pod CIDR is inside the address space of its network", Severity: Warning, Also: []Severity{Error},
	Explanation: "Since 2024-10-25 AKS compares the pod CIDR only with the subnets of the network, so it " +
		"creates the cluster. A subnet that is added later may use the pods' addresses. For kubenet this is an " +
		"error, because its routes cover such a subnet.",
	Fix: "set podCidr to a range outside the network", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(true, plan.OwnerVNet) },
}

var podMeetsService = &Rule{
	ID: "IP003", Title: "pod CIDR overlaps the service CIDR", Severity: Error,
	Explanation: "An address that may belong to a pod or to a Service cannot be routed. AKS rejects the " +
		"cluster.",
	Fix: "set podCidr and serviceCidr to ranges that do not overlap", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: checkPodMeetsService,
}

var serviceMeetsSubnet = &Rule{
	ID: "IP004", Title: "service CIDR overlaps a subnet of the network", Severity: Error,
	Explanation: "Service addresses exist only inside the cluster and hide the subnet from it. AKS " +
		"rejects the cluster and checks again at every upgrade, so a subnet that is added later blocks upgrades.",
	Fix: "set serviceCidr to a range outside the network", Source: aks.PageErrorServiceCIDR, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(false, plan.OwnerSubnet) },
}

var serviceMeetsSpace = &Rule{
	ID: "IP005", Title: "service CIDR is inside the address space of the network", Severity: Warning,
	Explanation: "AKS compares the service CIDR with the subnets of the network, so it creates the " +
		"cluster. A subnet that is added later may overlap; AKS then rejects upgrades.",
	Fix: "set serviceCidr to a range outside the network", Source: aks.PageNodeSubnet, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(false, plan.OwnerVNet) },
}

var podMeetsPeer = &Rule{
	ID: "IP006", Title: "pod CIDR overlaps a peered network", Severity: Warning, Also: []Severity{Error},
	Explanation: "Packets from a pod to an address in the pod CIDR never leave the cluster, so pods " +
		"cannot reach hosts of the peered network that have such an address. For kubenet this is an error, because " +
		"its routes cover those hosts for the nodes as well.",
	Fix: "set podCidr to a range that no connected network uses", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(true, plan.OwnerPeer) },
}

var serviceMeetsPeer = &Rule{
	ID: "IP007", Title: "service CIDR overlaps a peered network", Severity: Warning,
	Explanation: "Inside the cluster, an address in the service CIDR belongs to a Service, so the " +
		"cluster cannot reach hosts of the peered network that have such an address.",
	Fix: "set serviceCidr to a range that no connected network uses", Source: aks.PageNodeSubnet, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(false, plan.OwnerPeer) },
}

var podMeetsReserved = &Rule{
	ID: "IP008", Title: "pod CIDR overlaps a reserved range", Severity: Warning, Also: []Severity{Error},
	Explanation: "addressSpace.reserved declares that the range is in use elsewhere. Pods could not " +
		"reach the hosts there. For kubenet this is an error, because its routes cover those hosts for the nodes " +
		"as well.",
	Fix: "set podCidr to a range that is not in use", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(true, plan.OwnerReserved) },
}

var serviceMeetsReserved = &Rule{
	ID: "IP009", Title: "service CIDR overlaps a reserved range", Severity: Warning,
	Explanation: "addressSpace.reserved declares that the range is in use elsewhere. The cluster could " +
		"not reach the hosts there.",
	Fix: "set serviceCidr to a range that is not in use", Source: aks.PageNodeSubnet, Since: "v0.1.0",
	Check: func(p *Pass) { p.overlaps(false, plan.OwnerReserved) },
}

var spaceMeetsReserved = &Rule{
	ID: "IP010", Title: "network overlaps a reserved range", Severity: Error, Also: []Severity{Warning},
	Explanation: "addressSpace.reserved declares that the range is in use elsewhere. Routes to it would " +
		"conflict with routes inside the network, so the two could never be connected.",
	Fix: "set addressPrefixes to ranges outside the reserved ones", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSpaceMeetsReserved,
}

var managedMeetsReserved = &Rule{
	ID: "IP041", Title: "managed network overlaps a reserved range", Severity: Warning,
	Explanation: "The network that AKS creates for vnet: managed always has the range in the message. If it is " +
		"ever connected to the reserved range, the two are in conflict, and the range cannot be changed.",
	Fix: "set vnet to your own network, or remove vnet to let aksnet plan one", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkManagedMeetsReserved,
}

var kubenetPodsMeet = &Rule{
	ID: "IP011", Title: "kubenet clusters on one route table have overlapping pod CIDRs", Severity: Error,
	Explanation: "kubenet writes a route for the pods of every node. If two clusters share a route " +
		"table, routes to the same addresses lead to only one of them. AKS requires a separate route table for " +
		"every kubenet cluster.",
	Fix: "give each cluster its own route table", Source: aks.PageKubenet, Since: "v0.1.0",
	Check: checkKubenetPodsMeet,
}

// overlaps reports pod or service CIDRs that overlap ranges of one kind of owner, with one finding for each CIDR.
func (p *Pass) overlaps(pod bool, kind plan.OwnerKind) {
	for _, c := range p.clusterCIDRs() {
		if c.pod != pod {
			continue
		}
		hits := ownersOf(c.meets, kind)
		if len(hits) == 0 || kind == plan.OwnerVNet && len(ownersOf(c.meets, plan.OwnerSubnet)) > 0 {
			continue
		}
		p.reportOverlap(c, hits)
	}
}

func (p *Pass) reportOverlap(c *clusterCIDR, hits []plan.RangeOwner) {
	f := p.Reportf(c.path, "%s %s of cluster %q overlaps %s", c.label(), c.prefix, c.cluster.Name, firstOwner(hits))
	if hits[0].Path != "" {
		p.Relate(f, hits[0].Path, "%s %q is here", hits[0].Kind, hits[0].Name)
	}
	o, _ := aks.OverlapOf(c.overlapKind(), rangeKind(hits[0].Kind))
	if o.Verdict == aks.OverlapError {
		f.Severity = Error
	}
	if o.Code != "" {
		f.AzureError = &AzureError{Code: o.Code, Message: azureOverlap(o.Code, c.prefix, hits[0].Prefix)}
	}
	p.proposeCIDR(f, c, c.prefix.Bits())
}

func rangeKind(h plan.OwnerKind) aks.RangeKind {
	switch h {
	case plan.OwnerSubnet:
		return aks.RangeSubnet
	case plan.OwnerVNet:
		return aks.RangeVNet
	}
	return aks.RangeConnected
}

func azureOverlap(code string, ours, theirs netip.Prefix) string {
	if code != aks.CodeServiceCidrOverlapExistingSubnetsCidr {
		return ""
	}
	return fmt.Sprintf("The specified service CIDR %s is conflicted with an existing subnet CIDR %s", ours, theirs)
}

// firstOwner returns the first of several ranges as text, with the number of the others.
func firstOwner(hits []plan.RangeOwner) string {
	text := fmt.Sprintf("%s %q (%s)", hits[0].Kind, hits[0].Name, hits[0].Prefix)
	if more := len(hits) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func checkPodMeetsService(p *Pass) {
	for _, c := range p.Plan.Clusters {
		cidrs := clusterCIDRsOf(c)
		for _, pods := range cidrs {
			for _, services := range cidrs {
				if pods.pod && !services.pod && pods.prefix.Overlaps(services.prefix) {
					f := p.Reportf(pods.path, "pod CIDR %s of cluster %q overlaps its service CIDR %s", pods.prefix,
						c.Name, services.prefix)
					p.Relate(f, services.path, "the service CIDR is here")
					p.proposeCIDR(f, pods, pods.prefix.Bits())
				}
			}
		}
	}
}

func checkSpaceMeetsReserved(p *Pass) {
	for _, v := range p.Plan.VNets {
		for i, prefix := range v.AddressPrefixes {
			hits := p.reservedRanges().overlapping(prefix)
			if len(hits) == 0 {
				continue
			}
			f := p.Reportf(fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i),
				"address space %s of network %q overlaps %s", prefix, v.Name, firstOwner(hits))
			p.Relate(f, hits[0].Path, "%s %q is here", hits[0].Kind, hits[0].Name)
			if v.Existing {
				f.Severity = Warning
			}
			p.proposeSpace(f, v, i)
		}
	}
}

func checkManagedMeetsReserved(p *Pass) {
	hits := p.reservedRanges().overlapping(aks.ManagedVNet())
	for _, c := range p.Plan.Clusters {
		if !c.Spec.Managed() || len(hits) == 0 {
			continue
		}
		f := p.Reportf(c.Path+".vnet", "the network that AKS creates for cluster %q (%s) overlaps %s", c.Name,
			aks.ManagedVNet(), firstOwner(hits))
		f.Advice = p.rule.Fix
		p.Relate(f, hits[0].Path, "%s %q is here", hits[0].Kind, hits[0].Name)
	}
}

func checkKubenetPodsMeet(p *Pass) {
	tables := map[string][]plan.RangeOwner{}
	var order []string
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().OwnRouteTable || c.VNet() == nil || !c.PodCIDR.IsValid() {
			continue
		}
		for _, table := range routeTablesOf(c) {
			if tables[table] == nil {
				order = append(order, table)
			}
			tables[table] = append(tables[table], plan.RangeOwner{Prefix: c.PodCIDR, Name: c.Name, Path: c.Path})
		}
	}
	for _, table := range order {
		p.reportShared(table, tables[table])
	}
}

func (p *Pass) reportShared(table string, clusters []plan.RangeOwner) {
	prefixes := make([]netip.Prefix, len(clusters))
	for i, c := range clusters {
		prefixes[i] = c.Prefix
	}
	for _, pair := range firstPairs(prefixes) {
		first, later := clusters[pair.first], clusters[pair.later]
		p.Reportf(later.Path+".podCidr", "clusters %q and %q share route table %q, and their pod CIDRs %s and %s overlap",
			first.Name, later.Name, table, first.Prefix, later.Prefix)
	}
}

// routeTablesOf returns the route tables on the node subnets of a cluster, each once.
func routeTablesOf(c *plan.Cluster) (out []string) {
	for _, pool := range c.NodePools {
		if n := pool.NodeSubnet(); n != nil && n.RouteTable != "" && !slices.Contains(out, n.RouteTable) {
			out = append(out, n.RouteTable)
		}
	}
	return out
}
