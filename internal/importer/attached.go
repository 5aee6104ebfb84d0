package importer

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// The resources attached to subnets: route tables, network security groups and NAT gateways.

func (w *writer) table(o object) mapping {
	m := w.attached(o)
	m.flag("disableBgpRoutePropagation", o.flag("disableBgpRoutePropagation"))
	var routes []mapping
	for _, r := range o.objects("routes") {
		route := newMapping()
		route.text("name", r.text("name"))
		route.text("addressPrefix", prefix(r.text("addressPrefix")))
		route.text("nextHopType", word[aks.NextHop](r.text("nextHopType")))
		route.text("nextHopIP", r.text("nextHopIpAddress"))
		if prefix(r.text("addressPrefix")) == "" {
			w.note("route %s of %s is left out: its destination %q is a service tag", r.text("name"), o.text("name"),
				r.text("addressPrefix"))
			continue
		}
		routes = append(routes, route)
	}
	m.maps("routes", routes)
	return m
}

func (w *writer) group(o object) mapping {
	m := w.attached(o)
	var rules []mapping
	for _, r := range o.objects("securityRules") {
		rule := newMapping()
		rule.text("name", r.text("name"))
		rule.number("priority", r.number("priority"))
		rule.text("direction", r.text("direction"))
		rule.text("access", r.text("access"))
		rule.text("protocol", protocol(r.text("protocol")))
		rule.texts("sources", oneOrMany(r, "sourceAddressPrefix", "sourceAddressPrefixes"))
		rule.texts("destinations", oneOrMany(r, "destinationAddressPrefix", "destinationAddressPrefixes"))
		rule.texts("sourcePorts", oneOrMany(r, "sourcePortRange", "sourcePortRanges"))
		rule.texts("destinationPorts", oneOrMany(r, "destinationPortRange", "destinationPortRanges"))
		rule.text("description", r.text("description"))
		if len(r.list("sourceApplicationSecurityGroups"))+len(r.list("destinationApplicationSecurityGroups")) > 0 {
			w.note(
				"rule %s of %s uses application security groups, which a spec does not support",
				r.text("name"),
				o.text("name"),
			)
		}
		rules = append(rules, rule)
	}
	m.maps("rules", rules)
	return m
}

// protocol returns a protocol in the spelling of the spec: Azure returns both Tcp and TCP.
func protocol(s string) string {
	if s == "" || s == "*" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
}

func oneOrMany(o object, one, many string) []string {
	if list := o.texts(many); len(list) > 0 {
		return list
	}
	if s := o.text(one); s != "" {
		return []string{s}
	}
	return nil
}

func (w *writer) gateway(o object) mapping {
	m := w.attached(o)
	m.text("sku", word[aks.NATGatewaySKU](o.text("sku.name")))
	m.number("publicIPs", len(o.list("publicIpAddresses")))
	m.number("idleTimeoutInMinutes", o.number("idleTimeoutInMinutes"))
	m.texts("zones", o.texts("zones"))
	return m
}

func (w *writer) attached(o object) mapping {
	i := parseID(o.text("id"))
	m := newMapping()
	m.text("name", o.text("name"))
	m.text("resourceGroup", i.group)
	m.flag("existing", true)
	if i.subscription != w.subscription {
		w.note("%s is in subscription %s, which a spec cannot express for it", o.text("name"), i.subscription)
	}
	return m
}
