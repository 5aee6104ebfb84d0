package apply

import (
	"net/http"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/resource"
)

// kind describes a resource type.
type kind struct {
	typ string
	// client is the SDK's name for the operations of the type. Traces show it, and the SDK's fake servers use it to
	// route requests.
	client string
	// fixed are the members that Azure cannot change once the resource exists; source documents it.
	fixed  []string
	source string
	// readOnly are the members that Azure returns under "properties" but does not accept.
	readOnly []string
	// order is the deletion order, lowest first.
	order int
}

// kinds returns the resource types in plans. Other types are compared and sent without this information, and never
// deleted.
func kinds() []kind {
	return []kind{
		{typ: resource.TypeVNet, client: "VirtualNetworksClient", fixed: []string{"location", "extendedLocation"},
			source: aks.PageVNets,
			// Peerings are sent back unchanged: no page documents what happens to peerings that a network is sent
			// without.
			readOnly: []string{"subnets", "flowLogs", "defaultPublicNatGateway"}, order: 1},
		{typ: resource.TypeSubnet, client: "SubnetsClient",
			readOnly: []string{
				"ipConfigurations", "ipConfigurationProfiles", "privateEndpoints", "resourceNavigationLinks",
				"serviceAssociationLinks", "purpose",
			}},
		{typ: resource.TypePeering, client: "VirtualNetworkPeeringsClient",
			fixed:  []string{"properties.remoteVirtualNetwork.id"},
			source: aks.PageManagePeerings,
			readOnly: []string{"peeringState", "peeringSyncLevel", "remoteAddressSpace",
				"remoteVirtualNetworkAddressSpace", "localAddressSpace", "localVirtualNetworkAddressSpace",
				"remoteBgpCommunities"}},
		{typ: resource.TypeNSG, client: "SecurityGroupsClient", fixed: []string{"location"},
			source:   aks.PageManageSecurityGroups,
			readOnly: []string{"defaultSecurityRules", "networkInterfaces", "subnets", "flowLogs"}, order: 3},
		{typ: resource.TypeRouteTable, client: "RouteTablesClient", fixed: []string{"location"},
			source:   aks.PageRouteTables,
			readOnly: []string{"subnets"}, order: 3},
		{typ: resource.TypeRoute, client: "RoutesClient"},
		{typ: resource.TypeNATGateway, client: "NatGatewaysClient", fixed: []string{"location", "sku.name", "zones"},
			source:   aks.PageNATGatewayResource,
			readOnly: []string{"subnets"}, order: 2},
		{typ: resource.TypePublicIP, client: "PublicIPAddressesClient",
			fixed: []string{
				"location", "sku.name", "sku.tier", "zones", "properties.publicIPAddressVersion",
				"properties.publicIPAllocationMethod", "properties.publicIPPrefix.id",
			},
			source:   aks.PagePublicIPs,
			readOnly: []string{"ipConfiguration", "natGateway"}, order: 4},
		{typ: resource.TypePrefix, client: "PublicIPPrefixesClient",
			fixed: []string{
				"location", "sku.name", "sku.tier", "zones", "properties.publicIPAddressVersion", "properties.prefixLength",
			},
			source: aks.PagePublicIPPrefixes,
			readOnly: []string{
				"publicIPAddresses",
				"loadBalancerFrontendIpConfiguration",
				"natGateway",
				"ipPrefix",
			}, order: 4},
	}
}

// kindOf returns the kind of a type, ignoring case.
func kindOf(typ string) (kind, bool) {
	for _, k := range kinds() {
		if strings.EqualFold(k.typ, typ) {
			return k, true
		}
	}
	return kind{typ: typ}, false
}

// typeOf returns the resource type of an id.
func typeOf(id string) string {
	at := strings.LastIndex(strings.ToLower(id), "/providers/")
	if at < 0 {
		return ""
	}
	parts := strings.Split(id[at+len("/providers/"):], "/")
	typ := parts[0]
	for i := 1; i < len(parts); i += 2 {
		typ += "/" + parts[i]
	}
	return typ
}

// operation returns the SDK's name for a request.
func operation(method, id string) string {
	k, known := kindOf(typeOf(id))
	if !known {
		return "aksnet." + method
	}
	switch method {
	case http.MethodPut:
		return k.client + ".BeginCreateOrUpdate"
	case http.MethodDelete:
		return k.client + ".BeginDelete"
	}
	return k.client + ".Get"
}
