package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// knowledge is the JSON of aksnet models.
type knowledge struct {
	APIVersion      string              `json:"apiVersion"`
	Kind            string              `json:"kind"`
	Models          []aks.ModelFacts    `json:"models"`
	Variants        []aks.Variant       `json:"variants"`
	AddressPlans    []aks.AddressPlan   `json:"addressPlans"`
	Concepts        []aks.Concept       `json:"concepts"`
	WorkedSizes     []aks.WorkedSize    `json:"workedSizes"`
	Capabilities    []aks.Capability    `json:"capabilities"`
	ServiceTypes    []aks.ServiceType   `json:"serviceTypes"`
	ServiceFacts    []aks.Fact          `json:"serviceFacts"`
	Ingresses       []aks.Ingress       `json:"ingresses"`
	OutboundTypes   []aks.Outbound      `json:"outboundTypes"`
	Guidance        []aks.Guidance      `json:"guidance"`
	Contradictions  []aks.Contradiction `json:"contradictions"`
	Requirements    []aks.Requirement   `json:"requirements"`
	SubnetTenants   []aks.SubnetKind    `json:"subnetTenants"`
	RangeRules      []aks.CIDRRule      `json:"rangeRules"`
	OutboundChanges outboundChanges     `json:"outboundChanges"`
	FirewallRoutes  []aks.Route         `json:"firewallRoutes"`
	Annotations     []aks.Annotation    `json:"annotations"`
	Names           []aks.NameRule      `json:"names"`
}

// outboundChanges is which outbound type a running cluster can change to, by who manages its network.
type outboundChanges struct {
	Managed []aks.OutboundChange `json:"managed"`
	Own     []aks.OutboundChange `json:"own"`
}

// Models returns the report on the network models: where addresses come from, limits, what each model supports, and
// when the documentation recommends it, all with sources.
func Models() Report {
	k := knowledge{
		APIVersion: "aksnet/v1", Kind: "Models", Models: aks.Models(), Variants: aks.Variants(),
		AddressPlans: aks.AddressPlans(), Concepts: aks.Concepts(), WorkedSizes: aks.WorkedSizes(),
		Capabilities: aks.Capabilities(), ServiceTypes: aks.ServiceTypes(), ServiceFacts: aks.ServiceFacts(),
		Ingresses: aks.Ingresses(), OutboundTypes: aks.Outbounds(),
		Guidance:       aks.GuidanceRows(),
		Contradictions: aks.Contradictions(), Requirements: aks.Requirements(), RangeRules: aks.CIDRRules(),
		OutboundChanges: outboundChanges{Managed: aks.OutboundChanges(true), Own: aks.OutboundChanges(false)},
		SubnetTenants:   aks.SubnetKinds(),
		FirewallRoutes:  aks.UDRRoutes(), Annotations: aks.Annotations(), Names: aks.NameRules(),
	}
	return Report{value: k, sheet: sheet{
		{title: "Where addresses come from", grids: []grid{addressPlanGrid()}},
		{title: "Limits", grids: []grid{modelGrid()}},
		{title: "Features by model", grids: []grid{capabilityGrid()}},
		{title: "Comparison in the CNI overview", grids: []grid{conceptGrid()}},
		{title: "Worked sizes", grids: []grid{workedGrid()}},
		{title: "Conditions and sources", grids: []grid{conditionGrid()}},
		{title: "Services", grids: []grid{serviceGrid()}},
		{title: "Source addresses and layers", grids: []grid{factGrid(aks.ServiceFacts())}},
		{title: "Ingress", grids: []grid{ingressGrid()}},
		{title: "Egress", grids: []grid{outboundGrid()}},
		{title: "When to use which model", grids: []grid{guidanceGrid()}},
		{title: "What a network of your own needs", grids: []grid{requirementGrid()}},
		{title: "Subnets and their tenants", grids: []grid{tenantGrid(), attachmentGrid()}},
		{title: "What a range needs", grids: []grid{rangeRuleGrid()}},
		{title: "Annotations of LoadBalancer Services", grids: []grid{annotationGrid()}},
		{title: "Where sources disagree", grids: []grid{contradictionGrid()}},
	}}
}

// heads returns text columns.
func heads(names ...string) (out []column) {
	for _, n := range names {
		out = append(out, left(n))
	}
	return out
}

func row(texts ...string) (out []cell) {
	for _, t := range texts {
		out = append(out, cell{text: t})
	}
	return out
}

func addressPlanGrid() grid {
	g := grid{columns: heads("MODEL", "NODE", "POD", "RESERVED PER NODE", "SEEN OUTSIDE AS", "SEEN IN THE VNET AS",
		"SEEN IN PEERED VNETS AS", "STATUS", "SOURCE")}
	for _, p := range aks.AddressPlans() {
		name := string(p.Model)
		if p.Mode != "" {
			name += " " + string(p.Mode)
		}
		cells := row(name, p.Node, p.Pod, p.Block, p.SeenAs, p.InVNet, p.Peered, p.Status)
		g.rows = append(g.rows, append(cells, sourceCell(p.Source)))
	}
	return g
}

func modelGrid() grid {
	g := grid{columns: []column{
		left("MODEL"), left("PLUGIN"), left("MODE"), right("MIN PODS PER NODE"), right("DEFAULT"), right("MAX"),
		right("NODES"), right("PODS"), left("NOTE"), left("SOURCE"),
	}}
	for _, m := range aks.Models() {
		pods := ""
		if m.MaxPods > 0 {
			pods = strconv.Itoa(m.MaxPods)
		}
		g.rows = append(g.rows, []cell{
			{text: string(m.Model)}, {text: m.NetworkPlugin}, {text: m.NetworkPluginMode},
			number(m.MinMaxPods), number(m.DefaultMaxPods), number(m.MaxMaxPods), number(m.MaxNodes),
			{text: pods}, {text: m.Note}, sourceCell(m.Sources[0]),
		})
	}
	return g
}

// capabilityGrid returns a row for every feature and a column for every model; "*" refers to conditionGrid.
func capabilityGrid() grid {
	g := grid{columns: heads("FEATURE")}
	for _, c := range aks.Columns() {
		g.columns = append(g.columns, left(string(c)))
	}
	for _, f := range aks.Features() {
		line := row(string(f))
		for _, c := range aks.Columns() {
			cellOf := aks.CapabilityOn(f, c)
			text := string(cellOf.Support)
			if noted(cellOf) {
				text += " *"
			}
			line = append(line, cell{text: text})
		}
		g.rows = append(g.rows, line)
	}
	return g
}

func noted(c aks.Capability) bool {
	return c.Support != aks.NotStated && (c.Note != "" || c.Since != "" || c.Until != "" || c.Version != "")
}

func conditionGrid() grid {
	g := grid{more: 1, columns: heads("FEATURE", "MODEL", "SUPPORTED", "SINCE", "UNTIL", "KUBERNETES", "NOTE", "SOURCE")}
	for _, c := range aks.Capabilities() {
		if c.Support != aks.NotStated {
			cells := row(string(c.Feature), string(c.Column), string(c.Support), c.Since, c.Until, c.Version, c.Note)
			g.rows = append(g.rows, append(cells, sourceCell(c.Source)))
		}
	}
	return g
}

func conceptGrid() grid {
	g := grid{columns: heads("FEATURE", "OVERLAY", "POD SUBNET", "NODE SUBNET", "KUBENET", "CILIUM DATA PLANE",
		"CHANGED SINCE", "SOURCE")}
	for _, c := range aks.Concepts() {
		cells := row(c.Topic, c.Overlay, c.PodSubnet, c.NodeSubnet, c.Kubenet, c.Cilium, c.Since)
		g.rows = append(g.rows, append(cells, sourceCell(c.Source)))
	}
	return g
}

func workedGrid() grid {
	g := grid{columns: []column{
		left("MODEL"), left("NODE SUBNET"), left("POD CIDR"), right("PODS PER NODE"), right("NODES"), right("SURGE"),
		right("ADDRESSES"),
		right("PODS"), right("BLOCKS PER NODE"), right("WASTED PER NODE"), left("NOTE"), left("SOURCE"),
	}}
	stated := func(n int) cell {
		if n == 0 {
			return cell{}
		}
		return number(n)
	}
	bits := func(n int) cell {
		if n == 0 {
			return cell{}
		}
		return cell{text: "/" + strconv.Itoa(n)}
	}
	for _, w := range aks.WorkedSizes() {
		g.rows = append(g.rows, []cell{
			{text: string(w.Model)}, bits(w.SubnetBits), bits(w.PodBits), stated(w.MaxPods), stated(w.Nodes),
			stated(w.SurgeNodes), stated(w.Addresses), stated(w.Pods), stated(w.StaticBlocks), stated(w.WastedIPs),
			{text: w.Note}, sourceCell(w.Source),
		})
	}
	return g
}

func serviceGrid() grid {
	g := grid{columns: heads("SERVICE", "ADDRESS", "PORTS", "LAYER", "RULE OF YOUR SECURITY GROUP", "SOURCE")}
	for _, s := range aks.ServiceTypes() {
		g.rows = append(g.rows, append(row(s.Title, s.Address, s.Ports, s.Layer, s.Rule), sourceCell(s.Source)))
	}
	return g
}

// factGrid returns a row for every fact in words.
func factGrid(facts []aks.Fact) grid {
	g := grid{columns: heads("ABOUT", "WHAT", "SOURCE")}
	for _, f := range facts {
		g.rows = append(g.rows, append(row(f.ID, f.Text), sourceCell(f.Source)))
	}
	return g
}

func ingressGrid() grid {
	g := grid{columns: heads("INGRESS", "WHERE", "EXPOSES TO", "LAYER", "SUBNET", "KUBENET", "STATUS", "SOURCE")}
	for _, i := range aks.Ingresses() {
		kubenet := map[bool]string{true: "yes", false: "no"}[i.Kubenet]
		g.rows = append(
			g.rows,
			append(row(i.Title, i.Where, i.Expose, "7", i.Subnet, kubenet, i.Status), sourceCell(i.Source)),
		)
	}
	return g
}

func outboundGrid() grid {
	g := grid{columns: heads("OUTBOUND TYPE", "NETWORK", "AKS CREATES", "YOU PROVIDE", "NOTE", "SOURCE")}
	for _, o := range aks.Outbounds() {
		network := "managed or your own"
		switch {
		case !o.OwnVNet:
			network = "managed"
		case !o.ManagedVNet:
			network = "your own"
		}
		name := string(o.Type)
		if o.Preview {
			name += " (preview)"
		}
		g.rows = append(g.rows, append(row(name, network, o.Creates, o.Provide, o.Note), sourceCell(o.Source)))
	}
	return g
}

func guidanceGrid() grid {
	g := grid{columns: heads("MODEL", "ADVICE", "WHEN", "SOURCE")}
	for _, r := range aks.GuidanceRows() {
		v, _ := aks.VariantByID(r.Variant)
		g.rows = append(g.rows, append(row(cmp.Or(v.Title, r.Variant), r.Advice, r.When), sourceCell(r.Source)))
	}
	return g
}

func requirementGrid() grid {
	g := grid{columns: heads("REQUIREMENT", "MODELS", "WHAT", "SOURCE")}
	for _, r := range aks.Requirements() {
		models := "all"
		if len(r.Models) > 0 {
			models = words(r.Models)
		}
		g.rows = append(g.rows, append(row(r.ID, models, r.Text), sourceCell(r.Source)))
	}
	return g
}

// tenantGrid returns the size, name, delegation and sharing of every kind of subnet.
func tenantGrid() grid {
	g := grid{columns: heads("SUBNET FOR", "NAME", "MINIMUM", "USUAL", "DELEGATION", "SHARED", "SOURCE")}
	for _, k := range aks.SubnetKinds() {
		least := bitsText(k.MinBits)
		switch {
		case k.ExactBits > 0:
			least = bitsText(k.ExactBits) + " exactly with " + string(k.ExactForModel)
		case k.LargestBits > 0:
			least += ", at most " + bitsText(k.LargestBits)
		}
		delegation := k.Delegated.String()
		if k.Delegation != "" {
			delegation = k.Delegation + " (" + delegation + ")"
		}
		g.rows = append(g.rows, append(row(k.Purpose, cmp.Or(k.Name, "any"), least, bitsText(k.UsualBits), delegation,
			k.Sharing.String()), sourceCell(k.Source)))
	}
	return g
}

// bitsText returns a prefix length as text.
func bitsText(bits int) string {
	if bits == 0 {
		return string(aks.NotDocumented)
	}
	return "/" + strconv.Itoa(bits)
}

// attachmentGrid returns what can be attached to every kind of subnet.
func attachmentGrid() grid {
	g := grid{columns: heads("SUBNET FOR", "NSG", "ROUTE TABLE", "0.0.0.0/0 TO AN APPLIANCE", "0.0.0.0/0 TO INTERNET",
		"NAT GATEWAY", "NOTE")}
	for _, k := range aks.SubnetKinds() {
		g.rows = append(g.rows, row(k.Purpose, k.NSG.String(), k.RouteTable.String(), k.ApplianceRoute.String(),
			k.InternetRoute.String(), k.NAT.String(), k.Note))
	}
	return g
}

// words returns words of an enumeration with commas between them.
func words[W ~string](list []W) string {
	texts := make([]string, len(list))
	for i, w := range list {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}

func rangeRuleGrid() grid {
	g := grid{columns: heads("KEY", "WHAT", "SOURCE")}
	for _, r := range aks.CIDRRules() {
		g.rows = append(g.rows, append(row(r.Subject, r.Text), sourceCell(r.Source)))
	}
	return g
}

func annotationGrid() grid {
	g := grid{columns: heads("ANNOTATION", "EFFECT", "TAKES", "SOURCE")}
	for _, a := range aks.Annotations() {
		g.rows = append(g.rows, append(row(aks.AnnotationPrefix+a.Name, a.Effect, a.Costs), sourceCell(a.Source)))
	}
	return g
}

func contradictionGrid() grid {
	g := grid{columns: heads("ABOUT", "ONE SOURCE", "ANOTHER SOURCE", "AKSNET USES", "SOURCE")}
	for _, c := range aks.Contradictions() {
		g.rows = append(g.rows, append(row(c.Topic, c.Older, c.Newer, c.Use), sourceCell(c.Source)))
	}
	return g
}

// limits is the JSON of aksnet limits.
type limits struct {
	APIVersion string      `json:"apiVersion"`
	Kind       string      `json:"kind"`
	Limits     []aks.Limit `json:"limits"`
}

// Limits returns the limits of AKS and Azure: all of them, or those of some topics.
func Limits(topics ...string) Report {
	k := limits{APIVersion: "aksnet/v1", Kind: "Limits", Limits: []aks.Limit{}}
	var out sheet
	for _, l := range aks.Limits() {
		if len(topics) > 0 && !slices.Contains(topics, l.Topic) {
			continue
		}
		k.Limits = append(k.Limits, l)
		if n := len(out); n == 0 || out[n-1].title != l.Topic {
			columns := []column{left("LIMIT"), right("VALUE"), left("UNIT"), left("WHAT"), left("SOURCE")}
			out = append(out, section{title: l.Topic, grids: []grid{{columns: columns}}})
		}
		g := &out[len(out)-1].grids[0]
		g.rows = append(
			g.rows,
			[]cell{{text: l.ID}, number(l.Value), {text: l.Unit}, {text: l.Name}, sourceCell(l.Source)},
		)
	}
	return Report{value: k, sheet: out}
}

// LimitTopics returns the topics that Limits accepts, in the order of the table.
func LimitTopics() (topics []string) {
	for _, l := range aks.Limits() {
		if len(topics) == 0 || topics[len(topics)-1] != l.Topic {
			topics = append(topics, l.Topic)
		}
	}
	return topics
}
