package resource

import (
	"cmp"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func (b *builder) natGatewayRef(s *plan.Subnet) ref[spec.NATGateway] {
	return resolve(b, s, TypeNATGateway, s.NATGateway, b.spec.NATGateways, "natGateways",
		func(g *spec.NATGateway) (string, string) { return g.Name, g.ResourceGroup })
}

// addNATGateway adds the NAT gateway of a subnet and its public addresses.
func (b *builder) addNATGateway(s *plan.Subnet) {
	r := b.natGatewayRef(s)
	if r.id == "" || IsID(s.NATGateway) || b.graph.Find(r.id) != nil {
		return
	}
	n := &Node{
		Type:     TypeNATGateway,
		Name:     segment(s.NATGateway),
		Scope:    r.scope,
		Regional: true,
		Path:     r.path,
		Tags:     b.tags(s.VNet),
	}
	if r.spec != nil {
		n.Name, n.Existing = segment(r.spec.Name), r.spec.Existing
	}
	if n.Existing {
		b.add(n)
		return
	}
	g := b.natSettings(r)
	props := &armnetwork.NatGatewayPropertiesFormat{IdleTimeoutInMinutes: optional(g.IdleTimeoutInMinutes)}
	for i := range g.PublicIPs {
		ip := b.addPublicIP(n, g, fmt.Sprintf("pip-%s-%d", n.Name, i+1), s.VNet)
		props.PublicIPAddresses = append(props.PublicIPAddresses, &armnetwork.SubResource{ID: ptr(ip.ID)})
	}
	if g.PublicIPPrefixLength > 0 {
		p := b.addPublicPrefix(n, g, "ippre-"+n.Name, s.VNet)
		props.PublicIPPrefixes = []*armnetwork.SubResource{{ID: ptr(p.ID)}}
	}
	n.Body = &armnetwork.NatGateway{
		Location: b.location(s.VNet), Tags: ptrs(n.Tags), Zones: list(g.Zones), Properties: props,
		SKU: &armnetwork.NatGatewaySKU{Name: ptr(armnetwork.NatGatewaySKUName(g.SKU))},
	}
	n.Comments = []string{natComment(g)}
	b.add(n)
}

// natSettings returns the settings of a NAT gateway in the spec, or of one that the plan creates for its clusters, with
// at least one public address.
func (b *builder) natSettings(r ref[spec.NATGateway]) spec.NATGateway {
	var g spec.NATGateway
	if r.spec != nil {
		g = *r.spec
	}
	for _, c := range b.clustersUsing(r.id) {
		own := c.Spec.NATGateway
		if r.spec == nil && c.OutboundType == aks.OutboundUserAssignedNATGateway {
			g.PublicIPs = max(g.PublicIPs, own.PublicIPs, c.Egress.OutboundIPs)
			g.IdleTimeoutInMinutes = cmp.Or(g.IdleTimeoutInMinutes, own.IdleTimeoutInMinutes)
			g.SKU = cmp.Or(g.SKU, own.SKU)
			if own.Zone != "" && len(g.Zones) == 0 {
				g.Zones = []string{string(own.Zone)}
			}
		}
	}
	g.SKU = cmp.Or(g.SKU, aks.NATStandard)
	if g.PublicIPs == 0 && g.PublicIPPrefixLength == 0 {
		g.PublicIPs = 1
	}
	return g
}

func natComment(g spec.NATGateway) string {
	ips := g.PublicIPs
	if g.PublicIPPrefixLength > 0 {
		ips += ipam.PrefixSize(g.PublicIPPrefixLength)
	}
	return fmt.Sprintf(
		"%d public %s %d SNAT ports.",
		ips,
		english.Plural(ips, "address gives", "addresses give"),
		ips*aks.NATPortsPerIP,
	)
}

// addPublicIP adds a public address for a NAT gateway. Its SKU must be the gateway's.
// [aks.PageNATGatewaySKUs] (read 2026-11-22)
func (b *builder) addPublicIP(gateway *Node, g spec.NATGateway, name string, v *plan.VNet) *Node {
	return b.add(&Node{
		Type: TypePublicIP, Name: name, Scope: gateway.Scope, Regional: true, Path: gateway.Path, Tags: gateway.Tags,
		Body: &armnetwork.PublicIPAddress{
			Location: b.location(v), Tags: ptrs(gateway.Tags), Zones: list(g.Zones),
			SKU: &armnetwork.PublicIPAddressSKU{
				Name: ptr(armnetwork.PublicIPAddressSKUName(g.SKU)),
				Tier: ptr(armnetwork.PublicIPAddressSKUTierRegional),
			},
			Properties: &armnetwork.PublicIPAddressPropertiesFormat{
				PublicIPAddressVersion:   ptr(armnetwork.IPVersionIPv4),
				PublicIPAllocationMethod: ptr(armnetwork.IPAllocationMethodStatic),
			},
		},
	})
}

func (b *builder) addPublicPrefix(gateway *Node, g spec.NATGateway, name string, v *plan.VNet) *Node {
	return b.add(&Node{
		Type: TypePrefix, Name: name, Scope: gateway.Scope, Regional: true, Path: gateway.Path, Tags: gateway.Tags,
		Body: &armnetwork.PublicIPPrefix{
			Location: b.location(v), Tags: ptrs(gateway.Tags), Zones: list(g.Zones),
			SKU: &armnetwork.PublicIPPrefixSKU{
				Name: ptr(armnetwork.PublicIPPrefixSKUName(g.SKU)),
				Tier: ptr(armnetwork.PublicIPPrefixSKUTierRegional),
			},
			Properties: &armnetwork.PublicIPPrefixPropertiesFormat{
				PrefixLength:           ptr(int32(g.PublicIPPrefixLength)),
				PublicIPAddressVersion: ptr(armnetwork.IPVersionIPv4),
			},
		},
	})
}

// optional returns nil for zero.
func optional(n int) *int32 {
	if n == 0 {
		return nil
	}
	return ptr(int32(n))
}
