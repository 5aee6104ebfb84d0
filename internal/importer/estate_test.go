package importer_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var update = flag.Bool("update", false, "rewrite golden files")

func read(t *testing.T, files ...string) *importer.Estate {
	t.Helper()
	e := &importer.Estate{}
	for _, name := range files {
		f, err := os.Open(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Add(name, f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return e
}

// Every estate reads back without a problem and says what the golden file says. aks-kubenet is the network settings
// of a real cluster, trimmed from a recording of Azure/azure-cli (test_aks_create_network_cidr.yaml); aks-dualstack is
// written by hand in the shape of the API's answers.
func TestSpec(t *testing.T) {
	for name, files := range map[string][]string{
		"hub":       {"vnet-show.json", "aks-show.json", "attached.json"},
		"hub-alone": {"vnet-show.json"},
		"arm":       {"vnet-list-arm.json", "subnet-list.json"},
		"subnets":   {"subnet-list.json"},
		"cluster":   {"aks-show.json"},
		"kubenet":   {"aks-kubenet.json"},
		"dualstack": {"aks-dualstack.json"},
		"namesakes": {"namesakes.json"},
		"none":      {},
	} {
		t.Run(name, func(t *testing.T) {
			text, notes, err := read(t, files...).Spec()
			if err != nil {
				t.Fatal(err)
			}
			if p := spec.Parse(spec.Source{Name: name, Data: text}).Problems; len(p) > 0 && name != "none" {
				t.Fatalf("reading back: %v\n%s", p, text)
			}
			got := string(text)
			for _, n := range notes {
				got += "# note: " + n + "\n"
			}
			golden := filepath.Join("testdata", name+".golden.yaml")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A recorded cluster keeps its network settings through import and plan.
func TestRoundTrip(t *testing.T) {
	text, _, err := read(t, "aks-kubenet.json", "aks-dualstack.json").Spec()
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Build(spec.Parse(spec.Source{Name: "import", Data: text}))
	type network struct{ Model, Plugin, Policy, Pods, Services, DNS, Outbound, VNet string }
	var got []network
	for _, c := range p.Clusters {
		pods, services := []string{}, []string{}
		for _, x := range c.PodCIDRs {
			pods = append(pods, x.String())
		}
		for _, x := range c.ServiceCIDRs {
			services = append(services, x.String())
		}
		got = append(got, network{string(c.Model), c.NetworkPlugin, string(c.NetworkPolicy), strings.Join(pods, " "),
			strings.Join(services, " "),
			c.DNSServiceIP.String(), string(c.OutboundType), c.VNetName})
	}
	want := []network{
		{"kubenet", "kubenet", "calico", "10.244.0.0/16", "10.0.0.0/16", "10.0.2.10", "loadBalancer", "managed"},
		{
			"kubenet", "kubenet", "none", "10.244.0.0/16 fd12:3456:789a::/64",
			"10.0.0.0/16 fd12:3456:789a:1::/108", "10.0.0.10",
			"loadBalancer", "managed",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A new cluster is placed beside existing resources.
func TestPlaceBeside(t *testing.T) {
	text, _, err := read(t, "vnet-list-arm.json", "subnet-list.json").Spec()
	if err != nil {
		t.Fatal(err)
	}
	own := "apiVersion: aksnet/v1\nresourceGroup: rg\nlocation: northeurope\nclusters:\n" +
		"  - {name: new, vnet: vnet-old, nodePools: [{name: system, count: 3}]}\n"
	p := plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(own)}, spec.Source{Name: "import", Data: text}))
	if len(p.Unplaced) > 0 || len(p.VNets) != 1 {
		t.Fatalf("unplaced %v in %d networks", p.Unplaced, len(p.VNets))
	}
	subnets := p.VNets[0].Subnets
	i := slices.IndexFunc(subnets, func(s *plan.Subnet) bool { return !s.Existing })
	if i < 0 {
		t.Fatal("the cluster has no subnet of its own")
	}
	for j, s := range subnets {
		if j != i && s.AddressPrefix.Overlaps(subnets[i].AddressPrefix) {
			t.Errorf("%s overlaps %s", subnets[i].AddressPrefix, s.Name)
		}
	}
}

// The same file twice is one estate.
func TestAddTwice(t *testing.T) {
	once, _, _ := read(t, "vnet-show.json").Spec()
	twice, _, _ := read(t, "vnet-show.json", "vnet-show.json").Spec()
	if diff := cmp.Diff(string(once), string(twice)); diff != "" {
		t.Error(diff)
	}
}

func TestAddRefuses(t *testing.T) {
	for _, text := range []string{"", "null", "3", `"x"`, "[1]", "{", `{"id":`} {
		if err := new(importer.Estate).Add("in.json", strings.NewReader(text)); err == nil ||
			!strings.Contains(err.Error(), "in.json") {
			t.Errorf("Add(%q) = %v, want an error that names the file", text, err)
		}
	}
}

// No JSON makes the importer panic, or write what it cannot read back.
func FuzzAdd(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.json")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("{}"))
	f.Add([]byte(`[{"value": []}, {"data": [{}]}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e := &importer.Estate{}
		if e.Add("fuzz", strings.NewReader(string(data))) != nil {
			return
		}
		text, _, err := e.Spec()
		if err != nil {
			t.Fatal(err)
		}
		if e.Empty() {
			return // the command writes nothing then
		}
		if p := spec.Parse(spec.Source{Name: "x", Data: text}).Problems; len(p) > 0 {
			t.Fatalf("%v\n%s", p, text)
		}
	})
}
