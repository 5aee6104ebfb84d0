package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var systemBurstable = &Rule{
	ID:       "POOL027",
	Title:    "system pool of burstable machines",
	Severity: Warning,
	Explanation: "AKS does not support B-series machines for system pools: cluster DNS and the connection to the API " +
		"server slow down when the credits are used up. AKS creates such a pool nevertheless.",
	Source: aks.PageQuotas,
	Fix:    "set vmSize to a size of another series, such as Standard_D4s_v5",
	Since:  "v0.1.0",
	Check:  checkSystemBurstable,
}

// plainSize is a VM size that every rule accepts, for fixes.
const plainSize = "Standard_D4s_v5"

func checkSystemBurstable(p *Pass) {
	eachPool(p.Plan, func(_ *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.System && aks.Burstable(pool.Spec.VMSize) {
			p.Report(Finding{
				Path: pool.Path + ".vmSize",
				Message: fmt.Sprintf("system pool %q has burstable machines (%s), which AKS does not support for system "+
					"pools", pool.Name, pool.Spec.VMSize),
				Edit: set(plainSize),
			})
		}
	})
}

var machineSmall = &Rule{
	ID:       "POOL028",
	Title:    "machines are too small for AKS",
	Severity: Error,
	Explanation: english.Text("Nodes need at least %v virtual CPUs, in system pools and in user pools.",
		aks.MinVCPUs),
	Source: aks.PageQuotas,
	Fix:    "set vmSize to a larger size",
	Since:  "v0.1.0",
	Check:  checkMachineSmall,
}

func checkMachineSmall(p *Pass) {
	eachPool(p.Plan, func(_ *plan.Cluster, pool *plan.NodePool) {
		n, ok := aks.VCPUs(pool.Spec.VMSize)
		if !ok || n >= aks.MinVCPUs {
			return
		}
		f := p.Report(Finding{
			Path: pool.Path + ".vmSize",
			Message: fmt.Sprintf("machines of pool %q (%s) have %s; AKS needs at least %d",
				pool.Name, pool.Spec.VMSize, english.Count(n, "virtual CPU"), aks.MinVCPUs),
			Edit: set(plainSize),
		})
		if pool.Mode == aks.System {
			f.AzureError = &AzureError{Code: aks.CodeSystemPoolSkuTooLow}
		}
	})
}

var poolVersion = &Rule{
	ID:       "POOL029",
	Title:    "version of the pool does not match the control plane",
	Severity: Error,
	Explanation: english.Text("At creation a pool has the version of the control plane. Later it may be up to %v minor "+
		"versions behind, and never newer.", aks.MaxVersionSkew),
	Source: aks.PageVersions,
	Fix:    "remove orchestratorVersion, or upgrade the control plane first",
	Since:  "v0.1.0",
	Check:  checkPoolVersion,
}

func checkPoolVersion(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		v := pool.Spec.OrchestratorVersion
		behind, ok := aks.MinorDistance(string(v), c.KubernetesVersion)
		if !ok || behind == 0 || behind > 0 && behind <= aks.MaxVersionSkew && p.runs(c) {
			return
		}
		message := fmt.Sprintf("pool %q has Kubernetes %s, but the control plane has %s", pool.Name, v, c.KubernetesVersion)
		if behind > aks.MaxVersionSkew {
			message += fmt.Sprintf(", more than %d minor versions ahead", aks.MaxVersionSkew)
		}
		p.Report(Finding{
			Path: pool.Path + ".orchestratorVersion", Message: message, Edit: Edit{Remove: true},
			AzureError: &AzureError{Code: aks.CodeNodePoolMcVersionIncompatible},
		})
	})
}

var machinesIdentity = &Rule{
	ID:       "POOL030",
	Title:    "VirtualMachines pool without a user-assigned identity",
	Severity: Error,
	Explanation: "In a network of your own, pools of type VirtualMachines need a user-assigned identity that has " +
		"Network Contributor on the subnet before the cluster is created.",
	Source: aks.PageVirtualMachines,
	Fix:    "set identity: UserAssigned, or set type: VirtualMachineScaleSets",
	Since:  "v0.1.0",
	Check:  checkMachinesIdentity,
}

func checkMachinesIdentity(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.Type == aks.VirtualMachines && c.VNet() != nil && c.Spec.Identity != aks.UserAssigned {
			p.Report(Finding{
				Path: pool.Path + ".type",
				Message: fmt.Sprintf("pool %q of type VirtualMachines in network %q needs a user-assigned identity",
					pool.Name, c.VNetName),
				Advice: p.rule.Fix,
				Edit:   setAt(c.Path+".identity", aks.UserAssigned),
			})
		}
	})
}

var machinesCloud = &Rule{
	ID:          "POOL031",
	Title:       "VirtualMachines pool outside the public cloud",
	Severity:    Error,
	Explanation: "Pools of type VirtualMachines are only available in the public cloud.",
	Source:      aks.PageVirtualMachines,
	Fix:         "set type: VirtualMachineScaleSets",
	Since:       "v0.1.0",
	Check:       checkMachinesCloud,
}

func checkMachinesCloud(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.Type == aks.VirtualMachines && aks.CloudOfRegion(c.Location) != aks.CloudPublic {
			p.Report(Finding{
				Path: pool.Path + ".type",
				Message: fmt.Sprintf("pool %q of type VirtualMachines is not available in region %q", pool.Name,
					c.Location),
				Edit: set(aks.ScaleSets),
			})
		}
	})
}

var nodePrefixIdle = &Rule{
	ID:          "POOL032",
	Title:       "public prefix for nodes without public addresses",
	Severity:    Error,
	Explanation: "nodePublicIPPrefixID says where the nodes' public addresses come from; the pool must have some.",
	Source:      aks.PageNodePublicIPs,
	Fix:         "set enableNodePublicIP: true, or remove nodePublicIPPrefixID",
	Since:       "v0.1.0",
	Check:       checkNodePrefixIdle,
}

func checkNodePrefixIdle(p *Pass) {
	eachPool(p.Plan, func(_ *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.NodePublicIPPrefixID != "" && !pool.Spec.EnableNodePublicIP {
			p.Report(Finding{
				Path:    pool.Path + ".nodePublicIPPrefixID",
				Message: fmt.Sprintf("pool %q has a public prefix, but its nodes have no public addresses", pool.Name),
				Advice:  p.rule.Fix,
				Edit:    setAt(pool.Path+".enableNodePublicIP", true),
			})
		}
	})
}

var nodePrefixFull = &Rule{
	ID:       "POOL033",
	Title:    "more nodes than a public prefix has addresses",
	Severity: Warning,
	Explanation: english.Text("Every node of the pool takes an address of its public prefix, surge nodes too. Without "+
		"an agreement with Azure the largest public prefix is a /%v.", aks.LargestPublicPrefixBits),
	Source: aks.PageNodePublicIPs,
	Fix:    "lower the number of nodes, or split the pool",
	Since:  "v0.1.0",
	Check:  checkNodePrefixFull,
}

func checkNodePrefixFull(p *Pass) {
	const most = 1 << (32 - aks.LargestPublicPrefixBits)
	eachPool(p.Plan, func(_ *plan.Cluster, pool *plan.NodePool) {
		n := pool.Spec.MaxNodes() + pool.Spec.MaxSurge.Of(pool.Spec.MaxNodes())
		if pool.Spec.NodePublicIPPrefixID != "" && n > most {
			p.Reportf(pool.Path+".nodePublicIPPrefixID",
				"pool %q can reach %d nodes with surge; a /%d has addresses for %d", pool.Name, n,
				aks.LargestPublicPrefixBits, most)
		}
	})
}

var nodeIPRouting = &Rule{
	ID:       "POOL034",
	Title:    "node public addresses beside a closed egress",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "With userDefinedRouting, AKS rejects public addresses of nodes. With outbound type none or block it " +
		"accepts them, but they give the nodes the way to the Internet that the cluster should not have: that is a " +
		"warning.",
	Source: aks.PageNodePublicIPs,
	Fix:    "set enableNodePublicIP: false, or choose another outboundType",
	Since:  "v0.1.0",
	Check:  checkNodeIPRouting,
}

func checkNodeIPRouting(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		routed := c.OutboundType == aks.OutboundUserDefinedRouting
		if !pool.Spec.EnableNodePublicIP || !routed && !closedEgress(c) {
			return
		}
		f := p.Report(Finding{
			Path: pool.Path + ".enableNodePublicIP",
			Message: fmt.Sprintf("nodes of pool %q have public addresses, but outboundType is %s", pool.Name,
				c.OutboundType),
			Advice: p.rule.Fix,
			Edit:   set(false),
		})
		if f.Severity = Warning; routed {
			f.Severity, f.AzureError = Error, &AzureError{Code: aks.CodeUDRWithNodePublicIPNotAllowed}
		}
	})
}

var nodePrefixFeatures = &Rule{
	ID:       "POOL035",
	Title:    "public prefix of nodes on dual-stack with node auto-provisioning",
	Severity: Error,
	Explanation: "Dual-stack public prefixes of nodes are in preview, and support neither node auto-provisioning nor " +
		"AKS Automatic.",
	Source: aks.PageNodePublicIPs,
	Fix:    "remove nodePublicIPPrefixID, or set nodeProvisioningMode: Manual",
	Since:  "v0.1.0",
	Check:  checkNodePrefixFeatures,
}

func checkNodePrefixFeatures(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.NodePublicIPPrefixID != "" && c.Spec.DualStack() &&
			c.Spec.NodeProvisioningMode == aks.ProvisioningAuto {
			p.Report(Finding{
				Path: pool.Path + ".nodePublicIPPrefixID",
				Message: fmt.Sprintf("the dual-stack public prefix of pool %q is not supported with node auto-provisioning",
					pool.Name),
				Advice: p.rule.Fix,
				Edit:   Edit{Remove: true},
			})
		}
	})
}
