package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var podCIDRWithoutUse = &Rule{
	ID:       "AKS001",
	Title:    "pod CIDR with a model whose pods use the virtual network",
	Severity: Warning,
	Explanation: "With node-subnet and pod-subnet, pods take addresses from the virtual network, and a podCidr has no " +
		"effect. The Azure CLI and Terraform reject it; Azure accepts it from ARM and Bicep, and ignores it. Only " +
		"overlay, kubenet and byo use one.",
	Source: aks.PageModels,
	Fix:    "remove podCidr, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkPodCIDRWithoutUse,
}

func checkPodCIDRWithoutUse(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().PodsInVNet {
			continue
		}
		for _, key := range []string{"podCidr", "podCidrs"} {
			if path := c.Path + "." + key; p.Spec.Has(path) {
				p.Report(Finding{
					Path: path,
					Message: fmt.Sprintf("%s is set, but with model %s pods use addresses of the virtual network",
						key, c.Model),
					Edit: Edit{Remove: true},
				})
			}
		}
	}
}

var podSubnetWithoutUse = &Rule{
	ID:       "AKS002",
	Title:    "pod subnet with a model that has none",
	Severity: Warning,
	Explanation: "Only model pod-subnet gives pods their own subnet. When a pool sets podSubnetID, AKS treats the " +
		"cluster as pod-subnet and rejects the settings of any other model. The plan leaves this subnet out, so it " +
		"never reaches Azure.",
	Source: aks.PageModels,
	Fix:    "remove podSubnet, or set model: pod-subnet",
	Since:  "v0.1.0",
	Check:  checkPodSubnetWithoutUse,
}

func checkPodSubnetWithoutUse(p *Pass) {
	unused := func(c *plan.Cluster, owner string, is spec.ClusterSubnet) {
		if is != (spec.ClusterSubnet{}) {
			p.Report(Finding{
				Path:    owner + ".podSubnet",
				Message: fmt.Sprintf("podSubnet is set, but model %s has no pod subnet", c.Model),
				Edit:    Edit{Remove: true},
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		if c.Model.Facts().NeedsPodSubnet {
			continue
		}
		unused(c, c.Path, c.Spec.PodSubnet)
		for _, pool := range c.NodePools {
			unused(c, pool.Path, pool.Spec.PodSubnet)
		}
	}
}

var allocationModeWithoutUse = &Rule{
	ID:       "AKS003",
	Title:    "pod allocation mode with a model that has no pod subnet",
	Severity: Error,
	Explanation: "podIPAllocationMode controls how AKS assigns addresses from a pod subnet. AKS rejects it without " +
		"podSubnetID.",
	Source: aks.PageStaticBlocks,
	Fix:    "remove podIPAllocationMode, or set model: pod-subnet",
	Since:  "v0.1.0",
	Check:  checkAllocationModeWithoutUse,
}

func checkAllocationModeWithoutUse(p *Pass) {
	unused := func(c *plan.Cluster, owner string, mode aks.AllocationMode) {
		if mode != "" {
			p.Report(Finding{
				Path:    owner + ".podIPAllocationMode",
				Message: fmt.Sprintf("podIPAllocationMode is set, but model %s has no pod subnet", c.Model),
				Edit:    Edit{Remove: true},
			})
		}
	}
	for _, c := range p.Plan.Clusters {
		if c.Model.Facts().NeedsPodSubnet {
			continue
		}
		unused(c, c.Path, c.Spec.PodIPAllocationMode)
		for _, pool := range c.NodePools {
			unused(c, pool.Path, pool.Spec.PodIPAllocationMode)
		}
	}
}

var ciliumModel = &Rule{
	ID:       "AKS004",
	Title:    "Cilium data plane is not supported by the model",
	Severity: Error,
	Explanation: "Azure CNI powered by Cilium is a data plane for overlay, node-subnet and pod-subnet. A kubenet " +
		"cluster must move to overlay first, and with byo you install Cilium yourself.",
	Source: aks.PageCilium,
	Fix:    "remove networkDataplane, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkCiliumModel,
}

func checkCiliumModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkDataplane != aks.DataplaneCilium {
			continue
		}
		if cell := capabilityOf(aks.FeatureDataplaneCilium, c); cell.Support == aks.No {
			p.Report(Finding{
				Path:    c.Path + ".networkDataplane",
				Message: fmt.Sprintf("networkDataplane cilium is not supported with model %s", c.Model),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var policyModel = &Rule{
	ID:       "AKS005",
	Title:    "network policy engine is not supported by the model",
	Severity: Error,
	Explanation: "kubenet supports only calico. With byo, your CNI provides the policy engine, so networkPolicy " +
		"must be none. Policy cilium requires the Cilium data plane.",
	Source: aks.PagePolicies,
	Fix:    "set networkPolicy: none, or choose an engine that the model supports",
	Since:  "v0.1.0",
	Check:  checkPolicyModel,
}

func checkPolicyModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		engines := c.Model.Facts().PolicyEngines
		if c.NetworkPolicy == aks.PolicyNone || slices.Contains(engines, c.NetworkPolicy) ||
			!p.Spec.Has(c.Path+".networkPolicy") {
			continue // an unset policy follows from the data plane, which another rule checks
		}
		supported := "only none"
		if len(engines) > 0 {
			supported = "none and " + joinWords(engines)
		}
		p.Report(Finding{
			Path: c.Path + ".networkPolicy",
			Message: fmt.Sprintf("networkPolicy %s is not supported with model %s, which supports %s",
				c.NetworkPolicy, c.Model, supported),
			Advice: p.rule.Fix,
			Edit:   set(string(aks.PolicyNone)),
		})
	}
}

var policyNeedsCilium = &Rule{
	ID:          "AKS006",
	Title:       "cilium policy engine without the Cilium data plane",
	Severity:    Error,
	Explanation: "networkPolicy cilium is part of the Cilium data plane. AKS rejects it with data plane azure.",
	Source:      aks.PageClusterAPI,
	Fix:         "set networkDataplane: cilium, or choose another networkPolicy",
	Since:       "v0.1.0",
	Check:       checkPolicyNeedsCilium,
}

func checkPolicyNeedsCilium(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkPolicy != aks.PolicyCilium || c.NetworkDataplane == aks.DataplaneCilium ||
			!slices.Contains(c.Model.Facts().PolicyEngines, aks.PolicyCilium) {
			continue
		}
		p.Report(Finding{
			Path: c.Path + ".networkPolicy",
			Message: fmt.Sprintf("networkPolicy cilium needs networkDataplane cilium, but it is %s",
				c.NetworkDataplane),
			Advice: p.rule.Fix,
			Edit:   setAt(c.Path+".networkDataplane", string(aks.DataplaneCilium)),
		})
	}
}

var ciliumPolicyOnly = &Rule{
	ID:          "AKS007",
	Title:       "Cilium data plane without the cilium policy engine",
	Severity:    Error,
	Explanation: "The Cilium data plane enforces network policies itself, and AKS rejects any other engine, and none.",
	Source:      aks.PageCilium,
	Fix:         "set networkPolicy: cilium, or set networkDataplane: azure",
	Since:       "v0.1.0",
	Check:       checkCiliumPolicyOnly,
}

func checkCiliumPolicyOnly(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkDataplane == aks.DataplaneCilium &&
			slices.Contains([]aks.Policy{aks.PolicyNone, aks.PolicyAzure, aks.PolicyCalico}, c.NetworkPolicy) {
			p.Report(Finding{
				Path:       c.Path + ".networkPolicy",
				Message:    fmt.Sprintf("networkPolicy %s is not supported with networkDataplane cilium", c.NetworkPolicy),
				Advice:     p.rule.Fix,
				Edit:       set(string(aks.PolicyCilium)),
				AzureError: &AzureError{Code: aks.CodeCiliumDataplaneRequiresNetworkPolicyCilium},
			})
		}
	}
}

var podSubnetManaged = &Rule{
	ID:       "AKS008",
	Title:    "model pod-subnet in a managed network",
	Severity: Error,
	Explanation: "A pool refers to its node subnet and pod subnet by resource id. Both must be in the same virtual " +
		"network, which must be your own.",
	Source: aks.PageDynamicIPs,
	Fix:    "set vnet to your own network, or remove vnet to let aksnet plan one",
	Since:  "v0.1.0",
	Check:  checkPodSubnetManaged,
}

func checkPodSubnetManaged(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Model.Facts().NeedsPodSubnet && c.Spec.Managed() {
			p.Report(Finding{
				Path:    c.Path + ".vnet",
				Message: "model pod-subnet needs your own virtual network, but vnet is managed",
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var podSubnetModes = &Rule{
	ID:       "AKS009",
	Title:    "pod subnet used in two allocation modes",
	Severity: Error,
	Explanation: english.Text(
		"A pod subnet assigns either individual addresses (DynamicIndividual) or whole /%v blocks "+
			"(StaticBlock), never both. This applies across all pools and clusters that use it.",
		aks.StaticBlockBits,
	),
	Source: aks.PageStaticBlocks,
	Fix:    "give the pools of one mode their own podSubnet",
	Since:  "v0.1.0",
	Check:  checkPodSubnetModes,
}

func checkPodSubnetModes(p *Pass) {
	first := map[*plan.Subnet]*plan.NodePool{}
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if pool.PodSubnet() == nil {
				continue
			}
			other := first[pool.PodSubnet()]
			if other == nil {
				first[pool.PodSubnet()] = pool
				continue
			}
			mode, otherMode := c.Spec.AllocationMode(pool.Spec), other.Cluster.Spec.AllocationMode(other.Spec)
			if mode != otherMode {
				path := nearest(p, pool.Path+".podIPAllocationMode", c.Path+".podIPAllocationMode", pool.Path)
				p.Report(Finding{
					Path: path,
					Message: fmt.Sprintf("pool %q uses pod subnet %q in mode %s, "+
						"but pool %q of cluster %q uses it in mode %s",
						pool.Name, pool.PodSubnetName, mode, other.Name, other.Cluster.Name, otherMode),
					Edit: setAt(pool.Path+".podSubnet",
						fmt.Sprintf("{name: %s-%s}", pool.PodSubnetName, strings.ToLower(string(mode)))),
				})
			}
		}
	}
}

var podSubnetIsNodeSubnet = &Rule{
	ID:       "AKS010",
	Title:    "one subnet for both nodes and pods",
	Severity: Error,
	Explanation: "Model pod-subnet needs two subnets in one virtual network. AKS delegates the pod subnet to itself, " +
		"and a delegated subnet cannot hold virtual machines.",
	Source: aks.PageDynamicIPs,
	Fix:    "give the pods their own podSubnet",
	Since:  "v0.1.0",
	Check:  checkPodSubnetIsNodeSubnet,
}

func checkPodSubnetIsNodeSubnet(p *Pass) {
	seen := map[string]bool{}
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if pool.PodSubnet() == nil || pool.PodSubnet() != pool.NodeSubnet() {
				continue
			}
			path := nearest(p, pool.Path+".podSubnet.name", c.Path+".podSubnet.name", pool.Path)
			if seen[path] {
				continue
			}
			seen[path] = true
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("subnet %q is used for both the nodes and the pods of pool %q",
					pool.PodSubnetName, pool.Name),
				Edit: set(pool.PodSubnetName + "-pods"),
			})
		}
	}
}

var staticBlockVersion = &Rule{
	ID:          "AKS011",
	Title:       "static block allocation on an old Kubernetes version",
	Severity:    Error,
	Explanation: english.Text("podIPAllocationMode StaticBlock requires Kubernetes %v or newer.", aks.StaticSince),
	Source:      aks.PageStaticBlocks,
	Fix:         "upgrade kubernetesVersion to one that supports static blocks",
	Since:       "v0.1.0",
	Check:       checkStaticBlockVersion,
}

func checkStaticBlockVersion(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().NeedsPodSubnet || c.Spec.KubernetesVersion.AtLeast(aks.StaticSince) {
			continue
		}
		for _, pool := range c.NodePools {
			if c.Spec.AllocationMode(pool.Spec) == aks.StaticBlock {
				p.Report(Finding{
					Path: c.Path + ".kubernetesVersion",
					Message: fmt.Sprintf("pool %q uses static blocks, which need Kubernetes %s or newer; "+
						"the cluster has %s",
						pool.Name, aks.StaticSince, c.KubernetesVersion),
					Edit: set(`"` + aks.StaticSince + `"`),
				})
				break
			}
		}
	}
}

var kubenetSharedSubnet = &Rule{
	ID:       "AKS012",
	Title:    "kubenet cluster in a shared subnet",
	Severity: Error,
	Explanation: "kubenet adds a route for every node to the route table of its subnet, and each cluster needs its " +
		"own table. Two clusters in one subnet break each other's pod traffic.",
	Source: aks.PageKubenet,
	Fix:    "give the cluster its own nodeSubnet, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkKubenetSharedSubnet,
}

func checkKubenetSharedSubnet(p *Pass) {
	first := map[*plan.Subnet]*plan.Cluster{}
	for _, c := range p.Plan.Clusters {
		for _, s := range c.NodeSubnets() {
			other := first[s]
			if other == nil {
				first[s] = c
				continue
			}
			if !c.Model.Facts().OwnRouteTable && !other.Model.Facts().OwnRouteTable {
				continue
			}
			path := nearest(p, c.Path+".nodeSubnet.name", c.Path+".nodeSubnet", c.Path)
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("clusters %q (%s) and %q (%s) share subnet %q, which kubenet does not support",
					other.Name, other.Model, c.Name, c.Model, s.Name),
				Edit: setAt(c.Path+".nodeSubnet.name", s.Name+"-"+c.Name),
			})
		}
	}
}
