package render

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/resource"
)

// AzCLICommands renders a graph as AzCLI does, but with az network commands, as people write them, where they can
// express a resource; az rest sends the others.
func AzCLICommands(g *resource.Graph, o Options) ([]File, error) {
	commands := map[*resource.Node]*azCommand{}
	for _, n := range g.Nodes {
		if c, err := azCommandOf(g, n); err != nil {
			return nil, err
		} else if c != nil {
			commands[n] = c
		}
	}
	return azScript(g, o, commands)
}

// azCommand is a resource in the words of az: a group of commands, the flags of its create command, and the resources
// in it that have commands of their own.
type azCommand struct {
	group string
	flags flagList
	// once marks a command that must not run again, because it would remove what the resource contains: subnets, rules,
	// routes. If the resource exists, its update command gets the flags of update; none means that nothing is to do.
	once     bool
	update   flagList
	children []azCommand
	// uses are the resources whose ids are in the flags.
	uses []*resource.Node
}

// azTypes returns how az expresses the types of the graph. It has no commands for firewall policies without an
// extension; az aks has its own.
// https://learn.microsoft.com/cli/azure/network (read 2026-11-29)
func azTypes() map[string]func(*azFields) {
	return map[string]func(*azFields){
		resource.TypeVNet: azVNet, resource.TypeSubnet: azSubnet, resource.TypePeering: azPeering,
		resource.TypeNSG: azNSG, resource.TypeRouteTable: azRouteTable, resource.TypeRoute: azRoute,
		resource.TypeNATGateway: azNATGateway, resource.TypePublicIP: azPublicIP, resource.TypePrefix: azPublicPrefix,
		resource.TypeIdentity: azIdentity, resource.TypeRoleAssignment: azRole,
	}
}

// azCommandOf expresses a resource with a command, or returns nil: every member of the body must have become a flag,
// and no value may mean anything else to az.
func azCommandOf(g *resource.Graph, n *resource.Node) (*azCommand, error) {
	express := azTypes()[n.Type]
	if n.Existing || express == nil {
		return nil, nil
	}
	body, err := bodyOf(g, n)
	if err != nil {
		return nil, err
	}
	f := &azFields{node: n, body: body, out: &azCommand{}}
	f.place()
	if n.Regional {
		f.take("location")
		f.location(locationOf(g, n))
	}
	express(f)
	f.tags()
	if f.unfit || firstLeaf(f.body) != "" {
		return nil, nil
	}
	f.out.flags = f.list
	return f.out, nil
}

// azFields moves the members of a body into the flags of a command.
type azFields struct {
	node  *resource.Node
	body  object
	list  flagList
	out   *azCommand
	unfit bool // a value has no flag, or another meaning to az
}

func (f *azFields) take(path string) (v any) {
	v, f.body = takeFrom(f.body, strings.Split(path, "."))
	return v
}

// flag moves a member into a flag.
func (f *azFields) flag(name, path string) { f.add(name, f.take(path)) }

// add adds a flag with the words of a value.
func (f *azFields) add(name string, v any) {
	if v == nil {
		return
	}
	words, ok := v.([]any)
	if !ok {
		words = []any{v}
	}
	var quoted []string
	for _, w := range words {
		quoted = append(quoted, f.word(w))
	}
	f.list = append(f.list, option{name, strings.Join(quoted, " ")})
}

// word returns a value as one word of the shell.
func (f *azFields) word(v any) string {
	switch v := v.(type) {
	case string:
		f.plain(v)
		return shell.Word(v)
	case bool:
		if v {
			return "true"
		}
		return "false"
	case json.Number:
		return v.String()
	case reference:
		f.out.uses = append(f.out.uses, v.node)
		f.plain(v.node.Name, v.node.Scope.Subscription, v.node.Scope.ResourceGroup)
		if v.property == "" {
			return word(variable(v.node.Symbol))
		}
		return `"$` + propertyVariable(v) + `"`
	}
	f.unfit = true
	return ""
}

// plain checks that az takes texts as they stand. An empty one is a name that the plan leaves open.
func (f *azFields) plain(texts ...string) {
	for _, text := range texts {
		f.unfit = f.unfit || text != "" && (!plainAz.MatchString(text) || text == azNull)
	}
}

// What az takes as it stands. It reads a file for a value that starts with @, also behind =, takes one that starts with
// - for a flag, and reads quotes, brackets and braces at the start, and null, as its shorthand syntax.
// https://github.com/Azure/azure-cli/blob/dev/doc/shorthand_syntax.md (read 2026-11-29)
var (
	plainAz     = regexp.MustCompile(`^[A-Za-z0-9*_/.:(][A-Za-z0-9 *_/.:()+-]*$`)
	plainAzText = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 *_/.:()+,;'!?&-]*$`)
	plainAzTag  = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

// azNull is the word that az takes for no value.
const azNull = "null"

// place adds the flags that say which resource it is.
func (f *azFields) place() {
	n := f.node
	if n.Type == resource.TypeRoleAssignment {
		f.add("--name", n.LeafName())
		f.add("--scope", reference{node: n.On})
		return
	}
	s := n.Scope
	f.plain(s.Subscription, s.ResourceGroup)
	f.list = append(f.list, option{"--subscription", word(known(s.Subscription, "subscription"))},
		option{"--resource-group", word(known(s.ResourceGroup, "resource_group"))})
	switch n.Type {
	case resource.TypeSubnet, resource.TypePeering:
		f.add("--vnet-name", n.Parent.LeafName())
	case resource.TypeRoute:
		f.add("--route-table-name", n.Parent.LeafName())
	}
	f.add("--name", n.LeafName())
}

func (f *azFields) location(v any) {
	if v == paramLocation {
		f.list = append(f.list, option{"--location", `"$location"`})
		return
	}
	f.add("--location", v)
}

// tags moves the tags into words of the form name=value.
func (f *azFields) tags() {
	words := f.tagWords(f.take("tags"))
	if len(words) > 0 {
		f.list = append(f.list, option{"--tags", strings.Join(words, " ")})
	}
}

func (f *azFields) tagWords(v any) (words []string) {
	tags, _ := v.(object)
	for _, m := range tags {
		value, _ := m.value.(string)
		f.unfit = f.unfit || !plainAzTag.MatchString(m.key) || value == ""
		f.plain(value)
		words = append(words, shell.Word(m.key+"="+value))
	}
	return words
}

// updateTags adds the tags to the flags of the update command.
func (f *azFields) updateTags() {
	for _, w := range f.tagWords(f.body.get("tags")) {
		f.out.update = append(f.out.update, option{"--set", "tags." + w})
	}
}

// azVNet does not run create again: az would send the network without its subnets.
func azVNet(f *azFields) {
	f.out.group, f.out.once = "network vnet", true
	start := len(f.list)
	f.flag("--address-prefixes", "properties.addressSpace.addressPrefixes")
	f.flag("--dns-servers", "properties.dhcpOptions.dnsServers")
	f.flag("--ddos-protection", "properties.enableDdosProtection")
	f.flag("--ddos-protection-plan", "properties.ddosProtectionPlan.id")
	f.flag("--enable-encryption", "properties.encryption.enabled")
	f.flag("--encryption-enforcement-policy", "properties.encryption.enforcement")
	f.out.update = slices.Clone(f.list[start:])
	f.updateTags()
}

// azSubnet leaves delegations to az rest: az chooses their names.
func azSubnet(f *azFields) {
	f.out.group = "network vnet subnet"
	f.flag("--address-prefixes", "properties.addressPrefix")
	f.flag("--address-prefixes", "properties.addressPrefixes")
	f.flag("--default-outbound-access", "properties.defaultOutboundAccess")
	f.flag("--network-security-group", "properties.networkSecurityGroup.id")
	f.flag("--route-table", "properties.routeTable.id")
	f.flag("--nat-gateway", "properties.natGateway.id")
	f.flag("--private-endpoint-network-policies", "properties.privateEndpointNetworkPolicies")
	var services []any
	endpoints, _ := f.take("properties.serviceEndpoints").([]any)
	for _, e := range endpoints {
		endpoint, _ := e.(object)
		services = append(services, endpoint.get("service"))
		f.unfit = f.unfit || len(endpoint) != 1
	}
	if services != nil {
		f.add("--service-endpoints", services)
	}
}

func azPeering(f *azFields) {
	f.out.group = "network vnet peering"
	f.flag("--remote-vnet", "properties.remoteVirtualNetwork.id")
	f.flag("--allow-vnet-access", "properties.allowVirtualNetworkAccess")
	f.flag("--allow-forwarded-traffic", "properties.allowForwardedTraffic")
	f.flag("--allow-gateway-transit", "properties.allowGatewayTransit")
	f.flag("--use-remote-gateways", "properties.useRemoteGateways")
}

func azNSG(f *azFields) {
	f.out.group, f.out.once = "network nsg", true
	f.updateTags()
	f.each("properties.securityRules", "network nsg rule", "--nsg-name", func(f *azFields) {
		if text, ok := f.take("properties.description").(string); ok {
			f.unfit = f.unfit || !plainAzText.MatchString(text) || text == azNull
			f.list = append(f.list, option{"--description", shell.Word(text)})
		}
		f.flag("--direction", "properties.direction")
		f.flag("--access", "properties.access")
		f.flag("--priority", "properties.priority")
		f.flag("--protocol", "properties.protocol")
		for _, end := range []string{"source", "destination"} {
			f.flag("--"+end+"-address-prefixes", "properties."+end+"AddressPrefix")
			f.flag("--"+end+"-address-prefixes", "properties."+end+"AddressPrefixes")
			f.flag("--"+end+"-port-ranges", "properties."+end+"PortRange")
			f.flag("--"+end+"-port-ranges", "properties."+end+"PortRanges")
		}
	})
}

func azRouteTable(f *azFields) {
	f.out.group, f.out.once = "network route-table", true
	start := len(f.list)
	f.flag("--disable-bgp-route-propagation", "properties.disableBgpRoutePropagation")
	if f.node.Once {
		return
	}
	f.out.update = slices.Clone(f.list[start:])
	f.updateTags()
	f.each("properties.routes", "network route-table route", "--route-table-name", azRoute)
}

func azRoute(f *azFields) {
	f.out.group = "network route-table route"
	f.flag("--address-prefix", "properties.addressPrefix")
	f.flag("--next-hop-type", "properties.nextHopType")
	f.flag("--next-hop-ip-address", "properties.nextHopIpAddress")
}

// each moves a list of objects into commands of their own.
func (f *azFields) each(path, group, parentFlag string, express func(*azFields)) {
	items, _ := f.take(path).([]any)
	for _, item := range items {
		body, _ := item.(object)
		inner := &azFields{node: f.node, body: body, out: &azCommand{}}
		inner.list = append(inner.list, f.list[:2]...)
		inner.add(parentFlag, f.node.LeafName())
		inner.flag("--name", "name")
		express(inner)
		f.unfit = f.unfit || inner.unfit || firstLeaf(inner.body) != ""
		f.out.children = append(f.out.children, azCommand{group: group, flags: inner.list})
	}
}

func azNATGateway(f *azFields) {
	f.out.group = "network nat gateway"
	f.standard()
	f.flag("--zone", "zones")
	f.flag("--idle-timeout", "properties.idleTimeoutInMinutes")
	f.ids("--public-ip-addresses", "properties.publicIpAddresses")
	f.ids("--public-ip-prefixes", "properties.publicIpPrefixes")
}

// standard takes the SKU that az assumes, and leaves others to az rest.
func (f *azFields) standard() { f.unfit = f.unfit || f.take("sku.name") != string(aks.NATStandard) }

// ids moves a list of references into a flag.
func (f *azFields) ids(flag, path string) {
	items, _ := f.take(path).([]any)
	var ids []any
	for _, item := range items {
		body, _ := item.(object)
		ids = append(ids, body.get("id"))
	}
	if ids != nil {
		f.add(flag, ids)
	}
}

func azPublicIP(f *azFields) {
	f.out.group = "network public-ip"
	f.standard()
	f.add("--sku", string(aks.NATStandard))
	f.flag("--tier", "sku.tier")
	f.flag("--version", "properties.publicIPAddressVersion")
	f.flag("--allocation-method", "properties.publicIPAllocationMethod")
	f.flag("--zone", "zones")
}

// azPublicPrefix needs no flag for the tier: az creates regional prefixes.
func azPublicPrefix(f *azFields) {
	f.out.group = "network public-ip prefix"
	f.standard()
	f.unfit = f.unfit || f.take("sku.tier") != "Regional"
	f.flag("--length", "properties.prefixLength")
	f.flag("--version", "properties.publicIPAddressVersion")
	f.flag("--zone", "zones")
}

func azIdentity(f *azFields) { f.out.group = "identity" }

func azRole(f *azFields) {
	f.out.group = "role assignment"
	role, _ := f.take("properties.roleDefinitionId").(roleDefinition)
	f.add("--role", role.id)
	f.flag("--assignee-object-id", "properties.principalId")
	f.flag("--assignee-principal-type", "properties.principalType")
}

// run writes the commands for a resource.
func (w *shellWriter) run(n *resource.Node, c *azCommand) {
	id := snake(n.Symbol)
	create := "az " + c.group + " create" + flags(append(slices.Clone(c.flags), quiet))
	switch {
	case !c.once:
		w.line("%s", create)
	case len(c.update) == 0:
		w.line("there \"$%s\" %s || %s", id, n.APIVersion, create)
	default:
		update := append(flagList{{"--ids", `"$` + id + `"`}}, append(slices.Clone(c.update), quiet)...)
		w.line("if there \"$%s\" %s; then", id, n.APIVersion)
		w.line("  %s", indented("az "+c.group+" update"+flags(update)))
		w.line("else\n  %s\nfi", indented(create))
	}
	for _, child := range c.children {
		w.line("az %s create%s", child.group, flags(append(slices.Clone(child.flags), quiet)))
	}
}

// quiet keeps az from printing what it made.
var quiet = option{"--output", "none"}

// indented indents the lines after the first. No value has a line break of its own.
func indented(command string) string { return strings.ReplaceAll(command, "\n", "\n  ") }
