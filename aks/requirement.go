package aks

// Requirement is something that a VNet of one's own has to fulfil before a cluster can use it.
type Requirement struct {
	ID     string  `json:"id"`               // stable, lower case with dashes
	Models []Model `json:"models,omitempty"` // models that it concerns; none for all
	Text   string  `json:"text"`
	Source Source  `json:"source"`
}

// Requirements returns what a VNet of one's own has to fulfil.
func Requirements() []Requirement {
	return []Requirement{
		{ID: "same-region", Text: "the VNet is in the region and the subscription of the cluster", Source: srcLegacy()},
		{ID: "one-vnet", Text: "all subnets of a cluster's pools are in one VNet", Source: srcPoolSubnets()},
		{ID: "node-subnet-not-delegated", Text: "the node subnet is delegated to nobody", Source: srcModels()},
		{
			ID: "pod-subnet-delegated", Models: []Model{PodSubnet},
			Text: "the pod subnet is delegated to " + DelegationAKS + " by AKS itself", Source: srcModels(),
		},
		{
			ID: "pod-subnet-alone", Models: []Model{PodSubnet}, Text: "no virtual machines live in the pod subnet",
			Source: srcLegacy(),
		},
		{
			ID: "one-pod-subnet", Models: []Model{PodSubnet},
			Text: "a pool has one pod subnet, which pools and clusters may share", Source: srcDynamic(),
		},
		{
			ID: "one-mode", Models: []Model{PodSubnet}, Text: "a pod subnet is ever used in one allocation mode",
			Source: srcStatic(),
		},
		{
			ID: "outbound", Text: "the required endpoints are reachable, unless the cluster is network isolated",
			Source: srcModels(),
		},
		{
			ID: "identity", Source: srcModels(),
			Text: "the cluster identity is Network Contributor on the subnet, or has subnets/join/action and " +
				"subnets/read",
		},
		{
			ID: "kubenet-identity", Models: []Model{Kubenet}, Source: srcKubenet(),
			Text: "with a route table of one's own the identity is user-assigned and may write the subnet and the " +
				"route table",
		},
		{
			ID: "kubenet-route-table", Models: []Model{Kubenet}, Source: srcKubenet(),
			Text: "a route table of one's own is associated with the subnet before the cluster is made",
		},
		{ID: "role-delay", Text: "a role assignment may take 60 minutes to arrive", Source: srcKubenet()},
		{
			ID: "grown-vnet", Source: srcPoolSubnets(),
			Text: "after the address space has grown, an empty az aks update comes before a pool in the new range",
		},
		{
			ID: "labels", Models: []Model{Overlay, PodSubnet}, Source: srcOverlay(),
			Text: "the names of the subnet, of the VNet and of its resource group are label values of at most 63 " +
				"characters",
		},
		{
			ID:     "no-encryption",
			Text:   "VNet encryption is off where API Server VNet Integration is on",
			Source: srcAPIServer(),
		},
		{
			ID:     "no-managed-nat",
			Text:   "the outbound type is not managedNATGateway; userAssignedNATGateway takes its place",
			Source: srcNAT(),
		},
		{
			ID: "nat-on-pod-subnet", Models: []Model{PodSubnet}, Source: release("2023-08-06"),
			Text: "with userAssignedNATGateway the pod subnet has the NAT gateway too",
		},
		{
			ID: "auto-provisioning-subnet", Source: srcNAP(),
			Text: "node auto-provisioning checks no ranges: its subnets must not overlap pod and service CIDRs, " +
				"and cannot be " +
				"swapped later",
		},
		{
			ID: "auto-provisioning-limits", Source: srcNAP(),
			Text: "node auto-provisioning does not support Windows, IPv6, service principals, a change of the " +
				"outbound type, or stopping the cluster",
		},
	}
}
