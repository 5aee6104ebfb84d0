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

// CharactersOK reports whether every character of the name may stand where it stands. The empty name has no bad character.
func (r NameRule) CharactersOK(name string) bool {
	runes := []rune(name)
	for i, c := range runes {
		if !r.chars.has(c) || i == 0 && !r.start.has(c) || i == len(runes)-1 && !r.end.has(c) {
			return false
		}
	}
	return true
}

// NameRules returns the rule of every kind of name.
func NameRules() []NameRule {
	return append(resourceNames(), clusterNames()...)
}

// NameRuleFor returns the rule of the kind, and false for a kind that has none.
func NameRuleFor(kind NameKind) (NameRule, bool) {
	for _, r := range NameRules() {
		if r.Kind == kind {
			return r, true
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
	networkDescribe = "letters, digits, '_', '.' and '-'; starts with a letter or digit, ends with a letter, digit or '_'"
	networkPattern  = `^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`
	poolDescribe    = "lower-case letters and digits; starts with a letter"
	poolPattern     = `^[a-z][a-z0-9]*$`
	groupDescribe   = "letters, digits, '_', '-', '.' and parentheses; does not end with '.'"
	groupPattern    = `^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$`
)

// network returns the rule that all resources of Microsoft.Network share.
func network(kind NameKind, title string, min, max int, s Source) NameRule {
	return NameRule{
		Kind: kind, Title: title, Min: min, Max: max, Describe: networkDescribe, Pattern: networkPattern, Source: s,
		chars: alnum | underscore | dot | dash, start: alnum, end: alnum | underscore,
	}
}

func resourceNames() []NameRule {
	s := srcNames()
	return []NameRule{
		{
			Kind: NameResourceGroup, Title: "resource group", Min: 1, Max: 90, Describe: groupDescribe, Pattern: groupPattern, Source: s,
			chars: groupChars, start: groupChars, end: groupChars &^ dot,
		},
		network(NameVNet, "virtual network", 2, 64, s),
		network(NameSubnet, "subnet", 1, 80, s),
		network(NameNSG, "network security group", 1, 80, s),
		network(NameSecurityRule, "security rule", 1, 80, s),
		network(NameRouteTable, "route table", 1, 80, s),
		network(NameRoute, "route", 1, 80, s),
		network(NamePublicIP, "public IP address", 1, 80, s),
		network(NamePublicIPPrefix, "public IP prefix", 1, 80, s),
		network(NameLoadBalancer, "load balancer", 1, 80, s),
		network(NameNIC, "network interface", 1, 80, s),
		network(NamePeering, "peering", 1, 80, s),
		network(NameAppGateway, "application gateway", 1, 80, s),
		network(NameFirewall, "firewall", 1, 80, s),
		network(NameNATGateway, "NAT gateway", 1, 80, s.as(Unverified)),
		{
			Kind: NameIdentity, Title: "user-assigned identity", Min: 3, Max: 128,
			Describe: "letters, digits, '-' and '_'; starts with a letter or digit", Pattern: `^[A-Za-z0-9][A-Za-z0-9_-]*$`, Source: s,
			chars: alnum | dash | underscore, start: alnum, end: alnum | dash | underscore,
		},
		{
			Kind: NameDeployment, Title: "deployment", Min: 1, Max: 64,
			Describe: "letters, digits, '_', '-', '.' and parentheses", Pattern: `^[A-Za-z0-9_().-]+$`, Source: s,
			chars: deploymentChars, start: deploymentChars, end: deploymentChars,
		},
	}
}

func clusterNames() []NameRule {
	istio := page("istio-deploy-egress", "2026")
	return []NameRule{
		{
			Kind: NameCluster, Title: "cluster", Min: 1, Max: 63,
			Describe: "letters, digits, '-' and '_'; starts and ends with a letter or digit",
			Pattern:  `^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$`, Source: srcSupportNames(),
			chars: alnum | dash | underscore, start: alnum, end: alnum,
		},
		{
			Kind: NameLinuxPool, Title: "Linux node pool", Min: 1, Max: 12, Describe: poolDescribe, Pattern: poolPattern, Source: srcPools(),
			chars: lower | digit, start: lower, end: lower | digit,
		},
		{
			Kind: NameWindowsPool, Title: "Windows node pool", Min: 1, Max: 6, Describe: poolDescribe, Pattern: poolPattern, Source: srcPools(),
			chars: lower | digit, start: lower, end: lower | digit,
		},
		{
			Kind: NameDNSPrefix, Title: "DNS prefix", Min: 1, Max: 54,
			Describe: "letters, digits and '-'; starts and ends with a letter or digit",
			Pattern:  `^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`, Source: srcSupportNames(),
			chars: alnum | dash, start: alnum, end: alnum,
		},
		{
			Kind: NameNodeResourceGroup, Title: "node resource group", Min: 1, Max: MaxNodeResourceGroup, Describe: groupDescribe, Pattern: groupPattern,
			Source: srcSupportNames(), chars: groupChars, start: groupChars, end: groupChars &^ dot,
		},
		{
			Kind: NameLinuxAdmin, Title: "Linux admin user", Min: 1, Max: 32,
			Describe: "letters, digits, '-' and '_'; starts with a letter", Pattern: `^[A-Za-z][A-Za-z0-9_-]*$`, Source: srcSupportNames(),
			chars: alnum | dash | underscore, start: lower | upper, end: alnum | dash | underscore,
		},
		{
			Kind: NameIstioGateway, Title: "Istio egress gateway", Min: 1, Max: 53,
			Describe: "lower-case letters, digits and '-'; starts and ends with a letter or digit",
			Pattern:  `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`, Source: istio,
			chars: lower | digit | dash, start: lower | digit, end: lower | digit,
		},
		{
			Kind: NameGateway, Title: "Gateway API resource", Min: 1, Max: 62,
			Describe: "lower-case letters, digits, '-' and '.'; starts and ends with a letter or digit",
			Pattern:  `^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`, Source: page("app-routing-gateway-api", "2026"),
			chars: lower | digit | dash | dot, start: lower | digit, end: lower | digit,
		},
	}
}
