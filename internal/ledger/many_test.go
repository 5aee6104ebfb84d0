package ledger

import (
	"bytes"
	"fmt"
	"net/netip"
	"testing"
)

// manyClaims returns claims for networks of a /24 each.
func manyClaims(n int) []Entry {
	claims := make([]Entry, n)
	for i := range claims {
		a := netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 0})
		if i >= 1<<16 {
			a = netip.AddrFrom4([4]byte{11, byte(i >> 8), byte(i), 0})
		}
		claims[i] = Entry{
			AddressPrefix: netip.PrefixFrom(a, 24),
			Kind:          VNet,
			Name:          fmt.Sprintf("vnet-%d", i),
			Owner:         "x",
			Spec:          "s",
		}
	}
	return claims
}

func BenchmarkLedger(b *testing.B) {
	claims := manyClaims(100_000)
	h := Holder{Owner: "x", Specs: []string{"s"}}
	l := &Ledger{}
	l.Claim(h, claims, Term{})
	var written bytes.Buffer
	l.WriteTo(&written)
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			if _, problems := Parse("f", written.Bytes()); len(problems) > 0 {
				b.Fatal(problems)
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			var again bytes.Buffer
			l.WriteTo(&again)
		}
	})
	b.Run("claim", func(b *testing.B) {
		for b.Loop() {
			if _, conflicts := l.Claim(h, claims, Term{}); len(conflicts) > 0 {
				b.Fatal(conflicts)
			}
		}
	})
	b.Run("overlaps", func(b *testing.B) {
		for b.Loop() {
			if len(l.Overlaps()) > 0 {
				b.Fatal("overlaps")
			}
		}
	})
}
