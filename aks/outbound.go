package aks

import "strings"

// Outbound is what an outbound type means.
type Outbound struct {
	Type        OutboundType `json:"outboundType"`
	ManagedVNet bool         `json:"managedVNet"` // works in a VNet that AKS makes
	OwnVNet     bool         `json:"ownVNet"`     // works in your own VNet
	Preview     bool         `json:"preview"`
	Creates     string       `json:"creates"`             // what AKS makes
	Provide     string       `json:"provide"`             // what has to be there before
	ErrorCode   string       `json:"errorCode,omitempty"` // Azure's answer when it is not there
	Since       string       `json:"kubernetesSince,omitempty"`
	Note        string       `json:"note,omitempty"`
	Source      Source       `json:"source"`
}

// Outbounds returns every outbound type, Azure's default first, previews last.
func Outbounds() []Outbound {
	return []Outbound{
		{
			Type: OutboundLoadBalancer, ManagedVNet: true, OwnVNet: true, Source: srcLB(),
			Creates: "a Standard load balancer with one public IP or more and the rule aksOutboundRule",
			Provide: "nothing",
		},
		{
			Type: OutboundManagedNATGateway, ManagedVNet: true, Source: srcNAT(),
			Creates: "a NAT gateway with 1 to 16 public IPs", Provide: "nothing", Note: "one zone or no zone",
		},
		{
			Type: OutboundUserAssignedNATGateway, OwnVNet: true, Source: srcOutbound(),
			ErrorCode: CodeSubnetNotAssociatedWithNATGateway,
			Creates:   "nothing", Provide: "a NAT gateway on the node subnet, and on the pod subnet if there is one",
		},
		{
			Type: OutboundUserDefinedRouting, OwnVNet: true, Source: srcUDR(), ErrorCode: CodeRouteTableInvalidNextHop,
			Creates: "no way out; a load balancer for inbound traffic after the first public Service",
			Provide: "a route table on the subnet with 0.0.0.0/0 to a VirtualAppliance or a VirtualNetworkGateway",
			Note:    "kubenet needs a user-assigned identity",
		},
		{
			Type: OutboundNone, ManagedVNet: true, OwnVNet: true, Since: OutboundNoneSince, Source: srcIsolated(),
			Creates: "nothing", Provide: "a network isolated cluster with a private registry cache",
			Note: "the default route is not checked",
		},
		{
			Type: OutboundManagedNATGatewayV2, ManagedVNet: true, Preview: true, Source: srcNAT(),
			Creates: "a StandardV2 NAT gateway", Provide: "the feature flag and aks-preview 20.0.0b1 or newer",
			Note: "the release notes of 2026-07-17 write it as managedNATGateway with natGatewayProfile.sku " +
				"standardV2, API " +
				"2026-06-01",
		},
		{
			Type: OutboundBlock, ManagedVNet: true, Preview: true, Source: srcOutbound(),
			Creates: "security rules that deny what leaves the VNet",
			Provide: "a network isolated cluster with a private registry cache",
			Note:    "traffic inside the VNet still flows",
		},
	}
}

// OutboundOf returns what the outbound type means, and false for one that does not exist. Empty means the default.
func OutboundOf(t OutboundType) (Outbound, bool) {
	if t == "" {
		t = DefaultOutboundType
	}
	for _, o := range Outbounds() {
		if o.Type == t {
			return o, true
		}
	}
	return Outbound{}, false
}

// OutboundTypes returns the outbound types that are no previews, Azure's default first.
func OutboundTypes() []OutboundType {
	return []OutboundType{
		OutboundLoadBalancer, OutboundManagedNATGateway, OutboundUserAssignedNATGateway, OutboundUserDefinedRouting,
		OutboundNone,
	}
}

// OutboundNoneSince is the first Kubernetes version of network isolated clusters.
// [PageIsolatedClusters] (text 2026-06-15, read 2026-11-22)
const OutboundNoneSince = "1.30"

// OutboundChange is whether a running cluster gets from one outbound type to another.
type OutboundChange struct {
	From    OutboundType `json:"from"`
	To      OutboundType `json:"to"`
	Support Support      `json:"support"`
	Note    string       `json:"note,omitempty"`
	Source  Source       `json:"source"`
}

// OutboundChanges returns the matrix of changes in a managed VNet or in your own, read from the table of changes.
// Changes of a type to itself are left out.
func OutboundChanges(managedVNet bool) []OutboundChange {
	var all []OutboundChange
	for _, from := range Outbounds() {
		for _, to := range Outbounds() {
			if from.Type != to.Type && from.worksIn(managedVNet) {
				all = append(all, outboundChange(from.Type, to.Type, managedVNet))
			}
		}
	}
	return all
}

func outboundChange(from, to OutboundType, managedVNet bool) OutboundChange {
	state := ClusterState{ManagedNetwork: managedVNet}
	row := ChangeOf(Delta{
		Key: keyOutbound, Before: string(from), After: string(to), Situation: Situation{Before: state, After: state},
	})
	c := OutboundChange{From: from, To: to, Support: Yes, Note: strings.Join(row.Notes, "; "), Source: row.Source}
	switch {
	case row.How == Rejected:
		c.Support = No
	case row.Disputed != "":
		c.Support, c.Note = Conditional, row.Disputed
	}
	return c
}

func (o Outbound) worksIn(managedVNet bool) bool {
	if managedVNet {
		return o.ManagedVNet
	}
	return o.OwnVNet
}
