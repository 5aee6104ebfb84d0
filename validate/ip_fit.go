package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var nodeSubnetSmall = &Rule{
	ID: "IP021", Title: "node subnet is too small", Severity: Error,
	Explanation: "A node subnet holds all nodes of its pools at their maximum, the surge nodes when all " +
		"pools upgrade, internal load balancers, private endpoints and the five addresses that Azure reserves. " +
		"With model node-subnet every node needs maxPods more addresses. The safe sum is (nodes + surge) × " +
		"(maxPods + 1). Azure compares smaller sums before it rejects a subnet: nodes × (maxPods + 1) according to " +
		"its documentation and to errors from 2018, nodes × (maxPods − 1) in errors seen since, because two pods " +
		"of each node use the node's address. The finding shows the safe sum, and both of Azure's sums where Azure " +
		"would reject the subnet. A subnet cannot be resized while it is in use.",
	Fix: "use a larger subnet, or lower the node counts or maxPods", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.Nodes, plan.NodesPods) },
}

var podSubnetSmall = &Rule{
	ID: "IP022", Title: "pod subnet is too small", Severity: Error, Also: []Severity{Warning},
	Explanation: english.Text("With model pod-subnet every node takes addresses of the pod subnet in batches of "+
		"%v (DynamicIndividual) or in whole /%v blocks (StaticBlock). The sum assumes maxPods pods on every node. "+
		"With dynamic allocation the finding is a warning as long as every node gets its first batch: nodes that "+
		"run fewer pods hold fewer batches. Azure itself compares nodes × %[1]v, in both modes and whatever maxPods "+
		"is, before it rejects a pod subnet.", aks.DynamicBatch, aks.StaticBlockBits),
	Fix:    "use a larger subnet, or lower the node counts or maxPods",
	Source: aks.PagePodSubnet, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.Pods) },
}

var otherSubnetSmall = &Rule{
	ID: "IP026", Title: "subnet is too small for its contents", Severity: Error,
	Explanation: "The subnet has fewer addresses than the spec requires: addresses or usedAddresses, " +
		"internal load balancers, private endpoints, nine addresses for the API server of each cluster, and the " +
		"five that Azure reserves.",
	Fix: "use a larger subnet", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: func(p *Pass) { p.tooSmall(plan.APIServer, plan.Gateway, plan.Other) },
}

// tooSmall reports subnets of the given purposes that have fewer addresses than they need.
func (p *Pass) tooSmall(purposes ...plan.Purpose) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			if _, known := s.PrefixLength(); known && s.Headroom < 0 && slices.Contains(purposes, s.Purpose) {
				p.reportSmall(s)
			}
		}
	}
}

func (p *Pass) reportSmall(s *plan.Subnet) {
	moment := s.DemandByPhase.FirstAbove(s.Usable + aks.ReservedPerSubnet)
	f := p.Reportf(p.prefixPath(s), "%s needs %d addresses%s; %s has %d usable", subnetText(s), s.Demand.Total,
		phaseText(moment), rangeText(s), s.Usable)
	f.Moment = moment
	f.Sums = append(f.Sums, subnetSums(s)...)
	if s.Purpose == plan.Pods && firstBatches(s) <= s.Usable && !s.Terms().StaticBlocks() {
		f.Severity = Warning
	}
	p.fixSmall(f, s)
	if s.Purpose == plan.Nodes || s.Purpose == plan.NodesPods || s.Purpose == plan.Pods {
		predictRefusal(f, s)
	}
}

// firstBatches returns the number of addresses in the first batches of all nodes of a pod subnet.
func firstBatches(s *plan.Subnet) (n int) {
	for _, t := range s.Terms().Pools() {
		n += t.At(plan.Upgrade) * aks.DynamicBatch
	}
	return n
}

// subnetSums formats the arithmetic of a subnet's demand: one line for a single pool; otherwise one line for each
// pool and one for the total.
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

// fixSmall proposes a prefix that is large enough and a maxPods that is small enough.
func (p *Pass) fixSmall(f *Finding, s *plan.Subnet) {
	bits := plan.BitsFor(s.Demand.Total)
	usable := ipam.PrefixSize(bits) - aks.ReservedPerSubnet
	pods, pool := lowerMaxPods(s)
	or := ""
	if pool != nil {
		or = fmt.Sprintf(", or set maxPods to %d", pods)
	}
	room, ok := p.roomFor(s, bits)
	switch {
	case s.Existing:
		f.Advice = fmt.Sprintf(
			"use another subnet for the cluster, /%d or larger (%d usable)%s: "+
				"this one exists and cannot be resized while in use",
			bits, usable, or)
	case strings.HasSuffix(f.Path, ".prefixLength"):
		f.Edit = set(bits)
		f.Advice = fmt.Sprintf("set prefixLength to %d (%d usable)%s", bits, usable, or)
		return
	case ok && p.Spec.Has(f.Path):
		f.Edit = set(room)
		f.Advice = fmt.Sprintf("use /%d (%d usable)%s", bits, usable, or)
		return
	default:
		f.Advice = fmt.Sprintf("use /%d (%d usable) and add address space to network %q%s", bits, usable, s.VNet.Name,
			or)
	}
	if pool != nil {
		f.Edit = setAt(pool.Path+".maxPods", pods)
	}
}

// lowerMaxPods returns the largest maxPods that fits the subnet, and its pool. It applies only to a subnet that the
// nodes and pods of a single pool share.
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

// cidrText returns the range of a subnet as Azure writes it, or a placeholder for one that Azure has yet to choose.
func cidrText(s *plan.Subnet) string {
	if !s.AddressPrefix.IsValid() {
		return "‹cidr›"
	}
	return s.AddressPrefix.String()
}

// predictRefusal adds the error that Azure would return for the pools of a node subnet, with its numbers. Azure
// counts the pools at their maximum, without surge and growth.
func predictRefusal(f *Finding, s *plan.Subnet) {
	has := s.Usable - s.Demand.Other
	if s.Purpose == plan.Pods {
		has = s.Usable
	}
	gates := gatesOf(s, has)
	for _, g := range gates {
		if !g.Refuses {
			continue
		}
		f.AzureError = &AzureError{
			Code: aks.CodeInsufficientSubnetSize,
			Message: fmt.Sprintf("Pre-allocated IPs %d exceeds IPs available %d in Subnet Cidr %s, Subnet Name %s.",
				g.Wants, has, cidrText(s), s.Name),
			Wants: g.Wants,
			Has:   has,
		}
		if len(gates) > 1 {
			f.AzureError.Gates = gates
			f.Sums = append(f.Sums, fmt.Sprintf(
				"Azure counts %s = %d (observed) or %s = %d (documented); available: %d",
				gates[0].Formula, gates[0].Wants, gates[1].Formula, gates[1].Wants, has))
		}
		return
	}
	if f.Moment == Upgrade {
		f.AzureError = &AzureError{Code: aks.CodeSubnetIsFull}
	}
}

// gatesOf returns the sums that Azure is known to compute for the pools of a subnet, the most recently observed
// first.
// https://github.com/Azure/AKS/issues/456,
// [aks.PageErrorSubnetSize]
// (read 2026-11-22)
func gatesOf(s *plan.Subnet, has int) []Gate {
	var observed, documented int
	var seen, written []string
	flat := false
	for _, t := range s.Terms().Pools() {
		if t.Pool.Provisioned {
			continue // Karpenter makes these nodes without Azure's check
		}
		n := t.Pool.Spec.MaxNodes()
		if s.Purpose == plan.Pods { // the first batch of every node, in both modes and whatever maxPods is
			observed += n * aks.DynamicBatch
			seen = append(seen, fmt.Sprintf("%d × %d", n, aks.DynamicBatch))
			continue
		}
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
