package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var poolAndPrefix = &Rule{
	ID: "VNET038", Title: "address prefix beside an IPAM pool", Severity: Error, Also: []Severity{Warning},
	Explanation: "Azure takes the address space of a new network either from the request or from an IPAM pool, and " +
		"rejects a request with both. A subnet may have a range of its own, but nobody knows whether the pool gives the " +
		"network that range, hence a warning.",
	Fix: "remove the prefix, or remove ipamPool", Source: aks.PageIPAMRules, Since: "v0.1.0",
	Check: checkPoolAndPrefix,
}

var poolUnknown = &Rule{
	ID: "VNET039", Title: "addresses of a network come from an IPAM pool", Severity: Note,
	Explanation: "Azure chooses the ranges of the network and of its subnets when it deploys them. Sizes, demand, " +
		"growth and limits are checked. What needs the ranges is not: overlap with peers and with other networks, with " +
		"pod and service CIDRs, addresses that Services ask for, and next hops. aksnet keeps pod and service CIDRs off " +
		"the pool if its prefixes are in addressSpace.reserved.",
	Fix:    "list the address prefixes of the pool in addressSpace.reserved",
	Source: aks.PageIPAM, Since: "v0.1.0",
	Check: checkPoolUnknown,
}

func checkPoolAndPrefix(p *Pass) {
	for _, v := range p.Plan.VNets {
		if v.Spec == nil || v.Existing {
			continue
		}
		if v.Spec.IPAMPool != "" && len(v.Spec.AddressPrefixes) > 0 {
			f := p.Reportf(v.Path+".ipamPool", "network %q has an IPAM pool and addressPrefixes", v.Name)
			f.AzureError = &AzureError{Code: aks.CodeMixedPoolAndPrefix}
		}
	}
	p.eachSubnet(func(s *plan.Subnet) {
		if s.VNet.Existing || !s.VNet.InIPAMPool() || !s.Pinned() {
			return
		}
		p.Report(Finding{
			Path: nearest(p, s.Path+".addressPrefix", s.Path+".addressPrefixes", s.Path), Severity: Warning,
			Message: fmt.Sprintf("subnet %q is to be %s, but IPAM pool %q decides which range network %q gets", s.Name,
				s.AddressPrefix, s.VNet.PoolName(), s.VNet.Name),
			Advice: "use prefixLength or addresses, so that Azure takes the subnet from the pool too",
		})
	})
}

// checkPoolUnknown says once for each pool what cannot be checked.
func checkPoolUnknown(p *Pass) {
	networks := map[string][]string{}
	var paths []string
	pools := map[string]*plan.VNet{}
	for _, v := range p.Plan.VNets {
		if v.SpaceKnown() {
			continue
		}
		path := nearest(p, v.Path+".ipamPool", "addressSpace.ipamPool")
		if pools[path] == nil {
			pools[path], paths = v, append(paths, path)
		}
		networks[path] = append(networks[path], v.Name)
	}
	for _, path := range paths {
		p.Reportf(path, "IPAM pool %q decides which range %s gets: overlap with others, routes and fixed addresses could "+
			"not be checked", pools[path].PoolName(), networksText(networks[path]))
	}
}

// networksText names a network, or several: the first ones, and how many more there are.
func networksText(names []string) string {
	if len(names) == 1 {
		return fmt.Sprintf("network %q", names[0])
	}
	const most = 3
	text := "each of the networks "
	for i, name := range names[:min(len(names), most)] {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", name)
	}
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
