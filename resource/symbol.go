package resource

import (
	"strconv"
	"strings"
)

// kindOf returns the prefix of the symbols of a type. It keeps symbols distinct from the keywords of every output
// language.
func kindOf(typ string) string {
	switch typ {
	case TypeVNet:
		return "vnet"
	case TypeSubnet:
		return "snet"
	case TypePeering:
		return "peer"
	case TypeNSG:
		return "nsg"
	case TypeRouteTable:
		return "rt"
	case TypeRoute:
		return "route"
	case TypeNATGateway:
		return "ng"
	case TypePublicIP:
		return "pip"
	case TypePrefix:
		return "ippre"
	case TypeFirewallPolicy:
		return "afwp"
	case TypeFirewallRules:
		return "rules"
	case TypeIdentity:
		return "id"
	case TypeRoleAssignment:
		return "role"
	case TypeCluster:
		return "aks"
	}
	return "resource"
}

// symbols creates names that are unique in the graph: for each in lower case, the number from which the next free one
// is looked for.
type symbols map[string]int

// take returns a symbol for a type and a name. The first resource with a name gets the plain symbol; others get a
// number.
func (s symbols) take(typ, name string) string {
	kind := kindOf(typ)
	symbol := camel(name)
	if rest, ok := strings.CutPrefix(strings.ToLower(symbol), kind); !ok || rest == "" {
		symbol = kind + symbol
	} else {
		symbol = kind + symbol[len(kind):]
	}
	stem, free := strings.ToLower(symbol), symbol
	for s[strings.ToLower(free)] > 0 {
		s[stem]++
		free = symbol + "N" + strconv.Itoa(s[stem])
	}
	s[strings.ToLower(free)] = 1
	return free
}

// camel joins the ASCII letters and digits of a name, each part with a capital letter: "vnet-shop" is "VnetShop".
func camel(name string) string {
	var b strings.Builder
	up := true
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z':
			if up {
				r -= 'a' - 'A'
			}
		case 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
		default:
			up = true
			continue
		}
		b.WriteRune(r)
		up = false
	}
	const most = 100
	return b.String()[:min(b.Len(), most)]
}
