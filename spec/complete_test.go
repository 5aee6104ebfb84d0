package spec_test

import (
	"strings"
	"testing"

	"github.com/aksnet/aksnet/spec"
)

const completedSpec = `apiVersion: aksnet/v1
vnets:
  - {name: hub, addressPrefixes: [10.0.0.0/20], subnets: [{name: a, prefixLength: 26}], peerings: [{vnet: spoke}]}
clusters:
  - {name: shop, nodePools: [{name: system, count: 3}, {name: apps, count: 3}]}
  - {name: bank, nodePools: [{name: system, count: 3}]}
`

func parsed() *spec.Spec {
	return spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(completedSpec)})
}

// TestCompletionsAreEdits follows every continuation to its end: each edit that results is one that --set accepts, and
// every key of a spec is reached.
func TestCompletionsAreEdits(t *testing.T) {
	s := parsed()
	reached := map[string]bool{}
	edits := 0
	var follow func(typed string)
	follow = func(typed string) {
		for _, c := range s.Complete(typed) {
			if !strings.HasPrefix(c.Text, typed) {
				t.Errorf("%q does not continue %q", c.Text, typed)
			}
			path, value, edit := strings.Cut(c.Text, "=")
			if !edit {
				follow(c.Text)
				continue
			}
			if value == "" {
				reached[withoutIndexes(path)] = true
				follow(c.Text)
				value = "null"
			}
			edits++
			sources := spec.Source{Name: "a.yaml", Data: []byte(completedSpec)}
			if _, err := spec.ParseWith([]spec.Edit{{Path: path, Value: value}}, sources); err != nil {
				t.Errorf("%s=%s: %v", path, value, err)
			}
		}
	}
	follow("")
	for _, key := range spec.Keys() {
		if key != "apiVersion" && !reached[key] && !strings.HasSuffix(key, "tags") {
			t.Errorf("%s is not reached", key)
		}
	}
	if edits < 300 {
		t.Errorf("only %d edits", edits)
	}
}

func withoutIndexes(path string) string {
	var b strings.Builder
	inside := false
	for _, r := range path {
		inside = r != ']' && (inside || r == '[')
		if !inside || r == '[' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestComplete(t *testing.T) {
	for typed, want := range map[string]string{
		"clusters[": "clusters[0].|clusters[1].|clusters[2].",
		"clusters[shop].nodePools[": "clusters[shop].nodePools[0].|clusters[shop].nodePools[1].|" +
			"clusters[shop].nodePools[2].",
		"clusters[1].nodePools[":      "clusters[1].nodePools[0].|clusters[1].nodePools[1].",
		"clusters[0].privateCluster=": "clusters[0].privateCluster=true|clusters[0].privateCluster=false",
		"clusters[0].nodePools[0].osType=": "clusters[0].nodePools[0].osType=Linux|" +
			"clusters[0].nodePools[0].osType=Windows",
		"clusters[0].ipFamilies=":     "clusters[0].ipFamilies=[IPv4]|clusters[0].ipFamilies=[IPv6]",
		"clusters[nobody].nodePools[": "clusters[nobody].nodePools[0].",
		"clusters[0].name=":           "",
		"clusters.":                   "",
		"nothing.":                    "",
		"location[":                   "",
		"location.":                   "",
		"[":                           "",
		"]":                           "",
		"=":                           "",
		"clusters[0].[":               "",
	} {
		var got []string
		for _, c := range parsed().Complete(typed) {
			got = append(got, c.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %v, want %s", typed, got, want)
		}
	}
}

func FuzzComplete(f *testing.F) {
	for _, typed := range []string{
		"", "clusters[0].", "clusters[shop].nodePools[", "a=", "[[]]..", "vnets[0].peerings[0].vnet=",
	} {
		f.Add(typed)
	}
	s, none := parsed(), spec.Parse()
	f.Fuzz(func(_ *testing.T, typed string) {
		s.Complete(typed)
		none.Complete(typed)
	})
}
