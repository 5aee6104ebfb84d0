package aks

// NATGatewaySKU is the ARM property sku.name of a NAT gateway. The zero value means Standard.
type NATGatewaySKU string

// The SKUs of NAT gateways; NATSKUs holds what each offers.
const (
	NATStandard   NATGatewaySKU = "Standard"
	NATStandardV2 NATGatewaySKU = "StandardV2"
)

// Words returns both SKUs, Azure's default first.
func (NATGatewaySKU) Words() []string { return words(NATStandard, NATStandardV2) }

// Zone is an availability zone of a region.
type Zone string

// Words returns the zones that a region may have.
func (Zone) Words() []string { return []string{"1", "2", "3"} }

// Words returns every next hop type.
func (NextHop) Words() []string {
	return words(HopAppliance, HopGateway, HopVNet, HopInternet, HopNone)
}

// SubnetPurpose is what a subnet beside the clusters' own is for, in the words of the spec.
type SubnetPurpose string

// The purposes that a spec can name.
const (
	ForApplicationGateway       SubnetPurpose = "applicationGateway"
	ForGatewayForContainers     SubnetPurpose = "applicationGatewayForContainers"
	ForVirtualNodes             SubnetPurpose = "virtualNodes"
	ForPrivateEndpoints         SubnetPurpose = "privateEndpoints"
	ForInternalLoadBalancers    SubnetPurpose = "internalLoadBalancers"
	ForDNSResolver              SubnetPurpose = "dnsResolver"
	ForPrivateLinkServices      SubnetPurpose = "privateLinkServices"
	ForVirtualMachines          SubnetPurpose = "virtualMachines"
	ForPostgreSQL               SubnetPurpose = "postgreSQL"
	ForMySQL                    SubnetPurpose = "mySQL"
	ForContainerApps            SubnetPurpose = "containerApps"
	ForContainerAppsConsumption SubnetPurpose = "containerAppsConsumption"
	ForAppService               SubnetPurpose = "appService"
	ForNetApp                   SubnetPurpose = "netAppFiles"
	ForOther                    SubnetPurpose = "other"
)

// Words returns every purpose.
func (SubnetPurpose) Words() []string {
	return words(ForApplicationGateway, ForGatewayForContainers, ForVirtualNodes, ForPrivateEndpoints,
		ForInternalLoadBalancers, ForDNSResolver, ForPrivateLinkServices, ForVirtualMachines, ForPostgreSQL, ForMySQL,
		ForContainerApps, ForContainerAppsConsumption, ForAppService, ForNetApp, ForOther)
}

// EndpointPolicies is the ARM property privateEndpointNetworkPolicies of a subnet. The zero value leaves the choice to
// Azure.
type EndpointPolicies string

// The values: what acts on the private endpoints of the subnet.
const (
	PoliciesNone    EndpointPolicies = "Disabled"
	PoliciesEnabled EndpointPolicies = "Enabled"
	PoliciesNSG     EndpointPolicies = "NetworkSecurityGroupEnabled"
	PoliciesRoutes  EndpointPolicies = "RouteTableEnabled"
)

// Words returns every value.
func (EndpointPolicies) Words() []string {
	return words(PoliciesNone, PoliciesEnabled, PoliciesNSG, PoliciesRoutes)
}
