package aks

import "strings"

// NameKind is a kind of thing that has a name with rules.
type NameKind string

// The kinds of names.
const (
	NameResourceGroup     NameKind = "resource-group"
	NameVNet              NameKind = "vnet"
	NameSubnet            NameKind = "subnet"
	NameNSG               NameKind = "network-security-group"
	NameSecurityRule      NameKind = "security-rule"
	NameRouteTable        NameKind = "route-table"
	NameRoute             NameKind = "route"
	NamePublicIP          NameKind = "public-ip"
	NamePublicIPPrefix    NameKind = "public-ip-prefix"
	NameLoadBalancer      NameKind = "load-balancer"
	NameNIC               NameKind = "network-interface"
	NamePeering           NameKind = "peering"
	NameAppGateway        NameKind = "application-gateway"
	NameFirewall          NameKind = "firewall"
	NameNATGateway        NameKind = "nat-gateway"
	NameIdentity          NameKind = "user-assigned-identity"
	NameDeployment        NameKind = "deployment"
	NameCluster           NameKind = "cluster"
	NameLinuxPool         NameKind = "linux-node-pool"
	NameWindowsPool       NameKind = "windows-node-pool"
	NameDNSPrefix         NameKind = "dns-prefix"
	NameNodeResourceGroup NameKind = "node-resource-group"
	NameLinuxAdmin        NameKind = "linux-admin-user"
	NameIstioGateway      NameKind = "istio-egress-gateway"
	NameGateway           NameKind = "gateway-api-resource"
)

// NameRule is what Azure asks of the names of one kind. Lengths count characters.
type NameRule struct {
	Kind     NameKind `json:"kind"`
	Title    string   `json:"title"`
	Min      int      `json:"min"`      // shortest name
	Max      int      `json:"max"`      // longest name
	Describe string   `json:"describe"` // the rule in a sentence, for findings
	Pattern  string   `json:"pattern"`  // the same rule as a regular expression, for schemas
	Source   Source   `json:"source"`

	chars, start, end charset
}

// Valid reports whether the name follows the rule. Reserved words are not looked at; see ReservedWordIn.
func (r NameRule) Valid(name string) bool {
	return r.LengthOK(name) && r.CharactersOK(name)
}

// LengthOK reports whether the name has an accepted length.
func (r NameRule) LengthOK(name string) bool {
	n := len([]rune(name))
	return n >= r.Min && n <= r.Max
}

// CharactersOK reports whether every character of the name may stand where it stands. The empty name has no bad
// character.
func (r NameRule) CharactersOK(name string) bool {
	runes := []rune(name)
	for i, c := range runes {
		if !r.chars.has(c) || i == 0 && !r.start.has(c) || i == len(runes)-1 && !r.end.has(c) {
			return false
		}
	}
	return true
}

// nameKinds is the order in which rules are listed.
var nameKinds = [...]NameKind{
	NameResourceGroup, NameVNet, NameSubnet, NameNSG, NameSecurityRule, NameRouteTable, NameRoute, NamePublicIP,
	NamePublicIPPrefix, NameLoadBalancer, NameNIC, NamePeering, NameAppGateway, NameFirewall, NameNATGateway,
	NameIdentity, NameDeployment, NameCluster, NameLinuxPool, NameWindowsPool, NameDNSPrefix, NameNodeResourceGroup,
	NameLinuxAdmin, NameIstioGateway, NameGateway,
}

// NameRules returns the rule of every kind of name.
func NameRules() []NameRule {
	rules := make([]NameRule, 0, len(nameKinds))
	for _, kind := range nameKinds {
		rule, _ := NameRuleFor(kind)
		rules = append(rules, rule)
	}
	return rules
}

// NameRuleFor returns the rule of the kind, and false for a kind that has none.
func NameRuleFor(kind NameKind) (NameRule, bool) {
	for _, family := range [...]func(NameKind) NameRule{networkName, groupName, clusterName, kubernetesName} {
		if rule := family(kind); rule.Max > 0 {
			rule.Kind = kind
			return rule, true
		}
	}
	return NameRule{}, false
}

// PoolNameKind returns the kind of name that a node pool of the operating system has.
func PoolNameKind(os OSType) NameKind {
	if strings.EqualFold(string(os), string(Windows)) {
		return NameWindowsPool
	}
	return NameLinuxPool
}

const (
	networkDescribe = "letters, digits, '_', '.' and '-'; starts with a letter or digit, ends with a letter, digit " +
		"or '_'"
	networkPattern = `^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`
	groupDescribe  = "letters, digits, '_', '-', '.' and parentheses; does not end with '.'"
	groupPattern   = `^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$`
)
