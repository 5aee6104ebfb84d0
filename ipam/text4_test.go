package ipam

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
)

func (a addr4) netip() netip.Addr {
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(a))))
}

// FuzzReadEntry4 holds what is read to net/netip, which knows more forms but none otherwise.
func FuzzReadEntry4(f *testing.F) {
	for _, s := range []string{
		"1.2.3.4", "1.2.3.4/5", "1.2.3.4/05", "255.255.255.255/32", "0.0.0.0/0", "1.2.3.4-1.2.3.5", "1.2.3.5-1.2.3.4",
		"01.2.3.4", "1.2.3.256", "1.2.3.4/33",
		"1.2.3", "1.2.3.", "1.2.3.4/", "1.2.3.4-", "1.2.3.4x", "1.2.3.0004", "1.2.3.4/320", "", ".", "1..2.3",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, n, ok := readEntry4([]byte(s))
		if !ok {
			return
		}
		text := s[:n]
		var want [3]netip.Addr
		switch e.Mark {
		case 0:
			a, err := netip.ParseAddr(text)
			want = [3]netip.Addr{a, a, a}
			checkEntry4(t, s, err)
		case '/':
			p, err := netip.ParsePrefix(text)
			checkEntry4(t, s, err)
			last := binary.BigEndian.Uint32(p.Addr().AsSlice()) | ^uint32(0)>>p.Bits()
			want = [3]netip.Addr{p.Addr(), p.Masked().Addr(), addr4(last).netip()}
			if int(e.Bits) != p.Bits() {
				t.Fatalf("%q has %d bits", s, e.Bits)
			}
		case '-':
			from, to, _ := strings.Cut(text, "-")
			a, err := netip.ParseAddr(from)
			checkEntry4(t, s, err)
			b, err := netip.ParseAddr(to)
			checkEntry4(t, s, err)
			want = [3]netip.Addr{a, a, b}
		}
		if got := [3]netip.Addr{e.Addr.netip(), e.First.netip(), e.Last.netip()}; got != want || e.Last < e.First {
			t.Fatalf("%q: got %v, want %v", s, got, want)
		}
	})
}

func checkEntry4(t *testing.T, s string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
}

// TestReadEntry4 has what must be taken and what must be left: a careful reader would be asked too often otherwise.
func TestReadEntry4(t *testing.T) {
	for s, want := range map[string]string{
		"10.0.0.0/8":          "10.0.0.0/8",
		"10.9.8.7/8\n":        "10.9.8.7/8",
		"10.0.0.0/333":        "no", // the number ends after two digits, and is too large
		"10.0.0.0/012":        "10.0.0.0/0",
		"10.0.0.0/":           "no",
		"10.0.0.1":            "10.0.0.1",
		"10.0.0.1 # x":        "10.0.0.1",
		"10.0.0.1-10.0.0.1":   "10.0.0.1-10.0.0.1",
		"10.0.0.2-10.0.0.1":   "no",
		"10.0.0.1 - 10.0.0.2": "10.0.0.1",
		"10.0.0.010":          "10.0.0.0",
		"10.0.0":              "no",
		"10.0.0.256":          "no",
		"10.0.0.1000":         "10.0.0.100",
		"00.0.0.0":            "no",
		"::1":                 "no",
		" 10.0.0.1":           "no",
	} {
		_, n, ok := readEntry4([]byte(s))
		got := s[:min(n, len(s))]
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: read %q, want %q", s, got, want)
		}
	}
}

// TestReadLines4 reads a list that is cut off anywhere: all whole lines before the first other one, and no byte is
// lost.
func TestReadLines4(t *testing.T) {
	const list = "10.0.0.0/8\n192.168.0.1\n1.0.0.1-1.0.0.3\n\n10.0.0.0/9\n"
	const plain = "10.0.0.0/8\n192.168.0.1\n1.0.0.1-1.0.0.3\n"
	for cut := range len(list) + 1 {
		read := 0
		rest := readLines4([]byte(list[:cut]), func(entry4) { read++ })
		whole := list[:min(cut, len(plain))]
		whole = whole[:strings.LastIndexByte(whole, '\n')+1]
		if string(rest) != list[len(whole):cut] || read != strings.Count(whole, "\n") {
			t.Errorf("%q: %d entries and %q left", list[:cut], read, rest)
		}
	}
}

// TestWriteBlocks4 writes more than fits into one write, and reads it back.
func TestWriteBlocks4(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var spans []span[addr4]
	for range 5000 {
		bits := r.IntN(33)
		lo := addr4(uint64(r.Uint32()) >> (32 - bits) << (32 - bits))
		spans = append(spans, span[addr4]{lo, lo | ^addr4(0)>>bits})
	}
	spans = append(spans, span[addr4]{0, ^addr4(0)}, span[addr4]{^addr4(0), ^addr4(0)}, span[addr4]{1, 6})
	var out bytes.Buffer
	if err := writeBlocks4(&out, spans); err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, s := range spans[:5001] {
		fmt.Fprintf(&want, "%s/%d\n", s.Lo.netip(), 32-len(fmt.Sprintf("%b", uint64(s.Hi-s.Lo)+1))+1)
	}
	want.WriteString("255.255.255.255/32\n0.0.0.1/32\n0.0.0.2/31\n0.0.0.4/31\n0.0.0.6/32\n")
	if out.String() != want.String() {
		t.Error("written otherwise than fmt does")
	}
	broken := &brokenWriter{after: 1}
	if err := writeBlocks4(broken, spans); err == nil || broken.after != -1 {
		t.Errorf("a writer that fails: %v, asked %d times after that", err, -1-broken.after)
	}
}

// brokenWriter accepts the given number of writes and then fails.
type brokenWriter struct{ after int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.after--; w.after < 0 {
		return 0, errors.New("full")
	}
	return len(p), nil
}
