package ipam

import (
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestNest(t *testing.T) {
	var nest Nest
	err := ReadList(strings.NewReader("10.0.0.0/22 # hub\n10.0.0.64/26\n10.0.0.0/24 # web\n10.0.0.0/24 # again\n"+
		"192.168.0.1\nfd00::/64\na00::/22\n"), "list", nest.Add)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"10.0.0.0/22 1 hub",
		" 10.0.0.0/24 2 web,again",
		"  10.0.0.0/26 free", "  10.0.0.64/26 1 ", "  10.0.0.128/25 free",
		" 10.0.1.0/24 free", " 10.0.2.0/23 free",
		"192.168.0.1/32 1 ",
		"a00::/22 1 ", // in key form the same as 10.0.0.0/22
		"fd00::/64 1 ",
	}
	var got []string
	var walk func(nodes iter.Seq[Nested], indent string)
	walk = func(nodes iter.Seq[Nested], indent string) {
		for n := range nodes {
			note := "free"
			if !n.Free() {
				note = fmt.Sprintf("%d %s", n.Times(), strings.Join(n.Labels(), ","))
			}
			got = append(got, fmt.Sprintf("%s%s %s", indent, n.Prefix(), note))
			walk(n.Inside(), indent+" ")
		}
	}
	walk(nest.Roots(), "")
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestNestCovers checks that the parts of every prefix cover it exactly, and that no entry is lost.
func TestNestCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var nest Nest
		var all []netip.Prefix
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			length := rapid.IntRange(24, 32).Draw(t, "length")
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, rapid.Byte().Draw(t, "host")}), length).Masked()
			nest.Add(ItemOf(p))
			all = append(all, p)
		}
		named := []netip.Prefix{}
		var walk func(n Nested)
		walk = func(n Nested) {
			var inside []netip.Prefix
			for c := range n.Inside() {
				inside = append(inside, c.Prefix())
				walk(c)
			}
			if len(inside) > 0 &&
				(!slices.Equal(Merge(inside), []netip.Prefix{n.Prefix()}) || len(overlapPairs(inside)) > 0) {
				t.Fatalf("%s is made of %v", n.Prefix(), inside)
			}
			for range n.Times() {
				named = append(named, n.Prefix())
			}
		}
		for n := range nest.Roots() {
			walk(n)
		}
		slices.SortFunc(all, netip.Prefix.Compare)
		slices.SortFunc(named, netip.Prefix.Compare)
		if !slices.Equal(all, named) {
			t.Fatalf("named %v, want %v", named, all)
		}
	})
}

func TestReverseZones(t *testing.T) {
	for pfx, want := range map[string][]string{
		"10.0.0.0/8":      {"10.in-addr.arpa"},
		"10.1.2.0/23":     {"2.1.10.in-addr.arpa", "3.1.10.in-addr.arpa"},
		"10.1.2.3/32":     {"3.2.1.10.in-addr.arpa"},
		"10.1.2.64/26":    {"64/26.2.1.10.in-addr.arpa"},
		"0.0.0.0/0":       {"in-addr.arpa"},
		"2001:db8::/32":   {"8.b.d.0.1.0.0.2.ip6.arpa"},
		"2001:db8::/31":   {"8.b.d.0.1.0.0.2.ip6.arpa", "9.b.d.0.1.0.0.2.ip6.arpa"},
		"fd00::/15":       {"0.0.d.f.ip6.arpa", "1.0.d.f.ip6.arpa"},
		"192.168.77.9/24": {"77.168.192.in-addr.arpa"},
	} {
		got := ReverseZones(netip.MustParsePrefix(pfx))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", pfx, d)
		}
	}
}

func TestScopeOf(t *testing.T) {
	for pfx, want := range map[string]string{
		"10.1.0.0/16": "private", "172.31.0.0/16": "private", "172.32.0.0/16": "public",
		"100.64.0.0/10": "carrier-grade NAT",
		"8.8.8.8/32":    "public", "0.0.0.0/0": "mixed", "10.0.0.0/7": "mixed", "fd12::/48": "unique local",
		"2001:db8::1/128": "documentation",
		"2a00::/16":       "global unicast", "4000::/4": "unassigned", "255.255.255.255/32": "limited broadcast",
		"::/0": "mixed",
	} {
		if got, _ := ScopeOf(netip.MustParsePrefix(pfx)); got.Name != want {
			t.Errorf("%s is %s, want %s", pfx, got.Name, want)
		}
	}
	if _, inside := ScopeOf(netip.MustParsePrefix("192.0.0.0/16")); len(inside) != 2 {
		t.Errorf("inside 192.0.0.0/16: %v", inside)
	}
}
