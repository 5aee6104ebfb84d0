package ipam

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go4.org/netipx"
)

// The inputs and expected values in this file are those of the tests of other programs, which are
// named with each table. Where another program answers otherwise by its own choice, a comment says so.

// runPool runs a script on a pool, a line a step: "alloc 24 = 10.0.0.0/24" and so on.
func runPool(t *testing.T, script string) {
	t.Helper()
	p := &Pool{}
	for line := range strings.Lines(strings.TrimSpace(script)) {
		step, want, _ := strings.Cut(strings.TrimSpace(line), " = ")
		words := strings.Fields(step)
		if got := doPool(t, &p, words[0], words[1:]); got != want {
			t.Fatalf("%s = %s, want %s", step, got, want)
		}
	}
}

func doPool(t *testing.T, p **Pool, verb string, args []string) string {
	t.Helper()
	switch verb {
	case "pool":
		*p = mustPool(t, args...)
	case "alloc":
		length, _ := strconv.Atoi(args[0])
		if got, ok := (*p).Allocate(length); ok {
			return got.String()
		}
		return "none"
	case "all": // all that is left of a length, as first, last and number
		length, _ := strconv.Atoi(args[0])
		return drain(*p, length)
	case "take":
		return fmt.Sprint(take(*p, netip.MustParsePrefix(args[0])))
	case "reserve":
		(*p).Reserve(netip.MustParsePrefix(args[0]))
	case "release":
		return fmt.Sprint((*p).Release(netip.MustParsePrefix(args[0])) == nil)
	case "room":
		length, _ := strconv.Atoi(args[0])
		return fmt.Sprint(remaining(*p, length))
	case "free":
		return strings.Trim(fmt.Sprint((*p).Free()), "[]")
	default:
		t.Fatalf("no such step: %s", verb)
	}
	return ""
}

func drain(p *Pool, length int) string {
	var got []netip.Prefix
	for {
		pfx, ok := p.Allocate(length)
		if !ok {
			break
		}
		got = append(got, pfx)
	}
	if len(overlapPairs(got)) > 0 {
		return "overlapping"
	}
	return fmt.Sprintf("%s %s %d", got[0], got[len(got)-1], len(got))
}

// nodeScripts returns the allocations of kubernetes/kubernetes, pkg/controller/nodeipam/ipam/cidrset/cidr_set_test.go.
func nodeScripts() map[string]string {
	return map[string]string{
		"full IPv4": "pool 127.123.234.0/30\nalloc 30 = 127.123.234.0/30\nalloc 30 = none\n" +
			"release 127.123.234.0/30 = true\nalloc 30 = 127.123.234.0/30\nalloc 30 = none",
		"full IPv6": "pool beef:1234::/30\nalloc 30 = beef:1234::/30\nalloc 30 = none\nrelease beef:1234::/30 = true\n" +
			"alloc 30 = beef:1234::/30\nalloc 30 = none",
		"again IPv4": "pool 127.123.234.0/16\nall 24 = 127.123.0.0/24 127.123.255.0/24 256\n" +
			"release 127.123.0.0/16 = true\nall 24 = 127.123.0.0/24 127.123.255.0/24 256",
		"again IPv6": "pool beef:1234::/16\nall 24 = beef::/24 beef:ff00::/24 256\nrelease beef::/16 = true\n" +
			"all 24 = beef::/24 beef:ff00::/24 256",
		"second half": "pool 127.123.234.0/16\nreserve 127.123.128.0/17\nreserve 127.123.128.0/24\n" +
			"all 24 = 127.123.0.0/24 127.123.127.0/24 128",
		// There, releasing what is partly free releases the rest; here it is refused as a mistake.
		"occupy and release": `
			pool 10.42.0.0/16
			reserve 10.42.5.0/24
			room 24 = 255
			reserve 10.42.9.0/24
			room 24 = 254
			reserve 10.42.8.0/22
			room 24 = 251
			reserve 10.42.9.0/24
			room 24 = 251
			release 10.42.9.0/24 = true
			room 24 = 252
			release 10.42.9.0/24 = false
			room 24 = 252
			release 10.42.4.0/22 = false
			release 10.42.5.0/24 = true
			room 24 = 253
			all 24 = 10.42.9.0/24 10.42.255.0/24 253`,
		// There, more than 2^16 node ranges in an IPv6 range are refused; here they are not.
		"host routes": "pool 127.0.0.0/8\nalloc 32 = 127.0.0.0/32\nalloc 32 = 127.0.0.1/32",
		"a few of IPv6": "pool 2001:beef:1234:369b::/60\nalloc 64 = 2001:beef:1234:3690::/64\n" +
			"alloc 64 = 2001:beef:1234:3691::/64",
	}
}

// kubernetes/kubernetes: pkg/controller/nodeipam/ipam/cidrset/cidr_set_test.go
func TestExternalNodeRanges(t *testing.T) {
	index := []struct {
		cluster string
		length  int
		n       uint64
		want    string
	}{
		{"127.123.3.0/16", 24, 0, "127.123.0.0/24"},
		{"127.123.0.0/16", 24, 15, "127.123.15.0/24"},
		{"192.168.5.219/28", 32, 5, "192.168.5.213/32"},
		{"2001:db8:1234:3::/48", 64, 0, "2001:db8:1234::/64"},
		{"2001:db8:1234::/48", 64, 15, "2001:db8:1234:f::/64"},
		{"2001:db8:85a3::8a2e:370:7334/50", 63, 6425, "2001:db8:85a3:3232::/63"},
		{"2001:db8::/32", 48, 0, "2001:db8::/48"},
		{"2001:db8::/32", 48, 15, "2001:db8:f::/48"},
		{"2001:db8:85a3::8a2e:370:7334/32", 48, 6425, "2001:db8:1919::/48"},
		{"2001:db8:1234:ff00::/56", 72, 0, "2001:db8:1234:ff00::/72"},
		{"2001:db8:1234:ff00::/56", 72, 15, "2001:db8:1234:ff00:f00::/72"},
		{"2001:db8:1234:ff00::370:7334/56", 72, 6425, "2001:db8:1234:ff19:1900::/72"},
		{"2001:db8:1234:0:1234::/80", 96, 0, "2001:db8:1234:0:1234::/96"},
		{"2001:db8:1234:0:1234::/80", 96, 15, "2001:db8:1234:0:1234:f::/96"},
		{"2001:db8:1234:ff00::370:7334/80", 96, 6425, "2001:db8:1234:ff00:0:1919::/96"},
		{"127.0.0.0/8", 16, 123, "127.123.0.0/16"},
		{"be00::/8", 16, 0xef, "beef::/16"},
		{"192.168.0.0/16", 24, 151, "192.168.151.0/24"},
		{"beef::/16", 24, 0x97, "beef:9700::/24"},
	}
	for _, c := range index {
		got, ok := NthSubnet(netip.MustParsePrefix(c.cluster), c.length, c.n)
		if !ok || got.String() != c.want {
			t.Errorf("NthSubnet(%s, %d, %d) = %s, %v; want %s", c.cluster, c.length, c.n, got, ok, c.want)
		}
	}
	if got, ok := NthSubnet(netip.MustParsePrefix("10.0.0.0/16"), 24, 256); ok {
		t.Errorf("a 257th /24 in a /16: %s", got)
	}
	for name, script := range nodeScripts() {
		t.Run(name, func(t *testing.T) { runPool(t, script) })
	}
}

// TestExternalOccupy is TestOccupy of the same file: which of the node ranges a prefix takes.
func TestExternalOccupy(t *testing.T) {
	for _, c := range []struct {
		cluster     string
		length      int
		occupy      string
		first, last uint64
	}{
		{"127.0.0.0/8", 16, "127.0.0.0/8", 0, 255},
		{"2001:beef:1200::/40", 48, "2001:beef:1200::/40", 0, 255},
		{"127.0.0.0/8", 16, "127.0.0.0/2", 0, 255},
		{"2001:beef:1200::/40", 48, "2001:beef:1234::/34", 0, 255},
		{"127.0.0.0/8", 16, "127.0.0.0/16", 0, 0},
		{"2001:beef:1200::/40", 48, "2001:beef:1200::/48", 0, 0},
		{"127.0.0.0/8", 32, "127.0.0.0/16", 0, 65535},
		{"2001:beef:1200::/48", 64, "2001:beef:1200::/48", 0, 65535},
		{"127.0.0.0/7", 16, "127.0.0.0/15", 256, 257},
		{"2001:beef:7f00::/39", 48, "2001:beef:7f00::/47", 256, 257},
		{"127.0.0.0/7", 15, "127.0.0.0/15", 128, 128},
		{"2001:beef:7f00::/39", 47, "2001:beef:7f00::/47", 128, 128},
		{"127.0.0.0/7", 18, "127.0.0.0/15", 1024, 1031},
		{"2001:beef:7f00::/39", 50, "2001:beef:7f00::/47", 1024, 1031},
	} {
		p := mustPool(t, c.cluster)
		all := remaining(p, c.length)
		p.Reserve(netip.MustParsePrefix(c.occupy))
		if got, want := all-remaining(p, c.length), c.last-c.first+1; got != want {
			t.Errorf("%s in %s takes %d, want %d", c.occupy, c.cluster, got, want)
		}
		for n, want := range map[uint64]bool{c.first - 1: true, c.first: false, c.last: false, c.last + 1: true} {
			sub, ok := NthSubnet(netip.MustParsePrefix(c.cluster), c.length, n)
			if ok && p.IsFree(sub) != want {
				t.Errorf("%s in %s: range %d free is %v", c.occupy, c.cluster, n, !want)
			}
		}
	}
}

// go4.org/netipx: ipset_test.go
func TestExternalSets(t *testing.T) {
	const all4, all6 = "0.0.0.0-255.255.255.255", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
	for _, c := range []struct{ name, steps, ranges, prefixes string }{
		{"mixed families", "+10.0.0.0/8 +::/0 -10.2.0.0/16", "10.0.0.0-10.1.255.255 10.3.0.0-10.255.255.255 " + all6, ""},
		{"adjacent", "+10.0.0.0/8 +11.0.0.0/8", "10.0.0.0-11.255.255.255", "10.0.0.0/7"},
		{"one removed", "+10.0.0.0/8 -10.1.2.3/32", "10.0.0.0-10.1.2.2 10.1.2.4-10.255.255.255",
			"10.0.0.0/16 10.1.0.0/23 10.1.2.0/31 10.1.2.2/32 10.1.2.4/30 10.1.2.8/29 10.1.2.16/28 10.1.2.32/27 10.1.2.64/26 " +
				"10.1.2.128/25 10.1.3.0/24 " +
				"10.1.4.0/22 10.1.8.0/21 10.1.16.0/20 10.1.32.0/19 10.1.64.0/18 10.1.128.0/17 10.2.0.0/15 10.4.0.0/14 " +
				"10.8.0.0/13 10.16.0.0/12 10.32.0.0/11 10.64.0.0/10 10.128.0.0/9"},
		{
			"one and the first part removed", "+10.0.0.0/8 -10.1.2.3/32 -10.0.0.0/16",
			"10.1.0.0-10.1.2.2 10.1.2.4-10.255.255.255", "",
		},
		{"twice", "+10.0.0.0/8 +10.0.0.0/8", "10.0.0.0-10.255.255.255", ""},
		{"a part twice", "+10.0.0.0/8 +10.0.0.0/16", "10.0.0.0-10.255.255.255", ""},
		{"removed and back", "+10.0.0.0/8 -10.1.2.3/32 +10.1.0.0/16", "10.0.0.0-10.255.255.255", ""},
		{"removed before", "-1.2.3.4/32 +1.2.3.4/32", "1.2.3.4-1.2.3.4", ""},
		{"removal up to the start", "+0.0.0.38-0.0.0.177 -0.0.0.18-0.0.0.38", "0.0.0.39-0.0.0.177", ""},
		{"long", "+0.0.0.143-0.0.0.185 +0.0.0.84-0.0.0.174 +0.0.0.51-0.0.0.61 -0.0.0.66-0.0.0.146 +0.0.0.22-0.0.0.207 " +
			"-0.0.0.198-0.0.0.203 " +
			"-0.0.0.23-0.0.0.69 +0.0.0.64-0.0.0.105 +0.0.0.151-0.0.0.203 +0.0.0.138-0.0.0.160 -0.0.0.64-0.0.0.161",
			"0.0.0.22-0.0.0.22 0.0.0.162-0.0.0.207", ""},
		{
			"single addresses", "+10.0.0.0 +10.0.0.1 +10.0.0.2 +10.0.0.3 +10.0.0.4 -10.0.0.4 +10.0.0.255",
			"10.0.0.0-10.0.0.3 10.0.0.255-10.0.0.255", "10.0.0.0/30 10.0.0.255/32",
		},
		{"complement of nothing", "~", all4 + " " + all6, "0.0.0.0/0 ::/0"},
		{"complement of all", "+0.0.0.0/0 +::/0 ~", "", ""},
		{"complement", "+1.1.1.1-2.2.2.2 +3.3.3.3 +4.4.4.0/24 +1::1 ~",
			"0.0.0.0-1.1.1.0 2.2.2.3-3.3.3.2 3.3.3.4-4.4.3.255 4.4.5.0-255.255.255.255 ::-1:: " +
				"1::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"intersect", "+1.1.1.1-4.4.4.4 &2.2.2.2-3.3.3.3", "2.2.2.2-3.3.3.3", ""},
		{"intersect disjoint", "+3.3.3.3-4.4.4.4 &1.1.1.1-2.2.2.2", "", ""},
		{"intersect partly", "+2.2.2.2-4.4.4.4 &1.1.1.1-3.3.3.3", "2.2.2.2-3.3.3.3", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := setOfSteps(t, c.steps)
			if got := joined(slices.Collect(s.Ranges())); got != c.ranges {
				t.Errorf("ranges\n%s, want\n%s", got, c.ranges)
			}
			if got := joined(slices.Collect(s.Prefixes())); c.prefixes != "" && got != c.prefixes {
				t.Errorf("prefixes\n%s, want\n%s", got, c.prefixes)
			}
		})
	}
}

// setOfSteps starts from nothing: + adds, - removes, & intersects, ~ turns inside out.
func setOfSteps(t *testing.T, steps string) *Set {
	t.Helper()
	s := &Set{}
	for step := range strings.FieldsSeq(steps) {
		if step == "~" {
			s = SetOf(parse("0.0.0.0/0", "::/0")...).Subtract(s)
			continue
		}
		item, err := ParseItem(step[1:])
		if err != nil {
			t.Fatal(err)
		}
		switch step[0] {
		case '+':
			s = s.Union(item.Set())
		case '-':
			s = s.Subtract(item.Set())
		case '&':
			s = s.Intersect(item.Set())
		}
	}
	return s
}

func joined[T fmt.Stringer](list []T) string {
	var words []string
	for _, v := range list {
		words = append(words, v.String())
	}
	return strings.Join(words, " ")
}

// TestExternalSetMeets is the overlap and containment tables of the same file.
func TestExternalSetMeets(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", false},
		{"+10.0.0.0-10.0.0.5", "+10.0.0.0-10.0.0.5", true},
		{"+10.0.0.0-10.0.0.5", "+10.0.0.5-10.0.0.10", true},
		{"+10.0.0.0-10.0.0.5", "+10.0.0.3-10.0.0.7", true},
		{"+10.0.0.0-10.0.0.5", "+10.0.0.2-10.0.0.3", true},
		{"+10.0.0.0-10.0.0.5 +10.1.0.0-10.1.0.5", "+10.1.0.1-10.1.0.2", true},
		{"+10.0.0.0-10.0.0.10 -10.0.0.5-10.0.0.10", "+10.0.0.7-10.0.0.8", false},
		{"+10.0.0.0-10.0.0.10 -10.0.0.5-10.0.0.10 +10.0.0.5-10.0.0.10", "+10.0.0.7-10.0.0.8", true},
	} {
		a, b := setOfSteps(t, c.a), setOfSteps(t, c.b)
		if a.Intersect(b).IsEmpty() == c.want || b.Intersect(a).IsEmpty() == c.want {
			t.Errorf("%q and %q meet: want %v", c.a, c.b, c.want)
		}
	}
	s := SetOf(parse("10.0.0.0/8", "1.2.3.4/32", "fc00::/7")...)
	for addr, want := range map[string]bool{
		"0.0.0.0": false, "::": false, "1.2.3.3": false, "1.2.3.4": true, "1.2.3.5": false, "9.255.255.255": false,
		"10.0.0.0": true,
		"10.1.2.3": true, "10.255.255.255": true, "11.0.0.0": false, "fc00::": true, "fc00::1": true, "fd00::1": true,
		"ff00::1": false,
	} {
		a := netip.MustParseAddr(addr)
		if got := s.ContainsPrefix(netip.PrefixFrom(a, a.BitLen())); got != want {
			t.Errorf("contains %s: %v", addr, got)
		}
	}
	runPool(t, "pool 10.0.0.0/8\nalloc 9 = 10.0.0.0/9\nfree = 10.128.0.0/9\nalloc 9 = 10.128.0.0/9\nfree = ")
}

// hashicorp/terraform-cidr-subnets: test/simple.tf, test/null_name.tf
func TestExternalSequence(t *testing.T) {
	base := netip.MustParsePrefix("10.0.0.0/8")
	got, ok := Sequence(base, []int{16, 16, 12, 16, 16})
	if !ok {
		t.Error("not placed")
	}
	wantPrefixes(t, "in order", got, "10.0.0.0/16", "10.1.0.0/16", "10.16.0.0/12", "10.32.0.0/16", "10.33.0.0/16")
	got, _ = Sequence(base, []int{16, 16, 16})
	wantPrefixes(t, "an unnamed network keeps its place", got[1:2], "10.1.0.0/16")
	if got, ok := Sequence(base, []int{9, 16, 9}); ok || len(got) != 2 {
		t.Errorf("a third that does not fit behind the second: %v, %v", got, ok)
	}
}

// GoogleCloudPlatform/gke-ip-address-management: src/logic/Packer.test.js, src/logic/IPUtils.test.js,
// src/rules/output/NodeOutputRules.test.js. There, four addresses of a node range are kept.
func TestExternalPacking(t *testing.T) {
	place := func(pool string, lengths ...int) []netip.Prefix { return Place(mustPool(t, pool), lengths) }
	wantPrefixes(t, "one", place("10.0.0.1/8", 16), "10.0.0.0/16")
	wantPrefixes(t, "two", place("10.0.0.1/8", 16, 16), "10.0.0.0/16", "10.1.0.0/16")
	wantPrefixes(t, "largest first", place("8.0.0.0/6", 16, 16, 8, 12, 8), "10.16.0.0/16", "10.17.0.0/16", "8.0.0.0/8",
		"10.0.0.0/12", "9.0.0.0/8")
	if got := place("10.0.0.1/24", 16); got[0].IsValid() {
		t.Errorf("a /16 in a /24: %v", got)
	}
	runPool(t, "pool 192.168.0.1/24\nreserve 192.168.0.0/25\nreserve 192.168.0.128/26\nfree = 192.168.0.192/26")
	runPool(t, "pool 192.168.0.1/24\nreserve 192.168.0.0/25\nreserve 192.168.0.128/27\n"+
		"free = 192.168.0.160/27 192.168.0.192/26")
	for pfx, want := range map[string]string{
		"104.129.196.0/24": "104.129.196.255", "104.129.196.0/16": "104.129.255.255",
	} {
		if got := Last(netip.MustParsePrefix(pfx)); got.String() != want {
			t.Errorf("Last(%s) = %s, want %s", pfx, got, want)
		}
	}
	for addresses, want := range map[uint64]int{256: 24, 257: 23, 120: 25} {
		if got := BitsFor(addresses, false); got != want {
			t.Errorf("BitsFor(%d) = %d, want %d", addresses, got, want)
		}
	}
	const kept = 4
	for length, want := range map[int]uint64{24: 252, 16: 65532} {
		if got := Addresses(netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), length)) - kept; got != want {
			t.Errorf("nodes in a /%d: %d, want %d", length, got, want)
		}
	}
	for length, want := range map[int]uint64{22: 4, 20: 16} {
		p, _ := NewPool(netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), length))
		if got := remaining(p, 24); got != want {
			t.Errorf("pod ranges in a /%d: %d, want %d", length, got, want)
		}
	}
}

// childScripts returns the allocations of metal-stack/go-ipam, prefix_test.go. There, what is left is counted in /30
// (IPv4) and /126 (IPv6).
func childScripts() map[string]string {
	return map[string]string{
		"fragmented": `
			pool 192.168.0.0/20
			room 30 = 1024
			alloc 21 = 192.168.0.0/21
			room 30 = 512
			alloc 22 = 192.168.8.0/22
			free = 192.168.12.0/22
			room 30 = 256
			alloc 21 = none
			release 192.168.8.0/22 = true
			take 192.168.8.0/28 = true
			free = 192.168.8.16/28 192.168.8.32/27 192.168.8.64/26 192.168.8.128/25 192.168.9.0/24 192.168.10.0/23 192.168.12.0/22
			room 30 = 508
			alloc 21 = none
			alloc 22 = 192.168.12.0/22`,
		"counts": `
			pool 192.168.0.0/20
			alloc 22 = 192.168.0.0/22
			room 30 = 768
			alloc 22 = 192.168.4.0/22
			room 30 = 512
			release 192.168.0.0/22 = true
			room 30 = 768
			release 192.168.4.0/22 = true
			room 30 = 1024
			release 192.168.0.0/22 = false`,
		"specific IPv4": `
			pool 192.168.0.0/20
			take 192.168.0.0/21 = true
			take 192.168.8.0/21 = true
			take 192.168.8.0/21 = false
			free = `,
		"specific IPv6": `
			pool 2001:db8:85a3::/116
			room 126 = 1024
			take 2001:db8:85a3::/117 = true
			take 2001:db8:85a3::800/117 = true
			take 2001:db8:85a3::800/117 = false`,
		"until full IPv4": "pool 192.168.0.0/16\nroom 30 = 16384\nall 24 = 192.168.0.0/24 192.168.255.0/24 256\nroom 30 = 0",
		"until full IPv6": "pool 2001:db8:85a3::/112\nroom 126 = 16384\n" +
			"all 120 = 2001:db8:85a3::/120 2001:db8:85a3::ff00/120 256\nroom 126 = 0",
		"one child":      "pool 192.168.0.0/20\nreserve 192.168.0.0/22\nroom 30 = 768",
		"two children":   "pool 192.168.0.0/16\nreserve 192.168.0.0/22\nreserve 192.168.0.0/26\nroom 30 = 16128",
		"one IPv6 child": "pool 2001:db8:85a3::/120\nroom 126 = 64\nreserve 2001:db8:85a3::/122\nroom 126 = 48",
		"specific address": `
			pool 192.168.99.0/24
			take 192.168.99.1/32 = true
			take 192.168.99.1/32 = false
			take 192.168.98.2/32 = false
			release 192.168.99.1/32 = true
			free = 192.168.99.0/24`,
		"foreign release": "pool 192.168.0.0/24\nrelease 1.2.3.4/32 = false\nrelease 1001:db8:85a3::1/128 = false\n" +
			"free = 192.168.0.0/24",
	}
}

// The same file, and what else it checks.
func TestExternalChildPrefixes(t *testing.T) {
	for name, script := range childScripts() {
		t.Run(name, func(t *testing.T) { runPool(t, script) })
	}
	for _, c := range []struct {
		have, add string
		want      bool
	}{
		{"192.168.0.0/24", "192.168.1.0/24", false}, {"2001:db8:85a3::/126", "2001:db8:85a4::/126", false},
		{"2001:db8:85a3::/126 2001:db8:85a4::/126", "2001:db8:85a4::/126", true},
		{"192.168.0.0/24 192.168.1.0/24", "192.168.1.0/24", true},
		{"192.168.0.0/24 192.168.1.0/24", "192.168.0.0/23", true}, {"192.168.0.0/23 192.168.2.0/23", "192.168.3.0/24", true},
		{"192.168.128.0/25", "192.168.128.0/27", true}, {"10.10.10.0/24", "10.10.10.1/24", true},
	} {
		if got := len(overlapPairs(append(parse(strings.Fields(c.have)...),
			netip.MustParsePrefix(c.add)))) > 0; got != c.want {
			t.Errorf("%s overlaps %s: %v", c.add, c.have, got)
		}
	}
	for pfx, want := range map[string]uint64{
		"192.168.0.0/20": 4096, "192.168.0.0/30": 4, "2001:db8:85a3::/126": 4, "2001:db8:85a3::/116": 4096,
	} {
		if got := Addresses(netip.MustParsePrefix(pfx)); got != want {
			t.Errorf("Addresses(%s) = %d, want %d", pfx, got, want)
		}
	}
	for text, want := range map[string]string{
		"192.168.0.0/24": "192.168.0.0/24", "192.169.0.1/24": "192.169.0.0/24", "192.167.10.0/16": "192.167.0.0/16",
		"192.168.0.0/33":       "",
		"2001:0db8:85a3::/120": "2001:db8:85a3::/120", "2001:0db8:85a4::2/120": "2001:db8:85a4::/120",
		"2001:0db8:85a3::/129": "", "2001:0db8:85a3:::/120": "",
	} {
		item, err := ParseItem(text)
		if (err != nil) != (want == "") || err == nil && item.String() != want {
			t.Errorf("ParseItem(%s) = %s, %v; want %q", text, item, err, want)
		}
	}
}

// bschaatsbergen/cidr: internal/core/core_test.go
func TestExternalArithmetic(t *testing.T) {
	for pfx, want := range map[string]string{
		"10.0.0.0/16": "65536", "2001:db8:1234:1a00::/106": "4194304", "172.16.18.0/31": "2", "172.16.18.0/32": "1",
		"::/0": "340282366920938463463374607431768211456",
	} {
		if got := Count(netip.MustParsePrefix(pfx)); got.String() != want {
			t.Errorf("Count(%s) = %s, want %s", pfx, got, want)
		}
	}
	for pair, want := range map[string]int{
		"10.0.0.0/16 10.0.14.0/22": 1, "10.0.0.0/16 10.1.0.0/28": 0,
		"2001:db8:1111:2222:1::/80 2001:db8:1111:2222:1:1::/96": 1,
	} {
		if got := overlapPairs(parse(strings.Fields(pair)...)); len(got) != want {
			t.Errorf("%s overlap: %v", pair, got)
		}
	}
	for pfx, want := range map[string]string{
		"10.0.0.0/16": "10.0.255.255", "2001:db8:1234:1a00::/106": "2001:db8:1234:1a00::3f:ffff",
	} {
		if got := Last(netip.MustParsePrefix(pfx)); got.String() != want {
			t.Errorf("Last(%s) = %s, want %s", pfx, got, want)
		}
	}
	for text, good := range map[string]bool{
		"10.0.0.0/16": true, "2001:db8:1234:1a00::/106": true, "356.356.356.356/16": false, "2001:db8:1234:1a00::/129": false,
		"": false,
	} {
		if _, err := ParseItem(text); (err == nil) != good {
			t.Errorf("ParseItem(%q): %v", text, err)
		}
	}
}

// ckabalan/visualsubnetcalc: src/tests/deep-functional.spec.ts, the example network that it imports.
func TestExternalExampleNetwork(t *testing.T) {
	leaves := parse("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/23", "10.0.6.0/23",
		"10.0.8.0/24", "10.0.9.0/24", "10.0.10.0/23", "10.0.12.0/23", "10.0.14.0/24", "10.0.15.0/24")
	wantPrefixes(t, "merged", Merge(leaves), "10.0.0.0/20")
	if pairs := overlapPairs(leaves); len(pairs) > 0 {
		t.Errorf("overlaps: %v", pairs)
	}
	r := netipx.RangeOfPrefix(netip.MustParsePrefix("172.31.254.0/23"))
	if r.From().String() != "172.31.254.0" || Last(netip.MustParsePrefix("172.31.254.0/23")) != r.To() {
		t.Errorf("range %s", r)
	}
}
