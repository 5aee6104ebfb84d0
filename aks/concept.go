package aks

// Concept is one row of the feature comparison of the CNI overview, as the page gives it for four models, and for the
// Cilium data plane on top of one of them.
type Concept struct {
	ID         string `json:"id"` // stable, lower case with dashes
	Topic      string `json:"topic"`
	Overlay    string `json:"overlay"`
	PodSubnet  string `json:"podSubnet"`
	NodeSubnet string `json:"nodeSubnet"`
	Kubenet    string `json:"kubenet"`
	Cilium     string `json:"cilium"`
	// Since says what has changed after the date of the page; empty when nothing has.
	Since  string `json:"since,omitempty"`
	Source Source `json:"source"`
}

// The answers of the comparison.
const (
	Supported    = "supported"
	Unsupported  = "not supported"
	PodInitiated = "pod initiated" // pods may open connections, nobody reaches them
	BothWays     = "both ways"
	AsModel      = "as its model" // the Cilium data plane changes nothing
)

// Concepts returns the feature comparison of the CNI overview, a row each, in the order of the page, and then what
// other pages say of traffic between pods.
func Concepts() []Concept {
	s := at(PageModels, "2024-05-28")
	const agic = "with overlay generally available only since 2025-08-29, add-on 1.8.0 from 2025-03-16"
	const agc = "with overlay since 2025-08-29, its subnet exactly /24"
	const windows = "Windows Server 2019 ended on 2026-03-01"
	const ownRoutes = "supported with routes of one's own"
	row := func(id, topic, overlay, pod, node, kubenet, cilium, since string) Concept {
		return Concept{id, topic, overlay, pod, node, kubenet, cilium, since, s}
	}
	all := func(id, topic, since string) Concept {
		return row(id, topic, Supported, Supported, Supported, Supported, AsModel, since)
	}
	return []Concept{
		row("vnet", "cluster in an existing or a new VNet", Supported, Supported, Supported, ownRoutes, AsModel, ""),
		row("pod-vm", "pods and machines in the same or a peered VNet",
			PodInitiated, BothWays, BothWays, PodInitiated, AsModel, ""),
		row("on-premises", "networks on premises by VPN or ExpressRoute",
			PodInitiated, BothWays, BothWays, PodInitiated, AsModel, ""),
		all("service-endpoints", "service endpoints", ""),
		all("load-balancer", "Services behind a load balancer", ""),
		all("agic", "Services behind Application Gateway", agic),
		row("agc", "Services behind Application Gateway for Containers",
			Supported, Supported, Supported, Unsupported, AsModel, agc),
		row("windows", "Windows node pools", Supported, Supported, Supported, Unsupported, Unsupported, windows),
		all("dns", "Azure DNS and private zones", ""),
		row("shared-subnet", "one subnet for several clusters",
			Supported, Supported, Supported, Unsupported, AsModel, ""),
		podToPod(), extraHop(),
	}
}

// podToPod says whether pods of a cluster reach each other.
func podToPod() Concept {
	return Concept{
		"pod-pod", "pods of one cluster reach each other", Supported, Supported, Supported, Supported, Supported, "",
		srcModels(),
	}
}

// extraHop says whether packets between pods on two nodes take a hop more than packets between machines.
func extraHop() Concept {
	const none = "none"
	return Concept{
		"extra-hop", "extra hop between pods on two nodes", "none: on a par with machines", none, none,
		"one: by the route table", AsModel, "a text of 2024 named an extra hop for overlay too", srcOverlay(),
	}
}

// AddressPlan says where a model takes addresses from, and which of them the outside sees.
type AddressPlan struct {
	Model  Model          `json:"model"`
	Mode   AllocationMode `json:"podIPAllocationMode,omitempty"`
	Node   string         `json:"node"`   // where the address of a node is from
	Pod    string         `json:"pod"`    // where the address of a pod is from
	Block  string         `json:"block"`  // what every node keeps for its pods
	SeenAs string         `json:"seenAs"` // source address outside the VNet
	InVNet string         `json:"inVNet"` // source address inside the VNet
	Peered string         `json:"peered"` // source address in peered networks and on premises
	Status string         `json:"status"`
	Source Source         `json:"source"`
}

// AddressPlans returns where every model takes its addresses from, in the order of Models.
func AddressPlans() []AddressPlan {
	const subnet, node, pod, cni = "node subnet", "node address", "pod address", "as the CNI decides"
	return []AddressPlan{
		{
			Overlay,
			"",
			subnet,
			"pod CIDR outside the VNet",
			"a /24, fixed",
			node,
			node,
			node,
			"default and recommended",
			srcOverlay(),
		},
		{
			PodSubnet,
			DynamicIndividual,
			subnet,
			"pod subnet of the VNet",
			"batches of 16 addresses",
			pod,
			pod,
			pod,
			"recommended flat model",
			srcDynamic(),
		},
		{
			PodSubnet,
			StaticBlock,
			subnet,
			"pod subnet of the VNet",
			"(maxPods + 1) ÷ 16, rounded up, blocks of /28",
			pod,
			pod,
			pod,
			"generally available since 2025-07-20",
			srcStatic(),
		},
		{
			NodeSubnet,
			"",
			subnet,
			"node subnet",
			"maxPods addresses on the NIC",
			node,
			pod,
			node,
			"legacy, supported",
			srcLegacy(),
		},
		{
			Kubenet,
			"",
			subnet,
			"pod CIDR outside the VNet",
			"a /24, by a route",
			node,
			node,
			node,
			"retires on " + kubenetEnd,
			srcKubenet(),
		},
		{BYO, "", subnet, cni, "none from AKS", cni, cni, cni, "supported, the CNI is not", srcBYO()},
	}
}
