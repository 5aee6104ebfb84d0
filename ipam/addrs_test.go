package ipam

import (
	"testing"

	"pgregory.net/rapid"
)

// TestAddrs holds a packed list against a plain one, in both families.
func TestAddrs(t *testing.T) {
	often(t, func(t *rapid.T) {
		packed := addrs{is6: rapid.Bool().Draw(t, "is6")}
		word := rapid.OneOf(rapid.Uint64Range(0, 80), rapid.Uint64())
		draw := func() key {
			if !packed.is6 {
				return key4(addr4(word.Draw(t, "v4")))
			}
			return key{word.Draw(t, "hi"), word.Draw(t, "lo")}
		}
		var plain []key
		upTo := func(k key) int {
			n := 0
			for n < len(plain) && !k.Less(plain[n]) {
				n++
			}
			return n
		}
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			k := draw()
			i := upTo(k)
			if got := packed.upTo(k); got != i {
				t.Fatalf("upTo(%v) = %d, want %d in %v", k, got, i, plain)
			}
			if i > 0 && plain[i-1] == k {
				packed.delete(i - 1)
				plain = append(plain[:i-1:i-1], plain[i:]...)
				continue
			}
			packed.open(i, 1)
			packed.set(i, k)
			plain = append(plain[:i:i], append([]key{k}, plain[i:]...)...)
		}
		if packed.len() != len(plain) {
			t.Fatalf("%d addresses, want %d", packed.len(), len(plain))
		}
		for i, k := range plain {
			if packed.at(i) != k {
				t.Fatalf("at(%d) = %v, want %v", i, packed.at(i), k)
			}
		}
	})
}
