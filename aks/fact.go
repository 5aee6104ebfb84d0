package aks

import "github.com/aksnet/aksnet/internal/english"

// Fact is a rule in words, for explanations and pages.
type Fact struct {
	ID     string `json:"id"` // stable, lower case with dashes
	Text   string `json:"text"`
	Source Source `json:"source"`
}

// Facts returns every rule in words, a topic after the other.
func Facts() []Fact {
	var all []Fact
	for _, topic := range [...]func() []Fact{
		DemandFacts, ClusterFacts, VersionFacts, AutomaticFacts, SurgeFacts, PolicyFacts, UDRFacts, KubenetFacts,
		MasqueradeFacts, NSGFacts, BalancerFacts, ServiceFacts, NATFacts, EgressFacts,
	} {
		all = append(all, topic()...)
	}
	return all
}

// FactByID returns the fact with the given id, and false if there is none.
func FactByID(id string) (Fact, bool) {
	for _, f := range Facts() {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// DemandFacts returns what Azure counts when it looks for addresses.
func DemandFacts() []Fact {
	return []Fact{
		{
			"demand-max-count", "with the autoscaler Azure counts maxCount of every pool, not the nodes of the moment; an " +
				"upgrade is checked with its surge nodes",
			srcSubnetSize(),
		},
		{
			"demand-pod-subnet", english.Text("pod subnets, in both modes: Azure wants %v free addresses for each node at "+
				"its maximum, whatever maxPods is", DynamicBatch),
			srcDynamic().as(Derived),
		},
		{
			"demand-host-network",
			"about six system pods use the network of their node: they count against maxPods and take " +
				"no address of a dynamic pod subnet",
			told(github + "Azure/AKS/issues/4035"),
		},
		{
			"demand-node-address", "konnectivity and other system pods use the node's address, not the pod CIDR",
			srcKubenet(),
		},
		{
			"demand-release",
			"the address of a deleted pod is free again after some seconds: busy flat clusters need a reserve",
			srcPlanning(),
		},
		{
			"demand-autoscaler",
			"the autoscaler asks for all new nodes at once: if the subnet has fewer addresses, none is made",
			told(github + "Azure/AKS/issues/2531"),
		},
	}
}

// ClusterFacts returns what else has to be minded about clusters and their pools.
func ClusterFacts() []Fact {
	return []Fact{
		{"vm-size-system", "system pools need at least 2 vCPUs and 4 GB a node, and take no B series", srcQuotas()},
		{"vm-size-user", "user pools need at least 2 vCPUs and 2 GB a node", srcQuotas()},
		{
			"service-cidr-fixed", "the service CIDR cannot change; from Kubernetes 1.33 on a ServiceCIDR object adds ranges",
			srcPlanning(),
		},
		{"private-endpoint-place", "the endpoint of a private cluster lands in the subnet of the first pool", srcPrivate()},
		{
			"private-zone-link",
			"AKS links the private DNS zone to the network of the nodes only: link it to the network that " +
				"resolves, such as the hub",
			srcPrivate(),
		},
		{
			"api-server-no-dns", "with API Server VNet Integration nodes reach the API server without DNS", srcAPIServer(),
		},
		{"ranges-not-private", "authorized IP ranges are not for private clusters", srcRanges()},
		{
			"ranges-egress",
			"the addresses of a firewall, of a NAT gateway and of nodes must be in the authorized ranges; AKS " +
				"adds those of its own load balancer",
			srcRanges(),
		},
		{
			"localdns",
			"LocalDNS listens on 169.254.10.10 and 169.254.10.11 of each node, and is on by itself from Kubernetes " +
				"1.36, except with policy cilium or calico, byo, or a NodeLocal DNS of your own",
			release("2026-05-29"),
		},
		{
			"network-isolated",
			"a network isolated cluster sets the artifact source to Cache, reimages every pool, and then " +
				"sets outboundType none, in this order; it takes no Windows pools and no kubenet",
			srcIsolated(),
		},
		{
			"one-cni",
			"a cluster has one network model; static and dynamic pod subnets may mix by pool, each subnet in one mode",
			srcStatic(),
		},
		{"cluster-quota", "the quota of clusters depends on region and offer, and is no constant", srcQuotas()},
	}
}

// SurgeFacts returns how node pools behave during an upgrade.
func SurgeFacts() []Fact {
	s := srcRolling()
	return []Fact{
		{
			"surge-form",
			"maxSurge is a number of nodes or a percentage of the pool, rounded up, and never more than the nodes to upgrade",
			s,
		},
		{"surge-zero", "maxSurge 0 needs maxUnavailable above 0, and is refused for system pools", s},
		{
			"surge-advised",
			english.Text("%v %% is advised for production, 10 to 20 %% above 500 nodes", RecommendedSurgePercent),
			s,
		},
		{"surge-fallback", "since Kubernetes 1.35 an upgrade that cannot get all surge nodes goes on with one", s},
		{
			"surge-pool-limit",
			english.Text(
				"an upgrade is refused before it starts if pool and surge are above %v nodes",
				MaxNodesPerPool,
			),
			s,
		},
		{"surge-parallel", "pools may be upgraded together: count the surge of all of them", s},
		{
			"surge-full-cluster",
			english.Text(
				"a cluster of %v nodes cannot be upgraded before it shrinks below %v",
				MaxNodesPerCluster,
				UpgradeBelowNodes,
			),
			srcLarge(),
		},
	}
}

// PolicyFacts returns what the policy engines cannot do.
func PolicyFacts() []Fact {
	return []Fact{
		{
			"policy-npm-windows",
			"policy azure on Windows knows no named ports, SCTP, negative labels, or exceptions from ranges",
			srcPolicies(),
		},
		{
			"policy-cilium-nodes",
			"policy cilium: an ipBlock never matches a node or a pod, and pods on the host network have no policy",
			srcCilium(),
		},
		{"policy-dual-stack", "policies azure and calico do not go with dual-stack", srcOverlaySet()},
		{"policy-provisioning", "policy calico does not go with node auto-provisioning", srcNAP()},
		{"policy-cilium-dataplane", "policy cilium needs the Cilium data plane", srcSDK()},
		{
			"policy-cilium-only",
			"the Cilium data plane is refused with policy azure, calico or none, at creation and at an " +
				"update: set both in one change",
			told(github + "Azure/azure-cli-extensions/issues/7011"),
		},
		{
			"policy-removal", "policies azure and calico are installed and removed on a running cluster only from " +
				"Kubernetes 1.30 on",
			release("2026-05-29"),
		},
		{
			"policy-l7", english.Text("layer-7 policies support %v nodes or %v pods, whichever is greater, from Kubernetes "+
				"1.29 on", L7MaxNodes, L7MaxPods),
			srcL7(),
		},
	}
}
