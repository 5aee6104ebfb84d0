package report

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// egressReport is the JSON of aksnet egress.
type egressReport struct {
	APIVersion string              `json:"apiVersion"`
	Kind       string              `json:"kind"`
	Clusters   []plan.EgressAdvice `json:"clusters"`
}

// EgressDetail is how much the report on outbound capacity shows to people.
type EgressDetail struct {
	// Clusters is whether each cluster has a section of its own; AllTypes whether that has the numbers of every outbound
	// type, and not only of the cluster's.
	Clusters, AllTypes bool
}

// Egress returns the report on the outbound capacity of clusters: a line for each, and in detail the ports they need,
// how their outbound type provides them, and the table of automatic allocations.
func Egress(advice []plan.EgressAdvice, detail EgressDetail) Report {
	r := egressReport{APIVersion: plan.APIVersion, Kind: "Egress", Clusters: advice}
	if r.Clusters == nil {
		r.Clusters = []plan.EgressAdvice{}
	}
	if len(advice) == 0 {
		return Report{value: r, sheet: noClusters()}
	}
	var out sheet
	if len(advice) > 1 {
		out = append(out, egressTotals(advice, detail))
	}
	if detail.Clusters {
		for _, a := range advice {
			out = append(out, egressSection(a, detail.AllTypes))
		}
	}
	return Report{value: r, sheet: out}
}

// egressTotals returns a line for each cluster.
func egressTotals(advice []plan.EgressAdvice, detail EgressDetail) section {
	s, short := section{title: english.Count(len(advice), "cluster")}, 0
	g := grid{columns: []column{
		left("CLUSTER"), left("TODAY"), left("OUTBOUND TYPE"), right("NODES"), right("PORTS NEEDED"), right("PORTS"),
		right("PUBLIC IPS"), left("SETTINGS"),
	}}
	for _, a := range advice {
		word, lacks := enough(a)
		if lacks {
			short++
		}
		g.rows = append(g.rows, []cell{
			{text: Printable(a.Cluster)}, {text: word, bad: lacks}, {text: string(a.OutboundType)}, number(a.Nodes),
			number(
				a.PortsNeeded,
			), number(a.Today.PortsAvailable), number(a.Today.OutboundIPs), {text: egressSettings(a)},
		})
	}
	s.title += fmt.Sprintf(": %d without enough SNAT ports", short)
	if !detail.Clusters {
		s.add("details", detailsHint)
	}
	s.grids = []grid{g}
	return s
}

// enough says whether a cluster has the ports that it needs today, and reports whether it lacks some.
func enough(a plan.EgressAdvice) (string, bool) {
	switch {
	case a.Today.OutboundIPs == 0:
		return "no SNAT by AKS", false
	case a.EnoughToday:
		return "enough", false
	}
	return "not enough", true
}

func egressSettings(a plan.EgressAdvice) string {
	settings := make([]string, len(a.Settings))
	for i, set := range a.Settings {
		settings[i] = set.Key + ": " + set.Value
	}
	return strings.Join(settings, ", ")
}

func egressSection(a plan.EgressAdvice, all bool) section {
	s := section{title: "Cluster " + Printable(a.Cluster)}
	if a.Today.OutboundIPs == 0 {
		s.add("today", "AKS does not perform SNAT for this outbound type; the numbers apply to the device that does")
	} else {
		word, _ := enough(a)
		s.add("today", word+": "+portsToday(a))
	}
	s.add("settings", egressSettings(a))
	s.add("outbound type", string(a.OutboundType))
	s.add("nodes", fmt.Sprintf("%d with surge, %d ports per node: %d ports", a.Nodes, a.PortsPerNode, a.PortsNeeded),
		aks.SNATSteps()[0].Source)
	if g := wayGrid(a, all); len(g.rows) > 0 {
		s.grids = append(s.grids, g)
	}
	if all || a.OutboundType == aks.OutboundLoadBalancer {
		s.grids = append(s.grids, breakGrid(a))
	}
	return s
}

// portsToday returns the ports and public addresses with today's settings.
func portsToday(a plan.EgressAdvice) string {
	addresses := english.Count(a.Today.OutboundIPs, "public address")
	return fmt.Sprintf("%d ports on %s", a.Today.PortsAvailable, addresses)
}

// wayGrid returns what the outbound type of the cluster needs, or what each type needs.
func wayGrid(a plan.EgressAdvice, all bool) grid {
	g := grid{columns: []column{
		left("OPTION"), right("PUBLIC IPS"), right("PORTS"), right("PORTS PER NODE"), right("NODES SERVED"),
	}}
	add := func(name string, w plan.EgressWay) {
		ips := number(w.OutboundIPs)
		if !w.Possible {
			ips = cell{text: fmt.Sprintf("%d, too many", w.OutboundIPs), bad: true}
		}
		g.rows = append(g.rows, []cell{
			{text: name, sources: []aks.Source{w.Source}}, ips, number(w.PortsAvailable), number(w.PortsPerNode),
			number(w.MaxNodes),
		})
	}
	balancer := a.OutboundType == aks.OutboundLoadBalancer
	if all || balancer {
		add("load balancer", a.LoadBalancer)
	}
	if gateway := !balancer && a.Today.OutboundIPs > 0; all || gateway || balancer && !a.LoadBalancer.Possible {
		add("NAT gateway", a.NATGateway)
	}
	return g
}

// breakGrid returns the node counts at which Azure's automatic port allocation changes.
func breakGrid(a plan.EgressAdvice) grid {
	g := grid{columns: []column{
		left("AUTOMATIC PORTS"), right("PORTS PER NODE"), right("PUBLIC IPS"), left("CURRENT"),
	}}
	for _, b := range a.Breaks {
		here := ""
		if b.Here {
			here = "this cluster"
		}
		g.rows = append(g.rows, []cell{
			{text: fmt.Sprintf("%d to %d nodes", b.FromNodes, b.ToNodes)}, number(b.Ports), number(b.OutboundIPs),
			{text: here},
		})
	}
	return g
}
