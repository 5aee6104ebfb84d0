package report

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// egressReport is the JSON of aksnet egress.
type egressReport struct {
	APIVersion string              `json:"apiVersion"`
	Kind       string              `json:"kind"`
	Clusters   []plan.EgressAdvice `json:"clusters"`
}

// Egress returns the report on the outbound capacity of clusters: the ports they need, how a load balancer or a NAT
// gateway provides them, and the table of automatic allocations.
func Egress(advice []plan.EgressAdvice) Report {
	r := egressReport{APIVersion: plan.APIVersion, Kind: "Egress", Clusters: advice}
	if r.Clusters == nil {
		r.Clusters = []plan.EgressAdvice{}
	}
	var out sheet
	for _, a := range advice {
		out = append(out, egressSection(a))
	}
	return Report{value: r, sheet: out}
}

func egressSection(a plan.EgressAdvice) section {
	s := section{title: "Cluster " + Printable(a.Cluster)}
	s.add("outbound type", string(a.OutboundType))
	s.add("nodes", fmt.Sprintf("%d with surge, %d ports per node: %d ports", a.Nodes, a.PortsPerNode, a.PortsNeeded))
	switch {
	case a.Today.OutboundIPs == 0:
		s.add("today", "AKS does not perform SNAT for this outbound type; the numbers apply to the device that does")
	case a.EnoughToday:
		s.add("today", "enough: "+portsToday(a))
	default:
		s.add("today", "not enough: "+portsToday(a))
	}
	settings := make([]string, len(a.Settings))
	for i, set := range a.Settings {
		settings[i] = set.Key + ": " + set.Value
	}
	s.add("settings", strings.Join(settings, ", "))
	s.grids = []grid{wayGrid(a), breakGrid(a)}
	return s
}

// portsToday returns the ports and public addresses with today's settings.
func portsToday(a plan.EgressAdvice) string {
	addresses := english.Count(a.Today.OutboundIPs, "public address")
	return fmt.Sprintf("%d ports on %s", a.Today.PortsAvailable, addresses)
}

// wayGrid returns what a load balancer and a NAT gateway need.
func wayGrid(a plan.EgressAdvice) grid {
	g := grid{columns: []column{
		left("OPTION"), right("PUBLIC IPS"), right("PORTS"), right("PORTS PER NODE"), right("MAX NODES"),
		left("SOURCE"),
	}}
	add := func(name string, w plan.EgressWay) {
		ips := number(w.OutboundIPs)
		if !w.Possible {
			ips = cell{text: fmt.Sprintf("%d, too many", w.OutboundIPs), bad: true}
		}
		g.rows = append(g.rows, []cell{
			{
				text: name,
			}, ips, number(w.PortsAvailable), number(w.PortsPerNode), number(w.MaxNodes), sourceCell(w.Source),
		})
	}
	add("load balancer", a.LoadBalancer)
	add("NAT gateway", a.NATGateway)
	return g
}

// breakGrid returns the node counts at which Azure's automatic port allocation changes.
func breakGrid(a plan.EgressAdvice) grid {
	g := grid{columns: []column{
		left("AUTOMATIC PORTS"), right("PORTS PER NODE"), right("PUBLIC IPS"), left("CURRENT"), left("SOURCE"),
	}}
	for _, b := range a.Breaks {
		here := ""
		if b.Here {
			here = "this cluster"
		}
		g.rows = append(g.rows, []cell{
			{text: fmt.Sprintf("%d to %d nodes", b.FromNodes, b.ToNodes)}, number(b.Ports), number(b.OutboundIPs),
			{text: here}, sourceCell(b.Source),
		})
	}
	return g
}
