package plan

import "github.com/aksnet/aksnet/aks"

// egressOf adds up the outbound ports of a cluster. A public prefix counts as one address, since its size is not in the spec.
// https://learn.microsoft.com/azure/aks/load-balancer-standard, https://learn.microsoft.com/azure/aks/nat-gateway (read 2026-11-22)
func egressOf(c *Cluster) Egress {
	switch c.OutboundType {
	case aks.OutboundLoadBalancer:
		return loadBalancerEgress(c)
	case aks.OutboundManagedNATGateway, aks.OutboundManagedNATGatewayV2:
		return natEgress(max(1, c.Spec.NATGatewayProfile.ManagedOutboundIPs))
	case aks.OutboundUserAssignedNATGateway:
		return natEgress(max(1, c.Spec.NATGateway.PublicIPs))
	}
	return Egress{}
}

func natEgress(ips int) Egress {
	return Egress{OutboundIPs: ips, PortsAvailable: ips * aks.NATPortsPerIP}
}

func loadBalancerEgress(c *Cluster) Egress {
	profile := c.Spec.LoadBalancerProfile
	e := Egress{OutboundIPs: max(1, profile.ManagedOutboundIPs), PortsPerNode: profile.AllocatedOutboundPorts}
	if n := len(profile.OutboundIPs) + len(profile.OutboundIPPrefixes); n > 0 {
		e.OutboundIPs = n
	}
	e.PortsAvailable = e.OutboundIPs * aks.SNATPortsPerIP
	if e.PortsPerNode > 0 {
		e.MaxNodes = e.PortsAvailable / e.PortsPerNode
	} else {
		e.PortsPerNode = aks.DefaultSNATPorts(c.Nodes)
	}
	e.PortsNeeded = e.PortsPerNode * (c.Nodes + c.SurgeNodes)
	return e
}
