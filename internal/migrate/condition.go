package migrate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
)

// block adds the needs that the target does not meet, and its limits. The cluster's own policy engine does not count,
// since the migration removes it; one that the requirements ask for does.
func (m *migration) block() {
	for _, b := range m.then.Blockers {
		if b.Severity == compare.Error && !m.setting(b.Need) {
			m.out.Blockers = append(m.out.Blockers, Item{b.Text, b.Source})
		}
	}
	if m.getsCilium() {
		m.blockDataplane()
	}
}

// blockDataplane adds what the Cilium data plane does not support, for models without a Cilium variant.
func (m *migration) blockDataplane() {
	if m.then.NetworkDataplane == aks.DataplaneCilium || !m.has("windows") {
		return
	}
	cell := aks.CapabilityOn(aks.FeatureWindows, aks.OnCilium)
	m.out.Blockers = append(
		m.out.Blockers,
		Item{"the Cilium data plane does not support Windows node pools", cell.Source},
	)
}

func (m *migration) has(need string) bool {
	return slices.ContainsFunc(m.needs, func(n compare.Need) bool { return n.ID == need })
}

// setting reports whether a need is just the current policy engine, and no requirement.
func (m *migration) setting(id string) bool {
	i := slices.IndexFunc(m.needs, func(n compare.Need) bool { return n.ID == id })
	return i >= 0 && id == "networkPolicy" && !strings.Contains(m.needs[i].Path, ".requirements.")
}

// prepare adds the prerequisites.
func (m *migration) prepare(change aks.Change) {
	need := func(s aks.Source, format string, a ...any) {
		item := Item{fmt.Sprintf(format, a...), s}
		if !slices.Contains(m.out.Prerequisites, item) {
			m.out.Prerequisites = append(m.out.Prerequisites, item)
		}
	}
	all := func(c aks.Change) {
		if c.Since != "" {
			need(c.Source, "Kubernetes %s or newer", c.Since)
		}
		for _, condition := range c.Needs {
			need(c.Source, "%s", condition.Text)
		}
		for _, note := range c.Notes {
			need(c.Source, "%s", note)
		}
	}
	if m.needsOverlay() {
		all(change)
	}
	if m.getsCilium() {
		all(toCilium())
	}
	need(toCilium().Source, "a maintenance window: pods restart with new addresses, on all pools at once")
}

// describe adds what stays and what changes.
func (m *migration) describe() {
	keep := func(s aks.Source, format string, a ...any) {
		m.out.Stays = append(m.out.Stays, Item{fmt.Sprintf(format, a...), s})
	}
	update := toCilium().Source
	keep(update, "the VNet, node subnets and node addresses")
	keep(aks.SizingSource(), "service CIDR %s and DNS service IP %s", m.plan.ServiceCIDR, m.plan.DNSServiceIP)
	keep(update, "outbound type %s and its public IP addresses", m.plan.OutboundType)
	keep(aks.SizingSource(), "maxPods of every pool")
	if m.plan.PodCIDR.IsValid() && m.out.PodCIDR == m.plan.PodCIDR {
		keep(update, "pod CIDR %s", m.plan.PodCIDR)
	}
	if m.needsOverlay() {
		m.describeOverlay()
	}
	if m.getsCilium() {
		m.describeCilium()
	}
}

func (m *migration) differs(s aks.Source, format string, a ...any) {
	m.out.Changes = append(m.out.Changes, Item{fmt.Sprintf(format, a...), s})
}

func (m *migration) describeOverlay() {
	change := aks.ModelChange(m.plan.Model, aks.Overlay)
	if m.plan.PodCIDR != m.out.PodCIDR {
		m.differs(change.Source, "pods get addresses from pod CIDR %s, a /24 per node", m.out.PodCIDR)
	}
	if m.plan.Model.Facts().OwnRouteTable {
		m.differs(
			change.Source,
			"the route table is detached: AKS deletes its own, and removes its pod routes from yours",
		)
		m.differs(change.Source, "the limit of %d routes no longer applies: the cluster can have %d nodes",
			aks.RoutesPerTable, m.then.MaxNodes)
		if m.plan.OutboundType == aks.OutboundUserDefinedRouting {
			m.differs(
				change.Source,
				"the node subnets need the default route to the firewall again, or nodes have no egress",
			)
		}
	}
	if m.plan.Model.Facts().PodsOnNodes {
		seen := aks.CapabilityOn(aks.FeatureWindows, aks.OnOverlay).Source
		m.differs(
			seen,
			"traffic from pods has the address of their node, inside the VNet as well: check firewalls and "+
				"databases that allow pods by address",
		)
		m.differs(seen, "pods cannot reach hosts with addresses in the pod CIDR")
		reach := aks.CapabilityOn(aks.FeaturePodReachable, aks.OnOverlay)
		m.differs(reach.Source, "hosts outside the cluster reach pods only through Services, no longer by pod address")
	}
	if before, after := m.out.VNetAddressesBefore, m.out.VNetAddressesAfter; before != after {
		m.differs(aks.SizingSource(), "the cluster needs %d addresses of the VNet instead of %d", after, before)
	}
	if allow, ok := aks.FactByID("masquerade-overlay"); ok && m.plan.VNet() != nil {
		m.differs(
			allow.Source,
			"security groups on the node subnets must allow traffic from nodes and pods to pod CIDR %s",
			m.out.PodCIDR,
		)
	}
}

func (m *migration) describeCilium() {
	update := toCilium().Source
	m.differs(update, "the data plane is Cilium, with eBPF and without kube-proxy")
	switch m.plan.NetworkPolicy {
	case aks.PolicyAzure, aks.PolicyCalico:
		m.differs(
			update,
			"policy engine %s is removed: Cilium enforces the same NetworkPolicy objects",
			m.plan.NetworkPolicy,
		)
	default:
		m.differs(update, "Cilium enforces all NetworkPolicy objects, including those that nothing enforces now")
	}
	if f, ok := aks.FactByID("policy-cilium-nodes"); ok {
		m.differs(f.Source, "%s", f.Text)
	}
}
