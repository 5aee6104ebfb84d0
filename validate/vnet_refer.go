package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var referenceElsewhere = &Rule{
	ID: "VNET031", Title: "subnet and what it names in different regions or subscriptions", Severity: Error,
	Explanation: "The security group, the route table and the NAT gateway of a subnet are of the region and subscription of its network. What the " +
		"spec defines belongs to the spec's subscription, and is made in the region of the first network that uses it.",
	Fix: "use another one there", Source: "https://learn.microsoft.com/azure/virtual-network/manage-network-security-group", Since: "v0.1.0",
	Check: checkReferenceElsewhere,
}

var unreadableID = &Rule{
	ID: "VNET032", Title: "resource id that Azure cannot read", Severity: Error,
	Explanation: "A resource id is /subscriptions/ID/resourceGroups/GROUP/providers/TYPE/NAME. It names something of the type that is asked for.",
	Fix:         "use the id that az resource show --query id prints", Since: "v0.1.0",
	Source: "https://learn.microsoft.com/azure/azure-resource-manager/management/azure-resource-id",
	Check:  checkResourceIDs,
}

// attachment is one of the three things that a subnet may name.
type attachment struct {
	key, what, value string
	// index is where the spec defines it; -1 where it does not.
	index    int
	existing bool
}

// attachmentsOf lists what a subnet of the spec names.
func (p *Pass) attachmentsOf(s *spec.Subnet) (out []attachment) {
	add := func(key, what, value string, n int, of func(i int) (string, bool)) {
		if value == "" {
			return
		}
		a := attachment{key, what, value, -1, false}
		for i := range n {
			if name, existing := of(i); strings.EqualFold(name, value) {
				a.index, a.existing = i, existing
				break
			}
		}
		out = append(out, a)
	}
	groups, tables, gateways := p.Spec.NetworkSecurityGroups, p.Spec.RouteTables, p.Spec.NATGateways
	add("networkSecurityGroup", "network security group", s.NetworkSecurityGroup, len(groups), func(i int) (string, bool) { return groups[i].Name, groups[i].Existing })
	add("routeTable", "route table", s.RouteTable, len(tables), func(i int) (string, bool) { return tables[i].Name, tables[i].Existing })
	add("natGateway", "NAT gateway", s.NATGateway, len(gateways), func(i int) (string, bool) { return gateways[i].Name, gateways[i].Existing })
	return out
}

func checkReferenceElsewhere(p *Pass) {
	each := func(do func(s *plan.Subnet, a attachment)) {
		p.eachSubnet(func(s *plan.Subnet) {
			if s.Spec != nil {
				for _, a := range p.attachmentsOf(s.Spec) {
					do(s, a)
				}
			}
		})
	}
	type key struct{ what, name string }
	keyOf := func(a attachment) key { return key{a.what, strings.ToLower(a.value)} }
	home := map[key]*plan.VNet{} // the network in whose region it is
	each(func(s *plan.Subnet, a attachment) {
		if home[keyOf(a)] == nil && (!a.made() || !s.Existing) {
			home[keyOf(a)] = s.VNet
		}
	})
	each(func(s *plan.Subnet, a attachment) {
		path := s.Path + "." + a.key
		if own, other := p.subscriptionOf(s.VNet), p.subscriptionOfAttachment(a); own != "" && other != "" && !strings.EqualFold(own, other) {
			p.Report(path, "%s %q is in subscription %s, network %q in %s", a.what, lastOfID(a.value), other, s.VNet.Name, own)
			return
		}
		v := home[keyOf(a)]
		if v == nil || v.Location == "" || s.VNet.Location == "" || sameRegion(v.Location, s.VNet.Location) {
			return
		}
		says := "%s %q is used in %s by network %q, and network %q is in %s"
		if a.made() {
			says = "%s %q is made in %s for network %q, and network %q is in %s"
		}
		f := p.Report(path, says, a.what, lastOfID(a.value), v.Location, v.Name, s.VNet.Name, s.VNet.Location)
		p.Relate(f, v.Path, "network %q is here", v.Name)
	})
}

// made reports whether aksnet makes what a subnet names.
func (a attachment) made() bool { return a.index >= 0 && !a.existing }

// subscriptionOf is the subscription of a network, empty when nobody names one.
func (p *Pass) subscriptionOf(v *plan.VNet) string {
	if v.Subscription != "" {
		return v.Subscription
	}
	return p.Spec.Subscription
}

// subscriptionOfAttachment is the subscription of what a subnet names: in its id, or that of the spec.
func (p *Pass) subscriptionOfAttachment(a attachment) string {
	if parts := strings.Split(a.value, "/"); len(parts) > 2 && parts[0] == "" {
		return parts[2]
	}
	if a.index < 0 {
		return ""
	}
	return p.Spec.Subscription
}

func lastOfID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// idForm is what a resource id looks like.
var idForm = form(`(?i)^/subscriptions/(?<subscription>[^/]+)/resourceGroups/(?<group>[^/]+)/providers/(?<type>[a-z0-9.]+/[a-z0-9]+)/[^/]+$`)

func checkResourceIDs(p *Pass) {
	for i := range p.Spec.VNets {
		v, path := &p.Spec.VNets[i], indexed("vnets", i)
		p.checkID(path+".ddosProtectionPlan", v.DDoSProtectionPlan, "Microsoft.Network/ddosProtectionPlans")
		for j, peering := range v.Peerings {
			at := indexed(path+".peerings", j)
			if isResourceID(peering.VNet) {
				p.checkID(nearest(p, at+".vnet", at), peering.VNet, "Microsoft.Network/virtualNetworks")
			}
		}
		for j := range v.Subnets {
			for _, a := range p.attachmentsOf(&v.Subnets[j]) {
				if isResourceID(a.value) {
					p.checkID(indexed(path+".subnets", j)+"."+a.key, a.value, "Microsoft.Network/"+a.key+"s")
				}
			}
		}
	}
	for i := range p.Spec.Clusters {
		c, path := &p.Spec.Clusters[i], indexed("clusters", i)
		for j, id := range c.LoadBalancerProfile.OutboundIPs {
			p.checkID(indexed(path+".loadBalancerProfile.outboundIPs", j), id, "Microsoft.Network/publicIPAddresses")
		}
		for j, id := range c.LoadBalancerProfile.OutboundIPPrefixes {
			p.checkID(indexed(path+".loadBalancerProfile.outboundIPPrefixes", j), id, "Microsoft.Network/publicIPPrefixes")
		}
		p.checkID(path+".bootstrapProfile.containerRegistryId", c.BootstrapProfile.ContainerRegistryID, "Microsoft.ContainerRegistry/registries")
	}
}

// checkID reports an id that is none, or of another type.
func (p *Pass) checkID(path, id, typ string) {
	if id == "" {
		return
	}
	want := fmt.Sprintf("/subscriptions/ID/resourceGroups/GROUP/providers/%s/NAME", typ)
	group, _ := aks.NameRuleFor(aks.NameResourceGroup)
	switch m := idForm().FindStringSubmatch(id); {
	case m == nil:
		p.Report(path, "%q is no resource id: wants %s", id, want)
	case !aks.SubscriptionIDOK(m[idForm().SubexpIndex("subscription")]):
		p.Report(path, "%q has no subscription id in it: wants %s", id, want)
	case !group.Valid(m[idForm().SubexpIndex("group")]):
		p.Report(path, "%q names a resource group that cannot be: wants %s", id, group.Describe)
	case !strings.EqualFold(m[idForm().SubexpIndex("type")], typ):
		p.Report(path, "%q is the id of %s: wants %s", id, m[idForm().SubexpIndex("type")], want)
	}
}
