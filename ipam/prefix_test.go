package ipam

import (
	"net/netip"
	"testing"
)

func TestCovers(t *testing.T) {
	prefix := netip.MustParsePrefix
	for _, c := range []struct {
		outer, inner netip.Prefix
		want         bool
	}{
		{prefix("10.0.0.0/8"), prefix("10.1.0.0/16"), true},
		{prefix("10.0.0.0/8"), prefix("10.0.0.0/8"), true},
		{prefix("10.1.0.0/16"), prefix("10.0.0.0/8"), false},
		{prefix("10.0.0.0/16"), prefix("10.1.0.0/24"), false},
		{prefix("0.0.0.0/0"), prefix("255.255.255.255/32"), true},
		{prefix("::/0"), prefix("10.0.0.0/8"), false},
		{prefix("fd00::/8"), prefix("fd00:db8::/32"), true},
		{netip.Prefix{}, prefix("10.0.0.0/8"), false},
		{prefix("10.0.0.0/8"), netip.Prefix{}, false},
		{netip.Prefix{}, netip.Prefix{}, false},
	} {
		if got := Covers(c.outer, c.inner); got != c.want {
			t.Errorf("Covers(%s, %s) is %t", c.outer, c.inner, got)
		}
	}
}
