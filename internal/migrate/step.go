package migrate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
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
	update := changeByID("to-cilium").Source
	m.step(update, "Record the current state of the cluster", m.az.show("networkProfile"), "kubectl get nodes -o wide",
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
	if v := m.plan.Spec.KubernetesVersion; change.Since != "" && !v.AtLeast(change.Since) {
		m.step(
			change.Source,
			fmt.Sprintf("Upgrade Kubernetes from %s to %s or newer, one minor version at a time", v, change.Since),
			m.az.aks("get-upgrades", "--output", "table"),
			m.az.aks("upgrade", "--kubernetes-version", change.Since),
		)
	}
	if m.plan.Model.Facts().OwnRouteTable && m.plan.Spec.Identity != aks.UserAssigned {
		m.identity(change.Source)
	}
	if p := m.plan.NetworkPolicy; p == aks.PolicyAzure || p == aks.PolicyCalico {
		title := fmt.Sprintf("Remove policy engine %s: network policies are not enforced until there is another one", p)
		m.step(change.Source, title, m.az.update("--network-policy", "none"))
	}
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
	arguments := []string{"--network-plugin", "azure", "--network-plugin-mode", "overlay"}
	if m.out.PodCIDR.IsValid() && (m.plan.Model.Facts().PodsOnNodes || m.out.PodCIDR != m.plan.PodCIDR) {
		arguments = append(arguments, "--pod-cidr", m.out.PodCIDR.String())
	}
	m.step(change.Source, "Change the model; this cannot be undone, and AKS reimages all pools at the same time",
		m.az.update(arguments...))
	m.step(change.Source, "Check that the model is overlay and that pods have addresses from the pod CIDR",
		m.az.show("networkProfile.networkPluginMode"), "kubectl get pods -A -o wide")
	if m.plan.Model.Facts().OwnRouteTable && m.plan.OutboundType == aks.OutboundUserDefinedRouting {
		m.routes(change.Source)
	}
}

// identity adds a step that assigns the identity which kubenet clusters need for the change.
func (m *migration) identity(s aks.Source) {
	name := "id-" + m.plan.Name
	id := m.az.word("identity", "show", "--name", name)
	m.step(s, "Assign a user-assigned identity that is Network Contributor on the subnet and its route table",
		m.az.word("identity", "create", "--name", name),
		m.az.update("--enable-managed-identity")+` --assign-identity "$(`+id+` --query id --output tsv)"`)
}

// routes adds a step that attaches the route table with the route to the firewall to the node subnets.
func (m *migration) routes(s aks.Source) {
	var commands []string
	for _, subnet := range m.plan.NodeSubnets() {
		arguments := []string{
			"network",
			"vnet",
			"subnet",
			"update",
			"--vnet-name",
			subnet.VNet.Name,
			"--name",
			subnet.Name,
		}
		arguments = append(arguments, "--route-table", subnet.RouteTable)
		commands = append(commands, m.az.inGroup(subnet.VNet.ResourceGroup, arguments...))
	}
	m.step(s, "Attach the route table with the default route to the firewall to the node subnets", commands...)
}

func (m *migration) toCilium() {
	change := changeByID("to-cilium")
	provisioning := m.plan.Spec.NodeProvisioningMode == aks.ProvisioningAuto
	if provisioning {
		m.step(
			change.Source,
			"Turn node auto-provisioning off for the change",
			m.az.update("--node-provisioning-mode", "Manual"),
		)
	}
	m.step(
		change.Source,
		"Change only the data plane; AKS reimages all pools at the same time, and removes policy engines azure "+
			"and calico",
		m.az.update("--network-dataplane", "cilium"),
	)
	m.step(
		change.Source,
		"Check the data plane, and that network policies work",
		m.az.show("networkProfile.networkDataplane"),
		"kubectl get pods -n kube-system -l k8s-app=cilium",
	)
	if provisioning {
		m.step(change.Source, "Turn node auto-provisioning on again", m.az.update("--node-provisioning-mode", "Auto"))
	}
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
	m.step(change.Source, "Delete the old cluster and remove it from the spec", m.az.aks("delete"))
}
