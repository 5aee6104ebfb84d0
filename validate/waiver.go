package validate

import (
	"fmt"
	"strings"
	"time"

	"github.com/aksnet/aksnet/spec"
)

// waive turns the findings that the spec accepts into notes and returns findings about the waivers themselves.
func waive(s *spec.Spec, findings []*Finding, today time.Time) []*Finding {
	p := &Pass{Spec: s}
	for i := range s.Waivers {
		p.waiveOne(&s.Waivers[i], fmt.Sprintf("waivers[%d]", i), findings, today)
	}
	return p.findings
}

// waiveOne applies one waiver, or reports what is wrong with it.
func (p *Pass) waiveOne(w *spec.Waiver, path string, findings []*Finding, today time.Time) {
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
	if accept(w, findings) {
		return
	}
	f := p.speakFor(waiverIdle).Reportf(path, "waiver for %s matches no finding", strings.ToUpper(w.Rule))
	for _, other := range findings {
		if strings.EqualFold(other.Rule, w.Rule) {
			f.Advice = fmt.Sprintf("remove the waiver, or use the path of the remaining finding, %s", other.Path)
			return
		}
	}
}

// speakFor returns the pass with a rule for which it reports from now on.
func (p *Pass) speakFor(r *Rule) *Pass {
	p.rule = r
	return p
}

// accept turns the findings that the waiver accepts into notes and reports whether there were any.
func accept(w *spec.Waiver, findings []*Finding) (any bool) {
	for _, f := range findings {
		if !strings.EqualFold(f.Rule, w.Rule) || f.rule.Unwaivable != "" || !within(f.Path, w.Path) {
			continue
		}
		any = true
		f.Severity = Note
		f.Waiver = &Waiver{Reason: w.Reason, Until: w.Until}
	}
	return any
}

// within reports whether a path is at or below another one.
func within(path, root string) bool {
	rest, ok := strings.CutPrefix(path, root)
	return ok && (root == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}
