package aks

import "github.com/aksnet/aksnet/internal/english"

// NextHop is the ARM property nextHopType of a route.
type NextHop string

// The next hops that matter to a cluster's default route.
const (
	HopInternet  NextHop = "Internet"
	HopAppliance NextHop = "VirtualAppliance"
	HopGateway   NextHop = "VirtualNetworkGateway"
	HopVNet      NextHop = "VnetLocal"
	HopNone      NextHop = "None"
)

// DefaultRouteHop reports whether AKS takes the next hop for 0.0.0.0/0 under userDefinedRouting.
// [PageEgressRoutes] (read 2026-11-22)
func DefaultRouteHop(hop NextHop) bool { return hop == HopAppliance || hop == HopGateway }

// Route is one line of the recipe for a route table that sends everything through a firewall.
type Route struct {
	Name   string  `json:"name"`
	Prefix string  `json:"prefix"` // a prefix, or what it stands for in angle brackets
	Hop    NextHop `json:"nextHopType"`
	HopIP  string  `json:"nextHopIP,omitempty"` // what stands there, in angle brackets
	Why    string  `json:"why"`
	Source Source  `json:"source"`
}

// UDRRoutes returns the routes of a cluster behind a firewall. The second one is needed for each public IP of the
// firewall.
func UDRRoutes() []Route {
	return []Route{
		{
			Name: "default", Prefix: "0.0.0.0/0", Hop: HopAppliance, HopIP: "<firewall private IP>",
			Why: "sends everything through the firewall", Source: srcFirewall(),
		},
		{
			Name: "firewall-public", Prefix: "<firewall public IP>/32", Hop: HopInternet,
			Why: "keeps traffic to the firewall's own public IP from looping", Source: srcFirewall(),
		},
	}
}

// UDRFacts returns what else has to be minded when traffic goes through a firewall.
func UDRFacts() []Fact {
	s := srcFirewall()
	return []Fact{
		{"udr-before-cluster", "the route table is associated before the cluster is made", s},
		{"udr-one-table", "a subnet has one route table", s},
		{"udr-no-internet", "a default route to Internet is refused", srcUDR()},
		{
			"udr-in-table", "AKS looks for 0.0.0.0/0 in the table itself: a default route learned by BGP or from a virtual " +
				"hub does not count",
			told(github + "MicrosoftDocs/azure-docs/issues/108240"),
		},
		{
			"udr-virtual-hub",
			"a virtual hub's 0.0.0.0/0 is not propagated to other hubs; the next hop is the private address of the hub's " +
				"firewall, and networks join by a hub connection, not by a peering",
			at(PageVirtualHub, ""),
		},
		{"udr-ipv6", "a missing IPv6 default route only warns", srcDualStack()},
		{"udr-dns-proxy", "FQDN network rules need the firewall's DNS proxy", s},
		{"udr-authorized", "the firewall's public IPs belong into the authorized IP ranges", s},
		{"udr-fqdn-tag", "Azure Firewall knows the required endpoints as the tag AzureKubernetesService", s},
		{
			"udr-app-gateway",
			"an Application Gateway's subnet must not have the default route to the firewall; that of a private gateway " +
				"may",
			srcAppGW(),
		},
		{"udr-inbound", "public Services need DNAT on the firewall, or their answers take another way", s},
		{"udr-alpn", "a firewall that inspects TLS must not strip ALPN", srcEgress()},
	}
}

// KubenetFacts returns how a kubenet cluster deals with its route table.
func KubenetFacts() []Fact {
	s := srcKubenet()
	return []Fact{
		{
			"kubenet-owner",
			"AKS adds and removes one /24 route a node; custom routes may be added, those of AKS not edited", s,
		},
		{"kubenet-created", "a subnet without a route table gets one from AKS, in the node resource group", s},
		{
			"kubenet-own",
			"a route table of one's own is associated before the cluster is made and cannot be swapped later",
			s,
		},
		{
			"kubenet-unique",
			"each cluster has a route table of its own, for all its subnets; it is never shared between clusters", s,
		},
		{
			"kubenet-budget",
			english.Text(
				"nodes, surge and custom routes together are at most %v; checked at creation since 2023-06-25, at "+
					"upgrade since 2023-09-10",
				RoutesPerTable,
			),
			release("2023-09-10"),
		},
		{"kubenet-app-gateway", "an Application Gateway needs the same route table to reach the pods", srcAppGW()},
		{
			"kubenet-private-dns", "a private cluster with its own route table and DNS needs both associated first",
			srcPrivate(),
		},
		{
			"kubenet-identity", "with a route table of one's own the identity is user-assigned; without one AKS makes the " +
				"table, and a system-assigned identity works too", s,
		},
	}
}

// MasqueradeFacts returns which address the other side sees when a pod talks to it.
func MasqueradeFacts() []Fact {
	return []Fact{
		{"masquerade-overlay", "overlay and kubenet: the node's address, inside the VNet and to peers", srcOverlay()},
		{
			"masquerade-node-subnet",
			"node-subnet: the pod's address inside the VNet, the node's address to peers and on-premises", srcLegacy(),
		},
		{"masquerade-pod-subnet", "pod-subnet: the pod's address everywhere in connected networks", srcLegacy()},
		{"masquerade-internet", "towards the internet the outbound type decides", srcModels()},
		{
			"masquerade-overlay-shadow",
			"overlay: a real host inside the pod CIDR is out of reach for pods",
			srcOverlay(),
		},
		{
			"masquerade-dns",
			"dynamic pod subnets: questions to 168.63.129.16 bear the node's address since 2025-10-12",
			release("2025-10-12"),
		},
		{"masquerade-custom", "an azure-ip-masq-agent-config of one's own blocks the move to overlay", srcUpdate()},
		{
			"masquerade-invisible",
			"Azure does not see service addresses: keep the service CIDR out of every later subnet",
			srcLegacy(),
		},
	}
}
