package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var managedSubnet = &Rule{
	ID:       "AKS112",
	Title:    "own subnet in a managed network",
	Severity: Error,
	Explanation: "vnet: managed leaves the network and its subnets to AKS. AKS rejects a pool with a subnet of its own " +
		"beside pools in the managed network: \"Cannot use a custom subnet because agent … is using a managed " +
		"subnet\". If every pool had one, the network would not be managed.",
	Source: aks.PageNodePoolSubnets,
	Fix:    "remove the subnet, or set vnet to your own network",
	Since:  "v0.1.0",
	Check:  checkManagedSubnet,
}

func checkManagedSubnet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Spec.Managed() || c.Model.Facts().NeedsPodSubnet {
			continue // model pod-subnet itself needs a network of your own, which another rule says
		}
		for _, own := range ownSubnets(c) {
			p.Report(Finding{
				Path:    own,
				atKey:   true,
				Message: fmt.Sprintf("%s is set, but vnet of cluster %q is managed", lastKey(own), c.Name),
				Advice:  fmt.Sprintf("remove %s, or set vnet to your own network", lastKey(own)),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

// ownSubnets returns the paths of the subnets for nodes and API servers that a cluster and its pools set. Pod subnets
// are left to the rule about models without one.
func ownSubnets(c *plan.Cluster) (out []string) {
	add := func(path string, s spec.ClusterSubnet) {
		if s != (spec.ClusterSubnet{}) {
			out = append(out, path)
		}
	}
	add(c.Path+".nodeSubnet", c.Spec.NodeSubnet)
	add(c.Path+".apiServerSubnet", c.Spec.APIServerSubnet)
	for _, pool := range c.NodePools {
		add(pool.Path+".nodeSubnet", pool.Spec.NodeSubnet)
	}
	return out
}
