package aks

// MinMaxPods is the least maxPods of a node pool.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const MinMaxPods = 10

// MaxMaxPods is the largest maxPods of a node pool.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const MaxMaxPods = 250

// DefaultMaxPodsKubenet is maxPods of a kubenet pool that sets none.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const DefaultMaxPodsKubenet = 110

// DefaultMaxPodsNodeSubnet is maxPods of a node-subnet pool that sets none.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const DefaultMaxPodsNodeSubnet = 30

// DefaultMaxPodsPodSubnet is maxPods of a pod-subnet pool that sets none. An older page says 250.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const DefaultMaxPodsPodSubnet = 110

// DefaultMaxPodsOverlay is maxPods of an overlay pool that sets none.
// [PageOverlay] (text 2026-07-31, read 2026-11-22)
const DefaultMaxPodsOverlay = 250

// DefaultMaxPodsProvisioned is maxPods of the nodes of node auto-provisioning where neither the model nor the node
// class sets another. DefaultMaxPodsProvisionedBYO is theirs without a CNI.
// [PageNodeProvisioningClass] (text 2026-07-05, read 2026-11-28)
const (
	DefaultMaxPodsProvisioned    = 110
	DefaultMaxPodsProvisionedBYO = 250
)

// DefaultMaxPodsBYO is maxPods of a pool without a CNI that sets none: the kubelet's own default, as Azure states none.
// [PageBYOCNI] (read 2026-11-22)
const DefaultMaxPodsBYO = 110

// MaxPodsWindowsOverlay is the largest maxPods advised for Windows pools under overlay. Azure does not enforce it.
// [PageOverlay] (text 2026-07-31, read 2026-11-22)
const MaxPodsWindowsOverlay = 110

// MinPodsTotal is the least count × maxPods of each node pool.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const MinPodsTotal = 30

// MaxPodsOverlay is how many pods an overlay cluster may hold. Another page says 250,000.
// [PageLargeClusters] (read 2026-11-22)
const MaxPodsOverlay = 200000

// MaxPodsDynamic is how many pods a pod-subnet cluster may hold in the DynamicIndividual mode.
// [PagePodNetworking] (read 2026-11-22)
const MaxPodsDynamic = 64000

// MaxPodsStatic is how many pods a pod-subnet cluster may hold in the StaticBlock mode.
// [PagePodNetworking] (read 2026-11-22)
const MaxPodsStatic = 1000000

// MaxPodsKubenet is the product of the node and pod ceilings of kubenet, not a promise.
// [PageKubenet] (text 2026-04-16, read 2026-11-22)
const MaxPodsKubenet = MaxNodesKubenet * MaxMaxPods

// AdvisedPodsFlat is how many application pods a cluster with pods in the VNet should hold at most.
// [PageLargeClusters] (read 2026-11-22)
const AdvisedPodsFlat = 50000

// MaxNodesPerCluster is how many nodes a cluster may have, kubenet excepted.
// [PageQuotas] (read 2026-11-22)
const MaxNodesPerCluster = 5000

// MaxNodesKubenet is how many nodes a kubenet cluster may have, surge and custom routes counted: a route table holds no
// more.
// [PageKubenet] (text 2026-04-16, read 2026-11-22)
const MaxNodesKubenet = RoutesPerTable

// MaxNodesPerPool is how many nodes a pool may have, surge counted.
// [PageNodePools] (read 2026-11-22)
const MaxNodesPerPool = 1000

// MinNodesSystem is the least count of a system pool that the API takes.
// https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6
// (read 2026-11-22)
const MinNodesSystem = 1

// AdvisedNodesSystem is the least count of a system pool that other pages ask for.
// [PageNodePools] (read 2026-11-22)
const AdvisedNodesSystem = 2

// MaxNodePools is how many pools a cluster may have.
// [PageQuotas] (read 2026-11-22)
const MaxNodePools = 100

// MaxClusters is how many clusters a subscription may have over all regions.
// [PageQuotas] (read 2026-11-22)
const MaxClusters = 5000

// MaxClustersPerRegion is what older texts give as the quota of clusters in one region. Today the quota depends on the
// region and the offer, and can be raised: no constant tells what a subscription may have.
// [PageQuotas] (text 2026-08-03, read 2026-11-28)
const MaxClustersPerRegion = 100

// MaxNodesFreeTier is how many nodes a cluster of the free tier may have.
// [PageTiers] (read 2026-11-22)
const MaxNodesFreeTier = 1000

// AdvisedNodesFreeTier is how many nodes a cluster of the free tier should have at most.
// [PageTiers] (read 2026-11-22)
const AdvisedNodesFreeTier = 10

// MaxLoadBalancerServices is how many Services of type LoadBalancer a cluster may have.
// [PageQuotas] (text 2024-01-12, read 2026-11-22)
const MaxLoadBalancerServices = 300

// MaxNodesStop is how many nodes a cluster may have and still be stopped and started.
// [PageLargeClusters] (read 2026-11-22)
const MaxNodesStop = 100

// UpgradeBelowNodes is how far a cluster of MaxNodesPerCluster nodes must shrink before it can be upgraded.
// [PageLargeClusters] (read 2026-11-22)
const UpgradeBelowNodes = 3000

// NPMMaxNodes is how many nodes a cluster with policy azure may have.
// [PagePolicies] (read 2026-11-22)
const NPMMaxNodes = 250

// NPMMaxPods is how many pods a cluster with policy azure may have.
// [PagePolicies] (read 2026-11-22)
const NPMMaxPods = 20000

// L7MaxNodes is how many nodes a cluster with layer-7 policy may have.
// [PageL7Policies] (read 2026-11-22)
const L7MaxNodes = 1000

// L7MaxPods is how many pods a cluster with layer-7 policy may have.
// [PageL7Policies] (read 2026-11-22)
const L7MaxPods = 40000

// CiliumIdentities is how many identities Cilium keeps in one cluster.
// [PageCilium] (read 2026-11-22)
const CiliumIdentities = 65535

// InternalLBBelowNodes is the cluster size below which internal load balancers are to be made.
// [PageLargeClusters] (read 2026-11-22)
const InternalLBBelowNodes = 750

// MaxAuthorizedRanges is how many authorized IP ranges an API server takes.
// [PageAuthorizedRanges] (read 2026-11-22)
const MaxAuthorizedRanges = 200

// MaxAuthorizedServiceTags is how many service tags an API server takes beside authorized IP ranges.
// [PageServiceTags] (read 2026-11-28)
const MaxAuthorizedServiceTags = 1

// MaxAuthorizedRangesVNet is how many authorized IP ranges an API server with VNet integration takes.
// [PageAuthorizedRanges] (read 2026-11-22)
const MaxAuthorizedRangesVNet = 2000

// ScaleStepNodes is the largest advised step of a manual scale-up of a cluster above ScaleStepAbove nodes.
// [PageLargeClusters] (read 2026-11-22)
const ScaleStepNodes = 700

// ScaleStepAbove is the cluster size above which a manual scale-up is to be done in steps.
// [PageLargeClusters] (read 2026-11-22)
const ScaleStepAbove = 1000
