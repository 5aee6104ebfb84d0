package aks

import "github.com/aksnet/aksnet/internal/english"

// NATSKU is what one kind of NAT gateway offers.
type NATSKU struct {
	Name         string   `json:"name"`  // ARM value of sku.name
	Zones        string   `json:"zones"` // how it relates to availability zones
	PublicIPs4   int      `json:"publicIPs"`
	PublicIPs6   int      `json:"publicIPs6"`
	PrefixBits4  int      `json:"prefixLength"`  // largest public IP prefix
	PrefixBits6  int      `json:"prefixLength6"` // largest IPv6 public IP prefix; zero if it takes none
	PortsPerIP   int      `json:"portsPerIP"`
	Gbps         int      `json:"gbps"`               // bandwidth in Gbit/s
	MillionPPS   int      `json:"millionPPS"`         // packets a second, in millions
	PublicIPSKU  string   `json:"publicIPSKU"`        // SKU that its public IPs must have
	NotInRegions []string `json:"notIn,omitempty"`    // regions without it, as ARM writes them
	ManagedMax   int      `json:"managedOutboundMax"` // most managed outbound IPs under AKS
	Source       Source   `json:"source"`
}

// NATSKUs returns both kinds of NAT gateway. Neither turns into the other in place.
func NATSKUs() []NATSKU {
	return []NATSKU{
		{
			Name: "Standard", Zones: "one zone or no zone", PublicIPs4: MaxNATPublicIPs, PrefixBits4: 28,
			PortsPerIP: NATPortsPerIP,
			Gbps:       50, MillionPPS: 5, PublicIPSKU: "Standard", ManagedMax: MaxNATPublicIPs, Source: srcNATSKU(),
		},
		{
			Name: "StandardV2", Zones: "zone-redundant", PublicIPs4: MaxNATPublicIPs, PublicIPs6: MaxNATPublicIPs,
			PrefixBits4: 28,
			PrefixBits6: 124,
			PortsPerIP:  NATPortsPerIP,
			Gbps:        100,
			MillionPPS:  10,
			PublicIPSKU: "StandardV2",
			NotInRegions: []string{
				"canadaeast", "indonesiacentral", "israelnorthwest", "qatarcentral", "swedensouth", "westindia",
			},
			ManagedMax: MaxNATPublicIPs, Source: srcNATSKU(),
		},
	}
}

// NATFacts returns what else has to be minded with a NAT gateway.
func NATFacts() []Fact {
	return []Fact{
		{
			"nat-one-vnet",
			english.Text("a NAT gateway serves subnets of one VNet, at most %v of them", MaxNATSubnets),
			srcNATSKU(),
		},
		{"nat-one-per-subnet", "a subnet has one NAT gateway", srcNATRes()},
		{"nat-gateway-subnet", "never on GatewaySubnet", srcNATRes()},
		{
			"nat-basic",
			"no Basic load balancer and no Basic public IP on its subnets, no public IP with DDoS protection",
			srcNATRes(),
		},
		{"nat-upgrade", "Standard does not become StandardV2 in place: make a new one", srcNATSKU()},
		{
			"nat-timers",
			"FIN 65 seconds, RST 16 seconds, half-open 30 seconds; UDP idle 4 minutes and fixed",
			srcNATRes(),
		},
		{"nat-windows", "Windows OutboundNAT gives 64 ports with a load balancer", srcNAT()},
		{"nat-managed-choice", "under StandardV2 the choice between managed and own public IPs is for ever", srcNAT()},
	}
}

// BalancerFacts returns what else has to be minded with the outbound load balancer.
func BalancerFacts() []Fact {
	return []Fact{
		{
			"lb-max-nodes",
			english.Text("nodes are at most %v × public IPs ÷ ports, rounded down", SNATPortsPerIP),
			srcLB(),
		},
		{"lb-ports-zero", "allocatedOutboundPorts 0 is automatic: " + automaticPorts(), srcSNAT()},
		{
			"lb-several",
			"several Standard load balancers (preview) pass the limit of rules on one NIC: Kubernetes " + MultipleLBSince +
				" or newer, backendPoolType nodeIP, and one configuration with the name kubernetes",
			srcManyLB(),
		},
		{
			"lb-ports-boundary",
			"crossing a boundary of the table takes ports from running nodes and may break flows",
			srcLB(),
		},
		{
			"lb-counted", "Azure counts maxCount with the autoscaler, count without, and maxSurge rounded up",
			told(github + "MicrosoftDocs/SupportArticles-docs/pull/2101").dated("2026-08-10"),
		},
		{
			"lb-one-ip-first",
			"frontend IPs are used one at a time: the second idles until the first is used up",
			srcSNAT(),
		},
		{"lb-exclusive", "managed IPs, IPs of one's own and prefixes of one's own exclude each other", srcLB()},
		{"lb-rule-block", "each load-balancing or NAT rule on an IP takes a block of 8 ports", srcSNAT()},
		{
			"lb-service-rules",
			"each Service has a frontend of its own, and each of its ports is a rule on every node's NIC",
			srcLB(),
		},
		{
			"lb-pod-cidr",
			"since Kubernetes 1.25 pods that call a load balancer need the pod CIDR in loadBalancerSourceRanges",
			srcLB(),
		},
		{
			"lb-backend-pool",
			"backend pools are nodeIPConfiguration by default, or nodeIP, which has no private link services",
			srcLB(),
		},
	}
}
