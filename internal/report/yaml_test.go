package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/plan"
)

// FuzzYAML checks that YAML and JSON have the same content for any names.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{
		"shop", "yes", "NO", "0x1f", "1e3", "~", "null", "12:30:00", "a: b", "- x", "#", "\n", " x ", "é", "<&>", "!!int 3",
		"2026-11-22", ".inf", "'", `"`, "%", "@", "`",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		p := &plan.Plan{
			VNets: []*plan.VNet{{Name: name, Peerings: []string{name, ""}}}, Clusters: []*plan.Cluster{},
			Unplaced: []plan.Unplaced{},
		}
		var asJSON, asYAML bytes.Buffer
		if err := Plan(p, nil, nil).JSON(&asJSON); err != nil {
			t.Fatal(err)
		}
		if err := Plan(p, nil, nil).YAML(&asYAML); err != nil {
			t.Fatal(err)
		}
		var want, got any
		if err := json.Unmarshal(asJSON.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(asYAML.Bytes(), &got); err != nil {
			t.Fatalf("%s\n%s", err, asYAML.String())
		}
		back, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		var again any
		if err := json.Unmarshal(back, &again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, again); diff != "" {
			t.Errorf("%s\n%s", diff, asYAML.String())
		}
	})
}

func TestYAMLQuotesOldBooleans(t *testing.T) {
	var out bytes.Buffer
	if err := Plan(&plan.Plan{VNets: []*plan.VNet{{Name: "no", Location: "on"}}}, nil, nil).YAML(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`name: "no"`, `location: "on"`} {
		if !bytes.Contains(out.Bytes(), []byte(want)) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

type yamlTree struct {
	Name     string     `json:"name"`
	Empty    []yamlTree `json:"empty"`
	Children []yamlTree `json:"children,omitempty"`
	Words    []string   `json:"words,omitempty"`
	Last     *yamlTree  `json:"last"`
}

// TestYAMLParts writes large elements, which are divided, as the library writes them as a whole.
func TestYAMLParts(t *testing.T) {
	words := slices.Repeat([]string{"- a", "b-c: -"}, largeElement/10)
	small := yamlTree{Name: "- small", Words: []string{"x"}}
	large := yamlTree{Name: "large - one", Words: words, Last: &small}
	deep := yamlTree{Children: append(slices.Repeat([]yamlTree{small}, largeElement/40), large, small, large)}
	v := &yamlTree{Children: []yamlTree{large, small, deep, {Children: slices.Repeat([]yamlTree{deep}, 3)}}, Words: words}
	whole, err := nodeOf(v)
	if err != nil {
		t.Fatal(err)
	}
	want, err := encodeYAML(whole)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := writeYAML(&got, v); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
	most := 0
	for part := range yamlParts(v) {
		text, _ := encodeYAML(part.node)
		most = max(most, len(text))
	}
	if most > 2*largeElement {
		t.Errorf("a part has %d bytes", most)
	}
}
