package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var noEffect = &Rule{
	ID:       "AKS115",
	Title:    "setting without effect",
	Severity: Warning,
	Explanation: "The setting is valid, but nothing that the plan contains uses it: the network is managed by AKS, or " +
		"the model, the type of the pool, or another setting leaves it out. Other rules report settings that Azure " +
		"rejects, and settings of other outbound types.",
	Source: docsSpec,
	Fix:    "remove the setting, or change what the message names",
	Since:  "v0.1.0",
	Check:  checkNoEffect,
}

// effect is a key of the spec that has an effect only under a condition.
type effect[T any] struct {
	// key is the key below the path of its owner: "gatewayProfile" of a pool.
	key string
	// idle returns why the key has no effect for an owner, or an empty string if it has one.
	idle func(p *Pass, owner T) string
}

// clusterEffects are the keys of clusters that have an effect only under a condition.
func clusterEffects() []effect[*plan.Cluster] {
	return []effect[*plan.Cluster]{
		{"apiServerSubnet", func(_ *Pass, c *plan.Cluster) string {
			return unless(c.Spec.APIServerVnetIntegration || c.Spec.Managed(), "apiServerVnetIntegration is not set")
		}},
		{"bootstrapProfile.containerRegistryId", func(_ *Pass, c *plan.Cluster) string {
			return unless(c.Spec.BootstrapProfile.ArtifactSource == aks.ArtifactsCache,
				"bootstrapProfile.artifactSource is not Cache")
		}},
		{"egress.nextHopIP", ownTables},
		{"egress.nextHopType", ownTables},
		{"enablePrivateClusterPublicFQDN", func(_ *Pass, c *plan.Cluster) string {
			return unless(c.Spec.PrivateCluster, "the cluster is not private")
		}},
		{"loadBalancerProfile.backendPoolType", func(_ *Pass, c *plan.Cluster) string {
			return unless(c.OutboundType == aks.OutboundLoadBalancer,
				"loadBalancerProfile is written only with outboundType loadBalancer")
		}},
		{"natGateway.idleTimeoutInMinutes", ownGateways},
		{"natGateway.sku", ownGateways},
		{"natGateway.zone", ownGateways},
		{"nodeSubnet", func(_ *Pass, c *plan.Cluster) string {
			own := func(pool *plan.NodePool) bool { return pool.Spec.NodeSubnet != (spec.ClusterSubnet{}) }
			return unless(c.Spec.Managed() || c.Spec.NodeProvisioningMode == aks.ProvisioningAuto || !everyPool(c, own),
				"every node pool has its own nodeSubnet")
		}},
		{"podSubnet", func(_ *Pass, c *plan.Cluster) string {
			own := func(pool *plan.NodePool) bool { return pool.Spec.PodSubnet != (spec.ClusterSubnet{}) }
			return unless(!c.Model.Facts().NeedsPodSubnet || c.Spec.Managed() || !everyPool(c, own),
				"every node pool has its own podSubnet")
		}},
		{"podIPAllocationMode", func(_ *Pass, c *plan.Cluster) string {
			own := func(pool *plan.NodePool) bool { return pool.Spec.PodIPAllocationMode != "" }
			return unless(!c.Model.Facts().NeedsPodSubnet || !everyPool(c, own),
				"every node pool has its own podIPAllocationMode")
		}},
		{"privateDNSZone", func(_ *Pass, c *plan.Cluster) string {
			return unless(c.Spec.PrivateCluster || !privateZoneWord(c.Spec.PrivateDNSZone), "the cluster is not private")
		}},
		{"privateEndpoints", inManaged},
		{"services.allocateLoadBalancerNodePorts", noBalancers},
		{"services.externalTrafficPolicy", func(_ *Pass, c *plan.Cluster) string {
			return unless(balancers(c.Spec)+len(c.Spec.Services.NodePorts) > 0,
				"no Service of type LoadBalancer or NodePort is planned")
		}},
		{"services.internalLoadBalancerSubnet", func(p *Pass, c *plan.Cluster) string {
			if why := inManaged(p, c); why != "" {
				return why
			}
			return unless(c.Spec.Services.Internal() > 0, "services.internalLoadBalancers is 0")
		}},
		{"services.ports", noBalancers},
		{"webAppRouting", func(_ *Pass, c *plan.Cluster) string {
			return unless(slices.Contains(c.Spec.Ingress, aks.IngressAppRoutingNginx), "ingress does not have "+
				string(aks.IngressAppRoutingNginx))
		}},
	}
}

func noBalancers(_ *Pass, c *plan.Cluster) string {
	return unless(balancers(c.Spec) > 0, "no Service of type LoadBalancer is planned")
}

// poolEffects are the keys of node pools that have an effect only under a condition.
func poolEffects() []effect[*plan.NodePool] {
	return []effect[*plan.NodePool]{
		{"gatewayProfile", func(_ *Pass, pool *plan.NodePool) string {
			return unless(pool.Mode == aks.Gateway, fmt.Sprintf("the pool has mode %s, not %s", pool.Mode, aks.Gateway))
		}},
	}
}

// subnetEffects are the keys of subnets that have an effect only under a condition.
func subnetEffects() []effect[*plan.Subnet] {
	return []effect[*plan.Subnet]{
		{"natGateway", func(_ *Pass, s *plan.Subnet) string {
			if kind, _ := purposeKind(s); kind.NAT.Answer == aks.NoEffect {
				return kind.NAT.Note
			}
			return unless(!routedAway(s), "the default route to a firewall takes precedence (userDefinedRouting)")
		}},
		{"networkSecurityGroup", func(_ *Pass, s *plan.Subnet) string {
			return endpointsIgnore(s, aks.PoliciesNSG)
		}},
		{"routeTable", func(_ *Pass, s *plan.Subnet) string { return endpointsIgnore(s, aks.PoliciesRoutes) }},
	}
}

// networkEffects are the keys of networks that have an effect only under a condition.
func networkEffects() []effect[*plan.VNet] {
	created := func(_ *Pass, v *plan.VNet) string {
		return unless(!v.Existing, "the network exists, so aksnet does not write it")
	}
	return []effect[*plan.VNet]{{"tags", created}}
}

// unless returns why something has no effect, or an empty string if it has one.
func unless(has bool, why string) string {
	if has {
		return ""
	}
	return why
}

// inManaged returns why keys about a network of the user's own have no effect for a cluster.
func inManaged(_ *Pass, c *plan.Cluster) string {
	return unless(!c.Spec.Managed(), "AKS manages the network (vnet: managed)")
}

// ownGateways returns why the settings of a NAT gateway have no effect for a cluster: the plan creates none for it.
func ownGateways(_ *Pass, c *plan.Cluster) string {
	own := func(s *plan.Subnet) bool { return s.Existing || s.Spec != nil && s.Spec.NATGateway != "" }
	return unless(c.OutboundType != aks.OutboundUserAssignedNATGateway || c.VNet() == nil || !everySubnet(c, own),
		"every subnet of its nodes and pods exists or names a NAT gateway")
}

// routedAway reports whether all clusters that use a subnet send its egress to an appliance.
func routedAway(s *plan.Subnet) bool {
	return len(s.Pools()) > 0 && !slices.ContainsFunc(s.Pools(), func(pool *plan.NodePool) bool {
		return pool.Cluster.OutboundType != aks.OutboundUserDefinedRouting
	})
}

// ownTables returns why the next hop of a cluster has no effect: the default routes of its subnets lead elsewhere.
func ownTables(p *Pass, c *plan.Cluster) string {
	elsewhere := func(s *plan.Subnet) bool {
		t, _ := ownTable(p, s)
		if t == nil {
			return false
		}
		i := routeTo(t, defaultRoute4)
		return i >= 0 && t.Routes[i].NextHopIP != c.Spec.Egress.NextHopIP
	}
	return unless(c.OutboundType != aks.OutboundUserDefinedRouting || c.VNet() == nil || !everySubnet(c, elsewhere),
		"the route table of every subnet of its nodes and pods has another default route")
}

// endpointsIgnore returns why private endpoints do not see an attachment of their subnet.
func endpointsIgnore(s *plan.Subnet, needs aks.EndpointPolicies) string {
	kind, _ := purposeKind(s)
	policies := s.Spec.PrivateEndpointNetworkPolicies
	return unless(kind.For != aks.ForPrivateEndpoints || policies == "" || policies == aks.PoliciesEnabled ||
		policies == needs, fmt.Sprintf("privateEndpointNetworkPolicies is %s", policies))
}

// everySubnet reports whether all subnets of a cluster's nodes and pods match.
func everySubnet(c *plan.Cluster, is func(*plan.Subnet) bool) bool {
	return !slices.ContainsFunc(append(c.NodeSubnets(), c.PodSubnets()...),
		func(s *plan.Subnet) bool { return !is(s) })
}

// everyPool reports whether all node pools of a cluster match.
func everyPool(c *plan.Cluster, is func(*plan.NodePool) bool) bool {
	return !slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return !is(pool) })
}

func checkNoEffect(p *Pass) {
	clusters, pools := clusterEffects(), poolEffects()
	for _, c := range p.Plan.Clusters {
		reportIdle(p, clusters, c.Path, fmt.Sprintf("cluster %q", c.Name), c)
		for _, pool := range c.NodePools {
			reportIdle(p, pools, pool.Path, fmt.Sprintf("pool %q", pool.Name), pool)
		}
	}
	networks, subnets := networkEffects(), subnetEffects()
	for _, v := range p.Plan.VNets {
		if v.Spec == nil {
			continue
		}
		reportIdle(p, networks, v.Path, fmt.Sprintf("network %q", v.Name), v)
		for _, s := range v.Subnets {
			if s.Spec != nil {
				reportIdle(p, subnets, s.Path, fmt.Sprintf("subnet %q", s.Name), s)
			}
		}
	}
	p.idlePeers()
}

// reportIdle reports the keys of an owner that the spec sets without effect.
func reportIdle[T any](p *Pass, effects []effect[T], path, name string, owner T) {
	for _, e := range effects {
		at := path + "." + e.key
		if !p.Spec.Has(at) {
			continue
		}
		if why := e.idle(p, owner); why != "" {
			p.reportIdle(at, e.key, name, why)
		}
	}
}

func (p *Pass) reportIdle(at, key, name, why string) {
	p.Report(Finding{
		Path: at, atKey: true,
		Message: fmt.Sprintf("%s has no effect in %s: %s", key, name, why),
		Edit:    Edit{Remove: true},
	})
}

// idlePeers reports address spaces of peerings with networks that the spec describes itself, and settings of peerings
// with networks that it only names: no peering is made without the network or its id.
func (p *Pass) idlePeers() {
	for _, v := range p.Plan.VNets {
		if v.Spec == nil {
			continue
		}
		for i, peering := range v.Spec.Peerings {
			at := indexed(v.Path+".peerings", i) + ".addressPrefixes"
			other := p.rangesOf().VNet(peering.VNet)
			if other != nil && p.Spec.Has(at) {
				p.reportIdle(at, "addressPrefixes", fmt.Sprintf("the peering with %q", other.Name),
					"the spec describes that network")
			} else if other == nil && !isResourceID(peering.VNet) {
				p.idleSettings(indexed(v.Path+".peerings", i), peering.VNet)
			}
		}
	}
}

func (p *Pass) idleSettings(at, name string) {
	for _, s := range aks.PeeringSettings() {
		if p.Spec.Has(at + "." + s.Key) {
			p.reportIdle(at+"."+s.Key, s.Key, fmt.Sprintf("the peering with %q", name),
				"nothing is written for a network that the spec does not describe; name it by its resource id")
		}
	}
}
