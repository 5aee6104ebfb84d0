package migrate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// step adds a step.
func (w *way) step(s aks.Source, title string, commands ...string) {
	if commands == nil {
		commands = []string{}
	}
	w.out.Steps = append(w.out.Steps, Step{title, commands, s})
}

// steps adds what to do, in order.
func (w *way) steps(change aks.Change) {
	update := changeByID("to-cilium").Source
	w.step(update, "Look at the cluster as it is", w.az.show("networkProfile"), "kubectl get nodes -o wide", "kubectl get networkpolicies -A")
	if len(w.out.Blockers) > 0 {
		w.step(update, "Settle what blocks the migration first: "+texts(w.out.Blockers))
	}
	if w.needsOverlay() {
		w.toOverlay(change)
	}
	if w.getsCilium() {
		w.toCilium()
	}
	w.step(aks.SizingSource(), "Write the new settings into the spec and plan again: "+w.settings(), "aksnet validate")
}

func texts(items []Item) string {
	var out []string
	for _, i := range items {
		out = append(out, i.Text)
	}
	return strings.Join(out, "; ")
}

func (w *way) settings() string {
	out := []string{"model: " + string(w.then.Model)}
	if w.out.PodCIDR.IsValid() {
		out = append(out, "podCidr: "+w.out.PodCIDR.String())
	}
	if w.getsCilium() {
		out = append(out, "networkDataplane: cilium", "networkPolicy: cilium")
	} else if w.plan.NetworkDataplane != aks.DataplaneCilium {
		out = append(out, "networkPolicy: none")
	}
	return strings.Join(out, ", ")
}

func (w *way) toOverlay(change aks.Change) {
	if v := w.plan.Spec.KubernetesVersion; change.Since != "" && !v.AtLeast(change.Since) {
		w.step(change.Source, fmt.Sprintf("Upgrade Kubernetes from %s to %s or newer, one minor version after another", v, change.Since),
			w.az.aks("get-upgrades", "--output", "table"), w.az.aks("upgrade", "--kubernetes-version", change.Since))
	}
	if w.plan.Model.Facts().OwnRouteTable && w.plan.Spec.Identity != aks.UserAssigned {
		w.identity(change.Source)
	}
	if p := w.plan.NetworkPolicy; p == aks.PolicyAzure || p == aks.PolicyCalico {
		title := fmt.Sprintf("Take away policy engine %s: pods are not isolated until another one is there", p)
		w.step(change.Source, title, w.az.update("--network-policy", "none"))
	}
	w.step(change.Source, "Look for an ip-masq-agent configuration of your own, which blocks the change; azure-ip-masq-agent-config-reconciled is AKS's",
		"kubectl get configmaps -n kube-system -o name | grep ip-masq-agent")
	if w.plan.VNet() != nil {
		w.step(aks.SizingSource(), fmt.Sprintf("Let nodes and pods reach pod CIDR %s in the security groups of the node subnets, "+
			"and keep the range out of every subnet and peer", w.out.PodCIDR))
	}
	arguments := []string{"--network-plugin", "azure", "--network-plugin-mode", "overlay"}
	if w.out.PodCIDR.IsValid() && (w.plan.Model.Facts().PodsOnNodes || w.out.PodCIDR != w.plan.PodCIDR) {
		arguments = append(arguments, "--pod-cidr", w.out.PodCIDR.String())
	}
	w.step(change.Source, "Change the model; there is no way back, and all pools are reimaged at the same time", w.az.update(arguments...))
	w.step(change.Source, "Check that the model is overlay and that pods have addresses of the pod CIDR", w.az.show("networkProfile.networkPluginMode"), "kubectl get pods -A -o wide")
	if w.plan.Model.Facts().OwnRouteTable && w.plan.OutboundType == aks.OutboundUserDefinedRouting {
		w.routes(change.Source)
	}
}

// identity gives the cluster an identity of its own, which kubenet clusters need for the change.
func (w *way) identity(s aks.Source) {
	name := "id-" + w.plan.Name
	id := w.az.word("identity", "show", "--name", name)
	w.step(s, "Give the cluster a user-assigned identity with Network Contributor on the subnet and its route table",
		w.az.word("identity", "create", "--name", name),
		w.az.update("--enable-managed-identity")+` --assign-identity "$(`+id+` --query id --output tsv)"`)
}

// routes puts the route to the firewall back onto the node subnets.
func (w *way) routes(s aks.Source) {
	var commands []string
	for _, subnet := range w.plan.NodeSubnets() {
		arguments := []string{"network", "vnet", "subnet", "update", "--vnet-name", subnet.VNet.Name, "--name", subnet.Name}
		commands = append(commands, w.az.inGroup(subnet.VNet.ResourceGroup, append(arguments, "--route-table", subnet.RouteTable)...))
	}
	w.step(s, "See that the route table with the default route to the firewall is on the node subnets", commands...)
}

func (w *way) toCilium() {
	change := changeByID("to-cilium")
	provisioning := w.plan.Spec.NodeProvisioningMode == aks.ProvisioningAuto
	if provisioning {
		w.step(change.Source, "Switch node auto-provisioning off for the change", w.az.update("--node-provisioning-mode", "Manual"))
	}
	w.step(change.Source, "Change the dataplane, by itself; all pools are reimaged at the same time, and policy engines azure and calico go",
		w.az.update("--network-dataplane", "cilium"))
	w.step(change.Source, "Check the dataplane, and that policies still do what they should", w.az.show("networkProfile.networkDataplane"),
		"kubectl get pods -n kube-system -l k8s-app=cilium")
	if provisioning {
		w.step(change.Source, "Switch node auto-provisioning on again", w.az.update("--node-provisioning-mode", "Auto"))
	}
}

// newCluster is the way where nothing changes in place: a second cluster and a move.
func (w *way) newCluster(change aks.Change) {
	w.out.Verdict = NewCluster
	w.out.Blockers = append(w.out.Blockers, Item{fmt.Sprintf("a cluster with %s does not become %s in place", w.now.Title, w.then.Title), change.Source})
	w.step(change.Source, "Add a second cluster to the spec with "+w.settings()+", and plan both side by side", "aksnet compare", "aksnet validate")
	w.step(change.Source, "Create its network and the cluster", "aksnet render bicep --out infra")
	w.step(change.Source, "Install the workloads there, and move traffic over, by DNS or by the gateway in front")
	w.step(change.Source, "Delete the old cluster and take it out of the spec", w.az.aks("delete"))
}
