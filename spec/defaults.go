package spec

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// DefaultNodeCount is how many nodes a pool has when nothing is said: what az aks create does without --node-count.
// [aks.PageAzureCLI] (read 2026-11-22)
const DefaultNodeCount = 3

// DefaultGatewayPrefix is the size of the public prefix of a static egress gateway when nothing is said, as a prefix
// length.
// [aks.PageStaticEgress] (read 2026-11-22)
const DefaultGatewayPrefix = 31

// Default is one row of the table of defaults: the value of a key that the user left out.
type Default struct {
	Path, Value, Source string
}

// Defaults lists every default that does not depend on the rest of the plan, with where it comes from. CIDRs and
// subnets that are left out are sized and placed by the planner instead.
func Defaults() []Default {
	return []Default{
		{"clusters[].model", string(aks.Overlay), aks.PageOverlaySetup},
		{
			"clusters[].networkDataplane", "azure (cilium for model cilium and sku Automatic; none for byo)",
			aks.PageCilium,
		},
		{"clusters[].networkPolicy", "none (cilium with networkDataplane cilium)", aks.PagePolicies},
		{"clusters[].ipFamilies", "[IPv4]", aks.PageDualStack},
		{
			"clusters[].outboundType", "loadBalancer (managedNATGateway for sku Automatic in a managed network)",
			aks.PageOutboundTypes,
		},
		{"clusters[].loadBalancerSku", string(aks.LoadBalancerStandard), aks.PageLoadBalancer},
		{"clusters[].sku", string(aks.SKUBase), aks.PageAutomatic},
		{
			"clusters[].nodeProvisioningMode", "Manual (Auto with sku Automatic)",
			aks.PageNodeProvisioning,
		},
		{
			"clusters[].nodeProvisioning.maxPods", defaultProvisionedMaxPods(),
			aks.PageNodeProvisioningClass,
		},
		{"clusters[].identity", "UserAssigned (SystemAssigned for a managed network)", aks.PageManagedIdentity},
		{"clusters[].podIPAllocationMode", string(aks.DynamicIndividual), aks.PageStaticBlocks},
		{"clusters[].services.ports", "1", aks.PageLoadBalancer},
		{
			"clusters[].nodePools[].mode", "System for the first pool, then User (User with sku Automatic)",
			aks.PageSystemPools,
		},
		{"clusters[].nodePools[].osType", string(aks.Linux), aks.PageNodePools},
		{"clusters[].nodePools[].count", "3, or minCount where maxCount is given", aks.PageAzureCLI},
		{
			"clusters[].nodePools[].maxPods",
			defaultMaxPods(),
			aks.PagePlanning,
		},
		{"clusters[].nodePools[].gatewayProfile.publicIPPrefixSize", "31", aks.PageStaticEgress},
		{
			"clusters[].nodePools[].maxSurge",
			"10% (1 node when kubernetesVersion is below 1.32)",
			aks.PageRollingUpgrades,
		},
	}
}

// setDefaults fills what the user left out. A zero that the user wrote stays: the rules speak of it.
func (s *Spec) setDefaults() {
	for i := range s.Clusters {
		c := &s.Clusters[i]
		c.setDefaults(func(key string) bool { return s.Has(fmt.Sprintf("clusters[%d].%s", i, key)) })
		for j := range c.NodePools {
			wrote := func(key string) bool { return s.Has(fmt.Sprintf("clusters[%d].nodePools[%d].%s", i, j, key)) }
			c.setPoolDefaults(&c.NodePools[j], j, wrote)
		}
	}
}

func (c *Cluster) setDefaults(wrote func(key string) bool) {
	if c.SKU == aks.SKUAutomatic {
		c.setAutomatic(wrote)
	}
	c.SKU = cmp.Or(c.SKU, aks.SKUBase)
	if c.Model == modelCilium {
		c.Model = aks.Overlay
		c.NetworkDataplane = cmp.Or(c.NetworkDataplane, aks.DataplaneCilium)
	}
	c.Model = cmp.Or(c.Model, aks.Overlay)
	if !c.Model.Facts().OwnCNI {
		c.NetworkDataplane = cmp.Or(c.NetworkDataplane, aks.DataplaneAzure)
	}
	if c.NetworkDataplane == aks.DataplaneCilium {
		c.NetworkPolicy = cmp.Or(c.NetworkPolicy, aks.PolicyCilium)
	}
	c.NetworkPolicy = cmp.Or(c.NetworkPolicy, aks.PolicyNone)
	if len(c.IPFamilies) == 0 {
		c.IPFamilies = []aks.IPFamily{aks.IPv4}
	}
	c.OutboundType = cmp.Or(c.OutboundType, aks.OutboundLoadBalancer)
	c.LoadBalancerSKU = cmp.Or(c.LoadBalancerSKU, aks.LoadBalancerStandard)
	c.NodeProvisioningMode = cmp.Or(c.NodeProvisioningMode, aks.ProvisioningManual)
	c.Identity = cmp.Or(c.Identity, c.defaultIdentity())
	if c.Model.Facts().NeedsPodSubnet {
		c.PodIPAllocationMode = cmp.Or(c.PodIPAllocationMode, aks.DynamicIndividual)
	}
	c.Services.Ports = cmp.Or(c.Services.Ports, 1)
}

// setAutomatic fills what Automatic fixes, where the user says nothing else.
// [aks.PageAutomaticNetwork] (read 2026-11-28)
func (c *Cluster) setAutomatic(wrote func(key string) bool) {
	c.Model = cmp.Or(c.Model, aks.AutomaticModel)
	c.NetworkDataplane = cmp.Or(c.NetworkDataplane, aks.AutomaticDataplane)
	c.NetworkPolicy = cmp.Or(c.NetworkPolicy, aks.AutomaticPolicy)
	c.Tier = cmp.Or(c.Tier, aks.AutomaticTier)
	c.NodeProvisioningMode = cmp.Or(c.NodeProvisioningMode, aks.ProvisioningAuto)
	c.OutboundType = cmp.Or(c.OutboundType, aks.AutomaticOutbounds(c.Managed())[0])
	c.APIServerVnetIntegration = c.APIServerVnetIntegration || !wrote("apiServerVnetIntegration")
}

// defaultIdentity returns the identity that works: your own network needs a role assignment before the cluster exists.
// [aks.PageModels] (read 2026-11-22)
func (c *Cluster) defaultIdentity() aks.Identity {
	if c.Managed() {
		return aks.SystemAssigned
	}
	return aks.UserAssigned
}

func (c *Cluster) setPoolDefaults(p *NodePool, i int, wrote func(key string) bool) {
	if i == 0 && c.SKU != aks.SKUAutomatic {
		p.Mode = cmp.Or(p.Mode, aks.System)
	}
	p.Mode = cmp.Or(p.Mode, aks.User)
	p.OSType = cmp.Or(p.OSType, aks.Linux)
	if p.Mode == aks.Gateway {
		p.GatewayProfile.PublicIPPrefixSize = cmp.Or(p.GatewayProfile.PublicIPPrefixSize, DefaultGatewayPrefix)
	}
	if p.MaxPods == 0 && !wrote("maxPods") {
		p.MaxPods = c.Model.Facts().DefaultMaxPods
	}
	if p.Count == 0 && !wrote("count") {
		p.Count = DefaultNodeCount
		if p.Autoscaled() {
			p.Count = p.MinCount
		}
	}
	if p.MaxSurge == (Amount{}) && !wrote("maxSurge") {
		p.MaxSurge = defaultSurge(c.KubernetesVersion)
	}
}

func defaultSurge(v Version) Amount {
	surge := aks.DefaultSurge(string(v))
	if surge.Percent > 0 {
		return Amount{N: surge.Percent, Percent: true}
	}
	return Amount{N: surge.Nodes}
}

// defaultProvisionedMaxPods is defaultMaxPods for the nodes of node auto-provisioning.
func defaultProvisionedMaxPods() string {
	var out []string
	for _, f := range aks.Models() {
		out = append(out, fmt.Sprintf("%d %s", aks.ProvisionedMaxPods(f.Model), f.Model))
	}
	return strings.Join(out, ", ")
}

// defaultMaxPods returns the default of maxPods under each model in words: "110 kubenet, 30 node-subnet".
func defaultMaxPods() string {
	var out []string
	for _, f := range aks.Models() {
		out = append(out, fmt.Sprintf("%d %s", f.DefaultMaxPods, f.Model))
	}
	return strings.Join(out, ", ")
}
