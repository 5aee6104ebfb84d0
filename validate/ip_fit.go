package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var nodeSubnetSmall = &Rule{
	ID: "IP021", Title: "node subnet is too small", Severity: Error,
	Explanation: "A node subnet holds every node of its pools at their maximum, the surge nodes of an upgrade of all pools, internal load " +
		"balancers, private endpoints and the five addresses that Azure keeps; under node-subnet every node takes maxPods addresses on top. " +
		"The safe sum is (nodes + surge) × (maxPods + 1). What Azure counts before it refuses is less: nodes × (maxPods + 1) by its " +
		"documentation and by refusals of 2018, nodes × (maxPods − 1) in refusals seen since, as two pods of each node use the node's " +
		"address. The finding gives the safe sum, and both of Azure's where they refuse. A subnet cannot be resized while it is in use.",
	Fix: "use a larger subnet, or lower the node counts or maxPods", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.Nodes, plan.NodesPods) },
}

var podSubnetSmall = &Rule{
	ID: "IP022", Title: "pod subnet is too small", Severity: Error,
	Explanation: textf("Under pod-subnet every node takes addresses of the pod subnet in batches of %v (DynamicIndividual) or in whole /%v blocks "+
		"(StaticBlock). The sum is made with maxPods on every node. With dynamic allocation it is a warning as long as every node finds "+
		"its first batch: nodes that run fewer pods hold fewer batches.", aks.DynamicBatch, aks.StaticBlockBits),
	Fix:    "use a larger subnet, or lower the node counts or maxPods",
	Source: aks.PagePodSubnet, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.Pods) },
}

var otherSubnetSmall = &Rule{
	ID: "IP026", Title: "subnet is too small for its contents", Severity: Error,
	Explanation: "The subnet holds fewer addresses than the spec asks of it: addresses or usedAddresses, internal load balancers, private " +
		"endpoints, nine addresses for each cluster's API server, and the five that Azure keeps.",
	Fix: "use a larger subnet", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.APIServer, plan.Gateway, plan.Other) },
}

// tooSmall reports the subnets of some purposes that hold less than they need.
func (p *Pass) tooSmall(purposes ...plan.Purpose) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			if s.AddressPrefix.IsValid() && s.Headroom < 0 && slices.Contains(purposes, s.Purpose) {
				p.reportSmall(s)
			}
		}
	}
}

func (p *Pass) reportSmall(s *plan.Subnet) {
	moment := s.DemandByPhase.FirstAbove(s.Usable + aks.ReservedPerSubnet)
	f := p.Reportf(p.prefixPath(s), "%s needs %d addresses%s; %s has %d usable", subnetText(s), s.Demand.Total, phaseText(moment), s.AddressPrefix, s.Usable)
	f.Moment = moment
	f.Sums = append(f.Sums, subnetSums(s)...)
	if s.Purpose == plan.Pods && firstBatches(s) <= s.Usable && !s.Terms().StaticBlocks() {
		f.Severity = Warning
	}
	p.fixSmall(f, s)
	if s.Purpose == plan.Nodes || s.Purpose == plan.NodesPods {
		predictRefusal(f, s)
	}
}

// firstBatches is what the nodes of a pod subnet take before they run many pods.
func firstBatches(s *plan.Subnet) (n int) {
	for _, t := range s.Terms().Pools() {
		n += t.At(plan.Upgrade) * aks.DynamicBatch
	}
	return n
}

// subnetSums writes the arithmetic of a subnet's demand: one line for a single pool, else one for each pool and one for the whole.
func subnetSums(s *plan.Subnet) []string {
	terms := s.Terms()
	if len(terms.Pools()) < 2 {
		return []string{fmt.Sprintf("%s = %d", terms.Formula(plan.Upgrade), s.Demand.Total)}
	}
	var lines, whole []string
	for _, t := range terms {
		text := t.Formula(plan.Upgrade)
		if t.Pool != nil {
			n := fmt.Sprint(t.Addresses(plan.Upgrade))
			lines = append(lines, fmt.Sprintf("pool %s: %s = %s", t.Pool.Name, text, n))
			text = n
		}
		whole = append(whole, text)
	}
	return append(lines, fmt.Sprintf("%s = %d", strings.Join(whole, " + "), s.Demand.Total))
}

// fixSmall proposes a range that is large enough, and a maxPods that is small enough.
func (p *Pass) fixSmall(f *Finding, s *plan.Subnet) {
	bits := plan.BitsFor(s.Demand.Total)
	usable := ipam.PrefixSize(bits) - aks.ReservedPerSubnet
	pods, pool := lowerMaxPods(s)
	or := ""
	if pool != nil {
		or = fmt.Sprintf(", or maxPods %d", pods)
	}
	room, ok := p.roomFor(s, bits)
	switch {
	case s.Existing:
		f.Advice = fmt.Sprintf("use another subnet for the cluster, /%d or larger (%d usable)%s: this one exists and cannot be resized while in use", bits, usable, or)
	case strings.HasSuffix(f.Path, ".prefixLength"):
		f.Edit = set(bits)
		f.Advice = fmt.Sprintf("set prefixLength to %d (%d usable)%s", bits, usable, or)
		return
	case ok && p.Spec.Has(f.Path):
		f.Edit = set(room)
		f.Advice = fmt.Sprintf("use /%d (%d usable)%s", bits, usable, or)
		return
	default:
		f.Advice = fmt.Sprintf("use /%d (%d usable), for which network %q needs more address space%s", bits, usable, s.VNet.Name, or)
	}
	if pool != nil {
		f.Edit = setAt(pool.Path+".maxPods", pods)
	}
}

// lowerMaxPods returns the largest maxPods with which the subnet is large enough, for a subnet that one pool's nodes and pods share.
func lowerMaxPods(s *plan.Subnet) (int, *plan.NodePool) {
	pods, ok := s.Terms().LargestMaxPods(s.Usable + aks.ReservedPerSubnet)
	if s.Purpose != plan.NodesPods || !ok {
		return 0, nil
	}
	pool := s.Terms().Pools()[0].Pool
	if pool.CreateNodes < plan.FewestNodes(pods) {
		return 0, nil
	}
	return pods, pool
}

// predictRefusal says whether Azure would refuse the pools of a node subnet, and with which numbers: it counts the pools at their
// maximum, without surge and growth.
func predictRefusal(f *Finding, s *plan.Subnet) {
	has := s.Usable - s.Demand.Other
	gates := gatesOf(s, has)
	for _, g := range gates {
		if !g.Refuses {
			continue
		}
		f.AzureError = &AzureError{Code: aks.CodeInsufficientSubnetSize, Message: fmt.Sprintf("Pre-allocated IPs %d exceeds IPs available %d in Subnet Cidr %s, Subnet Name %s.",
			g.Wants, has, s.AddressPrefix, s.Name), Wants: g.Wants, Has: has}
		if len(gates) > 1 {
			f.AzureError.Gates = gates
			f.Sums = append(f.Sums, fmt.Sprintf("Azure counts %s = %d (observed) or %s = %d (documented); available: %d", gates[0].Formula, gates[0].Wants, gates[1].Formula, gates[1].Wants, has))
		}
		return
	}
	if f.Moment == Upgrade {
		f.AzureError = &AzureError{Code: aks.CodeSubnetIsFull}
	}
}

// gatesOf returns the ways in which Azure is known to count the pools of a subnet, the one seen last first.
// https://github.com/Azure/AKS/issues/456,
// https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/insufficientsubnetsize-error-advanced-networking (read 2026-11-22)
func gatesOf(s *plan.Subnet, has int) []Gate {
	var observed, documented int
	var seen, written []string
	flat := false
	for _, t := range s.Terms().Pools() {
		n := t.Pool.Spec.MaxNodes()
		if t.Pods == 0 {
			observed, documented = observed+n, documented+n
			seen, written = append(seen, fmt.Sprint(n)), append(written, fmt.Sprint(n))
			continue
		}
		flat = true
		observed, documented = observed+n*(t.Pods-1), documented+n*t.Each()
		seen = append(seen, fmt.Sprintf("%d × (%d − 1)", n, t.Pods))
		written = append(written, fmt.Sprintf("%d × (%d + %d)", n, t.Pods, t.Own))
	}
	gates := []Gate{{"observed", strings.Join(seen, " + "), observed, observed > has}}
	if flat {
		gates = append(gates, Gate{"documented", strings.Join(written, " + "), documented, documented > has})
	}
	return gates
}
