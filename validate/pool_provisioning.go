package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var provisioningUnknown = &Rule{
	ID: "POOL039", Title: "no bound for node auto-provisioning", Severity: Note, Also: []Severity{Warning},
	Explanation: english.Text("Node auto-provisioning adds nodes until the limits of its NodePools are reached, and "+
		"without limits until the quota of the subscription is. The spec does not say how many that may be, so the plan "+
		"counts none of them: it gives the node subnet a /%v, as the samples have it, and room for %v of them where the "+
		"network has that. When the room is used up, new nodes fail with %s. Where there is no room at all, the finding "+
		"is a warning.", aks.ProvisionedSubnetBits, plan.UnknownProvisioned, aks.CodeSubnetIsFull),
	Fix:    "set nodeProvisioning.maxNodes to what the limits of your NodePools allow",
	Source: aks.PageNodeProvisioningNetwork, Since: "v0.1.0",
	Check: checkProvisioningUnknown,
}

func checkProvisioningUnknown(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if _, known := c.Spec.ProvisionedNodes(); known || !c.Spec.AutoProvisioned() || len(c.Pools()) == 0 {
			continue
		}
		if s := c.ProvisionSubnet(); s != nil {
			if _, known := s.PrefixLength(); !known {
				continue // not placed, which is a finding of its own
			}
		}
		room, by := c.ProvisionRoom()
		f := p.Reportf(nearest(p, c.Path+".nodeProvisioning", c.Path+".nodeProvisioningMode", c.Path+".sku"),
			"the spec does not say how many nodes auto-provisioning may add to cluster %q; %s has room for %s", c.Name,
			provisionRange(c, by), english.Count(room, "node"))
		f.Advice = fmt.Sprintf("set nodeProvisioning.maxNodes of cluster %q to what the limits of its NodePools allow",
			c.Name)
		if room == 0 {
			f.Severity = Warning
			f.AzureError = &AzureError{Code: aks.CodeSubnetIsFull}
			if by == plan.LimitPodCIDR {
				f.AzureError = nil
			}
		}
	}
}

// provisionRange names the range that ends node auto-provisioning.
func provisionRange(c *plan.Cluster, by string) string {
	s := c.ProvisionSubnet()
	switch {
	case by == plan.LimitPodCIDR:
		return fmt.Sprintf("pod CIDR %s", c.PodCIDR)
	case s == nil:
		return "the managed network"
	}
	return fmt.Sprintf("node subnet %q (%s)", s.Name, rangeText(s))
}

var provisioningIdle = &Rule{
	ID: "POOL040", Title: "setting without its node provisioning", Severity: Warning,
	Explanation: "nodeProvisioning bounds node auto-provisioning, and systemNodeSubnet is the subnet of a hosted system " +
		"pool, which only AKS Automatic has, and only in a network of your own. On another cluster the setting has no " +
		"effect.",
	Fix:    "set nodeProvisioningMode: Auto or sku: Automatic, or remove the setting",
	Source: aks.PageNodeProvisioning, Since: "v0.1.0",
	Check: checkProvisioningIdle,
}

func checkProvisioningIdle(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if path := c.Path + ".nodeProvisioning"; p.Spec.Has(path) && !c.Spec.AutoProvisioned() {
			f := p.Reportf(path, "nodeProvisioning of cluster %q has no effect: its nodeProvisioningMode is %s", c.Name,
				c.Spec.NodeProvisioningMode)
			f.Edit = setAt(c.Path+".nodeProvisioningMode", aks.ProvisioningAuto)
		}
		path := c.Path + ".systemNodeSubnet"
		if !p.Spec.Has(path) || c.Spec.HostsSystemPool() && c.VNet() != nil {
			continue
		}
		f := p.Reportf(path, "systemNodeSubnet of cluster %q has no effect: %s", c.Name, noHostedSubnet(c))
		f.Remove = true
		f.Advice = "remove systemNodeSubnet"
	}
}

// noHostedSubnet says why a cluster has no subnet of hosted system nodes.
func noHostedSubnet(c *plan.Cluster) string {
	switch {
	case c.Spec.SKU != aks.SKUAutomatic:
		return fmt.Sprintf("its sku is %s", c.Spec.SKU)
	case c.VNet() == nil:
		return "AKS manages its network"
	}
	return "it lists a system pool"
}
