package apply_test

import (
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
)

// TestTerraform lets Terraform and its azapi provider make the resources of every shipped spec on a stand-in. The
// provider checks each body against its own tables; afterwards neither Terraform nor aksnet finds anything to change.
// Before that it plans all that render can write, of which the stand-in does not know everything: identities, roles,
// firewall policies, clusters.
//
// No registry of Go has the provider, so the test runs where AKSNET_AZAPI names the folder of a built one.
func TestTerraform(t *testing.T) {
	provider := os.Getenv("AKSNET_AZAPI")
	if _, err := exec.LookPath("terraform"); err != nil || provider == "" {
		t.Skip(
			"NOT CHECKED with Terraform: it takes terraform and, in AKSNET_AZAPI, the folder of a built azapi provider",
		)
	}
	eachShipped(t, func(t *testing.T, p *plan.Plan, g *resource.Graph) {
		s := armtest.NewTLS(secret)
		t.Cleanup(s.Close)
		s.Steps = 0 // the provider waits ten seconds between two looks
		furnish(t, s, p, g)
		all := resource.BuildWith(p, resource.Options{Lockdown: true, RoleAssignments: true, Clusters: true})
		newTerraform(t, s, all, provider).run("plan")
		tf := newTerraform(t, s, g, provider)
		tf.run("apply", "-auto-approve")
		tf.run("plan", "-detailed-exitcode") // which is 2 when there is something to change
		c, err := apply.NewClient(apply.Options{
			Cloud: "custom", ARMEndpoint: s.URL, Credential: signedIn{}, Transport: s.Client(),
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(diff(t, c, g), false); got != nil {
			t.Errorf("after terraform apply, aksnet would: %q", got)
		}
	})
}

// terraform is a folder with the code of a graph, and the settings to bring it to a stand-in.
type terraform struct {
	t         *testing.T
	dir       string
	env, vars []string
}

func newTerraform(t *testing.T, s *armtest.Server, g *resource.Graph, provider string) *terraform {
	t.Helper()
	dir := t.TempDir()
	files, err := render.Terraform(g, render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	settings := fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"Azure/azapi\" = %q\n  }\n  direct {}\n}\n",
		provider,
	)
	files = append(
		files,
		render.File{Name: "terraform.rc", Data: []byte(settings)},
		render.File{
			Name: "ca.pem",
			Data: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}),
		},
	)
	tf := &terraform{t: t, dir: dir}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{
			"subscription_id": armtest.Subscription, "resource_group_name": "rg-default", "location": "westeurope",
		} {
			if strings.Contains(string(f.Data), "\nvariable \""+name+"\"") {
				tf.vars = append(tf.vars, "-var="+name+"="+value)
			}
		}
	}
	tf.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "terraform.rc"),
		"SSL_CERT_FILE="+filepath.Join(dir, "ca.pem"),
		"ARM_TENANT_ID=22222222-2222-3333-4444-555555555555", "ARM_CLIENT_ID=33333333-2222-3333-4444-555555555555",
		"ARM_CLIENT_SECRET="+secret,
		"ARM_SUBSCRIPTION_ID="+armtest.Subscription, "ARM_RESOURCE_MANAGER_ENDPOINT="+s.URL,
		"ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST="+s.URL,
		"ARM_RESOURCE_MANAGER_AUDIENCE=https://management.azure.com", "ARM_DISABLE_INSTANCE_DISCOVERY=true",
		"ARM_SKIP_PROVIDER_REGISTRATION=true")
	return tf
}

// run runs a command of Terraform, which must succeed.
func (tf *terraform) run(args ...string) {
	tf.t.Helper()
	x := exec.Command("terraform", append(append(args, "-no-color", "-input=false"), tf.vars...)...)
	x.Dir, x.Env = tf.dir, tf.env
	if out, err := x.CombinedOutput(); err != nil {
		tf.t.Fatalf("terraform %s: %v\n%s", args[0], err, out)
	}
}
