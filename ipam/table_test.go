package ipam

import (
	"net/netip"
	"testing"

	"github.com/gaissmai/bart"
	"pgregory.net/rapid"
)

// TestTable asks for the narrowest prefix around others in tables that are full of nested ones, and wants bart's
// answer, which an ordinary loop over all prefixes confirms.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := func(name string) netip.Prefix {
			low := rapid.Byte().Draw(t, name)
			if rapid.Bool().Draw(t, name+" is IPv6") {
				a := netip.AddrFrom16([16]byte{0: 10, 15: low})
				return netip.PrefixFrom(a, rapid.SampledFrom([]int{0, 1, 6, 120, 122, 125, 127, 128}).Draw(t,
					name+" length")).Masked()
			}
			return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, low}),
				rapid.IntRange(0, 32).Draw(t, name+" length")).Masked()
		}
		var table Table
		var theirs bart.Lite
		var all []netip.Prefix
		for range rapid.IntRange(0, 40).Draw(t, "entries") {
			p := prefix("entry")
			table.Add(p)
			theirs.Insert(p)
			all = append(all, p)
		}
		for range 20 {
			p := prefix("asked")
			got, ok := table.Narrowest(p)
			if want, wantOK := theirs.LookupPrefixLPM(p); got != want || ok != wantOK {
				t.Fatalf("narrowest around %s in %s: %s %v, bart says %s %v", p, all, got, ok, want, wantOK)
			}
			if want := narrowestOf(all, p); got != want {
				t.Fatalf("narrowest around %s in %s: %s, wanted %s", p, all, got, want)
			}
		}
	})
}

func narrowestOf(all []netip.Prefix, p netip.Prefix) netip.Prefix {
	var best netip.Prefix
	for _, q := range all {
		if q.Bits() <= p.Bits() && q.Contains(p.Addr()) && (!best.IsValid() || q.Bits() > best.Bits()) {
			best = q
		}
	}
	return best
}

func TestTableEdges(t *testing.T) {
	var table Table
	if p, ok := table.Narrowest(netip.MustParsePrefix("10.0.0.0/8")); ok {
		t.Errorf("an empty table found %s", p)
	}
	table.Add(netip.Prefix{})
	table.Add(netip.MustParsePrefix("10.9.9.9/8")) // with host bits
	if p, ok := table.Narrowest(netip.Prefix{}); ok {
		t.Errorf("around an invalid prefix lies %s", p)
	}
	if p, ok := table.Narrowest(netip.MustParsePrefix("a00::/8")); ok { // in key form the same as 10.0.0.0/8
		t.Errorf("around an IPv6 prefix lies %s", p)
	}
	if p, _ := table.Narrowest(netip.MustParsePrefix("10.1.2.3/24")); p != netip.MustParsePrefix("10.0.0.0/8") {
		t.Errorf("around 10.1.2.0/24 lies %s", p)
	}
	table.Add(netip.MustParsePrefix("10.1.0.0/16"))
	if p, _ := table.Narrowest(netip.MustParsePrefix("10.1.2.3/24")); p != netip.MustParsePrefix("10.1.0.0/16") {
		t.Errorf("around 10.1.2.0/24 lies %s once 10.1.0.0/16 is added", p)
	}
}
