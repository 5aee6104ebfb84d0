//go:build unix

package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aksnet/aksnet/internal/ledger"
)

// Sizes of the tests below; .ci/ledger.sh runs them larger.
var (
	ledgerWorkers = flag.Int("ledger-workers", 4, "how many `PROCESSES` reserve at one time")
	ledgerEach    = flag.Int("ledger-each", 3, "how many `RESERVATIONS` each of them makes")
	ledgerKills   = flag.Int("ledger-kills", 10, "how many `PROCESSES` are killed while they reserve")
)

// ledgerSpec writes the spec of a cluster into a file of its own.
func ledgerSpec(t *testing.T, dir, name string) string {
	t.Helper()
	file := filepath.Join(dir, name+".yaml")
	text := "apiVersion: aksnet/v1\nlocation: westeurope\naddressSpace: {pools: [10.0.0.0/9], podPools: " +
		"[100.64.0.0/10]}\n" +
		"clusters:\n  - {name: " + name + ", nodePools: [{name: system, count: 3}]}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// reserveTogether lets processes reserve ranges of one ledger at one time, and checks that everybody has what it asked
// for and nobody what another one has.
func reserveTogether(t *testing.T, url string, env []string) {
	t.Helper()
	dir := t.TempDir()
	var wait sync.WaitGroup
	start := time.Now()
	for w := range *ledgerWorkers {
		files := make([]string, *ledgerEach)
		for i := range files {
			files[i] = ledgerSpec(t, dir, fmt.Sprintf("c%d-%d", w, i))
		}
		wait.Go(func() {
			for _, file := range files {
				x := exec.Command(
					"aksnet",
					"ledger",
					"reserve",
					file,
					"--ledger",
					url,
					"--owner",
					fmt.Sprintf("w%d", w),
					"-q",
				)
				x.Env = append(os.Environ(), env...)
				if out, err := x.CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			}
		})
	}
	wait.Wait()
	want := *ledgerWorkers * *ledgerEach
	t.Logf(
		"%d reservations by %d processes at a time in %s",
		want,
		*ledgerWorkers,
		time.Since(start).Round(10*time.Millisecond),
	)
	checkLedger(t, url, env, want)
}

// checkLedger reads a ledger as a user does, and checks that each of the clusters has a network, a subnet and both
// CIDRs,
// and that ranges which must differ do.
func checkLedger(t *testing.T, url string, env []string, clusters int) {
	t.Helper()
	x := exec.Command("aksnet", "ledger", "list", "--ledger", url, "-o", "json", "-q")
	x.Env = append(os.Environ(), env...)
	out, err := x.Output()
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Entries []ledger.Entry }
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	count := map[ledger.Kind]int{}
	holders := map[ledger.Kind]map[netip.Prefix]string{}
	for _, e := range list.Entries {
		count[e.Kind]++
		if holders[e.Kind] == nil {
			holders[e.Kind] = map[netip.Prefix]string{}
		}
		if other, taken := holders[e.Kind][e.AddressPrefix]; taken && e.Kind != ledger.ServiceCIDR {
			t.Errorf("%s %s is held by %s and %s", e.Kind, e.AddressPrefix, other, e.Cluster)
		}
		holders[e.Kind][e.AddressPrefix] = e.Cluster
	}
	for _, kind := range []ledger.Kind{ledger.VNet, ledger.Subnet, ledger.PodCIDR, ledger.ServiceCIDR} {
		if count[kind] != clusters {
			t.Errorf("%d of kind %s, want %d", count[kind], kind, clusters)
		}
	}
	check := exec.Command("aksnet", "ledger", "check", "--ledger", url)
	check.Env = append(os.Environ(), env...)
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestLedgerProcesses(t *testing.T) {
	reserveTogether(t, filepath.Join(t.TempDir(), "aksnet.lock"), nil)
}

// TestLedgerKilled kills processes that reserve. The file is always whole: it has all ranges of a plan or none.
func TestLedgerKilled(t *testing.T) {
	dir := t.TempDir()
	url := filepath.Join(t.TempDir(), "aksnet.lock")
	file := ledgerSpec(t, dir, "first")
	began := time.Now()
	if out, err := exec.Command("aksnet", "ledger", "reserve", file, "--ledger", url).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usual := time.Since(began)
	for i := range *ledgerKills {
		x := exec.Command("aksnet", "ledger", "reserve", ledgerSpec(t, dir, fmt.Sprintf("k%d", i)), "--ledger", url)
		interrupt(t, x, syscall.SIGKILL, time.Duration(rand.Float64()*1.2*float64(usual)))
		text, err := os.ReadFile(url)
		if err != nil {
			t.Fatal(err)
		}
		l, problems := ledger.Parse("aksnet.lock", text)
		if len(problems) > 0 || len(l.Entries())%4 != 0 {
			t.Fatalf("after kill %d: %d entries, %v", i, len(l.Entries()), problems)
		}
	}
	last := ledgerSpec(t, dir, "last")
	if out, err := exec.Command("aksnet", "ledger", "reserve", last, "--ledger", url).CombinedOutput(); err != nil {
		t.Errorf("the ledger is locked: %v\n%s", err, out)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(url), ".aksnet-*"))
	if err != nil || len(left) > *ledgerKills {
		t.Errorf("%v, %v", left, err)
	}
}

// TestLedgerAzurite lets processes share a ledger in a real emulator of Azure Storage, which AKSNET_AZURITE names by
// its
// connection string.
func TestLedgerAzurite(t *testing.T) {
	connection := os.Getenv("AKSNET_AZURITE")
	if connection == "" {
		t.Skip("AKSNET_AZURITE is not set: .ci/ledger.sh starts Azurite and runs this test")
	}
	url := fmt.Sprintf("azblob://devstoreaccount1/ledgers/%d.yaml", time.Now().UnixNano())
	reserveTogether(t, url, []string{"AZURE_STORAGE_CONNECTION_STRING=" + connection})
}

// TestLedgerSameWithAndWithout plans every sample spec with and without an empty ledger, and after its ranges were
// reserved: nothing moves.
func TestLedgerSameWithAndWithout(t *testing.T) {
	specs, err := filepath.Glob("testdata/specs/*.yaml")
	if err != nil || len(specs) == 0 {
		t.Fatal(err)
	}
	for _, file := range specs {
		t.Run(filepath.Base(file), func(t *testing.T) {
			url := filepath.Join(t.TempDir(), "aksnet.lock")
			plan := func(args ...string) []byte {
				out, err := exec.Command("aksnet", append([]string{"plan", file, "-o", "json"}, args...)...).Output()
				if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
					t.Fatal(err)
				}
				return out
			}
			before := plan()
			out, err := exec.Command("aksnet", "ledger", "reserve", file, "--ledger", url).CombinedOutput()
			if err != nil {
				if strings.Contains(string(out), "error") {
					t.Skip("it has errors: nothing is reserved")
				}
				t.Fatalf("%v\n%s", err, out)
			}
			if after := plan("--ledger", url); !bytes.Equal(placed(t, before), placed(t, after)) {
				t.Errorf("the plan differs:\n%s\n%s", placed(t, before), placed(t, after))
			}
			again, err := exec.Command("aksnet", "ledger", "reserve", file, "--ledger", url).CombinedOutput()
			if err != nil || !strings.Contains(string(again), "reserved 0 ranges") {
				t.Errorf("the second run: %v\n%s", err, again)
			}
		})
	}
}

// placed returns the networks and clusters of a plan as JSON, without its findings.
func placed(t *testing.T, data []byte) []byte {
	t.Helper()
	var p struct{ VNets, Clusters json.RawMessage }
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return append(p.VNets, p.Clusters...)
}
