package validate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// freeSettings are the settings that take any text, with what becomes of it.
var freeSettings = map[string]string{
	"tags":                         "a tag may contain it",
	"vnets[].tags":                 "a tag may contain it",
	"addressSpace.reserved[].name": "for people",
	"waivers[].rule":               "for people",
	"waivers[].path":               "for people",
	"waivers[].reason":             "for people",
	"waivers[].until":              "for people",
	"networkSecurityGroups[].rules[].description":      "for people",
	"networkSecurityGroups[].rules[].sources":          "in bodies only",
	"networkSecurityGroups[].rules[].destinations":     "in bodies only",
	"networkSecurityGroups[].rules[].sourcePorts":      "in bodies only",
	"networkSecurityGroups[].rules[].destinationPorts": "in bodies only",
	"vnets[].subnets[].delegation":                     "in bodies only",
	"vnets[].subnets[].serviceEndpoints":               "in bodies only",
}

// TestEveryTextIsChecked puts a text that makes another id, URL or script of a name into every setting that takes a
// text, and waives every rule. A new setting fails it until it is checked or listed.
func TestEveryTextIsChecked(t *testing.T) {
	var settings []string
	for _, key := range spec.Keys() {
		checked := false
		for _, hostile := range []string{"a/b", "@a", "a\x00b", "/subscriptions/../b"} {
			if source, ok := withText(key, hostile); ok {
				checked = true
				_, r := check(t, source, validate.Options{KeepErrors: true, Skip: []string{"NAME"}})
				stopped := slices.ContainsFunc(r.Findings, func(f validate.Finding) bool { return f.Rule == "NAME021" })
				if _, free := freeSettings[key]; !stopped && !free {
					t.Errorf("%s takes %q when every rule is waived: %v", key, hostile, r.Findings)
				}
			}
		}
		if checked {
			settings = append(settings, key)
		}
	}
	for key := range freeSettings {
		if !slices.Contains(settings, key) {
			t.Errorf("%s takes no text", key)
		}
	}
	if len(settings) < 50 {
		t.Errorf("only %d settings take a text: %v", len(settings), settings)
	}
}

// withText returns a spec with a text at a key, alone, in a list or in a map, and a waiver of every rule. It reports
// whether the key takes the text.
func withText(key, text string) (source string, ok bool) {
	for _, value := range []any{text, []string{text}, map[string]string{"a": text}} {
		v := value
		for _, part := range slices.Backward(strings.Split(key, ".")) {
			name, list := strings.CutSuffix(part, "[]")
			if list {
				v = []any{v}
			}
			v = map[string]any{name: v}
		}
		doc := v.(map[string]any)
		doc["apiVersion"] = "aksnet/v1"
		if doc["waivers"] == nil {
			var waivers []map[string]string
			for _, r := range validate.Rules() {
				waivers = append(waivers, map[string]string{"rule": r.ID, "reason": "known"})
			}
			doc["waivers"] = waivers
		}
		data, err := json.Marshal(doc)
		if err != nil {
			return "", false
		}
		spec.Parse(spec.Source{Data: data}).EachText(func(at spec.Text) {
			ok = ok || at.Value == text && at.Setting() == key
		})
		if ok {
			return string(data), true
		}
	}
	return "", false
}

func TestHiddenTags(t *testing.T) {
	for tags, want := range map[string]bool{
		`{team: "a/b?#%"}`: false, `{team: "two\nlines"}`: false, `{team: "nul\0"}`: true, `{"te\u200Bam": a}`: true,
	} {
		_, r := check(t, "apiVersion: aksnet/v1\nvnets: [{name: net}]\ntags: "+tags+"\n", validate.Options{})
		found := slices.ContainsFunc(r.Findings, func(f validate.Finding) bool { return f.Rule == "NAME021" })
		if found != want {
			t.Errorf("%s: %v, want a finding: %v", tags, r.Findings, want)
		}
	}
}

func TestUnsafeNames(t *testing.T) {
	for _, name := range []string{
		"a/../b", "a%2fb", "a\u202eb", `a\b`, "a?b", "a#b", "..", ".", "@a", "-a", "a\x00b", "a\nb", "a\u200bb",
		"a\u00adb", "a\u2028b", "/a//b", "a=@b", "{subscriptionId}", `a","b":"c`,
	} {
		source, _ := withText("vnets[].name", name)
		_, r := check(t, source, validate.Options{})
		if !slices.ContainsFunc(r.Findings, func(f validate.Finding) bool { return f.Rule == "NAME021" }) {
			t.Errorf("a network may be called %q: %v", name, r.Findings)
		}
	}
}
