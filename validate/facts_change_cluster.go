package validate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

const (
	keysCluster = "clusters[]"
	keysPool    = "clusters[].nodePools[]"
)

func (c *comparison) compareClusters() {
	both, added, removed := pairs(c.old.Clusters, c.new.Clusters, func(c *plan.Cluster) string { return c.Name })
	for _, pair := range both {
		c.compareCluster(pair[0], pair[1])
	}
	for _, n := range added {
		c.addElement(aks.Added, "clusters", n.Path, quoted("cluster", n.Name), aks.Situation{}, c.azOf(n))
	}
	for _, o := range removed {
		c.addElement(aks.Removed, "clusters", "clusters", quoted("cluster", o.Name), aks.Situation{}, c.azOf(o))
	}
	if len(both) > 0 && c.old.Spec != nil {
		e := element{situation: aks.Situation{}}
		if d, ok := e.difference("subscription", c.old.Spec.Subscription, c.new.Spec.Subscription); ok && !d.chosen {
			d.Key, d.path = "subscription", "subscription"
			c.add(d)
		}
	}
}

func (c *comparison) azOf(of *plan.Cluster) shell.Az {
	az := shell.Az{Group: of.ResourceGroup, Cluster: of.Name, Values: map[string]string{
		"podCidr": `"$POD_CIDR"`, "apiServerSubnetID": `"$API_SERVER_SUBNET_ID"`,
		"virtualNodes": `"$VIRTUAL_NODES_SUBNET"`,
	}}
	if of.PodCIDR.IsValid() {
		az.Values["podCidr"] = of.PodCIDR.String()
	}
	if c.new.Spec != nil {
		az.Subscription = c.new.Spec.Subscription
	}
	if s := of.APIServerSubnet; s != nil {
		az.Values["apiServerSubnetID"] = subnetID(az, s)
	}
	return az
}

// azOfPool returns commands about a pool.
func azOfPool(az shell.Az, p *plan.NodePool) shell.Az {
	az.Values = maps.Clone(az.Values)
	az.Values["pool"] = shell.Word(p.Name)
	return az
}

// compareCluster compares two versions of a cluster: first what every plan says, then what only a spec says.
func (c *comparison) compareCluster(old, new *plan.Cluster) {
	e := element{
		keys: keysCluster, path: new.Path, oldPath: old.Path, az: c.azOf(new),
		situation: aks.Situation{Before: old.State(), After: new.State(), Today: c.today},
	}
	if !e.situation.Before.Known { // what a saved plan does not say differs in nothing
		e.situation.Before.PrivateCluster = e.situation.After.PrivateCluster
		e.situation.Before.APIServerVnetIntegration = e.situation.After.APIServerVnetIntegration
	}
	c.comparePlacement(e, old, new)
	c.compareVersion(e, "kubernetesVersion", old.KubernetesVersion, new.KubernetesVersion)
	c.compareModel(e, old, new)
	c.compareRanges(e, old, new)
	c.compare(e, "outboundType", string(old.OutboundType), string(new.OutboundType))
	if old.Spec != nil {
		c.compareSettings(e, spec.Settings(old.Spec), spec.Settings(new.Spec), append(plannedKeys(), "ingress")...)
		c.compareIngress(e, old.Spec.Ingress, new.Spec.Ingress)
	} else {
		c.skipSettings(e, spec.Settings(new.Spec), plannedKeys())
	}
	if a, b := old.APIServerSubnet, new.APIServerSubnet; a != nil && b != nil {
		c.compare(e, "apiServerSubnet.name", a.Name, b.Name)
	}
	c.comparePools(e, old, new)
}

// compareIngress compares the ingress options one by one.
func (c *comparison) compareIngress(e element, old, new []aks.IngressOption) {
	for _, o := range new {
		if !slices.Contains(old, o) {
			c.compare(e, "ingress", aks.NotSet, string(o))
		}
	}
	for _, o := range old {
		if !slices.Contains(new, o) {
			c.compare(e, "ingress", string(o), aks.NotSet)
		}
	}
}

// plannedKeys are the keys of a cluster and its pools that are compared by what the plans say, and not by the specs.
func plannedKeys() []string {
	return []string{
		"name", "location", "resourceGroup", "vnet", "dnsPrefix", "nodeResourceGroup", "kubernetesVersion", "model",
		"networkDataplane", "networkPolicy", "ipFamilies", "podCidr", "podCidrs", "serviceCidr", "serviceCidrs",
		"dnsServiceIP", "outboundType", "podIPAllocationMode", "nodeSubnet", "podSubnet", "apiServerSubnet",
		"systemNodeSubnet.addressPrefix",
		"osType", "mode", "maxPods",
	}
}

// skipSettings records the settings of an element that a saved plan does not hold.
func (c *comparison) skipSettings(e element, settings []spec.Setting, except []string) {
	for _, s := range settings {
		steers := func() bool {
			return aks.ChangeOf(aks.Delta{Key: e.keys + "." + s.Key, Situation: e.situation}).How == aks.Unaffected
		}
		if path := e.path + "." + s.Key; !under(s.Key, except) && c.new.Spec.Has(path) && !steers() {
			c.untold = append(c.untold, path)
		}
	}
}

func (c *comparison) comparePlacement(e element, old, new *plan.Cluster) {
	fixed := func(key, before, after string) {
		if before != "" && after != "" {
			c.compare(e, key, before, after)
		}
	}
	fixed("location", old.Location, new.Location)
	fixed("resourceGroup", old.ResourceGroup, new.ResourceGroup)
	fixed("dnsPrefix", old.DNSPrefix, new.DNSPrefix)
	if strings.EqualFold(old.Location, new.Location) && strings.EqualFold(old.ResourceGroup, new.ResourceGroup) {
		fixed("nodeResourceGroup", old.NodeResourceGroup, new.NodeResourceGroup)
	}
	before, after := networkTexts(old, new)
	fixed("vnet", before, after)
}

// networkTexts returns what to call the networks of two versions of a cluster. Networks of one name in different
// resource groups or subscriptions are different networks.
func networkTexts(old, new *plan.Cluster) (before, after string) {
	a, b := old.VNet(), new.VNet()
	if a == nil || b == nil || !strings.EqualFold(a.Name, b.Name) || sameNetwork(a, b) {
		return old.VNetName, new.VNetName
	}
	text := func(v *plan.VNet) string {
		out := v.Name + " of resource group " + v.ResourceGroup
		if a.Subscription != b.Subscription && v.Subscription != "" {
			out += " in subscription " + v.Subscription
		}
		return out
	}
	return text(a), text(b)
}

// sameNetwork reports whether two networks have the same id, as far as it is known.
func sameNetwork(a, b *plan.VNet) bool {
	same := func(x, y string) bool { return x == "" || y == "" || strings.EqualFold(x, y) }
	return strings.EqualFold(a.Name, b.Name) && same(a.ResourceGroup, b.ResourceGroup) &&
		same(a.Subscription, b.Subscription)
}

// compareVersion compares Kubernetes versions. "1.34" is every patch of 1.34.
func (c *comparison) compareVersion(e element, key, before, after string) {
	before, after = strings.TrimPrefix(before, "v"), strings.TrimPrefix(after, "v")
	if before == "" || after == "" || strings.HasPrefix(before, after+".") {
		return
	}
	d, ok := e.difference(key, before, after)
	if !ok {
		return
	}
	d.back, d.Kind = `"`+before+`"`, aks.NextMinor
	if !aks.KubernetesAtLeast(after, before) {
		d.Kind = aks.Downgrade
	} else if d.between = aks.SkippedVersions(before, after); len(d.between) > 0 {
		d.Kind = aks.SkipsMinor
	}
	c.add(d)
}

// compareModel compares the model, and what comes with it: the data plane with its policy engine.
func (c *comparison) compareModel(e element, old, new *plan.Cluster) {
	if old.Model != "" {
		c.compare(e, "model", string(old.Model), string(new.Model))
	}
	if old.NetworkDataplane != new.NetworkDataplane {
		if old.NetworkDataplane != "" && new.NetworkDataplane != "" {
			c.compare(e, "networkDataplane", string(old.NetworkDataplane), string(new.NetworkDataplane))
		}
		return
	}
	if old.NetworkPolicy != "" {
		c.compare(e, "networkPolicy", string(old.NetworkPolicy), string(new.NetworkPolicy))
	}
}

// compareRanges compares the address families and the ranges outside the network. A second family brings ranges with
// it, and another model may bring another pod CIDR.
func (c *comparison) compareRanges(e element, old, new *plan.Cluster) {
	families := min(len(old.IPFamilies), len(new.IPFamilies))
	if families > 0 {
		c.compare(e, "ipFamilies", familyText(old), familyText(new))
	}
	services := c.compareRange(e, "serviceCidr", first(old.ServiceCIDRs, families), first(new.ServiceCIDRs, families))
	if !services && old.DNSServiceIP.IsValid() && new.DNSServiceIP.IsValid() {
		c.compare(e, "dnsServiceIP", old.DNSServiceIP.String(), new.DNSServiceIP.String())
	}
	if old.Model == new.Model {
		c.compareRange(e, "podCidr", first(old.PodCIDRs, families), first(new.PodCIDRs, families))
	}
}

func first(list []netip.Prefix, n int) []netip.Prefix { return list[:min(n, len(list))] }

func familyText(c *plan.Cluster) string {
	var text []string
	for _, f := range c.IPFamilies {
		text = append(text, string(f))
	}
	return "[" + strings.Join(text, ", ") + "]"
}

// compareRange compares ranges, and reports whether they differ. Dual-stack specs list them under another key.
func (c *comparison) compareRange(e element, key string, before, after []netip.Prefix) (differ bool) {
	if len(before) == 0 || len(after) == 0 || slices.Equal(before, after) {
		return false
	}
	texts := func(list []netip.Prefix) string { return list[0].String() }
	if len(after) > 1 {
		key, texts = key+"s", flowList[netip.Prefix]
	}
	d, _ := e.difference(key, texts(before), texts(after))
	if grows(before[0], after[0]) {
		d.Kind = aks.Grows
	}
	c.add(d)
	return true
}

// grows reports whether a range contains another one and is larger.
func grows(old, new netip.Prefix) bool {
	return old.IsValid() && new.IsValid() && new.Bits() < old.Bits() &&
		len(ipam.Subtract([]netip.Prefix{old}, []netip.Prefix{new})) == 0
}

func (c *comparison) comparePools(e element, old, new *plan.Cluster) {
	both, added, removed := pairs(old.NodePools, new.NodePools, func(p *plan.NodePool) string { return p.Name })
	for _, pair := range both {
		c.comparePool(e, pair[0], pair[1])
	}
	for _, pool := range added {
		az := azOfPool(e.az, pool)
		az.Values["poolArguments"] = poolArguments(az, pool)
		s := e.situation
		s.After.WindowsPools = pool.OSType == aks.Windows
		c.addElement(aks.Added, "clusters[].nodePools", pool.Path, poolText(pool, new), s, az)
	}
	for _, pool := range removed {
		c.addElement(aks.Removed, "clusters[].nodePools", new.Path+".nodePools", poolText(pool, old), e.situation,
			azOfPool(e.az, pool))
	}
}

func poolText(pool *plan.NodePool, of *plan.Cluster) string {
	return fmt.Sprintf("pool %q of cluster %q", pool.Name, of.Name)
}

// comparePool compares two versions of a node pool. Adding or removing a pod subnet is part of a change of the model.
func (c *comparison) comparePool(of element, old, new *plan.NodePool) {
	e := of
	e.keys, e.path, e.oldPath, e.of = keysPool, new.Path, old.Path, fmt.Sprintf(" of pool %q", new.Name)
	e.az = azOfPool(of.az, new)
	known := func(key, before, after string) {
		if before != "" && after != "" && before != "0" {
			c.compare(e, key, before, after)
		}
	}
	known("osType", string(old.OSType), string(new.OSType))
	known("mode", string(old.Mode), string(new.Mode))
	known("maxPods", fmt.Sprint(old.MaxPods), fmt.Sprint(new.MaxPods))
	if a, b := networkTexts(old.Cluster, new.Cluster); a == b {
		c.comparePoolSubnet(e, "nodeSubnet", old.NodeSubnetName, new.NodeSubnetName)
		c.comparePoolSubnet(e, "podSubnet", old.PodSubnetName, new.PodSubnetName)
	}
	if old.Spec == nil {
		known("count", fmt.Sprint(old.CreateNodes), fmt.Sprint(new.CreateNodes))
		c.skipSettings(e, spec.Settings(new.Spec), append(plannedKeys(), "count"))
		return
	}
	if old.Cluster.Model.Facts().NeedsPodSubnet && new.Cluster.Model.Facts().NeedsPodSubnet {
		c.compare(e, "podIPAllocationMode", string(old.AllocationMode()), string(new.AllocationMode()))
	}
	c.compareScale(e, old.Spec, new.Spec)
}

func (c *comparison) comparePoolSubnet(e element, key, before, after string) {
	if before == "" || after == "" {
		return
	}
	if d, ok := e.difference(key, before, after); ok {
		d.back = "{name: " + before + "}"
		c.add(d)
	}
}

// compareScale compares the settings of a pool, the two bounds of its autoscaler as one.
func (c *comparison) compareScale(e element, old, new *spec.NodePool) {
	e.situation.Pool = aks.PoolState{
		ScaleSet: old.Type == "" || old.Type == aks.ScaleSets, Linux: old.OSType == aks.Linux,
		Autoscaled: old.Autoscaled(), WillAutoscale: new.Autoscaled(),
		NoSurge: new.MaxSurge == spec.Amount{}, Scales: !new.Autoscaled() && old.Count != new.Count,
		OtherMachines: !aks.SameMachines(old.VMSize, new.VMSize),
	}
	e.az.Values["minCount"], e.az.Values["maxCount"] = fmt.Sprint(new.MinCount), fmt.Sprint(new.MaxCount)
	c.compareVersion(e, "orchestratorVersion", string(old.OrchestratorVersion), string(new.OrchestratorVersion))
	except := append(plannedKeys(), "orchestratorVersion")
	if old.MaxCount != new.MaxCount {
		except = append(except, "minCount")
	}
	c.compareSettings(e, poolSettings(old), poolSettings(new), except...)
}

// poolSettings returns the settings of a pool. Linux pools run Ubuntu while nobody sets another SKU.
func poolSettings(p *spec.NodePool) []spec.Setting {
	out := spec.Settings(p)
	for i, s := range out {
		if s.Key == "osSKU" && s.Value == "" && p.OSType == aks.Linux {
			out[i].Value = string(aks.Ubuntu)
		}
	}
	return out
}
