package spec_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// parse reads one file and returns its problems as "line:column rule message".
func parse(text string) (*spec.Spec, []string) {
	s := spec.Parse(spec.Source{Name: "f.yaml", Data: []byte(text)})
	var out []string
	for _, p := range s.Problems {
		out = append(out, fmt.Sprintf("%d:%d %s %s", p.Position.Line, p.Position.Column, p.Rule, p.Message))
	}
	return s, out
}

const head = "apiVersion: aksnet/v1\nclusters:\n  - name: shop\n    nodePools:\n      - {name: system, count: 3}\n"

func TestProblems(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"smallest spec", head, nil},
		{
			"unknown key, near",
			head + "    modle: overlay\n",
			[]string{`6:5 SPEC002 unknown key "modle", did you mean "model"?`},
		},
		{
			"word of ARM, another value",
			head + "    networkPlugin: azure\n",
			[]string{`6:5 SPEC002 unknown key "networkPlugin"; use model, such as model: overlay`},
		},
		{
			"word of Terraform",
			head + "    orchestrator_version: '1.33'\n",
			[]string{`6:5 SPEC002 unknown key "orchestrator_version"; use "kubernetesVersion"`},
		},
		{
			"word of ARM, required here",
			"apiVersion: aksnet/v1\nclusters:\n  - name: a\n    agentPoolProfiles: [{name: a, count: 1}]\n",
			[]string{`4:5 SPEC002 unknown key "agentPoolProfiles"; use "nodePools"`},
		},
		{
			"policy for a model",
			head + "    model: calico\n",
			[]string{
				`6:12 SPEC008 model is "calico", a policy: write networkPolicy: calico beside the model (accepted: overlay, node-subnet, pod-subnet, kubenet, byo, cilium)`,
			},
		},
		{
			"key twice",
			head + "    model: overlay\n    model: kubenet\n",
			[]string{`7:5 SPEC003 duplicate key "model", first on line 6; the first one counts`},
		},
		{
			"top key twice",
			"apiVersion: aksnet/v1\n" + head,
			[]string{`2:1 SPEC003 duplicate key "apiVersion", first on line 1; the first one counts`},
		},
		{
			"wrong type",
			head + "    privateCluster: 3\n",
			[]string{`6:21 SPEC004 privateCluster must be true or false, found the number 3`},
		},
		{
			"number in quotes",
			head + "    privateEndpoints: \"3\"\n",
			[]string{`6:24 SPEC004 privateEndpoints must be a whole number, found the text "3"; write it without quotes: 3`},
		},
		{
			"text that is a number",
			head + "    vnet: 12\n",
			[]string{`6:11 SPEC004 vnet must be text, in quotes: "12", found the number 12`},
		},
		{
			"host bits",
			head + "    podCidr: 10.0.0.5/16\n",
			[]string{`6:14 SPEC005 10.0.0.5/16 has host bits set, the range is 10.0.0.0/16`},
		},
		{
			"host bits in quotes",
			head + "    podCidr: '10.0.0.5/16'\n",
			[]string{`6:15 SPEC005 10.0.0.5/16 has host bits set, the range is 10.0.0.0/16`},
		},
		{
			"not a range",
			head + "    podCidr: 10.0.0.0/33\n",
			[]string{`6:14 SPEC006 podCidr is "10.0.0.0/33", expected an address range such as 100.64.0.0/16`},
		},
		{
			"address for range",
			head + "    podCidr: 10.0.0.0\n",
			[]string{
				`6:14 SPEC006 podCidr is "10.0.0.0", expected an address range; its length is missing, such as 10.0.0.0/8`,
			},
		},
		{
			"five octets",
			head + "    dnsServiceIP: 192.168.0.0.10\n",
			[]string{`6:19 SPEC006 dnsServiceIP is "192.168.0.0.10", expected an address such as 10.0.0.10`},
		},
		{
			"IPv6 for IPv4",
			head + "    podCidr: fd00::/64\n",
			[]string{`6:14 SPEC007 podCidr is "fd00::/64", expected an IPv4 range such as 100.64.0.0/16`},
		},
		{"word in another case", head + "    outboundType: LOADBALANCER\n", nil},
		{
			"word",
			head + "    outboundType: loadbalance\n",
			[]string{
				`6:19 SPEC008 outboundType is "loadbalance", did you mean "loadBalancer"? (accepted: loadBalancer, managedNATGateway, userAssignedNATGateway, userDefinedRouting, none, managedNATGatewayV2, block)`,
			},
		},
		{
			"no name",
			"apiVersion: aksnet/v1\nclusters:\n  - nodePools: [{name: a, count: 1}]\n",
			[]string{`3:5 SPEC009 clusters[0] has no name, such as name: shop`},
		},
		{
			"no pools",
			"apiVersion: aksnet/v1\nclusters:\n  - name: a\n    nodePools: []\n",
			[]string{`3:5 SPEC009 clusters[0] has no nodePools, such as nodePools: [{name: system, count: 3}]`},
		},
		{
			"misspelt required key",
			"apiVersion: aksnet/v1\nclusters:\n  - name: a\n    nodePool: [{name: a, count: 1}]\n",
			[]string{`4:5 SPEC002 unknown key "nodePool", did you mean "nodePools"?`},
		},
		{
			"no apiVersion",
			strings.TrimPrefix(head, "apiVersion: aksnet/v1\n"),
			[]string{`1:1 SPEC010 apiVersion is missing; use apiVersion: aksnet/v1`},
		},
		{
			"other apiVersion",
			strings.Replace(head, "v1", "v9", 1),
			[]string{`1:13 SPEC010 apiVersion is "aksnet/v9", this version of aksnet reads aksnet/v1`},
		},
		{
			"name twice",
			head + "  - name: SHOP\n    nodePools: [{name: a, count: 1}]\n",
			[]string{`6:11 SPEC011 duplicate cluster "SHOP", first defined at f.yaml:3:11`},
		},
		{
			"negative",
			head + "    privateEndpoints: -1\n",
			[]string{`6:23 SPEC012 privateEndpoints is -1, expected 0 to 1000000`},
		},
		{
			"surge",
			head + "      - {name: b, count: 1, maxSurge: -3}\n",
			[]string{`6:39 SPEC012 maxSurge is "-3": expected a whole number or a percentage, such as 3 or 33%`},
		},
		{
			"empty",
			"",
			[]string{
				`1:1 SPEC013 file is empty; the smallest spec is apiVersion: aksnet/v1 and a cluster, see aksnet init`,
			},
		},
		{
			"comment alone",
			"# nothing\n",
			[]string{
				`1:1 SPEC013 file is empty; the smallest spec is apiVersion: aksnet/v1 and a cluster, see aksnet init`,
			},
		},
		{
			"a list",
			"- a\n",
			[]string{`1:1 SPEC001 expected a mapping that starts with apiVersion: aksnet/v1, found a list`},
		},
		{"binary", "x: \x00\x01", []string{`1:4 SPEC001 file is not UTF-8 text; expected a spec in YAML or JSON`}},
		{
			"an encoding of Windows",
			"location: zur\xfcck\n",
			[]string{`1:14 SPEC001 file is not UTF-8 text, perhaps in an encoding of Windows such as Windows-1252; ` +
				`save it as UTF-8`},
		},
		{"a program", "\x7fELF\x00\x01", []string{`1:1 SPEC020 this is a program, not a spec; pass the spec`}},
		{
			"tab",
			"clusters:\n\t- name: a\n",
			[]string{`2:1 SPEC001 line is indented with a tab; YAML requires spaces for indentation`},
		},
		{
			"list not closed",
			head + "    zones: [1, 2\nlocation: x\n",
			[]string{`6:12 SPEC001 [ is not closed`},
		},
		{
			"JSON list not closed",
			"{\"a\": 1, \"b\": [1, 2}\n",
			[]string{`1:20 SPEC001 } closes nothing: the [ of line 1 needs ]`},
		},
		{
			"dedent",
			head + "   model: overlay\n",
			[]string{`6:4 SPEC001 indented by 3 columns; the keys beside it stand at 4`},
		},
		{
			"stray bracket",
			head + "    zones: [1]]\n",
			[]string{`6:15 SPEC001 ] closes nothing`},
		},
		{
			"two colons",
			head + "    model: overlay: x\n",
			[]string{`6:12 SPEC001 a value with a colon and a space needs quotes: "overlay: x"`},
		},
		{
			"no anchor",
			head + "    model: *kind\n",
			[]string{`6:12 SPEC001 not readable as YAML or JSON: *kind names no anchor defined before it; ` +
				`text that starts with * needs quotes`},
		},
		{
			"ends in a list",
			head + "    zones: [",
			[]string{`6:12 SPEC001 [ is not closed`},
		},
		{
			"quote not closed",
			head + "    model: \"overlay\n",
			[]string{`6:12 SPEC001 the quote is not closed`},
		},
		{
			"nothing to plan",
			"apiVersion: aksnet/v1\nclusters:\n",
			[]string{
				`1:1 SPEC013 the spec has neither clusters nor vnets; the smallest has one cluster, see aksnet init`,
			},
		},
		{
			"empty element",
			"apiVersion: aksnet/v1\nclusters:\n  - ~\n",
			[]string{
				`3:5 SPEC009 clusters[0] has no name, such as name: shop`,
				`3:5 SPEC009 clusters[0] has no nodePools, such as nodePools: [{name: system, count: 3}]`,
			},
		},
		{
			"empty range",
			head + "addressSpace: {pools: [10.0.0.0/8, ]}\nvnets: [{name: a, addressPrefixes: [~]}]\n",
			[]string{`7:37 SPEC004 addressPrefixes[0] must be a value, found nothing`},
		},
		{
			"merge of a number",
			head + "    <<: 3\n",
			[]string{`6:9 SPEC004 << must be a mapping or a list of mappings, found the number 3`},
		},
		{
			"leading zero",
			head + "    privateEndpoints: 010\n",
			[]string{`6:23 SPEC012 privateEndpoints is 010; some programs read a leading zero as octal, others do not`},
		},
		{
			"multi-byte before the place",
			head + "tags: {\"zoë\": 3}\n",
			[]string{`6:15 SPEC004 tags["zoë"] must be text, in quotes: "3", found the number 3`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := parse(tt.text)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("problems (-want +got):\n%s", d)
			}
		})
	}
}

// TestAllProblemsAtOnce has twelve mistakes in one file.
func TestAllProblemsAtOnce(t *testing.T) {
	_, got := parse(`apiVersion: aksnet/v2
loction: westeurope
addressSpace:
  pools: 10.0.0.0/8
  reserved: [{name: a}]
vnets:
  - {name: v, addressPrefixes: [10.0.0.1/8, nonsense]}
  - {name: V}
clusters:
  - name: 3
    model: overlay2
    podCidr: fd00::/64
    nodePools:
      - {name: a, count: many, maxSurge: x, mode: Sytem}
`)
	rules := map[string]int{}
	for _, p := range got {
		rules[strings.Fields(p)[1]]++
	}
	want := map[string]int{
		"SPEC002": 1, "SPEC004": 3, "SPEC005": 1, "SPEC006": 1, "SPEC007": 1, "SPEC008": 2, "SPEC009": 1, "SPEC010": 1,
		"SPEC011": 1, "SPEC012": 1,
	}
	if d := cmp.Diff(want, rules); d != "" {
		t.Errorf("rules (-want +got):\n%s\n%s", d, strings.Join(got, "\n"))
	}
}

func TestDefaults(t *testing.T) {
	s, _ := parse(`apiVersion: aksnet/v1
location: westeurope
clusters:
  - name: a
    nodePools: [{name: a}, {name: b, minCount: 2, maxCount: 9}, {name: c, count: 0}]
  - name: b
    model: cilium
    kubernetesVersion: 1.30
    location: northeurope
    nodePools: [{name: a, count: 5}]
`)
	a, b := s.Clusters[0], s.Clusters[1]
	got := []any{
		a.Model, a.NetworkDataplane, a.NetworkPolicy, a.OutboundType, a.Location, b.Model, b.NetworkDataplane,
		b.NetworkPolicy, b.KubernetesVersion, b.Location,
	}
	want := []any{
		aks.Overlay, aks.DataplaneAzure, aks.PolicyNone, aks.OutboundLoadBalancer, "westeurope", aks.Overlay,
		aks.DataplaneCilium, aks.PolicyCilium, spec.Version("1.30"), "northeurope",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("clusters (-want +got):\n%s", d)
	}
	var pools []string
	for _, p := range append(a.NodePools, b.NodePools...) {
		pools = append(
			pools,
			fmt.Sprintf("%s %s %d %d %d %s", p.Name, p.Mode, p.Count, p.MaxNodes(), p.MaxPods, p.MaxSurge),
		)
	}
	wantPools := []string{"a System 3 3 250 10%", "b User 2 9 250 10%", "c User 0 0 250 10%", "a System 5 5 250 1"}
	if d := cmp.Diff(wantPools, pools); d != "" {
		t.Errorf("pools (-want +got):\n%s", d)
	}
}

func TestSeveralFiles(t *testing.T) {
	nets := spec.Source{
		Name: "nets.yaml",
		Data: []byte("apiVersion: aksnet/v1\nlocation: westeurope\nvnets:\n  - {name: v}\n" +
			"addressSpace: {pools: [10.0.0.0/9]}\n"),
	}
	apps := spec.Source{
		Name: "apps.json",
		Data: []byte(`{"apiVersion": "aksnet/v1", "addressSpace": {"pools": ["10.128.0.0/9"]},
 "clusters": [{"name": "shop", "vnet": "v", "nodePools": [{"name": "a", "count": 3}]}], "vnets": [{"name": "v"}]}`),
	}
	one, two := spec.Parse(nets, apps), spec.Parse(apps, nets)
	if len(one.Problems) != 1 || one.Problems[0].Message != `duplicate vnet "v", first defined at apps.json:2:109` ||
		one.Problems[0].Position.String() != "nets.yaml:4:12" {
		t.Errorf("problems: %v", one.Problems)
	}
	if d := cmp.Diff(fmt.Sprint(one.VNets, one.Clusters, one.AddressSpace),
		fmt.Sprint(two.VNets, two.Clusters, two.AddressSpace)); d != "" {
		t.Errorf("the order of files matters:\n%s", d)
	}
	if got := fmt.Sprint(one.AddressSpace.Pools); got != "[{10.128.0.0/9 } {10.0.0.0/9 }]" {
		t.Errorf("pools are %s", got)
	}
	if one.Clusters[0].Location != "westeurope" {
		t.Errorf("location is %q, want the only one that a file gives", one.Clusters[0].Location)
	}
	if got := one.Position("vnets[1].name").String(); got != "nets.yaml:4:12" {
		t.Errorf("vnets[1].name stands at %s", got)
	}
}

func TestJSONEscapes(t *testing.T) {
	s, problems := parse(
		`{"apiVersion": "aksnet/v1", "vnets": [{"name": "a"}], "tags": {"who": "\ud83d\ude00 \/ \u00eb \\"}}`,
	)
	if problems != nil || s.Tags["who"] != "😀 / ë \\" {
		t.Errorf("tag is %q, problems: %v", s.Tags["who"], problems)
	}
	if _, problems := parse("{\n\t\"apiVersion\": \"aksnet/v1\",\n\t\"vnets\": [{\"name\": \"a\"}]\n}"); problems != nil {
		t.Errorf("JSON indented with tabs: %v", problems)
	}
}

func TestDefaultsDisagree(t *testing.T) {
	a := spec.Source{Name: "a.yaml", Data: []byte("apiVersion: aksnet/v1\nlocation: westeurope\n")}
	b := spec.Source{Name: "b.yaml", Data: []byte("apiVersion: aksnet/v1\nlocation: northeurope\n")}
	c := spec.Source{Name: "c.yaml", Data: []byte(head)}
	s := spec.Parse(a, b, c)
	want := "location is not set here, and the files disagree about it (westeurope, northeurope); set it in this file"
	if len(s.Problems) != 1 || s.Problems[0].Message != want || s.Problems[0].Position.String() != "c.yaml:3:5" {
		t.Errorf("problems: %+v", s.Problems)
	}
}

func TestPositions(t *testing.T) {
	s, problems := parse("\ufeffapiVersion: aksnet/v1\r\nclusters:\r\n  - &base\r\n    name: shop\r\n" +
		"    tier: \"Free\"\r\n    nodePools: [{name: a, count: 3}]\r\n  - <<: *base\r\n    name: other\r\n")
	if problems != nil {
		t.Fatal(problems)
	}
	tests := []struct{ path, value, key string }{
		{"clusters[0].name", "f.yaml:4:11", "f.yaml:4:5"},
		{"clusters[0].tier", "f.yaml:5:12", "f.yaml:5:5"},
		{"clusters[0].nodePools[0].count", "f.yaml:6:34", "f.yaml:6:27"},
		{"clusters[1].tier", "f.yaml:5:12", "f.yaml:5:5"},
		{"clusters[1].podCidr", "f.yaml:7:5", "f.yaml:7:5"},
		{"clusters[9]", "f.yaml:3:3", "f.yaml:3:3"},
		{"nothing", "f.yaml:1:1", "f.yaml:1:1"},
	}
	for _, tt := range tests {
		if got := s.Position(tt.path).String(); got != tt.value {
			t.Errorf("%s stands at %s, want %s", tt.path, got, tt.value)
		}
		if got := s.KeyPosition(tt.path).String(); got != tt.key {
			t.Errorf("the key of %s stands at %s, want %s", tt.path, got, tt.key)
		}
	}
	if !s.Has("clusters[1].tier") || s.Has("clusters[1].podCidr") || s.Text("clusters[0].tier") != "Free" {
		t.Error("Has or Text does not see what is written")
	}
	if got := s.Excerpt(s.Position("apiVersion"), 99, 99); got.Before+got.Value+got.After != "apiVersion: aksnet/v1" {
		t.Errorf("line 1 is %+v", got)
	}
	if s.Clusters[1].Tier != "Free" || s.Clusters[1].Name != "other" {
		t.Errorf("merge key: %+v", s.Clusters[1])
	}
}

// TestHostileFiles must end quickly, with a message and without much memory.
func TestHostileFiles(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("apiVersion: aksnet/v1\nx0: &x0 {name: a, count: 3}\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(
			&bomb,
			"x%d: &x%d [%s]\n",
			i,
			i,
			strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d, ", i-1), 10), ", "),
		)
	}
	wide := "apiVersion: aksnet/v1\nx: &x [" + strings.Repeat("{name: a, count: 1}, ", 3000) + "]\nclusters:\n" +
		strings.Repeat("  - {name: a, nodePools: *x}\n", 3000)
	tests := []struct{ name, text, rule string }{
		{"aliases of aliases", bomb.String(), "SPEC002"},
		{"unknown key with many known ones", head + "    zzz: 1\n", "SPEC002"},
		{"aliases of a long list", wide, "SPEC014"},
		{
			"deep nesting", "apiVersion: aksnet/v1\nclusters: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
			"SPEC014",
		},
		{"too deep for the parser", strings.Repeat("{a: ", 20000), "SPEC001"},
		{"alias to itself", "apiVersion: aksnet/v1\nclusters: &a [*a]\n", "SPEC004"},
		{"merge of itself", "apiVersion: aksnet/v1\nclusters:\n  - &a\n    <<: *a\n    name: x\n", "SPEC009"},
		{"huge", strings.Repeat("# x\n", spec.MaxFileSize/4+1), "SPEC014"},
		{
			"huge number",
			"apiVersion: aksnet/v1\nclusters: [{name: a, nodePools: [{name: b, count: 99999999999999999999}]}]\n",
			"SPEC004",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, problems := parse(tt.text)
			if !strings.Contains(strings.Join(problems, "\n"), tt.rule) {
				t.Errorf(
					"no %s among %d problems, first: %.200v",
					tt.rule,
					len(problems),
					problems[:min(1, len(problems))],
				)
			}
			if len(s.Clusters) > 3000 {
				t.Errorf("%d clusters", len(s.Clusters))
			}
		})
	}
}

// FuzzParse expected no panic, and every problem inside its file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(head))
	f.Add([]byte("{\"apiVersion\": \"aksnet/v1\", \"clusters\": []}"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Add([]byte("apiVersion: aksnet/v1\nclusters: [{name: \"\\u0000\", podCidr: ::ffff:1.2.3.4/99, growth: 999%}]\n" +
		"---\n- x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := spec.Parse(spec.Source{Name: "f", Data: data})
		lines := 1
		for _, end := range []string{"\n", "\r", "\u0085", "\u2028", "\u2029"} {
			lines += bytes.Count(data, []byte(end))
		}
		for _, p := range s.Problems {
			if p.Position.Line < 1 || p.Position.Line > lines+1 || p.Position.Column < 1 {
				t.Errorf("%+v lies outside of %d lines", p, lines)
			}
			if e := s.Excerpt(p.Position, 10, 10); utf8.RuneCountInString(e.Before+e.Value+e.After) > 30 {
				t.Errorf("excerpt is too long: %+v", e)
			}
		}
	})
}
