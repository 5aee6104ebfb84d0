package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// checkRequired returns a check that the security groups of clusters allow flows of aks.Flows.
func checkRequired(needed func(*plan.Cluster) bool, ids ...string) func(*Pass) {
	return func(p *Pass) {
		if len(p.Spec.NetworkSecurityGroups) == 0 {
			return
		}
		requirements := required(ids...)
		for _, c := range p.Plan.Clusters {
			if !needed(c) {
				continue
			}
			var needs []neededFlow
			for _, r := range requirements {
				needs = append(needs, needsOf(c, r)...)
			}
			reportBlocked(p, needs)
		}
	}
}

// always returns true, for flows that every cluster with both endpoints needs.
func always(*plan.Cluster) bool { return true }

var nodesBlocked = &Rule{
	ID:       "NSG010",
	Title:    "security group blocks traffic between nodes",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Nodes of a cluster must reach each other on every port. Azure does not support " +
		"blocking traffic inside the cluster's subnets: use network policies instead." + completedNote,
	Source: aks.PageNetwork,
	Fix:    "allow the node subnets in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check:  checkRequired(always, "nodes-to-nodes"),
}

var podsBlocked = &Rule{
	ID:       "NSG011",
	Title:    "security group blocks traffic from nodes to pods",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Nodes must reach pods on every port. With overlay and kubenet the security group of " +
		"the node subnet sees the pods' own addresses, because traffic is not encapsulated. Do not rely on the tag " +
		"VirtualNetwork for a pod CIDR: if a deny rule follows, the pod CIDR needs its own rule." + completedNote,
	Source: aks.PageOverlay,
	Fix:    "allow the pod CIDR in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check:  checkRequired(always, "nodes-to-pods"),
}

var podToPodBlocked = &Rule{
	ID:       "NSG012",
	Title:    "security group blocks traffic between pods",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Pods must reach each other on every port, also for cluster DNS; use network policies " +
		"to restrict them. With overlay and kubenet the security group of the node subnet sees the pods' own " +
		"addresses." + completedNote,
	Source: aks.PageOverlay,
	Fix:    "allow the pod CIDR in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check:  checkRequired(always, "pods-to-pods"),
}

var probesBlocked = &Rule{
	ID:       "NSG013",
	Title:    "security group blocks health probes",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "The load balancer sends traffic only to nodes that answer its probes. The probes come from the tag " +
		"AzureLoadBalancer." + completedNote,
	Source: aks.PageNetwork,
	Fix:    "allow AzureLoadBalancer in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check: checkRequired(func(c *plan.Cluster) bool {
		return c.OutboundType == aks.OutboundLoadBalancer || balancers(c.Spec) > 0
	}, "probes-to-nodes"),
}

var apiServerBlocked = &Rule{
	ID:       "NSG014",
	Title:    "security group blocks traffic to the API server",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "With API Server VNet Integration, nodes and pods with addresses in a subnet reach the " +
		"API server in its subnet on " + trafficWords("nodes-to-api-server") + "." + completedNote,
	Source: aks.PageAPIServerVNet,
	Fix: "allow " + trafficWords("nodes-to-api-server") +
		" to the API server's subnet in a rule with a lower priority number than the deny rule",
	Since: "v0.1.0",
	Check: checkRequired(always, "nodes-to-api-server", "pods-to-api-server"),
}

var apiProbesBlocked = &Rule{
	ID:       "NSG015",
	Title:    "security group blocks health probes of the API server",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "With API Server VNet Integration, an internal load balancer probes the API server on " +
		trafficWords("probes-to-api-server") + ", from the tag AzureLoadBalancer." + completedNote,
	Source: aks.PageAPIServerVNet,
	Fix: "allow AzureLoadBalancer to reach " + trafficWords("probes-to-api-server") +
		" in a rule with a lower priority number than the deny rule",
	Since: "v0.1.0",
	Check: checkRequired(always, "probes-to-api-server"),
}

var wireGuardBlocked = &Rule{
	ID:       "NSG016",
	Title:    "security group blocks WireGuard",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "With transit encryption, nodes send pod traffic to each other in packets to " +
		trafficWords("wireguard") + "." + completedNote,
	Source: aks.PageCilium,
	Fix: "allow " + trafficWords("wireguard") +
		" between the node subnets in a rule with a lower priority number than the deny rule",
	Since: "v0.1.0",
	Check: checkRequired(func(c *plan.Cluster) bool {
		return c.Spec.AdvancedNetworking.TransitEncryption == aks.EncryptionWireGuard
	}, "wireguard"),
}

var internetBlocked = &Rule{
	ID:       "NSG017",
	Title:    "security group blocks required endpoints",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Nodes download what they need to start over HTTPS, unless the cluster is network " +
		"isolated. Most endpoints are host names, which a security group cannot contain: restrict egress with a " +
		"firewall. The rule accepts a group that allows any public tag or range.",
	Source: aks.PageEgressRules,
	Fix: "allow " + trafficWords("https-to-internet") +
		" to Internet in a rule with a lower priority number than the deny rule, and filter host names in a " +
		"firewall",
	Since: "v0.1.0",
	Check: checkInternetBlocked,
}

func checkInternetBlocked(p *Pass) {
	from := len(p.findings)
	checkRequired(func(c *plan.Cluster) bool {
		return c.OutboundType != aks.OutboundNone && c.OutboundType != aks.OutboundBlock
	}, "https-to-internet")(p)
	for _, f := range p.findings[from:] {
		f.AzureError = &AzureError{Code: aks.CodeVMExtensionErrorOutboundConnFail, Message: "vmssCSE exit status=50"}
	}
}

var dnsBlocked = &Rule{
	ID:       "NSG018",
	Title:    "security group blocks the network's DNS servers",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Nodes and pods query the DNS servers of the network for every name outside the " +
		"cluster, on UDP port 53 (TCP for long responses).",
	Source: aks.PageEgressRules,
	Fix:    "allow port 53 to the DNS servers in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check:  checkRequired(always, "dns"),
}

var localDNSBlocked = &Rule{
	ID:       "NSG022",
	Title:    "security group blocks LocalDNS",
	Severity: Error,
	Explanation: "With LocalDNS, the resolver on each node queries the DNS servers of the network on " +
		trafficWords("local-dns") + ". AKS turns LocalDNS on by itself from Kubernetes " + aks.LocalDNSDefaultSince +
		"." + completedNote,
	Source: aks.PageLocalDNS,
	Fix: "allow " + trafficWords("local-dns") +
		" to the DNS servers in a rule with a lower priority number than the deny rule",
	Since: "v0.1.0",
	Check: checkRequired(anyLocalDNS, "local-dns"),
}

var servicesClosed = &Rule{
	ID:       "NSG019",
	Title:    "security group blocks clients of public Services",
	Severity: Warning,
	Explanation: "AKS writes rules for public Services only into its own group on the nodes' interfaces. " +
		"Your own group on the subnet needs a rule for each Service: without one, Azure's default rules deny " +
		"clients, and their connections time out.",
	Source: aks.PageBlockedTraffic,
	Fix:    "add rules to the group that allow the clients to reach the ports of the Services",
	Since:  "v0.1.0",
	Check:  checkServicesClosed,
}

// proposedPort is the port of a proposed rule for clients of Services; users replace it with the port of the Service.
const proposedPort = 443

func checkServicesClosed(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.Services.Public() == 0 {
			continue
		}
		for _, s := range c.NodeSubnets() {
			g, i := p.groupOf(s.Spec)
			if g == nil || g.Existing && len(g.Rules) == 0 || slices.ContainsFunc(g.Rules, letsClientsIn) {
				continue
			}
			f := p.Reportf(indexed("networkSecurityGroups", i),
				"group %q of subnet %q blocks all clients, but cluster %q has %s", g.Name, s.Name, c.Name,
				english.Count(c.Spec.Services.Public(), "public Service"))
			clients := endpoint{name: string(aks.EndInternet), tag: aks.TagInternet}
			services := endpoint{name: string(aks.EndFrontend), tag: "*"}
			web := []portRange{{proposedPort, proposedPort}}
			allowed := flow{clients, services, aks.ProtocolTCP, web}
			if rule := newRule(g, aks.DirInbound, allowed, firstDenyIn(g)); rule != "" {
				f.Edit = setAt(indexed(indexed("networkSecurityGroups", i)+".rules", len(g.Rules)),
					strings.Replace(rule, "[*]", "['*']", 1))
			}
		}
	}
}

// letsClientsIn reports whether a rule allows traffic from outside the network.
func letsClientsIn(r spec.SecurityRule) bool {
	if r.Direction != aks.DirInbound || r.Access != aks.AccessAllow {
		return false
	}
	closed := []string{aks.TagVNet, aks.TagLoadBalancer, aks.TagGatewayManager}
	return len(r.Sources) == 0 || slices.ContainsFunc(r.Sources, func(w string) bool {
		return !privateWord(w) &&
			!slices.ContainsFunc(closed, func(tag string) bool { return strings.EqualFold(w, tag) })
	})
}

// firstDenyIn returns the lowest priority number of the rules that deny inbound traffic, or one above the largest
// priority if there is none.
func firstDenyIn(g *spec.NetworkSecurityGroup) int {
	first := aks.MaxRulePriority + 1
	for _, r := range g.Rules {
		if r.Direction == aks.DirInbound && r.Access == aks.AccessDeny {
			first = min(first, r.Priority)
		}
	}
	return first
}

var nodePortsBlocked = &Rule{
	ID:       "NSG023",
	Title:    "security group blocks clients of node ports",
	Severity: Warning,
	Explanation: english.Text("Clients of NodePort Services reach a port from %s on the addresses of the nodes. A rule "+
		"that denies inbound traffic of the network needs an allow for services.nodePorts before it. Load balancers "+
		"send their traffic to the port of the Service, not to its node port.", aks.NodePortRange()) + completedNote,
	Source: aks.PageServices,
	Fix:    "allow the node ports in a rule with a lower priority number than the deny rule",
	Since:  "v0.1.0",
	Check: checkRequired(func(c *plan.Cluster) bool { return len(c.Spec.Services.NodePorts) > 0 },
		aks.FlowToNodePorts),
}

var nodePortsOpen = &Rule{
	ID:       "NSG024",
	Title:    "security group opens node ports to the Internet",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: english.Text("Node ports, %s, are open on every node. A rule that lets the Internet reach them exposes "+
		"every NodePort and LoadBalancer Service as soon as a node has a public address, past the load balancer. The "+
		"finding is a note if no pool has enableNodePublicIP. Public Services need only their own ports open.",
		aks.NodePortRange()),
	Source: aks.PageServices,
	Fix:    "remove the node ports from the rule, or set its sources to the ranges of the clients",
	Since:  "v0.1.0",
	Check:  checkNodePortsOpen,
}

func checkNodePortsOpen(p *Pass) {
	for i := range p.Spec.NetworkSecurityGroups {
		g := &p.Spec.NetworkSecurityGroups[i]
		clusters := p.clustersBehind(g)
		if len(clusters) == 0 {
			continue
		}
		for j, r := range g.Rules {
			if !letsInternetIn(r) || !namesNodePorts(r) {
				continue
			}
			path := fmt.Sprintf("networkSecurityGroups[%d].rules[%d]", i, j)
			f := p.Reportf(path, "rule %q of group %q lets the Internet reach node ports of cluster %q", r.Name, g.Name,
				clusters[0].Name)
			if !slices.ContainsFunc(clusters, hasPublicNodes) {
				f.Severity = Note
			}
		}
	}
}

func hasPublicNodes(c *plan.Cluster) bool {
	return slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return pool.Spec.EnableNodePublicIP })
}

// letsInternetIn reports whether a rule allows inbound traffic from everywhere.
func letsInternetIn(r spec.SecurityRule) bool {
	if r.Direction != aks.DirInbound || r.Access != aks.AccessAllow {
		return false
	}
	everywhere := []string{"*", "Any", "0.0.0.0/0", aks.TagInternet}
	return len(r.Sources) == 0 || slices.ContainsFunc(r.Sources, func(w string) bool {
		return slices.ContainsFunc(everywhere, func(all string) bool { return strings.EqualFold(w, all) })
	})
}

// namesNodePorts reports whether all ports of one entry of a rule are node ports. A rule for every port is about more.
func namesNodePorts(r spec.SecurityRule) bool {
	return slices.ContainsFunc(r.DestinationPorts, func(w string) bool {
		ports, ok := wordPorts(w)
		return ok && ports.lo >= aks.FirstNodePort && ports.hi <= aks.LastNodePort
	})
}

var gatewayClosed = &Rule{
	ID:       "NSG020",
	Title:    "security group blocks the application gateway",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Azure manages an Application Gateway v2 through " + trafficWords("manager-to-gateway") +
		" of its subnet, from the tag GatewayManager (v1: 65503 to 65534). Azure's default rules do not allow this " +
		"traffic, so your own group must; otherwise the gateway reports its backends as unknown. A private gateway, " +
		"whose subnet is delegated to " + aks.DelegationPrivateAppGW + ", does without." + completedNote,
	Source: aks.PageApplicationGateway,
	Fix:    "allow GatewayManager to reach " + trafficWords("manager-to-gateway"),
	Since:  "v0.1.0",
	Check:  checkGatewayClosed,
}

// privateGatewayID is the kind of subnet of a private Application Gateway, which Azure does not manage from outside.
const privateGatewayID = "application-gateway-private"

func checkGatewayClosed(p *Pass) {
	managed, private := required("manager-to-gateway", "probes-to-gateway"), required("probes-to-gateway")
	p.eachSubnet(func(s *plan.Subnet) {
		requirements := managed
		switch subnetKindID(s) {
		case string(aks.SiteAppGW):
		case privateGatewayID:
			requirements = private
		default:
			return
		}
		reportBlocked(p, serviceNeeds(s, requirements))
	})
}

// serviceNeeds returns what must be able to enter the subnet of a gateway or of Bastion.
func serviceNeeds(s *plan.Subnet, requirements []requirement) (needs []neededFlow) {
	own := endpoint{name: string(aks.EndGateway), prefixes: s.AddressPrefixes}
	for _, r := range requirements {
		from := endpoint{name: string(r.From), tag: r.From.Tag()}
		needs = append(needs, neededFlow{
			subnet: s, direction: aks.DirInbound, flow: flow{from, own, r.protocols[0], portsOf(r.Ports)},
			whole: r.Protocol, open: r.open[aks.DirInbound], who: s.Name,
		})
	}
	return needs
}

var bastionClosed = &Rule{
	ID:       "NSG025",
	Title:    "security group blocks Bastion",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "A security group on AzureBastionSubnet must have the rules that Bastion needs, among them " +
		trafficWords("manager-to-bastion") + " from GatewayManager, which Azure's default rules do not allow. Azure " +
		"rejects another group." + completedNote,
	Source: aks.PageBastionRules,
	Fix:    "allow GatewayManager to reach " + trafficWords("manager-to-bastion") + ", or remove the security group",
	Since:  "v0.1.0",
	Check:  checkBastionClosed,
}

func checkBastionClosed(p *Pass) {
	requirements := required("manager-to-bastion", "probes-to-bastion")
	p.eachSubnet(func(s *plan.Subnet) {
		if subnetKindID(s) != string(aks.SiteBastion) {
			return
		}
		for _, f := range reportBlocked(p, serviceNeeds(s, requirements)) {
			if f.Severity == Error {
				f.AzureError = &AzureError{Code: aks.CodeNetworkSecurityGroupNotCompliantForAzureBastionSubnet}
			}
		}
	})
}
