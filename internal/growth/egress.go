package growth

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// egress returns the ports of a cluster's outbound addresses.
func (g *grower) egress(c *plan.Cluster) []Resource {
	switch {
	case c.Egress.OutboundIPs == 0:
		return nil
	case c.OutboundType != aks.OutboundLoadBalancer:
		return []Resource{g.gateway(c)}
	case c.Egress.MaxNodes > 0:
		return []Resource{g.allocated(c)}
	}
	return g.automatic(c)
}

// allocated returns the ports of a load balancer that gives every node the same number.
func (g *grower) allocated(c *plan.Cluster) Resource {
	ports := c.Egress.PortsPerNode
	r := g.resource(SNATPorts, "load balancer", c.Name, "ports", c.Egress.PortsAvailable,
		func(month int) int { return g.clusterWithSurge(c, month) * ports })
	limit, _ := aks.LimitByID("snat-ports-per-ip")
	ips := plan.OutboundIPsFor(r.last(), aks.SNATPortsPerIP)
	r.Source = limit.Source
	r.Action = fmt.Sprintf("raise loadBalancerProfile.managedOutboundIPs to %d", ips)
	if ips > aks.MaxManagedOutboundIPs {
		r.Action = fmt.Sprintf("lower allocatedOutboundPorts: even %d addresses are too few", aks.MaxManagedOutboundIPs)
	}
	return r
}

// automatic returns the line of the table of automatic ports that a cluster is on: its end takes ports from running
// nodes.
func (g *grower) automatic(c *plan.Cluster) []Resource {
	ports := aks.DefaultSNATPorts(g.clusterNodes(c, 0))
	most := 0
	for _, step := range aks.SNATSteps() {
		if step.Ports == ports {
			most = step.MaxNodes
		}
	}
	r := g.resource(PortTable, fmt.Sprintf("%d automatic SNAT ports each", ports), c.Name, "nodes", most,
		func(month int) int { return g.clusterNodes(c, month) })
	needed := g.clusterWithSurge(c, g.options.Months) * ports
	ips := plan.OutboundIPsFor(needed, aks.SNATPortsPerIP)
	r.Source = aks.SNATSteps()[0].Source
	r.Action = fmt.Sprintf("set loadBalancerProfile.allocatedOutboundPorts to %d and managedOutboundIPs to %d", ports,
		ips)
	if ips > aks.MaxManagedOutboundIPs {
		r.Action = "set allocatedOutboundPorts to what nodes really use, or take a NAT gateway"
	}
	return []Resource{r}
}

// gateway returns the ports of a NAT gateway when every node gets the wanted number.
func (g *grower) gateway(c *plan.Cluster) Resource {
	ports := g.options.PortsPerNode
	name := fmt.Sprintf("NAT gateway, %d ports each", ports)
	r := g.resource(NATGateway, name, c.Name, "ports", c.Egress.PortsAvailable,
		func(month int) int { return g.clusterWithSurge(c, month) * ports })
	limit, _ := aks.LimitByID("nat-ports-per-ip")
	ips := plan.OutboundIPsFor(r.last(), aks.NATPortsPerIP)
	r.Source = limit.Source
	r.Action = fmt.Sprintf("give the NAT gateway %d public addresses", ips)
	if ips > aks.MaxNATPublicIPs {
		r.Action = fmt.Sprintf("a NAT gateway takes %d public addresses at most: put pools into subnets with gateways of "+
			"their own", aks.MaxNATPublicIPs)
	}
	return r
}
