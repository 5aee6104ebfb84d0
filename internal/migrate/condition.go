package migrate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
)

// block adds what stands against the target: needs that it does not meet, and limits. The policy engine that the
// cluster has is none of them, since it is taken away on the way; one that the requirements ask for is.
func (w *way) block() {
	for _, b := range w.then.Blockers {
		if b.Severity == compare.Error && !w.setting(b.Need) {
			w.out.Blockers = append(w.out.Blockers, Item{b.Text, b.Source})
		}
	}
	if w.getsCilium() {
		w.blockDataplane()
	}
}

// blockDataplane adds what the Cilium data plane refuses where the target has no variant of its own with it.
func (w *way) blockDataplane() {
	if w.then.NetworkDataplane == aks.DataplaneCilium || !w.has("windows") {
		return
	}
	cell := aks.CapabilityOn(aks.FeatureWindows, aks.OnCilium)
	w.out.Blockers = append(w.out.Blockers, Item{"the Cilium data plane does not support Windows node pools", cell.Source})
}

func (w *way) has(need string) bool {
	return slices.ContainsFunc(w.needs, func(n compare.Need) bool { return n.ID == need })
}

// setting reports whether a need is the policy engine that the cluster merely has.
func (w *way) setting(id string) bool {
	i := slices.IndexFunc(w.needs, func(n compare.Need) bool { return n.ID == id })
	return i >= 0 && id == "networkPolicy" && !strings.Contains(w.needs[i].Path, ".requirements.")
}

// prepare adds what must be true before.
func (w *way) prepare(change aks.Change) {
	need := func(s aks.Source, format string, a ...any) {
		item := Item{fmt.Sprintf(format, a...), s}
		if !slices.Contains(w.out.Prerequisites, item) {
			w.out.Prerequisites = append(w.out.Prerequisites, item)
		}
	}
	if w.needsOverlay() {
		if change.Since != "" {
			need(change.Source, "Kubernetes %s or newer", change.Since)
		}
		for _, c := range change.Conditions {
			need(change.Source, "%s", c)
		}
	}
	if w.getsCilium() {
		cilium := changeByID("to-cilium")
		for _, c := range cilium.Conditions {
			need(cilium.Source, "%s", c)
		}
	}
	need(changeByID("to-cilium").Source, "an outage is planned for: pods start anew with other addresses, on all pools at once")
}

// describe adds what stays and what changes.
func (w *way) describe() {
	keep := func(s aks.Source, format string, a ...any) {
		w.out.Stays = append(w.out.Stays, Item{fmt.Sprintf(format, a...), s})
	}
	update := changeByID("to-cilium").Source
	keep(update, "node subnets, node addresses and the network")
	keep(aks.SizingSource(), "service CIDR %s and DNS address %s", w.plan.ServiceCIDR, w.plan.DNSServiceIP)
	keep(update, "outbound type %s and its public addresses", w.plan.OutboundType)
	keep(aks.SizingSource(), "maxPods of every pool")
	if w.plan.PodCIDR.IsValid() && w.out.PodCIDR == w.plan.PodCIDR {
		keep(update, "pod CIDR %s", w.plan.PodCIDR)
	}
	if w.needsOverlay() {
		w.describeOverlay()
	}
	if w.getsCilium() {
		w.describeCilium()
	}
}

func (w *way) differs(s aks.Source, format string, a ...any) {
	w.out.Changes = append(w.out.Changes, Item{fmt.Sprintf(format, a...), s})
}

func (w *way) describeOverlay() {
	change := aks.ModelChange(w.plan.Model, aks.Overlay)
	if w.plan.PodCIDR != w.out.PodCIDR {
		w.differs(change.Source, "pods get addresses of the pod CIDR %s, a /24 for every node", w.out.PodCIDR)
	}
	if w.plan.Model.Facts().OwnRouteTable {
		w.differs(change.Source, "the route table is detached: AKS deletes its own, and takes its pod routes out of one of yours")
		w.differs(change.Source, "the limit of %d routes falls; the cluster may have %d nodes", aks.RoutesPerTable, w.then.MaxNodes)
		if w.plan.OutboundType == aks.OutboundUserDefinedRouting {
			w.differs(change.Source, "the default route to the firewall must be on the node subnets again, or no node gets out")
		}
	}
	if w.plan.Model.Facts().PodsOnNodes {
		seen := aks.CapabilityOn(aks.FeatureWindows, aks.OnOverlay).Source
		w.differs(seen, "what pods send bears the address of their node, inside the network as well: mind firewalls and databases that know pods by address")
		w.differs(seen, "a host whose address lies in the pod CIDR is out of reach for pods")
		reach := aks.CapabilityOn(aks.FeaturePodReachable, aks.OnOverlay)
		w.differs(reach.Source, "hosts outside the cluster reach pods through Services alone, no longer by their own address")
	}
	if before, after := w.out.VNetAddressesBefore, w.out.VNetAddressesAfter; before != after {
		w.differs(aks.SizingSource(), "the cluster needs %d addresses of the network, before %d", after, before)
	}
	if allow, ok := aks.FactByID("masquerade-overlay"); ok && w.plan.VNet() != nil {
		w.differs(allow.Source, "security groups on the node subnets must let node and pod ranges reach the pod CIDR %s", w.out.PodCIDR)
	}
}

func (w *way) describeCilium() {
	update := changeByID("to-cilium").Source
	w.differs(update, "the dataplane is Cilium, in eBPF; kube-proxy is gone")
	switch w.plan.NetworkPolicy {
	case aks.PolicyAzure, aks.PolicyCalico:
		w.differs(update, "policy engine %s is removed; Cilium enforces the same NetworkPolicy objects", w.plan.NetworkPolicy)
	default:
		w.differs(update, "Cilium enforces NetworkPolicy objects from now on, also those that nothing has enforced so far")
	}
	if f, ok := aks.FactByID("policy-cilium-nodes"); ok {
		w.differs(f.Source, "%s", f.Text)
	}
}
