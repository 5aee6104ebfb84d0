package refusal

import (
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/testdata"
)

// Record is a public report of what Azure answered to a request, or of what it did with it. The files beside it hold
// the request as a spec; a test runs aksnet over them.
type Record struct {
	// Name is the name of its folder.
	Name string `json:"name" yaml:"-"`
	// Story says in a sentence what was tried and what happened.
	Story string `json:"story" yaml:"story"`
	// Code and Text are Azure's answer, with ids and names of others replaced; empty where Azure accepted the request.
	Code string `json:"code,omitempty" yaml:"code"`
	Text string `json:"text,omitempty" yaml:"text"`
	// Rule is the rule that finds the mistake.
	Rule string `json:"rule,omitempty" yaml:"rule"`
	// Date is the day of the report, or its month or year where the report does not tell the day.
	Date string `json:"date" yaml:"date"`
	// Sources are the public threads and pages.
	Sources []string `json:"sources" yaml:"sources"`
}

// Records returns the public record, by name.
func Records() ([]Record, error) {
	folder := testdata.Refusals()
	names, err := fs.Glob(folder, "*/refusal.yaml")
	if err != nil {
		return nil, err
	}
	out := make([]Record, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		if err := yaml.Unmarshal(data, &out[i]); err != nil {
			return nil, err
		}
		out[i].Name = strings.TrimSuffix(name, "/refusal.yaml")
	}
	return out, nil
}

// Prediction is an answer of Azure that a rule predicts.
type Prediction struct {
	Code string `json:"code"`
	// Confirmed reports whether a public report shows that Azure gives this answer to this mistake.
	Confirmed bool     `json:"confirmed"`
	Records   []Record `json:"records,omitempty"`
}

// Predictions returns the codes that Azure answers to the mistakes that a rule finds, in the order of the table, each
// with the records that show it.
func Predictions(rule string, records []Record) []Prediction {
	var out []Prediction
	for _, row := range aks.ErrorCodes() {
		if row.Code == "" || !slices.Contains(row.Rules, rule) ||
			slices.ContainsFunc(out, func(p Prediction) bool { return p.Code == row.Code }) {
			continue
		}
		p := Prediction{Code: row.Code}
		for _, r := range records {
			if r.Rule == rule && r.Code == row.Code {
				p.Records = append(p.Records, r)
			}
		}
		p.Confirmed = len(p.Records) > 0
		out = append(out, p)
	}
	return out
}
