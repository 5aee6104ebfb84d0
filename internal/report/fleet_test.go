package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/internal/migrate"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// fleet returns a spec of n clusters of kubenet.
func fleet(n int) *spec.Spec {
	text := "apiVersion: aksnet/v1\nclusters:\n"
	for i := range n {
		text += fmt.Sprintf("  - {name: shop-%d, model: kubenet, nodePools: [{name: system, count: 3}]}\n", i)
	}
	if n == 0 {
		text = "apiVersion: aksnet/v1\nclusters: []\n"
	}
	return spec.Parse(spec.Source{Name: "x.yaml", Data: []byte(text)})
}

// answers returns each report that has details, with and without them.
func answers(s *spec.Spec, details bool) map[string]report.Report {
	p := plan.Build(s)
	var advice []plan.EgressAdvice
	for _, c := range p.Clusters {
		advice = append(advice, plan.AdviseEgress(c, 0))
	}
	return map[string]report.Report{
		"compare": report.Comparison(compare.Of(s), details),
		"migrate": report.Migration(migrate.To(migrate.ToOverlay, s), details),
		"egress":  report.Egress(advice, report.EgressDetail{Clusters: details}),
		"growth":  report.Growth(growth.Of(p, growth.Options{Rate: spec.Amount{N: 1}, Months: 3}), details, false),
	}
}

func tableOf(t *testing.T, r report.Report, width int) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Table(&out, report.TableOptions{Width: width}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestFleetsHaveOneLineForEachCluster shows many clusters without details: a line for each, no more.
func TestFleetsHaveOneLineForEachCluster(t *testing.T) {
	for name, r := range answers(fleet(40), false) {
		text := tableOf(t, r, 0)
		if lines := strings.Count(text, "\n"); lines > 40+15 {
			t.Errorf("%s: %d lines for 40 clusters:\n%s", name, lines, text)
		}
		for i := range 40 {
			if n := strings.Count(text, fmt.Sprintf("\nshop-%d ", i)); n != 1 {
				t.Errorf("%s: %d lines of cluster %d", name, n, i)
			}
		}
	}
}

// TestTheAnswerComesFirst looks for the answer in the first lines, and for sources outside the footnotes.
func TestTheAnswerComesFirst(t *testing.T) {
	want := map[string][]string{
		"compare": {
			"40 clusters: change the network model of each",
			"VNet addresses",
			"CHANGE",
			"kubenet to Overlay + Cilium",
			"kubenet retires",
		},
		"migrate": {"40 clusters to overlay", "possible in place  40 clusters"},
		"egress":  {"40 clusters: 0 without enough SNAT ports"},
		"growth":  {"first to run out"},
	}
	for name, r := range answers(fleet(40), false) {
		text := tableOf(t, r, 160)
		top := strings.Join(strings.SplitN(text, "\n", 9)[:8], "\n")
		for _, w := range want[name] {
			if !strings.Contains(top, w) {
				t.Errorf("%s: no %q at the top:\n%s", name, w, top)
			}
		}
		if body, _, _ := strings.Cut(text, "\nSources\n"); strings.Contains(body, "https://") {
			t.Errorf("%s: a source outside the footnotes:\n%s", name, body)
		}
	}
}

// TestStepsComeBeforeWhatTheyRestOn reads the order of a migration.
func TestStepsComeBeforeWhatTheyRestOn(t *testing.T) {
	var markdown bytes.Buffer
	r := answers(fleet(1), true)["migrate"]
	if err := r.Markdown(&markdown); err != nil {
		t.Fatal(err)
	}
	for format, text := range map[string]string{"table": tableOf(t, r, 100), "markdown": markdown.String()} {
		at := -1
		for _, part := range []string{"verdict", ": steps", ": prerequisites", ": what changes", ": what stays", "Sources"} {
			next := strings.Index(text, part)
			if next <= at {
				t.Errorf("%s: %q is not where it should be:\n%s", format, part, text)
			}
			at = next
		}
	}
	if !strings.Contains(markdown.String(), "- [ ] ") {
		t.Errorf("no checklist in\n%s", markdown.String())
	}
}

// TestGrowthLeavesOutWhatLasts looks for limits that are far away.
func TestGrowthLeavesOutWhatLasts(t *testing.T) {
	few, all := answers(fleet(1), false)["growth"], answers(fleet(1), true)["growth"]
	if text := tableOf(t, few, 0); strings.Contains(text, "pod CIDR") || !strings.Contains(text, "which --all shows") ||
		!strings.Contains(text, "nothing in 3 months") {
		t.Errorf("unasked:\n%s", text)
	}
	if text := tableOf(t, all, 0); !strings.Contains(text, "pod CIDR") || strings.Contains(text, "--all") {
		t.Errorf("with all:\n%s", text)
	}
}

// TestEgressShowsTheTypeOfTheCluster asks for one outbound type and for all.
func TestEgressShowsTheTypeOfTheCluster(t *testing.T) {
	for outbound, want := range map[aks.OutboundType][2]bool{ // a load balancer, a NAT gateway
		aks.OutboundLoadBalancer: {true, false}, aks.OutboundUserAssignedNATGateway: {false, true},
		aks.OutboundUserDefinedRouting: {false, false},
	} {
		s := fleet(1)
		s.Clusters[0].OutboundType = outbound
		advice := []plan.EgressAdvice{plan.AdviseEgress(plan.Build(s).Clusters[0], 0)}
		for _, all := range []bool{false, true} {
			text := tableOf(t, report.Egress(advice, report.EgressDetail{Clusters: true, AllTypes: all}), 0)
			for i, name := range []string{"\nload balancer", "\nNAT gateway"} {
				if strings.Contains(text, name) != (all || want[i]) {
					t.Errorf("%s, all %v: %q in\n%s", outbound, all, name, text)
				}
			}
		}
	}
}

// TestSpecsWithoutClusters says so in a line, and writes lists without elements.
func TestSpecsWithoutClusters(t *testing.T) {
	for name, r := range answers(fleet(0), false) {
		if got := tableOf(t, r, 0); got != "The spec has no clusters\n" {
			t.Errorf("%s: %q", name, got)
		}
		var out bytes.Buffer
		if err := r.JSON(&out); err != nil || !strings.Contains(out.String(), `"clusters": []`) ||
			strings.Contains(out.String(), "null") {
			t.Errorf("%s: %v\n%s", name, err, out.String())
		}
	}
}
