package validate_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

const external = "../testdata/external"

// suite is verdicts of another tool: what it was given, what it said, and where we differ, why.
type suite struct {
	Source string
	Read   string
	Groups []struct {
		// Base is a spec with {{value}} in it. A base for changes stands for both sides: the older one takes a case's
		// Old.
		Base  string
		Cases []verdict
	}
}

type verdict struct {
	Name, Value string
	// Old makes the case a change from this value to Value.
	Old *string
	// Theirs is accept or refuse. Ours is the same unless it says otherwise, and then Because says why.
	Theirs, Ours, Because string
	// Rule or Family is what refuses; Says is what its message names. Warning is whether a warning is enough.
	Rule, Family, Says string
	Warning            bool
	// Note is whether a note is enough: the other tool gives advice.
	Note bool
}

// TestExternal holds validation to verdicts of other tools.
func TestExternal(t *testing.T) {
	for _, name := range []string{"capz", "capz-managed", "aro", "azure-cli", "psrule", "checkov"} {
		var s suite
		load(t, name, &s)
		for _, g := range s.Groups {
			for _, c := range g.Cases {
				t.Run(name+"/"+c.Name, func(t *testing.T) {
					c.check(t, g.Base)
				})
			}
		}
	}
}

func load(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(external, name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func (c verdict) check(t *testing.T, base string) {
	ours := c.Theirs
	if c.Ours != "" {
		ours = c.Ours
		if c.Ours == c.Theirs || c.Because == "" {
			t.Fatalf("a difference needs another verdict and a reason")
		}
	}
	build := func(value string) *plan.Plan {
		return plan.Build(spec.Parse(spec.Source{
			Name: "case.yaml", Data: []byte(strings.ReplaceAll(base, "{{value}}", value)),
		}))
	}
	o := validate.Options{Today: exampleDay}
	if c.Old != nil {
		o.Against = build(*c.Old)
	}
	var refused []validate.Finding
	for _, f := range validate.Run(build(c.Value), o).Findings {
		if f.Severity == validate.Error || c.Warning && f.Severity == validate.Warning || c.Note {
			refused = append(refused, f)
		}
	}
	switch {
	case ours == "accept" && len(refused) > 0:
		t.Errorf("refused by %s: %s", refused[0].Rule, refused[0].Message)
	case ours == "refuse" && !c.refusedBy(refused):
		t.Errorf("want a finding of %s%s that says %q, have %v", c.Rule, c.Family, c.Says, refused)
	}
}

func (c verdict) refusedBy(findings []validate.Finding) bool {
	for _, f := range findings {
		if strings.HasPrefix(f.Rule, c.Rule+c.Family) && strings.Contains(f.Message, c.Says) {
			return true
		}
	}
	return false
}

// TestNaming holds the names that the plan makes to lengths and patterns of a naming module, for clusters of any name.
func TestNaming(t *testing.T) {
	var names struct {
		Source, Read string
		Kinds        []struct {
			Kind     string
			Min, Max int
			Pattern  string
		}
	}
	load(t, "naming", &names)
	type limits struct {
		min, max int
		pattern  *regexp.Regexp
	}
	kinds := map[string]limits{}
	for _, k := range names.Kinds {
		kinds[k.Kind] = limits{k.Min, k.Max, regexp.MustCompile(k.Pattern)}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?`).Draw(t, "cluster")
		outbound := rapid.SampledFrom([]string{"userDefinedRouting", "userAssignedNATGateway", "loadBalancer"}).Draw(t,
			"outbound")
		s := spec.Parse(spec.Source{Name: "case.yaml",
			Data: []byte("apiVersion: aksnet/v1\nclusters:\n  - name: \"" + name + "\"\n    outboundType: " +
				outbound + "\n    nodePools: [{name: system, count: 3}]\n")})
		matches := func(kind, name string) {
			l := kinds[kind]
			if name != "" && (len(name) < l.min || len(name) > l.max || !l.pattern.MatchString(name)) {
				t.Fatalf("%s %q is not %d to %d of %s", kind, name, l.min, l.max, l.pattern)
			}
		}
		for _, v := range plan.Build(s).VNets {
			matches("virtual-network", v.Name)
			for _, n := range v.Subnets {
				matches("subnet", n.Name)
				matches("network-security-group", n.NetworkSecurityGroup)
				matches("route-table", n.RouteTable)
				matches("nat-gateway", n.NATGateway)
			}
		}
	})
}

// TestGoodNames holds the names that findings propose to the same patterns, for names of any kind.
func TestGoodNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[ -!#-\[\]-~äß]{1,120}`).Draw(t, "name")
		s := spec.Parse(spec.Source{Name: "case.yaml",
			Data: []byte("apiVersion: aksnet/v1\nresourceGroup: \"" + name + "\"\nvnets:\n  - name: \"" + name +
				"\"\n    addressPrefixes: [10.0.0.0/16]\n    subnets: [{name: \"" + name +
				"\", prefixLength: 24}]\nclusters:\n  - name: \"" + name +
				"\"\n    dnsPrefix: \"" + name + "\"\n    nodePools: [{name: \"" + name + "\", count: 3}]\n")})
		r := validate.Run(plan.Build(s), validate.Options{Only: []string{"NAME"}})
		for _, f := range r.Findings {
			if f.Edit.Value == "" || f.Edit.Path != "" {
				continue
			}
			fixed, err := spec.ParseWith([]spec.Edit{{Path: f.Path, Value: `"` + f.Edit.Value + `"`}},
				spec.Source{Name: "case.yaml", Data: []byte(
					"apiVersion: aksnet/v1\nresourceGroup: rg\nvnets: [{name: vnet, addressPrefixes: " +
						"[10.0.0.0/16], subnets: " +
						"[{name: snet, prefixLength: 24}]}]\n" +
						"clusters: [{name: c, dnsPrefix: c, nodePools: [{name: p, count: 3}]}]\n",
				)})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range validate.Run(plan.Build(fixed), validate.Options{Only: []string{f.Rule}}).Findings {
				if g.Path == f.Path {
					t.Fatalf("%s proposes %q for %q: %s", f.Rule, f.Edit.Value, name, g.Message)
				}
			}
		}
	})
}
