package aks

// AnnotationPrefix stands before the name of every annotation in the table of annotations.
const AnnotationPrefix = "service.beta.kubernetes.io/"

// Annotation is an annotation of a LoadBalancer Service that Azure acts on.
type Annotation struct {
	Name   string `json:"name"` // without AnnotationPrefix
	Effect string `json:"effect"`
	Costs  string `json:"costs,omitempty"` // addresses it takes; empty for none
	Source Source `json:"source"`
}

// Annotations returns the annotations of LoadBalancer Services that touch the network.
func Annotations() []Annotation {
	lb, internal := srcLB(), srcInternalLB()
	return []Annotation{
		{
			"azure-load-balancer-internal", "internal load balancer",
			"one private address in the subnet of one of the pools",
			internal,
		},
		{
			"azure-load-balancer-internal-subnet",
			"its frontend in a named subnet of the same VNet, which the identity must be able to read",
			"one private address there", internal,
		},
		{
			"azure-load-balancer-ipv4",
			"fixed frontend address: free, in the subnet, none of Azure's, not in the service CIDR",
			"that address", internal,
		},
		{"azure-load-balancer-ipv6", "fixed IPv6 frontend address", "that address", internal},
		{
			"azure-load-balancer-resource-group",
			"public IP in another resource group, where the identity is Network Contributor", "", lb,
		},
		{"azure-pip-name", "a public IP that exists already", "one public IP a frontend", lb.as(Unverified)},
		{
			"azure-allowed-service-tags",
			"security rule for service tags; an error together with loadBalancerSourceRanges", "",
			lb,
		},
		{"azure-allowed-ip-ranges", "security rule for ranges of addresses", "", lb},
		{"azure-load-balancer-tcp-idle-timeout", "idle timeout, 4 to 30 minutes", "", lb},
		{"azure-dns-label-name", "DNS label of the public IP", "", lb},
		{"azure-load-balancer-disable-tcp-reset", "no TCP reset when a flow times out", "", lb},
	}
}

// Ingress is a way for traffic from outside to reach Services.
type Ingress struct {
	ID      string `json:"id"` // stable, lower case with dashes
	Title   string `json:"title"`
	Where   string `json:"where"`  // where the proxy runs
	Expose  string `json:"expose"` // to whom it shows itself
	Subnet  string `json:"subnet"` // what it takes of the network
	Status  string `json:"status"`
	Kubenet bool   `json:"kubenet"` // works with kubenet
	Source  Source `json:"source"`
}

// Ingresses returns the ways in that AKS offers.
func Ingresses() []Ingress {
	s := srcIngress()
	return []Ingress{
		{
			"app-routing-nginx", "application routing with NGINX", "cluster", "internal or external",
			"one load balancer frontend", "security patches end in 2026-11", true, s,
		},
		{
			"app-routing-gateway", "application routing with Gateway API", "cluster", "internal and external",
			"one frontend a Gateway", "general since 2026-04-28", true, release("2026-04-28"),
		},
		{
			"agic", "Application Gateway ingress controller", "gateway subnet", "internal and external",
			"a dedicated subnet",
			"supported; Application Gateway for Containers follows it", true, s,
		},
		{
			"agc", "Application Gateway for Containers", "Azure", "external, by name alone",
			"a delegated /24 in the cluster's own VNet", "general since 2025-08-29", false, srcAGC(),
		},
		{
			"istio", "Istio add-on", "cluster", "one external and one internal gateway", "load balancer frontends",
			"supported",
			true, s,
		},
	}
}

// StaticEgressMinBits and StaticEgressMaxBits bound the prefix length of the public IP prefix behind a static egress
// gateway.
// [PageStaticEgress] (text 2026-08-06, read 2026-11-22)
const (
	StaticEgressMinBits = 28
	StaticEgressMaxBits = 31
)

// StaticEgressNodes returns how many gateway nodes, and public IPs, a prefix of the length gives a static egress
// gateway, and false for a length that it does not take.
func StaticEgressNodes(bits int) (int, bool) {
	if bits < StaticEgressMinBits || bits > StaticEgressMaxBits {
		return 0, false
	}
	return 1 << (32 - bits), true
}
