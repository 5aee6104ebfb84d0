package report

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/validate"
)

// mostPlaces is how many notes of a rule are shown before they are counted instead.
const mostPlaces = 3

// repetition is a finding with its place among those of the same rule.
type repetition struct {
	validate.Finding
	// others is the findings that are shown only as places below this one; all is how many findings that stands for.
	others []validate.Finding
	all    int
}

// repetitions returns the findings that text shows. Notes that one rule reports again and again are one note with its
// first places, unless each is wanted. Errors and warnings are never counted together: each needs its own fix.
func repetitions(findings []validate.Finding, each bool) (out []repetition) {
	at := map[string]int{}
	counts := map[string]int{}
	for _, f := range findings {
		counts[kindOfNote(f)]++
	}
	for _, f := range findings {
		kind := kindOfNote(f)
		i, seen := at[kind]
		switch {
		case each || kind == "" || counts[kind] <= mostPlaces:
			out = append(out, repetition{Finding: f, all: 1})
		case !seen:
			at[kind], out = len(out), append(out, repetition{Finding: f, all: counts[kind]})
		case len(out[i].others) < mostPlaces-1:
			out[i].others = append(out[i].others, f)
		}
	}
	return out
}

// kindOfNote returns what notes of the same kind share, and nothing for other findings.
func kindOfNote(f validate.Finding) string {
	switch {
	case f.Severity != validate.Note:
		return ""
	case f.Waiver != nil:
		return f.Rule + ": " + waived(f.Waiver)
	}
	return f.Rule
}

// repeated names the other places of a note.
func (p findingPrinter) repeated(r repetition) {
	if r.all == 1 {
		return
	}
	p.detail(fmt.Sprintf("%d notes of %s; the next ones:", r.all, r.Rule))
	for _, f := range r.others {
		where := f.Where().String()
		if where != "" {
			where += ": "
		}
		p.detail("  " + where + f.Message)
	}
	p.detail(fmt.Sprintf("  and %d more; --all shows each", r.all-1-len(r.others)))
}

// atLeast returns the findings of a severity or a higher one.
func atLeast(least validate.Severity, findings []validate.Finding) []validate.Finding {
	if least <= validate.Note {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f validate.Finding) bool { return f.Severity < least })
}
