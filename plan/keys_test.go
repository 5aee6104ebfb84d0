package plan_test

import (
	"testing"
)

// TestPrivateGatewayDemand holds the subnet of a gateway with private addresses to its nodes and surge, as many
// secondary addresses as its prefix has, an internal load balancer, and what Azure reserves.
func TestPrivateGatewayDemand(t *testing.T) {
	const text = `
clusters:
  - name: shop
    staticEgressGateway: true
    nodePools:
      - {name: system, count: 3}
      - name: gw
        mode: Gateway
        type: VirtualMachines
        count: 3
        maxSurge: 1
        nodeSubnet: {name: snet-gw}
        gatewayProfile: {publicIPPrefixSize: 30, provisionPublicIPs: `
	private, public := subnet(t, build(t, text+"false}\n"), "snet-gw"), subnet(t, build(t, text+"true}\n"), "snet-gw")
	equal(t, "private", private.Demand.Total, 3+1+4+1+5)
	equal(t, "formula", private.Terms().Formula("upgrade"),
		"(3 nodes + 1 surge) + 1 load balancer + 4 egress addresses + 5 reserved")
	equal(t, "public", public.Demand.Total, 3+1+5)
}

// TestSeveralPrefixes adds up the prefixes of a subnet; Azure keeps five addresses of each.
func TestSeveralPrefixes(t *testing.T) {
	p := build(t, `
vnets:
  - name: vnet
    addressPrefixes: [10.20.0.0/16]
    subnets:
      - {name: snet-vm, addresses: 100, addressPrefixes: [10.20.4.0/24, 10.20.8.0/25]}
`)
	s := subnet(t, p, "snet-vm")
	equal(t, "usable", s.Usable, 251+123)
	equal(t, "headroom", s.Headroom, 251+123-100)
	equal(t, "used", p.VNets[0].UsedAddresses, 256+128)
	equal(t, "prefixes", len(s.AddressPrefixes), 2)
}
