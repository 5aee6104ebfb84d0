package plan

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/spec"
)

// addVNet adds a network of the spec and its subnets.
func (b *builder) addVNet(sv *spec.VNet, path string) {
	v := &VNet{
		Name: sv.Name, ResourceGroup: sv.ResourceGroup, Subscription: sv.Subscription, Location: sv.Location,
		Existing: sv.Existing, Sized: len(sv.AddressPrefixes) == 0 && !sv.Existing, Spec: sv, Path: path,
		Peerings:        []string{},
		AddressPrefixes: append([]netip.Prefix{}, sv.AddressPrefixes...),
	}
	b.fromPool(v)
	for _, p := range sv.Peerings {
		v.Peerings = append(v.Peerings, p.VNet)
	}
	b.registerVNet(v)
	for i := range sv.Subnets {
		b.addSubnet(v, &sv.Subnets[i], fmt.Sprintf("%s.subnets[%d]", path, i))
	}
}

// registerVNet adds a network to the plan, which finds it by its name and its resource id.
func (b *builder) registerVNet(v *VNet) {
	v.Subnets, v.FreePrefixes = []*Subnet{}, []netip.Prefix{}
	b.plan.VNets = append(b.plan.VNets, v)
	b.ranges.addVNet(v)
}

// networkOf finds or makes the network of a cluster by its name.
func (b *builder) networkOf(c *spec.Cluster, name, path string) *VNet {
	if v := b.vnets[strings.ToLower(name)]; v != nil {
		return v
	}
	v := &VNet{
		Name: name, ResourceGroup: c.ResourceGroup, Subscription: b.spec.Subscription, Location: c.Location,
		Sized: true, Path: path, Peerings: []string{}, AddressPrefixes: []netip.Prefix{},
	}
	b.fromPool(v)
	b.registerVNet(v)
	return v
}
