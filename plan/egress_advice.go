package plan

import (
	"strconv"

	"github.com/aksnet/aksnet/aks"
)

// EgressAdvice is what the outbound connections of a cluster need, whatever its spec says today. All port numbers are
// SNAT ports; nodes are counted as Azure counts them: every pool at its maximum, and its surge.
type EgressAdvice struct {
	Cluster      string           `json:"cluster"`
	OutboundType aks.OutboundType `json:"outboundType"`
	Nodes        int              `json:"nodes"`
	// PortsPerNode is the ports wanted for each node, a multiple of eight; PortsNeeded is that for all nodes.
	PortsPerNode int `json:"portsPerNode"`
	PortsNeeded  int `json:"portsNeeded"`
	// Today is what the spec gives; EnoughToday whether that is PortsNeeded.
	Today       Egress `json:"today"`
	EnoughToday bool   `json:"enoughToday"`
	// LoadBalancer and NATGateway are the two ways to have the ports.
	LoadBalancer EgressWay `json:"loadBalancer"`
	NATGateway   EgressWay `json:"natGateway"`
	// Breaks is Azure's table of automatic ports; Here marks the line of today's nodes.
	Breaks []PortBreak `json:"breaks"`
	// Settings is what to write into the cluster of the spec for its outbound type; empty when AKS translates nothing.
	Settings []EgressSetting `json:"settings"`
}

// EgressWay is one way to have enough ports.
type EgressWay struct {
	// Possible is whether the outbound addresses needed are no more than Azure allows.
	Possible    bool `json:"possible"`
	OutboundIPs int  `json:"outboundIPs"`
	// PortsAvailable is the ports of all those addresses, PortsPerNode what each node gets: fixed for a load balancer,
	// an even share for a NAT gateway, which hands out ports on demand.
	PortsAvailable int `json:"portsAvailable"`
	PortsPerNode   int `json:"portsPerNode"`
	// MaxNodes is how many nodes the addresses serve at the ports that are wanted.
	MaxNodes int        `json:"maxNodes"`
	Source   aks.Source `json:"source"`
}

// PortBreak is a line of the table of automatic ports.
type PortBreak struct {
	FromNodes int  `json:"fromNodes"`
	ToNodes   int  `json:"toNodes"`
	Ports     int  `json:"ports"`
	Here      bool `json:"here"`
	// OutboundIPs is how many addresses ToNodes nodes with these ports need.
	OutboundIPs int        `json:"outboundIPs"`
	Source      aks.Source `json:"source"`
}

// EgressSetting is a key of the spec's cluster and the value that it should have.
type EgressSetting struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// AdviseEgress adds up what a cluster's outbound connections need when every node gets this many ports: with 0 the
// ports of its load balancer profile, or else those that Azure's table gives today.
func AdviseEgress(c *Cluster, ports int) EgressAdvice {
	nodes := c.Nodes + c.SurgeNodes
	if ports <= 0 {
		ports = c.Spec.LoadBalancerProfile.AllocatedOutboundPorts
	}
	if ports <= 0 {
		ports = aks.DefaultSNATPorts(c.Nodes)
	}
	ports = min(ceilTo(ports, aks.SNATPortStep), aks.MaxAllocatedPorts)
	a := EgressAdvice{
		Cluster: c.Name, OutboundType: c.OutboundType, Nodes: nodes, PortsPerNode: ports, PortsNeeded: nodes * ports,
		Today: c.Egress, Breaks: portBreaks(c.Nodes), Settings: []EgressSetting{},
	}
	a.EnoughToday = c.Egress.PortsAvailable >= a.PortsNeeded
	a.LoadBalancer = balancerWay(nodes, ports)
	a.NATGateway = natWay(nodes, ports)
	a.Settings = append(a.Settings, egressSettings(c, a)...)
	return a
}

// MaxNodesForPorts returns how many nodes with this many SNAT ports each the public addresses of a load balancer serve.
// [aks.PageLoadBalancer] (read 2026-11-22)
func MaxNodesForPorts(ips, ports int) int {
	if ports <= 0 {
		return 0
	}
	return ips * aks.SNATPortsPerIP / ports
}

// OutboundIPsFor returns how many public addresses with this many ports each give all the ports needed: at least one.
func OutboundIPsFor(needed, portsPerIP int) int { return max(1, (needed+portsPerIP-1)/portsPerIP) }

func ceilTo(n, step int) int { return (n + step - 1) / step * step }

func balancerWay(nodes, ports int) EgressWay {
	ips := OutboundIPsFor(nodes*ports, aks.SNATPortsPerIP)
	limit, _ := aks.LimitByID("snat-ports-per-ip")
	return EgressWay{
		Possible: ips <= aks.MaxManagedOutboundIPs, OutboundIPs: ips, PortsAvailable: ips * aks.SNATPortsPerIP,
		PortsPerNode: ports,
		MaxNodes:     MaxNodesForPorts(ips, ports), Source: limit.Source,
	}
}

func natWay(nodes, ports int) EgressWay {
	ips := OutboundIPsFor(nodes*ports, aks.NATPortsPerIP)
	limit, _ := aks.LimitByID("nat-ports-per-ip")
	available := ips * aks.NATPortsPerIP
	return EgressWay{
		Possible: ips <= aks.MaxNATPublicIPs, OutboundIPs: ips, PortsAvailable: available,
		PortsPerNode: available / max(1, nodes),
		MaxNodes:     available / ports, Source: limit.Source,
	}
}

// portBreaks returns the table of automatic ports with the line for this many nodes marked. Beyond its end the last
// line counts.
func portBreaks(nodes int) []PortBreak {
	steps := aks.SNATSteps()
	out := make([]PortBreak, len(steps))
	from := 1
	for i, s := range steps {
		out[i] = PortBreak{
			FromNodes: from, ToNodes: s.MaxNodes, Ports: s.Ports, Source: s.Source,
			Here:        nodes >= from && nodes <= s.MaxNodes || i == len(steps)-1 && nodes > s.MaxNodes,
			OutboundIPs: OutboundIPsFor(s.MaxNodes*s.Ports, aks.SNATPortsPerIP),
		}
		from = s.MaxNodes + 1
	}
	return out
}

func egressSettings(c *Cluster, a EgressAdvice) []EgressSetting {
	lb, nat := a.LoadBalancer, a.NATGateway
	switch {
	case c.OutboundType == aks.OutboundLoadBalancer && lb.Possible:
		return []EgressSetting{
			{"loadBalancerProfile.managedOutboundIPs", strconv.Itoa(lb.OutboundIPs)},
			{"loadBalancerProfile.allocatedOutboundPorts", strconv.Itoa(a.PortsPerNode)},
		}
	case c.OutboundType == aks.OutboundLoadBalancer && nat.Possible && c.vnet == nil:
		return []EgressSetting{
			{"outboundType", string(aks.OutboundManagedNATGateway)},
			{"natGatewayProfile.managedOutboundIPs", strconv.Itoa(nat.OutboundIPs)},
		}
	case c.OutboundType == aks.OutboundLoadBalancer && nat.Possible:
		return []EgressSetting{
			{"outboundType", string(aks.OutboundUserAssignedNATGateway)},
			{"natGateway.publicIPs", strconv.Itoa(nat.OutboundIPs)},
		}
	case !nat.Possible:
		return nil
	case c.OutboundType == aks.OutboundUserAssignedNATGateway:
		return []EgressSetting{{"natGateway.publicIPs", strconv.Itoa(nat.OutboundIPs)}}
	case c.OutboundType == aks.OutboundManagedNATGateway || c.OutboundType == aks.OutboundManagedNATGatewayV2:
		return []EgressSetting{{"natGatewayProfile.managedOutboundIPs", strconv.Itoa(nat.OutboundIPs)}}
	}
	return nil
}
