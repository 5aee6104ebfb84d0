package validate_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

func check(t *testing.T, text string, o validate.Options) (*spec.Spec, validate.Result) {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "shop.yaml", Data: []byte(text)})
	return s, validate.Run(plan.Build(s), o)
}

func TestText(t *testing.T) {
	const text = `apiVersion: aksnet/v1
clusters:
  - name: shop
    podCidr: 10.1.2.3/16
    nodePools: [{name: system}]
`
	s, r := check(t, text, validate.Options{Only: []string{"SPEC"}})
	var out bytes.Buffer
	if err := report.FindingsText(&out, report.Findings{Result: r, Spec: s, All: true}); err != nil {
		t.Fatal(err)
	}
	const want = `shop.yaml:4:14: error: 10.1.2.3/16 has host bits set, the range is 10.1.0.0/16 [SPEC005]
  |
4 |     podCidr: 10.1.2.3/16
  |              ^^^^^^^^^^^
  = fix: use 10.1.0.0/16
  = see https://github.com/aksnet/aksnet/blob/main/docs/spec.md
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestSummary(t *testing.T) {
	for want, s := range map[string]validate.Summary{
		"no findings (358 rules)":      {},
		"1 error":                      {Errors: 1},
		"2 errors, 1 warning, 3 notes": {Errors: 2, Warnings: 1, Notes: 3},
	} {
		if got := report.FindingsSummary(report.Findings{Result: validate.Result{Summary: s, Rules: 358}}); got != want {
			t.Errorf("summary %+v = %q, want %q", s, got, want)
		}
	}
}

const waived = `apiVersion: aksnet/v1
clusters: [{name: shop, nodePools: [{name: system}]}]
waivers:
  - {rule: ip021, reason: known, until: 2027-03-31}
  - {rule: XY001, reason: known}
  - {rule: IP021, reason: known, until: soon}
  - {rule: spec003, reason: known, until: soon}
`

func TestWaivers(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name  string
		today time.Time
		want  []string
	}{
		{"no day", time.Time{}, []string{"SPEC017", "SPEC018", "SPEC019", "SPEC022"}},
		{"last day", day("2027-03-31"), []string{"SPEC017", "SPEC018", "SPEC019", "SPEC022"}},
		{"day after", day("2027-04-01"), []string{"SPEC016", "SPEC018", "SPEC019", "SPEC022"}},
	} {
		_, r := check(t, waived, validate.Options{Today: c.today, Only: []string{"spec"}})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Rule)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", c.name, diff)
		}
	}
}
