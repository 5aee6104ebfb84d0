package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

const codeNoNAT = aks.CodeSubnetNotAssociatedWithNATGateway

var natMissing = &Rule{
	ID:       "EGR030",
	Title:    "userAssignedNATGateway without a NAT gateway on the node subnet",
	Severity: Error,
	Explanation: "The node subnet must have a NAT gateway before the cluster is created. The plan " +
		"attaches one to the subnets that it creates; an existing subnet keeps its attachments.",
	Source: aks.PageOutboundTypes,
	Fix:    "attach a NAT gateway to the subnet, and set natGateway to it",
	Since:  "v0.1.0",
	Check:  checkNATMissing,
}

func checkNATMissing(p *Pass) { reportNoNAT(p, (*plan.Cluster).NodeSubnets, "nodes") }

var natMissingPods = &Rule{
	ID:       "EGR031",
	Title:    "userAssignedNATGateway without a NAT gateway on the pod subnet",
	Severity: Error,
	Explanation: "With model pod-subnet, pods leave the network with their own addresses. Since " +
		"2023-08-06 AKS requires the NAT gateway on the pod subnet as well as on the node subnet.",
	Source: aks.PageReleaseNotes,
	Fix:    "attach a NAT gateway to the subnet, and set natGateway to it",
	Since:  "v0.1.0",
	Check:  checkNATMissingPods,
}

func checkNATMissingPods(p *Pass) { reportNoNAT(p, (*plan.Cluster).PodSubnets, "pods") }

func reportNoNAT(p *Pass, of func(*plan.Cluster) []*plan.Subnet, what string) {
	for _, c := range p.Plan.Clusters {
		if c.OutboundType != aks.OutboundUserAssignedNATGateway {
			continue
		}
		for _, s := range of(c) {
			if s.Spec == nil || s.NATGateway != "" {
				continue
			}
			f := p.Report(Finding{
				Path:    s.Path,
				Message: fmt.Sprintf("subnet %q holds %s of cluster %q but has no NAT gateway", s.Name, what, c.Name),
				AzureError: &AzureError{
					Code:    codeNoNAT,
					Message: "must have a NAT gateway associated for outbound connection",
				},
			})
			if len(p.Spec.NATGateways) > 0 {
				f.Edit = setAt(s.Path+".natGateway", p.Spec.NATGateways[0].Name)
			}
		}
	}
}

var natNoIPs = &Rule{
	ID:       "EGR032",
	Title:    "NAT gateway without public addresses",
	Severity: Error,
	Explanation: "A NAT gateway without a public address or prefix translates nothing, so its subnets " +
		"have no outbound connectivity.",
	Source: aks.PageNATGatewaySKUs,
	Fix:    "set publicIPs to at least 1",
	Since:  "v0.1.0",
	Check:  checkNATNoIPs,
}

func checkNATNoIPs(p *Pass) {
	for i, g := range p.Spec.NATGateways {
		if !g.Existing && g.PublicIPs == 0 && g.PublicIPPrefixLength == 0 {
			p.Report(Finding{
				Path:    nearest(p, indexed("natGateways", i)+".publicIPs", indexed("natGateways", i)),
				Message: fmt.Sprintf("NAT gateway %q has neither publicIPs nor publicIPPrefixLength", g.Name),
				Edit:    setAt(indexed("natGateways", i)+".publicIPs", 1),
			})
		}
	}
}

var natIPs = &Rule{
	ID:       "EGR033",
	Title:    "number of NAT gateway addresses out of range",
	Severity: Error,
	Explanation: english.Text("A NAT gateway has 1 to %v public addresses of each family, whether you or AKS create it.",
		aks.MaxNATPublicIPs),
	Source: aks.PageNATGatewaySKUs,
	Fix:    "set publicIPs to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkNATIPs,
}

func checkNATIPs(p *Pass) {
	bound := func(path string, n int) {
		if p.Spec.Has(path) && (n < 1 || n > aks.MaxNATPublicIPs) {
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("%s; a NAT gateway can have 1 to %d", english.Count(n, "public address"),
					aks.MaxNATPublicIPs),
				Edit: set(min(max(n, 1), aks.MaxNATPublicIPs)),
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		bound(c.Path+".natGatewayProfile.managedOutboundIPs", c.Spec.NATGatewayProfile.ManagedOutboundIPs)
		bound(c.Path+".natGatewayProfile.managedOutboundIPv6s", c.Spec.NATGatewayProfile.ManagedOutboundIPv6s)
		bound(c.Path+".natGateway.publicIPs", c.Spec.NATGateway.PublicIPs)
	}
	for i, g := range p.Spec.NATGateways {
		if g.PublicIPs > 0 {
			bound(indexed("natGateways", i)+".publicIPs", g.PublicIPs)
		}
	}
}

var natIdle = &Rule{
	ID:       "EGR034",
	Title:    "NAT gateway idle timeout out of range",
	Severity: Error,
	Explanation: english.Text("A NAT gateway drops idle TCP flows after %v to %v minutes; the default is %v. "+
		"For UDP the timeout is always 4 minutes.",
		aks.MinIdleTimeout, aks.MaxIdleTimeout, aks.DefaultNATIdleTimeout),
	Source: aks.PageNATGateway,
	Fix:    "set idleTimeoutInMinutes to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkNATIdle,
}

func checkNATIdle(p *Pass) {
	for _, c := range p.Plan.Clusters {
		boundIdle(p, c.Path+".natGatewayProfile.idleTimeoutInMinutes", c.Spec.NATGatewayProfile.IdleTimeoutInMinutes)
		boundIdle(p, c.Path+".natGateway.idleTimeoutInMinutes", c.Spec.NATGateway.IdleTimeoutInMinutes)
	}
	for i, g := range p.Spec.NATGateways {
		boundIdle(p, indexed("natGateways", i)+".idleTimeoutInMinutes", g.IdleTimeoutInMinutes)
	}
}

var natZones = &Rule{
	ID:       "EGR035",
	Title:    "availability zones do not match the NAT gateway's SKU",
	Severity: Error,
	Explanation: "A Standard NAT gateway is in one zone or in no zone. A StandardV2 NAT gateway spans " +
		"all zones and does not accept zones.",
	Source: aks.PageNATGatewaySKUs,
	Fix:    "set one zone for sku Standard, and remove zones for StandardV2",
	Since:  "v0.1.0",
	Check:  checkNATZones,
}

func checkNATZones(p *Pass) {
	for i, g := range p.Spec.NATGateways {
		path := indexed("natGateways", i) + ".zones"
		switch {
		case g.SKU == aks.NATStandardV2 && len(g.Zones) > 0:
			p.Report(Finding{
				Path:    path,
				Message: fmt.Sprintf("NAT gateway %q is StandardV2, which is always in all zones", g.Name),
				Edit:    Edit{Remove: true},
			})
		case g.SKU != aks.NATStandardV2 && len(g.Zones) > 1:
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("NAT gateway %q is Standard and can be in only one zone, but has %s", g.Name,
					english.Count(len(g.Zones), "zone")),
				Edit: set(`["` + g.Zones[0] + `"]`),
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		if g := c.Spec.NATGateway; g.SKU == aks.NATStandardV2 && g.Zone != "" {
			p.Report(Finding{
				Path:    c.Path + ".natGateway.zone",
				Message: "a StandardV2 NAT gateway is always in all zones",
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var natRegion = &Rule{
	ID:       "EGR036",
	Title:    "StandardV2 NAT gateway in an unsupported region",
	Severity: Error,
	Explanation: "StandardV2 NAT gateways are not available in every region; the list is from the page's " +
		"text of 2026-07-27.",
	Source: aks.PageNATGatewaySKUs,
	Fix:    "set sku: Standard, or use another region",
	Since:  "v0.1.0",
	Check:  checkNATRegion,
}

func checkNATRegion(p *Pass) {
	missing := regionsWithoutV2()
	without := func(location string) bool {
		return slices.Contains(missing, aks.RegionName(location))
	}
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		if a.key != "natGateway" || a.index < 0 || p.Spec.NATGateways[a.index].SKU != aks.NATStandardV2 ||
			!without(s.VNet.Location) {
			return
		}
		p.Report(Finding{
			Path:    s.Path + ".natGateway",
			Message: fmt.Sprintf("region %q of network %q has no StandardV2 NAT gateways", s.VNet.Location, s.VNet.Name),
			Edit:    setAt(indexed("natGateways", a.index)+".sku", aks.NATStandard),
		})
	})
	for _, c := range p.Plan.Clusters {
		if !without(c.Location) {
			continue
		}
		if c.Spec.NATGateway.SKU == aks.NATStandardV2 {
			p.Report(Finding{
				Path:    c.Path + ".natGateway.sku",
				Message: fmt.Sprintf("region %q has no StandardV2 NAT gateways", c.Location),
				Edit:    set(aks.NATStandard),
			})
		}
		if c.Spec.NATGatewayProfile.SKU == aks.NATStandardV2 {
			p.Report(Finding{
				Path:    c.Path + ".natGatewayProfile.sku",
				Message: fmt.Sprintf("region %q has no StandardV2 NAT gateways", c.Location),
				Edit:    set(aks.NATStandard),
			})
		}
		if c.OutboundType == aks.OutboundManagedNATGatewayV2 {
			p.Report(Finding{
				Path:    c.Path + ".outboundType",
				Message: fmt.Sprintf("region %q has no StandardV2 NAT gateways", c.Location),
				Edit:    set(aks.OutboundManagedNATGateway),
			})
		}
	}
}

func regionsWithoutV2() (out []string) {
	for _, sku := range aks.NATSKUs() {
		out = append(out, sku.NotInRegions...)
	}
	return out
}

var natDualStack = &Rule{
	ID:       "EGR037",
	Title:    "dual-stack cluster behind a Standard NAT gateway",
	Severity: Error,
	Explanation: "A Standard NAT gateway translates only IPv4. Dual-stack clusters need a StandardV2 NAT " +
		"gateway or another outbound type.",
	Source: aks.PageOverlaySetup,
	Fix:    "set sku: StandardV2 on the NAT gateway, or set outboundType: loadBalancer",
	Since:  "v0.1.0",
	Check:  checkNATDualStack,
}

func checkNATDualStack(p *Pass) {
	for _, c := range p.Plan.Clusters {
		key, sku := "natGatewayProfile", c.Spec.NATGatewayProfile.SKU
		switch c.OutboundType {
		case aks.OutboundUserAssignedNATGateway:
			key, sku = "natGateway", c.Spec.NATGateway.SKU
		case aks.OutboundManagedNATGateway:
		default:
			continue
		}
		if c.Spec.DualStack() && sku != aks.NATStandardV2 && !suppliedV2(p, c) {
			p.Report(Finding{
				Path:    nearest(p, c.Path+"."+key+".sku", c.Path+".outboundType"),
				Message: fmt.Sprintf("cluster %q is dual-stack, but its NAT gateway is Standard", c.Name),
				Edit:    setAt(c.Path+"."+key+".sku", string(aks.NATStandardV2)),
			})
		}
	}
}

var natTwoNetworks = &Rule{
	ID:          "EGR038",
	Title:       "NAT gateway used in two networks",
	Severity:    Error,
	Explanation: "A NAT gateway can serve subnets of only one virtual network.",
	Source:      aks.PageNATGatewaySKUs,
	Fix:         "use one NAT gateway per network",
	Since:       "v0.1.0",
	Check:       checkNATTwoNetworks,
}

func checkNATTwoNetworks(p *Pass) {
	first := map[string]string{}
	for i, v := range p.Spec.VNets {
		for j, s := range v.Subnets {
			name := strings.ToLower(s.NATGateway)
			if name == "" {
				continue
			}
			if other, ok := first[name]; ok && !strings.EqualFold(other, v.Name) {
				p.Report(Finding{
					Path: indexed(indexed("vnets", i)+".subnets", j) + ".natGateway",
					Message: fmt.Sprintf("NAT gateway %q is attached to subnets of networks %q and %q", s.NATGateway,
						other, v.Name),
					Edit: Edit{Remove: true},
				})
				continue
			}
			first[name] = v.Name
		}
	}
}

var natIgnored = &Rule{
	ID:       "EGR040",
	Title:    "node subnet whose egress is not that of outboundType",
	Severity: Note,
	Explanation: "A default route to an appliance or gateway takes precedence over a NAT gateway, and a NAT gateway " +
		"over the load balancer's outbound rules, whatever outboundType is. The addresses and ports of the others are " +
		"unused, and with outboundType none a NAT gateway gives nodes egress.",
	Source: aks.PageOutboundTypes,
	Fix:    "set outboundType to what the subnet has, or remove natGateway or routeTable from the subnet",
	Since:  "v0.1.0",
	Check:  checkNATIgnored,
}

func checkNATIgnored(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, s := range c.NodeSubnets() {
			what, is := p.egressOf(s)
			if s.Spec == nil || is == "" || is == c.OutboundType || !p.otherEgress(c, is) {
				continue
			}
			p.Report(Finding{
				Path: nearest(p, c.Path+".outboundType", c.Path+".nodeSubnet", c.Path),
				Message: fmt.Sprintf("subnet %q has %s, but outboundType of cluster %q is %s", s.Name, what, c.Name,
					c.OutboundType),
				Advice: p.rule.Fix,
				Edit:   setAt(c.Path+".outboundType", is),
			})
			break
		}
	}
}

// otherEgress reports whether a cluster's outbound type says otherwise than what its subnet has. A NAT gateway behind
// a default route is not used, and neither is any outbound type but the one of the subnet.
func (p *Pass) otherEgress(c *plan.Cluster, is aks.OutboundType) bool {
	o, _ := p.outboundFacts(c.OutboundType)
	return o.OwnVNet && (is == aks.OutboundUserDefinedRouting || c.OutboundType != aks.OutboundUserDefinedRouting)
}

// egressOf returns how hosts of a subnet reach the Internet by what the spec attaches to it, and the outbound type that
// means the same; nothing if the spec attaches nothing.
func (p *Pass) egressOf(s *plan.Subnet) (string, aks.OutboundType) {
	if t, _ := ownTable(p, s); t != nil {
		i := routeTo(t, defaultRoute4)
		if i >= 0 && (t.Routes[i].NextHopType == aks.HopAppliance || t.Routes[i].NextHopType == aks.HopGateway) {
			return fmt.Sprintf("a default route in route table %q", t.Name), aks.OutboundUserDefinedRouting
		}
	}
	if s.Spec != nil && s.Spec.NATGateway != "" {
		return fmt.Sprintf("NAT gateway %q", lastOfID(s.NATGateway)), aks.OutboundUserAssignedNATGateway
	}
	return "", ""
}

var natManagedOwn = &Rule{
	ID:          "EGR060",
	Title:       "managed NAT gateway with its own and your addresses",
	Severity:    Error,
	Explanation: "The addresses of a managed NAT gateway are created by AKS, or they are yours, never both.",
	Source:      aks.PageNATGateway,
	Fix:         "remove managedOutboundIPs and managedOutboundIPv6s, or remove your own addresses",
	Since:       "v0.1.0",
	Check:       checkNATManagedOwn,
}

func checkNATManagedOwn(p *Pass) {
	for _, c := range p.Plan.Clusters {
		s, path := c.Spec.NATGatewayProfile, c.Path+".natGatewayProfile"
		if len(s.OutboundIPs)+len(s.OutboundIPPrefixes) == 0 {
			continue
		}
		for _, key := range []string{".managedOutboundIPs", ".managedOutboundIPv6s"} {
			if p.Spec.Has(path + key) {
				p.Report(Finding{
					Path:    path + key,
					Message: "natGatewayProfile has addresses of your own, and asks AKS to create others",
					Edit:    Edit{Remove: true},
				})
			}
		}
	}
}

var natNeedsV2 = &Rule{
	ID:       "EGR061",
	Title:    "setting of a managed NAT gateway needs SKU StandardV2",
	Severity: Error,
	Explanation: "Addresses of your own and IPv6 addresses are settings of a managed NAT gateway of SKU StandardV2. A " +
		"Standard one has IPv4 addresses that AKS creates.",
	Source: aks.PageNATGateway,
	Fix:    "set natGatewayProfile.sku: StandardV2, or remove the setting",
	Since:  "v0.1.0",
	Check:  checkNATNeedsV2,
}

func checkNATNeedsV2(p *Pass) {
	for _, c := range p.Plan.Clusters {
		s, path := c.Spec.NATGatewayProfile, c.Path+".natGatewayProfile"
		if c.OutboundType != aks.OutboundManagedNATGateway || s.SKU == aks.NATStandardV2 {
			continue
		}
		for _, key := range []string{".outboundIPs", ".outboundIPPrefixes", ".managedOutboundIPv6s"} {
			if p.Spec.Has(path + key) {
				p.Report(Finding{
					Path:    path + key,
					atKey:   true,
					Message: fmt.Sprintf("natGatewayProfile%s needs sku StandardV2", key),
					Edit:    setAt(path+".sku", aks.NATStandardV2),
				})
			}
		}
	}
}

var natIPv6 = &Rule{
	ID:          "EGR062",
	Title:       "IPv6 addresses of a NAT gateway without dual-stack",
	Severity:    Warning,
	Explanation: "A single-stack cluster sends no IPv6 packets, so the addresses cost money and have no effect.",
	Source:      aks.PageNATGateway,
	Fix:         "remove managedOutboundIPv6s, or set ipFamilies: [IPv4, IPv6]",
	Since:       "v0.1.0",
	Check:       checkNATIPv6,
}

func checkNATIPv6(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.NATGatewayProfile.ManagedOutboundIPv6s > 0 && !c.Spec.DualStack() {
			p.Report(Finding{
				Path:    c.Path + ".natGatewayProfile.managedOutboundIPv6s",
				Message: fmt.Sprintf("cluster %q has IPv6 outbound addresses, but no IPv6", c.Name),
				Advice:  p.rule.Fix,
				Edit:    Edit{Remove: true},
			})
		}
	}
}
