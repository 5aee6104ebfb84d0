package plan

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// ownName names a resource that the plan makes: "snet-shop-nodes". The name is legal, fits the 63 characters of a
// Kubernetes label, and is the same for the same cluster; a long one ends in a hash of the whole.
func ownName(kind, cluster, part string) string {
	name := kind + "-" + legal(cluster)
	if part != "" {
		name += "-" + legal(part)
	}
	return shorten(name, kind+"\x00"+cluster+"\x00"+part, aks.MaxLabel)
}

// reserveName gives a name of a resource group to its owner: name itself, or when something else has it, name with a
// number. Owners that come later never take a name away.
func (b *builder) reserveName(group, name string, owner any) string {
	mine := nameKey{group, name, owner}
	if have, ok := b.names[mine]; ok {
		return have
	}
	stem := strings.ToLower(group + "/" + name)
	for i := b.tried[stem] + 1; ; i++ {
		free := name
		if i > 1 {
			free = shorten(fmt.Sprintf("%s-%d", name, i), fmt.Sprintf("%s\x00%d", name, i), aks.MaxLabel)
		}
		key := strings.ToLower(group + "/" + free)
		if was, taken := b.nameOwners[key]; !taken || was == owner {
			b.nameOwners[key], b.names[mine], b.tried[stem] = owner, free, i
			return free
		}
	}
}

// vnetName returns the name of a cluster's network: the one in the spec, else one of its own.
func (b *builder) vnetName(c *spec.Cluster) string {
	if c.VNet != "" {
		return c.VNet
	}
	return b.freeVNetName(ownName("vnet", c.Name, ""))
}

// freeVNetName returns a name that no network has: name itself, or name with a number.
func (b *builder) freeVNetName(name string) string {
	free, stem := name, "\x00"+strings.ToLower(name)
	i := max(1, b.tried[stem])
	for ; b.vnets[strings.ToLower(free)] != nil; i++ {
		free = fmt.Sprintf("%s-%d", name, i+1)
	}
	b.tried[stem] = i
	return free
}

// nameKey is who asked for which name.
type nameKey struct {
	group, name string
	owner       any
}

// reserveSpecNames marks the names that the spec gives to resources of its own.
func (b *builder) reserveSpecNames() {
	for i, t := range b.spec.RouteTables {
		b.reserveName(t.ResourceGroup, t.Name, &b.spec.RouteTables[i])
	}
	for i, g := range b.spec.NetworkSecurityGroups {
		b.reserveName(g.ResourceGroup, g.Name, &b.spec.NetworkSecurityGroups[i])
	}
	for i, g := range b.spec.NATGateways {
		b.reserveName(g.ResourceGroup, g.Name, &b.spec.NATGateways[i])
	}
}

// legal removes what Azure's resource names and Kubernetes label values do not share, and what may not stand at an end.
func legal(s string) string {
	rest := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, s)
	if rest = strings.Trim(rest, "-_."); rest == "" {
		return "x"
	}
	return rest
}

// shorten cuts name to most characters; a name that is cut ends in a hash of whole.
func shorten(name, whole string, most int) string {
	if len(name) <= most {
		return name
	}
	h := fnv.New32a()
	h.Write([]byte(whole))
	tail := fmt.Sprintf("-%08x", h.Sum32())
	return strings.TrimRight(name[:most-len(tail)], "-_.") + tail
}

// defaultDNSPrefix makes a DNS prefix of a cluster's name: letters, digits and hyphens, as long as aks allows.
func defaultDNSPrefix(cluster string) string {
	plain := strings.NewReplacer("_", "-", ".", "-").Replace(legal(cluster))
	rule, _ := aks.NameRuleFor(aks.NameDNSPrefix)
	return shorten(strings.Trim(plain, "-"), cluster, rule.Max)
}
