package aks

import "sync"

// Limit is one number that Azure or AKS promises, as the limits command prints it.
type Limit struct {
	ID     string `json:"id"`    // stable, lower case with dashes
	Topic  string `json:"topic"` // the table the limit belongs to
	Name   string `json:"name"`  // what is counted
	Value  int    `json:"value"`
	Unit   string `json:"unit"` // what the value counts
	Source Source `json:"source"`
}

// Limits returns every limit, by topic.
func Limits() []Limit {
	var all []Limit
	for _, topic := range [...]func() []Limit{
		subnetLimits, podLimits, nodeLimits, apiLimits, networkLimits, securityLimits, tagLimits, balancerLimits, snatLimits,
		natLimits, nameLimits,
	} {
		all = append(all, topic()...)
	}
	return all
}

// limitsByID is Limits by their ids.
var limitsByID = sync.OnceValue(func() map[string]Limit {
	byID := map[string]Limit{}
	for _, l := range Limits() {
		byID[l.ID] = l
	}
	return byID
})

// LimitByID returns the limit with the given id, and false if there is none.
func LimitByID(id string) (Limit, bool) {
	l, ok := limitsByID()[id]
	return l, ok
}

func subnetLimits() []Limit {
	const t, bits, n = "subnets", "prefix length", "addresses"
	return []Limit{
		{"reserved-per-subnet", t, "addresses that Azure keeps in a subnet", ReservedPerSubnet, n, srcVNetFAQ()},
		{"smallest-subnet", t, "smallest IPv4 subnet", SmallestSubnetBits, bits, srcVNetFAQ()},
		{"largest-subnet", t, "largest IPv4 subnet", LargestSubnetBits, bits, srcVNetFAQ()},
		{
			"largest-advised",
			t,
			"largest VNet or subnet that every text allows",
			LargestAdvisedBits,
			bits,
			srcPlanning(),
		},
		{"subnet-ipv6", t, "IPv6 subnet, exactly", SubnetBits6, bits, srcVNetFAQ()},
		{"pod-block", t, "pod block of a node, overlay and kubenet", PodBlockBits, bits, srcOverlay()},
		{"pod-block-addresses", t, "addresses in a pod block", PodBlockAddresses, n, srcOverlay()},
		{
			"pod-block-ipv6", t, "IPv6 pod block of a node, dual-stack (sample output)", PodBlockBits6, bits,
			srcDualStack().as(Unverified),
		},
		{"static-block", t, "block of a pod subnet, static", StaticBlockBits, bits, srcStatic()},
		{"static-block-addresses", t, "addresses in a static block", StaticBlockAddresses, n, srcStatic()},
		{"dynamic-batch", t, "addresses a node takes at a time, dynamic", DynamicBatch, n, srcDynamic()},
		{"dynamic-spare", t, "addresses a node keeps free, dynamic", DynamicSpare, n, srcDynamic()},
		{"dynamic-release", t, "free addresses above which a node gives back a batch", DynamicRelease, n, srcScaler()},
		{"dynamic-max", t, "addresses a node holds at most, dynamic", DynamicMaxIPs, n, srcScaler()},
		{
			"largest-dynamic-subnet",
			t,
			"largest useful pod subnet, dynamic",
			LargestDynamicSubnetBits,
			bits,
			srcStatic(),
		},
		{"largest-static-subnet", t, "largest pod subnet, static", LargestStaticSubnetBits, bits, srcStatic()},
		{"api-server-subnet", t, "smallest API server subnet", APIServerSubnetBits, bits, srcAPIServer()},
		{
			"api-server-addresses", t, "addresses a cluster keeps in the API server subnet", APIServerAddresses, n,
			srcAPIServer(),
		},
		{"largest-service-cidr", t, "largest service CIDR", LargestServiceBits, bits, srcPlanning()},
		{
			"smallest-service-cidr",
			t,
			"smallest usual service CIDR",
			SmallestServiceBits,
			bits,
			srcPlanning().as(Derived),
		},
		{"largest-service-cidr-ipv6", t, "largest IPv6 service CIDR", LargestServiceBits6, bits, srcDualStack()},
	}
}

func podLimits() []Limit {
	const t, n = "pods", "pods"
	return []Limit{
		{"min-max-pods", t, "least maxPods of a pool", MinMaxPods, n, srcPlanning()},
		{"max-max-pods", t, "largest maxPods of a pool", MaxMaxPods, n, srcPlanning()},
		{"default-max-pods-kubenet", t, "default maxPods, kubenet", DefaultMaxPodsKubenet, n, srcPlanning()},
		{"default-max-pods-node-subnet", t, "default maxPods, node-subnet", DefaultMaxPodsNodeSubnet, n, srcPlanning()},
		{"default-max-pods-pod-subnet", t, "default maxPods, pod-subnet", DefaultMaxPodsPodSubnet, n, srcPlanning()},
		{"default-max-pods-overlay", t, "default maxPods, overlay", DefaultMaxPodsOverlay, n, srcOverlay()},
		{
			"default-max-pods-provisioned", t, "default maxPods of node auto-provisioning", DefaultMaxPodsProvisioned, n,
			srcNodeClass(),
		},
		{
			"default-max-pods-provisioned-byo", t, "default maxPods of node auto-provisioning, byo",
			DefaultMaxPodsProvisionedBYO, n, srcNodeClass(),
		},
		{
			"default-max-pods-byo", t, "default maxPods, byo (kubelet default, not stated by Azure)",
			DefaultMaxPodsBYO, n,
			srcBYO().as(Unverified),
		},
		{
			"windows-overlay-max-pods",
			t,
			"advised maxPods of Windows pools, overlay",
			MaxPodsWindowsOverlay,
			n,
			srcOverlay(),
		},
		{"min-pods-total", t, "least count × maxPods of a pool", MinPodsTotal, n, srcPlanning()},
		{"pods-overlay", t, "pods in an overlay cluster", MaxPodsOverlay, n, srcLarge()},
		{"pods-dynamic", t, "pods in a pod-subnet cluster, dynamic", MaxPodsDynamic, n, srcPlanPods()},
		{"pods-static", t, "pods in a pod-subnet cluster, static", MaxPodsStatic, n, srcPlanPods()},
		{"pods-kubenet", t, "pods in a kubenet cluster, as a product", MaxPodsKubenet, n, srcKubenet().as(Derived)},
		{"pods-flat-advised", t, "application pods in a flat cluster, advised", AdvisedPodsFlat, n, srcLarge()},
		{"pods-npm", t, "pods in a cluster with policy azure", NPMMaxPods, n, srcPolicies()},
		{"pods-l7", t, "pods in a cluster with layer-7 policy", L7MaxPods, n, srcL7()},
		{"cilium-identities", t, "Cilium identities in a cluster", CiliumIdentities, "identities", srcCilium()},
	}
}

func nodeLimits() []Limit {
	const t, n = "nodes", "nodes"
	return []Limit{
		{"nodes-per-cluster", t, "nodes in a cluster", MaxNodesPerCluster, n, srcQuotas()},
		{
			"nodes-kubenet",
			t,
			"nodes in a kubenet cluster, with surge and custom routes",
			MaxNodesKubenet,
			n,
			srcKubenet(),
		},
		{"nodes-per-pool", t, "nodes in a pool, with surge", MaxNodesPerPool, n, srcPools()},
		{"nodes-system", t, "least nodes of a system pool", MinNodesSystem, n, srcSDK()},
		{"nodes-system-advised", t, "least nodes of a system pool, advised", AdvisedNodesSystem, n, srcPools()},
		{"node-pools", t, "node pools in a cluster", MaxNodePools, "pools", srcQuotas()},
		{"clusters", t, "clusters in a subscription", MaxClusters, "clusters", srcQuotas()},
		{
			"clusters-per-region",
			t,
			"clusters in a region, by older texts; today a quota by region and offer",
			MaxClustersPerRegion,
			"clusters",
			srcQuotas(),
		},
		{"nodes-free-tier", t, "nodes in a free-tier cluster", MaxNodesFreeTier, n, srcTiers()},
		{"nodes-free-tier-advised", t, "nodes in a free-tier cluster, advised", AdvisedNodesFreeTier, n, srcTiers()},
		{"nodes-npm", t, "nodes in a cluster with policy azure", NPMMaxNodes, n, srcPolicies()},
		{"nodes-l7", t, "nodes in a cluster with layer-7 policy", L7MaxNodes, n, srcL7()},
		{"nodes-stop", t, "nodes in a cluster that can be stopped", MaxNodesStop, n, srcLarge()},
		{"nodes-upgrade", t, "nodes to shrink to before a full cluster upgrades", UpgradeBelowNodes, n, srcLarge()},
		{
			"nodes-internal-lb",
			t,
			"nodes below which to make internal load balancers",
			InternalLBBelowNodes,
			n,
			srcLarge(),
		},
		{"scale-step", t, "largest manual scale step", ScaleStepNodes, n, srcLarge()},
		{"scale-step-above", t, "nodes above which to scale in steps", ScaleStepAbove, n, srcLarge()},
		{
			"surge-default", t, "default maxSurge since Kubernetes " + DefaultSurgeSince, DefaultSurgePercent,
			"percent",
			release("2025-03-16"),
		},
		{
			"surge-default-old", t, "default maxSurge before Kubernetes " + DefaultSurgeSince, DefaultSurgeNodes, n,
			srcRolling(),
		},
		{"surge-advised", t, "maxSurge advised for production", RecommendedSurgePercent, "percent", srcRolling()},
	}
}

func apiLimits() []Limit {
	const t, n = "api server", "ranges"
	return []Limit{
		{
			"authorized-tags", t, "service tags beside authorized IP ranges", MaxAuthorizedServiceTags, "service tags",
			srcAPITags(),
		},
		{"authorized-ranges", t, "authorized IP ranges", MaxAuthorizedRanges, n, srcRanges()},
		{
			"authorized-ranges-vnet",
			t,
			"authorized IP ranges with VNet integration",
			MaxAuthorizedRangesVNet,
			n,
			srcRanges(),
		},
	}
}

func nameLimits() []Limit {
	const t, n = "names", "characters"
	return []Limit{
		{
			"label", t, "value of a node label, so names of VNets, their subnets and resource groups", MaxLabel, n,
			srcOverlay(),
		},
		{"node-resource-group", t, "name of the node resource group", MaxNodeResourceGroup, n, srcSupportNames()},
		{
			"subnet-old-lb", t, "subnet of an internal load balancer, on old Kubernetes versions",
			MaxSubnetNameOldLB, n,
			told(github + "kubernetes/kubernetes/issues/86275"),
		},
	}
}
