package aks

// How says how a property can be changed after creation.
type How string

// The ways.
const (
	InPlace    How = "in-place"    // on the running cluster, even if its nodes are made anew
	NewPool    How = "new-pool"    // by a new node pool that takes over
	NewCluster How = "new-cluster" // by a new cluster alone
)

// Change is one way, or one lack of a way, to change a property of a cluster.
type Change struct {
	ID         string   `json:"id"`       // stable, lower case with dashes
	Property   string   `json:"property"` // what changes, by the spec's key
	From       string   `json:"from"`     // value before; empty for any
	To         string   `json:"to"`       // value after; empty for any
	How        How      `json:"how"`
	OneWay     bool     `json:"oneWay"` // there is no way back
	Conditions []string `json:"conditions,omitempty"`
	Since      string   `json:"kubernetesSince,omitempty"` // first Kubernetes version, if there is one
	Source     Source   `json:"source"`
}

// Changes returns every change, those between models first.
func Changes() []Change {
	return append(modelChanges(), propertyChanges()...)
}

// ModelChange returns how a cluster gets from one model to another. Pairs that no page names need a new cluster.
func ModelChange(from, to Model) Change {
	for _, c := range modelChanges() {
		if c.Property == "model" && c.From == string(from) && (c.To == string(to) || c.To == "") {
			return c
		}
	}
	return Change{
		ID: "model-other", Property: "model", From: string(from), To: string(to), How: NewCluster,
		Source: srcUpdate().as(Derived),
	}
}

// OverlayMigrationSince is the first Kubernetes version on which a kubenet cluster can move to overlay.
// [PageUpdateCNI] (read 2026-11-22)
const OverlayMigrationSince = "1.27"

// ServiceCIDRSince is the first Kubernetes version that takes more service ranges, as ServiceCIDR objects.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const ServiceCIDRSince = "1.33"

func modelChanges() []Change {
	s := srcUpdate()
	return []Change{
		{
			ID:       "kubenet-to-overlay",
			Property: "model",
			From:     string(Kubenet),
			To:       string(Overlay),
			How:      InPlace,
			OneWay:   true,
			Since:    OverlayMigrationSince,
			Conditions: []string{
				"no network policy installed",
				"user-assigned identity, because the route table is detached",
				"all node pools are reimaged at the same time",
				"the managed route table is deleted, the pod routes of your own one are removed",
				"the pod CIDR may stay or be replaced (since 2025-08-29)",
			},
			Source: s,
		},
		{
			ID:       "node-subnet-to-overlay",
			Property: "model",
			From:     string(NodeSubnet),
			To:       string(Overlay),
			How:      InPlace,
			OneWay:   true,
			Conditions: []string{
				"a pod CIDR is given that overlaps neither subnets of the VNet nor the service CIDR",
				"no network policy installed",
				"no dynamic pod addresses",
				"no azure-ip-masq-agent-config of your own (since 2025-01-30)",
				"all node pools are reimaged at the same time",
			},
			Source: s,
		},
		{
			ID:       "pod-subnet-to-overlay",
			Property: "model",
			From:     string(PodSubnet),
			To:       string(Overlay),
			How:      NewCluster,
			Source:   s,
		},
		{ID: "overlay-to-other", Property: "model", From: string(Overlay), How: NewCluster, Source: s},
		{
			ID:         "dynamic-to-static",
			Property:   "podIPAllocationMode",
			From:       string(DynamicIndividual),
			To:         string(StaticBlock),
			How:        NewPool,
			Conditions: []string{"on a pod subnet that was never used in the other mode"}, Source: srcStatic(),
		},
		{
			ID: "kubenet-to-cilium", Property: "networkDataplane", From: string(Kubenet), To: string(DataplaneCilium),
			How:        NewCluster,
			Conditions: []string{"move to overlay first; from there it can be done in place"}, Source: s,
		},
		{
			ID: "to-cilium", Property: "networkDataplane", From: string(DataplaneAzure), To: string(DataplaneCilium),
			How: InPlace,
			Conditions: []string{
				"no Windows pools",
				"node auto-provisioning is off during the change",
				"not together with a change of the model",
				"policy azure or calico is removed",
				"all node pools are reimaged at the same time",
			},
			Source: s,
		},
	}
}

func propertyChanges() []Change {
	return []Change{
		{
			ID:       "pod-cidr-grow",
			Property: "podCidr",
			From:     string(Overlay),
			To:       string(Overlay),
			How:      InPlace,
			OneWay:   true,
			Conditions: []string{
				"the new range contains the old one", "IPv4 alone, one range", "Linux pools only",
				"preview since 2026-01-04 in the release notes, Azure CLI 2.48 on the page",
			},
			Source: srcExpand(),
		},
		{
			ID: "pod-cidr-byo", Property: "podCidr", From: string(BYO), To: string(BYO), How: InPlace,
			Conditions: []string{"API 2026-01-01 or newer"}, Source: release("2026-01-04"),
		},
		{ID: "pod-cidr", Property: "podCidr", How: NewCluster, Source: srcExpand()},
		{
			ID: "service-cidr", Property: "serviceCidr", How: NewCluster,
			Conditions: []string{
				"Kubernetes 1.33 and newer can add ranges with ServiceCIDR objects",
			}, Source: srcPlanning(),
		},
		{ID: "dns-service-ip", Property: "dnsServiceIP", How: NewCluster, Source: srcAPI()},
		{ID: "dns-prefix", Property: "dnsPrefix", How: NewCluster, Source: srcSupportNames()},
		{ID: "node-resource-group", Property: "nodeResourceGroup", How: NewCluster, Source: srcFAQ()},
		{ID: "max-pods", Property: "maxPods", How: NewPool, Source: srcPools()},
		{ID: "vm-size", Property: "vmSize", How: NewPool, Source: srcPools()},
		{ID: "pool-subnet", Property: "nodeSubnet", How: NewPool, Source: srcPools()},
		{ID: "pool-pod-subnet", Property: "podSubnet", How: NewPool, Source: srcPools()},
		{
			ID: "subnet-size", Property: "addressPrefix", How: NewPool,
			Conditions: []string{
				"a subnet in use is not resized: add a larger one and a pool in it",
			}, Source: srcSubnetSize(),
		},
		{
			ID: "outbound-type", Property: "outboundType", How: InPlace,
			Conditions: []string{
				"see the table of outbound changes",
				"public addresses change: update allow lists and authorized ranges",
			},
			Source: srcOutbound(),
		},
	}
}
