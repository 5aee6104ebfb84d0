package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

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

func addressPlanGrid(rows []aks.AddressPlan) grid {
	g := grid{columns: heads("MODEL", "NODE", "POD", "RESERVED PER NODE", "SEEN OUTSIDE AS", "SEEN IN THE VNET AS",
		"SEEN IN PEERED VNETS AS", "STATUS", "SOURCE")}
	for _, p := range rows {
		name := string(p.Model)
		if p.Mode != "" {
			name += " " + string(p.Mode)
		}
		cells := row(name, p.Node, p.Pod, p.Block, p.SeenAs, p.InVNet, p.Peered, p.Status)
		g.rows = append(g.rows, append(cells, sourceCell(p.Source)))
	}
	return g
}

func modelGrid(rows []aks.ModelFacts) grid {
	g := grid{columns: []column{
		left("MODEL"), left("PLUGIN"), left("MODE"), right("MIN PODS PER NODE"), right("DEFAULT"), right("MAX"),
		right("NODES"), right("PODS"), left("NOTE"), left("SOURCE"),
	}}
	for _, m := range rows {
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
func capabilityGrid(columns []aks.Column) grid {
	g := grid{columns: heads("FEATURE")}
	for _, c := range columns {
		g.columns = append(g.columns, left(string(c)))
	}
	for _, f := range aks.Features() {
		line := row(string(f))
		for _, c := range columns {
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

func conditionGrid(rows []aks.Capability) grid {
	g := grid{
		more:    1,
		columns: heads("FEATURE", "MODEL", "SUPPORTED", "SINCE", "UNTIL", "KUBERNETES", "NOTE", "SOURCE"),
	}
	for _, c := range rows {
		if c.Support != aks.NotStated {
			cells := row(string(c.Feature), string(c.Column), string(c.Support), c.Since, c.Until, c.Version, c.Note)
			g.rows = append(g.rows, append(cells, sourceCell(c.Source)))
		}
	}
	return g
}

func conceptGrid(rows []aks.Concept, columns []aks.Column) grid {
	answers := []struct {
		on   []aks.Column
		head string
		of   func(aks.Concept) string
	}{
		{[]aks.Column{aks.OnOverlay}, "OVERLAY", func(c aks.Concept) string { return c.Overlay }},
		{
			[]aks.Column{aks.OnPodDynamic, aks.OnPodStatic},
			"POD SUBNET",
			func(c aks.Concept) string { return c.PodSubnet },
		},
		{[]aks.Column{aks.OnNodeSubnet}, "NODE SUBNET", func(c aks.Concept) string { return c.NodeSubnet }},
		{[]aks.Column{aks.OnKubenet}, "KUBENET", func(c aks.Concept) string { return c.Kubenet }},
		{[]aks.Column{aks.OnCilium}, "CILIUM DATA PLANE", func(c aks.Concept) string { return c.Cilium }},
	}
	g := grid{columns: heads("FEATURE")}
	for _, c := range rows {
		g.rows = append(g.rows, row(c.Topic))
	}
	for _, a := range answers {
		if !slices.ContainsFunc(a.on, func(c aks.Column) bool { return slices.Contains(columns, c) }) {
			continue
		}
		g.columns = append(g.columns, left(a.head))
		for i, c := range rows {
			g.rows[i] = append(g.rows[i], cell{text: a.of(c)})
		}
	}
	if len(g.columns) == 1 {
		return grid{columns: g.columns} // the page says nothing about these models
	}
	g.columns = append(g.columns, heads("CHANGED SINCE", "SOURCE")...)
	for i, c := range rows {
		g.rows[i] = append(g.rows[i], cell{text: c.Since}, sourceCell(c.Source))
	}
	return g
}

func workedGrid(rows []aks.WorkedSize) grid {
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
	for _, w := range rows {
		g.rows = append(g.rows, []cell{
			{text: string(w.Model)}, bits(w.SubnetBits), bits(w.PodBits), stated(w.MaxPods), stated(w.Nodes),
			stated(w.SurgeNodes), stated(w.Addresses), stated(w.Pods), stated(w.StaticBlocks), stated(w.WastedIPs),
			{text: w.Note}, sourceCell(w.Source),
		})
	}
	return g
}

func serviceGrid(rows []aks.ServiceType) grid {
	g := grid{columns: heads("SERVICE", "ADDRESS", "PORTS", "LAYER", "RULE OF YOUR SECURITY GROUP", "SOURCE")}
	for _, s := range rows {
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

func ingressGrid(rows []aks.Ingress) grid {
	g := grid{columns: heads("INGRESS", "WHERE", "EXPOSES TO", "LAYER", "SUBNET", "KUBENET", "STATUS", "SOURCE")}
	for _, i := range rows {
		kubenet := map[bool]string{true: "yes", false: "no"}[i.Kubenet]
		g.rows = append(
			g.rows,
			append(row(i.Title, i.Where, i.Expose, "7", i.Subnet, kubenet, i.Status), sourceCell(i.Source)),
		)
	}
	return g
}

func outboundGrid(rows []aks.Outbound) grid {
	g := grid{columns: heads("OUTBOUND TYPE", "NETWORK", "AKS CREATES", "YOU PROVIDE", "NOTE", "SOURCE")}
	for _, o := range rows {
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

func guidanceGrid(rows []aks.Guidance) grid {
	g := grid{columns: heads("MODEL", "ADVICE", "WHEN", "SOURCE")}
	for _, r := range rows {
		v, _ := aks.VariantByID(r.Variant)
		g.rows = append(g.rows, append(row(cmp.Or(v.Title, r.Variant), r.Advice, r.When), sourceCell(r.Source)))
	}
	return g
}

func requirementGrid(rows []aks.Requirement) grid {
	g := grid{columns: heads("REQUIREMENT", "MODELS", "WHAT", "SOURCE")}
	for _, r := range rows {
		models := "all"
		if len(r.Models) > 0 {
			models = words(r.Models)
		}
		g.rows = append(g.rows, append(row(r.ID, models, r.Text), sourceCell(r.Source)))
	}
	return g
}

// tenantGrid returns the size, name, delegation and sharing of every kind of subnet.
func tenantGrid(rows []aks.SubnetKind) grid {
	g := grid{columns: heads("SUBNET FOR", "NAME", "MINIMUM", "USUAL", "DELEGATION", "SHARED", "SOURCE")}
	for _, k := range rows {
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
func attachmentGrid(rows []aks.SubnetKind) grid {
	g := grid{columns: heads("SUBNET FOR", "NSG", "ROUTE TABLE", "0.0.0.0/0 TO AN APPLIANCE", "0.0.0.0/0 TO INTERNET",
		"NAT GATEWAY", "NOTE")}
	for _, k := range rows {
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

func rangeRuleGrid(rows []aks.CIDRRule) grid {
	g := grid{columns: heads("KEY", "WHAT", "SOURCE")}
	for _, r := range rows {
		g.rows = append(g.rows, append(row(r.Subject, r.Text), sourceCell(r.Source)))
	}
	return g
}

func annotationGrid(rows []aks.Annotation) grid {
	g := grid{columns: heads("ANNOTATION", "EFFECT", "TAKES", "SOURCE")}
	for _, a := range rows {
		g.rows = append(g.rows, append(row(aks.AnnotationPrefix+a.Name, a.Effect, a.Costs), sourceCell(a.Source)))
	}
	return g
}

func contradictionGrid(rows []aks.Contradiction) grid {
	g := grid{columns: heads("ABOUT", "ONE SOURCE", "ANOTHER SOURCE", "AKSNET USES", "SOURCE")}
	for _, c := range rows {
		g.rows = append(g.rows, append(row(c.Topic, c.Older, c.Newer, c.Use), sourceCell(c.Source)))
	}
	return g
}
