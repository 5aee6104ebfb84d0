package aks

// The numbers in this block are of a Standard load balancer and were read in a third-party copy of Azure's page.
// [PageLoadBalancerLimits]
// (read 2026-11-22)
const (
	MaxLoadBalancers        = 1000   // load balancers in a region
	MaxFrontends            = 600    // frontend IP configurations of a load balancer
	RulesPerLB              = 1500   // load-balancing and inbound NAT rules of a load balancer
	RulesPerNIC             = 300    // rules that touch one NIC: the ceiling of Service ports in a cluster
	MaxOutboundRules        = 600    // outbound rules of a load balancer
	MaxBackends             = 5000   // members of a backend pool
	BackendIPsPerFrontend   = 10000  // backend IP configurations of a frontend: services × ports × nodes
	BackendIPsPerLB         = 500000 // backend IP configurations of a load balancer
	HAPortsRulesPerFrontend = 1      // HA-ports rules of an internal frontend
)

// LargestPublicPrefixBits is the largest public IPv4 prefix that Azure gives without an agreement, as a prefix length.
// [PagePublicIPPrefixes] (read 2026-11-28)
const LargestPublicPrefixBits = 28

// PrivateLinkServicesPerLB is how many private link services a load balancer, or a NIC behind it, may have.
// [PageMultipleLoadBalancers] (text 2025-05-13, read 2026-11-22)
const PrivateLinkServicesPerLB = 8

// MultipleLBSince is the first Kubernetes version that takes several Standard load balancers (preview).
// [PageMultipleLoadBalancers] (text 2025-05-13, read 2026-11-22)
const MultipleLBSince = "1.28"

// MaxServiceIdleTimeout is the longest idle timeout that the annotation of a Service takes, in minutes.
// [PageLoadBalancer] (read 2026-11-22)
const MaxServiceIdleTimeout = 30

// FirstNodePort and LastNodePort bound the node ports of Services: NodePort and LoadBalancer Services take one of them
// for each port.
// [PageServices] (read 2026-11-28)
const (
	FirstNodePort = 30000
	LastNodePort  = 32767
)

// MaxNodePorts is how many node ports a cluster has.
// [PageServices] (read 2026-11-28)
const MaxNodePorts = LastNodePort - FirstNodePort + 1

// SourceRangesPodsSince is the first Kubernetes version in which pods that call the address of a load balancer need the
// pod CIDR in loadBalancerSourceRanges.
// [PageLoadBalancer] (text 2024-01-23, read 2026-11-28)
const SourceRangesPodsSince = "1.25"
