package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// addCluster adds a cluster, its pools, and what they need of their network.
func (b *builder) addCluster(sc *spec.Cluster, path string) {
	facts := sc.Model.Facts()
	c := &Cluster{
		Name: sc.Name, ResourceGroup: sc.ResourceGroup, Location: sc.Location,
		KubernetesVersion: string(sc.KubernetesVersion),
		Model:             sc.Model, NetworkPlugin: facts.NetworkPlugin, NetworkPluginMode: facts.NetworkPluginMode,
		NetworkDataplane: sc.NetworkDataplane, NetworkPolicy: sc.NetworkPolicy, IPFamilies: sc.IPFamilies,
		OutboundType: sc.OutboundType, DNSPrefix: sc.DNSPrefix, NodeResourceGroup: sc.NodeResourceGroup,
		NodePools: []*NodePool{}, Spec: sc, Path: path, facts: facts, number: len(b.plan.Clusters),
	}
	if c.DNSPrefix == "" && sc.FQDNSubdomain == "" {
		c.DNSPrefix = defaultDNSPrefix(c.Name)
	}
	if c.NodeResourceGroup == "" && c.ResourceGroup != "" && c.Location != "" {
		c.NodeResourceGroup = aks.DefaultNodeResourceGroup(c.ResourceGroup, c.Name, c.Location)
	}
	c.VNetName = spec.ManagedVNet
	if !sc.Managed() {
		c.vnet = b.networkOf(sc, b.vnetName(sc), path)
		c.VNetName = c.vnet.Name
		c.seat = c.vnet.seats
		c.vnet.seats++
	}
	b.plan.Clusters = append(b.plan.Clusters, c)
	growing := growingPool(sc)
	for i := range sc.NodePools {
		p := c.newPool(&sc.NodePools[i], i == growing, fmt.Sprintf("%s.nodePools[%d]", path, i))
		c.NodePools = append(c.NodePools, p)
	}
	c.addManagedPools()
	for _, p := range c.Pools() {
		c.Nodes += p.Nodes
		c.SurgeNodes += p.SurgeNodes
		c.Pods += p.Nodes * p.MaxPods
	}
	if c.vnet != nil {
		b.addClusterSubnets(c)
	} else {
		c.managed = managedTerms(c)
	}
}

// growingPool returns the pool that takes growth given as a number of nodes: the first of those with the most pods on
// each node, since its nodes cost the most addresses.
func growingPool(c *spec.Cluster) int {
	best := 0
	for i := range c.NodePools {
		if c.NodePools[i].MaxPods > c.NodePools[best].MaxPods {
			best = i
		}
	}
	return best
}

// newPool returns a pool with its nodes: the most it can have, and growth on top. A percentage of growth counts for
// every pool.
func (c *Cluster) newPool(sp *spec.NodePool, grows bool, path string) *NodePool {
	p := &NodePool{
		Name: sp.Name, OSType: sp.OSType, Mode: sp.Mode, MaxPods: sp.MaxPods,
		Nodes: sp.MaxNodes(), CreateNodes: sp.CreateNodes(), Spec: sp, Path: path, Cluster: c,
	}
	if growth := c.Spec.Growth; growth.Percent || grows {
		p.Nodes += growth.Extra(p.Nodes)
	}
	p.SurgeNodes = sp.MaxSurge.Of(p.Nodes)
	p.cost = costUnder(c.facts, c.Spec.AllocationMode(sp), p.MaxPods)
	if p.Mode == aks.Gateway {
		p.GatewayNodes, _ = aks.StaticEgressNodes(sp.GatewayProfile.PublicIPPrefixSize)
	}
	return p
}

// addClusterSubnets asks for the subnets of a cluster. What does not grow with the pools comes first, so that adding a
// pool moves less.
func (b *builder) addClusterSubnets(c *Cluster) {
	if c.Spec.APIServerVnetIntegration {
		r := b.clusterSubnet(c, APIServer, c.Spec.APIServerSubnet, "apiserver", c.Path+".apiServerSubnet", ofSetting)
		r.demand.apiServers++
		c.APIServerSubnet = r.subnet
	}
	first := b.addHostedSubnets(c)
	for _, p := range c.NodePools {
		r := b.addPoolSubnets(c, p)
		if first == nil {
			first = r
		}
	}
	if first != nil {
		b.addProvisioned(c, first)
		b.addFrontends(c, first)
	}
}

// addPoolSubnets asks for the subnets of a pool and returns the one of its nodes.
func (b *builder) addPoolSubnets(c *Cluster, p *NodePool) *subnetRequest {
	purpose := Nodes
	if p.cost.NodePods > 0 {
		purpose = NodesPods
	}
	node, path := c.Spec.NodeSubnet, c.Path+".nodeSubnet"
	if p.Spec.NodeSubnet != (spec.ClusterSubnet{}) {
		node, path = p.Spec.NodeSubnet, p.Path+".nodeSubnet"
	}
	r := b.clusterSubnet(c, purpose, node, poolPart(path, c, p, "nodes"), path, p.rank())
	b.addNodesTo(r, p)
	if p.cost.Pods > 0 {
		b.addPodSubnet(c, p)
	}
	return r
}

// rank is why subnets that come with a pool are there.
func (p *NodePool) rank() rank {
	if pools := p.Cluster.Pools(); p == pools[0] || p.Provisioned {
		return ofFirstPool
	}
	return ofFurtherPool
}

func (b *builder) addPodSubnet(c *Cluster, p *NodePool) {
	pods, path := c.Spec.PodSubnet, c.Path+".podSubnet"
	if p.Spec.PodSubnet != (spec.ClusterSubnet{}) {
		pods, path = p.Spec.PodSubnet, p.Path+".podSubnet"
	}
	part := poolPart(path, c, p, "pods")
	if p.cost.Blocks > 0 && c.Spec.PodIPAllocationMode != aks.StaticBlock && pods.Name == "" {
		part += "-static"
	}
	r := b.clusterSubnet(c, Pods, pods, part, path, p.rank())
	r.demand.addPods(p)
	p.podSubnet = r.subnet
	p.PodSubnetName = p.podSubnet.Name
}

// poolPart returns the last part of the name of a subnet: a pool that has one of its own shows it.
func poolPart(path string, c *Cluster, p *NodePool, part string) string {
	if len(path) > len(p.Path) && path[:len(p.Path)] == p.Path {
		return p.Name + "-" + part
	}
	return part
}

// addFrontends adds the addresses that are neither nodes nor pods: internal load balancers and private endpoints. They
// lie in the subnet of the first pool unless a subnet of their own is named.
// [aks.PageInternalLoadBalancer], [aks.PagePrivateClusters] (read
// 2026-11-22)
func (b *builder) addFrontends(c *Cluster, first *subnetRequest) {
	endpoints := c.Spec.PrivateEndpoints
	if c.Spec.PrivateCluster && !c.Spec.APIServerVnetIntegration {
		endpoints++
	}
	first.demand.privateEndpoints += endpoints

	balancers := first
	if name := c.Spec.Services.InternalLoadBalancerSubnet; name != "" {
		path := c.Path + ".services.internalLoadBalancerSubnet"
		balancers = b.clusterSubnet(c, Other, spec.ClusterSubnet{Name: name}, "", path, ofSetting)
	}
	balancers.demand.loadBalancers += c.Spec.Services.Internal()
	balancers.statics = append(balancers.statics, c.Spec.Services.StaticIPs...)
	c.frontends = balancers.subnet
}

// managedTerms returns what a cluster takes of the node subnet that AKS makes for it.
func managedTerms(c *Cluster) Terms {
	var r demandRequest
	for _, p := range c.Pools() {
		r.addNodes(p)
		r.addGateway(p)
	}
	r.loadBalancers += c.Spec.Services.Internal()
	return r.terms()
}
