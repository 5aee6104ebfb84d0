package report

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/plan"
)

// explainSheet returns how the numbers of a plan are calculated: a section for every subject.
func explainSheet(list []plan.Explanation) sheet {
	var out sheet
	for i, e := range list {
		if i == 0 || e.Subject != list[i-1].Subject {
			out = append(out, section{title: "Arithmetic of " + Printable(e.Subject)})
		}
		out[len(out)-1].add(e.Number, Printable(explained(e)), e.Sources...)
	}
	return out
}

// explained returns the formula of an explanation; a formula in words is preceded by the number.
func explained(e plan.Explanation) string {
	if strings.HasSuffix(e.Formula, fmt.Sprintf(" = %d", e.Value)) {
		return e.Formula
	}
	return fmt.Sprintf("%d: %s", e.Value, e.Formula)
}
