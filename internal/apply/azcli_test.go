package apply_test

import (
	"bytes"
	"encoding/pem"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
)

// TestAzureCLI runs the scripts of render with the Azure CLI itself against a stand-in, which takes every resource;
// afterwards aksnet finds nothing to change, and a second run changes nothing.
//
// az takes a second to start, so these are the specs that have between them every type of resource that the stand-in
// knows. With AKSNET_AZ=all it is every shipped spec, which takes minutes.
func TestAzureCLI(t *testing.T) {
	if _, err := exec.LookPath("az"); err != nil {
		t.Skip("NOT CHECKED with the Azure CLI: az is not installed")
	}
	few := []string{"dual-stack", "existing-vnet", "kubenet-udr"}
	eachShipped(t, func(t *testing.T, p *plan.Plan, g *resource.Graph) {
		if name := path.Base(t.Name()); os.Getenv("AKSNET_AZ") != "all" && !slices.Contains(few, name) {
			t.Skip("only with AKSNET_AZ=all")
		}
		s := armtest.NewTLS(secret)
		t.Cleanup(s.Close)
		s.Steps = 0 // az waits seconds between two looks
		furnish(t, s, p, g)
		az := newAzureCLI(t, s)
		files, err := render.AzCLI(g, render.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := apply.NewClient(apply.Options{
			Cloud: "custom", ARMEndpoint: s.URL, Credential: signedIn{}, Transport: s.Client(),
		})
		if err != nil {
			t.Fatal(err)
		}
		az.run(files[0].Data, "bash", "-s")
		if path.Base(t.Name()) == "kubenet-udr" {
			az.run(files[0].Data, "bash", "-s")
		}
		if got := lines(diff(t, c, g), false); got != nil {
			t.Errorf("after the script, aksnet would: %q", got)
		}
	})
}

// azureCLI is az, signed in to a stand-in.
type azureCLI struct {
	t   *testing.T
	env []string
}

func newAzureCLI(t *testing.T, s *armtest.Server) *azureCLI {
	t.Helper()
	dir := t.TempDir()
	ca := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}),
		0o600); err != nil {
		t.Fatal(err)
	}
	az := &azureCLI{t, append(azEnvironment(t), "AZURE_CONFIG_DIR="+dir, "REQUESTS_CA_BUNDLE="+ca)}
	az.run(nil, "az", "cloud", "register", "--name", "armtest", "--endpoint-resource-manager", s.URL,
		"--endpoint-active-directory", s.URL+"/adfs",
		"--endpoint-active-directory-resource-id", "https://management.azure.com", "--endpoint-management", s.URL)
	az.run(nil, "az", "cloud", "set", "--name", "armtest")
	az.run(
		nil,
		"az",
		"login",
		"--service-principal",
		"--username",
		"33333333-2222-3333-4444-555555555555",
		"--password",
		secret,
		"--tenant",
		armtest.Tenant,
	)
	return az
}

// azEnvironment returns the environment for az, which must not be signed in anywhere. Where the packages of Debian do
// not fit together, testdata/az mends them.
func azEnvironment(t *testing.T) []string {
	t.Helper()
	mended, err := filepath.Abs(filepath.Join("testdata", "az"))
	if err != nil {
		t.Fatal(err)
	}
	return append(os.Environ(), "AZURE_CONFIG_DIR="+t.TempDir(), "AZURE_CORE_INSTANCE_DISCOVERY=false",
		"AZURE_CORE_COLLECT_TELEMETRY=false", "SUBSCRIPTION=", "RESOURCE_GROUP=", "LOCATION=", "PYTHONPATH="+mended)
}

// run runs a program, which must succeed.
func (az *azureCLI) run(stdin []byte, program string, args ...string) {
	az.t.Helper()
	x := exec.Command(program, args...)
	x.Env, x.Stdin = az.env, bytes.NewReader(stdin)
	if out, err := x.CombinedOutput(); err != nil {
		az.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}
