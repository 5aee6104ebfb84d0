package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var localDNSUnsupported = &Rule{
	ID:       "AKS116",
	Title:    "LocalDNS is not supported by the pool",
	Severity: Error,
	Explanation: english.Text("LocalDNS runs on Linux nodes of Azure Linux or Ubuntu 22.04 and newer with at least %v "+
		"virtual CPUs, on Kubernetes %v or newer. A mode on the cluster applies to its Linux pools.",
		aks.MinVCPUsLocalDNS, aks.LocalDNSSince),
	Source: aks.PageLocalDNS,
	Fix:    "set localDNSProfile: {mode: Disabled} on the pool",
	Since:  "v0.1.0",
	Check:  checkLocalDNSUnsupported,
}

func checkLocalDNSUnsupported(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		mode, own := c.Spec.LocalDNS(pool.Spec), pool.Spec.LocalDNSProfile.Mode != ""
		if mode == "" || mode == aks.LocalDNSDisabled || pool.OSType == aks.Windows && !own {
			return
		}
		if why := withoutLocalDNS(c, pool); why != "" {
			p.Report(Finding{
				Path: nearest(p, pool.Path+".localDNSProfile.mode", c.Path+".localDNSProfile.mode"),
				Message: fmt.Sprintf("localDNSProfile of pool %q is %s, but LocalDNS needs %s", pool.Name, mode,
					why),
				Advice: p.rule.Fix,
				Edit:   setAt(pool.Path+".localDNSProfile", "{mode: Disabled}"),
			})
		}
	})
}

var localDNSServers = &Rule{
	ID:       "AKS117",
	Title:    "LocalDNS beside the network's own DNS servers",
	Severity: Note,
	Explanation: "With LocalDNS, a resolver on each node forwards to the DNS servers of the network, and holds long TCP " +
		"connections to them: they must answer on TCP 53 and must not limit connections. AKS turns LocalDNS on by " +
		"itself from Kubernetes 1.36, except with the policy engines cilium and calico and with a CNI of your own. " +
		"Nodes learn of changed DNS servers at their next image upgrade.",
	Source: aks.PageLocalDNS,
	Fix:    "allow TCP 53 to the DNS servers, or set localDNSProfile: {mode: Disabled}",
	Since:  "v0.1.0",
	Check:  checkLocalDNSServers,
}

func checkLocalDNSServers(p *Pass) {
	for _, c := range p.Plan.Clusters {
		own := func(a netip.Addr) bool { return a.IsValid() && a != aks.PlatformAddress() }
		if c.VNet() == nil || c.VNet().Spec == nil || !slices.ContainsFunc(c.VNet().Spec.DNSServers, own) {
			continue
		}
		i := slices.IndexFunc(c.NodePools, func(pool *plan.NodePool) bool { return hasLocalDNS(c, pool) })
		if i < 0 {
			continue
		}
		why := fmt.Sprintf("is on from Kubernetes %s", aks.LocalDNSDefaultSince)
		if mode := c.Spec.LocalDNS(c.NodePools[i].Spec); mode != "" {
			why = fmt.Sprintf("is %s", mode)
		}
		f := p.Reportf(c.VNet().Path+".dnsServers",
			"LocalDNS of cluster %q %s: its nodes hold TCP connections to the DNS servers of network %q", c.Name, why,
			c.VNet().Name)
		p.Relate(f, c.NodePools[i].Path, "pool %q", c.NodePools[i].Name)
	}
}

var localDNSPolicy = &Rule{
	ID:       "AKS118",
	Title:    "LocalDNS with Cilium network policies",
	Severity: Note,
	Explanation: "With LocalDNS, pods send their DNS queries to 169.254.10.0/24 on their own node. Cilium policies that " +
		"restrict egress must allow it on UDP and TCP 53, or names do not resolve.",
	Source: aks.PageLocalDNS,
	Fix:    "allow 169.254.10.0/24 on port 53 in policies that restrict egress",
	Since:  "v0.1.0",
	Check:  checkLocalDNSPolicy,
}

func checkLocalDNSPolicy(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if c.NetworkPolicy == aks.PolicyCilium && hasLocalDNS(c, pool) {
			p.Reportf(nearest(p, pool.Path+".localDNSProfile.mode", c.Path+".localDNSProfile.mode"),
				"pool %q has LocalDNS: Cilium policies that restrict egress must allow 169.254.10.0/24", pool.Name)
		}
	})
}
