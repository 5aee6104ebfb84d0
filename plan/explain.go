package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Explanation is how one number of a plan came about.
type Explanation struct {
	// Path is where the number is in the plan: "vnets[0].subnets[1].demand.total".
	Path string `json:"path"`
	// Subject is what it belongs to, in words: "subnet snet-shop-nodes of vnet-shop".
	Subject string `json:"subject"`
	// Number is what it counts, in words: "needs".
	Number string `json:"number"`
	Value  int    `json:"value"`
	// Formula is the arithmetic with the numbers put in, "(3 nodes + 1 surge) + 5 reserved = 9", or where nothing was
	// computed a few words: "pinned by the spec". log2, ceil, floor, min and max are what they are in mathematics; ÷ is
	// exact.
	Formula string `json:"formula"`
	// Sources is where the rule and its constants come from; empty for plain sums.
	Sources []aks.Source `json:"sources"`
}

// Explain returns how the numbers of a plan came about, in the order of the plan.
func Explain(p *Plan) []Explanation {
	e := &explainer{plan: p, out: []Explanation{}}
	for i, v := range p.VNets {
		e.vnet(v, fmt.Sprintf("vnets[%d]", i))
	}
	for i, c := range p.Clusters {
		e.cluster(c, fmt.Sprintf("clusters[%d]", i))
	}
	return e.out
}

// explainer collects explanations of one subject after another.
type explainer struct {
	plan    *Plan
	subject string
	path    string
	out     []Explanation
}

func (e *explainer) about(path, format string, a ...any) {
	e.path, e.subject = path, fmt.Sprintf(format, a...)
}

// say explains a number in words.
func (e *explainer) say(key, number string, value int, sources []aks.Source, format string, a ...any) {
	if sources == nil {
		sources = []aks.Source{}
	}
	e.out = append(e.out, Explanation{
		Path: e.path + "." + key, Subject: e.subject, Number: number, Value: value, Formula: fmt.Sprintf(format, a...),
		Sources: sources,
	})
}

// sum explains a number by arithmetic that ends in it.
func (e *explainer) sum(key, number string, value int, sources []aks.Source, format string, a ...any) {
	e.say(key, number, value, sources, "%s = %d", fmt.Sprintf(format, a...), value)
}

// from returns the sources of limits, each page once.
func from(limits ...string) []aks.Source {
	out := []aks.Source{}
	for _, id := range limits {
		if l, ok := aks.LimitByID(id); ok && !slices.Contains(out, l.Source) {
			out = append(out, l.Source)
		}
	}
	return out
}

// plus joins terms into a sum; no terms are zero.
func plus(terms []string) string {
	if len(terms) == 0 {
		return "0"
	}
	return strings.Join(terms, " + ")
}

func (e *explainer) vnet(v *VNet, path string) {
	e.about(path, "virtual network %s", v.Name)
	var sizes, used []string
	for _, p := range v.AddressPrefixes {
		if p.Addr().Is4() {
			sizes = append(sizes, fmt.Sprintf("2^(32 − %d)", p.Bits()))
		}
	}
	for _, s := range v.Subnets {
		if s.addresses() > 0 {
			used = append(used, fmt.Sprint(s.addresses()))
		}
	}
	if v.InIPAMPool() && !v.Existing {
		sizes = []string{v.poolFormula(used)}
	}
	if p := first4(v.AddressPrefixes); v.how != "" && p.IsValid() {
		e.say("addressPrefixes", "placed", p.Bits(), nil, "%s: %s", p, v.how)
	}
	e.sum("addresses", "addresses", v.Addresses, nil, "%s", plus(sizes))
	e.sum("usedAddresses", "in subnets", v.UsedAddresses, nil, "%s", plus(used))
	for i, s := range v.Subnets {
		e.about(fmt.Sprintf("%s.subnets[%d]", path, i), "subnet %s of %s", s.Name, v.Name)
		e.subnet(s)
	}
}
