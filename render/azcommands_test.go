package render_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
)

// notingAZ notes the words of every command, each ended by a zero byte, and an empty word after the last. AZ_SHOW is
// its answer to the question whether a resource exists.
const notingAZ = `#!/usr/bin/env bash
case "$1 $2" in
  "account show") printf '%s\n' '` + testSubscription + `'; exit ;;
  "resource show")
    case "$*" in
      *--query*) printf '%s\n' "$4"; exit ;;
      *) exit "$AZ_SHOW" ;;
    esac ;;
  "resource wait") exit ;;
esac
printf '%s\0' "$@" >> "$AZ_LOG"
printf '\0' >> "$AZ_LOG"
`

// azCall is a command of az: its words up to the first flag, and the values of its flags.
type azCall struct {
	command string
	flags   map[string][]string
}

func (c azCall) one(flag string) string {
	if len(c.flags[flag]) != 1 {
		return ""
	}
	return c.flags[flag][0]
}

// azCalls runs a script with an az that only takes notes.
func azCalls(t *testing.T, script []byte, show string) (calls []azCall) {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash: scripts are NOT run")
	}
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	for path, text := range map[string]string{filepath.Join(dir, "az"): notingAZ, log: ""} {
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(bash, "-s")
	cmd.Stdin = strings.NewReader(string(script))
	cmd.Env = []string{
		"PATH=" + dir + ":" + os.Getenv("PATH"), "AZ_LOG=" + log, "AZ_SHOW=" + show,
		"RESOURCE_GROUP=" + testGroup, "LOCATION=" + testLocation,
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.SplitSeq(string(data), "\x00\x00") {
		if text == "" {
			continue
		}
		call, flag := azCall{flags: map[string][]string{}}, ""
		for _, word := range strings.Split(text, "\x00") {
			switch {
			case strings.HasPrefix(word, "--"):
				flag = word
				call.flags[flag] = nil
			case flag == "":
				call.command = strings.TrimSpace(call.command + " " + word)
			default:
				call.flags[flag] = append(call.flags[flag], word)
			}
		}
		calls = append(calls, call)
	}
	return calls
}

// azSent returns what commands create, by id, as az sends it. Rules and routes that are no resources of their own in
// the graph become part of their group or table.
func azSent(t *testing.T, calls []azCall, want map[string]any) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, c := range calls {
		id, body := azResource(t, c)
		parent, rest, inside := strings.Cut(id, "/securityRules/")
		list := "securityRules"
		if !inside {
			list = "routes"
			parent, rest, inside = strings.Cut(id, "/routes/")
		}
		into, _ := out[parent].(map[string]any)
		if !inside || want[id] != nil {
			out[id] = body
			continue
		}
		props := into["properties"].(map[string]any)
		items, _ := props[list].([]any)
		props[list] = append(items, map[string]any{"name": rest, "properties": body["properties"]})
	}
	return out
}

// azResource returns the id and the body of a command.
// https://learn.microsoft.com/cli/azure/network (read 2026-11-29)
func azResource(t *testing.T, c azCall) (string, map[string]any) {
	t.Helper()
	if c.command == "rest" {
		id, _, _ := strings.Cut(c.one("--url"), "?")
		return id, readTemplate(t, []byte(c.one("--body")))
	}
	props, body := object{}, object{}
	place := "/subscriptions/" + c.one("--subscription") + "/resourceGroups/" + c.one("--resource-group") +
		"/providers/Microsoft.Network/"
	name := c.one("--name")
	id := ""
	body["properties"] = map[string]any(props)
	body.copy("location", azText(c, "--location"))
	if tags := c.flags["--tags"]; tags != nil {
		all := map[string]any{}
		for _, tag := range tags {
			key, value, _ := strings.Cut(tag, "=")
			all[key] = value
		}
		body["tags"] = all
	}
	body.copy("zones", azList(c, "--zone"))
	switch c.command {
	case "network vnet create":
		id = place + "virtualNetworks/" + name
		props["addressSpace"] = map[string]any{"addressPrefixes": azList(c, "--address-prefixes")}
		if servers := azList(c, "--dns-servers"); servers != nil {
			props["dhcpOptions"] = map[string]any{"dnsServers": servers}
		}
		props.copy("enableDdosProtection", azBool(c, "--ddos-protection"))
		props.copy("ddosProtectionPlan", azID(c, "--ddos-protection-plan"))
		if on := azBool(c, "--enable-encryption"); on != nil {
			props["encryption"] = map[string]any{
				"enabled": on, "enforcement": c.one("--encryption-enforcement-policy"),
			}
		}
	case "network vnet subnet create":
		id = place + "virtualNetworks/" + c.one("--vnet-name") + "/subnets/" + name
		props.copy("addressPrefix", azSingle(c, "--address-prefixes"))
		props.copy("addressPrefixes", azPlural(c, "--address-prefixes"))
		props.copy("defaultOutboundAccess", azBool(c, "--default-outbound-access"))
		props.copy("networkSecurityGroup", azID(c, "--network-security-group"))
		props.copy("routeTable", azID(c, "--route-table"))
		props.copy("natGateway", azID(c, "--nat-gateway"))
		props.copy("privateEndpointNetworkPolicies", azText(c, "--private-endpoint-network-policies"))
		var services []any
		for _, s := range c.flags["--service-endpoints"] {
			services = append(services, map[string]any{"service": s})
		}
		if services != nil {
			props["serviceEndpoints"] = services
		}
	case "network vnet peering create":
		id = place + "virtualNetworks/" + c.one("--vnet-name") + "/virtualNetworkPeerings/" + name
		props["remoteVirtualNetwork"] = azID(c, "--remote-vnet")
		props["allowVirtualNetworkAccess"] = azBool(c, "--allow-vnet-access")
		props["allowForwardedTraffic"] = azBool(c, "--allow-forwarded-traffic")
		props["allowGatewayTransit"] = azBool(c, "--allow-gateway-transit")
		props["useRemoteGateways"] = azBool(c, "--use-remote-gateways")
	case "network nsg create":
		id = place + "networkSecurityGroups/" + name
	case "network nsg rule create":
		id = place + "networkSecurityGroups/" + c.one("--nsg-name") + "/securityRules/" + name
		for _, key := range []string{"description", "direction", "access", "protocol"} {
			props.copy(key, azText(c, "--"+key))
		}
		props["priority"] = json.Number(c.one("--priority"))
		for _, end := range []string{"source", "destination"} {
			props.copy(end+"AddressPrefix", azSingle(c, "--"+end+"-address-prefixes"))
			props.copy(end+"AddressPrefixes", azPlural(c, "--"+end+"-address-prefixes"))
			props.copy(end+"PortRange", azSingle(c, "--"+end+"-port-ranges"))
			props.copy(end+"PortRanges", azPlural(c, "--"+end+"-port-ranges"))
		}
	case "network route-table create":
		id = place + "routeTables/" + name
		props["disableBgpRoutePropagation"] = azBool(c, "--disable-bgp-route-propagation")
	case "network route-table route create":
		id = place + "routeTables/" + c.one("--route-table-name") + "/routes/" + name
		props["addressPrefix"], props["nextHopType"] = c.one("--address-prefix"), c.one("--next-hop-type")
		props.copy("nextHopIpAddress", azText(c, "--next-hop-ip-address"))
	case "network nat gateway create":
		id = place + "natGateways/" + name
		body["sku"] = map[string]any{"name": "Standard"}
		if minutes := c.one("--idle-timeout"); minutes != "" {
			props["idleTimeoutInMinutes"] = json.Number(minutes)
		}
		props.copy("publicIpAddresses", azIDs(c, "--public-ip-addresses"))
		props.copy("publicIpPrefixes", azIDs(c, "--public-ip-prefixes"))
	case "network public-ip create":
		id = place + "publicIPAddresses/" + name
		body["sku"] = map[string]any{"name": c.one("--sku"), "tier": c.one("--tier")}
		props["publicIPAddressVersion"] = c.one("--version")
		props["publicIPAllocationMethod"] = c.one("--allocation-method")
	case "network public-ip prefix create":
		id = place + "publicIPPrefixes/" + name
		body["sku"] = map[string]any{"name": "Standard", "tier": "Regional"}
		props["publicIPAddressVersion"] = c.one("--version")
		props["prefixLength"] = json.Number(c.one("--length"))
	case "identity create":
		id = strings.TrimSuffix(place, "Microsoft.Network/") + resource.TypeIdentity + "/" + name
		delete(body, "properties")
	case "role assignment create":
		id = c.one("--scope") + "/providers/" + resource.TypeRoleAssignment + "/" + name
		scope, _, _ := strings.Cut(c.one("--scope"), "/resourceGroups/")
		props["roleDefinitionId"] = scope + "/providers/Microsoft.Authorization/roleDefinitions/" + c.one("--role")
		props["principalId"] = c.one("--assignee-object-id")
		props["principalType"] = c.one("--assignee-principal-type")
	default:
		t.Fatalf("nothing is known about az %s", c.command)
	}
	return id, body
}

func azText(c azCall, flag string) any {
	if c.flags[flag] == nil {
		return nil
	}
	return c.one(flag)
}

func azBool(c azCall, flag string) any {
	if c.flags[flag] == nil {
		return nil
	}
	return c.one(flag) == "true"
}

func azID(c azCall, flag string) any {
	if c.flags[flag] == nil {
		return nil
	}
	return map[string]any{"id": c.one(flag)}
}

func azIDs(c azCall, flag string) any {
	var out []any
	for _, id := range c.flags[flag] {
		out = append(out, map[string]any{"id": id})
	}
	if out == nil {
		return nil
	}
	return out
}

func azList(c azCall, flag string) any {
	var out []any
	for _, word := range c.flags[flag] {
		out = append(out, word)
	}
	if out == nil {
		return nil
	}
	return out
}

func azSingle(c azCall, flag string) any {
	if len(c.flags[flag]) != 1 {
		return nil
	}
	return c.one(flag)
}

func azPlural(c azCall, flag string) any {
	if len(c.flags[flag]) < 2 {
		return nil
	}
	return azList(c, flag)
}

// TestCommandsSendTheSameBodies runs the scripts of commands: together with az rest they send the bodies of the graph.
func TestCommandsSendTheSameBodies(t *testing.T) {
	tame := strings.Replace(everySetting, `"cost center": "4${2}"`, "cost: 4 2", 1)
	for _, c := range append(codeCases(t), graphOf("settings", tame)) {
		if strings.HasSuffix(c.name, "+everything") && !hasGolden(c) {
			continue // starting az a thousand times takes its time
		}
		script := c.print(t, render.AzCLICommands)[0].Data
		calls := slices.DeleteFunc(azCalls(t, script, "3"), func(call azCall) bool {
			return strings.HasPrefix(call.command, "aks ")
		})
		for _, call := range calls {
			if body := call.one("--body"); call.command == "rest" && !strings.Contains(body, `"delegations"`) &&
				!strings.Contains(body, `"StandardV2"`) &&
				!strings.Contains(body, `"ipamPoolPrefixAllocations"`) && !strings.Contains(body, `\"own\" [ports]`) &&
				!strings.Contains(call.one("--url"), "/firewallPolicies/") {
				t.Errorf("%s: az rest sends %s\n%s", c.name, call.one("--url"), body)
			}
		}
		want := bodiesOf(t, c.graph)
		for id := range want {
			if strings.Contains(id, resource.TypeCluster+"/") && !strings.Contains(id, "/subnets/") {
				delete(want, id)
			}
		}
		if diff := cmp.Diff(want, azSent(t, calls, want)); diff != "" {
			t.Errorf("%s (-graph +script):\n%s", c.name, diff)
		}
	}
}

// A second run does not create again what contains other resources: az would send it without them.
func TestCommandsUpdateContainers(t *testing.T) {
	commands := map[string]bool{}
	for _, c := range codeCases(t) {
		if c.name != "hub-spoke-firewall" && c.name != "pod-subnet-nat" {
			continue
		}
		for _, call := range azCalls(t, c.print(t, render.AzCLICommands)[0].Data, "0") {
			commands[call.command] = true
		}
	}
	for _, container := range []string{"network vnet", "network nsg", "network route-table"} {
		if commands[container+" create"] || !commands[container+" update"] {
			t.Errorf("a second run creates %s again: %q", container, slices.Sorted(maps.Keys(commands)))
		}
	}
	if !commands["network vnet subnet create"] || !commands["network nsg rule create"] {
		t.Errorf("a second run updates no subnets or rules: %q", slices.Sorted(maps.Keys(commands)))
	}
}

// What means something else to az is left to az rest, whose body says it.
func TestCommandsLeaveToRest(t *testing.T) {
	const head = "apiVersion: aksnet/v1\nresourceGroup: rg\nlocation: westeurope\nvnets: [{name: v, " +
		"addressPrefixes: [10.1.0.0/16], subnets: [{name: s, prefixLength: 24, networkSecurityGroup: g}]}]\n"
	const group = head + "networkSecurityGroups: [{name: g, rules: [{name: r, priority: 100, direction: Inbound, " +
		"access: Deny, description: %}]}]\n"
	for text, rest := range map[string]bool{
		strings.ReplaceAll(group, "%", `"Denies what others' rules allow."`): false,
		strings.ReplaceAll(group, "%", `"@/etc/passwd"`):                     true,
		strings.ReplaceAll(group, "%", `"x=@/etc/passwd"`):                   true,
		strings.ReplaceAll(group, "%", `"-g other"`):                         true,
		strings.ReplaceAll(group, "%", `"'quoted' text"`):                    true,
		strings.ReplaceAll(group, "%", `"null"`):                             true,
		strings.ReplaceAll(group, "%", `"??"`):                               true,
		head + `tags: {"a.b": c}`:                                            true,
		head + `tags: {a: "{b:c}"}`:                                          true,
		head + `tags: {a: "@b"}`:                                             true,
		head + `tags: {owner-1: "net team"}`:                                 false,
	} {
		c := graphOf("rest", text)
		calls := azCalls(t, c.print(t, render.AzCLICommands)[0].Data, "3")
		if got := slices.ContainsFunc(calls, func(c azCall) bool { return c.command == "rest" }); got != rest {
			t.Errorf("az rest: %t, want %t for\n%s", got, rest, text)
		}
		want := bodiesOf(t, c.graph)
		if diff := cmp.Diff(want, azSent(t, calls, want)); diff != "" {
			t.Errorf("%s (-graph +script):\n%s", text, diff)
		}
	}
}

// No text of a spec changes what az is told: what az would take for something else is left to az rest.
func TestCommandsTakeHostileNames(t *testing.T) {
	for _, name := range []string{
		"tame", "it's", "$(id)", "`id`", "@file", "a=@file", "-g", "--name", "{a:b}", "[a]", "null", "a b", "*",
		"\u202eevil", "##vso[task.complete]", "::error::x", "-",
	} {
		c := codeCase{name: name, graph: resource.BuildWith(plan.Build(hostileSpec(name)), resource.Options{
			Lockdown: true, RoleAssignments: true,
		})}
		calls := azCalls(t, c.print(t, render.AzCLICommands)[0].Data, "3")
		want := bodiesOf(t, c.graph)
		if diff := cmp.Diff(want, azSent(t, calls, want)); diff != "" {
			t.Errorf("%q (-graph +script):\n%s", name, diff)
		}
		for _, call := range calls {
			for flag, values := range call.flags {
				for _, v := range values {
					if call.command != "rest" && strings.ContainsAny(v, "@{}[]$`\\#=") && flag != "--tags" {
						t.Errorf("%q: az %s %s %s", name, call.command, flag, v)
					}
				}
			}
		}
	}
}
