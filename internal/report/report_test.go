package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/internal/migrate"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// hostile is a name that would break out of every format if it were let.
const hostile = "a|b`c*[x](y)<b>&\x1b[31m\nnew\u202e'\"$(id)"

// reports returns every report about a spec whose names are hostile.
func reports(t *testing.T) map[string]report.Report {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "x.yaml", Data: []byte(`{"apiVersion": "aksnet/v1", "clusters": [
		{"name": "NAME", "model": "kubenet", "nodePools": [{"name": "NAME", "count": 3}, {"name": "w", "osType": "Windows"}]},
		{"name": "b", "model": "node-subnet", "nodeSubnet": {"name": "NAME"}, "nodePools": [{"name": "x", "count": 60}]}]}`)})
	for i := range s.Clusters {
		c := &s.Clusters[i]
		c.ResourceGroup, c.NodeSubnet.Name = hostile, hostile
		for j := range c.NodePools {
			c.NodePools[j].Name = hostile
		}
	}
	s.Clusters[0].Name = hostile
	p := plan.Build(s)
	return map[string]report.Report{
		"compare": report.Comparison(compare.Of(s), true),
		"growth":  report.Growth(growth.Of(p, growth.Options{Rate: spec.Amount{N: 5}, Months: 30}), true, false),
		"egress": report.Egress([]plan.EgressAdvice{
			plan.AdviseEgress(p.Clusters[0], 0), plan.AdviseEgress(p.Clusters[1], 4000),
		}, report.EgressDetail{Clusters: true, AllTypes: true}),
		"migrate": report.Migration(migrate.To(migrate.ToOverlay, s), true),
		"models":  report.Models(),
		"limits":  report.Limits(),
	}
}

func TestReportsShowNothingThatActs(t *testing.T) {
	for name, r := range reports(t) {
		for format, write := range map[string]func(*bytes.Buffer) error{
			"json": func(b *bytes.Buffer) error { return r.JSON(b) }, "yaml": func(b *bytes.Buffer) error { return r.YAML(b) },
			"markdown": func(b *bytes.Buffer) error { return r.Markdown(b) },
			"table":    func(b *bytes.Buffer) error { return r.Table(b, report.TableOptions{}) },
			"narrow":   func(b *bytes.Buffer) error { return r.Table(b, report.TableOptions{Width: 80}) },
		} {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatalf("%s %s: %v", name, format, err)
			}
			if i := strings.IndexFunc(out.String(), func(c rune) bool { return c != '\n' && !unicode.IsPrint(c) }); i >= 0 {
				t.Errorf("%s %s: %q acts on a terminal", name, format, out.String()[i:min(i+20, out.Len())])
			}
			if strings.Contains(out.String(), "\nnew") {
				t.Errorf("%s %s: a name begins a line", name, format)
			}
		}
	}
}

// TestMarkdownTablesKeepTheirColumns counts the bars of every row that Markdown would read as the end of a cell.
func TestMarkdownTablesKeepTheirColumns(t *testing.T) {
	for name, r := range reports(t) {
		var out bytes.Buffer
		if err := r.Markdown(&out); err != nil {
			t.Fatal(err)
		}
		columns := 0
		for line := range strings.Lines(out.String()) {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if columns == 0 {
				columns = n
			}
			if n != columns {
				t.Errorf("%s: %d columns, want %d: %s", name, n, columns, line)
			}
		}
	}
}

func TestYAMLSaysWhatJSONSays(t *testing.T) {
	for name, r := range reports(t) {
		var text, other bytes.Buffer
		if err := r.JSON(&text); err != nil {
			t.Fatal(err)
		}
		if err := r.YAML(&other); err != nil {
			t.Fatal(err)
		}
		var a, b any
		if err := json.Unmarshal(text.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(other.Bytes(), &b); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again, &b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestGrowthChart(t *testing.T) {
	month := 2
	f := &growth.Forecast{
		Rate:     "1",
		Months:   3,
		Clusters: []growth.Cluster{{Name: "c", Nodes: []int{1, 2, 3, 4}}},
		Resources: []growth.Resource{
			{
				Kind: growth.NodeSubnet, Name: "snet", Of: "vnet", Unit: "addresses", Available: 8, Needed: []int{1, 8, 9, 12},
				Month: &month,
			},
			{
				Kind:      growth.PodCIDR,
				Name:      "none",
				Of:        "c",
				Unit:      "blocks",
				Available: 0,
				Needed:    []int{0, 0, 1, 1},
				Month:     &month,
			},
		},
	}
	for ascii, want := range map[bool][]string{false: {"▁█××", "13%", "150%", "▁▁××"}, true: {".@XX", "..XX"}} {
		var out bytes.Buffer
		if err := report.Growth(f, true, ascii).Table(&out, report.TableOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("no %q in\n%s", w, out.String())
			}
		}
	}
}
