package aks

import (
	"strings"
	"sync"

	"github.com/aksnet/aksnet/internal/english"
)

// SubnetKind is what Azure asks of a subnet that serves one purpose. Attachments are allowed unless a page says
// otherwise.
type SubnetKind struct {
	ID                string `json:"id"`                        // stable, lower case with dashes
	Name              string `json:"name,omitempty"`            // name that the subnet must bear; empty if any will do
	Purpose           string `json:"purpose"`                   // what lives in it
	MinBits           int    `json:"minBits,omitempty"`         // prefix length of the smallest one; zero if not stated
	RecommendedBits   int    `json:"recommendedBits,omitempty"` // prefix length of the advised one; zero if not stated
	LargestBits       int    `json:"largestBits,omitempty"`     // prefix length of the largest one; zero if not stated
	ExactBits         int    `json:"exactBits,omitempty"`       // the only prefix length; zero if there is a choice
	ExactForModel     Model  `json:"exactForModel,omitempty"`   // model for which ExactBits holds; empty for all
	MinFree           int    `json:"minFree,omitempty"`         // free addresses that must be left; zero if not stated
	Delegation        string `json:"delegation,omitempty"`      // service the subnet is to be delegated to
	NSGAllowed        bool   `json:"nsgAllowed"`                // an NSG may be attached
	RouteTableAllowed bool   `json:"routeTableAllowed"`         // a route table may be attached
	ApplianceRoute    bool   `json:"applianceRoute"`            // a default route to an appliance may be in that table
	NATAllowed        bool   `json:"natAllowed"`                // a NAT gateway may be attached
	Dedicated         bool   `json:"dedicated"`                 // nothing else may live in it
	Note              string `json:"note,omitempty"`
	Source            Source `json:"source"`
}

// The delegations that subnets beside a cluster carry.
const (
	DelegationAKS         = "Microsoft.ContainerService/managedClusters"
	DelegationAppGW       = "Microsoft.ServiceNetworking/trafficControllers"
	DelegationContainers  = "Microsoft.ContainerInstance/containerGroups"
	DelegationDNSResolver = "Microsoft.Network/dnsResolvers"
)

// SubnetKinds returns every kind of subnet that is met beside a cluster's node and pod subnets.
func SubnetKinds() []SubnetKind {
	return append(append(platformSubnets(), gatewaySubnets()...), clusterSubnets()...)
}

// SubnetKindByName returns the kind whose subnets must bear the name, compared without regard to case, as Azure does.
func SubnetKindByName(name string) (SubnetKind, bool) {
	for _, k := range platformSubnets() {
		if strings.EqualFold(k.Name, name) {
			return k, true
		}
	}
	return SubnetKind{}, false
}

// SubnetKindByDelegation returns the kind whose subnets are delegated to the service. Pod subnets carry the same
// delegation as API server subnets, but AKS sets it itself: for DelegationAKS the API server kind is returned.
func SubnetKindByDelegation(delegation string) (SubnetKind, bool) {
	if delegation == "" {
		return SubnetKind{}, false
	}
	for _, k := range SubnetKinds() {
		if strings.EqualFold(k.Delegation, delegation) {
			return k, true
		}
	}
	return SubnetKind{}, false
}

// SubnetKindByID returns the kind with the given id, and false if there is none.
func SubnetKindByID(id string) (SubnetKind, bool) {
	for _, k := range SubnetKinds() {
		if k.ID == id {
			return k, true
		}
	}
	return SubnetKind{}, false
}

// platformSubnets are the subnets that Azure finds by their name.
func platformSubnets() []SubnetKind {
	return []SubnetKind{
		{
			ID: "firewall", Name: "AzureFirewallSubnet", Purpose: "Azure Firewall", MinBits: 26, RecommendedBits: 26,
			RouteTableAllowed: true, NATAllowed: true, Dedicated: true,
			Note:   "one AKS sample uses /24; a default route, if any, must go to the internet or to a forced tunnel",
			Source: at(PageFirewallFAQ, "").as(Copied),
		},
		{
			ID: "firewall-management", Name: "AzureFirewallManagementSubnet", Purpose: "Azure Firewall management",
			MinBits: 26, RecommendedBits: 26, RouteTableAllowed: true, Dedicated: true,
			Note:   "needed for forced tunnelling and for the Basic firewall",
			Source: at(PageFirewallForcedTunneling, "").as(Copied),
		},
		{
			ID: "bastion", Name: "AzureBastionSubnet", Purpose: "Azure Bastion", MinBits: 26, RecommendedBits: 26,
			NSGAllowed: true, NATAllowed: true, Dedicated: true,
			Note:   "older texts allow /27; an NSG must hold the rules that Bastion asks for",
			Source: at(PageBastion, ""),
		},
		{
			ID:                "gateway",
			Name:              "GatewaySubnet",
			Purpose:           "VPN or ExpressRoute gateway",
			MinBits:           29,
			RecommendedBits:   27,
			RouteTableAllowed: true, Dedicated: true,
			Note:   "no NSG and no NAT gateway",
			Source: at(PageVPNGateway, "").as(Copied),
		},
		{
			ID: "route-server", Name: "RouteServerSubnet", Purpose: "Route Server", MinBits: 27, RecommendedBits: 26,
			Dedicated: true,
			Note: "neither NSG nor route table; newer text asks for /26, older text for /27, neither size " +
				"read again",
			Source: at(PageRouteServer, "2022-07-31").as(Unverified),
		},
	}
}

// gatewaySubnets are the subnets of the ingress gateways.
func gatewaySubnets() []SubnetKind {
	return []SubnetKind{
		{
			ID: "application-gateway", Purpose: "Application Gateway v2", RecommendedBits: 24,
			NSGAllowed: true, RouteTableAllowed: true, NATAllowed: true, Dedicated: true,
			Note: "an NSG must let GatewayManager reach ports " + gatewayManagerPorts +
				" and AzureLoadBalancer reach everything; " +
				"no default route to an appliance; up to 125 instances, one private frontend and the reserved " +
				"addresses",
			Source: srcAppGW(),
		},
		{
			ID: "application-gateway-v1", Purpose: "Application Gateway v1",
			NSGAllowed: true, RouteTableAllowed: true, NATAllowed: true, Dedicated: true,
			Note: "an NSG must let GatewayManager reach ports 65503-65534; " +
				"up to 32 instances, one private frontend and the reserved addresses",
			Source: srcAppGW(),
		},
		{
			ID:              "gateway-for-containers",
			Purpose:         "Application Gateway for Containers",
			RecommendedBits: 24,
			ExactBits:       24,
			ExactForModel:   Overlay, MinFree: gatewayMinFree, Delegation: DelegationAppGW,
			NSGAllowed: true, RouteTableAllowed: true, ApplianceRoute: true, NATAllowed: true, Dedicated: true,
			Note:   gatewayNote(),
			Source: srcAGC(),
		},
	}
}

// clusterSubnets are the other subnets that a cluster may use.
func clusterSubnets() []SubnetKind {
	return []SubnetKind{
		{
			ID:                "api-server",
			Purpose:           "API Server VNet Integration",
			MinBits:           APIServerSubnetBits,
			MinFree:           APIServerAddresses,
			Delegation:        DelegationAKS,
			NSGAllowed:        true,
			RouteTableAllowed: true,
			ApplianceRoute:    true,
			NATAllowed:        true,
			Dedicated:         true,
			Note:              "clusters of the VNet may share it, each keeps nine addresses",
			Source:            srcAPIServer(),
		},
		{
			ID: "virtual-nodes", Purpose: "virtual nodes", RecommendedBits: 16, Delegation: DelegationContainers,
			NSGAllowed: true, Dedicated: true,
			Note: "no route table, which the connector rejects; authorized IP ranges and network policies do not " +
				"apply there; the size is that of a sample; the " +
				"delegation was not read again",
			Source: srcVirtualNodes(),
		},
		{
			ID: "private-endpoints", Purpose: "private endpoints", NSGAllowed: true, RouteTableAllowed: true,
			ApplianceRoute: true, NATAllowed: true,
			Note: "one address each; the endpoint of a private cluster lands in the first pool's subnet; NSGs need " +
				"privateEndpointNetworkPolicies",
			Source: srcPrivate(),
		},
		{
			ID: "private-link-service", Purpose: "private link services", NSGAllowed: true, RouteTableAllowed: true,
			ApplianceRoute: true, NATAllowed: true,
			Note:   "one to eight addresses; not the pod subnet if externalTrafficPolicy is Local",
			Source: srcInternalLB(),
		},
		{
			ID:                "internal-load-balancers",
			Purpose:           "internal load balancers",
			NSGAllowed:        true,
			RouteTableAllowed: true,
			ApplianceRoute:    true, NATAllowed: true,
			Note:   "one address a frontend; the cluster identity needs to read the subnet",
			Source: srcInternalLB(),
		},
		{
			ID:                "static-egress-gateway",
			Purpose:           "static egress gateway pool",
			NSGAllowed:        true,
			RouteTableAllowed: true,
			ApplianceRoute:    true, NATAllowed: true,
			Note:   "a public IP prefix of /28 to /31 sets the most gateway nodes; no autoscaler, no Windows",
			Source: srcStaticEgress(),
		},
		{
			ID:          "dns-resolver",
			Purpose:     "DNS Private Resolver",
			MinBits:     28,
			LargestBits: 24,
			Delegation:  DelegationDNSResolver,
			NSGAllowed:  true, RouteTableAllowed: true, ApplianceRoute: true, NATAllowed: true, Dedicated: true,
			Note: "one subnet for inbound and one for outbound endpoints; not within 10.0.1.0 to 10.0.16.255; no " +
				"IPv6",
			Source: at(PageDNSResolver, "2022-12-06"),
		},
	}
}

// gatewayMinFree is how many free addresses Application Gateway for Containers needs in a subnet without overlay.
// [PageAGC] (read 2026-11-22)
const gatewayMinFree = 250

// gatewayNote is formatted once: kinds are looked up for every subnet.
var gatewayNote = sync.OnceValue(func() string {
	return english.Text(
		"exactly /24 with overlay, one deployment a subnet; %v free addresses otherwise; AKS checks the subnet of its "+
			"add-on since 2026-01-04",
		gatewayMinFree,
	)
})
