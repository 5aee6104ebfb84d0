package report

import (
	"cmp"

	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/validate"
)

// refusals is the JSON of aksnet explain for a pasted error message.
type refusals struct {
	Answers []refusal.Answer `json:"answers"`
}

// Refusals returns the report on an Azure error: a section for each cause, with what it means and what to do about it.
func Refusals(answers []refusal.Answer) Report {
	out := Report{value: refusals{answers}}
	for _, a := range answers {
		title := cmp.Or(Printable(a.Code), "No code")
		if !a.Known {
			s := section{title: title}
			s.add("meaning", unknownCode(a))
			out.sheet = append(out.sheet, s)
		}
		for _, c := range a.Causes {
			out.sheet = append(out.sheet, causeSection(title, c))
		}
	}
	return out
}

func unknownCode(a refusal.Answer) string {
	if a.Nearest == "" {
		return "aksnet does not know this code"
	}
	return "aksnet does not know this code; the closest known code is " + a.Nearest
}

func causeSection(title string, c refusal.Cause) section {
	s := section{title: title}
	s.add("from", c.From)
	s.add("meaning", Printable(c.Means))
	s.add("what to do", Printable(c.WayOut))
	s.add("target in Azure", c.Target)
	for _, id := range c.Rules {
		if r, ok := validate.Lookup(id); ok {
			s.add("found before by", "aksnet validate: "+r.ID+", "+r.Title)
		}
	}
	s.add("source", c.Source.URL+", "+sourceDates(c.Source))
	return s
}
