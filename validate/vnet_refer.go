package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var referenceElsewhere = &Rule{
	ID: "VNET031", Title: "subnet refers to something in another region or subscription", Severity: Error,
	Explanation: "The security group, the route table and the NAT gateway of a subnet are of the region and subscription of its network. What the " +
		"spec defines belongs to the spec's subscription, and is made in the region of the first network that uses it.",
	Fix: "use one in the same region and subscription", Source: aks.PageManageSecurityGroups, Since: "v0.1.0",
	Check: checkReferenceElsewhere,
}

var unreadableID = &Rule{
	ID: "VNET032", Title: "invalid resource id", Severity: Error,
	Explanation: "A resource id is /subscriptions/ID/resourceGroups/GROUP/providers/TYPE/NAME. It names something of the type that is asked for.",
	Fix:         "use the id that az resource show --query id prints", Since: "v0.1.0",
	Source: aks.PageResourceIDs,
	Check:  checkResourceIDs,
}

func checkReferenceElsewhere(p *Pass) {
	type key struct{ what, name string }
	keyOf := func(a attachment) key { return key{a.what, strings.ToLower(a.value)} }
	home := map[key]*plan.VNet{} // the network in whose region it is
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		if home[keyOf(a)] == nil && (!a.isWritten() || !s.Existing) {
			home[keyOf(a)] = s.VNet
		}
	})
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		path := s.Path + "." + a.key
		if own, other := p.subscriptionOf(s.VNet), p.subscriptionOfAttachment(a); own != "" && other != "" && !strings.EqualFold(own, other) {
			p.Reportf(path, "%s %q is in subscription %s, but network %q is in %s", a.what, lastOfID(a.value), other, s.VNet.Name, own)
			return
		}
		v := home[keyOf(a)]
		if v == nil || v.Location == "" || s.VNet.Location == "" || sameRegion(v.Location, s.VNet.Location) {
			return
		}
		says := "%s %q is used in %s by network %q, and network %q is in %s"
		if a.isWritten() {
			says = "%s %q is made in %s for network %q, and network %q is in %s"
		}
		f := p.Reportf(path, says, a.what, lastOfID(a.value), v.Location, v.Name, s.VNet.Name, s.VNet.Location)
		p.Relate(f, v.Path, "network %q is here", v.Name)
	})
}

// isWritten reports whether aksnet makes what a subnet names.
func (a attachment) isWritten() bool { return a.index >= 0 && !a.existing[a.index] }

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

func checkResourceIDs(p *Pass) {
	kinds := p.attachables()
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
			for _, a := range attachmentsOf(kinds, &v.Subnets[j]) {
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
	switch r, ok := aks.ParseResourceID(id); {
	case !ok:
		p.Reportf(path, "%q is not a resource id of the form %s", id, want)
	case !aks.SubscriptionIDOK(r.Subscription):
		p.Reportf(path, "%q contains no valid subscription id; use %s", id, want)
	case !group.Valid(r.ResourceGroup):
		p.Reportf(path, "%q contains an invalid resource group name; use %s", id, group.Describe)
	case !strings.EqualFold(r.Type, typ):
		p.Reportf(path, "%q is the id of %s; use %s", id, r.Type, want)
	}
}
