package importer

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// network is a virtual network with its subnets, known from its own JSON, from a list of its subnets, or only from the
// ids of resources in it.
type network struct {
	id      id
	json    object
	known   bool
	subnets []*subnet
	byID    map[string]*subnet
	// peerings are those of the network itself, and those that were listed on their own.
	peerings []object
}

type subnet struct {
	id   id
	json object
}

// networks returns the virtual networks together with separately listed subnets and peerings. Networks that only a
// cluster, a subnet or a peering refers to come last.
func (e *Estate) networks() []*network {
	var out []*network
	byID := map[string]*network{}
	find := func(i id) *network {
		n := byID[i.key()]
		if n == nil {
			n = &network{id: i, byID: map[string]*subnet{}}
			out, byID[i.key()] = append(out, n), n
		}
		return n
	}
	for _, o := range e.vnets {
		n := find(parseID(o.text("id")))
		n.json, n.known = o, true
		for _, s := range o.objects("subnets") {
			n.add(s)
		}
		for _, p := range o.objects("virtualNetworkPeerings") {
			n.addPeering(p)
		}
	}
	for _, p := range e.peerings {
		find(parseID(p.text("id")).parentID()).addPeering(p)
	}
	for _, s := range e.subnets {
		find(parseID(s.text("id")).parentID()).add(s)
	}
	for _, text := range e.clusterSubnets() {
		i := parseID(text)
		if n := find(i.parentID()); n.byID[i.key()] == nil {
			n.put(&subnet{id: i})
		}
	}
	return out
}

// add adds a subnet, or the JSON of a known one that was listed without its IP configurations.
func (n *network) add(o object) {
	i := parseID(o.text("id"))
	if i.text == "" {
		i = parseID(n.id.text + "/subnets/" + o.text("name"))
	}
	if s := n.byID[i.key()]; s == nil {
		n.put(&subnet{i, o})
	} else if s.json.get("ipConfigurations") == nil {
		s.json = o
	}
}

func (n *network) put(s *subnet) {
	n.subnets, n.byID[s.id.key()] = append(n.subnets, s), s
}

// prefixes returns the address space of a network, or the prefixes of its subnets if nothing else is known.
func (n *network) prefixes() []string {
	if own := n.json.prefixes("addressSpace.addressPrefixes"); len(own) > 0 {
		return own
	}
	var out []string
	for _, s := range n.subnets {
		out = append(out, s.prefixes()...)
	}
	return out
}

// clusterSubnets returns the ids of all subnets used by clusters.
func (e *Estate) clusterSubnets() (out []string) {
	for _, c := range e.clusters {
		out = append(out, c.text("apiServerAccessProfile.subnetId"), c.text("hostedSystemProfile.systemNodeSubnetID"),
			c.text("hostedSystemProfile.nodeSubnetID"))
		for _, p := range c.objects("agentPoolProfiles") {
			out = append(out, p.text("vnetSubnetID"), p.text("podSubnetID"))
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func (w *writer) vnet(n *network) mapping {
	m := newMapping()
	m.text("name", n.id.name)
	m.text("resourceGroup", n.id.group)
	if n.id.subscription != w.subscription {
		m.text("subscription", n.id.subscription)
	}
	m.text("location", n.json.text("location"))
	m.flag("existing", true)
	prefixes := n.json.prefixes("addressSpace.addressPrefixes")
	m.texts("addressPrefixes", prefixes)
	for _, text := range n.json.texts("addressSpace.addressPrefixes") {
		if prefix(text) == "" {
			w.note("%q of network %s is not an address prefix and was left out", text, n.id.name)
		}
	}
	if len(prefixes) == 0 {
		w.note(
			"the address prefixes of network %s are not known: import the output of az network vnet show as well, "+
				"or add them",
			n.id.name,
		)
	}
	m.text("ipamPool", n.ipamPool())
	m.maps("peerings", w.peerings(n))
	m.texts("dnsServers", addresses(n.json.texts("dhcpOptions.dnsServers")))
	m.flag("encryption", n.json.flag("encryption.enabled"))
	m.text("ddosProtectionPlan", n.json.text("ddosProtectionPlan.id"))
	var subnets []mapping
	for _, s := range n.subnets {
		subnets = append(subnets, w.subnet(s))
	}
	m.maps("subnets", subnets)
	return m
}

// ipamPool returns the id of the pool that the network takes IPv4 addresses from: the first one that gave no IPv6
// addresses.
func (n *network) ipamPool() string {
	for _, a := range n.json.objects("addressSpace.ipamPoolPrefixAllocations") {
		given := a.prefixes("allocatedAddressPrefixes")
		six := slices.ContainsFunc(given, func(p string) bool { return strings.Contains(p, ":") })
		if id := a.text("pool.id"); id != "" && !six {
			return id
		}
	}
	return ""
}

func addresses(texts []string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { _, err := netip.ParseAddr(s); return err != nil })
}

func (w *writer) subnet(s *subnet) mapping {
	m := newMapping()
	m.text("name", s.id.name)
	if prefixes := s.prefixes(); len(prefixes) == 1 {
		m.text("addressPrefix", prefixes[0])
	} else {
		m.texts("addressPrefixes", prefixes)
	}
	if len(s.prefixes()) == 0 {
		w.note(
			"the address prefix of subnet %s/%s is not known: import the output of az network vnet show as well, "+
				"or add it",
			s.id.parent,
			s.id.name,
		)
	}
	m.flag("existing", true)
	m.number("usedAddresses", w.used(s))
	if d := s.json.objects("delegations"); len(d) > 0 {
		m.text("delegation", d[0].text("serviceName"))
	}
	var endpoints []string
	for _, x := range s.json.objects("serviceEndpoints") {
		endpoints = append(endpoints, x.text("service"))
	}
	m.texts("serviceEndpoints", endpoints)
	m.text("routeTable", w.reference(s.json.text("routeTable.id"), w.tables))
	m.text("networkSecurityGroup", w.reference(s.json.text("networkSecurityGroup.id"), w.groups))
	m.text("natGateway", w.reference(s.json.text("natGateway.id"), w.gateways))
	m.text("privateEndpointNetworkPolicies", word[aks.EndpointPolicies](s.json.text("privateEndpointNetworkPolicies")))
	if out, ok := s.json.get("defaultOutboundAccess").(bool); ok {
		m.set("defaultOutboundAccess", scalar("!!bool", fmt.Sprint(out)))
	}
	return m
}

func (s *subnet) prefixes() []string {
	if list := s.json.prefixes("addressPrefixes"); len(list) > 0 {
		return list
	}
	if p := prefix(s.json.text("addressPrefix")); p != "" {
		return []string{p}
	}
	return nil
}

// used returns the number of IP configurations in a subnet, except those of imported clusters: the plan counts the
// nodes and pods of their pools itself.
func (w *writer) used(s *subnet) int {
	n := 0
	for _, text := range s.json.ids("ipConfigurations") {
		if !w.nodeGroups[strings.ToLower(parseID(text).group)] {
			n++
		}
	}
	return n
}
