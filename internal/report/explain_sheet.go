package report

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// explainSheet returns how the numbers of a plan are calculated: a section for every subject, then the numbered
// sources.
func explainSheet(list []plan.Explanation) sheet {
	var out sheet
	var cited citations
	for i, e := range list {
		if i == 0 || e.Subject != list[i-1].Subject {
			out = append(out, section{title: "Arithmetic of " + Printable(e.Subject)})
		}
		out[len(out)-1].add(e.Number, Printable(explained(e))+cited.marks(e.Sources))
	}
	if len(cited.sources) > 0 {
		out = append(out, cited.section())
	}
	return out
}

// citations numbers sources in the order of their first citation.
type citations struct{ sources []aks.Source }

// marks returns the numbers of sources as " [1] [3]".
func (c *citations) marks(sources []aks.Source) string {
	var b strings.Builder
	for _, s := range sources {
		fmt.Fprintf(&b, " [%d]", c.number(s))
	}
	return b.String()
}

func (c *citations) number(s aks.Source) int {
	for i, have := range c.sources {
		if have == s {
			return i + 1
		}
	}
	c.sources = append(c.sources, s)
	return len(c.sources)
}

func (c *citations) section() section {
	s := section{title: "Sources"}
	for i, src := range c.sources {
		s.add(fmt.Sprintf("[%d]", i+1), src.URL+", "+sourceDates(src))
	}
	return s
}

// sourceDates returns when a source was written, if known, and when it was read.
func sourceDates(s aks.Source) string {
	text := "read " + s.Read
	if s.Text != "" {
		text = "text " + s.Text + ", " + text
	}
	if s.Basis != aks.Documented {
		text += " (" + string(s.Basis) + ")"
	}
	return text
}

// explained returns the formula of an explanation; a formula in words is preceded by the number.
func explained(e plan.Explanation) string {
	if strings.HasSuffix(e.Formula, fmt.Sprintf(" = %d", e.Value)) {
		return e.Formula
	}
	return fmt.Sprintf("%d: %s", e.Value, e.Formula)
}
