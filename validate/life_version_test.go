package validate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestVersionCalendar judges versions on several days: the severity and a part of the message, or nothing.
func TestVersionCalendar(t *testing.T) {
	const lts = ", tier: Premium, supportPlan: AKSLongTermSupport"
	for _, tt := range []struct {
		version, more, today, severity, want string
		runs                                 bool
	}{
		{version: "1.34", today: "2026-10-20", severity: "note", want: "is out of support in 41 days"},
		{version: "1.34", today: "2026-11-20", severity: "warning", want: "is out of support in 10 days"},
		{version: "1.34", today: "2026-11-30", severity: "warning", want: "is out of support in 0 days"},
		{version: "1.34", today: "2026-12-01", severity: "error", want: "community support ended"},
		{version: "1.34", today: "2026-12-01", runs: true, severity: "warning", want: "community"},
		{version: "1.34", today: "2026-12-01", more: lts},
		{version: "1.34", today: "2026-12-01", more: ", tier: Premium", severity: "error", want: ""},
		{version: "1.34", today: "2027-11-01", more: lts, severity: "warning", want: "is out of long-term"},
		{version: "1.34", today: "2027-12-01", more: lts, severity: "error", want: "AKS no longer offers it"},
		{version: "1.34"},
		{version: "1.26", severity: "error", want: "AKS no longer offers"},
		{version: "1.36.1", today: "2026-11-28"},
		{version: "1.45", today: "2026-11-28", severity: "note", want: "is newer than the calendar"},
		{version: "1.37", today: "2026-10-01", severity: "note", want: "AKS plans to offer by 2026-10-31"},
	} {
		text := fmt.Sprintf("apiVersion: aksnet/v1\nclusters: [{name: a, kubernetesVersion: %q%s, "+
			"nodePools: [{name: system}]}]\n", tt.version, tt.more)
		p := plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(text)}))
		o := validate.Options{Only: []string{"LIFE030", "LIFE031", "LIFE032"}}
		if tt.today != "" {
			day, err := time.Parse(time.DateOnly, tt.today)
			if err != nil {
				t.Fatal(err)
			}
			o.Today = day
		}
		if tt.runs {
			o.Against = p
		}
		got := validate.Run(p, o).Findings
		switch {
		case tt.severity == "" && len(got) > 0:
			t.Errorf("%s on %s%s: %v, want nothing", tt.version, tt.today, tt.more, got)
		case tt.severity == "":
		case len(got) != 1 || got[0].Severity.String() != tt.severity || !strings.Contains(got[0].Message, tt.want):
			t.Errorf("%s on %s%s: %v, want %s: %s", tt.version, tt.today, tt.more, got, tt.severity, tt.want)
		}
	}
}
