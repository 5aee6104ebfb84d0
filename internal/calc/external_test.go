package calc

import (
	"math/rand/v2"
	"net/netip"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/ipam"
)

func infoFor(t *testing.T, text string) Info {
	t.Helper()
	item, err := ipam.ParseItem(text)
	if err != nil {
		t.Fatal(err)
	}
	return InfoOf(item, true)
}

// TestExternalUsable takes inputs and values from bschaatsbergen/cidr, internal/core/core_test.go.
// There, the count of IPv6 hosts leaves two out although the last of them is named usable; here
// every IPv6 address counts.
func TestExternalUsable(t *testing.T) {
	for _, c := range []struct{ prefix, usable, first, last, network, broadcast, netmask string }{
		{"10.0.0.0/16", "65534", "10.0.0.1", "10.0.255.254", "10.0.0.0", "10.0.255.255", "255.255.0.0"},
		{
			"2001:db8:1234:1a00::/106", "4194304", "2001:db8:1234:1a00::", "2001:db8:1234:1a00::3f:ffff",
			"2001:db8:1234:1a00::",
			"", "",
		},
		{"172.16.18.0/31", "2", "172.16.18.0", "172.16.18.1", "172.16.18.0", "", "255.255.255.254"},
		{"172.16.18.0/32", "1", "172.16.18.0", "172.16.18.0", "172.16.18.0", "", "255.255.255.255"},
		{"192.168.90.4/30", "2", "192.168.90.5", "192.168.90.6", "192.168.90.4", "192.168.90.7", "255.255.255.252"},
		{"4a00:db8:1234:1a00::/127", "2", "4a00:db8:1234:1a00::", "4a00:db8:1234:1a00::1", "4a00:db8:1234:1a00::", "", ""},
	} {
		i := infoFor(t, c.prefix)
		got := []string{i.Usable.String(), i.FirstUsable, i.LastUsable, i.Network, i.Broadcast, i.Netmask}
		want := []string{c.usable, c.first, c.last, c.network, c.broadcast, c.netmask}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", c.prefix, d)
		}
	}
}

// TestExternalDivide takes its cases from the same file.
func TestExternalDivide(t *testing.T) {
	for _, c := range []struct {
		prefix, parts string
		want          []string
	}{
		{"10.0.0.0/16", "2", []string{"10.0.0.0/17", "10.0.128.0/17"}},
		{"192.168.0.0/24", "4", []string{"192.168.0.0/26", "192.168.0.64/26", "192.168.0.128/26", "192.168.0.192/26"}},
		{"2001:db8::/32", "3", []string{"2001:db8::/34", "2001:db8:4000::/34", "2001:db8:8000::/34"}},
		{"2001:db8::/128", "3", nil},
	} {
		parts, err := strconv.ParseUint(c.parts, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		p := netip.MustParsePrefix(c.prefix)
		length, ok := LengthFor(p, parts)
		if ok != (c.want != nil) {
			t.Errorf("%s in %s: %v", c.prefix, c.parts, ok)
		}
		if !ok {
			continue
		}
		split, err := SplitEqual(p, length, parts, MaxPrefixes)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for part := range split.Prefixes() {
			got = append(got, part.String())
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s in %s: -want +got\n%s", c.prefix, c.parts, d)
		}
	}
}

// TestExternalAzure takes inputs and values from ckabalan/visualsubnetcalc, its mode for Azure:
// src/tests/deep-functional.spec.ts and ui-error-handling.spec.ts.
func TestExternalAzure(t *testing.T) {
	a := infoFor(t, "172.31.254.0/23").Azure
	if a.FirstUsable != "172.31.254.4" || a.LastUsable != "172.31.255.254" || a.Usable.String() != "507" {
		t.Errorf("172.31.254.0/23: %+v", a)
	}
	if a := infoFor(t, "10.0.0.0/30").Azure; a.Problem == "" || a.Usable.Sign() != 0 {
		t.Errorf("a /30 is a subnet: %+v", a)
	}
	if a := infoFor(t, "10.0.0.0/29").Azure; a.Problem != "" || a.Usable.String() != "3" {
		t.Errorf("a /29 is none: %+v", a)
	}
	if i := infoFor(t, "123.45.67.89/20"); i.Network != "123.45.64.0" || i.Address != "123.45.67.89" {
		t.Errorf("123.45.67.89/20 is read as %s", i.Network)
	}
	for _, bad := range []string{"1", "10.0.0.0/33"} {
		if _, err := ipam.ParseItem(bad); err == nil {
			t.Errorf("%q is understood", bad)
		}
	}
}

// TestAgainstSipcalc asks sipcalc for the network, the last address, the usable range and the number of addresses of
// random prefixes. Where it says nothing of them, as of the usable range of a /31, nothing is compared.
func TestAgainstSipcalc(t *testing.T) {
	if _, err := exec.LookPath("sipcalc"); err != nil {
		t.Skip("NOT COMPARED with sipcalc: it is not installed (apt-get install sipcalc)")
	}
	r := rand.New(rand.NewPCG(13, 14))
	var asked strings.Builder
	var prefixes []string
	for range 20_000 {
		p := netip.PrefixFrom(netip.AddrFrom4([4]byte{
			byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()),
		}), 1+r.IntN(32))
		prefixes = append(prefixes, p.String())
		asked.WriteString(p.String() + "\n")
	}
	sipcalc := exec.Command("sipcalc", "-")
	sipcalc.Stdin = strings.NewReader(asked.String())
	out, err := sipcalc.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSpace(string(out)), "\n-\n")
	if len(answers) != len(prefixes) {
		t.Fatalf("%d answers to %d questions", len(answers), len(prefixes))
	}
	for n, answer := range answers {
		i, said := infoFor(t, prefixes[n]), map[string]string{}
		for line := range strings.Lines(answer) {
			if name, value, ok := strings.Cut(line, "\t- "); ok {
				said[strings.TrimSpace(name)] = strings.TrimSpace(value)
			}
		}
		want := map[string]string{
			"Network address": i.Network, "Broadcast address": i.Last, "Network range": i.First + " - " + i.Last,
			"Network mask":   i.Netmask,
			"Cisco wildcard": i.Wildcard, "Addresses in network": i.Addresses.String(),
			"Host address (decimal)": decimal(t, prefixes[n]),
		}
		if said["Usable range"] != "" {
			want["Usable range"] = i.FirstUsable + " - " + i.LastUsable
		}
		for name, value := range want {
			if said[name] != value {
				t.Fatalf("%s: %s is %s, sipcalc says %q", prefixes[n], name, value, said[name])
			}
		}
	}
}

// decimal is the address of a prefix, as it was written, as a number.
func decimal(t *testing.T, prefix string) string {
	t.Helper()
	address, _, _ := strings.Cut(prefix, "/")
	return infoFor(t, address).Integer.String()
}
