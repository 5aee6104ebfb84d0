package aks

// Support says whether something works.
type Support string

// The answers. NotStated means that no page says so, which is no promise either way.
const (
	Yes         Support = "yes"
	No          Support = "no"
	Conditional Support = "conditional" // works, under the conditions that the note names
	NotStated   Support = "not stated"
)

// Feature is something a cluster may want of its network.
type Feature string

// The features.
const (
	FeatureWindows             Feature = "windows-pools"
	FeaturePolicyAzure         Feature = "policy-azure"
	FeaturePolicyCalico        Feature = "policy-calico"
	FeaturePolicyCilium        Feature = "policy-cilium"
	FeatureDataplaneCilium     Feature = "dataplane-cilium"
	FeatureDualStack           Feature = "dual-stack"
	FeatureVirtualNodes        Feature = "virtual-nodes"
	FeatureAGIC                Feature = "application-gateway-ingress"
	FeatureAGC                 Feature = "gateway-for-containers"
	FeatureServiceEndpoints    Feature = "service-endpoints"
	FeatureSharedSubnet        Feature = "shared-subnet"
	FeaturePodReachable        Feature = "pods-reachable"
	FeatureAutoProvisioning    Feature = "node-auto-provisioning"
	FeatureStaticEgressGateway Feature = "static-egress-gateway"
	FeaturePrivateLinkService  Feature = "private-link-service"
	FeatureManagedVNet         Feature = "managed-vnet"
	FeatureAvailabilitySets    Feature = "availability-sets"
	FeatureDCsv2               Feature = "dcsv2-nodes"
)

// Features returns every feature, in the order of the table.
func Features() []Feature {
	return []Feature{
		FeatureWindows, FeaturePolicyAzure, FeaturePolicyCalico, FeaturePolicyCilium, FeatureDataplaneCilium,
		FeatureDualStack,
		FeatureVirtualNodes, FeatureAGIC, FeatureAGC, FeatureServiceEndpoints, FeatureSharedSubnet, FeaturePodReachable,
		FeatureAutoProvisioning, FeatureStaticEgressGateway, FeaturePrivateLinkService, FeatureManagedVNet,
		FeatureAvailabilitySets, FeatureDCsv2,
	}
}

// Column is where a feature is asked for: under a model, or with the Cilium data plane on top of one.
type Column string

// The columns of the capability table.
const (
	OnKubenet    Column = "kubenet"
	OnNodeSubnet Column = "node-subnet"
	OnPodDynamic Column = "pod-subnet"
	OnPodStatic  Column = "pod-subnet-static"
	OnOverlay    Column = "overlay"
	OnBYO        Column = "byo"
	OnCilium     Column = "cilium-dataplane"
)

// Columns returns every column, in the order of the table.
func Columns() []Column {
	return []Column{OnKubenet, OnNodeSubnet, OnPodDynamic, OnPodStatic, OnOverlay, OnBYO, OnCilium}
}

// ColumnOf returns the column of a model. The allocation mode matters to pod-subnet alone.
func ColumnOf(m Model, mode AllocationMode) Column {
	if m == PodSubnet && mode == StaticBlock {
		return OnPodStatic
	}
	return Column(m)
}

// Capability is one cell of the table: how a feature fares in a column.
type Capability struct {
	Feature Feature `json:"feature"`
	Column  Column  `json:"column"`
	Support Support `json:"support"`
	Since   string  `json:"since,omitempty"`           // date of the release that brought it, year-month-day
	Until   string  `json:"until,omitempty"`           // date on which it ends, year-month-day
	Version string  `json:"kubernetesSince,omitempty"` // first Kubernetes version that has it
	Note    string  `json:"note,omitempty"`
	Source  Source  `json:"source"`
}

// CapabilityOf returns how the feature fares under the model, with its default data plane.
// What neither the model nor the table knows is NotStated.
func CapabilityOf(f Feature, m Model, mode AllocationMode) Capability {
	return CapabilityOn(f, ColumnOf(m, mode))
}

// CapabilityOn returns the cell of the feature in the column.
func CapabilityOn(f Feature, column Column) Capability {
	for _, c := range featureRow(f) {
		if c.Column == column {
			c.Feature = f
			return c
		}
	}
	return Capability{Feature: f, Column: column, Support: NotStated, Note: "no page says so", Source: srcModels()}
}

// Capabilities returns the whole table, a feature at a time, every column of it.
func Capabilities() []Capability {
	var all []Capability
	for _, f := range Features() {
		for _, column := range Columns() {
			all = append(all, CapabilityOn(f, column))
		}
	}
	return all
}
