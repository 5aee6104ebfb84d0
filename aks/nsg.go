package aks

// DefaultRule is a security rule that Azure puts into every group.
type DefaultRule struct {
	Name      string    `json:"name"`
	Direction Direction `json:"direction"`
	Priority  int       `json:"priority"`
	Access    Access    `json:"access"`
	From      string    `json:"from"` // service tag or *
	To        string    `json:"to"`   // service tag or *
	Source    Source    `json:"source"`
}

// DefaultRules returns the rules that Azure puts into every group, inbound first.
func DefaultRules() []DefaultRule {
	in, out := srcSupportNSG(), srcNSGs()
	return []DefaultRule{
		{"AllowVnetInBound", DirInbound, 65000, AccessAllow, TagVNet, TagVNet, in},
		{"AllowAzureLoadBalancerInBound", DirInbound, 65001, AccessAllow, TagLoadBalancer, "*", in},
		{"DenyAllInBound", DirInbound, 65500, AccessDeny, "*", "*", in},
		{"AllowVnetOutBound", DirOutbound, 65000, AccessAllow, TagVNet, TagVNet, out},
		{"AllowInternetOutBound", DirOutbound, 65001, AccessAllow, "*", TagInternet, out},
		{"DenyAllOutBound", DirOutbound, 65500, AccessDeny, "*", "*", out},
	}
}

// AllowedByDefault reports whether Azure's default rules allow traffic between two ends. An end without a tag counts
// as part of the network.
func AllowedByDefault(direction Direction, from, to Endpoint) bool {
	for _, r := range DefaultRules() {
		if r.Direction == direction && r.Access == AccessAllow && covers(r.From, from) && covers(r.To, to) {
			return true
		}
	}
	return false
}

// covers reports whether the source or destination of a default rule includes an end.
func covers(word string, e Endpoint) bool {
	tag := e.Tag()
	return word == "*" || word == tag || word == TagVNet && tag == ""
}

// NSGFacts returns what may and may not be done with security groups around a cluster.
func NSGFacts() []Fact {
	return []Fact{
		{
			"nsg-own-subnets",
			"you may change security groups on your own subnets, but not on managed subnets or on the nodes' NICs",
			srcSupport(),
		},
		{"nsg-load-balancer", "load balancer rules written by hand are undone by AKS", srcLB()},
		{"nsg-node-group", "nothing in the node resource group may be changed or deleted, its tags included", srcFAQ()},
		{"nsg-internal", "blocking traffic inside the subnet is not supported; use network policy", srcEgress()},
		{"nsg-egress", "security groups alone cannot lock egress down, as required endpoints are names", srcEgress()},
		{
			"nsg-pod-tag",
			"do not count on the VirtualNetwork tag to cover a pod CIDR: write explicit allows as soon as there is a deny",
			srcOverlay().as(Derived),
		},
	}
}
