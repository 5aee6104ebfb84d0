package report

import (
	"slices"

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
// when the documentation recommends it, all with sources. With columns, it has only what is about these models, and
// nothing that holds for all of them.
func Models(columns ...aks.Column) Report {
	k := everything()
	chosen := aks.Columns()
	if len(columns) > 0 {
		k = k.about(columns)
		chosen = keep(chosen, func(c aks.Column) bool { return slices.Contains(columns, c) })
	}
	return Report{value: k, sheet: k.sheet(chosen).filled()}
}

// ModelWords returns the words that Models accepts, each with its meaning.
func ModelWords() map[aks.Column]string {
	out := map[aks.Column]string{aks.OnCilium: "the Cilium data plane, with any model"}
	for _, v := range aks.Variants() {
		if v.Dataplane != aks.DataplaneCilium {
			out[aks.ColumnOf(v.Model, v.Mode)] = v.Title
		}
	}
	return out
}

func everything() knowledge {
	return knowledge{
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
}

// about returns the rows about some columns. The lists that are not about models are empty.
func (k knowledge) about(columns []aks.Column) knowledge {
	on := func(m aks.Model, mode aks.AllocationMode, d aks.Dataplane) bool {
		return slices.Contains(columns, aks.ColumnOf(m, mode)) ||
			d == aks.DataplaneCilium && slices.Contains(columns, aks.OnCilium)
	}
	anyMode := func(m aks.Model) bool { return on(m, "", "") || on(m, aks.StaticBlock, "") }
	return knowledge{
		APIVersion: k.APIVersion, Kind: k.Kind, Concepts: k.Concepts,
		Models:       keep(k.Models, func(m aks.ModelFacts) bool { return anyMode(m.Model) }),
		Variants:     keep(k.Variants, func(v aks.Variant) bool { return on(v.Model, v.Mode, v.Dataplane) }),
		AddressPlans: keep(k.AddressPlans, func(p aks.AddressPlan) bool { return on(p.Model, p.Mode, "") }),
		WorkedSizes: keep(k.WorkedSizes, func(w aks.WorkedSize) bool {
			return on(w.Model, "", "") || w.StaticBlocks > 0 && on(w.Model, aks.StaticBlock, "")
		}),
		Capabilities: keep(k.Capabilities, func(c aks.Capability) bool { return slices.Contains(columns, c.Column) }),
		Guidance: keep(k.Guidance, func(g aks.Guidance) bool {
			v, _ := aks.VariantByID(g.Variant)
			return on(v.Model, v.Mode, v.Dataplane)
		}),
		Requirements: keep(k.Requirements, func(r aks.Requirement) bool {
			return len(r.Models) == 0 || slices.ContainsFunc(r.Models, anyMode)
		}),
		ServiceTypes: []aks.ServiceType{}, ServiceFacts: []aks.Fact{}, Ingresses: []aks.Ingress{},
		OutboundTypes: []aks.Outbound{}, Contradictions: []aks.Contradiction{}, SubnetTenants: []aks.SubnetKind{},
		RangeRules: []aks.CIDRRule{}, FirewallRoutes: []aks.Route{}, Annotations: []aks.Annotation{},
		Names:           []aks.NameRule{},
		OutboundChanges: outboundChanges{Managed: []aks.OutboundChange{}, Own: []aks.OutboundChange{}},
	}
}

func (k knowledge) sheet(columns []aks.Column) sheet {
	return sheet{
		{title: "Where addresses come from", grids: []grid{addressPlanGrid(k.AddressPlans)}},
		{title: "Limits", grids: []grid{modelGrid(k.Models)}},
		{title: "Features by model", grids: []grid{capabilityGrid(columns)}},
		{title: "Comparison in the CNI overview", grids: []grid{conceptGrid(k.Concepts, columns)}},
		{title: "Worked sizes", grids: []grid{workedGrid(k.WorkedSizes)}},
		{title: "Conditions and sources", grids: []grid{conditionGrid(k.Capabilities)}},
		{title: "Services", grids: []grid{serviceGrid(k.ServiceTypes)}},
		{title: "Source addresses and layers", grids: []grid{factGrid(k.ServiceFacts)}},
		{title: "Ingress", grids: []grid{ingressGrid(k.Ingresses)}},
		{title: "Egress", grids: []grid{outboundGrid(k.OutboundTypes)}},
		{title: "When to use which model", grids: []grid{guidanceGrid(k.Guidance)}},
		{title: "What a network of your own needs", grids: []grid{requirementGrid(k.Requirements)}},
		{
			title: "Subnets and their tenants",
			grids: []grid{tenantGrid(k.SubnetTenants), attachmentGrid(k.SubnetTenants)},
		},
		{title: "What a range needs", grids: []grid{rangeRuleGrid(k.RangeRules)}},
		{title: "Annotations of LoadBalancer Services", grids: []grid{annotationGrid(k.Annotations)}},
		{title: "Where sources disagree", grids: []grid{contradictionGrid(k.Contradictions)}},
	}
}
