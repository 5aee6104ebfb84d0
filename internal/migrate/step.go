package migrate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// step adds a step.
func (m *migration) step(s aks.Source, title string, commands ...string) {
	if commands == nil {
		commands = []string{}
	}
	m.out.Steps = append(m.out.Steps, Step{title, commands, s})
}

// steps adds the steps in order.
func (m *migration) steps(change aks.Change) {
	update := toCilium().Source
	m.step(update, "Record the current state of the cluster", m.show("networkProfile"), "kubectl get nodes -o wide",
		"kubectl get networkpolicies -A")
	if len(m.out.Blockers) > 0 {
		m.step(update, "Resolve the blockers first: "+texts(m.out.Blockers))
	}
	if m.needsOverlay() {
		m.toOverlay(change)
	}
	if m.getsCilium() {
		m.toCilium()
	}
	m.step(aks.SizingSource(), "Put the new settings into the spec and validate it: "+m.settings(), "aksnet validate")
}

func texts(items []Item) string {
	var out []string
	for _, i := range items {
		out = append(out, i.Text)
	}
	return strings.Join(out, "; ")
}

func (m *migration) settings() string {
	out := []string{"model: " + string(m.then.Model)}
	if m.out.PodCIDR.IsValid() {
		out = append(out, "podCidr: "+m.out.PodCIDR.String())
	}
	if m.getsCilium() {
		out = append(out, "networkDataplane: cilium", "networkPolicy: cilium")
	} else if m.plan.NetworkDataplane != aks.DataplaneCilium {
		out = append(out, "networkPolicy: none")
	}
	return strings.Join(out, ", ")
}

func (m *migration) toOverlay(change aks.Change) {
	m.prerequisites(change, m.situation(aks.Overlay))
	m.step(change.Source, "Look for your own ip-masq-agent configuration, which blocks the change; "+
		"azure-ip-masq-agent-config-reconciled belongs to AKS",
		"kubectl get configmaps -n kube-system -o name | grep ip-masq-agent")
	if m.plan.VNet() != nil {
		m.step(
			aks.SizingSource(),
			fmt.Sprintf("Allow traffic from nodes and pods to pod CIDR %s in the security groups of "+
				"the node subnets, and make sure that no subnet or peered network uses the range", m.out.PodCIDR),
		)
	}
	m.step(change.Source, "Change the model; this cannot be undone, and AKS reimages all pools at the same time",
		m.commands(change.Steps)...)
	m.step(change.Source, "Check that the model is overlay and that pods have addresses from the pod CIDR",
		m.show("networkProfile.networkPluginMode"), "kubectl get pods -A -o wide")
	if m.plan.Model.Facts().OwnRouteTable && m.plan.OutboundType == aks.OutboundUserDefinedRouting {
		m.routes(change.Source)
	}
}

// prerequisites adds a step for every condition of a change that the cluster does not meet and a command can.
func (m *migration) prerequisites(change aks.Change, situation aks.Situation) {
	unmet, _ := change.Hurdles(situation)
	for _, c := range unmet {
		if len(c.Steps) > 0 {
			m.step(change.Source, sentence(c.Otherwise), m.commands(c.Steps)...)
		}
	}
}

// sentence writes the first letter of a text in upper case.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// commands returns the commands of steps with the names of the cluster.
func (m *migration) commands(steps []aks.Step) (out []string) {
	for _, s := range steps {
		if s.Command != "" {
			out = append(out, m.az.Command(s.Command))
		}
	}
	return out
}

// routes adds a step that attaches the route table with the route to the firewall to the node subnets.
func (m *migration) routes(s aks.Source) {
	var commands []string
	for _, subnet := range m.plan.NodeSubnets() {
		az := m.az
		az.Values = map[string]string{
			"vnet": shell.Word(subnet.VNet.Name), "subnet": shell.Word(subnet.Name), "table": shell.Word(subnet.RouteTable),
		}
		if subnet.VNet.ResourceGroup != "" {
			az.Values["networkGroup"] = shell.Word(subnet.VNet.ResourceGroup)
		}
		commands = append(commands, az.Command(
			"network vnet subnet update --vnet-name ‹vnet› --name ‹subnet› --route-table ‹table›"))
	}
	m.step(s, "Attach the route table with the default route to the firewall to the node subnets", commands...)
}

func (m *migration) toCilium() {
	change := toCilium()
	m.prerequisites(change, m.situationInCilium())
	m.step(
		change.Source,
		"Change only the data plane, with its policy engine in the same command; AKS reimages all pools at the same "+
			"time, and removes policy engines azure and calico",
		m.commands(change.Steps)...,
	)
	m.step(
		change.Source,
		"Check the data plane, and that network policies work",
		m.show("networkProfile.networkDataplane"),
		"kubectl get pods -n kube-system -l k8s-app=cilium",
	)
	if m.plan.Spec.NodeProvisioningMode == aks.ProvisioningAuto {
		m.step(change.Source, "Turn node auto-provisioning on again",
			m.az.Command("aks update --node-provisioning-mode Auto"))
	}
}

// situationInCilium returns what the conditions of the change to Cilium look at, once the model is the target's.
func (m *migration) situationInCilium() aks.Situation {
	s := m.situation(m.then.Model)
	s.Before.Model = m.then.Model
	return s
}

// show returns a command that shows a property of the cluster.
func (m *migration) show(query string) string {
	return m.az.Command("aks show --query " + query + " --output json")
}

// azOf returns commands about a cluster.
func azOf(s *spec.Spec, c *plan.Cluster) shell.Az {
	az := shell.Az{Subscription: s.Subscription, Group: c.ResourceGroup, Cluster: c.Name}
	az.Values = map[string]string{
		"version": `"$KUBERNETES_VERSION"`, "podCidr": `"$POD_CIDR"`, "identity": shell.Word("id-" + c.Name),
	}
	az.Values["identityID"] = `"$(` + az.Command("identity show --name ‹identity›") + ` --query id --output tsv)"`
	return az
}

// newCluster describes a move to a second cluster, for changes that AKS does not make in place.
func (m *migration) newCluster(change aks.Change) {
	m.out.Verdict = NewCluster
	blocker := fmt.Sprintf("AKS cannot change a cluster from %s to %s in place", m.now.Title, m.then.Title)
	m.out.Blockers = append(m.out.Blockers, Item{blocker, change.Source})
	m.step(
		change.Source,
		"Add a second cluster to the spec with "+m.settings()+", and plan both",
		"aksnet compare",
		"aksnet validate",
	)
	m.step(change.Source, "Create its VNet and the cluster", "aksnet render bicep --out infra")
	m.step(change.Source, "Install the workloads there, and move the traffic with DNS or the gateway in front")
	m.step(change.Source, "Delete the old cluster and remove it from the spec", m.az.Command("aks delete"))
}
