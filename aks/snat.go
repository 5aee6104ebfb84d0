package aks

import (
	"strings"

	"github.com/aksnet/aksnet/internal/english"
)

// SNATPortsPerIP is how many SNAT ports one public IP of a Standard load balancer gives.
// [PageSNAT] (text 2022-03-01, read 2026-11-22)
const SNATPortsPerIP = 64000

// SNATPortStep is the step of allocatedOutboundPorts, and the block that each load-balancing rule on an IP takes.
// [PageSNAT] (text 2022-03-01, read 2026-11-22)
const SNATPortStep = 8

// MaxAllocatedPorts is the largest allocatedOutboundPorts; zero means automatic.
// [PageLoadBalancer] (read 2026-11-22)
const MaxAllocatedPorts = 64000

// MinManagedOutboundIPs is the least managedOutboundIPs.count for IPv4.
// [PageLoadBalancer] (read 2026-11-22)
const MinManagedOutboundIPs = 1

// MaxManagedOutboundIPs is the largest managedOutboundIPs.count.
// [PageLoadBalancer] (read 2026-11-22)
const MaxManagedOutboundIPs = 100

// DefaultManagedOutboundIPs is how many IPv4 addresses AKS takes when the profile says nothing.
// [PageLoadBalancer] (read 2026-11-22)
const DefaultManagedOutboundIPs = 1

// DefaultManagedOutboundIPs6 is how many IPv6 addresses AKS takes for a dual-stack cluster; single-stack takes none.
// [PageLoadBalancer] (read 2026-11-22)
const DefaultManagedOutboundIPs6 = 1

// MinIdleTimeout is the least idleTimeoutInMinutes, of a load balancer and of a NAT gateway, in minutes.
// [PageLoadBalancer] (read 2026-11-22)
const MinIdleTimeout = 4

// MaxIdleTimeout is the largest idleTimeoutInMinutes, of a load balancer and of a NAT gateway, in minutes.
// [PageLoadBalancer] (read 2026-11-22)
const MaxIdleTimeout = 120

// MaxIdleTimeoutCLI is the largest load balancer idle timeout that the Azure CLI lets through, in minutes.
// https://github.com/Azure/azure-cli (2024, read 2026-11-22)
const MaxIdleTimeoutCLI = 100

// DefaultLBIdleTimeout is the idle timeout AKS gives its outbound rule, in minutes.
// [PageLoadBalancer] (read 2026-11-22)
const DefaultLBIdleTimeout = 30

// DefaultNATIdleTimeout is the idle timeout of a NAT gateway, in minutes.
// [PageNATGateway] (read 2026-11-22)
const DefaultNATIdleTimeout = 4

// SNATStep is one line of the table of automatic ports: pools up to MaxNodes nodes get Ports ports a node and IP.
type SNATStep struct {
	MaxNodes int    `json:"maxNodes"`
	Ports    int    `json:"ports"`
	Source   Source `json:"source"`
}

var snatSteps = [...]struct{ maxNodes, ports int }{
	{50, 1024}, {100, 512}, {200, 256}, {400, 128}, {800, 64}, {1000, 32},
}

// SNATSteps returns the table of automatic ports, smallest pool first.
func SNATSteps() []SNATStep {
	steps := make([]SNATStep, len(snatSteps))
	for i, s := range snatSteps {
		steps[i] = SNATStep{MaxNodes: s.maxNodes, Ports: s.ports, Source: srcSNAT()}
	}
	return steps
}

// DefaultSNATPorts returns how many ports each node gets from each outbound IP when allocatedOutboundPorts is zero.
// The table ends at 1,000 nodes: beyond that the last step is returned. No nodes get the ports of one.
func DefaultSNATPorts(nodes int) int {
	for _, s := range snatSteps {
		if nodes <= s.maxNodes {
			return s.ports
		}
	}
	return snatSteps[len(snatSteps)-1].ports
}

// automaticPorts returns the table of automatic ports in words.
func automaticPorts() string {
	var steps []string
	for _, s := range snatSteps {
		steps = append(steps, english.Text("%v ports a node up to %v nodes", s.ports, s.maxNodes))
	}
	return strings.Join(steps, ", ")
}
