package test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// entry is a mapping of a spec as YAML reads it.
type entry = map[string]any

// appends is every kind of addition that must move nothing: it adds to a spec, and reports whether there was a place
// for it.
func appends(p *plan.Plan) map[string]func(s entry) bool {
	type list = []any
	each := func(s entry, key string, change func(n entry) bool) (done bool) {
		entries, _ := s[key].(list)
		for _, n := range entries {
			done = change(n.(entry)) || done
		}
		return done
	}
	add := func(n entry, key string, sub any) bool {
		entries, _ := n[key].(list)
		n[key] = append(entries, sub)
		return true
	}
	fixed := func(n entry) bool { return n["addressPrefixes"] != nil }
	pool := func(name string, more entry) entry {
		out := entry{"name": name, "count": 3}
		maps.Copy(out, more)
		return out
	}
	subnets := func(sub entry) func(entry) bool {
		return func(s entry) bool {
			return each(s, "vnets", func(v entry) bool { return add(v, "subnets", sub) })
		}
	}
	pinned := func(at func(free []netip.Prefix) netip.Prefix, more entry) func(entry) bool {
		return func(s entry) bool {
			return each(s, "vnets", func(v entry) bool {
				free := freeIn(p, v["name"].(string))
				if len(free) == 0 || !fixed(v) {
					return false
				}
				sub := entry{"name": "snet-pinned", "addressPrefix": at(free).String()}
				maps.Copy(sub, more)
				return add(v, "subnets", sub)
			})
		}
	}
	space := func(s entry, key string, sub any) bool {
		a, ok := s["addressSpace"].(entry)
		return ok && a[key] != nil && add(a, key, sub)
	}
	return map[string]func(s entry) bool{
		"a subnet by size":                subnets(entry{"name": "snet-added", "prefixLength": 27}),
		"a subnet by addresses":           subnets(entry{"name": "snet-added", "addresses": 20}),
		"a pinned subnet at the start":    pinned(firstSmall, nil),
		"a pinned subnet at the end":      pinned(lastSmall, nil),
		"a pinned subnet in the middle":   pinned(middleSmall, nil),
		"an existing subnet":              pinned(middleSmall, entry{"existing": true, "usedAddresses": 2}),
		"an existing subnet at the start": pinned(firstSmall, entry{"existing": true, "usedAddresses": 2}),
		"two subnets": func(s entry) bool {
			return subnets(entry{"name": "snet-a", "prefixLength": 28})(s) &&
				subnets(entry{"name": "snet-b", "addresses": 9})(s)
		},
		"a cluster of its own": func(s entry) bool {
			return add(s, "clusters", entry{"name": "added", "nodePools": list{pool("system", nil)}})
		},
		"a flat cluster of its own": func(s entry) bool {
			return add(
				s,
				"clusters",
				entry{"name": "added", "model": "entry-subnet", "nodePools": list{pool("system", nil)}},
			)
		},
		"a dual-stack cluster": func(s entry) bool {
			return add(s, "clusters", entry{"name": "added", "ipFamilies": list{"IPv4", "IPv6"},
				"nodePools": list{pool("system", nil)}})
		},
		"a cluster with its own podCidr": func(s entry) bool {
			return add(
				s,
				"clusters",
				entry{"name": "added", "podCidr": "100.127.0.0/16", "nodePools": list{pool("system", nil)}},
			)
		},
		"a cluster in each network": func(s entry) bool {
			return each(s, "vnets", func(v entry) bool {
				return add(s, "clusters", entry{"name": "added-" + v["name"].(string), "vnet": v["name"],
					"nodePools": list{pool("system", nil)}})
			})
		},
		"a pool": func(s entry) bool {
			return each(s, "clusters", func(c entry) bool { return add(c, "nodePools", pool("added", nil)) })
		},
		"a pool with subnets": func(s entry) bool {
			return each(s, "clusters", func(c entry) bool {
				if c["vnet"] == "managed" {
					return false
				}
				return add(
					c,
					"nodePools",
					pool("added", entry{"nodeSubnet": entry{"name": "snet-" + c["name"].(string) + "-added"}}),
				)
			})
		},
		"a network with prefixes": func(s entry) bool {
			return add(s, "vnets", entry{"name": "vnet-added", "addressPrefixes": list{"192.168.0.0/24"}})
		},
		"a network to size": func(s entry) bool {
			return add(s, "vnets", entry{"name": "vnet-added", "subnets": list{entry{"name": "s", "prefixLength": 26}}})
		},
		"a network of a size": func(s entry) bool { return add(s, "vnets", entry{"name": "vnet-added", "prefixLength": 26}) },
		"a peering": func(s entry) bool {
			return each(s, "vnets", func(v entry) bool {
				id := "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Network/" +
					"virtualNetworks/far"
				return add(v, "peerings", entry{"vnet": id, "addressPrefixes": list{"192.168.8.0/24"}})
			})
		},
		"a prefix of a network": func(s entry) bool {
			i := 0
			return each(s, "vnets", func(v entry) bool {
				i++
				return fixed(v) && add(v, "addressPrefixes", fmt.Sprintf("192.168.%d.0/27", i))
			})
		},
		"a pool of networks": func(s entry) bool { return space(s, "pools", "172.30.0.0/16") },
		"a pool of pods":     func(s entry) bool { return space(s, "podPools", "100.128.0.0/12") },
		"a pool of Services": func(s entry) bool { return space(s, "servicePools", "172.31.0.0/16") },
		"a reserved range": func(s entry) bool {
			return space(s, "reserved", entry{"name": "x", "addressPrefix": "192.168.64.0/18"})
		},
		"a private endpoint":  setOnClusters("privateEndpoints", 2),
		"an API server":       setOnClusters("apiServerVnetIntegration", true),
		"one cluster grows":   moreNodes(1),
		"one cluster doubles": moreNodes(12),
	}
}

// setOnClusters sets a key of every cluster that does not have it.
func setOnClusters(key string, value any) func(s entry) bool {
	return func(s entry) (done bool) {
		for _, n := range s["clusters"].([]any) {
			if c := n.(entry); c[key] == nil && c["vnet"] != "managed" && c["sku"] == nil {
				c[key], done = value, true
			}
		}
		return done
	}
}

// moreNodes adds nodes to the first pool of the first cluster.
func moreNodes(nodes int) func(s entry) bool {
	return func(s entry) bool {
		c := s["clusters"].([]any)[0].(entry)
		p, ok := c["nodePools"].([]any)
		if !ok || len(p) == 0 {
			return false
		}
		first := p[0].(entry)
		for _, key := range []string{"maxCount", "count"} {
			if n, ok := first[key].(int); ok {
				first[key] = n + nodes
				return true
			}
		}
		return false
	}
}

// TestAppendsMoveNothing adds to every sample spec in every way: each range that was there is there byte for byte.
func TestAppendsMoveNothing(t *testing.T) {
	files, err := filepath.Glob("testdata/specs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	done := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before := rangesIn(t, text)
		for kind, change := range appends(plan.Build(spec.Parse(spec.Source{Name: file, Data: text}))) {
			var s entry
			if err := yaml.Unmarshal(text, &s); err != nil {
				t.Fatal(err)
			}
			if !change(s) {
				continue
			}
			done[kind] = true
			edited, err := yaml.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml")+"/"+kind, func(t *testing.T) {
				after := rangesIn(t, edited)
				for name, was := range before {
					if is := after[name]; !keeps(name, was, is) {
						t.Errorf("%s moves from %v to %v", name, was.prefixes, is.prefixes)
					}
				}
			})
		}
	}
	for kind := range appends(&plan.Plan{}) {
		if !done[kind] {
			t.Errorf("%s: no sample spec has a place for it", kind)
		}
	}
}

// freeIn returns what is free of a network.
func freeIn(p *plan.Plan, name string) []netip.Prefix {
	for _, v := range p.VNets {
		if v.Name == name {
			return v.FreePrefixes
		}
	}
	return nil
}

// firstSmall, lastSmall and middleSmall return a /29 of free ranges: the first, the last, and one that splits the
// largest of them.
func firstSmall(free []netip.Prefix) netip.Prefix { return small(free[0], 0) }

func lastSmall(free []netip.Prefix) netip.Prefix {
	last := free[len(free)-1]
	return small(last, 1<<max(0, 29-last.Bits())-1)
}

func middleSmall(free []netip.Prefix) netip.Prefix {
	largest := slices.MinFunc(free, func(a, b netip.Prefix) int { return a.Bits() - b.Bits() })
	return small(largest, 1<<max(0, 29-largest.Bits())/2)
}

func small(in netip.Prefix, n int) netip.Prefix {
	p, _ := ipam.NthSubnet(in, max(in.Bits(), 29), uint64(n))
	return p
}

// held is the ranges of something, and the least that it needs of each, in addresses.
type held struct {
	prefixes []netip.Prefix
	needs    int
}

// keeps reports whether ranges are what they were, unless those have become too small. A network may have more of them,
// or wider ones around the old ones.
func keeps(name string, was, is held) bool {
	if !strings.HasPrefix(name, "network ") {
		return slices.Equal(was.prefixes, is.prefixes) || is.needs > ipam.PrefixSize(was.prefixes[0].Bits())
	}
	return !slices.ContainsFunc(was.prefixes, func(p netip.Prefix) bool {
		return !slices.ContainsFunc(
			is.prefixes,
			func(n netip.Prefix) bool { return n.Overlaps(p) && n.Bits() <= p.Bits() },
		)
	})
}

// rangesIn plans a spec and returns its ranges as the plan is printed, by what they belong to.
func rangesIn(t *testing.T, text []byte) map[string]held {
	t.Helper()
	data, err := json.Marshal(plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: text})))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		VNets []struct {
			Name            string
			AddressPrefixes []netip.Prefix
			Subnets         []struct {
				Name            string
				AddressPrefixes []netip.Prefix
				Demand          struct{ Total int }
			}
		}
		Clusters []struct {
			Name                   string
			PodCIDRs, ServiceCIDRs []netip.Prefix
			PodBlocks              struct{ Needed int }
		}
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	out := map[string]held{}
	for _, v := range p.VNets {
		out["network "+v.Name] = held{v.AddressPrefixes, 0}
		for _, s := range v.Subnets {
			out["subnet "+v.Name+"/"+s.Name] = held{s.AddressPrefixes, s.Demand.Total}
		}
	}
	for _, c := range p.Clusters {
		out["pods of "+c.Name] = held{c.PodCIDRs, c.PodBlocks.Needed * aks.PodBlockAddresses}
		out["services of "+c.Name] = held{c.ServiceCIDRs, 0}
	}
	return out
}
