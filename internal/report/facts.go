package report

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// factsDocument is the JSON of the facts command.
type factsDocument struct {
	APIVersion  string           `json:"apiVersion"`
	Kind        string           `json:"kind"`
	Facts       []aks.Fact       `json:"facts"`
	Retirements []aks.Retirement `json:"retirements"`
	Overlaps    []aks.Overlap    `json:"overlaps"`
}

// Facts returns the report on what is known in words: rules, retirements and overlaps of ranges. With words it has only
// the rows that contain all of them, whatever their case.
func Facts(words ...string) Report {
	has := func(texts ...string) bool {
		text := strings.ToLower(strings.Join(texts, " "))
		for _, w := range words {
			if !strings.Contains(text, strings.ToLower(w)) {
				return false
			}
		}
		return true
	}
	d := factsDocument{
		APIVersion: "aksnet/v1", Kind: "Facts",
		Facts: []aks.Fact{}, Retirements: []aks.Retirement{}, Overlaps: []aks.Overlap{},
	}
	for _, f := range aks.Facts() {
		if has(f.ID, f.Text) {
			d.Facts = append(d.Facts, f)
		}
	}
	for _, r := range aks.Retirements() {
		if has(r.ID, r.Date, r.Subject, r.What, r.Use) {
			d.Retirements = append(d.Retirements, r)
		}
	}
	for _, o := range aks.Overlaps() {
		if has(string(o.A), string(o.B), string(o.Verdict), o.Code, o.Note) {
			d.Overlaps = append(d.Overlaps, o)
		}
	}
	sections := sheet{}
	for _, part := range []section{
		{title: "Facts", grids: []grid{factGrid(d.Facts)}},
		{title: "Retirements", grids: []grid{retirementGrid(d.Retirements)}},
		{title: "Overlaps of ranges", grids: []grid{overlapGrid(d.Overlaps)}},
	} {
		if len(part.grids[0].rows) > 0 {
			sections = append(sections, part)
		}
	}
	return Report{value: d, sheet: sections}
}

func retirementGrid(rows []aks.Retirement) grid {
	g := grid{columns: heads("DATE", "SUBJECT", "ENDS", "USE", "SOURCE")}
	for _, r := range rows {
		g.rows = append(g.rows, append(row(r.Date, r.Subject, r.What, r.Use), sourceCell(r.Source)))
	}
	return g
}

func overlapGrid(rows []aks.Overlap) grid {
	g := grid{columns: heads("RANGE", "OVERLAPS", "MEANS", "AZURE ANSWERS", "NOTE", "SOURCE")}
	for _, o := range rows {
		cells := row(string(o.A), string(o.B), string(o.Verdict), o.Code, o.Note)
		g.rows = append(g.rows, append(cells, sourceCell(o.Source)))
	}
	return g
}
