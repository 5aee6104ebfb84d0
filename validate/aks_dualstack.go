package validate

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
)

var dualStackModel = &Rule{
	ID:       "AKS040",
	Title:    "dual-stack under a model that has none",
	Severity: Error,
	Explanation: "The dual-stack page asks for overlay. Older release notes (2023-04) had it for kubenet, and those of 2026-06-19 name static " +
		"block allocation, which AKS041 speaks of.",
	Source: aks.PageDualStack,
	Fix:    "[IPv4], or choose model overlay",
	Since:  "v0.1.0",
	Check:  checkDualStackModel,
}

func checkDualStackModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && capability(aks.FeatureDualStack, c).Support == aks.No {
			p.Report(c.Path+".ipFamilies", "dual-stack does not go with model %s", c.Model).Put("[IPv4]")
		}
	}
}

var dualStackStatic = &Rule{
	ID:       "AKS041",
	Title:    "dual-stack with static blocks is in the release notes alone",
	Severity: Warning,
	Explanation: "The release notes of 2026-06-19 bring dual-stack to static block allocation; the dual-stack page still asks for overlay. " +
		"Try it before you build on it.",
	Source: aks.PageReleaseNotes,
	Fix:    "choose model overlay",
	Since:  "v0.1.0",
	Check:  checkDualStackStatic,
}

func checkDualStackStatic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && c.Model == aks.PodSubnet && c.Spec.PodIPAllocationMode == aks.StaticBlock {
			p.Report(c.Path+".ipFamilies", "dual-stack with static blocks is in the release notes of 2026-06-19 alone").Put("[IPv4]")
		}
	}
}

var dualStackPolicy = &Rule{
	ID:          "AKS042",
	Title:       "dual-stack with policy azure or calico",
	Severity:    Error,
	Explanation: "Neither Azure Network Policy Manager nor Calico supports dual-stack clusters under AKS.",
	Source:      aks.PageOverlaySetup,
	Fix:         "none, or policy cilium with the Cilium data plane",
	Since:       "v0.1.0",
	Check:       checkDualStackPolicy,
}

func checkDualStackPolicy(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && (c.NetworkPolicy == aks.PolicyAzure || c.NetworkPolicy == aks.PolicyCalico) {
			p.Report(c.Path+".networkPolicy", "networkPolicy %s does not go with dual-stack", c.NetworkPolicy).Put(string(aks.PolicyNone))
		}
	}
}

var dualStackCilium = &Rule{
	ID:          "AKS043",
	Title:       "dual-stack Cilium on an old Kubernetes version",
	Severity:    Error,
	Explanation: "The Cilium data plane supports dual-stack from Kubernetes 1.29 on.",
	Source:      aks.PageDualStack,
	Fix:         "1.29 or newer",
	Since:       "v0.1.0",
	Check:       checkDualStackCilium,
}

func checkDualStackCilium(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && c.NetworkDataplane == aks.DataplaneCilium && !c.Spec.KubernetesVersion.AtLeast(aks.DualStackCiliumSince) {
			p.Report(c.Path+".kubernetesVersion", "dual-stack with networkDataplane cilium needs Kubernetes %s, the cluster has %s",
				aks.DualStackCiliumSince, c.KubernetesVersion).Put(`"` + aks.DualStackCiliumSince + `"`)
		}
	}
}

var ipFamilies = &Rule{
	ID:          "AKS044",
	Title:       "address families that AKS does not take",
	Severity:    Error,
	Explanation: "A cluster has IPv4, or IPv4 and IPv6 in this order. IPv6 alone is not supported.",
	Source:      aks.PageDualStack,
	Fix:         "[IPv4, IPv6]",
	Since:       "v0.1.0",
	Check:       checkIPFamilies,
}

func checkIPFamilies(p *Pass) {
	for _, c := range p.Plan.Clusters {
		f := c.IPFamilies
		if !slices.Equal(f, []aks.IPFamily{aks.IPv4}) && !slices.Equal(f, []aks.IPFamily{aks.IPv4, aks.IPv6}) {
			p.Report(c.Path+".ipFamilies", "ipFamilies is %v, AKS takes [IPv4] or [IPv4, IPv6]", f).Put("[IPv4, IPv6]")
		}
	}
}
