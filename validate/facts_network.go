package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// subnetKindID returns the kind of a subnet that the spec describes, or an empty string for other subnets.
func subnetKindID(s *plan.Subnet) string {
	if s.Spec == nil {
		return ""
	}
	kind, _ := plan.KindOf(s.Spec)
	return kind.ID
}

// reachable returns the address space of a network, its peers and its virtual hub, and whether all of it is known.
func (p *Pass) reachable(v *plan.VNet) (out []netip.Prefix, known bool) {
	out, known = slices.Clone(v.AddressPrefixes), v.SpaceKnown()
	given := map[string][]netip.Prefix{}
	if v.Spec != nil {
		for _, peering := range v.Spec.Peerings {
			if len(peering.AddressPrefixes) > 0 {
				given[strings.ToLower(peering.VNet)] = peering.AddressPrefixes
			}
		}
	}
	if v.Spec != nil && v.Spec.VirtualHub != (spec.VirtualHub{}) {
		hub := v.Spec.VirtualHub.AddressPrefix
		if known = known && hub.IsValid(); hub.IsValid() {
			out = append(out, hub)
		}
	}
	for _, name := range v.Peerings {
		space, ok := given[strings.ToLower(name)]
		if other := p.rangesOf().VNet(name); !ok && other != nil {
			space, ok = other.AddressPrefixes, other.SpaceKnown()
		}
		out, known = append(out, space...), known && ok
	}
	return out, known
}

// prefixPath returns the path in the spec that sets the size of a subnet.
func (p *Pass) prefixPath(s *plan.Subnet) string {
	for _, key := range []string{".addressPrefix", ".prefixLength"} {
		if p.Spec.Has(s.Path + key) {
			return s.Path + key
		}
	}
	if s.Spec != nil {
		if i := slices.Index(s.Spec.AddressPrefixes, s.AddressPrefix); i >= 0 {
			return fmt.Sprintf("%s.addressPrefixes[%d]", s.Path, i)
		}
	}
	return s.Path
}

func subnetText(s *plan.Subnet) string {
	switch s.Purpose {
	case plan.Nodes, plan.NodesPods:
		return "node subnet"
	case plan.Pods:
		return "pod subnet"
	case plan.APIServer:
		return "API server subnet"
	}
	return fmt.Sprintf("subnet %q", s.Name)
}

// rangeText names the range of a subnet: its prefix, or its size where Azure takes the range from an IPAM pool.
func rangeText(s *plan.Subnet) string {
	bits, known := s.PrefixLength()
	switch {
	case s.AddressPrefix.IsValid():
		return s.AddressPrefix.String()
	case known:
		return fmt.Sprintf("a /%d from IPAM pool %s", bits, s.VNet.PoolName())
	}
	return "not placed"
}

// phaseText describes the phase that fails first. It returns an empty string for creation, which needs no condition.
func phaseText(m Moment) string {
	switch m {
	case Steady:
		return " with all pools at their maximum"
	case Upgrade:
		return " when all pools upgrade"
	}
	return ""
}

// sameRegion reports whether two names mean the same region, as Azure compares them: "West Europe" is westeurope.
func sameRegion(a, b string) bool { return aks.RegionName(a) == aks.RegionName(b) }

// eachAttachment calls check for every resource that a subnet of the plan names in the spec.
func (p *Pass) eachAttachment(check func(s *plan.Subnet, a attachment)) {
	kinds := p.attachables()
	p.eachSubnet(func(s *plan.Subnet) {
		if s.Spec == nil {
			return
		}
		for _, a := range attachmentsOf(kinds, s.Spec) {
			check(s, a)
		}
	})
}

func (p *Pass) attachables() []attachable {
	return []attachable{
		{
			"networkSecurityGroup", "network security group",
			func(s *spec.Subnet) string { return s.NetworkSecurityGroup },
			func(name string) int { _, i := p.group(name); return i },
			func(i int) bool { return p.Spec.NetworkSecurityGroups[i].Existing },
			func() []string {
				return namesOf(p.Spec.NetworkSecurityGroups, func(g *spec.NetworkSecurityGroup) string { return g.Name })
			},
		},
		{
			"routeTable", "route table",
			func(s *spec.Subnet) string { return s.RouteTable },
			func(name string) int { _, i := p.table(name); return i },
			func(i int) bool { return p.Spec.RouteTables[i].Existing },
			func() []string {
				return namesOf(p.Spec.RouteTables, func(t *spec.RouteTable) string { return t.Name })
			},
		},
		{
			"natGateway", "NAT gateway",
			func(s *spec.Subnet) string { return s.NATGateway },
			func(name string) int { _, i := p.gateway(name); return i },
			func(i int) bool { return p.Spec.NATGateways[i].Existing },
			func() []string {
				return namesOf(p.Spec.NATGateways, func(g *spec.NATGateway) string { return g.Name })
			},
		},
	}
}

// mostNames is among how many names the one that a user meant is looked for. Among more, another one is always near.
const mostNames = 200

// namesOf returns the names of a list, or none of a list of more than mostNames.
func namesOf[T any](list []T, name func(*T) string) (out []string) {
	if len(list) > mostNames {
		return nil
	}
	for i := range list {
		out = append(out, name(&list[i]))
	}
	return out
}

// attachmentsOf returns the resources that a subnet of the spec names.
func attachmentsOf(kinds []attachable, s *spec.Subnet) (out []attachment) {
	for _, k := range kinds {
		if value := k.named(s); value != "" {
			out = append(out, attachment{k, value, k.find(value)})
		}
	}
	return out
}

// attachable is one of the three kinds of resources that a subnet may name, with those that the spec defines.
type attachable struct {
	key, what string
	named     func(*spec.Subnet) string // what a subnet names
	find      func(name string) int     // the index of that in the spec, or -1
	existing  func(index int) bool
	names     func() []string // those of the spec
}

// attachment is a resource that a subnet names.
type attachment struct {
	attachable
	value string
	// index is its position in the spec, or -1 if the spec does not define it.
	index int
}

// pathOf returns the path in the spec of one range of a subnet.
func (p *Pass) pathOf(s *plan.Subnet, prefix netip.Prefix) string {
	if s.Spec != nil && s.Spec.AddressPrefix != prefix {
		if i := slices.Index(s.Spec.AddressPrefixes, prefix); i >= 0 {
			return fmt.Sprintf("%s.addressPrefixes[%d]", s.Path, i)
		}
	}
	return s.Path + ".addressPrefix"
}

// isResourceID reports whether a reference is a resource id rather than a name.
func isResourceID(s string) bool { return strings.HasPrefix(s, "/") }

// lastOfID returns the name of a resource, given by its name or id.
func lastOfID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// eachKind calls check for the subnets that serve a purpose for which Azure has requirements.
func (p *Pass) eachKind(check func(s *plan.Subnet, kind aks.SubnetKind)) {
	p.eachSubnet(func(s *plan.Subnet) {
		if kind, ok := purposeKind(s); ok {
			check(s, kind)
		}
	})
}

// purposeKind returns the requirements of Azure for a subnet: those of its name, else those of the nodes, pods or API
// servers that the plan puts in it, else those of what the spec says of it.
func purposeKind(s *plan.Subnet) (aks.SubnetKind, bool) {
	if k, ok := aks.SubnetKindByName(s.Name); ok {
		return k, true
	}
	switch s.Purpose {
	case plan.Nodes, plan.NodesPods:
		return aks.SubnetKindByID("nodes")
	case plan.Pods:
		return aks.SubnetKindByID("pods")
	case plan.APIServer:
		return aks.SubnetKindByID("api-server")
	}
	return tenantOf(s)
}

// tenantOf returns the requirements of Azure for what the name, delegation or purpose of a subnet says, whatever the
// plan puts in it.
func tenantOf(s *plan.Subnet) (aks.SubnetKind, bool) {
	if s.Spec == nil {
		return aks.SubnetKindByName(s.Name)
	}
	return plan.KindOf(s.Spec)
}

// eachSubnet calls check for the subnets of all networks.
func (p *Pass) eachSubnet(check func(s *plan.Subnet)) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			check(s)
		}
	}
}

// hasModel reports whether a network contains a cluster of a model.
func (p *Pass) hasModel(v *plan.VNet, model aks.Model) bool {
	return slices.ContainsFunc(p.clustersOf(v), func(c *plan.Cluster) bool { return c.Model == model })
}

// pair holds the indexes of two overlapping prefixes in a list.
type pair struct{ first, later int }

// firstPairs returns a pair for every prefix that overlaps an earlier one, together with the first such prefix, in
// list order. The work does not grow with the number of overlaps: two prefixes either nest or are disjoint, so it is
// enough to look up the prefixes that contain each one.
func firstPairs(prefixes []netip.Prefix) (pairs []pair) {
	if len(prefixes) < 2 {
		return nil
	}
	at, inside := map[netip.Prefix]int{}, map[netip.Prefix]int{}
	for later, p := range prefixes {
		if !p.IsValid() {
			continue
		}
		first, met := inside[p]
		for bits := range p.Bits() + 1 {
			if i, ok := at[netip.PrefixFrom(p.Addr(), bits).Masked()]; ok && (!met || i < first) {
				first, met = i, true
			}
		}
		if met {
			pairs = append(pairs, pair{first, later})
		}
		keepFirst(at, p, later)
		for bits := range p.Bits() {
			keepFirst(inside, netip.PrefixFrom(p.Addr(), bits).Masked(), later)
		}
	}
	return pairs
}

func keepFirst(m map[netip.Prefix]int, p netip.Prefix, i int) {
	if _, ok := m[p]; !ok {
		m[p] = i
	}
}

// peerName returns the name by which a peering's network is known, in lower case: its own if the spec describes it, or
// else what the peering calls it.
func (p *Pass) peerName(ref string) string {
	if other := p.rangesOf().VNet(ref); other != nil {
		ref = other.Name
	}
	return strings.ToLower(ref)
}

// settingPath returns the path of a setting of a peering, or of what stands nearest to it in the spec.
func (p *Pass) settingPath(v *plan.VNet, side *plan.PeeringSide, key string) string {
	if side.Spec == nil {
		return p.peeringPath(v, side.Remote, side.VNet)
	}
	return nearest(p, side.Path+"."+key, side.Path)
}

// peeringPath returns the path of the peering between v and another network, on either side; other is nil if it is
// not in the spec.
func (p *Pass) peeringPath(v, other *plan.VNet, name string) string {
	if path, ok := p.peeringOf(v, name); ok {
		return path
	}
	if other != nil {
		if path, ok := p.peeringOf(other, v.Name); ok {
			return path
		}
	}
	return v.Path
}
