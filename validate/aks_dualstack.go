package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
)

var dualStackModel = &Rule{
	ID:       "AKS040",
	Title:    "dual-stack is not supported by the model",
	Severity: Error,
	Explanation: "The dual-stack page requires overlay. Older release notes (2023-04) also listed kubenet, and those " +
		"of 2026-06-19 list static block allocation (see AKS041).",
	Source: aks.PageDualStack,
	Fix:    "set ipFamilies: [IPv4], or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkDualStackModel,
}

func checkDualStackModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && capabilityOf(aks.FeatureDualStack, c).Support == aks.No {
			p.Report(Finding{
				Path:    c.Path + ".ipFamilies",
				Message: fmt.Sprintf("dual-stack is not supported with model %s", c.Model),
				Advice:  p.rule.Fix,
				Edit:    set("[IPv4]"),
			})
		}
	}
}

var dualStackStatic = &Rule{
	ID:       "AKS041",
	Title:    "dual-stack with static blocks is documented only in the release notes",
	Severity: Warning,
	Explanation: "The release notes of 2026-06-19 add dual-stack to static block allocation, but the dual-stack page " +
		"still requires overlay. Test it before you rely on it.",
	Source: aks.PageReleaseNotes,
	Fix:    "set ipFamilies: [IPv4], or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkDualStackStatic,
}

func checkDualStackStatic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && c.Model.Facts().NeedsPodSubnet && c.Spec.PodIPAllocationMode == aks.StaticBlock {
			p.Report(Finding{
				Path:    c.Path + ".ipFamilies",
				Message: "dual-stack with static blocks is documented only in the release notes of 2026-06-19",
				Advice:  p.rule.Fix,
				Edit:    set("[IPv4]"),
			})
		}
	}
}

var dualStackPolicy = &Rule{
	ID:          "AKS042",
	Title:       "dual-stack with the azure or calico policy engine",
	Severity:    Error,
	Explanation: "In AKS, neither Azure Network Policy Manager nor Calico supports dual-stack clusters.",
	Source:      aks.PageOverlaySetup,
	Fix:         "set networkPolicy: none, or set networkDataplane: cilium with networkPolicy: cilium",
	Since:       "v0.1.0",
	Check:       checkDualStackPolicy,
}

func checkDualStackPolicy(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && (c.NetworkPolicy == aks.PolicyAzure || c.NetworkPolicy == aks.PolicyCalico) {
			p.Report(Finding{
				Path:    c.Path + ".networkPolicy",
				Message: fmt.Sprintf("networkPolicy %s is not supported with dual-stack", c.NetworkPolicy),
				Advice:  p.rule.Fix,
				Edit:    set(string(aks.PolicyNone)),
			})
		}
	}
}

var dualStackCilium = &Rule{
	ID:       "AKS043",
	Title:    "dual-stack with Cilium on an old Kubernetes version",
	Severity: Error,
	Explanation: english.Text("The Cilium data plane supports dual-stack on Kubernetes %v and newer.",
		aks.DualStackCiliumSince),
	Source: aks.PageDualStack,
	Fix:    "upgrade kubernetesVersion to one that supports dual-stack with Cilium",
	Since:  "v0.1.0",
	Check:  checkDualStackCilium,
}

func checkDualStackCilium(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.DualStack() && c.NetworkDataplane == aks.DataplaneCilium &&
			!c.Spec.KubernetesVersion.AtLeast(aks.DualStackCiliumSince) {
			p.Report(Finding{
				Path: c.Path + ".kubernetesVersion",
				Message: fmt.Sprintf("dual-stack with networkDataplane cilium needs Kubernetes %s or newer; "+
					"the cluster has %s",
					aks.DualStackCiliumSince, c.KubernetesVersion),
				Edit: set(`"` + aks.DualStackCiliumSince + `"`),
			})
		}
	}
}

var ipFamilies = &Rule{
	ID:          "AKS044",
	Title:       "unsupported combination of address families",
	Severity:    Error,
	Explanation: "A cluster uses IPv4, or IPv4 and IPv6 in this order. IPv6-only clusters are not supported.",
	Source:      aks.PageDualStack,
	Fix:         "set ipFamilies: [IPv4, IPv6], or remove ipFamilies",
	Since:       "v0.1.0",
	Check:       checkIPFamilies,
}

func checkIPFamilies(p *Pass) {
	for _, c := range p.Plan.Clusters {
		f := c.IPFamilies
		if !slices.Equal(f, []aks.IPFamily{aks.IPv4}) && !slices.Equal(f, []aks.IPFamily{aks.IPv4, aks.IPv6}) {
			p.Report(Finding{
				Path:    c.Path + ".ipFamilies",
				Message: fmt.Sprintf("ipFamilies is %v; AKS supports [IPv4] and [IPv4, IPv6]", f),
				Edit:    set("[IPv4, IPv6]"),
			})
		}
	}
}
