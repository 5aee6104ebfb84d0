package ledger

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// narrow draws claims in a space so small that holders meet all the time.
func narrow() *rapid.Generator[Entry] {
	return rapid.Custom(func(t *rapid.T) Entry {
		bits := rapid.IntRange(24, 28).Draw(t, "bits")
		a := netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 255).Draw(t, "host"))})
		e := Entry{AddressPrefix: netip.PrefixFrom(a, bits).Masked(), Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind")}
		name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
		switch e.Kind {
		case Subnet:
			e.VNet, e.Name = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "vnet"), name
		case VNet, Static:
			e.Name = name
		default:
			e.Cluster = name
		}
		return e
	})
}

// TestNothingIsHeldTwice makes, commits and releases claims of three holders in any order. At no time do two entries
// overlap that must not, a refused claim changes nothing, and what was granted is granted again as it is.
func TestNothingIsHeldTwice(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			owner := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "owner")
			h := Holder{Owner: owner, Specs: []string{"s"}}
			claims := rapid.SliceOfN(narrow(), 1, 4).Draw(t, "claims")
			if !consistent(claims) {
				continue
			}
			for i := range claims {
				claims[i].Owner, claims[i].Spec = owner, "s"
			}
			before := text(t, l)
			var conflicts []Conflict
			switch rapid.IntRange(0, 3).Draw(t, "verb") {
			case 0:
				_, conflicts = l.Commit(h, claims, Term{Now: now})
			case 1:
				l.Release(func(e *Entry) bool { return h.Holds(e) && e.Name == claims[0].Name })
			default:
				_, conflicts = l.Claim(h, claims, Term{Now: now, Until: now.Add(time.Hour)})
				again, _ := l.Claim(h, claims, Term{Now: now.Add(time.Minute), Until: now.Add(time.Hour)})
				if len(conflicts) == 0 && again.Any() {
					t.Fatalf("the second claim changed %+v", again)
				}
			}
			if len(conflicts) > 0 && text(t, l) != before {
				t.Fatal("a refused claim changed the ledger")
			}
			if twice := overlapsByPairs(l); len(twice) > 0 {
				t.Fatalf("%s and %s", twice[0].First.Label(), twice[0].Second.Label())
			}
		}
	})
}

// consistent reports whether claims could be those of a plan.
func consistent(claims []Entry) bool {
	l := &Ledger{}
	for _, c := range claims {
		l.add(&c)
	}
	return len(overlapsByPairs(l)) == 0
}

// overlapsByPairs is Overlaps written so that it can only be right.
func overlapsByPairs(l *Ledger) (out []Overlap) {
	for i, b := range l.entries {
		for _, a := range l.entries[:i] {
			if a.AddressPrefix.Overlaps(b.AddressPrefix) && !compatible(a, b) {
				out = append(out, Overlap{a, b})
				break
			}
		}
	}
	return out
}

func TestOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for _, e := range rapid.SliceOfN(narrow(), 0, 12).Draw(t, "entries") {
			l.add(&e)
		}
		second := func(overlaps []Overlap) (out []string) {
			for _, o := range overlaps {
				if compatible(o.First, o.Second) || !o.First.AddressPrefix.Overlaps(o.Second.AddressPrefix) {
					t.Fatalf("%v and %v may both stand", o.First, o.Second)
				}
				out = append(out, fmt.Sprint(o.Second.plain()))
			}
			return out
		}
		if got, want := second(l.Overlaps()), second(overlapsByPairs(l)); !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

func TestOverlapping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for _, e := range rapid.SliceOfN(narrow(), 0, 20).Draw(t, "entries") {
			l.add(&e)
		}
		p := narrow().Draw(t, "prefix").AddressPrefix
		var want []*Entry
		for _, e := range l.entries {
			if e.AddressPrefix.Overlaps(p) {
				want = append(want, e)
			}
		}
		if got := l.Overlapping(p); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestExpiredReservationsStillHold(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	l := &Ledger{}
	range24 := netip.MustParsePrefix("10.0.0.0/24")
	l.Claim(Holder{Owner: "x", Specs: []string{"s"}},
		[]Entry{{AddressPrefix: range24, Kind: VNet, Name: "a", Owner: "x", Spec: "s"}}, Term{now, now.Add(time.Hour)})
	for _, clock := range []time.Time{now.AddDate(100, 0, 0), now.AddDate(-100, 0, 0)} {
		_, conflicts := l.Claim(
			Holder{Owner: "y", Specs: []string{"s"}},
			[]Entry{
				{AddressPrefix: range24, Kind: VNet, Name: "b", Owner: "y", Spec: "s"},
			},
			Term{clock, clock.Add(time.Hour)},
		)
		if len(conflicts) != 1 || conflicts[0].Moved {
			t.Errorf("at %v: %v", clock, conflicts)
		}
	}
	if e := l.Entries()[0]; !e.Expired(now.Add(2*time.Hour)) || e.Expired(now) {
		t.Error("it does not say when it has expired")
	}
}
