package validate

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/aksnet/aksnet/spec"
)

// waive turns the findings that the spec accepts into notes and returns findings about the waivers themselves.
func waive(s *spec.Spec, findings []*Finding, today time.Time) []*Finding {
	if len(s.Waivers) == 0 {
		return nil
	}
	p, x := &Pass{Spec: s}, newWaivable(findings)
	for i := range s.Waivers {
		p.waiveOne(&s.Waivers[i], fmt.Sprintf("waivers[%d]", i), x, today)
	}
	return p.findings
}

// waivable finds the findings of a rule at or below a path.
type waivable struct {
	first map[string]*Finding // of each rule
	below map[waived][]*Finding
}

// waived is what a waiver accepts: a rule in upper case, and a path.
type waived struct{ rule, path string }

func newWaivable(findings []*Finding) waivable {
	x := waivable{map[string]*Finding{}, map[waived][]*Finding{}}
	for _, f := range findings {
		if x.first[f.Rule] == nil {
			x.first[f.Rule] = f
		}
		if f.rule.Unwaivable != "" {
			continue
		}
		for root := range rootsOf(f.Path) {
			x.below[waived{f.Rule, root}] = append(x.below[waived{f.Rule, root}], f)
		}
	}
	return x
}

// rootsOf yields the paths at or above a path, with the empty one.
func rootsOf(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range len(path) {
			if (i == 0 || path[i] == '.' || path[i] == '[') && !yield(path[:i]) {
				return
			}
		}
		yield(path)
	}
}

// waiveOne applies one waiver, or reports what is wrong with it.
func (p *Pass) waiveOne(w *spec.Waiver, path string, findings waivable, today time.Time) {
	if w.Rule == "" {
		return
	}
	rule, ok := Lookup(w.Rule)
	switch {
	case !ok:
		p.speakFor(waiverUnknown).Reportf(path+".rule", "waiver is for %q, which is not a rule", w.Rule)
		return
	case rule.Unwaivable != "":
		p.speakFor(waiverVoid).Reportf(path+".rule", "waiver has no effect: %s (%s) cannot be waived, because %s",
			rule.ID, rule.Title, rule.Unwaivable)
		return
	}
	if w.Until != "" {
		until, err := time.Parse(time.DateOnly, w.Until)
		if err != nil {
			p.speakFor(waiverDay).Reportf(path+".until", "%q is not a date; write it as year-month-day", w.Until)
			return
		}
		if !today.IsZero() && today.After(until.AddDate(0, 0, 1).Add(-time.Nanosecond)) {
			p.speakFor(waiverExpired).Reportf(path+".until", "waiver for %s expired on %s: %s",
				strings.ToUpper(w.Rule), w.Until, w.Reason)
			return
		}
	}
	if findings.accept(w) {
		return
	}
	f := p.speakFor(waiverIdle).Reportf(path, "waiver for %s matches no finding", strings.ToUpper(w.Rule))
	if other := findings.first[strings.ToUpper(w.Rule)]; other != nil {
		f.Advice = fmt.Sprintf("remove the waiver, or use the path of the remaining finding, %s", other.Path)
	}
}

// speakFor returns the pass with a rule for which it reports from now on.
func (p *Pass) speakFor(r *Rule) *Pass {
	p.rule = r
	return p
}

// accept turns the findings that the waiver accepts into notes and reports whether there were any.
func (x waivable) accept(w *spec.Waiver) bool {
	accepted := x.below[waived{strings.ToUpper(w.Rule), w.Path}]
	for _, f := range accepted {
		f.Severity = Note
		f.Waiver = &Waiver{Reason: w.Reason, Until: w.Until}
	}
	return len(accepted) > 0
}
