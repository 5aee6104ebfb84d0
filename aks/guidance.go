package aks

import "github.com/aksnet/aksnet/internal/english"

// Variant is one way to run a model: the model, how pods of a pod subnet get their addresses, and the data plane.
type Variant struct {
	ID        string         `json:"id"` // stable, lower case with dashes
	Title     string         `json:"title"`
	Model     Model          `json:"model"`
	Mode      AllocationMode `json:"podIPAllocationMode,omitempty"` // only for pod-subnet
	Dataplane Dataplane      `json:"networkDataplane,omitempty"`    // empty for byo, where AKS has none
	PodsLimit string         `json:"podsLimit,omitempty"`           // id of the limit of pods in a cluster
}

// Variants returns the variants that documentation tells apart, in the order in which it advises them.
func Variants() []Variant {
	return []Variant{
		{"overlay-cilium", "Overlay + Cilium", Overlay, "", DataplaneCilium, "pods-overlay"},
		{"overlay", "Overlay", Overlay, "", DataplaneAzure, "pods-overlay"},
		{"pod-subnet-cilium", "Pod Subnet + Cilium", PodSubnet, DynamicIndividual, DataplaneCilium, "pods-dynamic"},
		{"pod-subnet", "Pod Subnet (dynamic)", PodSubnet, DynamicIndividual, DataplaneAzure, "pods-dynamic"},
		{"pod-subnet-static", "Pod Subnet (static block)", PodSubnet, StaticBlock, DataplaneAzure, "pods-static"},
		{"node-subnet", "Node Subnet", NodeSubnet, "", DataplaneAzure, "addresses-per-vnet"},
		{"kubenet", "kubenet", Kubenet, "", DataplaneAzure, "pods-kubenet"},
		{"byo", "BYO CNI", BYO, "", "", ""},
	}
}

// VariantByID returns the variant with the given id, and false if there is none.
func VariantByID(id string) (Variant, bool) {
	for _, v := range Variants() {
		if v.ID == id {
			return v, true
		}
	}
	return Variant{}, false
}

// VariantOf returns the variant that a cluster is, and false when the documentation does not tell it apart: node-subnet
// or static blocks with the Cilium data plane work, and stand under the variant with data plane azure.
func VariantOf(m Model, mode AllocationMode, d Dataplane) (v Variant, exact bool) {
	facts := m.Facts()
	if facts.NeedsPodSubnet && mode == "" {
		mode = DynamicIndividual
	}
	for _, row := range Variants() {
		if row.Model != m || facts.NeedsPodSubnet && row.Mode != mode {
			continue
		}
		if row.Dataplane == d || len(facts.Dataplanes) < 2 {
			return row, true
		}
		v = row
	}
	return v, false
}

// Guidance is one sentence of the documentation about when to take a variant.
type Guidance struct {
	Variant string `json:"variant"` // id of the variant
	Advice  string `json:"advice"`  // take, or avoid
	When    string `json:"when"`    // when the advice holds
	Source  Source `json:"source"`
}

// The two kinds of advice.
const (
	Take  = "take"
	Avoid = "avoid"
)

// GuidanceRows returns when to take which variant, as the documentation says, the advised variants first.
func GuidanceRows() []Guidance {
	return []Guidance{
		{
			"overlay-cilium",
			Take,
			"always with Linux pools alone: Cilium is the recommended data plane and has its policy engine built in",
			srcCilium(),
		},
		{"overlay-cilium", Avoid, "with Windows pools", srcCilium()},
		{
			"overlay",
			Take,
			english.Text(
				"for most clusters: it is the default, saves addresses of the network, and grows to %v nodes",
				MaxNodesPerCluster,
			),
			srcModels(),
		},
		{
			"overlay",
			Take,
			"when most traffic of pods stays inside the cluster and addresses of the network are scarce",
			srcOverlay(),
		},
		{
			"overlay",
			Avoid,
			"when hosts outside must reach pods by their own address, or virtual nodes are needed",
			srcOverlay(),
		},
		{"pod-subnet-cilium", Take, "when pods need addresses of the network and all pools run Linux", srcCilium()},
		{
			"pod-subnet",
			Take,
			"when hosts outside must reach pods by their own address and the network has addresses for them",
			srcModels(),
		},
		{"pod-subnet", Avoid, english.Text("beyond %v pod addresses in one network", AddressesPerVNet), srcStatic()},
		{
			"pod-subnet-static",
			Take,
			english.Text(
				"when pods need addresses of the network and outgrow %v of them: up to %v pods",
				AddressesPerVNet,
				MaxPodsStatic,
			),
			srcStatic(),
		},
		{"node-subnet", Take, "when pods need addresses of the network and AKS is to manage the network", srcModels()},
		{
			"node-subnet",
			Avoid,
			"otherwise: it is the legacy way to give pods addresses of the network, and reserves them for every node",
			srcLegacy(),
		},
		{
			"kubenet",
			Avoid,
			"in new clusters: it retires on " + kubenetEnd + "; overlay replaces it",
			retiring("kubenet"),
		},
		{"byo", Take, "when a CNI that AKS does not offer is required, with support from its vendor", srcBYO()},
	}
}

// GuidanceFor returns what the documentation says of a variant with the given advice, and false when it says nothing.
func GuidanceFor(variant, advice string) (Guidance, bool) {
	for _, g := range GuidanceRows() {
		if g.Variant == variant && g.Advice == advice {
			return g, true
		}
	}
	return Guidance{}, false
}

// SizingSource returns where the formulas of address demand come from.
func SizingSource() Source { return srcPlanning() }

// KubenetIdentitySource returns where it says that kubenet with a route table needs a user-assigned identity.
func KubenetIdentitySource() Source { return srcKubenet() }

// AdvancedNetworkingSource returns where it says that advanced container networking needs the Cilium data plane.
func AdvancedNetworkingSource() Source { return srcL7() }

// DualStackPolicySource returns where it says that dual-stack clusters take neither policy azure nor calico.
func DualStackPolicySource() Source { return srcOverlaySet() }
