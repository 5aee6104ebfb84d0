package spec

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"
)

// TestValidTextHasNoMistake follows every YAML file of the examples that a parser accepts.
func TestValidTextHasNoMistake(t *testing.T) {
	read := 0
	check := func(name string, data []byte) {
		dec := yaml.NewDecoder(bytes.NewReader(data))
		for doc := (yaml.Node{}); ; {
			if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return
			}
		}
		if m, ok := findMistake(data); ok {
			t.Errorf("%s:%d:%d: %s", name, m.line+1, m.at+1, m.text)
		}
		read++
	}
	err := filepath.WalkDir("../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		switch {
		case strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".json"):
			check(path, data)
		case strings.HasSuffix(path, ".txtar"):
			for _, f := range txtar.Parse(data).Files {
				if strings.HasSuffix(f.Name, ".yaml") {
					check(path+" "+f.Name, f.Data)
				}
			}
		}
		return err
	})
	if err != nil || read < 300 {
		t.Errorf("%d files read: %v", read, err)
	}
}

// TestLayoutOfYAML has what YAML allows and a spec seldom has.
func TestLayoutOfYAML(t *testing.T) {
	for _, text := range []string{
		"a:\n- b: 1\n  c: 2\n- d: 3\ne: 4\n",
		"- - a\n  - b\n-\n  c: 1\n",
		"a: |\n  b: c\n   d\n\n  - [ x\ne: >-\n\n  '\n",
		"a: b\n  c d\n  e\nf: \"g\n  h: i\"\n",
		"a: &x\n  b: 1\nc: *x\nd: !!str 5\n<<: *x\n",
		"a: [1,\n 2, {b: c,\n  d: 'it''s'}\n]\n",
		"'a b': 1\n\"c\": {}\n? complex\n: d\n",
		"a: http://x:80/y#z # note: this\nb: c#d\n",
		"# first\n---\na: 1\n---\n- b\n...\n",
		"{\n\"a\": {\"b\":1, \"c\":[{\"d\":\"e\\\"}\"}]},\n\"f\":null}\n",
		"\ufeffa: 1\r\nb:\r\n  - c\r\n",
		"a:\n  b\nc:\n\n    d: 1\n    e: 2\n", "a: {b: 10:20, c: x:y}\n", "- a\n- b: c\n  d:\n    - e\n",
		"a: -1\nb: - \n", "a: 'x' # c\nb: [] # d\n",
	} {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil && text != "a: -1\nb: - \n" {
			t.Errorf("%q: %v", text, err)
		}
		if m, ok := findMistake([]byte(text)); ok {
			t.Errorf("%q: %d:%d %s", text, m.line, m.at, m.text)
		}
	}
}

// FuzzMistake looks for texts that panic, and for places outside of the text.
func FuzzMistake(f *testing.F) {
	archive, err := txtar.ParseFile("../testdata/mistakes.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, ok := findMistake(data)
		if !ok {
			return
		}
		lines := bytes.Split(data, []byte("\n"))
		if m.line < 0 || m.at < 0 || m.text == "" {
			t.Errorf("%+v", m)
		}
		if line, column := m.place(lines); line < 1 || column < 1 {
			t.Errorf("%d:%d", line, column)
		}
	})
}

// TestSynonymsLeadToKeys holds the keys that synonyms name to those of the format, and the ways to write them to the
// keys.
func TestSynonymsLeadToKeys(t *testing.T) {
	for _, words := range []string{
		"securityRules sourceAddressPrefix sourceAddressPrefixes destinationAddressPrefix destinationPortRange",
		"sourcePortRanges virtualNetworkPeerings remoteVirtualNetwork remoteAddressSpace delegations dhcpOptions",
		"nextHopIpAddress publicIpAddresses prefix cidrBlock bits enablePrivateCluster enableVnetIntegration",
		"apiServerAuthorizedIpRanges apiServerSubnetId privateDnsZoneId nodeProvisioningProfile ingressProfile",
		"addonProfiles upgradeSettings availabilityZones maxPodsPerNode min max managedOutboundIpCount",
		"outboundIpAddressIds outboundIpPrefixIds outboundPortsAllocated size vnetSubnetID agentPoolProfiles networkProfile",
	} {
		for word := range strings.FieldsSeq(words) {
			found := synonyms(word)
			if len(found) == 0 {
				t.Errorf("%s has no synonym", word)
			}
			for _, s := range found {
				if !someoneTakes(reflect.TypeFor[Spec](), s.key, 0) {
					t.Errorf("%s leads to %s, which nothing takes", word, s.key)
				}
			}
		}
	}
}

// someoneTakes reports whether a struct, or one inside of it, has a key.
func someoneTakes(t reflect.Type, key string, depth int) bool {
	if depth > 8 {
		return false
	}
	for _, f := range fieldsOf(t) {
		if f.key == key {
			return true
		}
		if inner := structOf(t.Field(f.index).Type); inner != nil && someoneTakes(inner, key, depth+1) {
			return true
		}
	}
	return false
}

// TestManyDocuments has files of very many documents that are no specs: each is looked at only as far as it helps.
func TestManyDocuments(t *testing.T) {
	start := time.Now()
	for text, want := range map[string]int{
		strings.Repeat("---\napiVersion: v1\nkind: Service\n", 20_000): 1,
		strings.Repeat("---\na: 1\n", 5_000):                           10_000,
	} {
		if got := len(Parse(Source{Name: "many.yaml", Data: []byte(text)}).Problems); got < 1 || got > want {
			t.Errorf("%d problems, want 1 to %d", got, want)
		}
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}
