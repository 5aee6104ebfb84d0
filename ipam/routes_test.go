package ipam

import (
	"compress/gzip"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gaissmai/bart"
)

// TestRealRoutes takes the routes of the Internet that come with gaissmai/bart, a million of both families: they are
// merged as netipx merges them, and look-ups agree with bart's.
func TestRealRoutes(t *testing.T) {
	if testing.Short() {
		t.Skip("a million routes are no short test")
	}
	all := realRoutes(t)
	set := SetOf(all...)
	if got, want := slices.Collect(set.Prefixes()), netipxSet(t, all).Prefixes(); !slices.Equal(got, want) {
		t.Errorf("%d prefixes after merging, netipx has %d", len(got), len(want))
	}
	var table bart.Lite
	var ours Table
	for _, p := range all {
		table.Insert(p)
		ours.Add(p)
	}
	index := set.Index()
	r := rand.New(rand.NewPCG(15, 16))
	found := 0
	for n := range lots() {
		near := all[r.IntN(len(all))]
		a := Last(near).Next() // just behind a route: often free, often the next one
		if n%2 == 0 || !a.IsValid() {
			a = keyOf(near.Addr()).xor(key{hi: r.Uint64() >> 12}).addr(near.Addr().Is6())
		}
		want := table.Contains(a)
		if got := index.ContainsPrefix(netip.PrefixFrom(a, a.BitLen())); got != want {
			t.Fatalf("%s: contained %v, bart says %v", a, got, want)
		}
		asked := netip.PrefixFrom(a, a.BitLen()-r.IntN(9)).Masked()
		narrowest, ok := ours.Narrowest(asked)
		if want, wantOK := table.LookupPrefixLPM(asked); narrowest != want || ok != wantOK {
			t.Fatalf("around %s: %s %v, bart says %s %v", asked, narrowest, ok, want, wantOK)
		}
		if want {
			found++
		}
	}
	if found == 0 || found == lots() {
		t.Errorf("%d of %d addresses were found: nothing is compared", found, lots())
	}
}

// realRoutes reads the file from where the module is kept.
func realRoutes(t *testing.T) []netip.Prefix {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gaissmai/bart").Output()
	if err != nil {
		t.Skipf("NOT COMPARED with real routes: %v", err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), "internal", "tests", "testdata", "prefixes.txt.gz"))
	if err != nil {
		t.Skipf("NOT COMPARED with real routes: %v", err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []netip.Prefix
	err = ReadList(unzipped, f.Name(), func(i Item) {
		p, _ := i.Prefix()
		all = append(all, p)
	})
	if err != nil || len(all) < 900_000 {
		t.Fatalf("%d routes, %v", len(all), err)
	}
	return all
}
