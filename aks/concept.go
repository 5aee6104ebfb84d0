package aks

// Concept is one row of the feature comparison of the CNI overview, as the page gives it for four models.
type Concept struct {
	ID         string `json:"id"` // stable, lower case with dashes
	Topic      string `json:"topic"`
	Overlay    string `json:"overlay"`
	PodSubnet  string `json:"podSubnet"`
	NodeSubnet string `json:"nodeSubnet"`
	Kubenet    string `json:"kubenet"`
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
)

// Concepts returns the feature comparison of the CNI overview, a row each, in the order of the page.
func Concepts() []Concept {
	s := at(PageModels, "2024-05-28")
	all := func(id, topic, since string) Concept {
		return Concept{id, topic, Supported, Supported, Supported, Supported, since, s}
	}
	const agic = "with overlay generally available only since 2025-08-29, add-on 1.8.0 from 2025-03-16"
	return []Concept{
		{
			"vnet",
			"cluster in an existing or a new VNet",
			Supported,
			Supported,
			Supported,
			"supported with routes of one's own",
			"",
			s,
		},
		{
			"pod-vm",
			"pods and machines in the same or a peered VNet",
			PodInitiated,
			BothWays,
			BothWays,
			PodInitiated,
			"",
			s,
		},
		{
			"on-premises",
			"networks on premises by VPN or ExpressRoute",
			PodInitiated,
			BothWays,
			BothWays,
			PodInitiated,
			"",
			s,
		},
		all("service-endpoints", "service endpoints", ""),
		all("load-balancer", "Services behind a load balancer", ""),
		all("agic", "Services behind Application Gateway", agic),
		{
			"agc",
			"Services behind Application Gateway for Containers",
			Supported,
			Supported,
			Supported,
			Unsupported,
			"with overlay since 2025-08-29, its subnet exactly /24",
			s,
		},
		{
			"windows",
			"Windows node pools",
			Supported,
			Supported,
			Supported,
			Unsupported,
			"Windows Server 2019 ended on 2026-03-01; none with the Cilium data plane",
			s,
		},
		all("dns", "Azure DNS and private zones", ""),
		{"shared-subnet", "one subnet for several clusters", Supported, Supported, Supported, Unsupported, "", s},
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
