package ledger

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// text returns the ledger as YAML.
func text(t interface{ Fatal(...any) }, l *Ledger) string {
	var b bytes.Buffer
	if _, err := l.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// anyEntry draws an entry of any kind with texts that a file, a name or a person might bring.
func anyEntry() *rapid.Generator[Entry] {
	return rapid.Custom(func(t *rapid.T) Entry {
		name := rapid.OneOf(
			rapid.StringMatching(`[a-zA-Z0-9._-]{1,12}`),
			rapid.String(),
			rapid.SampledFrom(
				[]string{"no", "null", "1e3", "a: b", "#c", "-", "12", "2026-01-01", "x:", "~", "'", `"`, "\u202e"},
			),
		)
		e := Entry{
			AddressPrefix: anyPrefix().Draw(t, "addressPrefix"),
			Kind:          rapid.SampledFrom(Kinds()).Draw(t, "kind"),
			Owner:         name.Draw(t, "owner"),
			State:         rapid.SampledFrom(States()).Draw(t, "state"),
			Spec:          name.Draw(t, "spec"),
		}
		switch e.Kind {
		case Subnet:
			e.VNet = name.Draw(t, "vnet")
			fallthrough
		case VNet, Static:
			e.Name = name.Draw(t, "name")
		default:
			e.Cluster = name.Draw(t, "cluster")
		}
		if rapid.Bool().Draw(t, "dated") {
			e.Since = time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "since"), 0).UTC()
			e.Until = e.Since.AddDate(0, 0, 3)
		}
		return e
	})
}

func anyPrefix() *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		if rapid.IntRange(0, 9).Draw(t, "family") == 0 {
			var a [16]byte
			copy(a[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "addr6"))
			if p := netip.PrefixFrom(netip.AddrFrom16(a), rapid.IntRange(0, 128).Draw(t, "bits6")).Masked(); !p.Addr().
				Is4In6() {
				return p
			}
		}
		var a [4]byte
		copy(a[:], rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "addr"))
		return netip.PrefixFrom(netip.AddrFrom4(a), rapid.IntRange(0, 32).Draw(t, "bits")).Masked()
	})
}

// wellFormed reports whether the texts of an entry are UTF-8 and there at all: the reader asks for them.
func wellFormed(e Entry) bool {
	for _, s := range []string{e.Name, e.VNet, e.Cluster, e.Owner, e.Spec} {
		if strings.ToValidUTF8(s, "") != s {
			return false
		}
	}
	switch e.Kind {
	case Subnet:
		return e.Name != "" && e.VNet != ""
	case VNet, Static:
		return e.Name != ""
	}
	return e.Cluster != ""
}

// facts returns what of a ledger must survive being written.
func facts(l *Ledger) (out []string) {
	for _, e := range l.Entries() {
		out = append(out, fmt.Sprintf("%+v %q %q %q", *e.plain(), e.more, e.above, e.comment))
	}
	return out
}

// plain returns the entry without where it stood.
func (e *Entry) plain() *Entry {
	c := *e
	c.line, c.columns, c.more, c.above, c.comment = 0, nil, nil, "", ""
	return &c
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for _, e := range rapid.SliceOfN(anyEntry().Filter(wellFormed), 0, 8).Draw(t, "entries") {
			l.add(&e)
		}
		written := text(t, l)
		again, problems := Parse("aksnet.lock", []byte(written))
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, written)
		}
		if diff := cmp.Diff(facts(l), facts(again)); diff != "" {
			t.Fatalf("%s\n%s", diff, written)
		}
		if text(t, again) != written {
			t.Fatal("written again, it differs")
		}
		slow := reader{name: "aksnet.lock", ledger: &Ledger{}}
		slow.yaml([]byte(written))
		if diff := cmp.Diff(facts(l), facts(slow.ledger)); diff != "" {
			t.Fatalf("read as YAML: %s\n%s", diff, written)
		}
		var any struct{ Entries []map[string]any }
		if err := yaml.Unmarshal([]byte(written), &any); err != nil || len(any.Entries) != len(l.Entries()) {
			t.Fatalf("not the YAML that others read: %v", err)
		}
	})
}

func TestWhatAnEditorLeavesIsKept(t *testing.T) {
	const mine = `# Ours. Ask net-team before you touch it.

apiVersion: aksnet/v1
kind: Ledger
version: 1
contact: net-team@example.org
entries:
  # The hub has been here since 2019.
  - {addressPrefix: 10.0.0.0/22, kind: vnet, name: hub, owner: net-team, state: committed, ticket: NET-1} # ask first
  - addressPrefix: 10.0.4.0/24
    kind: static # printers
    name: printers
    floor: {number: 3, rooms: [a, b]}
# the end
`
	l, problems := Parse("aksnet.lock", []byte(mine))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := text(t, l)
	for _, want := range []string{
		"# Ours. Ask net-team before you touch it.", "contact: \"net-team@example.org\"\n", "# The hub has been " +
			"here since 2019.\n",
		`ticket: "NET-1"} # ask first`, "state: committed, floor: {\"number\": 3, \"rooms\": [\"a\", " +
			"\"b\"]}", "# printers", "# the end\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lost %q in\n%s", want, got)
		}
	}
	again, problems := Parse("aksnet.lock", []byte(got))
	if len(problems) > 0 || text(t, again) != got {
		t.Errorf("reading it again changed it: %v\n%s", problems, text(t, again))
	}
}

func TestProblemsHavePositions(t *testing.T) {
	const head = "apiVersion: aksnet/v1\nkind: Ledger\nversion: 1\nentries:\n"
	for _, c := range []struct{ name, text, want string }{
		{"host bits", head + "  - {addressPrefix: 10.0.0.1/24, kind: static, name: a}\n",
			"aksnet.lock:5:21: LEDGER003: 10.0.0.1/24 has bits set beyond its length: the prefix is 10.0.0.0/24"},
		{"no prefix", head + "  - {addressPrefix: 10.0.0/24, kind: static, name: a}\n",
			`aksnet.lock:5:21: LEDGER001: "10.0.0/24" is not a prefix: expected one such as 10.40.0.0/22`},
		{"kind", head + "  - {addressPrefix: 10.0.0.0/24, kind: vnets, name: a}\n",
			`aksnet.lock:5:40: LEDGER001: "vnets" is not a kind: expected vnet, subnet, podCidr, serviceCidr or static`},
		{"state", head + "  - {addressPrefix: 10.0.0.0/24, kind: static, name: a, state: taken}\n",
			`aksnet.lock:5:64: LEDGER001: "taken" is not a state: expected reserved or committed`},
		{"time", head + "  - {addressPrefix: 10.0.0.0/24, kind: static, name: a, until: tomorrow}\n",
			`aksnet.lock:5:64: LEDGER001: "tomorrow" is not a time: expected one such as 2026-11-29T12:00:00Z`},
		{"missing", head + "  - {addressPrefix: 10.0.0.0/24, kind: subnet, name: a}\n",
			"aksnet.lock:5:6: LEDGER001: this entry has no vnet"},
		{"twice", head + "  - {addressPrefix: 10.0.0.0/24, kind: static, name: a, name: b}\n",
			"aksnet.lock:5:57: LEDGER001: name stands twice in this entry"},
		{"block style", head + "  - addressPrefix: 10.0.0.0/33\n    kind: static\n    name: a\n",
			`aksnet.lock:5:20: LEDGER001: "10.0.0.0/33" is not a prefix: expected one such as 10.40.0.0/22`},
		{"newer", "apiVersion: aksnet/v1\nkind: Ledger\nversion: 2\nentries: []\n",
			"aksnet.lock:3:10: LEDGER002: the ledger has version 2 of the format, and this aksnet reads up to " +
				"1: use a newer aksnet"},
		{"npm", "{\"name\": \"web\", \"lockfileVersion\": 3}\n",
			"aksnet.lock:1:1: LEDGER001: this is not a ledger of aksnet: a ledger has kind: Ledger"},
		{"terraform", "provider \"registry.terraform.io/azure/azapi\" {\n  version = \"2.0.0\"\n}\n",
			"aksnet.lock:1:1: LEDGER001: this is not a ledger of aksnet: a ledger has kind: Ledger"},
		{"a list", "- a\n", "aksnet.lock:1:1: LEDGER001: this is not a ledger of aksnet: a ledger has kind: Ledger"},
		{"binary", "\x00\x01", "aksnet.lock:1:1: LEDGER001: this is not a ledger of aksnet: control characters " +
			"are not allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := Parse("aksnet.lock", []byte(c.text))
			if len(problems) != 1 {
				t.Fatalf("got %d problems: %v", len(problems), problems)
			}
			p := problems[0]
			if got := fmt.Sprintf("%s: %s: %s", p.Position, p.Rule, p.Message); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(
		[]byte(
			"apiVersion: aksnet/v1\nkind: Ledger\nversion: 1\nentries:\n  - {addressPrefix: 10.0.0.0/24, kind: " +
				"static, name: a} # b\n",
		),
	)
	f.Add(
		[]byte(
			"kind: Ledger\nentries:\n- addressPrefix: fd00::/48\n  kind: vnet\n  name: \"a\\u0023\"\n  x: [1, " +
				"{y: z}]\n",
		),
	)
	f.Add([]byte("{\"kind\": \"Ledger\", \"entries\": []}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, problems := Parse("f", data)
		if len(problems) > 0 {
			return
		}
		written := text(t, l)
		again, problems := Parse("f", []byte(written))
		if len(problems) > 0 {
			t.Fatalf("%v in\n%s", problems, written)
		}
		if diff := cmp.Diff(facts(l), facts(again)); diff != "" {
			t.Fatalf("%s\n%s", diff, written)
		}
	})
}
