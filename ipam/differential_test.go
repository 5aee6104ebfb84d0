package ipam

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go4.org/netipx"
)

var cases = flag.Int("cases", 100_000, "how many random cases the differential tests run")

// lots returns how many cases to run; a tenth in short mode.
func lots() int {
	if testing.Short() {
		return *cases / 10
	}
	return *cases
}

// randomList returns up to n prefixes close to each other, so that they nest, touch and repeat.
func randomList(r *rand.Rand, n int, is6 bool) []netip.Prefix {
	base, width, span := netip.MustParseAddr("10.0.0.0"), 32, 1+r.IntN(12)
	if is6 {
		base, width = netip.MustParseAddr("fd00::ffff:ffff:ffff:f000"), 128
	}
	if r.IntN(8) == 0 {
		span = width // all of the family
	}
	list := make([]netip.Prefix, r.IntN(n+1))
	for i := range list {
		k := keyOf(base).xor(key{r.Uint64(), r.Uint64()})
		host := hostBits(uint8(width - span))
		k = keyOf(base).andNot(host).or(k.andNot(hostBits(0).andNot(host)))
		list[i] = netip.PrefixFrom(k.addr(is6), width-r.IntN(span+1)).Masked()
	}
	return list
}

func netipxSet(t *testing.T, ps []netip.Prefix) *netipx.IPSet {
	t.Helper()
	var b netipx.IPSetBuilder
	for _, p := range ps {
		b.AddPrefix(p)
	}
	s, err := b.IPSet()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func netipxCombine(t *testing.T, a, b []netip.Prefix, op func(*netipx.IPSetBuilder, *netipx.IPSet)) []netip.Prefix {
	t.Helper()
	var builder netipx.IPSetBuilder
	builder.AddSet(netipxSet(t, a))
	op(&builder, netipxSet(t, b))
	s, err := builder.IPSet()
	if err != nil {
		t.Fatal(err)
	}
	return s.Prefixes()
}

// TestAgainstNetipx compares set operations, overlaps and allocation with netipx.
func TestAgainstNetipx(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range lots() {
		is6 := n%2 == 1
		a, b := randomList(r, 8, is6), randomList(r, 8, is6)
		if n%7 == 0 {
			b = append(b, randomList(r, 4, !is6)...)
		}
		var got, want []netip.Prefix
		switch n % 5 {
		case 0:
			got, want = Merge(a), netipxSet(t, a).Prefixes()
			if n%50 == 0 {
				compareContains(t, a, b)
			}
		case 1:
			got, want = Subtract(a, b), netipxCombine(t, a, b, (*netipx.IPSetBuilder).RemoveSet)
		case 2:
			got, want = Intersect(a, b), netipxCombine(t, a, b, (*netipx.IPSetBuilder).Intersect)
		case 3:
			compareOverlaps(t, append(a, b...))
		case 4:
			comparePools(t, r, a, b, is6)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("case %d: a %v, b %v\ngot  %v\nwant %v", n, a, b, got, want)
		}
	}
}

func compareContains(t *testing.T, list, asked []netip.Prefix) {
	t.Helper()
	set, other := SetOf(list...), netipxSet(t, list)
	index := set.Index()
	for _, p := range append(asked, list...) {
		for _, q := range []netip.Prefix{p, netip.PrefixFrom(Last(p), p.Addr().BitLen())} {
			want := other.ContainsPrefix(q)
			if set.ContainsPrefix(q) != want || index.ContainsPrefix(q) != want {
				t.Fatalf("%v contains %s: want %v", list, q, want)
			}
		}
	}
}

func compareOverlaps(t *testing.T, ps []netip.Prefix) {
	t.Helper()
	var want [][2]int
	for i := range ps {
		for j := i + 1; j < len(ps); j++ {
			if ps[i].Overlaps(ps[j]) {
				want = append(want, [2]int{i, j})
			}
		}
	}
	if got := overlapPairs(ps); !slices.Equal(got, want) {
		t.Fatalf("overlaps of %v\ngot  %v\nwant %v", ps, got, want)
	}
}

// comparePools takes prefixes until nothing is left. netipx looks for the best fit as well.
func comparePools(t *testing.T, r *rand.Rand, in, used []netip.Prefix, is6 bool) {
	t.Helper()
	pool, err := NewPool(in...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range used {
		pool.Reserve(p)
	}
	var b netipx.IPSetBuilder
	b.AddSet(netipxSet(t, in))
	b.RemoveSet(netipxSet(t, used))
	set, err := b.IPSet()
	if err != nil {
		t.Fatal(err)
	}
	width := 32
	if is6 {
		width = 128
	}
	for range 12 {
		length := width - r.IntN(14)
		got, ok := pool.Allocate(length)
		want, rest, wantOK := set.RemoveFreePrefix(uint8(length))
		if ok != wantOK || got != want {
			t.Fatalf("in %v without %v: /%d is %s, %v; netipx has %s, %v", in, used, length, got, ok, want, wantOK)
		}
		if wantOK {
			set = rest
		}
	}
}

// missing skips a test for want of a program, in words that a log shows.
func missing(t *testing.T, program, how string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("NOT COMPARED with %s: it is not installed (%s)", program, how)
	}
}

// TestAgainstIprange compares merge, subtract and intersect of long IPv4 lists, text against text.
func TestAgainstIprange(t *testing.T) {
	missing(t, "iprange", "apt-get install iprange")
	r := rand.New(rand.NewPCG(7, 8))
	dir := t.TempDir()
	const length = 5000
	for n := range max(1, lots()/length) {
		var a, b []netip.Prefix
		for range length / 50 {
			a, b = append(a, randomList(r, 100, false)...), append(b, randomList(r, 100, false)...)
		}
		a, b = append(a, randomPrefixes(length/4)...), append(b, randomPrefixes(length/2)...)
		one, two := writeList(t, dir, "one", a), writeList(t, dir, "two", b)
		for op, set := range map[string]*Set{
			"--merge " + one:              SetOf(a...),
			one + " --except " + two:      SetOf(a...).Subtract(SetOf(b...)),
			"--common " + one + " " + two: SetOf(a...).Intersect(SetOf(b...)),
		} {
			var got bytes.Buffer
			if err := set.WritePrefixes(&got); err != nil {
				t.Fatal(err)
			}
			want, err := exec.Command("iprange",
				append([]string{"--print-suffix-ips", "/32"}, strings.Fields(op)...)...).Output()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Fatalf("list %d: iprange %s answers otherwise", n, op)
			}
		}
	}
}

// TestAgainstNetmask compares merging of lists of both families.
func TestAgainstNetmask(t *testing.T) {
	missing(t, "netmask", "apt-get install netmask")
	r := rand.New(rand.NewPCG(11, 12))
	dir := t.TempDir()
	for n := range max(1, lots()/1000) {
		var list []netip.Prefix
		for range 10 {
			list = append(list, randomList(r, 100, n%2 == 1)...)
		}
		if len(list) == 0 {
			continue
		}
		out, err := exec.Command("netmask", "--cidr", "--files", writeList(t, dir, "list", list)).Output()
		if err != nil {
			t.Fatal(err)
		}
		got := joined(Merge(list))
		if want := strings.Join(strings.Fields(string(out)), " "); got != want {
			t.Fatalf("list %d: %v\nnetmask %s\nhere    %s", n, list, want, got)
		}
	}
}

func writeList(t *testing.T, dir, name string, ps []netip.Prefix) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, listOf(ps), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// pythonAnswers reads cases from standard input, a line each, and answers a line each.
const pythonAnswers = `
import sys, ipaddress as ip
for line in sys.stdin:
    op, *args = line.split()
    if op == "merge":
        print(*ip.collapse_addresses([ip.ip_network(a) for a in args]))
    elif op == "range":
        print(*ip.summarize_address_range(ip.ip_address(args[0]), ip.ip_address(args[1])))
    elif op == "info":
        n = ip.ip_network(args[0], strict=False)
        print(n, n.num_addresses, n.broadcast_address, n.network_address.reverse_pointer if n.prefixlen == n.max_prefixlen else "-")
    elif op == "nth":
        n = ip.ip_network(args[0])
        size = 1 << (n.max_prefixlen - int(args[1]))
        print(ip.ip_network((int(n.network_address) + int(args[2]) * size, int(args[1]))))
    elif op == "exclude":
        a, b = ip.ip_network(args[0]), ip.ip_network(args[1])
        print(*sorted(a.address_exclude(b)))
`

// TestAgainstPython compares merging, ranges, counts, subnets and exclusion with Python's ipaddress.
func TestAgainstPython(t *testing.T) {
	missing(t, "python3", "apt-get install python3")
	r := rand.New(rand.NewPCG(9, 10))
	var asked bytes.Buffer
	var want []string
	for n := range lots() / 5 {
		question, answer := pythonCase(r, n)
		fmt.Fprintln(&asked, question)
		want = append(want, question+" = "+answer)
	}
	questions := strings.Split(strings.TrimSpace(asked.String()), "\n")
	cmd := exec.Command("python3", "-c", pythonAnswers)
	cmd.Stdin = &asked
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(want) {
		t.Fatalf("%d answers to %d questions", len(answers), len(want))
	}
	for n, answer := range answers {
		if theirs := questions[n] + " = " + answer; theirs != want[n] {
			t.Fatalf("case %d\npython %s\nhere   %s", n, theirs, want[n])
		}
	}
}

// pythonCase returns a question and what this package answers to it.
func pythonCase(r *rand.Rand, n int) (question, answer string) {
	is6 := r.IntN(2) == 0
	list := randomList(r, 8, is6)
	for len(list) < 2 {
		list = randomList(r, 8, is6)
	}
	a, b := list[0], list[1]
	switch n % 5 {
	case 0:
		return "merge " + joined(list), joined(Merge(list))
	case 1:
		from, to := a.Addr(), Last(b)
		if to.Less(from) {
			from, to = to, from
		}
		item := ItemOfRange(netipx.IPRangeFrom(from, to))
		return fmt.Sprintf("range %s %s", from, to), joined(slices.Collect(item.Set().Prefixes()))
	case 2:
		return "info " + a.String(), fmt.Sprintf("%s %s %s %s", a, Count(a), Last(a), reverseOfAddress(a))
	case 3:
		length := a.Bits() + r.IntN(a.Addr().BitLen()-a.Bits()+1)
		index := r.Uint64()
		if more := length - a.Bits(); more < 64 {
			index &= 1<<more - 1
		}
		sub, _ := NthSubnet(a, length, index)
		return fmt.Sprintf("nth %s %d %d", a, length, index), sub.String()
	}
	inside, _ := NthSubnet(a, a.Bits()+r.IntN(a.Addr().BitLen()-a.Bits()+1), 0)
	return fmt.Sprintf("exclude %s %s", a, inside), joined(Subtract([]netip.Prefix{a}, []netip.Prefix{inside}))
}

func reverseOfAddress(p netip.Prefix) string {
	if !p.IsSingleIP() {
		return "-"
	}
	return ReverseZones(p)[0]
}
