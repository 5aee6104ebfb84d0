package report

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// factsDocument is the JSON of the facts command.
type factsDocument struct {
	APIVersion  string                  `json:"apiVersion"`
	Kind        string                  `json:"kind"`
	Facts       []aks.Fact              `json:"facts"`
	Versions    []aks.KubernetesRelease `json:"kubernetesVersions"`
	OSImages    []aks.OSImage           `json:"osImages"`
	Retirements []aks.Retirement        `json:"retirements"`
	Overlaps    []aks.Overlap           `json:"overlaps"`
}

// Facts returns the report on what is known in words: rules, Kubernetes versions, images of operating systems,
// retirements and overlaps of ranges. With words it has only the rows that contain all of them, whatever their case.
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
		Facts: keep(aks.Facts(), func(f aks.Fact) bool { return has(f.ID, f.Text) }),
		Versions: keep(aks.KubernetesReleases(), func(r aks.KubernetesRelease) bool {
			return has("kubernetes", r.Minor, r.General, r.EndOfLife, r.EndOfLTS)
		}),
		OSImages: keep(aks.OSImages(), func(i aks.OSImage) bool {
			return has(string(i.SKU), i.Since, i.Before, i.Refused, imageNote(i), string(i.Use))
		}),
		Retirements: keep(aks.Retirements(), func(r aks.Retirement) bool {
			return has(r.ID, r.Date, r.Subject, r.What, r.Use)
		}),
		Overlaps: keep(aks.Overlaps(), func(o aks.Overlap) bool {
			return has(string(o.A), string(o.B), string(o.Verdict), o.Code, o.Note)
		}),
	}
	sections := sheet{
		{title: "Facts", grids: []grid{factGrid(d.Facts)}},
		{title: "Kubernetes versions", grids: []grid{versionGrid(d.Versions)}},
		{title: "Images of operating systems", grids: []grid{imageGrid(d.OSImages)}},
		{title: "Retirements", grids: []grid{retirementGrid(d.Retirements)}},
		{title: "Overlaps of ranges", grids: []grid{overlapGrid(d.Overlaps)}},
	}
	return Report{value: d, sheet: sections.filled()}
}

// keep returns the rows that are wanted; it is never nil.
func keep[T any](rows []T, wanted func(T) bool) []T {
	out := []T{}
	for _, r := range rows {
		if wanted(r) {
			out = append(out, r)
		}
	}
	return out
}

func versionGrid(rows []aks.KubernetesRelease) grid {
	g := grid{columns: heads("KUBERNETES", "AVAILABLE", "SUPPORTED UNTIL", "LONG-TERM SUPPORT UNTIL", "SOURCE")}
	for _, r := range rows {
		g.rows = append(g.rows, append(row(r.Minor, r.General, r.EndOfLife, r.EndOfLTS), sourceCell(r.Source)))
	}
	return g
}

func imageGrid(rows []aks.OSImage) grid {
	g := grid{columns: heads("OS SKU", "KUBERNETES FROM", "BEFORE", "REFUSED FROM", "NOTE", "INSTEAD", "SOURCE")}
	for _, i := range rows {
		cells := row(string(i.SKU), i.Since, i.Before, i.Refused, imageNote(i), string(i.Use))
		g.rows = append(g.rows, append(cells, sourceCell(i.Source)))
	}
	return g
}

// imageNote returns the conditions of an image in words.
func imageNote(i aks.OSImage) string {
	var notes []string
	if i.Preview {
		notes = append(notes, "preview")
	}
	if i.FIPS != "" {
		notes = append(notes, "FIPS "+string(i.FIPS))
	}
	if i.NoConfidential {
		notes = append(notes, "no confidential VMs")
	}
	if len(i.Channels) > 0 {
		notes = append(notes, "node OS channel "+words(i.Channels))
	}
	return strings.Join(notes, "; ")
}

func retirementGrid(rows []aks.Retirement) grid {
	g := grid{columns: heads("DATE", "SUBJECT", "ENDS", "USE", "SOURCE")}
	for _, r := range rows {
		g.rows = append(g.rows, append(row(r.Date, r.Subject, r.What, r.Use), sourceCell(r.Source)))
	}
	return g
}

func overlapGrid(rows []aks.Overlap) grid {
	g := grid{more: 1, columns: heads("RANGE", "OVERLAPS", "MEANS", "AZURE ANSWERS", "NOTE", "SOURCE")}
	for _, o := range rows {
		cells := row(string(o.A), string(o.B), string(o.Verdict), o.Code, o.Note)
		g.rows = append(g.rows, append(cells, sourceCell(o.Source)))
	}
	return g
}
