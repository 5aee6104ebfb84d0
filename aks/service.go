package aks

import (
	"fmt"

	"github.com/aksnet/aksnet/internal/english"
)

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
			"fixed frontend address, private or public; a private one is free, in the subnet, none of Azure's, not in the " +
				"service CIDR",
			"that address", internal,
		},
		{"azure-load-balancer-ipv6", "fixed IPv6 frontend address", "that address", internal},
		{
			"azure-load-balancer-resource-group",
			"public IP in another resource group, where the identity is Network Contributor", "", lb,
		},
		{
			"azure-pip-name",
			"a Standard public IP that exists already, in the node resource group unless azure-load-balancer-resource-group " +
				"names another",
			"one public IP a frontend", srcStaticIP(),
		},
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

// ServiceType is a type of Kubernetes Service, and what it takes of the network.
type ServiceType struct {
	ID      string `json:"id"` // stable, lower case with dashes
	Title   string `json:"title"`
	Address string `json:"address"` // where its address is from
	Ports   string `json:"ports"`   // what it takes of ports
	Layer   string `json:"layer"`   // of the network at which it works
	Rule    string `json:"rule"`    // what a security group of one's own on the node subnet needs for its clients
	Source  Source `json:"source"`
}

// ServiceTypes returns the types of Services.
func ServiceTypes() []ServiceType {
	s := srcServices()
	const perPort = "a load-balancing rule and a node port for each port"
	return []ServiceType{
		{"cluster-ip", "ClusterIP", "one of the service CIDR; none of the network", "none", "4", "none", s},
		{
			"node-port", "NodePort", "those of the nodes, beside one of the service CIDR",
			english.Text("one of %s for each port, on every node", NodePortRange()), "4",
			"its node ports, from the clients", s,
		},
		{
			"load-balancer-internal", "LoadBalancer, internal",
			"one of the subnet of internal load balancers, beside one of the service CIDR", perPort, "4",
			"its ports, where a rule denies them", srcInternalLB(),
		},
		{
			"load-balancer-public", "LoadBalancer, public", "one public address, beside one of the service CIDR", perPort,
			"4", "its ports, from the Internet", srcLB(),
		},
		{"external-name", "ExternalName", "none: it is a DNS name", "none", "none", "none", s},
	}
}

// ServiceFacts returns which source address the pods behind a Service see, and what layers 4 and 7 can do.
func ServiceFacts() []Fact {
	return []Fact{
		{"service-layer-4", "a load balancer works at layer 4: addresses, protocols and ports", srcIngress()},
		{"service-layer-7", "an ingress works at layer 7: hosts, paths and TLS", srcIngress()},
		{
			"source-cluster",
			"layer 4, externalTrafficPolicy Cluster (the default): pods see the address of a node",
			srcServices(),
		},
		{
			"source-local",
			"layer 4, externalTrafficPolicy Local: pods see the address of the client; nodes without a pod of the " +
				"Service get no traffic, and the load balancer finds them by a health check",
			srcServices(),
		},
		{
			"source-local-network",
			"node-subnet, externalTrafficPolicy Local, internal: machines that have an address of the nodes' own range " +
				"but are outside the cluster do not reach the Service",
			srcLegacy(),
		},
		{
			"source-ipv6",
			"IPv6 Services on Azure Linux need externalTrafficPolicy Local",
			srcOverlaySet(),
		},
		{
			"source-forwarded",
			"layer 7: the ingress puts the address of the client into X-Forwarded-For, which TLS pass-through rules out",
			srcIngress(),
		},
		{
			"probe-cluster",
			"health probes with Cluster: TCP on the node port; none for UDP",
			srcLB(),
		},
		{"probe-local", "health probes with Local: HTTP /healthz on the health-check node port", srcLB()},
		{
			"source-ranges",
			english.Text(
				"loadBalancerSourceRanges needs the pod CIDR where pods call the load balancer (since Kubernetes %v)",
				SourceRangesPodsSince,
			),
			srcLB(),
		},
	}
}

// NodePortRange returns the node ports as one range: "30000-32767".
func NodePortRange() string { return fmt.Sprintf("%d-%d", FirstNodePort, LastNodePort) }

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

// MinGatewayNodes is the least number of nodes of a static egress gateway's pool.
// [PageStaticEgress] (text 2026-08-06, read 2026-11-28)
const MinGatewayNodes = 2

// PrivateGatewaySince is the first Kubernetes version on which a static egress gateway can have private addresses.
// [PageStaticEgress] (text 2026-08-06, read 2026-11-28)
const PrivateGatewaySince = "1.34"

// StaticEgressNodes returns how many gateway nodes, and public IPs, a prefix of the length gives a static egress
// gateway, and false for a length that it does not take.
func StaticEgressNodes(bits int) (int, bool) {
	if bits < StaticEgressMinBits || bits > StaticEgressMaxBits {
		return 0, false
	}
	return 1 << (32 - bits), true
}
