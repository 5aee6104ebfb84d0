package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
)

var npmNodes = &Rule{
	ID:       "AKS030",
	Title:    "too many nodes for the azure policy engine",
	Severity: Error,
	Explanation: english.Text(
		"Azure Network Policy Manager supports up to %v nodes. Surge nodes count during an upgrade.",
		aks.NPMMaxNodes,
	),
	Source: aks.PagePolicies,
	Fix:    "set networkPolicy: calico, or set networkDataplane: cilium with networkPolicy: cilium",
	Since:  "v0.1.0",
	Check:  checkNPMNodes,
}

func checkNPMNodes(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Nodes + c.SurgeNodes; c.NetworkPolicy == aks.PolicyAzure && n > aks.NPMMaxNodes {
			p.Report(Finding{
				Path: c.Path + ".networkPolicy",
				Message: fmt.Sprintf("networkPolicy azure supports %d nodes; "+
					"the cluster can reach %d (%d and %d surge)",
					aks.NPMMaxNodes, n, c.Nodes, c.SurgeNodes),
				Advice: p.rule.Fix,
				Edit:   set(string(aks.PolicyCalico)),
			})
		}
	}
}

var npmPods = &Rule{
	ID:       "AKS031",
	Title:    "too many pods for the azure policy engine",
	Severity: Warning,
	Explanation: english.Text(
		"Azure Network Policy Manager supports up to %v pods. The plan counts the pods that maxPods "+
			"allows; a cluster may run fewer.",
		aks.NPMMaxPods,
	),
	Source: aks.PagePolicies,
	Fix:    "set networkPolicy: calico, or set networkDataplane: cilium with networkPolicy: cilium",
	Since:  "v0.1.0",
	Check:  checkNPMPods,
}

func checkNPMPods(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkPolicy == aks.PolicyAzure && c.Pods > aks.NPMMaxPods {
			p.Report(Finding{
				Path: c.Path + ".networkPolicy",
				Message: fmt.Sprintf("networkPolicy azure supports %d pods; the cluster's nodes can run %d",
					aks.NPMMaxPods, c.Pods),
				Advice: p.rule.Fix,
				Edit:   set(string(aks.PolicyCalico)),
			})
		}
	}
}

var l7Limits = &Rule{
	ID:       "AKS032",
	Title:    "cluster too large for layer-7 policies",
	Severity: Warning,
	Explanation: english.Text(
		"Layer-7 network policies support up to %v nodes or %v pods, whichever is greater: a cluster is too large "+
			"only beyond both.",
		aks.L7MaxNodes,
		aks.L7MaxPods,
	),
	Source: aks.PageL7Policies,
	Fix:    "set advancedNetworkPolicies: FQDN, or split the cluster",
	Since:  "v0.1.0",
	Check:  checkL7Limits,
}

func checkL7Limits(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.AdvancedNetworking.AdvancedNetworkPolicies != aks.AdvancedPoliciesL7 ||
			c.Nodes <= aks.L7MaxNodes || c.Pods <= aks.L7MaxPods {
			continue
		}
		p.Report(Finding{
			Path: c.Path + ".advancedNetworking.advancedNetworkPolicies",
			Message: fmt.Sprintf("layer-7 policies support %d nodes or %d pods; the cluster can reach %d and %d",
				aks.L7MaxNodes, aks.L7MaxPods, c.Nodes, c.Pods),
			Advice: p.rule.Fix,
			Edit:   set(aks.AdvancedPoliciesFQDN),
		})
	}
}

var advancedNeedsCilium = &Rule{
	ID:       "AKS033",
	Title:    "advanced networking without the Cilium data plane",
	Severity: Error,
	Explanation: "FQDN policies, layer-7 policies, encryption between nodes and eBPF host routing are features of Azure " +
		"CNI powered by Cilium.",
	Source: aks.PageL7Policies,
	Fix:    "set networkDataplane: cilium, or remove the advancedNetworking setting",
	Since:  "v0.1.0",
	Check:  checkAdvancedNeedsCilium,
}

func checkAdvancedNeedsCilium(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkDataplane == aks.DataplaneCilium {
			continue
		}
		a := c.Spec.AdvancedNetworking
		path := c.Path + ".advancedNetworking"
		if v := a.AdvancedNetworkPolicies; v != "" && v != aks.AdvancedPoliciesNone {
			p.Report(Finding{
				Path:    path + ".advancedNetworkPolicies",
				Message: fmt.Sprintf("advancedNetworkPolicies %s needs networkDataplane cilium", v),
				Edit:    set(aks.AdvancedPoliciesNone),
			})
		}
		if v := a.TransitEncryption; v != "" && v != aks.EncryptionNone {
			p.Report(Finding{
				Path:    path + ".transitEncryption",
				Message: fmt.Sprintf("transitEncryption %s needs networkDataplane cilium", v),
				Edit:    set(aks.EncryptionNone),
			})
		}
		if v := a.AccelerationMode; v == aks.AccelerationBPF {
			p.Report(Finding{
				Path:    path + ".accelerationMode",
				Message: fmt.Sprintf("accelerationMode %s needs networkDataplane cilium", v),
				Edit:    set(aks.AccelerationNone),
			})
		}
	}
}

var noPolicy = &Rule{
	ID:       "AKS034",
	Title:    "no network policy engine",
	Severity: Note,
	Explanation: "Without a policy engine, NetworkPolicy objects have no effect and every pod can reach every other " +
		"pod. Adding an engine later reimages all nodes. The rule reports a cluster only if the spec sets " +
		"networkPolicy: none, or if requirements ask for an engine.",
	Source: aks.PagePolicies,
	Fix:    "set networkDataplane: cilium, which includes a policy engine",
	Since:  "v0.1.0",
	Check:  checkNoPolicy,
}

func checkNoPolicy(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkPolicy != aks.PolicyNone || c.Model.Facts().OwnCNI {
			continue
		}
		want := c.Spec.Requirements.NetworkPolicy
		if wanted := want != "" && want != aks.PolicyNone; wanted || p.Spec.Has(c.Path+".networkPolicy") {
			p.Reportf(c.Path+".networkPolicy",
				"cluster %q has no network policy engine: NetworkPolicy objects have no effect", c.Name)
		}
	}
}
