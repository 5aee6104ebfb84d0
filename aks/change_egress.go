package aks

import "slices"

// outboundChanges are changes of the outbound type: the matrix of the page, for managed networks and others.
func outboundChanges() []Change {
	key := []string{keyOutbound}
	isolated := []string{string(OutboundNone), string(OutboundBlock)}
	off := func(c Change) Change {
		c.Keys, c.Needs, c.Since = key, []ChangeCondition{needsProvisioningOff(), needsCache()}, OutboundNoneSince
		c.Code = CodeInvalidNetworkIsolatedClusterConfiguration
		c.Steps = []Step{run("aks update --outbound-type ‹value›")}
		return c
	}
	on := func(c Change) Change {
		c.Keys, c.Needs = key, []ChangeCondition{needsProvisioningOff()}
		c.Notes = append([]string{noteAddresses}, c.Notes...)
		c.Steps = append(c.Steps, run("aks update --outbound-type ‹value›"))
		return c
	}
	managed := []ChangeCondition{isManagedNetwork()}
	own := words(OutboundLoadBalancer, OutboundUserAssignedNATGateway, OutboundUserDefinedRouting, OutboundNone)
	v2, nat, lb := string(OutboundManagedNATGatewayV2), string(OutboundManagedNATGateway), string(OutboundLoadBalancer)
	rows := []Change{
		off(Change{
			From: append([]string{lb, nat}, isolated...), To: isolated, When: managed, How: InPlace,
			Source: changed(PageOutboundTypes),
		}),
		off(Change{
			From: []string{v2}, To: isolated, When: managed, How: InPlace,
			Disputed: "allowed by the release notes of 2026-05-29, not by the matrix of the page",
			Source:   release("2026-05-29"),
		}),
		on(Change{
			From: []string{lb}, To: []string{nat, v2}, When: managed, How: InPlace,
			Notes: []string{"connections that are open break"}, Source: changed(PageOutboundTypes),
		}),
		on(Change{From: []string{nat}, To: []string{v2}, When: managed, How: InPlace, Source: changed(PageOutboundTypes)}),
		on(Change{
			From: isolated, To: []string{lb, nat, v2}, When: managed, How: InPlace, Source: changed(PageOutboundTypes),
		}),
		{
			Keys: key, From: []string{nat}, To: []string{lb}, When: managed, How: Rejected,
			Notes:  []string{"not in the matrix, although the same page shows a command for it"},
			Source: changed(PageOutboundTypes),
		},
		{Keys: key, When: managed, How: Rejected, Source: changed(PageOutboundTypes)},
		off(Change{From: own, To: []string{string(OutboundNone)}, How: InPlace, Source: changed(PageOutboundTypes)}),
		on(Change{
			From: own, To: []string{string(OutboundUserAssignedNATGateway)}, How: InPlace,
			Steps:  []Step{do("attach the NAT gateway to the node subnets, and to the pod subnets, before the update")},
			Source: changed(PageOutboundTypes),
		}),
		on(Change{
			From: own, To: []string{string(OutboundUserDefinedRouting)}, How: InPlace,
			Steps:  []Step{do("put the default route into the route table of the node subnets before the update")},
			Source: changed(PageOutboundTypes),
		}),
		on(Change{From: own, To: own, How: InPlace, Source: changed(PageOutboundTypes)}),
		{Keys: key, How: Rejected, Source: changed(PageOutboundTypes)},
	}
	for i, r := range rows {
		if r.How == Rejected {
			rows[i].Notes = append(slices.Clone(r.Notes), "the documentation lists no such path")
			rows[i].Code = CodeUpdatingOutboundTypeNotAllowed
		}
	}
	return rows
}

// keyOutbound is the key of the outbound type.
const keyOutbound = "clusters[].outboundType"

// balancerChanges are changes of load balancers and NAT gateways, and of the routes to a firewall.
func balancerChanges() []Change {
	lb, nat := PageLoadBalancer, PageNATGateway
	balancer := func(key, flag, note string) Change {
		c := Change{
			Keys: []string{"clusters[].loadBalancerProfile." + key},
			When: []ChangeCondition{outboundStays(OutboundLoadBalancer)}, How: InPlace,
			Steps:  []Step{run("aks update --load-balancer-" + flag + " ‹value›")},
			Source: changed(lb),
		}
		if note != "" {
			c.Notes = []string{note}
		}
		return c
	}
	gateway := func(key, flag string) Change {
		return Change{
			Keys:   []string{"clusters[].natGatewayProfile." + key},
			When:   []ChangeCondition{outboundStays(OutboundManagedNATGateway, OutboundManagedNATGatewayV2)},
			How:    InPlace,
			Steps:  []Step{run("aks update --nat-gateway-" + flag + " ‹value›")},
			Source: changed(nat),
		}
	}
	backend := balancer("backendPoolType", "backend-pool-type", "Private Link Services do not work with nodeIP")
	backend.To = []string{string(BackendNodeIP)}
	return []Change{
		balancer("managedOutboundIPs", "managed-outbound-ip-count", "fewer addresses break connections that are open"),
		balancer("outboundIPs", "outbound-ips", noteAddresses),
		balancer("outboundIPPrefixes", "outbound-ip-prefixes", noteAddresses),
		balancer("allocatedOutboundPorts", "outbound-ports", "fewer ports of a node break connections that are open"),
		balancer("idleTimeoutInMinutes", "idle-timeout", ""),
		backend,
		{
			Keys: []string{"clusters[].loadBalancerProfile.backendPoolType"}, How: Undocumented,
			When: []ChangeCondition{outboundStays(OutboundLoadBalancer)}, Source: notFound(lb),
		},
		{
			Keys: []string{"clusters[].loadBalancerProfile"}, When: []ChangeCondition{outboundStays(OutboundLoadBalancer)},
			How: InPlace, Source: changed(lb),
		},
		{
			Keys: []string{"clusters[].loadBalancerSku"}, To: []string{string(LoadBalancerStandard)}, How: InOrder, OneWay: true,
			Steps: []Step{run("aks update --load-balancer-sku Standard")},
			Notes: []string{
				"Services lose their addresses meanwhile: plan a downtime", "the same page also calls the SKU immutable",
			},
			Source: changed(PageBasicLoadBalancer),
		},
		{
			Keys: []string{"clusters[].loadBalancerSku"}, How: NewCluster, Source: changed(PageBasicLoadBalancer),
			Notes: []string{"Basic load balancers are retired"},
		},
		{
			Keys: []string{"clusters[].natGatewayProfile.outboundIPs", "clusters[].natGatewayProfile.outboundIPPrefixes"},
			When: []ChangeCondition{
				outboundStays(OutboundManagedNATGateway, OutboundManagedNATGatewayV2), switchesNATAddresses(),
			},
			How:    Rejected,
			Notes:  []string{"AKS does not switch between managed addresses and your own"},
			Source: changed(nat),
		},
		{
			Keys: []string{
				"clusters[].natGatewayProfile.managedOutboundIPs", "clusters[].natGatewayProfile.managedOutboundIPv6s",
			},
			When:  []ChangeCondition{switchesNATAddresses()},
			How:   Unaffected,
			Notes: []string{"it comes and goes with your own addresses"}, Source: changed(nat),
		},
		gateway("managedOutboundIPs", "managed-outbound-ip-count"),
		gateway("managedOutboundIPv6s", "managed-outbound-ipv6-count"),
		gateway("outboundIPs", "outbound-ips"),
		gateway("outboundIPPrefixes", "outbound-ip-prefixes"),
		gateway("idleTimeoutInMinutes", "idle-timeout"),
		{
			Keys: []string{"clusters[].natGatewayProfile.sku"}, To: []string{string(NATStandardV2)}, How: InPlace,
			When:  []ChangeCondition{outboundStays(OutboundManagedNATGateway, OutboundManagedNATGatewayV2)},
			Needs: []ChangeCondition{needsProvisioningOff()},
			Steps: []Step{run("aks update --outbound-type managedNATGatewayV2")},
			Notes: []string{noteAddresses}, Source: changed(PageOutboundTypes),
		},
		{
			Keys: []string{"clusters[].natGatewayProfile.sku"}, How: Rejected,
			When:   []ChangeCondition{outboundStays(OutboundManagedNATGateway, OutboundManagedNATGatewayV2)},
			Notes:  []string{"the documentation lists no path from StandardV2 to Standard"},
			Source: changed(PageOutboundTypes),
		},
		{
			Keys: []string{
				"clusters[].loadBalancerProfile", "clusters[].loadBalancerProfile.managedOutboundIPs",
				"clusters[].loadBalancerProfile.outboundIPs", "clusters[].loadBalancerProfile.outboundIPPrefixes",
				"clusters[].loadBalancerProfile.allocatedOutboundPorts",
				"clusters[].loadBalancerProfile.idleTimeoutInMinutes", "clusters[].loadBalancerProfile.backendPoolType",
				"clusters[].natGatewayProfile", "clusters[].natGatewayProfile.managedOutboundIPs",
				"clusters[].natGatewayProfile.idleTimeoutInMinutes", "clusters[].natGatewayProfile.sku",
				"clusters[].natGatewayProfile.managedOutboundIPv6s", "clusters[].natGatewayProfile.outboundIPs",
				"clusters[].natGatewayProfile.outboundIPPrefixes",
			},
			How: Unaffected, Source: changed(PageOutboundTypes),
			Notes: []string{"it comes and goes with the outbound type"},
		},
		{
			Keys: []string{"clusters[].egress"}, How: InPlace, Source: inferred(PageEgressRoutes),
			Notes: []string{"the routes of the node subnets change: traffic of everything in them moves at once"},
		},
	}
}
