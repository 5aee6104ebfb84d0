package aks

// Endpoint is one end of a required security rule: a range by its role, or a service tag.
type Endpoint string

// The ends of required rules.
const (
	EndNodes        Endpoint = "node CIDR"
	EndPods         Endpoint = "pod CIDR"
	EndAPIServer    Endpoint = "API server subnet"
	EndLoadBalancer Endpoint = "AzureLoadBalancer"
	EndClients      Endpoint = "clients"
	EndFrontend     Endpoint = "load balancer frontend"
)

// RequiredAllow is traffic that a security group with rules of one's own has to let through.
type RequiredAllow struct {
	ID       string   `json:"id"` // stable, lower case with dashes
	From     Endpoint `json:"from"`
	To       Endpoint `json:"to"`
	Protocol string   `json:"protocol"`         // Tcp, Udp or *
	Ports    []string `json:"ports"`            // destination ports; * for all
	Models   []Model  `json:"models,omitempty"` // models that need it; none for all
	When     string   `json:"when,omitempty"`   // what else has to be so
	Why      string   `json:"why"`
	Source   Source   `json:"source"`
}

// RequiredAllows returns the traffic that must pass, by its importance.
func RequiredAllows() []RequiredAllow {
	all := []string{"*"}
	pods := []Model{Overlay, Kubenet, PodSubnet}
	return []RequiredAllow{
		{ID: "nodes-to-nodes", From: EndNodes, To: EndNodes, Protocol: "*", Ports: all, Why: "nodes talk to each other", Source: srcNetwork()},
		{
			ID: "nodes-to-pods", From: EndNodes, To: EndPods, Protocol: "*", Ports: all, Models: pods, Source: srcOverlay(),
			Why: "the subnet's group sees the pods' addresses, as nothing is encapsulated",
		},
		{ID: "pods-to-pods", From: EndPods, To: EndPods, Protocol: "*", Ports: all, Models: pods, Why: "pods talk to each other, and to cluster DNS", Source: srcOverlay()},
		{ID: "nodes-to-api-server", From: EndNodes, To: EndAPIServer, Protocol: "Tcp", Ports: []string{"443", "4443"}, When: "API Server VNet Integration", Why: "nodes reach the API server", Source: srcAPIServer()},
		{ID: "probes-to-api-server", From: EndLoadBalancer, To: EndAPIServer, Protocol: "Tcp", Ports: []string{"9988"}, When: "API Server VNet Integration", Why: "health probes of the API server", Source: srcAPIServer()},
		{ID: "probes-to-nodes", From: EndLoadBalancer, To: EndNodes, Protocol: "*", Ports: all, When: "a load balancer", Why: "health probes of Services", Source: srcNetwork()},
		{
			ID: "clients-to-services", From: EndClients, To: EndFrontend, Protocol: "Tcp", Ports: nil, When: "public Services and a subnet group of your own",
			Why: "AKS writes rules into its own group alone; a rule for each Service port is yours to write", Source: srcSupportNSG(),
		},
		{ID: "wireguard", From: EndNodes, To: EndNodes, Protocol: "Udp", Ports: []string{"51871"}, When: "WireGuard encryption", Why: "encrypted traffic between nodes", Source: srcCilium()},
	}
}

// DefaultRule is a security rule that Azure puts into every group.
type DefaultRule struct {
	Name      string `json:"name"`
	Direction string `json:"direction"` // Inbound or Outbound
	Priority  int    `json:"priority"`
	Access    string `json:"access"` // Allow or Deny
	From      string `json:"from"`
	To        string `json:"to"`
	Source    Source `json:"source"`
}

// DefaultRules returns the rules that Azure puts into every group, inbound first.
func DefaultRules() []DefaultRule {
	in, out := srcSupportNSG(), srcNSGs().as(Unverified)
	return []DefaultRule{
		{"AllowVnetInBound", "Inbound", 65000, "Allow", "VirtualNetwork", "VirtualNetwork", in},
		{"AllowAzureLoadBalancerInBound", "Inbound", 65001, "Allow", "AzureLoadBalancer", "*", in},
		{"DenyAllInBound", "Inbound", 65500, "Deny", "*", "*", in},
		{"AllowVnetOutBound", "Outbound", 65000, "Allow", "VirtualNetwork", "VirtualNetwork", out},
		{"AllowInternetOutBound", "Outbound", 65001, "Allow", "*", "Internet", out},
		{"DenyAllOutBound", "Outbound", 65500, "Deny", "*", "*", out},
	}
}

// NSGFacts returns what may and may not be done with security groups around a cluster.
func NSGFacts() []Fact {
	return []Fact{
		{"nsg-own-subnets", "security groups may be changed on subnets of one's own, neither on managed subnets nor on the nodes' NICs", srcSupport()},
		{"nsg-load-balancer", "load balancer rules written by hand are undone by AKS", srcLB()},
		{"nsg-node-group", "nothing in the node resource group may be changed or deleted, its tags included", srcFAQ()},
		{"nsg-internal", "blocking traffic inside the subnet is not supported; use network policy", srcEgress()},
		{"nsg-egress", "security groups alone cannot lock egress down, as required endpoints are names", srcEgress()},
		{"nsg-pod-tag", "do not count on the VirtualNetwork tag to cover a pod CIDR: write explicit allows as soon as there is a deny", srcOverlay().as(Derived)},
	}
}
