package ipam

import (
	"net/netip"
	"slices"
	"testing"

	"go4.org/netipx"
	"pgregory.net/rapid"
)

// twin is the pool done by brute force: one flag for each of 64 addresses, in a base of either family.
type twin struct {
	base  netip.Addr
	width int
	inUse [64]bool // outside the pool counts as in use
	mine  [64]bool
}

func (w *twin) prefix(at, length int) netip.Prefix {
	a := w.base
	for range at {
		a = a.Next()
	}
	return netip.PrefixFrom(a, length)
}

func (w *twin) free(at, size int) bool { return !slices.Contains(w.inUse[at:at+size], true) }

func (w *twin) set(at, size int, inUse bool) {
	for i := at; i < at+size; i++ {
		w.inUse[i] = inUse || !w.mine[i]
	}
}

// maximal returns where the free aligned blocks of exactly this size are that no larger one holds.
func (w *twin) maximal(size int) []int {
	var at []int
	for i := 0; i < 64; i += size {
		if w.free(i, size) && (size == 64 || !w.free(i&^(2*size-1), 2*size)) {
			at = append(at, i)
		}
	}
	return at
}

// pick returns where a strategy must place a prefix of this size, or -1.
func (w *twin) pick(size int, s Strategy) int {
	best := -1
	for block := size; block <= 64; block *= 2 {
		for _, at := range w.maximal(block) {
			switch {
			case s == LastFit:
				best = max(best, at+block-size)
			case best < 0:
				best = at
			case s == FirstFit:
				best = min(best, at)
			}
		}
		switch at := w.maximal(block); {
		case s == Sparse && len(at) > 0:
			best = at[0]
		case s == BestFit && best >= 0:
			return best
		}
	}
	return best
}

func (w *twin) freeList() []netip.Prefix {
	var ps []netip.Prefix
	for size, length := 1, w.width; size <= 64; size, length = size*2, length-1 {
		for _, at := range w.maximal(size) {
			ps = append(ps, w.prefix(at, length))
		}
	}
	slices.SortFunc(ps, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
	return ps
}

// often checks a property that is cheap more often than rapid does by itself.
func often(t *testing.T, property func(*rapid.T)) {
	for range 20 {
		rapid.Check(t, property)
	}
}

// TestPoolTwin runs random scripts against the pool and its twin and compares every answer.
func TestPoolTwin(t *testing.T) { often(t, poolTwin) }

func FuzzPoolTwin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(poolTwin)) }

func poolTwin(t *rapid.T) {
	r := newTwinRun(t)
	t.Repeat(map[string]func(*rapid.T){
		"":             r.check,
		"allocate":     r.allocate,
		"take":         r.take,
		"reserve":      r.reserve,
		"reserveRange": r.reserveRange,
		"release":      r.release,
		"clone":        r.clone,
	})
}

// twinRun is a pool and its twin; each method does the same to both.
type twinRun struct {
	w *twin
	p *Pool
}

func newTwinRun(t *rapid.T) *twinRun {
	w := &twin{base: netip.MustParseAddr("10.0.0.64"), width: 32}
	if rapid.Bool().Draw(t, "IPv6") {
		w.base, w.width = netip.MustParseAddr("fd00:0:0:1:ffff:ffff:ffff:ffc0"), 128
	}
	var of []netip.Prefix
	for range rapid.IntRange(1, 4).Draw(t, "prefixes") {
		at, size, length := w.draw(t)
		of = append(of, w.prefix(at, length))
		for i := at; i < at+size; i++ {
			w.mine[i] = true
		}
	}
	w.set(0, 64, false)
	p, err := NewPool(of...)
	if err != nil {
		t.Fatal(err)
	}
	return &twinRun{w, p}
}

// draw returns some aligned block of the range.
func (w *twin) draw(t *rapid.T) (at, size, length int) {
	exp := rapid.IntRange(0, 6).Draw(t, "exp")
	return rapid.IntRange(0, 64>>exp-1).Draw(t, "n") << exp, 1 << exp, w.width - exp
}

func (r *twinRun) check(t *rapid.T) {
	if got, want := r.p.Free(), r.w.freeList(); !slices.Equal(got, want) {
		t.Fatalf("free: got %v, want %v", got, want)
	}
	checkTree(t, &r.p.free)
}

func (r *twinRun) allocate(t *rapid.T) {
	_, size, length := r.w.draw(t)
	s := rapid.SampledFrom([]Strategy{BestFit, FirstFit, LastFit, Sparse}).Draw(t, "strategy")
	at := r.w.pick(size, s)
	got, ok := r.p.AllocateWith(length, s)
	if ok != (at >= 0) || ok && got != r.w.prefix(at, length) {
		t.Fatalf("AllocateWith(%d, %d) = %s, %v; want position %d", length, s, got, ok, at)
	}
	if ok {
		r.w.set(at, size, true)
	}
}

func (r *twinRun) take(t *rapid.T) {
	at, size, length := r.w.draw(t)
	pfx, want := r.w.prefix(at, length), r.w.free(at, size)
	if take(r.p, pfx) != want {
		t.Fatalf("IsFree(%s): want %v", pfx, want)
	}
	if want {
		r.w.set(at, size, true)
	}
}

func (r *twinRun) reserve(t *rapid.T) {
	at, size, length := r.w.draw(t)
	r.p.Reserve(r.w.prefix(at, length))
	r.w.set(at, size, true)
}

func (r *twinRun) reserveRange(t *rapid.T) {
	a, b := rapid.IntRange(0, 63).Draw(t, "a"), rapid.IntRange(0, 63).Draw(t, "b")
	a, b = min(a, b), max(a, b)
	span := netipx.IPRangeFrom(r.w.prefix(a, r.w.width).Addr(), r.w.prefix(b, r.w.width).Addr())
	for _, pfx := range span.Prefixes() {
		r.p.Reserve(pfx)
	}
	r.w.set(a, b-a+1, true)
}

func (r *twinRun) release(t *rapid.T) {
	at, size, length := r.w.draw(t)
	pfx := r.w.prefix(at, length)
	want := !slices.Contains(r.w.inUse[at:at+size], false) && !slices.Contains(r.w.mine[at:at+size], false)
	if err := r.p.Release(pfx); (err == nil) != want {
		t.Fatalf("Release(%s) = %v, want success: %v", pfx, err, want)
	}
	if want {
		r.w.set(at, size, false)
	}
}

// clone goes on with a copy and spoils the original, which the copy must not notice.
func (r *twinRun) clone(t *rapid.T) {
	old := r.p
	r.p = r.p.Clone()
	for range 3 {
		_, _, length := r.w.draw(t)
		old.AllocateWith(length, Sparse)
		old.Reserve(r.w.prefix(0, r.w.width))
	}
}

// TestBestFitIsComplete compares Allocate with a search over all placements.
func TestBestFitIsComplete(t *testing.T) {
	often(t, func(t *rapid.T) {
		p, _ := NewPool(netip.MustParsePrefix("10.0.0.0/28"))
		var inUse [16]bool
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, 15), 0, 6).Draw(t, "reserved") {
			inUse[at] = true
			p.Reserve(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(at)}), 32))
		}
		exps := rapid.SliceOfN(rapid.IntRange(0, 3), 1, 6).Draw(t, "requests")
		fits := true
		for _, exp := range exps {
			_, ok := p.Allocate(32 - exp)
			fits = fits && ok
		}
		if want := placeable(inUse, exps); fits != want {
			t.Fatalf("placed: %v, possible: %v", fits, want)
		}
	})
}

func placeable(inUse [16]bool, exps []int) bool {
	if len(exps) == 0 {
		return true
	}
	size := 1 << exps[0]
	for at := 0; at < 16; at += size {
		if slices.Contains(inUse[at:at+size], true) {
			continue
		}
		next := inUse
		for i := at; i < at+size; i++ {
			next[i] = true
		}
		if placeable(next, exps[1:]) {
			return true
		}
	}
	return false
}

// TestPoolAppendStable checks that appending a request never moves an earlier one.
func TestPoolAppendStable(t *testing.T) {
	often(t, func(t *rapid.T) {
		lengths := rapid.SliceOfN(rapid.IntRange(12, 32), 1, 60).Draw(t, "lengths")
		s := rapid.SampledFrom([]Strategy{BestFit, FirstFit, LastFit, Sparse}).Draw(t, "strategy")
		run := func(lengths []int) []netip.Prefix {
			p, _ := NewPool(parse("10.0.0.0/14", "192.168.0.0/20")...)
			var got []netip.Prefix
			for _, length := range lengths {
				pfx, _ := p.AllocateWith(length, s)
				got = append(got, pfx)
			}
			return got
		}
		n := rapid.IntRange(0, len(lengths)).Draw(t, "n")
		all, head := run(lengths), run(lengths[:n])
		if !slices.Equal(all[:n], head) {
			t.Fatalf("%v became %v", head, all[:n])
		}
		for _, pair := range overlapPairs(all) {
			t.Fatalf("%s and %s overlap", all[pair[0]], all[pair[1]])
		}
	})
}
