package apply_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"flag"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/cmd"
	process "github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/armtest"
)

const secret = "s3cret~of.the-service_principal"

// TestMain lets the test binary be aksnet, so that whole commands can be run and killed.
func TestMain(m *testing.M) {
	if os.Getenv("AKSNET_TEST_COMMAND") != "" {
		os.Exit(cmd.Main(process.Standard(), os.Args[1:]))
	}
	os.Exit(m.Run())
}

// cli is aksnet against a stand-in on HTTPS, signed in as a service principal.
type cli struct {
	t      *testing.T
	server *armtest.Server
	env    []string
}

func newCLI(t *testing.T, secretGiven string) *cli {
	t.Helper()
	s := armtest.NewTLS(secret)
	t.Cleanup(s.Close)
	s.AddGroup("rg-net", "westeurope")
	s.AddGroup("rg-hub", "westeurope")
	s.Put(
		hubID,
		`{"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.32.0.0/16"]}, "subnets": [
		{"name": "snet-theirs", "properties": {"addressPrefix": "10.32.1.0/24"}}]}}`,
	)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}),
		0o600); err != nil {
		t.Fatal(err)
	}
	return &cli{t, s, []string{
		"AKSNET_TEST_COMMAND=1", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"),
		"AZURE_TENANT_ID=22222222-2222-3333-4444-555555555555", "AZURE_CLIENT_ID=33333333-2222-3333-4444-555555555555",
		"AZURE_CLIENT_SECRET=" + secretGiven,
		"AZURE_SUBSCRIPTION_ID=" + armtest.Subscription, "AKSNET_CLOUD=custom", "AKSNET_ARM_ENDPOINT=" + s.URL,
		"AKSNET_AUTHORITY_HOST=" + s.URL,
		"AKSNET_ARM_AUDIENCE=https://management.azure.com", "AKSNET_CA_FILE=" + ca, "AKSNET_POLL_INTERVAL=2ms",
		"AZURE_SDK_GO_LOGGING=all",
	}}
}

func (c *cli) command(args ...string) *exec.Cmd {
	x := exec.Command(os.Args[0], args...)
	x.Env = c.env
	return x
}

// run runs a command and returns what it printed and its exit code. Nothing it prints may hold a secret.
func (c *cli) run(args ...string) (stdout, stderr string, code int) {
	c.t.Helper()
	var out, err bytes.Buffer
	x := c.command(args...)
	x.Stdout, x.Stderr = &out, &err
	_ = x.Run()
	for _, s := range []string{secret, "wrong~secret~of~somebody", armtest.Token, "signature-of-the-link"} {
		if strings.Contains(out.String()+err.String(), s) {
			c.t.Errorf(
				"aksnet %s prints the secret %q:\n%s\n%s",
				strings.Join(args, " "),
				s,
				out.String(),
				err.String(),
			)
		}
	}
	return out.String(), err.String(), x.ProcessState.ExitCode()
}

// A whole round as a user in CI has it: sign-in through DefaultAzureCredential, diff, apply, diff, apply.
func TestCommand(t *testing.T) {
	c := newCLI(t, secret)
	spec := filepath.Join("testdata", "shop.yaml")
	out, errs, code := c.run("diff", spec, "--exit-code", "-o", "json")
	var doc struct {
		Changes []struct {
			Action, Type, ID, Reason string
			Properties               []struct {
				Path          string
				Before, After any
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || code != 1 || len(doc.Changes) < 9 {
		t.Fatalf("diff: exit %d, %d changes, %v\n%s", code, len(doc.Changes), err, errs)
	}
	if out, errs, code = c.run("apply", spec); code != 2 || !strings.Contains(errs, "--yes") ||
		len(writes(c.server)) > 0 {
		t.Fatalf("apply without a terminal: exit %d, %s %s", code, out, errs)
	}
	if out, errs, code = c.run("apply", spec, "--yes"); code != 0 ||
		!strings.Contains(out, "+ create  Microsoft.Network/virtualNetworks  vnet-shop\n") ||
		!strings.Contains(errs, "create Microsoft.Network/virtualNetworks vnet-shop: done in ") {
		t.Fatalf("apply: exit %d\n%s\n%s", code, out, errs)
	}
	if out, errs, code = c.run("diff", spec, "--exit-code"); code != 0 || out != "no changes\n" {
		t.Fatalf("diff after apply: exit %d\n%s\n%s", code, out, errs)
	}
	before := len(writes(c.server))
	if out, errs, code = c.run("apply", spec, "--yes", "-o", "json"); code != 0 || len(writes(c.server)) > before {
		t.Fatalf("second apply: exit %d, sent %q\n%s\n%s", code, writes(c.server)[before:], out, errs)
	}
}

// A refused change ends apply with 1, and nothing is sent.
func TestCommandRefused(t *testing.T) {
	c := newCLI(t, secret)
	c.server.Remove(hubID)
	out, errs, code := c.run("apply", filepath.Join("testdata", "shop.yaml"), "--yes")
	if code != 1 || !strings.Contains(out, "! refused") || !strings.Contains(errs, "nothing was changed") ||
		len(writes(c.server)) > 0 {
		t.Errorf("exit %d\n%s\n%s", code, out, errs)
	}
}

// The authority repeats a wrong secret in its answer; aksnet does not.
func TestCommandSecret(t *testing.T) {
	c := newCLI(t, "wrong~secret~of~somebody")
	_, errs, code := c.run("diff", filepath.Join("testdata", "shop.yaml"))
	if code != 3 || !strings.Contains(errs, "AADSTS7000215") {
		t.Errorf("exit %d\n%s", code, errs)
	}
}

// A process that is killed while a request has its effect leaves nothing that another run cannot finish.
func TestKill(t *testing.T) {
	want := func() map[string]string {
		c := newCLI(t, secret)
		if _, errs, code := c.run("apply", filepath.Join("testdata", "shop.yaml"), "--yes"); code != 0 {
			t.Fatal(errs)
		}
		return c.server.Snapshot()
	}()
	points := []int{12, 14, 20, 27, 33, 40}
	survived := 0
	for _, at := range points {
		c := newCLI(t, secret)
		x := c.command("apply", filepath.Join("testdata", "shop.yaml"), "--yes")
		started, killed := make(chan struct{}), make(chan struct{})
		c.server.Set(nil, func(n int, _ *http.Request) {
			if n == at {
				<-started
				if err := x.Process.Kill(); err != nil {
					t.Error(err)
				}
				close(killed)
			}
		})
		if err := x.Start(); err != nil {
			t.Fatal(err)
		}
		close(started)
		if err := x.Wait(); err == nil {
			t.Errorf("request %d: the process was not killed", at)
			continue
		}
		<-killed
		c.server.Set(nil, nil)
		if _, errs, code := c.run("apply", filepath.Join("testdata", "shop.yaml"), "--yes"); code != 0 {
			t.Errorf("request %d: the run after the kill: exit %d\n%s", at, code, errs)
			continue
		}
		effects := c.server.Effects()
		slices.Sort(effects)
		if n := len(effects) - len(slices.Compact(slices.Clone(effects))); n > 0 {
			t.Errorf("request %d: %d writes were done twice", at, n)
			continue
		}
		if d := cmp.Diff(want, c.server.Snapshot()); d != "" {
			t.Errorf("request %d: -want +got:\n%s", at, d)
			continue
		}
		survived++
	}
	t.Logf("kill -9: %d points tried, %d survived", len(points), survived)
}

// Ctrl-C and SIGTERM end apply with a report of what is done and what is not, and leave nothing that another run cannot
// finish.
func TestSignal(t *testing.T) {
	apply := []string{"apply", filepath.Join("testdata", "fleet.yaml"), "--yes"}
	slow := func(*http.Request) time.Duration { return 5 * time.Millisecond }
	whole := newCLI(t, secret)
	whole.server.Latency = slow
	began := time.Now()
	if _, errs, code := whole.run(apply...); code != 0 {
		t.Fatal(errs)
	}
	usual, want := time.Since(began), whole.server.Snapshot()
	ended := map[int]int{}
	var slowest time.Duration
	for i := range *signals {
		c := newCLI(t, secret)
		c.server.Latency = slow
		c.env = append(c.env, "AZURE_SDK_GO_LOGGING=")
		var errs bytes.Buffer
		x := c.command(apply...)
		x.Stderr = &errs
		if err := x.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(usual * 5 / 4))
		sent, s := time.Now(), []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[i%2]
		_ = x.Process.Signal(s) // the process may have ended
		_ = x.Wait()
		slowest = max(slowest, time.Since(sent))
		code := x.ProcessState.ExitCode()
		ended[code]++
		switch writes := len(c.server.Effects()); {
		case code == 0 || code == -1: // at the end, and before the process handles signals
		case code != 128+int(s):
			t.Errorf("exit code %d\n%s", code, errs.String())
		case writes > 0 && !strings.Contains(errs.String(), "run apply again to continue from here"),
			writes == 0 && !strings.Contains(errs.String(), "interrupted"):
			t.Errorf("%d writes, but the report is\n%s", writes, errs.String())
		}
		if _, errs, code := c.run(apply...); code != 0 {
			t.Fatalf("the run after the signal: exit code %d\n%s", code, errs)
		}
		effects := c.server.Effects()
		slices.Sort(effects)
		if n := len(effects) - len(slices.Compact(slices.Clone(effects))); n > 0 {
			t.Errorf("%d writes were done twice", n)
		}
		if d := cmp.Diff(want, c.server.Snapshot()); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
	t.Logf("exit codes %v, at most %v after the signal", ended, slowest)
}

// signals is how many runs of apply get a signal.
var signals = flag.Int("signals", 8, "how many `RUNS` of apply get a signal")

// Live import reads the estate, page by page, with what the subnets refer to.
func TestCommandImport(t *testing.T) {
	c := newCLI(t, secret)
	c.server.PageSize = 1
	if _, errs, code := c.run("apply", filepath.Join("testdata", "shop.yaml"), "--yes"); code != 0 {
		t.Fatal(errs)
	}
	clusters := "/subscriptions/" + armtest.Subscription +
		"/resourceGroups/rg-net/providers/Microsoft.ContainerService/managedClusters/"
	c.server.Put(
		clusters+"shop-prod",
		`{"location": "westeurope", "properties": {"kubernetesVersion": "1.34", "nodeResourceGroup": "MC_x", "agentPoolProfiles": [
		{"name": "system", "count": 3, "mode": "System", "osType": "Linux", "maxPods": 250, "vnetSubnetID": "`+netID+`virtualNetworks/vnet-shop/subnets/snet-nodes"}],
		"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "podCidr": "100.64.0.0/16", "serviceCidr": "172.20.0.0/16", "dnsServiceIP": "172.20.0.10"}}}`,
	)
	for _, args := range [][]string{
		{"--resource-group", "rg-net"}, {"-g", "rg-net", "--vnet", "vnet-shop", "--cluster", "shop-prod"},
		{"--cluster", clusters + "shop-prod"}, {"--subscription", armtest.Subscription},
	} {
		out, errs, code := c.run(append([]string{"import", "azure"}, args...)...)
		for _, w := range []string{
			"name: vnet-shop", "existing: true", "name: rt-shop-prod", "name: nsg-nodes", "routeTable: rt-shop-prod",
			"name: shop-prod", "nodeSubnet: {name: snet-nodes}",
		} {
			if code != 0 || !strings.Contains(out, w) {
				t.Errorf("import azure %q: exit %d, no %q in\n%s\n%s", args, code, w, out, errs)
				break
			}
		}
	}
	if _, errs, code := c.run("import", "azure", "--vnet", "vnet-shop"); code != 2 ||
		!strings.Contains(errs, "--resource-group") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
