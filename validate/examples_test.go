package validate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

var update = flag.Bool("update", false, "rewrite the expected output")

const examples = "../testdata/rules"

// parse reads an example of a rule, "bad" or "good": one file, or several when others stand beside it as bad-1.yaml.
func parse(t *testing.T, id, name string, edits ...spec.Edit) *spec.Spec {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(examples, id, name+"*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s.yaml for %s (%v)", name, id, err)
	}
	var sources []spec.Source
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, spec.Source{Name: filepath.Base(file), Data: data, FromFolder: len(files) > 1})
	}
	if strings.HasPrefix(id, "LEDGER") {
		return ledgerExample(t, id, sources[0])
	}
	s, err := spec.ParseWith(edits, sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ledgerExample returns a spec with what is wrong in a ledger: beside a spec.yaml of the ledger's holder, or with what
// an
// inuse.yaml says is in use.
func ledgerExample(t *testing.T, id string, src spec.Source) *spec.Spec {
	t.Helper()
	l, problems := ledger.Parse(src.Name, src.Data)
	problems = append(problems, l.Check(src.Name, exampleDay)...)
	s := &spec.Spec{}
	if data, err := os.ReadFile(filepath.Join(examples, id, "spec.yaml")); err == nil {
		s = spec.Parse(spec.Source{Name: "aksnet.yaml", Data: data})
		h := ledger.Holder{Owner: "shop", Specs: []string{"aksnet.yaml"}}
		p := plan.BuildWith(s, plan.Options{Holdings: l.Holdings(h)})
		claims := ledger.Planned(p, "shop", func(string) string { return "aksnet.yaml" })
		problems = append(problems, l.CheckClaims(src.Name, h, claims)...)
	}
	if data, err := os.ReadFile(filepath.Join(examples, id, "inuse.yaml")); err == nil {
		p := plan.Build(spec.Parse(spec.Source{Name: "vnets.json", Data: data}))
		problems = append(problems, l.CheckInUse(src.Name, "vnets.json", ledger.InUse(p, "", "vnets.json"), nil)...)
	}
	s.Problems = append(s.Problems, problems...)
	return s
}

// only runs one rule over a spec. A rule about changes has an old.yaml to compare with.
func only(id string, s *spec.Spec) []validate.Finding {
	o := validate.Options{Only: []string{id}, Today: exampleDay}
	if old, err := os.ReadFile(filepath.Join(examples, id, "old.yaml")); err == nil {
		o.Against = plan.Build(spec.Parse(spec.Source{Name: "old.yaml", Data: old}))
	}
	return validate.Run(plan.Build(s), o).Findings
}

// TestExamples holds every rule to its example: the bad spec gives exactly the findings of want, the good one none.
func TestExamples(t *testing.T) {
	for _, r := range validate.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := parse(t, r.ID, "bad")
			var got bytes.Buffer
			if err := report.FindingsText(&got,
				report.Findings{Result: validate.Result{Findings: only(r.ID, bad)}, Spec: bad, All: true}); err != nil {
				t.Fatal(err)
			}
			if got.Len() == 0 {
				t.Errorf("bad.yaml gives no finding")
			}
			golden(t, filepath.Join(examples, r.ID, "want"), got.Bytes())

			good := parse(t, r.ID, "good")
			for _, f := range only(r.ID, good) {
				t.Errorf("good.yaml: %s: %s", f.Where(), f.Message)
			}
		})
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestFixes puts the value that a finding proposes into the spec: the finding must be gone.
func TestFixes(t *testing.T) {
	for _, r := range validate.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := parse(t, r.ID, "bad")
			for _, f := range only(r.ID, bad) {
				if f.Edit.Value == "" || r.Family() == "SPEC" || r.Family() == "LEDGER" {
					continue
				}
				path := f.Path
				if f.Edit.Path != "" {
					path = f.Edit.Path
				}
				fixed := parse(t, r.ID, "bad", spec.Edit{Path: path, Value: f.Edit.Value})
				for _, p := range fixed.Problems {
					t.Errorf("%s = %s: %s", path, f.Edit.Value, p.Message)
				}
				for _, g := range only(r.ID, fixed) {
					if g.Path == f.Path && g.Message == f.Message {
						t.Errorf("%s = %s leaves %q", path, f.Edit.Value, f.Message)
					}
				}
			}
		})
	}
}

// followUps is the rules that a fix leaves to be followed: renaming a network leaves the references to it, Windows
// nodes under overlay have fewer pods than others, Windows Server 2025 needs FIPS, and the
// oldest version that has a feature may be near its end.
var followUps = map[string]string{
	"NAME010": "VNET006", "AKS020": "POOL013", "AKS024": "POOL013", "POOL023": "POOL024", "LIFE005": "POOL024",
	"POOL037": "LIFE031", "AKS142": "AKS007",
}

// TestFixesDoNoHarm puts the values that findings propose into the spec: no other rule may find more than before.
func TestFixesDoNoHarm(t *testing.T) {
	for _, r := range validate.Rules() {
		if r.Family() == "SPEC" || r.Family() == "LEDGER" {
			continue // what could not be read cannot be edited
		}
		doNoHarm(t, only(r.ID, parse(t, r.ID, "bad")),
			func(edits ...spec.Edit) *spec.Spec { return parse(t, r.ID, "bad", edits...) })
	}
}

// doNoHarm applies each fix alone.
func doNoHarm(t *testing.T, findings []validate.Finding, parse func(...spec.Edit) *spec.Spec) {
	t.Helper()
	before := counts(parse())
	for _, f := range findings {
		if f.Edit.Value == "" {
			continue
		}
		path := f.Path
		if f.Edit.Path != "" {
			path = f.Edit.Path
		}
		for rule, n := range counts(parse(spec.Edit{Path: path, Value: f.Edit.Value})) {
			if n > before[rule] && followUps[f.Rule] != rule {
				t.Errorf("%s: %s = %s makes %s find more", f.Rule, path, f.Edit.Value, rule)
			}
		}
	}
}

// TestFixesOfOthersDoNoHarm has specs that no example of a rule is, each with a fix that once led to another finding.
func TestFixesOfOthersDoNoHarm(t *testing.T) {
	const pool = "nodePools: [{name: system, count: 3}]"
	for name, cluster := range map[string]string{
		"service CIDR too large and forbidden": "serviceCidr: 172.16.0.0/12, " + pool,
		"small service CIDR":                   "serviceCidr: 172.20.0.0/26, " + pool,
		"pinned DNS address":                   "serviceCidr: 172.30.0.0/16, dnsServiceIP: 172.30.0.10, " + pool,
		"many ports": "services: {internalLoadBalancers: 200, publicLoadBalancers: 200, " +
			"ports: 5}, " + pool,
		"dual-stack behind NAT": "vnet: vnet-a, ipFamilies: [IPv4, IPv6], outboundType: managedNATGateway, " +
			pool,
		"preview in a network of one's own": "vnet: vnet-a, outboundType: managedNATGatewayV2, " + pool,
		"the only system pool is Windows":   "nodePools: [{name: win, osType: Windows, mode: System, count: 2}]",
		"large pool with a large surge": "nodePools: [{name: system, count: 3}, {name: apps, count: 1200, " +
			"maxSurge: 33%}]",
		"autoscaled gateway": "staticEgressGateway: true, nodePools: [{name: system, count: 3}, {name: gw, " +
			"mode: Gateway, minCount: 2, maxCount: 5, gatewayProfile: {publicIPPrefixSize: 31}}]",
		"route to the Internet": "vnet: vnet-a, outboundType: userDefinedRouting, egress: {nextHopType: " +
			"Internet}, " + pool,
	} {
		t.Run(name, func(t *testing.T) {
			text := "apiVersion: aksnet/v1\nlocation: westeurope\nvnets: [{name: vnet-a, addressPrefixes: " +
				"[10.40.0.0/20]}]\n" +
				"clusters:\n  - {name: shop, " + cluster + "}\n"
			read := func(edits ...spec.Edit) *spec.Spec {
				s, err := spec.ParseWith(edits, spec.Source{Name: "spec.yaml", Data: []byte(text)})
				if err != nil || len(s.Problems) > 0 {
					t.Fatal(err, s.Problems)
				}
				return s
			}
			findings := validate.Run(plan.Build(read()), validate.Options{Today: exampleDay}).Findings
			if !slices.ContainsFunc(findings, func(f validate.Finding) bool { return f.Severity > validate.Note }) {
				t.Error("nothing is found")
			}
			doNoHarm(t, findings, read)
		})
	}
}

// counts is how many errors and warnings each rule finds.
func counts(s *spec.Spec) map[string]int {
	out := map[string]int{}
	for _, f := range validate.Run(plan.Build(s), validate.Options{Today: exampleDay}).Findings {
		if f.Severity > validate.Note {
			out[f.Rule]++
		}
	}
	return out
}
