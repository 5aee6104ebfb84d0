package resource

import (
	"net/netip"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// allow is one kind of traffic that a security group must let through. No addresses or ports means all of them.
type allow struct {
	name, protocol   string
	from, to         []string
	fromPorts, ports []string
	why              string
}

// traffic is what flows through a network security group: who lives in its subnets and what denies something there.
type traffic struct {
	nodes, pods, apiServers []netip.Prefix
	// podSubnets is the pods that keep their address wherever they go in the network; others leave with that of their node.
	podSubnets []netip.Prefix
	gateways   []netip.Prefix
	kinds      []string
	// outside is whether pods have addresses outside the network.
	outside bool
	// hasNodes, hasPods and hasAPIServer say whose subnets the group stands at.
	hasNodes, hasPods, hasAPIServer bool
	public, internal, private       bool
	dnsServers                      []netip.Addr
	locations                       []string
	// denied is the directions in which something is denied.
	denied   map[string]bool
	lockdown bool
}

// trafficOf collects the traffic of the group with an id.
func (b *builder) trafficOf(id string, own []spec.SecurityRule, lockdown bool) *traffic {
	t := &traffic{lockdown: lockdown, private: true, denied: map[string]bool{inbound: lockdown, outbound: lockdown}}
	for _, r := range own {
		if r.Access == string(armnetwork.SecurityRuleAccessDeny) {
			t.denied[r.Direction] = true
		}
	}
	var clusters []*plan.Cluster
	for _, s := range b.usersOf(id) {
		t.addSubnet(s)
		for _, c := range b.clusters[s] {
			if !slices.Contains(clusters, c) {
				clusters = append(clusters, c)
			}
		}
	}
	for _, c := range clusters {
		t.addCluster(c)
	}
	return t
}

func (t *traffic) addSubnet(s *plan.Subnet) {
	switch s.Purpose {
	case plan.Nodes, plan.NodesPods:
		t.hasNodes = true
	case plan.Pods:
		t.hasPods = true
	case plan.APIServer:
		t.hasAPIServer = true
	default:
		if s.Spec != nil {
			if k, ok := plan.KindOf(s.Spec); ok {
				t.kinds = append(t.kinds, k.ID)
			}
		}
	}
}

func (t *traffic) addCluster(c *plan.Cluster) {
	for _, p := range c.NodePools {
		t.nodes = join(t.nodes, prefixesOf(p.NodeNet))
		t.pods = join(t.pods, prefixesOf(p.PodNet))
		t.podSubnets = join(t.podSubnets, prefixesOf(p.PodNet))
	}
	if len(c.PodCIDRs) > 0 {
		t.outside = true
		t.pods = join(t.pods, c.PodCIDRs)
	}
	t.apiServers = join(t.apiServers, prefixesOf(c.APIServerSubnet))
	t.public = t.public || c.Spec.Services.PublicLoadBalancers > 0
	t.internal = t.internal || c.Spec.Services.InternalLoadBalancers > 0
	t.private = t.private && private(c)
	if c.Location != "" && !slices.Contains(t.locations, c.Location) {
		t.locations = append(t.locations, c.Location)
	}
	if c.Network == nil {
		return
	}
	if c.Network.Spec != nil {
		t.dnsServers = join(t.dnsServers, c.Network.Spec.DNSServers)
	}
	for _, s := range c.Network.Subnets {
		if servesIngress(s, c) {
			t.gateways = join(t.gateways, prefixesOf(s))
		}
	}
}

// servesIngress reports whether a subnet holds the gateway that a cluster names as its ingress.
func servesIngress(s *plan.Subnet, c *plan.Cluster) bool {
	if s.Spec == nil {
		return false
	}
	k, _ := plan.KindOf(s.Spec)
	return k.ID == "application-gateway" && slices.Contains(c.Spec.Ingress, "applicationGateway") ||
		k.ID == "gateway-for-containers" && slices.Contains(c.Spec.Ingress, "applicationGatewayForContainers")
}

func prefixesOf(s *plan.Subnet) []netip.Prefix {
	if s == nil || !s.AddressPrefix.IsValid() {
		return nil
	}
	if len(s.AddressPrefixes) > 0 {
		return s.AddressPrefixes
	}
	return []netip.Prefix{s.AddressPrefix}
}

// join adds what have does not hold yet.
func join[T comparable](have, more []T) []T {
	for _, m := range more {
		if !slices.Contains(have, m) {
			have = append(have, m)
		}
	}
	return have
}

// allows lists what must be let through in one direction.
func (t *traffic) allows(dir string) []allow {
	var out []allow
	if t.hasNodes || t.hasPods {
		out = append(out, t.insideAllows(dir)...)
		if dir == inbound {
			out = append(out, t.serviceAllows()...)
		} else if t.lockdown {
			out = append(out, t.egressAllows()...)
		}
	}
	if t.hasAPIServer {
		out = append(out, t.apiServerAllows(dir)...)
	}
	if dir == inbound {
		out = append(out, t.kindAllows()...)
	}
	return distinctNames(out)
}

func distinctNames(in []allow) (out []allow) {
	for _, a := range in {
		if !slices.ContainsFunc(out, func(b allow) bool { return a.name == b.name }) {
			out = append(out, a)
		}
	}
	return out
}

// insideAllows is the traffic between nodes and pods.
// https://learn.microsoft.com/azure/aks/concepts-network,
// https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay (read 2026-11-22)
func (t *traffic) insideAllows(dir string) []allow {
	var out []allow
	denied := t.denied[dir]
	if denied {
		out = append(out, between("AllowNodesToNodes", t.nodes, t.nodes, "Nodes talk to each other.")...)
	}
	if denied || t.outside && dir == inbound {
		out = append(out, between("AllowNodesToPods", t.nodes, t.pods, "The group sees the pods' own addresses.")...)
		out = append(out, between("AllowPodsToPods", t.pods, t.pods, "Pods talk to each other, and to cluster DNS.")...)
		out = append(out, between("AllowPodsToNodes", t.pods, t.nodes, "Pods reach nodes and pods on the node's own network.")...)
		if dir == inbound {
			out = append(out, between("AllowGatewaysToNodes", t.gateways, t.nodes, "The application gateway reaches what it serves.")...)
			out = append(out, between("AllowGatewaysToPods", t.gateways, t.pods, "The application gateway reaches the pods it serves.")...)
		}
	}
	if denied && dir == inbound {
		out = append(out, between("AllowAPIServerToNodes", t.apiServers, t.nodes, "The API server reaches nodes without a tunnel.")...)
		out = append(out, between("AllowAPIServerToPods", t.apiServers, t.pods, "The API server reaches webhooks in pods.")...)
	}
	if denied && dir == outbound {
		out = append(out, t.apiServerPorts()...)
	}
	return out
}

// webPorts is where Services are expected, for want of port numbers in the spec.
func webPorts() []string { return []string{"80", "443"} }

// serviceAllows is the traffic that comes in from outside the cluster. AKS writes rules for Services into its own group on the
// nodes alone; at the subnet's group the packets must have passed before. Their destination is the frontend's address.
// https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/custom-nsg-blocks-traffic (read 2026-11-22)
func (t *traffic) serviceAllows() []allow {
	var out []allow
	if t.denied[inbound] {
		out = append(out, allow{
			name: "AllowLoadBalancerProbes", protocol: "*", from: []string{"AzureLoadBalancer"},
			why: "Health probes of Services.",
		})
	}
	if t.public && t.hasNodes {
		out = append(out, allow{
			name: "AllowInternetToServices", protocol: "Tcp", from: []string{"Internet"}, ports: webPorts(),
			why: "Clients of public Services; add the ports of yours.",
		})
	}
	if t.internal && t.hasNodes && t.denied[inbound] {
		out = append(out, allow{
			name: "AllowNetworkToServices", protocol: "Tcp", from: []string{"VirtualNetwork"}, ports: webPorts(),
			why: "Clients of internal Services; add the ports of yours.",
		})
	}
	return out
}

// egressAllows is what nodes need of the world outside under lockdown. Names cannot stand in a security group: HTTPS stays open
// here, and the firewall that userDefinedRouting leads to decides about names.
// https://learn.microsoft.com/azure/aks/outbound-rules-control-egress (read 2026-11-22)
func (t *traffic) egressAllows() []allow {
	out := []allow{{
		name: "AllowHTTPSToInternet", protocol: "Tcp", to: []string{"Internet"}, ports: []string{"443"},
		why: "Registry, API server and Azure are known by name: a firewall filters them.",
	}, {
		name: "AllowHTTPSToNetwork", protocol: "Tcp", to: []string{"VirtualNetwork"}, ports: []string{"443"},
		why: "Private endpoints and the private API server.",
	}, {
		name: "AllowTime", protocol: "Udp", to: []string{"Internet"}, ports: []string{"123"}, why: "Time servers.",
	}}
	if !t.private {
		cloud := "AzureCloud"
		if len(t.locations) == 1 {
			cloud += "." + regionName(t.locations[0])
		}
		out = append(out,
			allow{name: "AllowTunnelUDP", protocol: "Udp", to: []string{cloud}, ports: []string{"1194"}, why: "Tunnel to the API server."},
			allow{name: "AllowTunnelTCP", protocol: "Tcp", to: []string{cloud}, ports: []string{"9000"}, why: "Tunnel to the API server."})
	}
	for _, family := range families(t.dnsServers) {
		out = append(out, allow{
			name: "AllowDNS" + family.suffix, protocol: "*", to: family.values, ports: []string{"53"}, why: "DNS servers of the network.",
		})
	}
	return out
}

// apiServerAllows is what the API server's subnet needs with API Server VNet Integration.
// https://learn.microsoft.com/azure/aks/api-server-vnet-integration (read 2026-11-22)
func (t *traffic) apiServerAllows(dir string) []allow {
	if dir == outbound {
		if !t.denied[outbound] {
			return nil
		}
		out := between("AllowAPIServerToNodes", t.apiServers, t.nodes, "The API server reaches nodes without a tunnel.")
		return append(out, between("AllowAPIServerToPods", t.apiServers, t.pods, "The API server reaches webhooks in pods.")...)
	}
	out := t.apiServerPorts()
	for _, to := range byFamily(t.apiServers) {
		out = append(out, allow{
			name: "AllowProbesToAPIServer" + to.suffix, protocol: "Tcp", from: []string{"AzureLoadBalancer"}, to: to.values,
			ports: []string{"9988"}, why: "Health probes of the API server.",
		})
	}
	return out
}

// apiServerPorts lets what runs in a cluster reach the API server.
func (t *traffic) apiServerPorts() []allow {
	out := between("AllowNodesToAPIServer", t.nodes, t.apiServers, "Nodes reach the API server in its subnet.")
	out = append(out, between("AllowPodsToAPIServer", t.podSubnets, t.apiServers, "Pods reach the API server with their own addresses.")...)
	for i := range out {
		out[i].protocol, out[i].ports = "Tcp", []string{"443", "4443"}
	}
	return out
}

// kindAllows is what Azure asks for in subnets of its own services.
func (t *traffic) kindAllows() []allow {
	var out []allow
	for _, kind := range t.kinds {
		switch kind {
		case "application-gateway":
			out = append(out, applicationGatewayAllows()...)
		case "gateway-for-containers":
			out = append(out, allow{
				name: "AllowInternetToGateway", protocol: "Tcp", from: []string{"Internet"}, ports: webPorts(), why: "Clients of the gateway.",
			})
		case "bastion":
			out = append(out, bastionAllows()...)
		}
	}
	return out
}

// applicationGatewayAllows is what an Application Gateway v2 must be reached by.
// https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure (read 2026-11-22)
func applicationGatewayAllows() []allow {
	return []allow{
		{name: "AllowGatewayManager", protocol: "Tcp", from: []string{"GatewayManager"}, ports: []string{"65200-65535"}, why: "Azure manages the gateway."},
		{name: "AllowGatewayProbes", protocol: "*", from: []string{"AzureLoadBalancer"}, why: "Health probes of the gateway."},
		{name: "AllowInternetToGateway", protocol: "Tcp", from: []string{"Internet"}, ports: webPorts(), why: "Clients of the gateway."},
	}
}

// bastionAllows is what Azure Bastion must be reached by.
// https://learn.microsoft.com/azure/bastion/bastion-nsg (read 2026-11-22)
func bastionAllows() []allow {
	return []allow{
		{name: "AllowHTTPSFromInternet", protocol: "Tcp", from: []string{"Internet"}, ports: []string{"443"}, why: "People who use Bastion."},
		{name: "AllowGatewayManager", protocol: "Tcp", from: []string{"GatewayManager"}, ports: []string{"443"}, why: "Azure manages Bastion."},
		{name: "AllowBastionProbes", protocol: "Tcp", from: []string{"AzureLoadBalancer"}, ports: []string{"443"}, why: "Health probes of Bastion."},
		{
			name: "AllowBastionHosts", protocol: "*", from: []string{"VirtualNetwork"}, to: []string{"VirtualNetwork"},
			ports: []string{"8080", "5701"}, why: "Bastion's own parts talk to each other.",
		},
	}
}

// family is addresses of one family; a security rule cannot hold both.
type family struct {
	suffix string
	values []string
}

func byFamily(in []netip.Prefix) []family {
	return split(in, func(p netip.Prefix) bool { return p.Addr().Is4() })
}

func families(in []netip.Addr) []family { return split(in, netip.Addr.Is4) }

func split[T interface{ String() string }](in []T, four func(T) bool) []family {
	out := []family{{suffix: ""}, {suffix: "IPv6"}}
	for _, v := range in {
		i := 1
		if four(v) {
			i = 0
		}
		out[i].values = append(out[i].values, v.String())
	}
	return slices.DeleteFunc(out, func(f family) bool { return len(f.values) == 0 })
}

// between allows everything from one side to the other, one rule a family.
func between(name string, from, to []netip.Prefix, why string) (out []allow) {
	for _, f := range byFamily(from) {
		for _, t := range byFamily(to) {
			if f.suffix == t.suffix {
				out = append(out, allow{name: name + f.suffix, protocol: "*", from: f.values, to: t.values, why: why})
			}
		}
	}
	return out
}
