package validate

import (
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// checkRequired holds the groups of all clusters to one of aks.RequiredAllows.
func checkRequired(id string) func(*Pass) {
	return func(p *Pass) {
		if len(p.Spec.NetworkSecurityGroups) == 0 {
			return
		}
		for _, c := range p.Plan.Clusters {
			reportBlocked(p, completed(needsOf(c, id)))
		}
	}
}

var nodesBlocked = &Rule{
	ID:          "NSG010",
	Title:       "security group between nodes",
	Severity:    Error,
	Explanation: "Nodes of a cluster must reach each other on every port. Blocking traffic inside the cluster's subnets is not supported: network policies do that." + softened,
	Source:      aks.PageNetwork,
	Fix:         "allow the node subnets before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkRequired("nodes-to-nodes"),
}

var podsBlocked = &Rule{
	ID:       "NSG011",
	Title:    "security group between nodes and pods",
	Severity: Error,
	Explanation: "Nodes must reach pods on every port. Under overlay and kubenet the group of the node subnet sees the pods' own addresses, since nothing is encapsulated. " +
		"The tag VirtualNetwork is not to be relied on for a pod CIDR: with a deny behind it, the pod CIDR needs a rule of its own." + softened,
	Source: aks.PageOverlay,
	Fix:    "allow the pod CIDR before the rule that denies",
	Since:  "v0.1.0",
	Check:  checkRequired("nodes-to-pods"),
}

var podToPodBlocked = &Rule{
	ID:          "NSG012",
	Title:       "security group between pods",
	Severity:    Error,
	Explanation: "Pods must reach each other on every port, also for cluster DNS; what they may not do is said by network policies. Under overlay and kubenet the group of the node subnet sees the pods' own addresses." + softened,
	Source:      aks.PageOverlay,
	Fix:         "allow the pod CIDR before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkRequired("pods-to-pods"),
}

var probesBlocked = &Rule{
	ID:          "NSG013",
	Title:       "security group before health probes",
	Severity:    Error,
	Explanation: "The load balancer sends traffic to nodes that answer its probes alone. They come from the tag AzureLoadBalancer." + softened,
	Source:      aks.PageNetwork,
	Fix:         "allow AzureLoadBalancer before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkRequired("probes-to-nodes"),
}

var apiServerBlocked = &Rule{
	ID:       "NSG014",
	Title:    "security group between nodes and the API server",
	Severity: Error,
	Explanation: "With API Server VNet Integration nodes, and pods that have addresses in a subnet, reach the API server in its subnet on TCP " +
		"443 and 4443." + softened,
	Source: aks.PageAPIServerVNet,
	Fix:    "allow TCP 443 and 4443 to the API server's subnet before the rule that denies",
	Since:  "v0.1.0",
	Check:  checkRequired("nodes-to-api-server"),
}

var apiProbesBlocked = &Rule{
	ID:          "NSG015",
	Title:       "security group before the API server's probes",
	Severity:    Error,
	Explanation: "With API Server VNet Integration an internal load balancer probes the API server on TCP 9988, from the tag AzureLoadBalancer." + softened,
	Source:      aks.PageAPIServerVNet,
	Fix:         "allow AzureLoadBalancer to TCP 9988 before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkRequired("probes-to-api-server"),
}

var wireGuardBlocked = &Rule{
	ID:          "NSG016",
	Title:       "security group before WireGuard",
	Severity:    Error,
	Explanation: "With transit encryption nodes send the traffic of their pods to each other in UDP packets to port 51871." + softened,
	Source:      aks.PageCilium,
	Fix:         "allow UDP 51871 between the node subnets before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkRequired("wireguard"),
}

var internetBlocked = &Rule{
	ID:       "NSG017",
	Title:    "security group before required endpoints",
	Severity: Error,
	Explanation: "Nodes fetch what they are built from over HTTPS, unless the cluster is network isolated. Most endpoints are names, which a group cannot hold: " +
		"egress is locked down with a firewall. A group that allows some public tag or range is given the benefit of the doubt.",
	Source: aks.PageEgressRules,
	Fix:    "allow TCP 443 to Internet before the rule that denies, and filter names in a firewall",
	Since:  "v0.1.0",
	Check:  checkInternetBlocked,
}

func checkInternetBlocked(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.OutboundType == aks.OutboundNone || c.OutboundType == aks.OutboundBlock {
			continue
		}
		from := len(p.findings)
		reportBlocked(p, leaving(c, publicEnd(), "Tcp", 443))
		for _, f := range p.findings[from:] {
			f.Azure("VMExtensionError_OutboundConnFail", "vmssCSE exit status=50")
		}
	}
}

var dnsBlocked = &Rule{
	ID:          "NSG018",
	Title:       "security group before the network's DNS servers",
	Severity:    Error,
	Explanation: "Nodes and pods ask the DNS servers of the network for every name outside the cluster, on UDP 53 (TCP 53 for long answers).",
	Source:      aks.PageEgressRules,
	Fix:         "allow port 53 to the DNS servers before the rule that denies",
	Since:       "v0.1.0",
	Check:       checkDNSBlocked,
}

func checkDNSBlocked(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Network == nil || c.Network.Spec == nil || len(c.Network.Spec.DNSServers) == 0 {
			continue
		}
		servers := addresses("DNS servers", c.Network.Spec.DNSServers)
		reportBlocked(p, leaving(c, servers, "Udp", 53))
	}
}

var servicesClosed = &Rule{
	ID:       "NSG019",
	Title:    "public Services behind a closed security group",
	Severity: Warning,
	Explanation: "AKS writes rules for public Services into its own group on the nodes' interfaces alone. A group of yours on the subnet needs a rule for each Service: " +
		"without one Azure's default denies clients, who time out.",
	Source: aks.PageBlockedTraffic,
	Fix:    "allow the clients to the ports of the Services",
	Since:  "v0.1.0",
	Check:  checkServicesClosed,
}

func checkServicesClosed(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.Services.PublicLoadBalancers == 0 {
			continue
		}
		for _, s := range nodeSubnets(c) {
			g, i := groupOf(p.Spec, s.Spec)
			if g == nil || g.Existing && len(g.Rules) == 0 || slices.ContainsFunc(g.Rules, letsClientsIn) {
				continue
			}
			f := p.Report(indexed("networkSecurityGroups", i), "group %q of subnet %q lets no client in, cluster %q has %s",
				g.Name, s.Name, c.Name, plural(c.Spec.Services.PublicLoadBalancers, "public Service"))
			to := end{name: "services", tag: "*"}
			if rule := newRule(g, "Inbound", flow{publicEnd(), to, "Tcp", []ports{{443, 443}}}, firstDenyIn(g)); rule != "" {
				f.PutAt(indexed(indexed("networkSecurityGroups", i)+".rules", len(g.Rules)), strings.Replace(rule, "[*]", "['*']", 1))
			}
		}
	}
}

// letsClientsIn reports whether a rule allows anything from outside the network.
func letsClientsIn(r spec.SecurityRule) bool {
	if r.Direction != "Inbound" || r.Access != "Allow" {
		return false
	}
	return len(r.Sources) == 0 || slices.ContainsFunc(r.Sources, func(w string) bool {
		return !strings.EqualFold(w, tagVNet) && !strings.EqualFold(w, tagLoadBalancer) && !strings.EqualFold(w, tagGatewayManager) && !privateWord(w)
	})
}

// firstDenyIn is the lowest priority number of the rules that deny inbound traffic, or one behind the last priority.
func firstDenyIn(g *spec.NetworkSecurityGroup) int {
	first := aks.MaxRulePriority + 1
	for _, r := range g.Rules {
		if r.Direction == "Inbound" && r.Access == "Deny" {
			first = min(first, r.Priority)
		}
	}
	return first
}

var gatewayClosed = &Rule{
	ID:       "NSG020",
	Title:    "application gateway behind a closed security group",
	Severity: Error,
	Explanation: "Azure manages an Application Gateway v2 through ports 65200 to 65535 of its subnet, from the tag GatewayManager (v1: 65503 to 65534). Its default rules " +
		"do not let that in: a group of your own must, or the gateway's backends show as unknown." + softened,
	Source: aks.PageApplicationGateway,
	Fix:    "allow GatewayManager to ports 65200-65535",
	Since:  "v0.1.0",
	Check:  checkGatewayClosed,
}

func checkGatewayClosed(p *Pass) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			if kindOf(s) != "application-gateway" {
				continue
			}
			own := rangesOf("gateway", []*plan.Subnet{s})
			manager, probes := end{name: "gateway manager", tag: tagGatewayManager}, end{name: "probes", tag: tagLoadBalancer}
			reportBlocked(p, completed([]need{
				{subnet: s, direction: "Inbound", flow: flow{manager, own, "Tcp", []ports{{65200, 65535}}}, who: s.Name},
				{subnet: s, direction: "Inbound", flow: flow{probes, own, "Tcp", anyPort()}, open: true, who: s.Name},
			}))
		}
	}
}
