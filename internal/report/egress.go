package report

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// egressReport is what aksnet egress writes for programs.
type egressReport struct {
	APIVersion string              `json:"apiVersion"`
	Kind       string              `json:"kind"`
	Clusters   []plan.EgressAdvice `json:"clusters"`
}

// Egress lays out the outbound sums of clusters: what is needed, both ways to have it, and the table of automatic ports.
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
	s.add("nodes", fmt.Sprintf("%d with surge, %d ports each: %d ports", a.Nodes, a.PortsPerNode, a.PortsNeeded))
	switch {
	case a.Today.OutboundIPs == 0:
		s.add("today", "AKS translates nothing for this outbound type; the sums are for whatever does")
	case a.EnoughToday:
		s.add("today", fmt.Sprintf("enough: %d ports of %s", a.Today.PortsAvailable, english.Count(a.Today.OutboundIPs, "public address")))
	default:
		s.add("today", fmt.Sprintf("not enough: %d ports of %s", a.Today.PortsAvailable, english.Count(a.Today.OutboundIPs, "public address")))
	}
	settings := make([]string, len(a.Settings))
	for i, set := range a.Settings {
		settings[i] = set.Key + ": " + set.Value
	}
	s.add("write", strings.Join(settings, ", "))
	s.grids = []grid{wayGrid(a), breakGrid(a)}
	return s
}

func wayGrid(a plan.EgressAdvice) grid {
	g := grid{columns: []column{left("WITH"), right("PUBLIC IPS"), right("PORTS"), right("PORTS EACH NODE"), right("MOST NODES"), left("SOURCE")}}
	add := func(name string, w plan.EgressWay) {
		ips := number(w.OutboundIPs)
		if !w.Possible {
			ips = cell{text: fmt.Sprintf("%d, too many", w.OutboundIPs), bad: true}
		}
		g.rows = append(g.rows, []cell{{text: name}, ips, number(w.PortsAvailable), number(w.PortsPerNode), number(w.MaxNodes), sourceCell(w.Source)})
	}
	add("load balancer", a.LoadBalancer)
	add("NAT gateway", a.NATGateway)
	return g
}

func breakGrid(a plan.EgressAdvice) grid {
	g := grid{columns: []column{left("AUTOMATIC PORTS"), right("PORTS EACH NODE"), right("PUBLIC IPS"), left("HERE"), left("SOURCE")}}
	for _, b := range a.Breaks {
		here := ""
		if b.Here {
			here = "this cluster"
		}
		g.rows = append(g.rows, []cell{
			{text: fmt.Sprintf("%d to %d nodes", b.FromNodes, b.ToNodes)}, number(b.Ports), number(b.OutboundIPs), {text: here}, sourceCell(b.Source),
		})
	}
	return g
}
