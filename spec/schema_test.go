package spec_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/spec"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(spec.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("aksnet.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("aksnet.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judge validates YAML text as an editor would.
func judge(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

func TestSchemaTakesEveryShippedSpec(t *testing.T) {
	s := compileSchema(t)
	files, _ := filepath.Glob("../testdata/specs/*.yaml")
	more, _ := filepath.Glob("../testdata/specs/*/*.yaml")
	if files = append(files, more...); len(files) < 12 {
		t.Fatalf("only %d specs", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := judge(t, s, string(text)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestSchemaAgreesWithTheReader holds the schema and the reader to the same verdict.
func TestSchemaAgreesWithTheReader(t *testing.T) {
	const pool = "nodePools: [{name: system}]"
	cluster := func(more string) string {
		return "apiVersion: aksnet/v1\nclusters: [{name: a, " + more + "}]\n"
	}
	s := compileSchema(t)
	for name, tt := range map[string]struct {
		text string
		good bool
	}{
		"smallest":         {cluster(pool), true},
		"no version":       {"clusters: [{name: a, " + pool + "}]", false},
		"wrong version":    {"apiVersion: aksnet/v2\n", false},
		"unknown key":      {cluster("colour: red, " + pool), false},
		"unknown root key": {"apiVersion: aksnet/v1\ncluster: []\n", false},
		"no name":          {"apiVersion: aksnet/v1\nclusters: [{" + pool + "}]\n", false},
		"no pools":         {"apiVersion: aksnet/v1\nclusters: [{name: a}]\n", false},
		"wrong word":       {cluster("model: overlai, " + pool), false},
		"word of a list":   {cluster("ipFamilies: [IPv5], " + pool), false},
		"service tag":      {cluster("authorizedIPRanges: [AzureCloud.westeurope, 203.0.113.0/24], " + pool), true},
		"no service tag":   {cluster("authorizedIPRanges: [Azure Cloud], " + pool), false},
		"address, no tag":  {cluster("authorizedIPRanges: [203.0.113.1], " + pool), false},
		"cilium":           {cluster("model: cilium, " + pool), true},
		"text as number":   {cluster("nodePools: [{name: system, count: three}]"), false},
		"negative":         {cluster("nodePools: [{name: system, count: -1}]"), false},
		"number as text":   {cluster("resourceGroup: 5, " + pool), false},
		"list as mapping":  {"apiVersion: aksnet/v1\nclusters: {name: a}\n", false},
		"percent":          {cluster("growth: 25%, " + pool), true},
		"plain growth":     {cluster("growth: 25, " + pool), true},
		"bad growth":       {cluster("growth: lots, " + pool), false},
		"negative growth":  {cluster("growth: -5, " + pool), false},
		"version text":     {cluster(`kubernetesVersion: "1.34", ` + pool), true},
		"version number":   {cluster("kubernetesVersion: 1.34, " + pool), true},
		"version word":     {cluster("kubernetesVersion: latest, " + pool), false},
		"prefix":           {cluster("podCidr: 10.244.0.0/16, " + pool), true},
		"prefix too long":  {cluster("podCidr: 10.244.0.0/33, " + pool), false},
		"prefix octet":     {cluster("podCidr: 10.256.0.0/16, " + pool), false},
		"prefix of IPv6":   {cluster("podCidr: 'fd00::/64', " + pool), false},
		"prefix bare":      {cluster("podCidr: 10.244.0.0, " + pool), false},
		"dual prefix":      {cluster("podCidrs: [10.244.0.0/16, 'fd00::/64'], " + pool), true},
		"address":          {cluster("dnsServiceIP: 10.0.0.10, " + pool), true},
		"address name":     {cluster("dnsServiceIP: dns, " + pool), false},
		"boolean as text":  {cluster("privateCluster: 'yes', " + pool), false},
		"peering name":     {"apiVersion: aksnet/v1\nvnets: [{name: a, peerings: [b]}]\n", true},
		"peering object":   {"apiVersion: aksnet/v1\nvnets: [{name: a, peerings: [{vnet: b}]}]\n", true},
		"peering empty":    {"apiVersion: aksnet/v1\nvnets: [{name: a, peerings: [{}]}]\n", false},
		"prefix length":    {"apiVersion: aksnet/v1\nvnets: [{name: a, subnets: [{name: b, prefixLength: 31}]}]\n", false},
		"tags":             {"apiVersion: aksnet/v1\nvnets: [{name: a}]\ntags: {team: net}\n", true},
		"tag number":       {"apiVersion: aksnet/v1\nvnets: [{name: a}]\ntags: {team: 5}\n", false},
		"pointer": {
			"apiVersion: aksnet/v1\nvnets: [{name: a, subnets: [{name: b, addresses: 3, defaultOutboundAccess: " +
				"false}]}]\n",
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := judge(t, s, tt.text); (err == nil) != tt.good {
				t.Errorf("schema: %v, want good %t", err, tt.good)
			}
			problems := spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(tt.text)}).Problems
			if (len(problems) == 0) != tt.good {
				t.Errorf("reader: %+v, want good %t", problems, tt.good)
			}
		})
	}
}

// TestSchemaRefusesEveryMisspeltKey takes one letter off each key of a spec in turn.
func TestSchemaRefusesEveryMisspeltKey(t *testing.T) {
	s := compileSchema(t)
	text, err := os.ReadFile("../testdata/specs/private-firewall.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	tried := 0
	for i, line := range lines {
		key, rest, ok := strings.Cut(strings.TrimLeft(line, " -{"), ":")
		if !ok || strings.HasPrefix(strings.TrimSpace(line), "#") || len(key) < 3 {
			continue
		}
		bad := append([]string{}, lines...)
		bad[i] = line[:strings.Index(line, key)] + key[:len(key)-1] + "_:" + rest
		tried++
		if judge(t, s, strings.Join(bad, "\n")) == nil {
			t.Errorf("accepted: %s", bad[i])
		}
	}
	if tried < 20 {
		t.Errorf("only %d keys tried", tried)
	}
}

func TestSchemaIsStable(t *testing.T) {
	if !bytes.Equal(spec.Schema(), spec.Schema()) {
		t.Error("two runs differ")
	}
}
