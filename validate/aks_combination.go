package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var staticEgressDualStack = &Rule{
	ID:          "AKS119",
	Title:       "static egress gateway with dual-stack",
	Severity:    Error,
	Explanation: "The static egress gateway supports IPv4 only, and no dual-stack clusters.",
	Source:      aks.PageStaticEgress,
	Fix:         "set staticEgressGateway: false, or set ipFamilies: [IPv4]",
	Since:       "v0.1.0",
	Check:       checkStaticEgressDualStack,
}

func checkStaticEgressDualStack(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.StaticEgressGateway && c.Spec.DualStack() {
			p.Report(Finding{
				Path:    c.Path + ".staticEgressGateway",
				Message: "the static egress gateway is not supported with dual-stack",
				Advice:  p.rule.Fix,
				Edit:    setAt(c.Path+".ipFamilies", "[IPv4]"),
			})
		}
	}
}

var advancedVersion = &Rule{
	ID:       "AKS125",
	Title:    "advanced network policies on an old Kubernetes version",
	Severity: Error,
	Explanation: english.Text("FQDN and layer-7 policies of advanced container networking services need Kubernetes %v "+
		"or newer.", aks.AdvancedPoliciesSince),
	Source: aks.PageFQDNPolicies,
	Fix:    "upgrade kubernetesVersion, or set advancedNetworkPolicies: None",
	Since:  "v0.1.0",
	Check:  checkAdvancedVersion,
}

func checkAdvancedVersion(p *Pass) {
	for _, c := range p.Plan.Clusters {
		a, v := c.Spec.AdvancedNetworking.AdvancedNetworkPolicies, c.Spec.KubernetesVersion
		if a != "" && a != aks.AdvancedPoliciesNone && !v.AtLeast(aks.AdvancedPoliciesSince) {
			p.Report(Finding{
				Path: c.Path + ".advancedNetworking.advancedNetworkPolicies",
				Message: fmt.Sprintf("advancedNetworkPolicies %s needs Kubernetes %s or newer; the cluster has %s", a,
					aks.AdvancedPoliciesSince, v),
				Advice: p.rule.Fix,
				Edit:   setAt(c.Path+".kubernetesVersion", `"`+aks.AdvancedPoliciesSince+`"`),
			})
		}
	}
}

var hostRouting = &Rule{
	ID:       "AKS126",
	Title:    "eBPF host routing is not supported by the cluster",
	Severity: Error,
	Explanation: english.Text("eBPF host routing (accelerationMode: BpfVeth) needs Kubernetes %v or newer, and Azure "+
		"Linux 3.0 or Ubuntu 24.04 on all nodes. It supports neither confidential virtual machines nor the static "+
		"egress gateway.", aks.HostRoutingSince),
	Source: aks.PageHostRouting,
	Fix:    "set accelerationMode: None, or correct what the message names",
	Since:  "v0.1.0",
	Check:  checkHostRouting,
}

func checkHostRouting(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.AdvancedNetworking.AccelerationMode != aks.AccelerationBPF {
			continue
		}
		report := func(format string, a ...any) {
			p.Report(Finding{
				Path:    c.Path + ".advancedNetworking.accelerationMode",
				Message: "eBPF host routing " + fmt.Sprintf(format, a...),
				Advice:  p.rule.Fix,
				Edit:    set(aks.AccelerationNone),
			})
		}
		if v := c.Spec.KubernetesVersion; !v.AtLeast(aks.HostRoutingSince) {
			report("needs Kubernetes %s or newer; the cluster has %s", aks.HostRoutingSince, v)
		}
		if c.Spec.StaticEgressGateway {
			report("is not supported with the static egress gateway")
		}
		for _, pool := range c.NodePools {
			if pool.OSType == aks.Linux && !routesOnHost(c, pool) {
				report("needs Azure Linux 3.0 or Ubuntu 24.04; pool %q has another image", pool.Name)
			}
			if aks.Confidential(pool.Spec.VMSize) {
				report("is not supported on confidential virtual machines (%s of pool %q)", pool.Spec.VMSize, pool.Name)
			}
		}
	}
}

// routesOnHost reports whether the image of a pool supports eBPF host routing.
func routesOnHost(c *plan.Cluster, pool *plan.NodePool) bool {
	v := versionOf(c, pool)
	switch pool.Spec.OSSKU {
	case aks.AzureLinux3, aks.Ubuntu2404:
		return true
	case aks.AzureLinux:
		return v.AtLeast(aks.AzureLinuxIs3Since)
	case aks.Ubuntu, "":
		return v.AtLeast(aks.UbuntuIs2404Since)
	}
	return false
}

var mutualTLS = &Rule{
	ID:       "AKS127",
	Title:    "mutual TLS of Cilium beside a feature that it does not support",
	Severity: Error,
	Explanation: "Mutual TLS of advanced container networking services (transitEncryption: mTLS) is in preview. It " +
		"supports neither the Istio add-on nor layer-4 and layer-7 policies, and no WireGuard.",
	Source: aks.PageMutualTLS,
	Fix:    "set transitEncryption: None, or remove the other feature",
	Since:  "v0.1.0",
	Check:  checkMutualTLS,
}

func checkMutualTLS(p *Pass) {
	for _, c := range p.Plan.Clusters {
		a := c.Spec.AdvancedNetworking
		if a.TransitEncryption != aks.EncryptionMTLS {
			continue
		}
		other := ""
		switch {
		case slices.Contains(c.Spec.Ingress, aks.IngressIstio):
			other = "the Istio add-on"
		case a.AdvancedNetworkPolicies == aks.AdvancedPoliciesL7:
			other = "layer-7 policies"
		default:
			continue
		}
		p.Report(Finding{
			Path:    c.Path + ".advancedNetworking.transitEncryption",
			Message: "transitEncryption mTLS is not supported with " + other,
			Advice:  p.rule.Fix,
			Edit:    set(aks.EncryptionNone),
		})
	}
}

var isolatedFeatures = &Rule{
	ID:       "AKS128",
	Title:    "network isolated cluster with a feature that it does not support",
	Severity: Error,
	Explanation: "A network isolated cluster (outbound type none or block) supports neither Windows pools nor kubenet, " +
		"and its node OS channel is NodeImage or None: other channels download packages from the Internet.",
	Source: aks.PageIsolatedClusters,
	Fix:    "remove what the message names, or choose another outboundType",
	Since:  "v0.1.0",
	Check:  checkIsolatedFeatures,
}

func checkIsolatedFeatures(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !closedEgress(c) {
			continue
		}
		if c.Model.Facts().OwnRouteTable {
			p.Report(Finding{
				Path:    c.Path + ".model",
				Message: fmt.Sprintf("model %s is not supported with outboundType %s", c.Model, c.OutboundType),
				Edit:    set(aks.Overlay),
			})
		}
		channel := c.Spec.AutoUpgradeProfile.NodeOSUpgradeChannel
		if channel == aks.ChannelSecurityPatch || channel == aks.ChannelUnmanaged {
			p.Report(Finding{
				Path: c.Path + ".autoUpgradeProfile.nodeOSUpgradeChannel",
				Message: fmt.Sprintf("nodeOSUpgradeChannel %s is not supported with outboundType %s", channel,
					c.OutboundType),
				Edit: set(aks.ChannelNodeImage),
			})
		}
		for _, pool := range c.NodePools {
			if pool.OSType == aks.Windows {
				p.Report(Finding{
					Path: pool.Path + ".osType",
					Message: fmt.Sprintf("Windows pool %q is not supported with outboundType %s", pool.Name,
						c.OutboundType),
					Advice: "remove the Windows pool, or choose another outboundType",
				})
			}
		}
	}
}

var gatewaySubnetReserved = &Rule{
	ID:       "AKS129",
	Title:    "reserved subnet name for an Application Gateway",
	Severity: Warning,
	Explanation: "The add-on of Application Gateway for Containers makes a subnet named " + aks.ReservedGatewaySubnet +
		" itself. AKS has rejected the name for the Application Gateway add-on since June 2026; a pull request says " +
		"so, the documentation does not yet.",
	Source: aks.PageReleaseNotes,
	Fix:    "rename the subnet",
	Since:  "v0.1.0",
	Check:  checkGatewaySubnetReserved,
}

func checkGatewaySubnetReserved(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		if s.Spec == nil || !strings.EqualFold(s.Name, aks.ReservedGatewaySubnet) {
			return
		}
		addOn := slices.ContainsFunc(p.clustersOf(s.VNet), func(c *plan.Cluster) bool {
			return slices.Contains(c.Spec.Ingress, aks.IngressApplicationGateway)
		})
		if addOn || s.Spec.Purpose == aks.ForApplicationGateway {
			p.Report(Finding{
				Path:    s.Path + ".name",
				Message: fmt.Sprintf("subnet name %q is reserved for the add-on of Application Gateway for Containers", s.Name),
				Edit:    set("snet-appgw"),
			})
		}
	})
}

var apiServerRegion = &Rule{
	ID:          "AKS130",
	Title:       "API Server VNet Integration is not available in the region",
	Severity:    Error,
	Explanation: "API Server VNet Integration is available in all public regions but those that the message names.",
	Source:      aks.PageAPIServerVNet,
	Fix:         "set apiServerVnetIntegration: false, or use another region",
	Since:       "v0.1.0",
	Check:       checkAPIServerRegion,
}

func checkAPIServerRegion(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.APIServerVnetIntegration && slices.Contains(aks.RegionsWithoutAPIServerVNet(), aks.RegionName(c.Location)) {
			p.Report(Finding{
				Path:    c.Path + ".apiServerVnetIntegration",
				Message: fmt.Sprintf("region %q has no API Server VNet Integration", c.Location),
				Edit:    set(false),
			})
		}
	}
}
