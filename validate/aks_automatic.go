package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var automaticFixed = &Rule{
	ID: "AKS142", Title: "setting that AKS Automatic fixes", Severity: Error,
	Explanation: "sku Automatic comes with overlay, the Cilium data plane and policy engine, the Standard tier, API " +
		"Server VNet Integration, node auto-provisioning and LocalDNS, and its nodes take new images by channel NodeImage. " +
		"None of it can be set otherwise, and node auto-provisioning supports neither IPv6, nor service principals, nor a " +
		"Basic load balancer.",
	Fix: "remove the setting, or set sku: Base", Source: aks.PageAutomatic, Since: "v0.1.0",
	Check: checkAutomaticFixed,
}

// automatic returns the clusters of the SKU Automatic.
func automatic(p *plan.Plan) (out []*plan.Cluster) {
	for _, c := range p.Clusters {
		if c.Spec.SKU == aks.SKUAutomatic {
			out = append(out, c)
		}
	}
	return out
}

func checkAutomaticFixed(p *Pass) {
	for _, c := range automatic(p.Plan) {
		for _, s := range fixedSettings(c.Spec) {
			if s.has == s.want {
				continue
			}
			f := p.Report(Finding{
				Path:    c.Path + "." + s.key,
				Message: fmt.Sprintf("AKS Automatic has %s %s; cluster %q sets %s", s.key, s.want, c.Name, s.has),
				Advice:  fmt.Sprintf("set %s to %s, or set sku to %s", s.key, s.want, aks.SKUBase),
			})
			if !halfOfCilium(s.key, c) {
				f.Edit = set(s.want)
			}
		}
	}
}

// halfOfCilium reports whether a key is the data plane or the policy engine of a cluster whose other one is not
// Cilium's either: AKS takes both together only.
func halfOfCilium(key string, c *plan.Cluster) bool {
	return key == "networkPolicy" && c.NetworkDataplane != aks.AutomaticDataplane ||
		key == "networkDataplane" && c.NetworkPolicy != aks.AutomaticPolicy
}

// fixedSetting is what a cluster has and what Automatic has under a key, in the notation of the spec.
type fixedSetting struct{ key, has, want string }

func fixedSettings(c *spec.Cluster) []fixedSetting {
	out := []fixedSetting{
		{"model", string(c.Model), string(aks.AutomaticModel)},
		{"networkDataplane", string(c.NetworkDataplane), string(aks.AutomaticDataplane)},
		{"networkPolicy", string(c.NetworkPolicy), string(aks.AutomaticPolicy)},
		{"tier", string(c.Tier), string(aks.AutomaticTier)},
		{"apiServerVnetIntegration", fmt.Sprint(c.APIServerVnetIntegration), "true"},
		{"nodeProvisioningMode", string(c.NodeProvisioningMode), string(aks.ProvisioningAuto)},
		{"loadBalancerSku", string(c.LoadBalancerSKU), string(aks.LoadBalancerStandard)},
	}
	if c.DualStack() {
		out = append(out, fixedSetting{"ipFamilies", "[IPv4, IPv6]", "[IPv4]"})
	}
	if c.Identity == aks.ServicePrincipal {
		out = append(out, fixedSetting{"identity", string(c.Identity), string(aks.UserAssigned)})
	}
	if mode := c.LocalDNSProfile.Mode; mode != "" {
		out = append(out, fixedSetting{"localDNSProfile.mode", string(mode), string(aks.LocalDNSRequired)})
	}
	if channel := c.AutoUpgradeProfile.NodeOSUpgradeChannel; channel != "" {
		out = append(out,
			fixedSetting{"autoUpgradeProfile.nodeOSUpgradeChannel", string(channel), string(aks.ChannelNodeImage)})
	}
	return out
}

var automaticOutbound = &Rule{
	ID: "AKS143", Title: "outbound type that AKS Automatic does not have", Severity: Error,
	Also: []Severity{Warning},
	Explanation: "In a network that AKS manages, an Automatic cluster has a managed NAT gateway. In a network of your " +
		"own it takes a load balancer, a NAT gateway of yours or routes of yours. No page says whether a network " +
		"isolated cluster can be Automatic, so outbound types without any way out are a warning.",
	Fix: "set outboundType to one that Automatic has", Source: aks.PageAutomaticNetwork, Since: "v0.1.0",
	Check: checkAutomaticOutbound,
}

func checkAutomaticOutbound(p *Pass) {
	for _, c := range automatic(p.Plan) {
		allowed := aks.AutomaticOutbounds(c.VNet() == nil)
		if slices.Contains(allowed, c.OutboundType) {
			continue
		}
		f := p.Report(Finding{
			Path: c.Path + ".outboundType",
			Message: fmt.Sprintf("AKS Automatic in %s does not have outboundType %s", networkText(c),
				c.OutboundType),
			Edit: set(allowed[0]),
		})
		var words []string
		for _, t := range allowed {
			words = append(words, string(t))
		}
		f.Advice = "set outboundType to " + strings.Join(words, " or ")
		switch c.OutboundType {
		case aks.OutboundNone, aks.OutboundBlock, aks.OutboundManagedNATGatewayV2:
			f.Severity = Warning
			f.Message = fmt.Sprintf("no page says that AKS Automatic in %s has outboundType %s", networkText(c),
				c.OutboundType)
		}
	}
}

func networkText(c *plan.Cluster) string {
	if c.VNet() == nil {
		return "a managed network"
	}
	return "a network of your own"
}

var automaticWindows = &Rule{
	ID: "AKS144", Title: "Windows pool in AKS Automatic", Severity: Error,
	Explanation: "AKS Automatic runs Linux nodes only, hosted, added by node auto-provisioning or in pools of yours.",
	Fix:         "remove the Windows pools, or set sku: Base", Source: aks.PageAutomatic, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range automatic(p.Plan) {
			for _, pool := range c.NodePools {
				if pool.OSType == aks.Windows {
					f := p.Reportf(nearest(p, pool.Path+".osType", pool.Path),
						"AKS Automatic does not support Windows nodes (pool %q of cluster %q)", pool.Name, c.Name)
					f.Advice = fmt.Sprintf("remove pool %s, or set sku to %s", pool.Name, aks.SKUBase)
				}
			}
		}
	},
}

var automaticRegion = &Rule{
	ID: "AKS145", Title: "region without AKS Automatic", Severity: Warning,
	Explanation: "AKS Automatic needs API Server VNet Integration and availability zones, and is offered in the " +
		"regions of a list in its documentation. The list grows: the finding names the date on which it was read.",
	Fix: "use a region that the list has, or set sku: Base", Source: aks.PageAutomatic, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range automatic(p.Plan) {
			region := aks.RegionName(c.Location)
			if region == "" || slices.Contains(aks.AutomaticRegions(), region) {
				continue
			}
			p.Reportf(nearest(p, c.Path+".location", "location"),
				"region %s of cluster %q is not on the list of regions with AKS Automatic of %s", region, c.Name,
				aks.AutomaticRegionsDate)
		}
	},
}

var automaticAddOn = &Rule{
	ID: "AKS146", Title: "add-on that AKS Automatic does not support", Severity: Error,
	Also: []Severity{Warning},
	Explanation: "The extensions for Dapr and Azure Machine Learning do not support AKS Automatic. Neither does the " +
		"add-on Application Gateway for Containers; that is a warning, because its controller can also be installed " +
		"without the add-on.",
	Fix: "remove the add-on, or set sku: Base", Source: aks.PageAutomatic, Since: "v0.1.0",
	Check: checkAutomaticAddOn,
}

func checkAutomaticAddOn(p *Pass) {
	for _, c := range automatic(p.Plan) {
		for i, a := range c.Spec.AddOns {
			if a == aks.AddOnDapr || a == aks.AddOnMachineLearning {
				f := p.Reportf(fmt.Sprintf("%s.addOns[%d]", c.Path, i), "AKS Automatic does not support add-on %s", a)
				f.Advice = fmt.Sprintf("remove %s from addOns, or set sku to %s", a, aks.SKUBase)
			}
		}
		if i := slices.Index(c.Spec.Ingress, aks.IngressGatewayForContainers); i >= 0 {
			p.Report(Finding{
				Path:     fmt.Sprintf("%s.ingress[%d]", c.Path, i),
				Severity: Warning,
				Message:  "AKS Automatic does not support the add-on Application Gateway for Containers",
				Advice:   "use the controller of Application Gateway for Containers without the add-on",
				Source:   aks.PageAGC,
			})
		}
	}
}

var automaticSystemPool = &Rule{
	ID: "AKS147", Title: "system pool in AKS Automatic", Severity: Warning,
	Explanation: "New Automatic clusters have a hosted system pool, which is not in the list of pools; no region makes " +
		"one without. A cluster whose template lists a system pool dates from before, and cannot change to hosted pools.",
	Fix: "set mode: User on the pool, or remove it", Source: aks.PageAutomaticSystemPools, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range automatic(p.Plan) {
			for _, pool := range c.NodePools {
				if pool.Mode == aks.System {
					f := p.Reportf(pool.Path+".mode", "a new Automatic cluster hosts its system pool, and %q lists pool %q "+
						"as one", c.Name, pool.Name)
					f.Edit = set(aks.User)
				}
			}
		}
	},
}

var automaticIdentity = &Rule{
	ID: "AKS157", Title: "AKS Automatic in your own network with a system-assigned identity", Severity: Warning,
	Explanation: "The guide for AKS Automatic in a network of your own creates a user-assigned identity, which gets the " +
		"role Network Contributor on the network and on the subnet of the API server before the cluster exists. A " +
		"system-assigned identity does not exist before the cluster does.",
	Fix: "set identity: UserAssigned", Source: aks.PageAutomaticNetwork, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range automatic(p.Plan) {
			if c.VNet() != nil && c.Spec.Identity == aks.SystemAssigned {
				f := p.Reportf(c.Path+".identity", "AKS Automatic in network %q needs a user-assigned identity, which can get "+
					"its roles first", c.VNetName)
				f.Edit = set(aks.UserAssigned)
			}
		}
	},
}

var provisioningBasic = &Rule{
	ID: "AKS148", Title: "node auto-provisioning with a Basic load balancer", Severity: Error,
	Explanation: "Node auto-provisioning in a network of your own does not support the Basic load balancer.",
	Fix:         "set loadBalancerSku: standard", Source: aks.PageNodeProvisioningNetwork, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range autoProvisioned(p.Plan) {
			if c.Spec.LoadBalancerSKU == aks.LoadBalancerBasic && c.VNet() != nil {
				f := p.Reportf(c.Path+".loadBalancerSku", "node auto-provisioning in network %q does not support a Basic "+
					"load balancer", c.VNetName)
				f.Edit = set(aks.LoadBalancerStandard)
			}
		}
	},
}
