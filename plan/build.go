package plan

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// VNetStep is the size in which virtual networks that the plan sizes grow, as a prefix length: a network of 256 addresses
// leaves room for subnets that come later.
const VNetStep = 24

// Build plans the network of a spec. It cannot fail; what finds no room is in Plan.Unplaced.
//
// Things are placed in the order of the spec: for every network the subnets that stand in it, then cluster by cluster what
// the cluster needs. Each takes the best fitting free block. Nothing that is placed depends on what comes after it, so that
// adding to the end moves nothing; and since all sizes are powers of two, best fit places everything if anything can (see
// package ipam).
//
// Networks without address prefixes grow in steps of a /24 while there is space for that. When that leaves something
// without a place, everything is placed anew with networks sized to the address: the one case in which adding to the end
// moves what stood before.
func Build(s *spec.Spec) *Plan {
	p := build(s, VNetStep)
	if len(p.Unplaced) == 0 {
		return p
	}
	if tight := build(s, aks.SmallestSubnetBits); len(tight.Unplaced) < len(p.Unplaced) {
		tight.Tight = true
		return tight
	}
	return p
}

// builder holds what is looked up while a plan is made.
type builder struct {
	spec  *spec.Spec
	plan  *Plan
	space space
	// vnets finds networks by name, lower case; grounds is where the subnets of each are placed.
	vnets   map[string]*VNet
	grounds map[*VNet]*ground
	subnets map[subnetKey]*Subnet
	// claimed is who has each name of a resource group that the plan must not give out twice.
	claimed map[string]any
	// claims is the names that were given out; tried is how many names of each stem are known to be taken, which keeps many
	// clusters of one name from being counted through again and again.
	claims map[claimKey]string
	tried  map[string]int
	// requests is every subnet that needs a range, in the order in which they get it.
	requests   []*subnetRequest
	ranges     *Ranges
	cidrFinder *cidrFinder
	// step is the size in which networks grow, as a prefix length.
	step int
}

// subnetKey is a subnet's network and its name, lower case: Azure does not distinguish case.
type subnetKey struct {
	vnet *VNet
	name string
}

func build(s *spec.Spec, step int) *Plan {
	b := &builder{
		spec:    s,
		plan:    &Plan{APIVersion: APIVersion, Kind: Kind, VNets: []*VNet{}, Clusters: []*Cluster{}, Unplaced: []Unplaced{}, Spec: s},
		vnets:   map[string]*VNet{},
		grounds: map[*VNet]*ground{},
		subnets: map[subnetKey]*Subnet{},
		claimed: map[string]any{},
		claims:  map[claimKey]string{},
		tried:   map[string]int{},
		step:    step,
	}
	b.ranges = newRanges(b.plan, b.vnets)
	b.space = newSpace(s, b.ranges.Forbidden(aks.UseVNet))
	b.claimSpec()
	for i := range s.VNets {
		b.addVNet(&s.VNets[i], fmt.Sprintf("vnets[%d]", i))
	}
	for i := range s.Clusters {
		b.addCluster(&s.Clusters[i], fmt.Sprintf("clusters[%d]", i))
	}
	b.joinPeerings()
	b.place()
	b.cidrFinder = newCIDRFinder(b.ranges)
	for _, c := range b.plan.Clusters {
		b.chooseCIDRs(c)
	}
	for _, v := range b.plan.VNets {
		b.finishVNet(v)
	}
	for _, c := range b.plan.Clusters {
		c.Egress = egressOf(c)
		c.PodBlocks = podBlocksOf(c)
		c.Capacity = capacityOf(c)
	}
	return b.plan
}

// addVNet adds a network of the spec and the subnets that stand in it.
func (b *builder) addVNet(sv *spec.VNet, path string) {
	v := &VNet{
		Name: sv.Name, ResourceGroup: sv.ResourceGroup, Subscription: sv.Subscription, Location: sv.Location,
		Existing: sv.Existing, Sized: len(sv.AddressPrefixes) == 0 && !sv.Existing, Spec: sv, Path: path, Peerings: []string{},
		AddressPrefixes: append([]netip.Prefix{}, sv.AddressPrefixes...),
	}
	for _, p := range sv.Peerings {
		v.Peerings = append(v.Peerings, p.VNet)
	}
	b.registerVNet(v)
	for i := range sv.Subnets {
		b.addSubnet(v, &sv.Subnets[i], fmt.Sprintf("%s.subnets[%d]", path, i))
	}
}

func (b *builder) registerVNet(v *VNet) {
	v.Subnets, v.FreePrefixes = []*Subnet{}, []netip.Prefix{}
	b.plan.VNets = append(b.plan.VNets, v)
	if _, taken := b.vnets[strings.ToLower(v.Name)]; !taken {
		b.vnets[strings.ToLower(v.Name)] = v
	}
	b.grounds[v] = newGround(b, v)
}

// networkOf finds or makes the network of a cluster. It is nil when AKS manages the network.
func (b *builder) networkOf(c *spec.Cluster, path string) *VNet {
	if c.Managed() {
		return nil
	}
	name := c.VNet
	if name == "" {
		name = b.freeVNetName(ownName("vnet", c.Name, ""))
	}
	if v := b.vnets[strings.ToLower(name)]; v != nil {
		return v
	}
	v := &VNet{
		Name: name, ResourceGroup: c.ResourceGroup, Subscription: b.spec.Subscription, Location: c.Location,
		Sized: true, Path: path, Peerings: []string{}, AddressPrefixes: []netip.Prefix{},
	}
	b.registerVNet(v)
	return v
}

func (b *builder) freeVNetName(name string) string {
	free, stem := name, "\x00"+strings.ToLower(name)
	i := max(1, b.tried[stem])
	for ; b.vnets[strings.ToLower(free)] != nil; i++ {
		free = fmt.Sprintf("%s-%d", name, i+1)
	}
	b.tried[stem] = i
	return free
}

// joinPeerings gives each peering to both of its networks.
func (b *builder) joinPeerings() {
	type pair struct{ a, b *VNet }
	have := map[pair]bool{}
	names := func(v *VNet, yield func(*VNet)) {
		for _, name := range v.Peerings {
			if other := b.vnets[strings.ToLower(name)]; other != nil && other != v {
				yield(other)
			}
		}
	}
	for _, v := range b.plan.VNets {
		names(v, func(other *VNet) { have[pair{v, other}] = true })
	}
	for _, v := range b.plan.VNets {
		names(v, func(other *VNet) {
			if !have[pair{other, v}] {
				have[pair{other, v}] = true
				other.Peerings = append(other.Peerings, v.Name)
			}
		})
	}
}

// finishVNet adds up what the subnets of a network take.
func (b *builder) finishVNet(v *VNet) {
	for _, p := range v.AddressPrefixes {
		if p.Addr().Is4() {
			v.Addresses += ipam.PrefixSize(p.Bits())
		}
	}
	for _, s := range v.Subnets {
		if s.AddressPrefix.IsValid() {
			v.UsedAddresses += ipam.PrefixSize(s.AddressPrefix.Bits())
		}
	}
	v.FreePrefixes = append(v.FreePrefixes, b.grounds[v].four.Free()...)
}
