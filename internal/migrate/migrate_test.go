package migrate_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/migrate"
	"github.com/aksnet/aksnet/spec"
)

func guide(t *testing.T, to migrate.Target, text string) migrate.Cluster {
	t.Helper()
	s := spec.Parse(
		spec.Source{Name: "test.yaml", Data: []byte("apiVersion: aksnet/v1\nresourceGroup: rg-shop\n" + text)},
	)
	for _, p := range s.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message)
	}
	return migrate.To(to, s).Clusters[0]
}

func cluster(more string) string {
	return "clusters: [{name: shop, " + more + " nodePools: [{name: system, count: 3, maxPods: 30}]}]"
}

func TestVerdicts(t *testing.T) {
	tests := map[string]struct {
		to      migrate.Target
		text    string
		verdict migrate.Verdict
		becomes string
		blocker string
	}{
		"kubenet to overlay":     {migrate.ToOverlay, cluster("model: kubenet,"), migrate.Possible, "overlay", ""},
		"node subnet to overlay": {migrate.ToOverlay, cluster("model: node-subnet,"), migrate.Possible, "overlay", ""},
		"node subnet, reachable": {
			migrate.ToOverlay, cluster("model: node-subnet, requirements: {podsReachableFromVnet: true},"), migrate.Blocked,
			"overlay", "pods reachable",
		},
		"node subnet, virtual nodes": {
			migrate.ToOverlay, cluster("model: node-subnet, virtualNodes: true,"), migrate.Blocked, "overlay", "virtual nodes",
		},
		"pod subnet to overlay": {
			migrate.ToOverlay, cluster("model: pod-subnet,"), migrate.NewCluster, "overlay", "to Overlay in place",
		},
		"own CNI to overlay": {
			migrate.ToOverlay, cluster("model: byo,"), migrate.NewCluster, "overlay", "in place",
		},
		"overlay to overlay": {migrate.ToOverlay, cluster(""), migrate.There, "overlay", ""},
		"overlay to cilium":  {migrate.ToCilium, cluster(""), migrate.Possible, "overlay-cilium", ""},
		"calico to cilium": {
			migrate.ToCilium, cluster("networkPolicy: calico,"), migrate.Possible, "overlay-cilium", "",
		},
		"calico required": {
			migrate.ToCilium, cluster("requirements: {networkPolicy: calico},"), migrate.Blocked, "overlay-cilium", "calico",
		},
		"Windows to cilium": {
			migrate.ToCilium, "clusters: [{name: shop, nodePools: [{name: system}, {name: win, osType: Windows}]}]",
			migrate.Blocked, "overlay-cilium", "Windows",
		},
		"node subnet, Windows, cilium": {
			migrate.ToCilium,
			"clusters: [{name: shop, model: node-subnet, nodePools: [{name: system}, {name: win, osType: Windows}]}]",
			migrate.Blocked, "node-subnet", "Windows",
		},
		"pod subnet to cilium": {
			migrate.ToCilium,
			cluster("model: pod-subnet,"),
			migrate.Possible,
			"pod-subnet-cilium",
			"",
		},
		"kubenet to cilium": {migrate.ToCilium, cluster("model: kubenet,"), migrate.Possible, "overlay-cilium", ""},
		"own CNI to cilium": {
			migrate.ToCilium,
			cluster("model: byo,"),
			migrate.NewCluster,
			"overlay-cilium",
			"in place",
		},
		"cilium to cilium": {migrate.ToCilium, cluster("model: cilium,"), migrate.There, "overlay-cilium", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := guide(t, tt.to, tt.text)
			if c.Verdict != tt.verdict || c.To != tt.becomes {
				t.Errorf("%s to %s, want %s to %s", c.Verdict, c.To, tt.verdict, tt.becomes)
			}
			if found := slices.ContainsFunc(c.Blockers,
				func(i migrate.Item) bool { return strings.Contains(i.Text, tt.blocker) }); found != (tt.blocker != "") {
				t.Errorf("blockers %v, want %q", c.Blockers, tt.blocker)
			}
			for _, s := range c.Steps {
				if !strings.HasPrefix(s.Source.URL, "https://") {
					t.Errorf("step %q has no source", s.Title)
				}
			}
		})
	}
}

// TestKubenetSteps is the whole order of the longest way.
func TestKubenetSteps(t *testing.T) {
	c := guide(
		t,
		migrate.ToCilium,
		`vnets: [{name: vnet-hub, existing: true, addressPrefixes: [10.0.0.0/24]}, {name: vnet-shop, addressPrefixes: [10.1.0.0/22], peerings: [vnet-hub]}]
`+cluster(
			"vnet: vnet-shop, model: kubenet, kubernetesVersion: 1.26, identity: SystemAssigned, networkPolicy: "+
				"calico, podCidr: 10.244.0.0/16, outboundType: userDefinedRouting, egress: {nextHopIP: 10.0.0.4},",
		),
	)
	var commands []string
	for _, s := range c.Steps {
		commands = append(commands, s.Commands...)
	}
	const tail = " --resource-group rg-shop"
	want := []string{
		"az aks show --name shop --query networkProfile --output json" + tail,
		"kubectl get nodes -o wide",
		"kubectl get networkpolicies -A",
		"az aks get-upgrades --name shop --output table" + tail,
		`az aks upgrade --name shop --kubernetes-version "$KUBERNETES_VERSION"` + tail,
		"az aks update --name shop --network-policy none" + tail,
		"az identity create --name id-shop" + tail,
		"az aks update --name shop --enable-managed-identity" +
			` --assign-identity "$(az identity show --name id-shop` + tail + ` --query id --output tsv)"` + tail,
		"kubectl get configmaps -n kube-system -o name | grep ip-masq-agent",
		"az aks update --name shop --network-plugin azure --network-plugin-mode overlay" + tail,
		"az aks show --name shop --query networkProfile.networkPluginMode --output json" + tail,
		"kubectl get pods -A -o wide",
		"az network vnet subnet update --vnet-name vnet-shop --name snet-shop-nodes --route-table rt-shop" + tail,
		"az aks update --name shop --network-dataplane cilium --network-policy cilium" + tail,
		"az aks show --name shop --query networkProfile.networkDataplane --output json" + tail,
		"kubectl get pods -n kube-system -l k8s-app=cilium",
		"aksnet validate",
	}
	if diff := cmp.Diff(want, commands); diff != "" {
		t.Error(diff)
	}
	if !c.OneWay || c.PodCIDR.String() != "10.244.0.0/16" {
		t.Errorf("one way %v, pod CIDR %s", c.OneWay, c.PodCIDR)
	}
}

func TestNodeSubnetGivesAddressesBack(t *testing.T) {
	c := guide(t, migrate.ToOverlay, cluster("model: node-subnet,"))
	if c.VNetAddressesBefore != 4*31+5 || c.VNetAddressesAfter != 4+5 {
		t.Errorf("%d addresses before, %d after", c.VNetAddressesBefore, c.VNetAddressesAfter)
	}
	if !slices.ContainsFunc(c.Steps, func(s migrate.Step) bool {
		return len(s.Commands) == 1 &&
			strings.Contains(s.Commands[0], "--network-plugin-mode overlay --pod-cidr "+c.PodCIDR.String())
	}) {
		t.Error("no step gives the pod CIDR")
	}
}

// TestShell asks a shell what it makes of names that nobody should have.
func TestShell(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash to ask")
	}
	for _, name := range []string{
		"shop", "a b", "it's", "$(reboot)", "`id`", `a"b`, "x;y", "tab\there", "line\nbreak", "~root", "ünï",
		"a\\b", "*",
		"!1", "bell\a'\\",
	} {
		c := migrate.To(migrate.ToCilium, &spec.Spec{Clusters: []spec.Cluster{{
			Name: name, ResourceGroup: name, Model: "overlay", NetworkDataplane: "azure",
			NodePools: []spec.NodePool{{Name: "x", Count: 1, MaxPods: 30}},
		}}}).Clusters[0]
		command := c.Steps[0].Commands[0]
		if strings.ContainsAny(command, "\n\a") {
			t.Errorf("%q makes more than one line of %q", name, command)
		}
		out, err := exec.Command(bash, "-c", `az() { printf '%s\0' "$@"; }; `+command).Output()
		if err != nil {
			t.Fatalf("%q: %v", command, err)
		}
		words := strings.Split(string(out), "\x00")
		if words[3] != name || words[9] != name {
			t.Errorf("%q reads %q", command, words)
		}
	}
}
