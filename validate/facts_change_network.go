package validate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

const (
	keysNetwork = "vnets[]"
	keysSubnet  = "vnets[].subnets[]"
)

func (c *comparison) compareNetworks() {
	both, added, removed := pairs(c.old.VNets, c.new.VNets, func(v *plan.VNet) string { return v.Name })
	for _, pair := range both {
		c.compareNetwork(pair[0], pair[1])
	}
	for _, v := range added {
		c.addElement(aks.Added, "vnets", v.Path, quoted("network", v.Name), aks.Situation{}, shell.Az{})
	}
	for _, v := range removed {
		c.addElement(aks.Removed, "vnets", "vnets", quoted("network", v.Name), aks.Situation{}, shell.Az{})
	}
	c.comparePeerings(both)
}

// compareNetwork compares two versions of a network. One with another id is another network: what is in it is not
// compared.
func (c *comparison) compareNetwork(old, new *plan.VNet) {
	e := element{
		keys: keysNetwork, path: new.Path, oldPath: old.Path, of: fmt.Sprintf(" of network %q", new.Name), az: c.azIn(new),
	}
	e.situation = c.networkSituation(old, new)
	known := func(key, before, after string) {
		if before != "" && after != "" {
			c.compare(e, key, before, after)
		}
	}
	known("resourceGroup", old.ResourceGroup, new.ResourceGroup)
	known("subscription", old.Subscription, new.Subscription)
	if !sameNetwork(old, new) {
		return
	}
	known("location", old.Location, new.Location)
	c.comparePrefixes(e, old, new)
	if old.Spec != nil && new.Spec != nil {
		c.compareSettings(e, spec.Settings(old.Spec), spec.Settings(new.Spec),
			"name", "resourceGroup", "subscription", "location", "addressPrefixes")
	} else if c.old.Spec == nil && new.Spec != nil {
		c.skipSettings(e, spec.Settings(new.Spec),
			[]string{"name", "resourceGroup", "subscription", "location", "addressPrefixes"})
	}
	c.compareSubnets(e, old, new)
	if old.Spec != nil && new.Spec != nil {
		c.comparePeeringSettings(e, old.Spec, new.Spec)
	}
}

// comparePeeringSettings compares the settings of peerings that both versions of a network have.
func (c *comparison) comparePeeringSettings(of element, old, new *spec.VNet) {
	both, _, _ := pairs(placed(old.Peerings, of.oldPath+".peerings"), placed(new.Peerings, of.path+".peerings"),
		func(p place[spec.Peering]) string { return p.of.VNet })
	for _, pair := range both {
		e := of
		e.keys, e.path, e.oldPath = "vnets[].peerings[]", pair[1].path, pair[0].path
		e.of = fmt.Sprintf(" of the peering with %q", pair[1].of.VNet)
		c.compareSettings(e, spec.Settings(pair[0].of), spec.Settings(pair[1].of), "vnet")
	}
}

// networkSituation returns what conditions ask of the clusters in a network: whether one of them has API Server VNet
// Integration.
func (c *comparison) networkSituation(old, new *plan.VNet) (s aks.Situation) {
	integrated := func(c *plan.Cluster) bool { return c.State().APIServerVnetIntegration }
	s.Before.APIServerVnetIntegration = slices.ContainsFunc(c.oldIn[old], integrated)
	s.After.APIServerVnetIntegration = slices.ContainsFunc(c.newIn[new], integrated)
	return s
}

// azIn returns commands about a network, and about the first cluster in it.
func (c *comparison) azIn(v *plan.VNet) shell.Az {
	az := shell.Az{Group: v.ResourceGroup, Subscription: v.Subscription}
	if in := c.newIn[v]; len(in) > 0 {
		az = c.azOf(in[0])
	}
	az.Values = map[string]string{
		"vnet": shell.Word(v.Name), "networkGroup": groupWord(v.ResourceGroup), "peering": `"$PEERING"`,
	}
	return az
}

func groupWord(group string) string {
	if group == "" {
		return ""
	}
	return shell.Word(group)
}

// comparePrefixes compares the ranges of a network one by one. A range that becomes part of a larger one, or keeps a
// part of itself, is one change.
func (c *comparison) comparePrefixes(e element, old, new *plan.VNet) {
	for _, was := range old.AddressPrefixes {
		if slices.Contains(new.AddressPrefixes, was) {
			continue
		}
		i := slices.IndexFunc(new.AddressPrefixes, func(p netip.Prefix) bool {
			return p.Overlaps(was) && !slices.Contains(old.AddressPrefixes, p)
		})
		d, _ := e.difference("addressPrefixes", was.String(), aks.NotSet)
		d.Kind, d.Situation.InUse = aks.Removed, lostSubnets(old, new, was)
		if i >= 0 {
			if d.After = new.AddressPrefixes[i].String(); grows(was, new.AddressPrefixes[i]) {
				d.Kind = aks.Added
			}
		}
		d.back = flowList(old.AddressPrefixes)
		c.add(d)
	}
	for _, p := range new.AddressPrefixes {
		if !slices.ContainsFunc(old.AddressPrefixes, p.Overlaps) {
			d, _ := e.difference("addressPrefixes", aks.NotSet, p.String())
			d.Kind = aks.Added
			c.add(d)
		}
	}
}

// lostSubnets reports whether a range that a network loses has subnets outside what the network keeps.
func lostSubnets(old, new *plan.VNet, lost netip.Prefix) aks.Truth {
	for _, s := range old.Subnets {
		if s.AddressPrefix.IsValid() && s.AddressPrefix.Overlaps(lost) &&
			len(ipam.Subtract([]netip.Prefix{s.AddressPrefix}, new.AddressPrefixes)) > 0 {
			return aks.Holds
		}
	}
	return aks.Fails
}

// comparePeerings compares the peerings of networks that both plans have. A peering is one, whichever side names it.
func (c *comparison) comparePeerings(both [][2]*plan.VNet) {
	before, after := peeringsOf(c.old), peeringsOf(c.new)
	at := map[string]int{}
	for i, v := range slices.Backward(c.new.VNets) {
		at[strings.ToLower(v.Name)] = i
	}
	for _, pair := range both {
		if !sameNetwork(pair[0], pair[1]) {
			continue
		}
		is := pair[1]
		c.missingPeerings(aks.Added, is, peersOf(after, is), peersOf(before, is), at)
		c.missingPeerings(aks.Removed, is, peersOf(before, is), peersOf(after, is), at)
	}
}

// peersOf returns the other sides of a network's peerings.
func peersOf(p peerings, v *plan.VNet) map[string]string { return p[strings.ToLower(v.Name)] }

// peerings is the other sides of the peerings of networks, by the name of the network in lower case: their names by
// their ids, as far as these are known.
type peerings map[string]map[string]string

func peeringsOf(p *plan.Plan) peerings {
	named := firstNamed(p.VNets, func(v *plan.VNet) string { return v.Name })
	out := peerings{}
	for _, v := range p.VNets {
		of := strings.ToLower(v.Name)
		for _, name := range v.Peerings {
			if out[of] == nil {
				out[of] = map[string]string{}
			}
			out[of][peerID(named, name)] = name
		}
	}
	return out
}

// peerID returns the id of the other side of a peering without the subscription: its resource group and name.
func peerID(named map[string]*plan.VNet, name string) string {
	if parts := strings.Split(name, "/"); strings.HasPrefix(name, "/") && len(parts) > 4 {
		return strings.ToLower(parts[4] + "/" + parts[len(parts)-1])
	}
	if v := named[strings.ToLower(name)]; v != nil {
		return strings.ToLower(v.ResourceGroup + "/" + v.Name)
	}
	return strings.ToLower("/" + name)
}

// missingPeerings adds the peerings of a network that one plan has and the other has not. Of two networks of the plan,
// which lie at the given places, the first one names the peering.
func (c *comparison) missingPeerings(kind aks.Kind, v *plan.VNet, have, lack map[string]string, at map[string]int) {
	for _, with := range slices.Sorted(maps.Keys(have)) {
		name := have[with]
		if _, ok := lack[with]; ok {
			continue
		}
		if i, ok := at[strings.ToLower(name)]; ok && i < at[strings.ToLower(v.Name)] {
			continue
		}
		what := fmt.Sprintf("peering of network %q with %q", v.Name, name)
		c.addElement(kind, "vnets[].peerings", v.Path+".peerings", what, aks.Situation{}, shell.Az{})
	}
}

func (c *comparison) compareSubnets(of element, old, new *plan.VNet) {
	both, added, removed := pairs(old.Subnets, new.Subnets, func(s *plan.Subnet) string { return s.Name })
	for _, pair := range both {
		c.compareSubnet(of, pair[0], pair[1])
	}
	for _, s := range added {
		c.addElement(aks.Added, "vnets[].subnets", s.Path, c.subnetName(s), aks.Situation{}, shell.Az{})
	}
	for _, s := range removed {
		c.addElement(aks.Removed, "vnets[].subnets", new.Path+".subnets", c.subnetName(s),
			aks.Situation{InUse: subnetInUse(s), UserLeaves: c.usersLeave(s)}, shell.Az{})
	}
}

func (c *comparison) subnetName(s *plan.Subnet) string {
	return fmt.Sprintf("subnet %q of network %q", s.Name, s.VNet.Name)
}

// subnetInUse reports whether something is in a subnet of the older plan.
func subnetInUse(s *plan.Subnet) aks.Truth {
	if len(s.Clusters) > 0 || s.Spec != nil && s.Spec.UsedAddresses > 0 {
		return aks.Holds
	}
	return aks.Unknown
}

// usersLeave reports whether all pools in a subnet of the older plan are gone from the plan.
func (c *comparison) usersLeave(s *plan.Subnet) aks.Truth {
	if len(s.Clusters) == 0 {
		return aks.Unknown
	}
	for _, old := range c.oldIn[s.VNet] {
		is := c.newNamed[strings.ToLower(old.Name)]
		if is == nil {
			continue
		}
		for _, pool := range old.NodePools {
			uses := strings.EqualFold(pool.NodeSubnetName, s.Name) || strings.EqualFold(pool.PodSubnetName, s.Name)
			stays := slices.ContainsFunc(is.NodePools, func(n *plan.NodePool) bool {
				return strings.EqualFold(n.Name, pool.Name)
			})
			if uses && stays {
				return aks.Fails
			}
		}
	}
	return aks.Holds
}

// compareSubnet compares two versions of a subnet.
func (c *comparison) compareSubnet(of element, old, new *plan.Subnet) {
	e := of
	e.keys, e.path, e.oldPath, e.of = keysSubnet, new.Path, old.Path, fmt.Sprintf(" of subnet %q", new.Name)
	e.situation.InUse, e.situation.Before.Model = subnetInUse(old), c.modelIn(old)
	c.compareSubnetPrefix(e, old, new)
	c.compareAttached(e, new, "networkSecurityGroup", old.NetworkSecurityGroup, new.NetworkSecurityGroup)
	if !c.leavesKubenet(old) { // which takes the route table off the subnet
		c.compareAttached(e, new, "routeTable", old.RouteTable, new.RouteTable)
	}
	c.compareAttached(e, new, "natGateway", old.NATGateway, new.NATGateway)
	c.compareAttached(e, new, "delegation", strings.Join(old.Delegations, ", "), strings.Join(new.Delegations, ", "))
	attached := []string{
		"name", "addressPrefix", "addressPrefixes", "networkSecurityGroup", "routeTable", "natGateway", "delegation",
	}
	if old.Spec != nil && new.Spec != nil {
		c.compareSettings(e, spec.Settings(old.Spec), spec.Settings(new.Spec), attached...)
	} else if c.old.Spec == nil && new.Spec != nil {
		c.skipSettings(e, spec.Settings(new.Spec), attached)
	}
}

// compareAttached compares what is attached to a subnet. The spec can set it only on a subnet of its own.
func (c *comparison) compareAttached(e element, s *plan.Subnet, key, before, after string) {
	d, ok := e.difference(key, before, after)
	if !ok {
		return
	}
	if s.Spec == nil {
		d.path, d.back = s.Path, ""
	}
	c.add(d)
}

// leavesKubenet reports whether a cluster in a subnet of the older plan changes from kubenet to another model.
func (c *comparison) leavesKubenet(s *plan.Subnet) bool {
	return slices.ContainsFunc(c.oldIn[s.VNet], func(old *plan.Cluster) bool {
		is := c.newNamed[strings.ToLower(old.Name)]
		return is != nil && slices.Contains(s.Clusters, old.Name) && old.Model.Facts().OwnRouteTable &&
			!is.Model.Facts().OwnRouteTable
	})
}

// modelIn returns kubenet if a cluster of that model is in a subnet of the older plan, whose route table is then fixed.
func (c *comparison) modelIn(s *plan.Subnet) aks.Model {
	for _, of := range c.oldIn[s.VNet] {
		if of.Model.Facts().OwnRouteTable &&
			slices.ContainsFunc(s.Clusters, func(name string) bool { return strings.EqualFold(name, of.Name) }) {
			return of.Model
		}
	}
	return ""
}

// compareSubnetPrefix compares the range of a subnet, or if that stays, all of its ranges.
func (c *comparison) compareSubnetPrefix(e element, old, new *plan.Subnet) {
	if bits, known := old.PrefixLength(); !old.AddressPrefix.IsValid() {
		if now, placed := new.PrefixLength(); known && placed && now != bits {
			c.compare(e, "addressPrefix", rangeText(old), rangeText(new))
		}
		return
	}
	if old.AddressPrefix == new.AddressPrefix {
		if !slices.Equal(old.AddressPrefixes, new.AddressPrefixes) && len(old.AddressPrefixes) > 0 {
			c.compare(e, "addressPrefixes", flowList(old.AddressPrefixes), flowList(new.AddressPrefixes))
		}
		return
	}
	e.situation.Pinned = new.Pinned()
	d, _ := e.difference("addressPrefix", old.AddressPrefix.String(), rangeText(new))
	if new.Spec == nil {
		d.path = new.Path
		d.back = fmt.Sprintf("{name: %s, addressPrefix: %s}", new.Name, old.AddressPrefix)
	}
	c.add(d)
}
