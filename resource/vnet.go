package resource

import (
	"fmt"
	"net/netip"
	"strconv"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
)

// addVNet adds a network, its subnets, and the resources they refer to.
func (b *builder) addVNet(v *plan.VNet) {
	n := &Node{
		Type: TypeVNet, Name: segment(v.Name), Scope: b.scopeOf(v), Existing: v.Existing,
		Regional: true, Path: v.Path, Tags: b.tags(v),
	}
	if !v.Existing && len(v.AddressPrefixes) == 0 && (!v.InIPAMPool() || v.Addresses == 0) {
		return
	}
	if !v.Existing {
		n.Body = b.vnetBody(v, n.Tags)
		n.Comments = vnetComments(v)
	}
	n = b.add(n)
	for _, s := range v.Subnets {
		b.addSubnet(n, s)
	}
}

func (b *builder) vnetBody(v *plan.VNet, tags map[string]string) *armnetwork.VirtualNetwork {
	props := &armnetwork.VirtualNetworkPropertiesFormat{
		AddressSpace: addressSpace(v),
	}
	if s := v.Spec; s != nil {
		if len(s.DNSServers) > 0 {
			props.DhcpOptions = &armnetwork.DhcpOptions{DNSServers: addrs(s.DNSServers)}
		}
		if s.Encryption {
			props.Encryption = &armnetwork.VirtualNetworkEncryption{
				Enabled:     ptr(true),
				Enforcement: ptr(armnetwork.VirtualNetworkEncryptionEnforcementAllowUnencrypted),
			}
		}
		if s.DDoSProtectionPlan != "" {
			props.EnableDdosProtection = ptr(true)
			props.DdosProtectionPlan = &armnetwork.SubResource{ID: ptr(s.DDoSProtectionPlan)}
		}
	}
	return &armnetwork.VirtualNetwork{Location: b.location(v), Tags: ptrs(tags), Properties: props}
}

// addressSpace returns the prefixes of a network, or how many addresses Azure takes from an IPAM pool. It is one or the
// other: Azure does not mix them.
func addressSpace(v *plan.VNet) *armnetwork.AddressSpace {
	if v.InIPAMPool() {
		return &armnetwork.AddressSpace{IpamPoolPrefixAllocations: fromPool(v, v.Addresses)}
	}
	return &armnetwork.AddressSpace{AddressPrefixes: prefixes(v.AddressPrefixes)}
}

// fromPool returns the allocation of addresses from the IPAM pool of a network. A network or subnet has one for each
// pool at most.
func fromPool(v *plan.VNet, addresses int) []*armnetwork.IpamPoolPrefixAllocation {
	return []*armnetwork.IpamPoolPrefixAllocation{{
		Pool:                &armnetwork.IpamPoolPrefixAllocationPool{ID: ptr(v.IPAMPool)},
		NumberOfIPAddresses: ptr(strconv.Itoa(addresses)),
	}}
}

func vnetComments(v *plan.VNet) []string {
	how := "set in the spec"
	switch {
	case v.Sized:
		how = "sized and placed by the plan"
	case v.InIPAMPool():
		how = "from IPAM pool " + v.PoolName()
	}
	return []string{
		fmt.Sprintf("%d addresses, %d of them in subnets; address space %s.", v.Addresses, v.UsedAddresses, how),
	}
}

func prefixes(in []netip.Prefix) (out []*string) {
	for _, p := range in {
		out = append(out, ptr(p.String()))
	}
	return out
}

func addrs(in []netip.Addr) (out []*string) {
	for _, a := range in {
		out = append(out, ptr(a.String()))
	}
	return out
}

// list returns strings in the form of the SDK, or nil when there are none: an empty list is sent, an absent one is not.
func list(in []string) (out []*string) {
	for _, s := range in {
		out = append(out, ptr(s))
	}
	return out
}

// ptrs returns tags in the form of the SDK, or nil when there are none.
func ptrs(tags map[string]string) map[string]*string {
	if len(tags) == 0 {
		return nil
	}
	out := make(map[string]*string, len(tags))
	for k, v := range tags {
		out[k] = ptr(v)
	}
	return out
}

func ptr[T any](v T) *T { return &v }
