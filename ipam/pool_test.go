package ipam

import (
	"errors"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go4.org/netipx"
)

var comparePrefix = cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })

func mustPool(t testing.TB, prefixes ...string) *Pool {
	t.Helper()
	p, err := NewPool(parse(prefixes...)...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parse(list ...string) []netip.Prefix {
	var ps []netip.Prefix
	for _, s := range list {
		ps = append(ps, netip.MustParsePrefix(s))
	}
	return ps
}

func wantPrefixes(t testing.TB, what string, got []netip.Prefix, want ...string) {
	t.Helper()
	if d := cmp.Diff(parse(want...), got, comparePrefix); d != "" {
		t.Errorf("%s: -want +got\n%s", what, d)
	}
}

func TestPoolStrategies(t *testing.T) {
	cases := []struct {
		name     string
		pool     []string
		reserved []string
		strategy Strategy
		lengths  []int
		want     []string
	}{
		{"best fit takes the smallest hole", []string{"10.0.0.0/24"}, []string{"10.0.0.128/26"},
			BestFit, []int{27, 26}, []string{"10.0.0.192/27", "10.0.0.0/26"}},
		{"best fit looks at every prefix", []string{"10.0.0.0/16", "192.168.0.0/28"}, nil,
			BestFit, []int{29, 24}, []string{"192.168.0.0/29", "10.0.0.0/24"}},
		{"first fit takes the lowest", []string{"10.0.0.0/24"}, []string{"10.0.0.128/26"},
			FirstFit, []int{27, 26}, []string{"10.0.0.0/27", "10.0.0.64/26"}},
		{"last fit takes the highest", []string{"10.0.0.0/24"}, []string{"10.0.0.192/26"},
			LastFit, []int{27, 26}, []string{"10.0.0.160/27", "10.0.0.64/26"}},
		{"sparse halves what is left", []string{"10.0.0.0/24"}, nil,
			Sparse, []int{28, 28, 28, 28, 28},
			[]string{"10.0.0.0/28", "10.0.0.128/28", "10.0.0.64/28", "10.0.0.192/28", "10.0.0.32/28"}},
		{"the whole of IPv4", []string{"0.0.0.0/0"}, nil, BestFit, []int{0}, []string{"0.0.0.0/0"}},
		{"half of IPv4 is no whole", []string{"0.0.0.0/1"}, nil, BestFit, []int{1}, []string{"0.0.0.0/1"}},
		{
			"the whole of IPv6 by ones", []string{"::/0"}, nil, BestFit, []int{128, 128, 1},
			[]string{"::/128", "::1/128", "8000::/1"},
		},
		{
			"the end of IPv6", []string{"::/0"}, nil, LastFit, []int{128},
			[]string{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := mustPool(t, c.pool...)
			for _, r := range parse(c.reserved...) {
				p.Reserve(r)
			}
			var got []netip.Prefix
			for _, length := range c.lengths {
				pfx, ok := p.AllocateWith(length, c.strategy)
				if !ok {
					t.Fatalf("no /%d; free: %v", length, p.Free())
				}
				got = append(got, pfx)
			}
			wantPrefixes(t, "allocated", got, c.want...)
			checkTree(t, &p.free)
		})
	}
}

func TestPoolRefuses(t *testing.T) {
	var zero Pool
	if _, ok := zero.Allocate(32); ok {
		t.Error("the zero pool gave a prefix")
	}
	if bits, ok := zero.Largest(); ok {
		t.Errorf("the zero pool has a largest block: %d", bits)
	}
	p := mustPool(t, "0.0.0.0/1")
	for _, length := range []int{-1, 0, 33, 200} {
		if pfx, ok := p.Allocate(length); ok {
			t.Errorf("Allocate(%d) = %s", length, pfx)
		}
	}
	wantPrefixes(t, "untouched by refused requests", p.Free(), "0.0.0.0/1")
	for _, outside := range []netip.Prefix{netip.MustParsePrefix("::/1"), {}, netip.MustParsePrefix("128.0.0.0/1")} {
		if p.IsFree(outside) {
			t.Errorf("%s is free in a pool that does not contain it", outside)
		}
	}
	if _, err := NewPool(parse("10.0.0.0/8", "fd00::/8")...); err == nil {
		t.Error("a pool of both families")
	}
	if _, err := NewPool(netip.Prefix{}); err == nil {
		t.Error("a pool of an invalid prefix")
	}
}

func TestPoolReserve(t *testing.T) {
	p := mustPool(t, "10.0.0.0/24", "10.0.1.0/24", "10.0.4.0/24")
	wantPrefixes(t, "adjacent prefixes merge", p.Free(), "10.0.0.0/23", "10.0.4.0/24")
	p.Reserve(netip.MustParsePrefix("172.16.0.0/12"))
	p.Reserve(netip.MustParsePrefix("fd00::/8"))
	p.Reserve(netip.Prefix{})
	wantPrefixes(t, "outside is ignored", p.Free(), "10.0.0.0/23", "10.0.4.0/24")
	for _, pfx := range netipx.MustParseIPRange("10.0.1.64-10.0.4.127").Prefixes() {
		p.Reserve(pfx)
	}
	wantPrefixes(t, "a range over the gap", p.Free(), "10.0.0.0/24", "10.0.1.0/26", "10.0.4.128/25")
	p.Reserve(netip.MustParsePrefix("10.0.0.0/8"))
	wantPrefixes(t, "a cover of all", p.Free())
}

func TestPoolRelease(t *testing.T) {
	p := mustPool(t, "10.0.0.0/24", "10.0.1.0/25")
	a := allocateN(t, p, 26, 4)
	for _, pfx := range []string{"10.0.0.0/24", "10.0.0.128/25", "10.0.0.0/23", "10.9.0.0/24", "fd00::/64"} {
		if err := p.Release(netip.MustParsePrefix(pfx)); !errors.Is(err, ErrNotInUse) {
			t.Errorf("Release(%s) = %v, want ErrNotInUse", pfx, err)
		}
	}
	for _, pfx := range a {
		if err := p.Release(pfx); err != nil {
			t.Error(err)
		}
		if err := p.Release(pfx); !errors.Is(err, ErrNotInUse) {
			t.Errorf("second Release(%s) = %v, want ErrNotInUse", pfx, err)
		}
	}
	wantPrefixes(t, "all back", p.Free(), "10.0.0.0/24", "10.0.1.0/25")
}

// TestPoolLarge drives a pool through enough blocks for several levels of the tree, both families,
// and compares it with netipx at the end of each phase.
func TestPoolLarge(t *testing.T) {
	for _, c := range []struct {
		pool   string
		length int
	}{{"10.0.0.0/15", 32}, {"fd00::/111", 128}, {"fd00::/47", 64}} {
		t.Run(c.pool, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			p := mustPool(t, c.pool)
			all := allocateN(t, p, c.length, 1<<17)
			if len(p.Free()) != 0 {
				t.Fatalf("could not fill %s: %v", c.pool, p.Free())
			}
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for phase := range 4 {
				for _, pfx := range all[phase<<15 : (phase+1)<<15] {
					if err := p.Release(pfx); err != nil {
						t.Fatal(err)
					}
				}
				checkTree(t, &p.free)
				wantSame(t, p.Free(), all[:(phase+1)<<15])
			}
			wantPrefixes(t, "all back", p.Free(), c.pool)
			for _, pfx := range all {
				if !take(p, pfx) {
					t.Fatalf("%s is not free", pfx)
				}
			}
			if p.free.root != nil {
				t.Errorf("left over: %v", p.Free())
			}
		})
	}
}

func wantSame(t *testing.T, got, want []netip.Prefix) {
	t.Helper()
	var b netipx.IPSetBuilder
	for _, pfx := range want {
		b.AddPrefix(pfx)
	}
	set, err := b.IPSet()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(set.Prefixes(), got) {
		t.Fatalf("free blocks differ from netipx: %d against %d", len(got), len(set.Prefixes()))
	}
}

// checkTree looks at everything the tree promises itself.
func checkTree(t interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}, tr *tree) {
	t.Helper()
	if tr.root == nil {
		return
	}
	depth := -1
	var walk func(n *node, level int)
	walk = func(n *node, level int) {
		if n.size() == 0 || n.size() > n.limit() || n.addrs.len() != n.size() || n.addrs.is6 != tr.is6 {
			t.Fatalf("a node of %d", n.size())
		}
		var have sizes
		if n.kids == nil {
			if depth >= 0 && depth != level {
				t.Fatalf("leaves at depth %d and %d", depth, level)
			}
			depth = level
			for _, length := range n.bits {
				have.add(length)
			}
		}
		with := newKidsWith(tr.is6)
		for i, kid := range n.kids {
			walk(kid, level+1)
			if n.addrs.at(i) != kid.addrs.at(0) {
				t.Fatalf("kid %d starts at %v, its node at %v", i, n.addrs.at(i), kid.addrs.at(0))
			}
			for c := range kid.sizes.classes() {
				with[c] |= 1 << i
				have.put(c, true)
			}
		}
		if have != n.sizes || n.kids != nil && !slices.Equal(with, n.with) {
			t.Fatalf("a node knows the wrong sizes: %v, %v", n.sizes, n.with)
		}
	}
	walk(tr.root, 0)
	blocks := tr.blocks()
	for i := 1; i < len(blocks); i++ {
		if !blocks[i-1].last().Less(blocks[i].addr) {
			t.Fatalf("out of order: %v %v", blocks[i-1], blocks[i])
		}
		if blocks[i].bits > 0 && blocks[i-1] == blocks[i].buddy() {
			t.Fatalf("two free halves left apart: %v %v", blocks[i-1], blocks[i])
		}
	}
}

func TestPoolWithout(t *testing.T) {
	used := SetOf(parse("10.0.0.0/25", "10.0.0.192/26", "172.16.0.0/12", "fd00::/8")...)
	p, err := PoolWithout(SetOf(parse("10.0.0.0/24", "192.168.0.0/30")...), used)
	if err != nil {
		t.Fatal(err)
	}
	wantPrefixes(t, "free", p.Free(), "10.0.0.128/26", "192.168.0.0/30")
	if err := p.Release(netip.MustParsePrefix("10.0.0.0/25")); err != nil {
		t.Error(err)
	}
	wantPrefixes(t, "after a release", p.Free(), "10.0.0.0/25", "10.0.0.128/26", "192.168.0.0/30")
	if _, err := PoolWithout(SetOf(parse("10.0.0.0/8", "fd00::/8")...), used); err == nil {
		t.Error("a pool of both families")
	}
	all := randomPrefixes(20_000)
	p, err = PoolWithout(SetOf(netip.MustParsePrefix("0.0.0.0/0")), SetOf(all...))
	if err != nil {
		t.Fatal(err)
	}
	checkTree(t, &p.free)
	slow := mustPool(t, "0.0.0.0/0")
	for _, pfx := range all {
		slow.Reserve(pfx)
	}
	checkTree(t, &slow.free)
	if d := cmp.Diff(slow.Free(), p.Free(), comparePrefix); d != "" {
		t.Error(d)
	}
}
