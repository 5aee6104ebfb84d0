package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/spec"
)

// eachRule calls do for every rule of every security group of a spec.
func eachRule(s *spec.Spec, do func(g *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string)) {
	for i := range s.NetworkSecurityGroups {
		g := &s.NetworkSecurityGroups[i]
		for j := range g.Rules {
			do(g, &g.Rules[j], indexed(indexed("networkSecurityGroups", i)+".rules", j))
		}
	}
}

var priorityRange = &Rule{
	ID:       "NSG001",
	Title:    "priority out of range",
	Severity: Error,
	Explanation: fmt.Sprintf("Your own rules have priorities from %d to %d; Azure's default rules follow from "+
		"65000.", aks.MinRulePriority, aks.MaxRulePriority),
	Source: aks.PageSecurityGroups,
	Fix:    "set priority to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkPriorityRange,
}

func checkPriorityRange(p *Pass) {
	eachRule(p.Spec, func(g *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string) {
		if r.Priority >= aks.MinRulePriority && r.Priority <= aks.MaxRulePriority {
			return
		}
		f := p.Reportf(path+".priority", "rule %q has priority %d; Azure allows %d to %d", r.Name, r.Priority,
			aks.MinRulePriority, aks.MaxRulePriority)
		if n := freePriority(g, r.Direction, r.Priority); n > 0 {
			f.Edit = set(n)
		}
	})
}

var descriptionLong = &Rule{
	ID:       "NSG021",
	Title:    "rule description is too long",
	Severity: Error,
	Explanation: english.Text(
		"The description of a security rule can have at most %v characters.",
		aks.MaxRuleDescription,
	),
	Source: aks.PageSecurityGroupTemplate,
	Fix:    "shorten the description",
	Since:  "v0.1.0",
	Check:  checkDescriptions,
}

func checkDescriptions(p *Pass) {
	eachRule(p.Spec, func(_ *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string) {
		if n := utf8.RuneCountInString(r.Description); n > aks.MaxRuleDescription {
			p.Report(Finding{
				Path: path + ".description",
				Message: fmt.Sprintf("the description of rule %q has %d characters; at most %d are allowed", r.Name, n,
					aks.MaxRuleDescription),
				Edit: set(strconv.Quote(string([]rune(r.Description)[:aks.MaxRuleDescription-1]) + "…")),
			})
		}
	})
}

var priorityTwice = &Rule{
	ID:       "NSG002",
	Title:    "two rules with the same priority",
	Severity: Error,
	Explanation: "Within a direction, every rule of a group needs a unique priority; Azure rejects a " +
		"second rule with the same one.",
	Source: aks.PageSecurityGroups,
	Fix:    "use another priority",
	Since:  "v0.1.0",
	Check:  checkPriorityTwice,
}

func checkPriorityTwice(p *Pass) {
	type key struct {
		group     *spec.NetworkSecurityGroup
		direction aks.Direction
		priority  int
	}
	first := map[key]string{}
	eachRule(p.Spec, func(g *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string) {
		k := key{g, r.Direction, r.Priority}
		other, twice := first[k]
		if !twice {
			first[k] = path
			return
		}
		f := p.Reportf(path+".priority", "rule %q has the same priority (%d) as another %s rule of group %q", r.Name,
			r.Priority, strings.ToLower(string(r.Direction)), g.Name)
		if n := freePriority(g, r.Direction, r.Priority); n > 0 {
			f.Edit = set(n)
		}
		p.Relate(f, other+".priority", "the other rule")
	})
}

var wordUnknown = &Rule{
	ID:       "NSG003",
	Title:    "source or destination is neither a range nor a tag",
	Severity: Error,
	Explanation: "Sources and destinations are prefixes, addresses, service tags such as AzureLoadBalancer or " +
		"Storage.WestEurope, or *.",
	Source: aks.PageSecurityGroups,
	Fix:    "use a prefix, an address, a service tag or *",
	Since:  "v0.1.0",
	Check:  checkWordUnknown,
}

func checkWordUnknown(p *Pass) {
	eachRule(p.Spec, func(_ *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string) {
		address := func(w string) bool { _, ok := wordPrefix(w); return ok || tagLike(w) }
		p.checkWords(path+".sources", r.Sources, address, "a range, an address nor a service tag")
		p.checkWords(path+".destinations", r.Destinations, address, "a range, an address nor a service tag")
	})
}

// checkWords reports the values of a list that are neither * nor valid.
func (p *Pass) checkWords(path string, words []string, ok func(w string) bool, what string) {
	for i, w := range words {
		if w != "*" && !ok(w) {
			p.Reportf(indexed(path, i), "%q is neither %s", w, what)
		}
	}
}

// tagLike reports whether a value can be a service tag: letters and digits in parts separated by dots, starting with
// a letter.
func tagLike(w string) bool {
	if w == "" || w[0] < 'A' || w[0] > 'z' || w[0] > 'Z' && w[0] < 'a' {
		return false
	}
	return strings.IndexFunc(w, func(r rune) bool {
		return r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}

var portUnknown = &Rule{
	ID:          "NSG004",
	Title:       "invalid port",
	Severity:    Error,
	Explanation: "Ports are numbers from 0 to 65535, ranges such as 8000-8100, or *.",
	Source:      aks.PageSecurityGroups,
	Fix:         "write a port as 443, a range as 8000-8100, or use *",
	Since:       "v0.1.0",
	Check:       checkPortUnknown,
}

func checkPortUnknown(p *Pass) {
	eachRule(p.Spec, func(_ *spec.NetworkSecurityGroup, r *spec.SecurityRule, path string) {
		port := func(w string) bool { _, ok := wordPorts(w); return ok }
		p.checkWords(path+".sourcePorts", r.SourcePorts, port, "a port nor a range of ports")
		p.checkWords(path+".destinationPorts", r.DestinationPorts, port, "a port nor a range of ports")
	})
}

var ruleIdle = &Rule{
	ID:       "NSG006",
	Title:    "rule has no effect",
	Severity: Note,
	Explanation: "Rules with a lower priority number already match everything that this rule matches, so " +
		"it has no effect.",
	Source: aks.PageSecurityGroups,
	Fix:    "remove the rule, or give it a lower priority number than the rules that hide it",
	Since:  "v0.1.0",
	Check:  checkRuleIdle,
}

func checkRuleIdle(p *Pass) {
	for i := range p.Spec.NetworkSecurityGroups {
		g := &p.Spec.NetworkSecurityGroups[i]
		for _, direction := range []aks.Direction{aks.DirInbound, aks.DirOutbound} {
			earlier := newMatchIndex()
			for _, r := range newGroup(g.Rules, direction, nil).rules {
				if !plainRule(r.SecurityRule) {
					continue
				}
				if hidden(earlier.matching(&r), &r) {
					p.Reportf(indexed(indexed("networkSecurityGroups", i)+".rules", r.index),
						"rule %q (priority %d) has no effect: earlier rules already match everything that it matches",
						r.Name, r.Priority)
				}
				earlier.add(&r)
			}
		}
	}
}

// plainRule reports whether a rule names only ranges, so that the traffic it matches is known.
func plainRule(r *spec.SecurityRule) bool {
	plain := func(w string) bool { _, ok := wordPrefix(w); return ok || w == "*" }
	return !slices.ContainsFunc(r.Sources, func(w string) bool { return !plain(w) }) &&
		!slices.ContainsFunc(r.Destinations, func(w string) bool { return !plain(w) })
}

// hidden reports whether earlier rules of the direction match everything that a rule matches.
func hidden(earlier []*groupRule, r *groupRule) bool {
	f := flow{protocol: r.Protocol}
	if f.protocol == "" {
		f.protocol = "*"
	}
	left := []box{{r.sources, r.targets, r.ports}}
	for _, e := range earlier {
		if !e.appliesTo(f) {
			continue
		}
		var rest []box
		for _, b := range left {
			_, others := e.split(b, f)
			rest = append(rest, others...)
		}
		if left = rest; len(left) == 0 || len(left) > maxBoxes {
			break
		}
	}
	return len(left) == 0
}
