package apply_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
)

// newerFlag is a flag that az has and the one of Debian 12 does not have yet, and the property that it sets.
type newerFlag struct{ command, flag, property string }

// https://learn.microsoft.com/cli/azure/network/vnet/subnet, https://learn.microsoft.com/cli/azure/network/nat/gateway
// (read 2026-11-29)
func newerFlags() []newerFlag {
	return []newerFlag{
		{"network vnet subnet create", "--default-outbound-access", "properties.defaultOutboundAccess"},
		{
			"network vnet subnet create", "--private-endpoint-network-policies",
			"properties.privateEndpointNetworkPolicies",
		},
		{"network nat gateway create", "--tags", "tags"},
	}
}

// TestAzureCLICommands runs the scripts with az network commands as TestAzureCLI does; a second run finds everything
// there. What this az does not have yet is left out of its commands, and is all that aksnet would change.
func TestAzureCLICommands(t *testing.T) {
	if _, err := exec.LookPath("az"); err != nil {
		t.Skip("NOT CHECKED with the Azure CLI: az is not installed")
	}
	few := []string{"existing-vnet", "kubenet-udr", "pod-subnet-dynamic"}
	eachShipped(t, func(t *testing.T, p *plan.Plan, g *resource.Graph) {
		if name := path.Base(t.Name()); os.Getenv("AKSNET_AZ") != "all" && !slices.Contains(few, name) {
			t.Skip("only with AKSNET_AZ=all")
		}
		s := armtest.NewTLS(secret)
		t.Cleanup(s.Close)
		s.Steps = 0
		furnish(t, s, p, g)
		az := newAzureCLI(t, s)
		missing := az.withoutNewerFlags()
		files, err := render.AzCLICommands(g, render.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := apply.NewClient(apply.Options{
			Cloud: "custom", ARMEndpoint: s.URL, Credential: signedIn{}, Transport: s.Client(),
		})
		if err != nil {
			t.Fatal(err)
		}
		runs := 1
		if os.Getenv("AKSNET_AZ") == "all" || path.Base(t.Name()) == "kubenet-udr" {
			runs = 2
		}
		for range runs {
			az.run(files[0].Data, "bash", "-s")
			for _, change := range diff(t, c, g).Changes {
				for _, property := range change.Properties {
					if !slices.Contains(missing, strings.SplitN(property.Path, "[", 2)[0]) {
						t.Errorf("after the script, aksnet would %s %s: %v", change.Action, change.ID, property)
					}
				}
				if change.Action != apply.None && len(change.Properties) == 0 {
					t.Errorf("after the script, aksnet would %s %s", change.Action, change.ID)
				}
			}
		}
	})
}

// withoutNewerFlags makes az drop the flags that it does not have yet, with their values, and returns the properties
// that it therefore does not set.
func (az *azureCLI) withoutNewerFlags() (properties []string) {
	az.t.Helper()
	var drops strings.Builder
	for _, f := range newerFlags() {
		if !slices.Contains(az.flagsOf(f.command), f.flag) {
			fmt.Fprintf(&drops, "  '%s '*' %s') skip=1 ;;\n", f.command, f.flag)
			properties = append(properties, f.property)
		}
	}
	real, err := exec.LookPath("az")
	if err != nil {
		az.t.Fatal(err)
	}
	shim := "#!/usr/bin/env bash\nwords=() skip=0 all=\"$*\"\nfor word; do\n" +
		"  if [[ $word = --* ]]; then skip=0; fi\n  case \"$all $word\" in\n" + drops.String() + "  esac\n" +
		"  if [ $skip = 0 ]; then words+=(\"$word\"); fi\ndone\nexec '" + real + "' \"${words[@]}\"\n"
	dir := az.t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "az"), []byte(shim), 0o755); err != nil {
		az.t.Fatal(err)
	}
	az.env = append(az.env, "PATH="+dir+":"+os.Getenv("PATH"))
	return properties
}

// flagsOf returns the flags of a command of az.
func (az *azureCLI) flagsOf(command string) (flags []string) {
	az.t.Helper()
	x := exec.Command("az", append(strings.Fields(command), "--help")...)
	x.Env = az.env
	out, err := x.Output()
	if err != nil {
		az.t.Fatalf("az %s --help: %v\n%s", command, err, out)
	}
	for line := range strings.Lines(string(out)) {
		names, _, _ := strings.Cut(line, " : ")
		for _, word := range strings.Fields(names) {
			if strings.HasPrefix(word, "--") {
				flags = append(flags, word)
			}
		}
	}
	return flags
}

// TestAzureCLIFlags holds every flag in the scripts of commands to the help of az.
func TestAzureCLIFlags(t *testing.T) {
	if _, err := exec.LookPath("az"); err != nil {
		t.Skip("NOT CHECKED with the Azure CLI: az is not installed")
	}
	used := map[string]map[string]bool{}
	eachShipped(t, func(t *testing.T, p *plan.Plan, _ *resource.Graph) {
		g := resource.BuildWith(p, resource.Options{RoleAssignments: true})
		files, err := render.AzCLICommands(g, render.Options{})
		if err != nil {
			t.Fatal(err)
		}
		noteFlags(string(files[0].Data), used)
	})
	if len(used) < 12 {
		t.Fatalf("only %d commands: %v", len(used), slices.Sorted(maps.Keys(used)))
	}
	az := &azureCLI{t, azEnvironment(t)}
	for command, flags := range used {
		has := az.flagsOf(command)
		for flag := range flags {
			newer := slices.ContainsFunc(newerFlags(), func(f newerFlag) bool {
				return f.command == command && f.flag == flag
			})
			if !newer && !slices.Contains(has, flag) {
				t.Errorf("az %s has no %s: %q", command, flag, has)
			}
		}
	}
}

// noteFlags notes the commands in a script that create and update resources, with their flags, one on each line.
func noteFlags(script string, used map[string]map[string]bool) {
	command := ""
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(strings.TrimSuffix(line, "\\\n"))
		if _, call, ok := strings.Cut(line, "az "); ok && !strings.HasPrefix(line, "--") {
			command = call
		}
		words := strings.Fields(command)
		if len(words) == 0 || !slices.Contains([]string{"create", "update"}, words[len(words)-1]) {
			continue
		}
		if used[command] == nil {
			used[command] = map[string]bool{}
		}
		if flag, _, _ := strings.Cut(line, " "); strings.HasPrefix(flag, "--") {
			used[command][flag] = true
		}
	}
}
