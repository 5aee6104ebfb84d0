package apply_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIPAMPool brings networks with an IPAM pool to a stand-in, which chooses their ranges. A later change sends the
// allocation without the prefixes that Azure filled in: Azure refuses a request with both.
func TestIPAMPool(t *testing.T) {
	const sample = "../../testdata/specs/ipam-pool.yaml"
	p, g := shipped(t, sample)
	s := existing(t, p, g)
	c := client(t, s)
	run(t, diff(t, c, g))

	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	tagged := filepath.Join(t.TempDir(), "tagged.yaml")
	if err := os.WriteFile(tagged, append(text, "tags: {team: shop}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	_, g = shipped(t, tagged)
	changes := diff(t, c, g)
	updates := strings.Join(lines(changes, false), "\n")
	if !strings.Contains(updates, "update vnet-shop tags.team") || strings.Contains(updates, "ddress") {
		t.Fatalf("want new tags alone, got\n%s", updates)
	}
	settle(t, s, c, g, changes)
}
