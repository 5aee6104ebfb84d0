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
	Explanation: "The node subnet must have a NAT gateway before the cluster is made. The plan attaches one to subnets that it makes; an existing subnet keeps " +
		"what it has.",
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
	Explanation: "Pods of model pod-subnet leave the network with addresses of their own: since 2023-08-06 AKS wants the NAT gateway on the pod subnet too, beside " +
		"the node subnet.",
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
				Path:       s.Path,
				Message:    fmt.Sprintf("subnet %q holds %s of cluster %q and has no NAT gateway", s.Name, what, c.Name),
				AzureError: &AzureError{Code: codeNoNAT, Message: "must have a NAT gateway associated for outbound connection"},
			})
			if len(p.Spec.NATGateways) > 0 {
				f.Edit = setAt(s.Path+".natGateway", p.Spec.NATGateways[0].Name)
			}
		}
	}
}

var natNoIPs = &Rule{
	ID:          "EGR032",
	Title:       "NAT gateway without public addresses",
	Severity:    Error,
	Explanation: "A NAT gateway without a public address or prefix translates nothing: its subnets have no way out.",
	Source:      aks.PageNATGatewaySKUs,
	Fix:         "set publicIPs to at least 1",
	Since:       "v0.1.0",
	Check:       checkNATNoIPs,
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
	ID:          "EGR033",
	Title:       "number of NAT gateway addresses out of range",
	Severity:    Error,
	Explanation: textf("A NAT gateway has 1 to %v public IPv4 addresses, whether AKS makes it or you.", aks.MaxNATPublicIPs),
	Source:      aks.PageNATGatewaySKUs,
	Fix:         "set publicIPs to a number that the message allows",
	Since:       "v0.1.0",
	Check:       checkNATIPs,
}

func checkNATIPs(p *Pass) {
	bound := func(path string, n int) {
		if p.Spec.Has(path) && (n < 1 || n > aks.MaxNATPublicIPs) {
			p.Report(Finding{
				Path:    path,
				Message: fmt.Sprintf("%s; a NAT gateway can have 1 to %d", english.Count(n, "public address"), aks.MaxNATPublicIPs),
				Edit:    set(min(max(n, 1), aks.MaxNATPublicIPs)),
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		bound(c.Path+".natGatewayProfile.managedOutboundIPs", c.Spec.NATGatewayProfile.ManagedOutboundIPs)
		bound(c.Path+".natGateway.publicIPs", c.Spec.NATGateway.PublicIPs)
	}
	for i, g := range p.Spec.NATGateways {
		if g.PublicIPs > 0 {
			bound(indexed("natGateways", i)+".publicIPs", g.PublicIPs)
		}
	}
}

var natIdle = &Rule{
	ID:          "EGR034",
	Title:       "idle timeout of the NAT gateway out of range",
	Severity:    Error,
	Explanation: textf("A NAT gateway drops idle TCP flows after %v to %v minutes; %v is the default. UDP is fixed at 4.", aks.MinIdleTimeout, aks.MaxIdleTimeout, aks.DefaultNATIdleTimeout),
	Source:      aks.PageNATGateway,
	Fix:         "set idleTimeoutInMinutes to a number that the message allows",
	Since:       "v0.1.0",
	Check:       checkNATIdle,
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
	ID:          "EGR035",
	Title:       "availability zones do not match the NAT gateway's SKU",
	Severity:    Error,
	Explanation: "A Standard NAT gateway is in one zone or in none; a StandardV2 one spans all zones and takes none.",
	Source:      aks.PageNATGatewaySKUs,
	Fix:         "set one zone for sku Standard, and remove zones for StandardV2",
	Since:       "v0.1.0",
	Check:       checkNATZones,
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
				Path:    path,
				Message: fmt.Sprintf("NAT gateway %q is Standard and can be in only one zone, but has %s", g.Name, english.Count(len(g.Zones), "zone")),
				Edit:    set(`["` + g.Zones[0] + `"]`),
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		if g := c.Spec.NATGateway; g.SKU == aks.NATStandardV2 && g.Zone != "" {
			p.Report(Finding{
				Path:    c.Path + ".natGateway.zone",
				Message: "a StandardV2 NAT gateway is in all zones by itself",
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var natRegion = &Rule{
	ID:          "EGR036",
	Title:       "StandardV2 NAT gateway in a region without it",
	Severity:    Error,
	Explanation: "StandardV2 NAT gateways do not exist in every region; the list is that of the page's text of 2026-07-27.",
	Source:      aks.PageNATGatewaySKUs,
	Fix:         "set sku: Standard, or use another region",
	Since:       "v0.1.0",
	Check:       checkNATRegion,
}

func checkNATRegion(p *Pass) {
	missing := regionsWithoutV2()
	without := func(location string) bool {
		return slices.Contains(missing, strings.ToLower(strings.ReplaceAll(location, " ", "")))
	}
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
	ID:          "EGR037",
	Title:       "dual-stack behind a Standard NAT gateway",
	Severity:    Error,
	Explanation: "A Standard NAT gateway translates IPv4 alone; dual-stack clusters need a StandardV2 one or another outbound type.",
	Source:      aks.PageOverlaySetup,
	Fix:         "set sku: StandardV2 on the NAT gateway, or set outboundType: loadBalancer",
	Since:       "v0.1.0",
	Check:       checkNATDualStack,
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
	Explanation: "A NAT gateway serves subnets of one virtual network.",
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
					Path:    indexed(indexed("vnets", i)+".subnets", j) + ".natGateway",
					Message: fmt.Sprintf("NAT gateway %q is on subnets of networks %q and %q", s.NATGateway, other, v.Name),
					Edit:    Edit{Remove: true},
				})
				continue
			}
			first[name] = v.Name
		}
	}
}

var natIgnored = &Rule{
	ID:       "EGR040",
	Title:    "NAT gateway with another outbound type",
	Severity: Note,
	Explanation: "A NAT gateway on the node subnet takes precedence over the load balancer's outbound rules, whose addresses and ports then serve nothing. " +
		"outboundType userAssignedNATGateway says what happens.",
	Source: aks.PageOutboundTypes,
	Fix:    "set outboundType: userAssignedNATGateway, or remove natGateway from the subnet",
	Since:  "v0.1.0",
	Check:  checkNATIgnored,
}

func checkNATIgnored(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.OutboundType != aks.OutboundLoadBalancer {
			continue
		}
		for _, s := range c.NodeSubnets() {
			if s.Spec != nil && s.Spec.NATGateway != "" {
				p.Report(Finding{
					Path:    nearest(p, c.Path+".outboundType", c.Path+".nodeSubnet", c.Path),
					Message: fmt.Sprintf("subnet %q has NAT gateway %q, but outboundType of cluster %q is loadBalancer", s.Name, s.NATGateway, c.Name),
					Advice:  p.rule.Fix,
					Edit:    setAt(c.Path+".outboundType", aks.OutboundUserAssignedNATGateway),
				})
				break
			}
		}
	}
}
