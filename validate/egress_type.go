package validate

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
)

var outboundOwnVNet = &Rule{
	ID:          "EGR001",
	Title:       "outbound type that needs a network of your own",
	Severity:    Error,
	Explanation: "userAssignedNATGateway and userDefinedRouting work through what you attach to the subnets: a NAT gateway or a route table. A managed network has neither.",
	Source:      aks.PageOutboundTypes,
	Fix:         "loadBalancer, or a network of your own",
	Since:       "v0.1.0",
	Check:       checkOutboundOwnVNet,
}

func checkOutboundOwnVNet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if o, ok := p.outbound(c.OutboundType); ok && c.Spec.Managed() && !o.ManagedVNet {
			p.Report(c.Path+".outboundType", "outboundType %s needs a network of your own, the network of cluster %q is managed", c.OutboundType, c.Name).
				Put(aks.OutboundLoadBalancer)
		}
	}
}

var outboundManagedVNet = &Rule{
	ID:          "EGR002",
	Title:       "outbound type that needs a managed network",
	Severity:    Error,
	Explanation: "AKS makes a managed NAT gateway, and the rules of outbound type block, in a network of its own alone. In yours, attach a NAT gateway and use userAssignedNATGateway.",
	Source:      aks.PageNATGateway,
	Fix:         "userAssignedNATGateway",
	Since:       "v0.1.0",
	Check:       checkOutboundManagedVNet,
}

func checkOutboundManagedVNet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		o, ok := p.outbound(c.OutboundType)
		if !ok || c.Spec.Managed() || o.OwnVNet {
			continue
		}
		f := p.Report(c.Path+".outboundType", "outboundType %s needs a managed network, cluster %q has network %q", c.OutboundType, c.Name, c.VNet)
		if c.OutboundType == aks.OutboundBlock {
			f.Put(aks.OutboundNone).Advise("none, or leave the network to AKS with vnet: managed")
			continue
		}
		if c.Spec.DualStack() && c.Spec.NATGateway.SKU != aks.NATStandardV2 && !suppliedV2(p, c) {
			f.Put(aks.OutboundLoadBalancer).Advise("loadBalancer, or userAssignedNATGateway with natGateway: {sku: StandardV2}: the cluster is dual-stack")
			continue
		}
		f.Put(aks.OutboundUserAssignedNATGateway)
	}
}

var outboundPreview = &Rule{
	ID:       "EGR003",
	Title:    "outbound type in preview",
	Severity: Warning,
	Explanation: "managedNATGatewayV2 and block need a feature flag and the aks-preview extension, and carry no promise. The release notes of 2026-07-17 write the " +
		"former as managedNATGateway with natGatewayProfile.sku standardV2: which of the two your API version takes is for you to check.",
	Source: aks.PageOutboundTypes,
	Fix:    "use an outbound type that is generally available",
	Since:  "v0.1.0",
	Check:  checkOutboundPreview,
}

func checkOutboundPreview(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if o, ok := p.outbound(c.OutboundType); ok && o.Preview {
			f := p.Report(c.Path+".outboundType", "outboundType %s is a preview", c.OutboundType)
			if c.OutboundType == aks.OutboundManagedNATGatewayV2 && c.Spec.Managed() {
				f.Put(aks.OutboundManagedNATGateway)
			}
		}
	}
}

var outboundIsolated = &Rule{
	ID:       "EGR004",
	Title:    "no egress for a cluster that is not network isolated",
	Severity: Error,
	Explanation: "With outbound type none or block nodes reach nothing outside, not even what they are built from. Such a cluster must be network isolated: " +
		"bootstrapProfile.artifactSource Cache gives it a private registry cache.",
	Source: aks.PageIsolatedClusters,
	Fix:    "set bootstrapProfile: {artifactSource: Cache}",
	Since:  "v0.1.0",
	Check:  checkOutboundIsolated,
}

func checkOutboundIsolated(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if (c.OutboundType == aks.OutboundNone || c.OutboundType == aks.OutboundBlock) && c.Spec.BootstrapProfile.ArtifactSource != aks.ArtifactsCache {
			p.Report(c.Path+".outboundType", "outboundType %s leaves nodes of cluster %q without what they are built from", c.OutboundType, c.Name).
				PutAt(c.Path+".bootstrapProfile", "{artifactSource: Cache}").Azure(aks.CodeVMExtensionErrorOutboundConnFail, "")
		}
	}
}

var outboundNoneVersion = &Rule{
	ID:          "EGR005",
	Title:       "network isolated cluster on an old Kubernetes version",
	Severity:    Error,
	Explanation: "Network isolated clusters, and with them outbound type none, need Kubernetes 1.30 or newer.",
	Source:      aks.PageIsolatedClusters,
	Fix:         "1.30 or newer",
	Since:       "v0.1.0",
	Check:       checkOutboundNoneVersion,
}

func checkOutboundNoneVersion(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if (c.OutboundType == aks.OutboundNone || c.OutboundType == aks.OutboundBlock) && !c.Spec.KubernetesVersion.AtLeast(aks.OutboundNoneSince) {
			p.Report(c.Path+".kubernetesVersion", "outboundType %s needs Kubernetes %s, the cluster has %s", c.OutboundType, aks.OutboundNoneSince, c.KubernetesVersion).
				Put(`"` + aks.OutboundNoneSince + `"`)
		}
	}
}

var outboundBasic = &Rule{
	ID:          "EGR006",
	Title:       "outbound type with a Basic load balancer",
	Severity:    Error,
	Explanation: "Outbound types other than the default need a Standard load balancer, and a Basic one has no outbound settings.",
	Source:      aks.PageOutboundTypes,
	Fix:         "standard",
	Since:       "v0.1.0",
	Check:       checkOutboundBasic,
}

func checkOutboundBasic(p *Pass) {
	for i, c := range p.Plan.Clusters {
		if c.Spec.LoadBalancerSKU != aks.LoadBalancerBasic {
			continue
		}
		profile := p.Spec.Has(c.Path + ".loadBalancerProfile")
		if c.OutboundType != aks.OutboundLoadBalancer || profile || p.Spec.Clusters[i].AuthorizedIPRanges != nil {
			p.Report(c.Path+".loadBalancerSku", "loadBalancerSku basic goes with neither outboundType %s, loadBalancerProfile nor authorizedIPRanges", c.OutboundType).
				Put(aks.LoadBalancerStandard)
		}
	}
}

var outboundIdle = &Rule{
	ID:          "EGR007",
	Title:       "egress settings of another outbound type",
	Severity:    Warning,
	Explanation: "loadBalancerProfile, natGatewayProfile, natGateway and egress each belong to one outbound type; with another one they have no effect, or AKS refuses them.",
	Source:      aks.PageOutboundTypes,
	Fix:         "take the settings away, or change outboundType",
	Since:       "v0.1.0",
	Check:       checkOutboundIdle,
}

func checkOutboundIdle(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, s := range []struct {
			key   string
			types []aks.OutboundType
		}{
			{"natGatewayProfile", []aks.OutboundType{aks.OutboundManagedNATGateway, aks.OutboundManagedNATGatewayV2}},
			{"natGateway", []aks.OutboundType{aks.OutboundUserAssignedNATGateway}},
			{"egress", []aks.OutboundType{aks.OutboundUserDefinedRouting}},
		} {
			if path := c.Path + "." + s.key; !slices.Contains(s.types, c.OutboundType) && p.Spec.Has(path) {
				p.ReportKey(path, "%s belongs to outboundType %s, the cluster has %s", s.key, s.types[0], c.OutboundType).Remove()
			}
		}
		if c.OutboundType == aks.OutboundLoadBalancer {
			continue
		}
		for _, key := range []string{"managedOutboundIPs", "outboundIPs", "outboundIPPrefixes", "allocatedOutboundPorts", "idleTimeoutInMinutes"} {
			if path := c.Path + ".loadBalancerProfile." + key; p.Spec.Has(path) {
				p.ReportKey(path, "%s belongs to outboundType loadBalancer, the cluster has %s", key, c.OutboundType).Remove()
			}
		}
	}
}

var outboundNATName = &Rule{
	ID:       "EGR008",
	Title:    "StandardV2 NAT gateway in a spelling of newer APIs",
	Severity: Note,
	Explanation: "managedNATGateway with natGatewayProfile.sku standardV2 is how the release notes of 2026-07-17 write what the page calls outbound type " +
		"managedNATGatewayV2. It needs API 2026-06-01 or newer.",
	Source: aks.PageNATGateway,
	Fix:    "check that your tools speak API 2026-06-01, or set sku to Standard",
	Since:  "v0.1.0",
	Check:  checkOutboundNATName,
}

func checkOutboundNATName(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.OutboundType == aks.OutboundManagedNATGateway && c.Spec.NATGatewayProfile.SKU == aks.NATStandardV2 {
			p.Report(c.Path+".natGatewayProfile.sku", "sku StandardV2 of a managed NAT gateway needs API 2026-06-01").Put(aks.NATStandard)
		}
	}
}
