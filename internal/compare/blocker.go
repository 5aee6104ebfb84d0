package compare

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// blockers lists the reasons against a candidate: unmet needs, exceeded limits, missing address space, and
// its end.
func (c *candidate) blockers() []Blocker {
	var out []Blocker
	for _, n := range c.needs {
		out = append(out, c.needBlockers(n)...)
	}
	out = append(out, c.policyBlockers()...)
	out = append(out, c.settingBlockers()...)
	out = append(out, c.limitBlockers()...)
	out = append(out, c.spaceBlockers()...)
	return append(out, c.timeBlockers()...)
}

// needAutomatic is the need of a cluster to stay what its SKU makes it.
const needAutomatic = "automatic"

// skuBlockers returns what AKS Automatic fixes.
func (c *candidate) skuBlockers(n Need) []Blocker {
	fixed, _ := aks.VariantOf(aks.AutomaticModel, "", aks.AutomaticDataplane)
	if c.variant.ID == fixed.ID {
		return nil
	}
	return []Blocker{{Error, n.ID, "AKS Automatic has " + fixed.Title + " only", aks.AutomaticSource()}}
}

func (c *candidate) needBlockers(n Need) []Blocker {
	switch n.ID {
	case needAutomatic:
		return c.skuBlockers(n)
	case needMaxNodes:
		return c.nodeWish(n)
	case needMaxPods:
		return c.podWish(n)
	case needAdvanced:
		if c.variant.Dataplane != aks.DataplaneCilium {
			return []Blocker{{Error, n.ID, n.Text + " needs the Cilium data plane", aks.AdvancedNetworkingSource()}}
		}
		return nil
	case needSaveAddresses:
		if c.variant.Model.Facts().PodsInVNet {
			return []Blocker{{Warning, n.ID, "every pod takes an address of the network", aks.SizingSource()}}
		}
		return nil
	}
	return c.featureBlockers(n)
}

// featureBlockers looks a feature up: under the model, and for variants with the Cilium data plane under that as well.
func (c *candidate) featureBlockers(n Need) []Blocker {
	var out []Blocker
	for _, column := range c.columns(n) {
		cell := aks.CapabilityOn(n.feature, column)
		if b, ok := c.judge(n, column, cell); ok {
			out = append(out, b)
		}
	}
	return out
}

// columns returns the columns of the capability table that decide about a need. A policy engine belongs to the
// dataplane.
func (c *candidate) columns(n Need) []aks.Column {
	model := aks.ColumnOf(c.variant.Model, c.variant.Mode)
	switch {
	case c.variant.Dataplane != aks.DataplaneCilium:
		return []aks.Column{model}
	case n.ID == needPolicy:
		return []aks.Column{aks.OnCilium}
	}
	return []aks.Column{model, aks.OnCilium}
}

func (c *candidate) judge(n Need, column aks.Column, cell aks.Capability) (Blocker, bool) {
	where := c.variant.Title
	if column == aks.OnCilium {
		where = "the Cilium data plane"
	}
	switch cell.Support {
	case aks.No:
		return Blocker{Error, n.ID, sentence(where+" does not support "+n.Text, cell.Note), cell.Source}, true
	case aks.NotStated:
		if column == aks.OnCilium {
			return Blocker{}, false
		}
		return Blocker{Warning, n.ID, "no page says whether " + where + " supports " + n.Text, cell.Source}, true
	case aks.Conditional:
		return c.judgeCondition(n, column, cell)
	}
	if cell.Version != "" && !c.cluster.Spec.KubernetesVersion.AtLeast(cell.Version) {
		text := fmt.Sprintf("%s with %s needs Kubernetes %s, the spec has %s", n.Text, where, cell.Version,
			c.cluster.Spec.KubernetesVersion)
		return Blocker{Error, n.ID, text, cell.Source}, true
	}
	return Blocker{}, false
}

// judgeCondition decides about features that work under a condition that the spec settles. A condition that it does not
// settle is a warning.
func (c *candidate) judgeCondition(n Need, column aks.Column, cell aks.Capability) (Blocker, bool) {
	switch {
	case column == aks.OnCilium, n.feature == aks.FeaturePolicyCalico && column == aks.OnKubenet:
		return Blocker{}, false
	case n.feature == aks.FeaturePolicyCilium:
		return Blocker{Error, n.ID, sentence(n.Text+" does not run on the azure dataplane", cell.Note),
			cell.Source}, true
	case n.ID == needWindows && column == aks.OnPodStatic:
		for _, p := range c.cluster.Spec.NodePools {
			if p.OSSKU == aks.Windows2019 {
				return Blocker{
					Error, n.ID, "pool " + p.Name + " runs Windows Server 2019, which static blocks do not support",
					cell.Source,
				}, true
			}
		}
		return Blocker{}, false
	}
	return Blocker{Warning, n.ID, sentence(n.Text, cell.Note), cell.Source}, true
}

func sentence(text, note string) string {
	if note == "" {
		return text
	}
	return text + ": " + note
}

// policyBlockers returns the limits of policy engines, which hold whatever the model.
func (c *candidate) policyBlockers() []Blocker {
	var out []Blocker
	policy := policyNeed(c.needs)
	_, dual := find(c.needs, needDualStack)
	if dual && (policy == aks.PolicyAzure || policy == aks.PolicyCalico) && c.variant.Dataplane != aks.DataplaneCilium {
		out = append(out, Blocker{
			Error, needPolicy, "dual-stack clusters take neither network policy azure nor calico",
			aks.DualStackPolicySource(),
		})
	}
	if policy == aks.PolicyCalico && policy == c.cluster.NetworkPolicy &&
		c.cluster.Spec.NodeProvisioningMode == aks.ProvisioningAuto && c.variant.Dataplane != aks.DataplaneCilium {
		cell := aks.CapabilityOn(aks.FeatureAutoProvisioning, aks.OnOverlay)
		out = append(out, Blocker{
			Error, needPolicy, "node auto-provisioning does not go with network policy calico", cell.Source,
		})
	}
	if c.cluster.NetworkPolicy == aks.PolicyAzure {
		out = append(out, c.npmBlockers()...)
	}
	return out
}

// settingBlockers returns what other settings of the cluster rule out.
func (c *candidate) settingBlockers() (out []Blocker) {
	sc := c.cluster.Spec
	tabled := func(s *plan.Subnet) bool { return s.RouteTable != "" }
	if c.variant.Model.Facts().OwnRouteTable && sc.Identity == aks.SystemAssigned &&
		slices.ContainsFunc(c.cluster.NodeSubnets(), tabled) {
		out = append(out, Blocker{
			Severity: Error, Text: c.variant.Title + " with your own route table needs a user-assigned identity",
			Source: aks.KubenetIdentitySource(),
		})
	}
	if sc.NodeProvisioningMode == aks.ProvisioningAuto && c.cluster.HasOS(aks.Windows) {
		cell := aks.CapabilityOn(aks.FeatureAutoProvisioning, aks.OnOverlay)
		out = append(out, Blocker{
			Error, needWindows, "node auto-provisioning does not support Windows node pools", cell.Source,
		})
	}
	return out
}

// npmBlockers returns the limits of network policy azure.
func (c *candidate) npmBlockers() []Blocker {
	var out []Blocker
	wish, _ := find(c.needs, needMaxNodes)
	nodes, _ := aks.LimitByID("nodes-npm")
	if have := max(c.cluster.Nodes+c.cluster.SurgeNodes, wish.number); have > nodes.Value {
		out = append(out, Blocker{
			Error, needPolicy,
			fmt.Sprintf("network policy azure works up to %d nodes, %d are wanted", nodes.Value, have),
			nodes.Source,
		})
	}
	wish, _ = find(c.needs, needMaxPods)
	pods, _ := aks.LimitByID("pods-npm")
	if have := max(c.cluster.Pods, wish.number); have > pods.Value {
		out = append(out, Blocker{
			Error, needPolicy, fmt.Sprintf("network policy azure works up to %d pods, %d are wanted", pods.Value, have),
			pods.Source,
		})
	}
	for _, id := range []string{"npm-windows", "npm-linux"} {
		if _, windows := find(c.needs, needWindows); id == "npm-windows" && !windows {
			continue
		}
		if r, ok := aks.RetirementByID(id); ok {
			out = append(out, Blocker{
				Warning, needPolicy, fmt.Sprintf("%s ends on %s; use %s", r.Subject, r.Date, r.Use), r.Source,
			})
		}
	}
	return out
}

// spaceBlockers returns what does not fit.
func (c *candidate) spaceBlockers() []Blocker {
	var out []Blocker
	refuse := func(s Severity, format string, a ...any) {
		out = append(out, Blocker{Severity: s, Text: fmt.Sprintf(format, a...), Source: aks.SizingSource()})
	}
	for _, u := range c.shortages {
		refuse(Error, "no room for %s (%s): %s", u.Name, u.For, u.Reason)
	}
	for _, s := range subnetsOf(c.cluster) {
		if bits, known := s.PrefixLength(); known && s.Headroom < 0 {
			size := fmt.Sprintf("a /%d", bits)
			if s.AddressPrefix.IsValid() {
				size = s.AddressPrefix.String()
			}
			refuse(Error, "subnet %s needs %d addresses, %s has %d usable", s.Name, s.Demand.Total-s.Demand.Reserved,
				size, s.Usable)
		}
	}
	if b := c.cluster.PodBlocks; b.Needed > b.Available && c.cluster.PodCIDR.IsValid() {
		refuse(Error, "pod CIDR %s has %d blocks of a /%d, %d are needed", c.cluster.PodCIDR, b.Available,
			b.PrefixLength,
			b.Needed)
	}
	for _, what := range c.unpinned {
		refuse(Warning, "the spec pins %s, which is too small; the size shown is what it takes", what)
	}
	return out
}

// retirement returns the end of a model, and false when none is set.
func retirement(m aks.Model) (Blocker, bool) {
	r, ok := aks.RetirementByID(string(m))
	return Blocker{
		Severity: Warning, Text: fmt.Sprintf("%s retires on %s; use %s", r.Subject, r.Date, r.Use), Source: r.Source,
	}, ok
}

// timeBlockers returns the end of a model, and Kubernetes versions before its beginning.
func (c *candidate) timeBlockers() []Blocker {
	var out []Blocker
	if b, ok := retirement(c.variant.Model); ok {
		out = append(out, b)
	}
	if v := c.cluster.Spec.KubernetesVersion; c.variant.Mode == aks.StaticBlock && !v.AtLeast(aks.StaticSince) {
		limit, _ := aks.LimitByID("static-block")
		out = append(out, Blocker{
			Severity: Error, Text: fmt.Sprintf("static blocks need Kubernetes %s, the spec has %s", aks.StaticSince, v),
			Source: limit.Source,
		})
	}
	return out
}
