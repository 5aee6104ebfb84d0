package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var outboundOwnVNet = &Rule{
	ID:       "EGR001",
	Title:    "outbound type needs your own network",
	Severity: Error,
	Explanation: "userAssignedNATGateway and userDefinedRouting depend on what you attach to the " +
		"subnets: a NAT gateway or a route table. A managed network has neither.",
	Source: aks.PageOutboundTypes,
	Fix:    "set outboundType: loadBalancer, or set vnet to your own network",
	Since:  "v0.1.0",
	Check:  checkOutboundOwnVNet,
}

func checkOutboundOwnVNet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if o, ok := p.outboundFacts(c.OutboundType); ok && c.Spec.Managed() && !o.ManagedVNet {
			p.Report(Finding{
				Path: c.Path + ".outboundType",
				Message: fmt.Sprintf("outboundType %s needs your own network, but the network of cluster %q is managed",
					c.OutboundType, c.Name),
				Advice: p.rule.Fix,
				Edit:   set(aks.OutboundLoadBalancer),
			})
		}
	}
}

var outboundManagedVNet = &Rule{
	ID:       "EGR002",
	Title:    "outbound type needs a managed network",
	Severity: Error,
	Explanation: "AKS creates a managed NAT gateway, and the rules of outbound type block, only in a " +
		"managed network. In your own network, attach a NAT gateway and use userAssignedNATGateway.",
	Source: aks.PageNATGateway,
	Fix:    "set outboundType: userAssignedNATGateway, or set vnet: managed",
	Since:  "v0.1.0",
	Check:  checkOutboundManagedVNet,
}

func checkOutboundManagedVNet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		o, ok := p.outboundFacts(c.OutboundType)
		if !ok || c.Spec.Managed() || o.OwnVNet {
			continue
		}
		f := p.Reportf(c.Path+".outboundType",
			"outboundType %s needs a managed network, but cluster %q uses network %q", c.OutboundType, c.Name,
			c.VNetName)
		f.AzureError = customVNetError(c)
		if c.OutboundType == aks.OutboundBlock {
			f.Edit = set(aks.OutboundNone)
			f.Advice = "set outboundType: none, or set vnet: managed"
			continue
		}
		if c.Spec.DualStack() && c.Spec.NATGateway.SKU != aks.NATStandardV2 && !suppliedV2(p, c) {
			f.Edit = set(aks.OutboundLoadBalancer)
			f.Advice = "set outboundType: loadBalancer, or userAssignedNATGateway " +
				"with natGateway: {sku: StandardV2}, because the cluster is dual-stack"
			continue
		}
		f.Edit = set(aks.OutboundUserAssignedNATGateway)
	}
}

// customVNetError returns Azure's answer to a managed NAT gateway in a network of the user's; none is known for other
// outbound types.
func customVNetError(c *plan.Cluster) *AzureError {
	if c.OutboundType != aks.OutboundManagedNATGateway || len(c.NodePools) == 0 {
		return nil
	}
	return &AzureError{Code: aks.CodeInvalidParameter}
}

var outboundPreview = &Rule{
	ID:       "EGR003",
	Title:    "outbound type in preview",
	Severity: Warning,
	Explanation: "managedNATGatewayV2 and block need a feature flag and the aks-preview extension, and " +
		"come without guarantees. The release notes of 2026-07-17 write the former as managedNATGateway with " +
		"natGatewayProfile.sku standardV2: check which of the two your API version accepts.",
	Source: aks.PageOutboundTypes,
	Fix:    "choose an outboundType that is generally available",
	Since:  "v0.1.0",
	Check:  checkOutboundPreview,
}

func checkOutboundPreview(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if o, ok := p.outboundFacts(c.OutboundType); ok && o.Preview {
			f := p.Reportf(c.Path+".outboundType", "outboundType %s is in preview", c.OutboundType)
			if c.OutboundType == aks.OutboundManagedNATGatewayV2 && c.Spec.Managed() {
				f.Edit = set(aks.OutboundManagedNATGateway)
			}
		}
	}
}

var outboundIsolated = &Rule{
	ID:       "EGR004",
	Title:    "outbound type none or block without network isolation",
	Severity: Error,
	Explanation: "With outbound type none or block, nodes cannot reach anything outside the network, so " +
		"they cannot download what they need to start. Such a cluster must be network isolated: " +
		"bootstrapProfile.artifactSource Cache gives it a private registry cache. AKS rejects the cluster before it " +
		"creates a node.",
	Source: aks.PageIsolatedClusters,
	Fix:    "set bootstrapProfile: {artifactSource: Cache}, or choose another outboundType",
	Since:  "v0.1.0",
	Check:  checkOutboundIsolated,
}

func checkOutboundIsolated(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if closedEgress(c) && c.Spec.BootstrapProfile.ArtifactSource != aks.ArtifactsCache {
			p.Report(Finding{
				Path: c.Path + ".outboundType",
				Message: fmt.Sprintf(
					"with outboundType %s, nodes of cluster %q cannot download what they need to start",
					c.OutboundType, c.Name),
				Edit: setAt(c.Path+".bootstrapProfile", "{artifactSource: Cache}"),
				AzureError: &AzureError{
					Code:    aks.CodeInvalidNetworkIsolatedClusterConfiguration,
					Message: "When outbound type is none or block, bootstrapProfile.artifactSource must be Cache",
				},
			})
		}
	}
}

var outboundNoneVersion = &Rule{
	ID:       "EGR005",
	Title:    "network isolated cluster on an old Kubernetes version",
	Severity: Error,
	Explanation: english.Text("Network isolated clusters, and therefore outbound type none, need Kubernetes %v "+
		"or newer.", aks.OutboundNoneSince),
	Source: aks.PageIsolatedClusters,
	Fix:    "upgrade kubernetesVersion to one that supports network isolation",
	Since:  "v0.1.0",
	Check:  checkOutboundNoneVersion,
}

func checkOutboundNoneVersion(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if closedEgress(c) && !c.Spec.KubernetesVersion.AtLeast(aks.OutboundNoneSince) {
			p.Report(Finding{
				Path: c.Path + ".kubernetesVersion",
				Message: fmt.Sprintf("outboundType %s needs Kubernetes %s or newer; the cluster has %s", c.OutboundType,
					aks.OutboundNoneSince, c.KubernetesVersion),
				Edit: set(`"` + aks.OutboundNoneSince + `"`),
			})
		}
	}
}

var outboundBasic = &Rule{
	ID:       "EGR006",
	Title:    "outbound type with a Basic load balancer",
	Severity: Error,
	Explanation: "Outbound types other than the default need a Standard load balancer; a Basic one has " +
		"no outbound settings.",
	Source: aks.PageOutboundTypes,
	Fix:    "set loadBalancerSku: standard",
	Since:  "v0.1.0",
	Check:  checkOutboundBasic,
}

func checkOutboundBasic(p *Pass) {
	for i, c := range p.Plan.Clusters {
		if c.Spec.LoadBalancerSKU != aks.LoadBalancerBasic {
			continue
		}
		profile := p.Spec.Has(c.Path + ".loadBalancerProfile")
		if c.OutboundType != aks.OutboundLoadBalancer || profile || p.Spec.Clusters[i].AuthorizedIPRanges != nil {
			p.Report(Finding{
				Path: c.Path + ".loadBalancerSku",
				Message: fmt.Sprintf(
					"loadBalancerSku basic does not support outboundType %s, loadBalancerProfile or authorizedIPRanges",
					c.OutboundType),
				Edit: set(aks.LoadBalancerStandard),
			})
		}
	}
}

var outboundIdle = &Rule{
	ID:       "EGR007",
	Title:    "egress settings for another outbound type",
	Severity: Warning,
	Explanation: "loadBalancerProfile, natGatewayProfile, natGateway and egress each apply to one " +
		"outbound type. With another type they have no effect, or AKS rejects them.",
	Source: aks.PageOutboundTypes,
	Fix:    "remove the settings, or change outboundType",
	Since:  "v0.1.0",
	Check:  checkOutboundIdle,
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
				p.Report(Finding{
					Path:  path,
					atKey: true,
					Message: fmt.Sprintf("%s applies only to outboundType %s; the cluster has %s", s.key, s.types[0],
						c.OutboundType),
					Edit: Edit{Remove: true},
				})
			}
		}
		if c.OutboundType == aks.OutboundLoadBalancer {
			continue
		}
		for _, key := range []string{
			"managedOutboundIPs", "outboundIPs", "outboundIPPrefixes", "allocatedOutboundPorts", "idleTimeoutInMinutes",
		} {
			if path := c.Path + ".loadBalancerProfile." + key; p.Spec.Has(path) {
				p.Report(Finding{
					Path:  path,
					atKey: true,
					Message: fmt.Sprintf("%s applies only to outboundType loadBalancer; the cluster has %s", key,
						c.OutboundType),
					Edit: Edit{Remove: true},
				})
			}
		}
	}
}

var outboundNATName = &Rule{
	ID:       "EGR008",
	Title:    "StandardV2 NAT gateway in the syntax of a newer API",
	Severity: Note,
	Explanation: "The release notes of 2026-07-17 write managedNATGateway with natGatewayProfile.sku " +
		"standardV2 for what the page calls outbound type managedNATGatewayV2. This syntax needs API 2026-06-01 or " +
		"newer.",
	Source: aks.PageNATGateway,
	Fix:    "check that your tools support the API version, or set sku: Standard",
	Since:  "v0.1.0",
	Check:  checkOutboundNATName,
}

func checkOutboundNATName(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.OutboundType == aks.OutboundManagedNATGateway && c.Spec.NATGatewayProfile.SKU == aks.NATStandardV2 {
			p.Report(Finding{
				Path:    c.Path + ".natGatewayProfile.sku",
				Message: "sku StandardV2 of a managed NAT gateway needs API 2026-06-01",
				Edit:    set(aks.NATStandard),
			})
		}
	}
}
