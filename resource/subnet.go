package resource

import (
	"fmt"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// addSubnet adds a subnet after the resources it refers to. An existing subnet is added as a reference; one that could
// not be placed is omitted.
func (b *builder) addSubnet(vnet *Node, s *plan.Subnet) {
	if !s.Existing && !s.AddressPrefix.IsValid() && s.IPAMPoolAddresses == 0 {
		return
	}
	n := &Node{
		Type:     TypeSubnet,
		Name:     vnet.Name + "/" + segment(s.Name),
		Scope:    vnet.Scope,
		Parent:   vnet,
		Existing: s.Existing,
		Path:     s.Path,
	}
	if s.Existing {
		b.add(n)
		return
	}
	b.addNSG(s)
	b.addRouteTable(s)
	b.addNATGateway(s)
	n.Body = b.subnetBody(s)
	n.Comments = subnetComments(s)
	if b.add(n) == n {
		b.chain(n)
		n.need(b.last[b.graph.Find(b.routeTableRef(s).id)])
	}
}

func (b *builder) subnetBody(s *plan.Subnet) *armnetwork.Subnet {
	props := &armnetwork.SubnetPropertiesFormat{
		DefaultOutboundAccess: defaultOutbound(s),
		Delegations:           delegations(s),
	}
	switch all := s.AddressPrefixes; {
	case s.IPAMPoolAddresses > 0:
		props.IpamPoolPrefixAllocations = fromPool(s.VNet, s.IPAMPoolAddresses)
	case len(all) > 1:
		props.AddressPrefixes = prefixes(all)
	default:
		props.AddressPrefix = ptr(s.AddressPrefix.String())
	}
	if id := b.nsgRef(s).id; id != "" {
		props.NetworkSecurityGroup = &armnetwork.SecurityGroup{ID: &id}
	}
	if id := b.routeTableRef(s).id; id != "" {
		props.RouteTable = &armnetwork.RouteTable{ID: &id}
	}
	if id := b.natGatewayRef(s).id; id != "" {
		props.NatGateway = &armnetwork.SubResource{ID: &id}
	}
	if s.Spec != nil {
		addSpecSettings(props, s)
	}
	return &armnetwork.Subnet{Properties: props}
}

func addSpecSettings(props *armnetwork.SubnetPropertiesFormat, s *plan.Subnet) {
	for _, service := range s.Spec.ServiceEndpoints {
		props.ServiceEndpoints = append(
			props.ServiceEndpoints,
			&armnetwork.ServiceEndpointPropertiesFormat{Service: ptr(service)},
		)
	}
	if p := s.Spec.PrivateEndpointNetworkPolicies; p != "" {
		props.PrivateEndpointNetworkPolicies = ptr(armnetwork.VirtualNetworkPrivateEndpointNetworkPolicies(p))
	}
}

// defaultOutbound returns whether machines in the subnet get Azure's default outbound access. It is set on every subnet
// that can contain machines: Azure's own default changed from true to false for new networks, and a template should
// have the same effect at any time. Clusters have their own egress, so nothing needs the default one unless the user
// asks for it. It returns nil for subnets of Azure's own services, such as GatewaySubnet.
// https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (read 2026-11-22)
func defaultOutbound(s *plan.Subnet) *bool {
	if s.Spec != nil && s.Spec.DefaultOutboundAccess != nil {
		return ptr(*s.Spec.DefaultOutboundAccess)
	}
	if _, platform := aks.SubnetKindByName(s.Name); platform {
		return nil
	}
	return ptr(false)
}

// aksDelegation is the name of the delegation that AKS adds to a pod subnet. Ours has the same name, so that neither
// side sees a change.
const aksDelegation = "aks-delegation"

// delegations returns the delegations of a subnet in the plan.
func delegations(s *plan.Subnet) []*armnetwork.Delegation {
	var out []*armnetwork.Delegation
	for _, service := range s.Delegations {
		name := aksDelegation
		if !strings.EqualFold(service, aks.DelegationAKS) {
			name = strings.ReplaceAll(service, "/", ".")
		}
		out = append(out, &armnetwork.Delegation{
			Name:       ptr(name),
			Properties: &armnetwork.ServiceDelegationPropertiesFormat{ServiceName: ptr(service)},
		})
	}
	return out
}

// subnetComments explains the size of a subnet.
func subnetComments(s *plan.Subnet) []string {
	where := s.AddressPrefix.String()
	if s.IPAMPoolAddresses > 0 {
		where = fmt.Sprintf("a prefix of %d addresses from IPAM pool %s", s.IPAMPoolAddresses, s.VNet.PoolName())
	}
	if s.Demand.Total == s.Demand.Reserved {
		return []string{fmt.Sprintf("%d usable addresses.", s.Usable)}
	}
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	d := s.Demand
	add(d.Nodes, "node", "nodes")
	add(d.Surge, "for surge nodes", "for surge nodes")
	add(d.Pods, "pod", "pods")
	add(d.InternalLoadBalancers, "internal load balancer", "internal load balancers")
	add(d.PrivateEndpoints, "private endpoint", "private endpoints")
	add(d.Other, "other", "others")
	add(d.Reserved, "reserved by Azure", "reserved by Azure")
	return []string{
		fmt.Sprintf("%s = %d addresses;", strings.Join(parts, " + "), d.Total),
		fmt.Sprintf("%s has %d usable, %d to spare.", where, s.Usable, s.Headroom),
	}
}
