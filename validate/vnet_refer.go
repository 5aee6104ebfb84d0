package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var referenceElsewhere = &Rule{
	ID: "VNET031", Title: "subnet refers to a resource in another region or subscription", Severity: Error,
	Explanation: "The security group, route table and NAT gateway of a subnet must be in the region and " +
		"subscription of its network. Resources that the spec defines belong to the spec's subscription, and " +
		"aksnet creates them in the region of the first network that uses them.",
	Fix: "use a resource in the same region and subscription", Source: aks.PageManageSecurityGroups, Since: "v0.1.0",
	Check: checkReferenceElsewhere,
}

var unreadableID = &Rule{
	ID: "VNET032", Title: "invalid resource id", Severity: Error,
	Explanation: "A resource id has the form /subscriptions/ID/resourceGroups/GROUP/providers/TYPE/NAME. " +
		"It must name a resource of the expected type.",
	Fix: "use the id that az resource show --query id prints", Since: "v0.1.0",
	Source: aks.PageResourceIDs,
	Check:  checkResourceIDs,
}

func checkReferenceElsewhere(p *Pass) {
	type key struct{ what, name string }
	keyOf := func(a attachment) key { return key{a.what, strings.ToLower(a.value)} }
	home := map[key]*plan.VNet{} // the network whose region it is in
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		if home[keyOf(a)] == nil && (!a.isWritten() || !s.Existing) {
			home[keyOf(a)] = s.VNet
		}
	})
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		path := s.Path + "." + a.key
		if own, other := p.subscriptionOf(s.VNet), p.subscriptionOfAttachment(a); own != "" && other != "" &&
			!strings.EqualFold(own, other) {
			p.Reportf(path, "%s %q is in subscription %s, but network %q is in %s", a.what, lastOfID(a.value), other,
				s.VNet.Name, own)
			return
		}
		v := home[keyOf(a)]
		if v == nil || v.Location == "" || s.VNet.Location == "" || sameRegion(v.Location, s.VNet.Location) {
			return
		}
		format := "%s %q is used in %s by network %q, but network %q is in %s"
		if a.isWritten() {
			format = "%s %q is created in %s for network %q, but network %q is in %s"
		}
		f := p.Reportf(path, format, a.what, lastOfID(a.value), v.Location, v.Name, s.VNet.Name, s.VNet.Location)
		p.Relate(f, v.Path, "network %q is here", v.Name)
	})
}

// isWritten reports whether aksnet creates the resource that a subnet names.
func (a attachment) isWritten() bool { return a.index >= 0 && !a.existing(a.index) }

// subscriptionOf returns the subscription of a network, or an empty string if none is set.
func (p *Pass) subscriptionOf(v *plan.VNet) string {
	if v.Subscription != "" {
		return v.Subscription
	}
	return p.Spec.Subscription
}

// subscriptionOfAttachment returns the subscription of the resource that a subnet names: the one in its id, or that
// of the spec.
func (p *Pass) subscriptionOfAttachment(a attachment) string {
	if parts := strings.Split(a.value, "/"); len(parts) > 2 && parts[0] == "" {
		return parts[2]
	}
	if a.index < 0 {
		return ""
	}
	return p.Spec.Subscription
}

func checkResourceIDs(p *Pass) {
	kinds := p.attachables()
	p.checkID("addressSpace.ipamPool", p.Spec.AddressSpace.IPAMPool, aks.TypeIPAMPool)
	for i := range p.Spec.VNets {
		v, path := &p.Spec.VNets[i], indexed("vnets", i)
		p.checkID(path+".ipamPool", v.IPAMPool, aks.TypeIPAMPool)
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
			p.checkID(indexed(path+".loadBalancerProfile.outboundIPPrefixes", j), id,
				"Microsoft.Network/publicIPPrefixes")
		}
		for j, id := range c.Services.PublicIPs {
			p.checkID(indexed(path+".services.publicIPs", j), id, "Microsoft.Network/publicIPAddresses")
		}
		for j, id := range c.WebAppRouting.DNSZoneResourceIDs {
			typ := dnsZones
			if r, _ := aks.ParseResourceID(id); strings.EqualFold(r.Type, privateDNSZones) {
				typ = privateDNSZones
			}
			p.checkID(indexed(path+".webAppRouting.dnsZoneResourceIds", j), id, typ)
		}
		for j, id := range c.NATGatewayProfile.OutboundIPs {
			p.checkID(indexed(path+".natGatewayProfile.outboundIPs", j), id, "Microsoft.Network/publicIPAddresses")
		}
		for j, id := range c.NATGatewayProfile.OutboundIPPrefixes {
			p.checkID(indexed(path+".natGatewayProfile.outboundIPPrefixes", j), id,
				"Microsoft.Network/publicIPPrefixes")
		}
		for j, pool := range c.NodePools {
			p.checkID(indexed(path+".nodePools", j)+".nodePublicIPPrefixID", pool.NodePublicIPPrefixID,
				"Microsoft.Network/publicIPPrefixes")
		}
		p.checkID(path+".bootstrapProfile.containerRegistryId", c.BootstrapProfile.ContainerRegistryID,
			"Microsoft.ContainerRegistry/registries")
	}
}

// checkID reports an id that is invalid or of another type.
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
		p.Reportf(path, "%q is the id of a resource of type %s; use %s", id, r.Type, want)
	}
}
