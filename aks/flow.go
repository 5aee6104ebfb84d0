package aks

// Endpoint is one end of a flow: the addresses that play a role, or those behind a service tag.
type Endpoint string

// The ends of flows. The value is the word that messages use.
const (
	EndNodes          Endpoint = "nodes"
	EndPods           Endpoint = "pods"
	EndPodSubnet      Endpoint = "pods of a subnet" // pods that keep their address wherever they go in the network
	EndAPIServer      Endpoint = "API server"
	EndIngressGateway Endpoint = "ingress gateways" // application gateways that the cluster names as its ingress
	EndGateway        Endpoint = "gateway"          // the subnet of a gateway or bastion itself
	EndFrontend       Endpoint = "services"         // frontends of load balancers
	EndDNS            Endpoint = "DNS servers"      // those of the network
	EndLoadBalancer   Endpoint = "probes"
	EndInternet       Endpoint = "internet"
	EndVNet           Endpoint = "network"
	EndGatewayManager Endpoint = "gateway manager"
	EndCloud          Endpoint = "Azure"
)

// The service tags that flows and Azure's default rules name.
const (
	TagVNet           = "VirtualNetwork"
	TagLoadBalancer   = "AzureLoadBalancer"
	TagInternet       = "Internet"
	TagGatewayManager = "GatewayManager"
	TagCloud          = "AzureCloud"
)

// Tag returns the service tag that stands for an end, and an empty string for an end that has addresses.
func (e Endpoint) Tag() string {
	switch e {
	case EndLoadBalancer:
		return TagLoadBalancer
	case EndInternet:
		return TagInternet
	case EndVNet:
		return TagVNet
	case EndGatewayManager:
		return TagGatewayManager
	case EndCloud:
		return TagCloud
	}
	return ""
}

// Direction is the ARM property direction of a security rule.
type Direction string

// The directions.
const (
	DirInbound  Direction = "Inbound"
	DirOutbound Direction = "Outbound"
)

// Words returns both directions.
func (Direction) Words() []string { return words(DirInbound, DirOutbound) }

// Access is the ARM property access of a security rule.
type Access string

// What a rule does with the traffic that it matches.
const (
	AccessAllow Access = "Allow"
	AccessDeny  Access = "Deny"
)

// Words returns both.
func (Access) Words() []string { return words(AccessAllow, AccessDeny) }

// Protocol is the ARM property protocol of a security rule. The zero value means any.
type Protocol string

// The protocols that the flows of AKS use.
const (
	ProtocolTCP Protocol = "Tcp"
	ProtocolUDP Protocol = "Udp"
	ProtocolAny Protocol = "*"
)

// Words returns every protocol that a rule can name.
func (Protocol) Words() []string {
	return words(ProtocolTCP, ProtocolUDP, "Icmp", "Esp", "Ah", ProtocolAny)
}

// Condition says when a security group needs an allow for a flow. The zero value means always.
type Condition string

// The conditions. "Denied" is about the group and the direction: a rule of the spec, or the lockdown, denies
// something.
const (
	WhenDenied           Condition = "denied"
	WhenDeniedOrPodsOut  Condition = "denied, or pods have addresses outside the network"
	WhenLockdown         Condition = "lockdown"
	WhenLockdownPublic   Condition = "lockdown, and an API server outside the network"
	WhenPublicServices   Condition = "public Services"
	WhenInternalServices Condition = "denied, and internal Services"
	WhenNodePorts        Condition = "denied, and NodePort Services"
)

// Site is a kind of subnet whose security group sees a flow. The sites of Azure's own services are the ids of their
// SubnetKind.
type Site string

// The sites.
const (
	SiteWorkload  Site = "nodes or pods"
	SiteNodes     Site = "nodes"
	SiteAPIServer Site = "API server"
	SiteAppGW     Site = "application-gateway"
	SiteAGC       Site = "gateway-for-containers"
	SiteBastion   Site = "bastion"
)

// Checkpoint is a security group that a flow has to pass.
type Checkpoint struct {
	Site      Site      `json:"site"`
	Direction Direction `json:"direction"`
	When      Condition `json:"when,omitempty"`
}

// Flow is traffic that AKS, or a service beside it, needs. It is the only table of such traffic: effective security
// groups are completed from it, and rules check groups against it.
type Flow struct {
	ID       string   `json:"id"` // stable, lower case with dashes
	From     Endpoint `json:"from"`
	To       Endpoint `json:"to"`
	Protocol Protocol `json:"protocol"`        // Tcp, Udp or *
	Ports    []string `json:"ports,omitempty"` // destination ports and ranges; none for all
	// Essential is the one protocol without which nothing works; every protocol of the flow when empty.
	Essential Protocol `json:"essential,omitempty"`
	// Rule is the name of the security rule that lets the flow pass; empty when the rule of another flow covers it.
	Rule string `json:"rule,omitempty"`
	// FarEnd means that the rule names only the end outside the group's subnets. A Service answers at its frontend's
	// address, for example, which is not known beforehand.
	FarEnd      bool         `json:"farEnd,omitempty"`
	Checkpoints []Checkpoint `json:"checkpoints,omitempty"`
	Why         string       `json:"why"` // description of the security rule
	Source      Source       `json:"source"`
}

// FlowToNodePorts is the id of the flow of clients to node ports. Of its range, a cluster needs the ports of its spec.
const FlowToNodePorts = "network-to-node-ports"

// gatewayManagerPorts are the ports through which Azure manages an Application Gateway v2.
// [PageApplicationGateway] (read 2026-11-22)
const gatewayManagerPorts = "65200-65535"

// apiServerPorts returns the ports on which nodes and pods reach the API server in its subnet.
// [PageAPIServerVNet] (read 2026-11-22)
func apiServerPorts() []string { return []string{"443", "4443"} }

// webPorts returns the ports on which Services are expected, since a spec does not name theirs.
func webPorts() []string { return []string{"80", "443"} }

// https returns the port of HTTPS.
func https() []string { return []string{"443"} }

// Flows returns the flows in the order in which their rules get priorities.
func Flows() []Flow {
	out := clusterFlows()
	out = append(out, serviceFlows()...)
	out = append(out, apiServerFlows()...)
	out = append(out, egressFlows()...)
	return append(out, gatewayFlows()...)
}

// clusterFlows returns the traffic among nodes, pods, ingress gateways and the API server. The group of the node
// subnet sees the pods' own addresses, since nothing is encapsulated.
func clusterFlows() []Flow {
	both := []Checkpoint{{SiteWorkload, DirInbound, WhenDenied}, {SiteWorkload, DirOutbound, WhenDenied}}
	pods := []Checkpoint{{SiteWorkload, DirInbound, WhenDeniedOrPodsOut}, {SiteWorkload, DirOutbound, WhenDenied}}
	gateways := []Checkpoint{{SiteWorkload, DirInbound, WhenDeniedOrPodsOut}}
	calls := []Checkpoint{{SiteWorkload, DirInbound, WhenDenied}, {SiteAPIServer, DirOutbound, WhenDenied}}
	return []Flow{
		{
			ID: "nodes-to-nodes", From: EndNodes, To: EndNodes, Protocol: ProtocolAny, Rule: "AllowNodesToNodes",
			Checkpoints: both,
			Why:         "Nodes talk to each other.", Source: srcNetwork(),
		},
		{
			ID: "nodes-to-pods", From: EndNodes, To: EndPods, Protocol: ProtocolAny, Rule: "AllowNodesToPods",
			Checkpoints: pods,
			Why:         "The group sees the pods' own addresses.", Source: srcOverlay(),
		},
		{
			ID: "pods-to-pods", From: EndPods, To: EndPods, Protocol: ProtocolAny, Rule: "AllowPodsToPods",
			Checkpoints: pods,
			Why:         "Pods talk to each other, and to cluster DNS.", Source: srcOverlay(),
		},
		{
			ID: "pods-to-nodes", From: EndPods, To: EndNodes, Protocol: ProtocolAny, Rule: "AllowPodsToNodes",
			Checkpoints: pods,
			Why:         "Pods reach nodes and pods on the node's own network.", Source: srcOverlay(),
		},
		{
			ID:          "gateways-to-nodes",
			From:        EndIngressGateway,
			To:          EndNodes,
			Protocol:    ProtocolAny,
			Rule:        "AllowGatewaysToNodes",
			Checkpoints: gateways, Why: "The application gateway reaches what it serves.", Source: srcAppGW(),
		},
		{
			ID:          "gateways-to-pods",
			From:        EndIngressGateway,
			To:          EndPods,
			Protocol:    ProtocolAny,
			Rule:        "AllowGatewaysToPods",
			Checkpoints: gateways, Why: "The application gateway reaches the pods it serves.", Source: srcAppGW(),
		},
		{
			ID:          "api-server-to-nodes",
			From:        EndAPIServer,
			To:          EndNodes,
			Protocol:    ProtocolAny,
			Rule:        "AllowAPIServerToNodes",
			Checkpoints: calls, Why: "The API server reaches nodes without a tunnel.", Source: srcAPIServer(),
		},
		{
			ID:          "api-server-to-pods",
			From:        EndAPIServer,
			To:          EndPods,
			Protocol:    ProtocolAny,
			Rule:        "AllowAPIServerToPods",
			Checkpoints: calls, Why: "The API server reaches webhooks in pods.", Source: srcAPIServer(),
		},
		{
			ID: "wireguard", From: EndNodes, To: EndNodes, Protocol: ProtocolUDP, Ports: []string{"51871"},
			Why: "Nodes send the encrypted traffic of their pods to each other.", Source: srcCilium(),
		},
	}
}

// serviceFlows returns the traffic that comes in from outside the cluster. AKS writes rules for Services only into
// its own group on the nodes' interfaces; the packets have to pass the subnet's group before.
func serviceFlows() []Flow {
	return []Flow{
		{
			ID: "probes-to-nodes", From: EndLoadBalancer, To: EndNodes, Protocol: ProtocolAny, Essential: ProtocolTCP,
			Rule: "AllowLoadBalancerProbes", FarEnd: true,
			Checkpoints: []Checkpoint{{SiteWorkload, DirInbound, WhenDenied}},
			Why:         "Health probes of Services.", Source: srcNetwork(),
		},
		{
			ID: "clients-to-services", From: EndInternet, To: EndFrontend, Protocol: ProtocolTCP, Ports: webPorts(),
			Rule: "AllowInternetToServices", FarEnd: true,
			Checkpoints: []Checkpoint{{SiteNodes, DirInbound, WhenPublicServices}},
			Why:         "Clients of public Services; add your own ports.", Source: srcSupportNSG(),
		},
		{
			ID: "network-to-services", From: EndVNet, To: EndFrontend, Protocol: ProtocolTCP, Ports: webPorts(),
			Rule: "AllowNetworkToServices", FarEnd: true,
			Checkpoints: []Checkpoint{{SiteNodes, DirInbound, WhenInternalServices}},
			Why:         "Clients of internal Services; add your own ports.", Source: srcSupportNSG(),
		},
		{
			ID: FlowToNodePorts, From: EndVNet, To: EndNodes, Protocol: ProtocolAny, Essential: ProtocolTCP,
			Ports: []string{NodePortRange()}, Rule: "AllowNetworkToNodePorts", FarEnd: true,
			Checkpoints: []Checkpoint{{SiteNodes, DirInbound, WhenNodePorts}},
			Why:         "Clients of NodePort Services.", Source: srcServices(),
		},
	}
}

// apiServerFlows returns the traffic to the API server in a subnet of its own. Only pods with addresses in a subnet
// reach it as themselves; other pods leave with the address of their node.
func apiServerFlows() []Flow {
	callers := []Checkpoint{{SiteWorkload, DirOutbound, WhenDenied}, {SiteAPIServer, DirInbound, ""}}
	return []Flow{
		{
			ID: "nodes-to-api-server", From: EndNodes, To: EndAPIServer, Protocol: ProtocolTCP, Ports: apiServerPorts(),
			Rule: "AllowNodesToAPIServer", Checkpoints: callers,
			Why: "Nodes reach the API server in its subnet.", Source: srcAPIServer(),
		},
		{
			ID:       "pods-to-api-server",
			From:     EndPodSubnet,
			To:       EndAPIServer,
			Protocol: ProtocolTCP,
			Ports:    apiServerPorts(),
			Rule:     "AllowPodsToAPIServer", Checkpoints: callers,
			Why: "Pods reach the API server with their own addresses.", Source: srcAPIServer(),
		},
		{
			ID:       "probes-to-api-server",
			From:     EndLoadBalancer,
			To:       EndAPIServer,
			Protocol: ProtocolTCP,
			Ports:    []string{"9988"},
			Rule:     "AllowProbesToAPIServer", Checkpoints: []Checkpoint{{SiteAPIServer, DirInbound, ""}},
			Why: "Health probes of the API server.", Source: srcAPIServer(),
		},
	}
}

// egressFlows returns what nodes need of the world outside. A security group cannot hold names: HTTPS stays open
// there, and the firewall that userDefinedRouting leads to decides about names.
func egressFlows() []Flow {
	lockdown := []Checkpoint{{SiteWorkload, DirOutbound, WhenLockdown}}
	public := []Checkpoint{{SiteWorkload, DirOutbound, WhenLockdownPublic}}
	return []Flow{
		{
			ID: "https-to-internet", From: EndNodes, To: EndInternet, Protocol: ProtocolTCP, Ports: https(),
			Rule: "AllowHTTPSToInternet", FarEnd: true, Checkpoints: lockdown,
			Why: "Registry, API server and Azure are known by name: a firewall filters them.", Source: srcEgress(),
		},
		{
			ID: "https-to-network", From: EndNodes, To: EndVNet, Protocol: ProtocolTCP, Ports: https(),
			Rule: "AllowHTTPSToNetwork", FarEnd: true, Checkpoints: lockdown,
			Why: "Private endpoints and the private API server.", Source: srcEgress(),
		},
		{
			ID: "time", From: EndNodes, To: EndInternet, Protocol: ProtocolUDP, Ports: []string{"123"},
			Rule: "AllowTime", FarEnd: true, Checkpoints: lockdown, Why: "Time servers.", Source: srcEgress(),
		},
		{
			ID: "tunnel-udp", From: EndNodes, To: EndCloud, Protocol: ProtocolUDP, Ports: []string{"1194"},
			Rule: "AllowTunnelUDP", FarEnd: true,
			Checkpoints: public, Why: "Tunnel to the API server.", Source: srcEgress(),
		},
		{
			ID: "tunnel-tcp", From: EndNodes, To: EndCloud, Protocol: ProtocolTCP, Ports: []string{"9000"},
			Rule: "AllowTunnelTCP", FarEnd: true,
			Checkpoints: public, Why: "Tunnel to the API server.", Source: srcEgress(),
		},
		{
			ID: "dns", From: EndNodes, To: EndDNS, Protocol: ProtocolAny, Essential: ProtocolUDP, Ports: []string{"53"},
			Rule: "AllowDNS", FarEnd: true,
			Checkpoints: lockdown, Why: "DNS servers of the network.", Source: srcEgress(),
		},
		{
			ID: "local-dns", From: EndNodes, To: EndDNS, Protocol: ProtocolTCP, Ports: []string{"53"}, FarEnd: true,
			Why: "LocalDNS to the DNS servers of the network.", Source: at(PageLocalDNS, "2026-07-06"),
		},
	}
}

// gatewayFlows returns what Azure asks for in subnets of its own services.
func gatewayFlows() []Flow {
	gateway := []Checkpoint{{SiteAppGW, DirInbound, ""}}
	bastion := []Checkpoint{{SiteBastion, DirInbound, ""}}
	return []Flow{
		{
			ID: "manager-to-gateway", From: EndGatewayManager, To: EndGateway, Protocol: ProtocolTCP,
			Ports: []string{gatewayManagerPorts}, Rule: "AllowGatewayManager", FarEnd: true, Checkpoints: gateway,
			Why: "Azure manages the gateway.", Source: srcAppGW(),
		},
		{
			ID:        "probes-to-gateway",
			From:      EndLoadBalancer,
			To:        EndGateway,
			Protocol:  ProtocolAny,
			Essential: ProtocolTCP,
			Rule:      "AllowGatewayProbes", FarEnd: true,
			Checkpoints: gateway, Why: "Health probes of the gateway.", Source: srcAppGW(),
		},
		{
			ID: "clients-to-gateway", From: EndInternet, To: EndGateway, Protocol: ProtocolTCP, Ports: webPorts(),
			Rule: "AllowInternetToGateway", FarEnd: true,
			Checkpoints: append(gateway, Checkpoint{SiteAGC, DirInbound, ""}),
			Why:         "Clients of the gateway.", Source: srcAppGW(),
		},
		{
			ID: "clients-to-bastion", From: EndInternet, To: EndGateway, Protocol: ProtocolTCP, Ports: https(),
			Rule: "AllowHTTPSFromInternet", FarEnd: true,
			Checkpoints: bastion, Why: "People who use Bastion.", Source: srcBastionNSG(),
		},
		{
			ID: "manager-to-bastion", From: EndGatewayManager, To: EndGateway, Protocol: ProtocolTCP, Ports: https(),
			Rule: "AllowGatewayManager", FarEnd: true,
			Checkpoints: bastion, Why: "Azure manages Bastion.", Source: srcBastionNSG(),
		},
		{
			ID: "probes-to-bastion", From: EndLoadBalancer, To: EndGateway, Protocol: ProtocolTCP, Ports: https(),
			Rule: "AllowBastionProbes", FarEnd: true,
			Checkpoints: bastion, Why: "Health probes of Bastion.", Source: srcBastionNSG(),
		},
		{
			ID:          "bastion-to-bastion",
			From:        EndVNet,
			To:          EndVNet,
			Protocol:    ProtocolAny,
			Ports:       []string{"8080", "5701"},
			Rule:        "AllowBastionHosts",
			Checkpoints: bastion, Why: "Bastion's own parts talk to each other.", Source: srcBastionNSG(),
		},
	}
}
