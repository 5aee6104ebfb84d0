package armtest

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// ipamSpace is what every IPAM pool of the stand-in gives networks from, unless another one has it.
func ipamSpace() netip.Prefix { return netip.MustParsePrefix("10.64.0.0/10") }

// allocate fills in the prefixes that a network or subnet takes from IPAM pools, as Azure answers with them. Those that
// it has already stay.
// [aks.PageIPAM], [aks.PageIPAMRules] (read 2026-11-29)
func (s *Server) allocate(path, typ string, e *entry, props map[string]any) *answer {
	space, free := props, func() *ipam.Pool { return s.freeInVNet(path) }
	if typ == typeVNet {
		space, free = object(props["addressSpace"]), s.freeInPools
	} else if typ != typeSubnet {
		return nil
	}
	wanted := objects(space["ipamPoolPrefixAllocations"])
	if len(wanted) == 0 {
		return nil
	}
	if text(space["addressPrefix"]) != "" || len(texts(space["addressPrefixes"])) > 0 {
		return bad(aks.CodeMixedPoolAndPrefix, "Address prefixes and pools cannot be mixed.")
	}
	if len(wanted) > 1 {
		return bad("CannotHaveDuplicatePoolIds", "Only one association of each IP type is allowed.")
	}
	if pool := poolOf(wanted[0]); typ == typeSubnet && !strings.EqualFold(pool, s.poolOfVNet(path)) {
		return bad("SubnetPoolsMustBeSubsetOfVnetPools", "The virtual network does not use pool %s.", pool)
	}
	given, ok := allocated(e, typ, wanted[0])
	if !ok {
		n, err := strconv.Atoi(text(wanted[0]["numberOfIpAddresses"]))
		if err != nil || n < 1 {
			return bad("InvalidRequestFormat", "numberOfIpAddresses must be a positive number in quotation marks.")
		}
		p, fits := free().Allocate(ipam.BitsFor(uint64(n), false))
		if !fits {
			return bad("InsufficientIpamPoolSpace", "Pool %s has no %d free addresses.", poolOf(wanted[0]), n)
		}
		given = []any{p.String()}
	}
	wanted[0]["allocatedAddressPrefixes"], space["addressPrefixes"] = given, given
	return nil
}

func poolOf(allocation map[string]any) string { return text(object(allocation["pool"])["id"]) }

// poolOfVNet returns the pool of the network of a subnet.
func (s *Server) poolOfVNet(path string) string {
	vnet := s.resources[topID(path)]
	if vnet == nil {
		return ""
	}
	for _, a := range objects(object(object(vnet.body["properties"])["addressSpace"])["ipamPoolPrefixAllocations"]) {
		return poolOf(a)
	}
	return ""
}

// allocated returns what a resource has from a pool already, if it wants as much as before.
func allocated(e *entry, typ string, wanted map[string]any) (prefixes []any, ok bool) {
	if e == nil {
		return nil, false
	}
	space := object(e.body["properties"])
	if typ == typeVNet {
		space = object(space["addressSpace"])
	}
	for _, have := range objects(space["ipamPoolPrefixAllocations"]) {
		if strings.EqualFold(poolOf(have), poolOf(wanted)) && have["numberOfIpAddresses"] == wanted["numberOfIpAddresses"] {
			prefixes, ok = have["allocatedAddressPrefixes"].([]any)
			return prefixes, ok
		}
	}
	return nil, false
}

// freeInPools returns what no network has.
func (s *Server) freeInPools() *ipam.Pool {
	free := ipam.MustPool(ipamSpace())
	for _, e := range s.resources {
		if e.typ == typeVNet {
			reserve(free, texts(object(object(e.body["properties"])["addressSpace"])["addressPrefixes"]))
		}
	}
	return free
}

// freeInVNet returns what no other subnet of a network has.
func (s *Server) freeInVNet(path string) *ipam.Pool {
	vnet := s.resources[topID(path)]
	space, _ := parsePrefixes(texts(object(object(vnet.body["properties"])["addressSpace"])["addressPrefixes"]))
	free := ipam.MustPool(space...)
	for _, c := range s.children(vnet, "subnets") {
		for _, p := range subnetPrefixes(object(c.body["properties"])) {
			free.Reserve(p)
		}
	}
	return free
}

func reserve(free *ipam.Pool, prefixes []string) {
	for _, text := range prefixes {
		if p, err := netip.ParsePrefix(text); err == nil && p.Addr().Is4() {
			free.Reserve(p)
		}
	}
}
