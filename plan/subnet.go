package plan

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// subnetRequest is a subnet that needs a range.
type subnetRequest struct {
	subnet *Subnet
	demand demandRequest
	// bits is the size asked for as a prefix length; 0 when it follows from the demand. least is the size that is
	// enough when there is no room for bits.
	bits, least int
	// room is how many addresses beyond the demand it asks for, where the network has them.
	room int
	// pinned is the range of the subnet when the spec gives one.
	pinned []netip.Prefix
	// statics is the addresses that Services ask for in the subnet.
	statics []netip.Addr
	// dual is whether it needs an IPv6 prefix too.
	dual bool
	// rank is why the subnet is there. Seat is the number of its cluster in the network, place its number among those of
	// its rank: in the list of the network, or of the cluster.
	rank        rank
	seat, place int
	// at and at6 are the ranges that the plan chose; shortage and shortage6 say what is missing where it found none.
	at, at6             netip.Prefix
	shortage, shortage6 string
}

// rank is why a subnet is there.
type rank int

// The ranks, in the order in which subnets of a network get their ranges.
const (
	ofList        rank = iota // the network lists it
	ofFirstPool               // a cluster needs it with its first pool
	ofFurtherPool             // a further pool has it for itself
	ofSetting                 // a setting of the cluster asks for it, which may be switched on at any time
)

// addSubnet adds a subnet that a network of the spec lists.
func (b *builder) addSubnet(v *VNet, ss *spec.Subnet, path string) {
	s := &Subnet{
		Name: ss.Name, Purpose: purposeOf(ss), Existing: ss.Existing,
		VNet: v, Spec: ss, Path: path, RouteTable: ss.RouteTable, NetworkSecurityGroup: ss.NetworkSecurityGroup,
		NATGateway: ss.NATGateway,
	}
	if ss.Delegation != "" {
		s.Delegations = []string{ss.Delegation}
	}
	r := &subnetRequest{
		subnet: s, bits: ss.PrefixLength, pinned: ss.AddressPrefixes, rank: ofList, place: len(v.Subnets),
	}
	if ss.AddressPrefix.IsValid() {
		r.pinned = append([]netip.Prefix{ss.AddressPrefix}, ss.AddressPrefixes...)
	}
	if n := max(ss.Addresses, ss.UsedAddresses); ss.Existing {
		r.demand.inUse = n
	} else {
		r.demand.askedFor = n
	}
	b.addRequest(v, r)
}

// setSize sets the demand of the subnet, and its size: as asked for, else as its demand needs it and as Azure wants it
// for its name, delegation or purpose, with room for more nodes. The size is 0 when nothing says how large the subnet
// is.
func (r *subnetRequest) setSize() {
	needed := r.subnet.setDemand(r.demand.terms())
	asked := r.bits > 0
	if !asked {
		r.bits = r.subnet.bitsFor(needed)
	}
	r.least = r.bits
	if !asked {
		r.bits = r.roomyBits()
	}
}

// roomyBits returns the size with which a subnet has room for more nodes.
func (r *subnetRequest) roomyBits() int {
	bits := r.bits
	if r.subnet.Purpose == Nodes {
		bits = min(bits, NodeSubnetBits)
	}
	if r.room > 0 {
		bits = min(bits, BitsFor(r.subnet.Demand.Total+r.room), aks.ProvisionedSubnetBits)
	}
	return bits
}

// NodeSubnetBits is the size of a subnet of nodes that the plan sizes, at least: nodes take one address each, so that
// room for some fifty of them costs little, and a subnet in use cannot be resized.
const NodeSubnetBits = 26

// Confined reports whether the plan sized a subnet of nodes smaller than NodeSubnetBits, for want of address space.
func (s *Subnet) Confined() bool {
	sized := !s.pinned && !s.Existing && (s.Spec == nil || s.Spec.PrefixLength == 0)
	return sized && s.Purpose == Nodes && s.AddressPrefix.IsValid() && s.AddressPrefix.Bits() > NodeSubnetBits
}

// bitsFor returns the prefix length that a subnet gets whose demand needs a prefix of a length.
func (s *Subnet) bitsFor(needed int) int {
	if s.Purpose == APIServer {
		return min(needed, aks.APIServerSubnetBits)
	}
	if s.Spec == nil {
		return needed
	}
	kind, _ := KindOf(s.Spec)
	switch asked := s.Demand.Total > s.Demand.Reserved; {
	case asked && kind.MinBits > 0:
		return min(needed, kind.MinBits)
	case asked:
		return needed
	case kind.UsualBits > 0:
		return kind.UsualBits
	}
	return kind.MinBits
}

// KindOf returns what Azure says of subnets with the name, delegation or purpose of ss.
func KindOf(ss *spec.Subnet) (aks.SubnetKind, bool) {
	if k, ok := aks.SubnetKindByName(ss.Name); ok {
		return k, true
	}
	return aks.SubnetKindFor(ss.Purpose, ss.Delegation)
}

func purposeOf(ss *spec.Subnet) Purpose {
	if ss.Purpose == aks.ForApplicationGateway || ss.Purpose == aks.ForGatewayForContainers ||
		strings.EqualFold(ss.Name, "GatewaySubnet") ||
		strings.EqualFold(ss.Delegation, aks.DelegationAppGW) {
		return Gateway
	}
	return Other
}

// clusterSubnet finds or makes a subnet of a cluster. A subnet that several clusters or pools name is shared.
func (b *builder) clusterSubnet(c *Cluster, purpose Purpose, cs spec.ClusterSubnet, part, path string,
	rank rank) *subnetRequest {
	name := cs.Name
	if name == "" {
		name = ownName("snet", c.Name, part)
	}
	r := b.subnets[subnetKey{c.vnet, strings.ToLower(name)}]
	if r == nil {
		r = &subnetRequest{subnet: &Subnet{Name: name, VNet: c.vnet, Path: path}, rank: rank, seat: c.seat,
			place: c.asked[rank]}
		c.asked[rank]++
		b.addRequest(c.vnet, r)
	}
	r.usedBy(c, purpose)
	if cs.AddressPrefix.IsValid() && r.bits == 0 && len(r.pinned) == 0 {
		r.pinned = []netip.Prefix{cs.AddressPrefix}
		r.subnet.pinned = true
	}
	b.attach(c, r.subnet, purpose)
	return r
}

// usedBy adds a cluster to those that use the subnet, and what follows from it.
func (r *subnetRequest) usedBy(c *Cluster, purpose Purpose) {
	s := r.subnet
	if s.Purpose == "" || s.Purpose == Other || s.Purpose == Nodes && purpose == NodesPods {
		s.Purpose = purpose
	}
	if !slices.Contains(s.Clusters, c.Name) {
		s.Clusters = append(s.Clusters, c.Name)
	}
	r.dual = r.dual || c.Spec.DualStack() && purpose != APIServer
}

// attach names what a cluster's subnet needs beside it. A subnet that exists keeps what it has.
func (b *builder) attach(c *Cluster, s *Subnet, purpose Purpose) {
	if s.Existing || purpose == Other {
		return
	}
	if purpose == APIServer || purpose == Pods {
		// AKS delegates pod subnets itself; one that is delegated from the start stays as it is when it is sent again.
		s.Delegations = []string{aks.DelegationAKS}
	}
	group := s.VNet.ResourceGroup
	if s.NetworkSecurityGroup == "" {
		s.NetworkSecurityGroup = b.reserveName(group, ownName("nsg", strings.TrimPrefix(s.Name, "snet-"), ""), s)
	}
	if purpose == APIServer {
		return
	}
	if s.RouteTable == "" && c.needsTable() {
		s.RouteTable = b.reserveName(group, ownName("rt", c.Name, ""), c)
	}
	if s.NATGateway == "" && c.OutboundType == aks.OutboundUserAssignedNATGateway {
		s.NATGateway = b.reserveName(group, ownName("ng", c.Name, ""), c)
	}
}

// needsTable reports whether the subnets of the cluster get a route table from the plan: for userDefinedRouting, and
// for kubenet unless its identity is system-assigned. AKS refuses a table of the user's then, and makes one itself.
func (c *Cluster) needsTable() bool {
	return c.OutboundType == aks.OutboundUserDefinedRouting ||
		c.Model.Facts().OwnRouteTable && c.Spec.Identity != aks.SystemAssigned
}

// addRequest adds a subnet to its network. Of several with one name the first is found by it.
func (b *builder) addRequest(v *VNet, r *subnetRequest) {
	s := r.subnet
	v.Subnets = append(v.Subnets, s)
	if s.Clusters == nil {
		s.Clusters = []string{}
	}
	if s.Delegations == nil {
		s.Delegations = []string{}
	}
	s.AddressPrefixes = []netip.Prefix{}
	s.pinned = len(r.pinned) > 0
	b.requests = append(b.requests, r)
	key := subnetKey{v, strings.ToLower(s.Name)}
	if b.subnets[key] == nil {
		b.subnets[key] = r
	}
}
