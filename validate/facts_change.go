package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// changeKind is how a difference can be applied.
type changeKind int

const (
	needsCluster changeKind = iota
	needsPool
	oneWay
	inPlace
	blocked
)

// changes collects the differences of one cluster.
type changes struct {
	clusterPair
	found []difference
}

func clusterDifferences(p clusterPair) []difference {
	c := &changes{clusterPair: p}
	c.comparePlacement()
	c.compareModel()
	c.compareDataplane()
	c.comparePolicy()
	c.compareRanges()
	c.compareOutbound()
	c.compareSettings()
	for _, pool := range p.new.NodePools {
		for _, was := range p.old.NodePools {
			if was.Name == pool.Name {
				c.comparePool(was, pool)
			}
		}
	}
	return c.found
}

// addDifference adds a difference of a cluster property, and returns it for further details.
func (c *changes) addDifference(w changeKind, key, before, after string) *difference {
	c.found = append(c.found,
		difference{way: w, path: c.new.Path + "." + key, key: key, before: before, after: after, back: before})
	return &c.found[len(c.found)-1]
}

// compareFixed adds a difference if a property that can never change has changed.
func (c *changes) compareFixed(key, before, after, source string) {
	if before != "" && !strings.EqualFold(before, after) {
		c.addDifference(needsCluster, key, before, after).source = source
	}
}

func (c *changes) comparePlacement() {
	c.compareFixed("location", c.old.Location, c.new.Location, aks.PageClusterAPI)
	c.compareFixed("resourceGroup", c.old.ResourceGroup, c.new.ResourceGroup, aks.PageClusterAPI)
	c.compareFixed("vnet", c.old.VNetName, c.new.VNetName, aks.PageNodePools)
	c.compareFixed("dnsPrefix", c.old.DNSPrefix, c.new.DNSPrefix, aks.PageCommonIssues)
	if strings.EqualFold(c.old.Location, c.new.Location) &&
		strings.EqualFold(c.old.ResourceGroup, c.new.ResourceGroup) {
		c.compareFixed("nodeResourceGroup", c.old.NodeResourceGroup, c.new.NodeResourceGroup, aks.PageFAQ)
	}
	if !slices.Equal(c.old.IPFamilies, c.new.IPFamilies) && len(c.old.IPFamilies) > 0 {
		c.addDifference(needsCluster, "ipFamilies", familyText(c.old), familyText(c.new)).source = aks.PageDualStack
	}
}

func familyText(c *plan.Cluster) string {
	var text []string
	for _, f := range c.IPFamilies {
		text = append(text, string(f))
	}
	return "[" + strings.Join(text, ", ") + "]"
}

func (c *changes) compareModel() {
	from, to := c.old.Model, c.new.Model
	if from == to || from == "" {
		return
	}
	change := aks.ModelChange(from, to)
	d := c.addDifference(changeKindOf(change), "model", string(from), string(to))
	d.notes, d.source = change.Conditions, change.Source.URL
	if change.How != aks.InPlace {
		return
	}
	if hurdles := c.modelHurdles(); len(hurdles) > 0 {
		d.way, d.notes = blocked, hurdles
	}
}

// modelHurdles returns what prevents a migration to overlay.
func (c *changes) modelHurdles() (out []string) {
	if p := c.old.NetworkPolicy; p != "" && p != aks.PolicyNone {
		out = append(out, fmt.Sprintf("network policy engine %s is installed: remove it first", p))
	}
	if c.old.NetworkDataplane != c.new.NetworkDataplane && c.new.NetworkDataplane == aks.DataplaneCilium {
		out = append(out, "networkDataplane also changes: change the model first, then the data plane")
	}
	if !c.old.Model.Facts().OwnRouteTable {
		return out
	}
	if c.old.Spec != nil && c.old.Spec.Identity == aks.SystemAssigned && !c.old.Spec.Managed() ||
		c.new.Spec.Identity == aks.SystemAssigned && !c.new.Spec.Managed() {
		out = append(out, "detaching the route table needs a user-assigned identity")
	}
	if v := spec.Version(c.old.KubernetesVersion); !v.AtLeast(aks.OverlayMigrationSince) {
		out = append(out,
			fmt.Sprintf("the change needs Kubernetes %s; the cluster has %s", aks.OverlayMigrationSince, v))
	}
	return out
}

func (c *changes) compareDataplane() {
	from, to := c.old.NetworkDataplane, c.new.NetworkDataplane
	if from == to || from == "" || to == "" {
		return
	}
	d := c.addDifference(needsCluster, "networkDataplane", string(from), string(to))
	d.source = aks.PageUpdateCNI
	if to != aks.DataplaneCilium || c.old.Model.Facts().OwnCNI {
		return
	}
	if hurdles := c.ciliumHurdles(); len(hurdles) > 0 {
		d.way, d.notes = blocked, hurdles
		return
	}
	d.way, d.notes = oneWay, []string{
		"network policy azure or calico is removed",
		"all node pools are reimaged at the same time",
	}
}

// ciliumHurdles returns what prevents a change to the Cilium data plane.
func (c *changes) ciliumHurdles() (out []string) {
	if c.old.Model.Facts().OwnRouteTable {
		out = append(out, "the cluster must migrate from kubenet to overlay first")
	} else if c.old.Model != c.new.Model {
		out = append(out, "the model also changes: change the model first, then the data plane")
	}
	if hasOS(c.old, aks.Windows) || hasOS(c.new, aks.Windows) {
		out = append(out, "the cluster has Windows node pools")
	}
	if c.old.Spec != nil && c.old.Spec.NodeProvisioningMode == aks.ProvisioningAuto &&
		c.new.Spec.NodeProvisioningMode == aks.ProvisioningAuto {
		out = append(out, "node auto-provisioning must be disabled during the change")
	}
	return out
}

func (c *changes) comparePolicy() {
	from, to := c.old.NetworkPolicy, c.new.NetworkPolicy
	if from == to || from == "" || c.old.NetworkDataplane != c.new.NetworkDataplane {
		return
	}
	d := c.addDifference(inPlace, "networkPolicy", string(from), string(to))
	d.source, d.notes = aks.PagePolicies, []string{"all node pools are reimaged"}
	if from != aks.PolicyNone && to != aks.PolicyNone {
		d.way, d.notes = blocked, []string{"the engine cannot be replaced directly: set networkPolicy to none first"}
	}
}

func (c *changes) compareRanges() {
	if !slices.Equal(c.old.ServiceCIDRs, c.new.ServiceCIDRs) && len(c.old.ServiceCIDRs) > 0 {
		d := c.rangeChange("serviceCidr", c.old.ServiceCIDRs, c.new.ServiceCIDRs)
		d.source, d.notes = aks.PagePlanning, []string{
			"Kubernetes " + aks.ServiceCIDRSince + " and newer can add ranges with ServiceCIDR objects",
		}
	} else if c.old.DNSServiceIP != c.new.DNSServiceIP && c.old.DNSServiceIP.IsValid() {
		d := c.addDifference(needsCluster, "dnsServiceIP", c.old.DNSServiceIP.String(), c.new.DNSServiceIP.String())
		d.source = aks.PageClusterAPI
	}
	if slices.Equal(c.old.PodCIDRs, c.new.PodCIDRs) || len(c.old.PodCIDRs) == 0 || len(c.new.PodCIDRs) == 0 ||
		c.old.Model != c.new.Model {
		return
	}
	d := c.rangeChange("podCidr", c.old.PodCIDRs, c.new.PodCIDRs)
	d.source = aks.PagePodExpansion
	switch hurdles := c.growthHurdles(); {
	case c.new.Model.Facts().OwnCNI:
		d.way, d.notes = inPlace, []string{"the change needs API 2026-01-01 or newer"}
	case !c.new.Model.Facts().Overlay || !grows(c.old.PodCIDR, c.new.PodCIDR):
		d.notes = []string{"only overlay can expand its pod CIDR, to a range that contains the old one"}
	case len(hurdles) > 0:
		d.way, d.notes = blocked, hurdles
	default:
		d.way, d.notes = oneWay, []string{
			"the release notes announce a preview on 2026-01-04; the page requires Azure CLI 2.48",
		}
	}
}

// rangeChange adds a change of ranges. Dual-stack specs list them under another key.
func (c *changes) rangeChange(key string, before, after []netip.Prefix) *difference {
	if len(before) == 1 && len(after) == 1 {
		return c.addDifference(needsCluster, key, before[0].String(), after[0].String())
	}
	return c.addDifference(needsCluster, key+"s", flowList(before), flowList(after))
}

// grows reports whether a range contains another one and is larger.
func grows(old, new netip.Prefix) bool {
	return old.IsValid() && new.IsValid() && new.Bits() < old.Bits() &&
		len(ipam.Subtract([]netip.Prefix{old}, []netip.Prefix{new})) == 0
}

// growthHurdles returns what prevents a larger pod CIDR.
func (c *changes) growthHurdles() (out []string) {
	if hasOS(c.old, aks.Windows) || hasOS(c.new, aks.Windows) {
		out = append(out, "the cluster has Windows node pools")
	}
	if len(c.old.PodCIDRs) > 1 {
		out = append(out, "the cluster has several pod CIDRs")
	}
	return out
}

func (c *changes) compareOutbound() {
	from, to := c.old.OutboundType, c.new.OutboundType
	if from == to || from == "" {
		return
	}
	change := aks.OutboundChangeOf(from, to, c.new.Spec.Managed())
	d := c.addDifference(inPlace, "outboundType", string(from), string(to))
	d.source, d.notes = change.Source.URL, []string{"public addresses change: update allow lists and authorized ranges"}
	if change.Note != "" {
		d.notes = append(d.notes, change.Note)
	}
	switch {
	case change.Support == aks.No:
		d.way = blocked
		d.notes[0] = fmt.Sprintf("the documentation lists no path from %s to %s", from, to)
	case c.old.Spec != nil && c.old.Spec.NodeProvisioningMode == aks.ProvisioningAuto:
		d.way, d.notes = blocked, []string{"the outbound type cannot change while node auto-provisioning is enabled"}
	case change.Support == aks.Conditional:
		d.doubtful = true
	}
}

// compareSettings compares the Kubernetes version, and settings that a saved plan does not contain.
func (c *changes) compareSettings() {
	old := spec.Version(c.old.KubernetesVersion)
	if v := spec.Version(c.new.KubernetesVersion); old != "" && v != "" && old != v {
		d := c.addDifference(inPlace, "kubernetesVersion", string(old), string(v))
		d.back, d.source = `"`+string(old)+`"`, aks.PageClusterUpgrades
		if !v.AtLeast(string(old)) {
			d.way, d.notes = blocked, []string{"AKS cannot downgrade Kubernetes"}
		} else if between := aks.SkippedVersions(string(old), string(v)); len(between) > 0 {
			d.way = blocked
			d.notes = []string{
				"AKS cannot skip minor versions: upgrade to " + strings.Join(between, ", then ") + " first",
				"a version that is no longer supported can be upgraded directly to the oldest supported one",
			}
		}
	}
	if c.old.Spec == nil {
		return
	}
	before, after := c.old.Spec, c.new.Spec
	c.compareFixed("loadBalancerSku", string(before.LoadBalancerSKU), string(after.LoadBalancerSKU),
		aks.PageLoadBalancer)
	if before.PrivateCluster != after.PrivateCluster && !before.APIServerVnetIntegration {
		d := c.addDifference(needsCluster, "privateCluster", fmt.Sprint(before.PrivateCluster),
			fmt.Sprint(after.PrivateCluster))
		d.source, d.notes = aks.PagePrivateClusters, []string{
			"with API Server VNet Integration the change would be possible in place",
		}
	}
	if before.APIServerVnetIntegration != after.APIServerVnetIntegration {
		d := c.addDifference(needsCluster, "apiServerVnetIntegration", fmt.Sprint(before.APIServerVnetIntegration),
			fmt.Sprint(after.APIServerVnetIntegration))
		if d.source = aks.PageAPIServerVNet; after.APIServerVnetIntegration {
			d.way, d.notes = oneWay, []string{"all nodes must be restarted"}
		}
	}
	if !slices.Equal(before.AuthorizedIPRanges, after.AuthorizedIPRanges) {
		d := c.addDifference(inPlace, "authorizedIPRanges", flowList(before.AuthorizedIPRanges),
			flowList(after.AuthorizedIPRanges))
		d.source = aks.PageAuthorizedRanges
	}
}

// comparePool compares a node pool with the older one of the same name.
func (c *changes) comparePool(old, new *plan.NodePool) {
	fixed := func(key, before, after, source string, notes ...string) {
		if before != after && before != "" && before != "0" {
			c.found = append(c.found, difference{
				way: needsPool, path: new.Path + "." + key, key: fmt.Sprintf("%s of pool %q", key, new.Name),
				before: before, after: after, back: before,
				source: source, notes: notes,
			})
		}
	}
	fixed("osType", string(old.OSType), string(new.OSType), aks.PageNodePools)
	fixed("maxPods", fmt.Sprint(old.MaxPods), fmt.Sprint(new.MaxPods), aks.PageNodePools)
	if strings.EqualFold(c.old.VNetName, c.new.VNetName) {
		c.poolSubnet(new, "nodeSubnet", old.NodeSubnetName, new.NodeSubnetName)
		c.poolSubnet(new, "podSubnet", old.PodSubnetName, new.PodSubnetName)
	}
	if old.Spec == nil {
		return
	}
	fixed("vmSize", old.Spec.VMSize, new.Spec.VMSize, aks.PageNodePools)
	fixed("type", string(old.Spec.Type), string(new.Spec.Type), aks.PageNodePools)
	if c.old.Model.Facts().NeedsPodSubnet && c.new.Model.Facts().NeedsPodSubnet {
		var notes []string
		if strings.EqualFold(old.PodSubnetName, new.PodSubnetName) {
			notes = []string{
				fmt.Sprintf("a pod subnet supports only one mode: the new pool needs a subnet other than %q",
					old.PodSubnetName),
			}
		}
		fixed("podIPAllocationMode", string(c.old.Spec.AllocationMode(old.Spec)),
			string(c.new.Spec.AllocationMode(new.Spec)), aks.PageStaticBlocks, notes...)
	}
}

// poolSubnet compares a subnet of a pool. Adding or removing a pod subnet is part of a change of the model.
func (c *changes) poolSubnet(pool *plan.NodePool, key, before, after string) {
	if before == "" || after == "" || strings.EqualFold(before, after) {
		return
	}
	c.found = append(c.found, difference{
		way: needsPool, path: pool.Path + "." + key, key: fmt.Sprintf("%s of pool %q", key, pool.Name),
		before: before, after: after, back: "{name: " + before + "}", source: aks.PageNodePools,
	})
}

// difference is one property that differs between two plans.
type difference struct {
	way           changeKind
	path, key     string
	before, after string
	// back is the value that reverts the difference at path; empty if there is none.
	back string
	// notes holds conditions, or what prevents the change.
	notes  []string
	source string
	// doubtful reports whether sources disagree about how to apply the change, which makes it a warning.
	doubtful bool
}

// clusterPair holds a cluster of the older plan and its counterpart in the plan.
type clusterPair struct{ old, new *plan.Cluster }

// differences returns what differs between the older plan and the plan, in the order of the plan.
func (p *Pass) differences() (out []difference) {
	if p.Old == nil {
		return nil
	}
	for _, pair := range p.pairs() {
		out = append(out, clusterDifferences(pair)...)
	}
	return append(out, subnetDifferences(p.Old, p.Plan)...)
}

func (p *Pass) pairs() (out []clusterPair) {
	before := map[string]*plan.Cluster{}
	for _, c := range p.Old.Clusters {
		before[strings.ToLower(c.Name)] = c
	}
	for _, c := range p.Plan.Clusters {
		if old := before[strings.ToLower(c.Name)]; old != nil {
			out = append(out, clusterPair{old, c})
		}
	}
	return out
}

// subnetDifferences returns the subnets in use whose range differs: a subnet cannot be resized while it is in use.
func subnetDifferences(old, new *plan.Plan) (out []difference) {
	type key struct{ vnet, subnet string }
	before := map[key]*plan.Subnet{}
	for _, v := range old.VNets {
		for _, s := range v.Subnets {
			before[key{strings.ToLower(v.Name), strings.ToLower(s.Name)}] = s
		}
	}
	for _, v := range new.VNets {
		for _, s := range v.Subnets {
			was := before[key{strings.ToLower(v.Name), strings.ToLower(s.Name)}]
			if was == nil || len(was.Clusters) == 0 || was.AddressPrefix == s.AddressPrefix ||
				!was.AddressPrefix.IsValid() {
				continue
			}
			d := difference{
				way: needsPool, path: s.Path, key: fmt.Sprintf("addressPrefix of subnet %q", s.Name),
				before: was.AddressPrefix.String(), after: prefixText(s),
				notes:  []string{"a subnet in use cannot be resized: add a larger subnet and a node pool in it"},
				source: aks.PageErrorSubnetSize,
			}
			if s.Spec == nil {
				d.back = fmt.Sprintf("{name: %s, addressPrefix: %s}", s.Name, was.AddressPrefix)
			} else {
				d.path += ".addressPrefix"
				d.back = was.AddressPrefix.String()
			}
			out = append(out, d)
		}
	}
	return out
}

func prefixText(s *plan.Subnet) string {
	if !s.AddressPrefix.IsValid() {
		return "not placed"
	}
	return s.AddressPrefix.String()
}

// changeKindOf returns the kind of a change in the tables of aks.
func changeKindOf(c aks.Change) changeKind {
	switch {
	case c.How == aks.NewCluster:
		return needsCluster
	case c.How == aks.NewPool:
		return needsPool
	case c.OneWay:
		return oneWay
	}
	return inPlace
}
