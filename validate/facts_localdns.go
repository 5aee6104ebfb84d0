package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// withoutLocalDNS returns what LocalDNS needs and a pool is known not to have; empty when nothing is known to be
// missing.
func withoutLocalDNS(c *plan.Cluster, pool *plan.NodePool) string {
	cpus, known := aks.VCPUs(pool.Spec.VMSize)
	switch {
	case pool.OSType == aks.Windows:
		return "Linux"
	case !versionOf(c, pool).AtLeast(aks.LocalDNSSince):
		return fmt.Sprintf("Kubernetes %s or newer", aks.LocalDNSSince)
	case known && cpus < aks.MinVCPUsLocalDNS:
		return fmt.Sprintf("%d virtual CPUs, and %s has %d", aks.MinVCPUsLocalDNS, pool.Spec.VMSize, cpus)
	case pool.Spec.OSSKU == aks.Flatcar:
		return "Azure Linux or Ubuntu"
	}
	return ""
}

// hasLocalDNS reports whether the nodes of a pool are known to have LocalDNS: the spec asks for it, or AKS turns it on
// by itself.
// [aks.PageLocalDNS] (text 2026-07-06, read 2026-11-28)
func hasLocalDNS(c *plan.Cluster, pool *plan.NodePool) bool {
	mode, v := c.Spec.LocalDNS(pool.Spec), versionOf(c, pool)
	if withoutLocalDNS(c, pool) != "" || mode != "" {
		return mode == aks.LocalDNSRequired && withoutLocalDNS(c, pool) == ""
	}
	engine := c.NetworkPolicy == aks.PolicyCilium || c.NetworkPolicy == aks.PolicyCalico
	return v != "" && v.AtLeast(aks.LocalDNSDefaultSince) && !engine && !c.Model.Facts().OwnCNI
}

// anyLocalDNS reports whether a cluster is known to have nodes with LocalDNS.
func anyLocalDNS(c *plan.Cluster) bool {
	for _, pool := range c.NodePools {
		if hasLocalDNS(c, pool) {
			return true
		}
	}
	return false
}
