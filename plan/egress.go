package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// egressOf adds up the outbound ports of a cluster. A public prefix counts as one address, since its size is not in the
// spec.
// [aks.PageLoadBalancer], [aks.PageNATGateway] (read
// 2026-11-22)
func egressOf(c *Cluster) Egress {
	e := outboundOf(c)
	if s := c.Spec.Services; s.Balancers() > 0 {
		e.BackendIPConfigs = s.Ports * (c.Nodes + c.SurgeNodes)
	}
	return e
}

func outboundOf(c *Cluster) Egress {
	switch c.OutboundType {
	case aks.OutboundLoadBalancer:
		return loadBalancerEgress(c)
	case aks.OutboundManagedNATGateway, aks.OutboundManagedNATGatewayV2:
		profile := c.Spec.NATGatewayProfile
		return natEgress(max(1, profile.ManagedOutboundIPs, len(profile.OutboundIPs)+len(profile.OutboundIPPrefixes)))
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

// PodBlock returns the block of the pod CIDR that the node with this index gets when nodes come one after another;
// false past the end, and for models that give nodes no block.
func (c *Cluster) PodBlock(node int) (netip.Prefix, bool) {
	if node < 0 || node >= c.PodBlocks.Available || !c.PodCIDR.IsValid() {
		return netip.Prefix{}, false
	}
	return ipam.NthSubnet(c.PodCIDR, c.PodBlocks.PrefixLength, uint64(node))
}
