package render_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

// network is what a template says of one virtual network.
type network struct {
	space   []netip.Prefix
	subnets map[string][]netip.Prefix
}

// facts returns what a template says of addresses, by the names of networks.
func facts(template map[string]any) map[string]*network {
	out := map[string]*network{}
	of := func(name string) *network {
		if out[name] == nil {
			out[name] = &network{subnets: map[string][]netip.Prefix{}}
		}
		return out[name]
	}
	for _, r := range resourcesOf(template) {
		name := r["name"].(string)
		switch r["type"] {
		case resource.TypeVNet:
			space := propertiesOf(r)["addressSpace"].(map[string]any)
			of(name).space = prefixList(space["addressPrefixes"])
		case resource.TypeSubnet:
			vnet, subnet, _ := strings.Cut(name, "/")
			all := prefixList(propertiesOf(r)["addressPrefixes"])
			if one, ok := propertiesOf(r)["addressPrefix"].(string); ok {
				all = append(all, netip.MustParsePrefix(one))
			}
			of(vnet).subnets[subnet] = all
		}
	}
	return out
}

func prefixList(v any) (out []netip.Prefix) {
	items, _ := v.([]any)
	for _, item := range items {
		out = append(out, netip.MustParsePrefix(item.(string)))
	}
	return out
}

// semantics lists what Azure would refuse in a template and no schema knows. existing is the resources that are there
// already.
func semantics(template map[string]any, existing []string) (faults []string) {
	add := func(format string, a ...any) { faults = append(faults, fmt.Sprintf(format, a...)) }
	for name, n := range facts(template) {
		checkAddresses(name, n, add)
	}
	sent := slices.Clone(existing)
	for _, r := range resourcesOf(template) {
		sent = append(sent, idText(r["type"].(string), r["name"].(string)))
		if r["type"] == resource.TypeNSG {
			checkPriorities(r, add)
		}
	}
	for _, ref := range referencesIn(template) {
		if !slices.Contains(sent, ref) {
			add("%s is nowhere", ref)
		}
	}
	return faults
}

func checkAddresses(name string, n *network, add func(string, ...any)) {
	type taken struct {
		subnet string
		prefix netip.Prefix
	}
	var all []taken
	for subnet, prefixes := range n.subnets {
		for _, p := range prefixes {
			if p != p.Masked() {
				add("%s/%s: %s has host bits", name, subnet, p)
			}
			inside := func(space netip.Prefix) bool { return space.Bits() <= p.Bits() && space.Contains(p.Addr()) }
			if len(n.space) > 0 && !slices.ContainsFunc(n.space, inside) {
				add("%s/%s: %s is outside its network", name, subnet, p)
			}
			for _, other := range all {
				if other.prefix.Overlaps(p) {
					add("%s/%s: %s overlaps %s", name, subnet, p, other.subnet)
				}
			}
			all = append(all, taken{subnet, p})
		}
	}
}

func checkPriorities(r map[string]any, add func(string, ...any)) {
	seen, names := map[string]bool{}, map[string]bool{}
	rules, _ := propertiesOf(r)["securityRules"].([]any)
	for _, item := range rules {
		rule := item.(map[string]any)
		p := propertiesOf(rule)
		n, err := p["priority"].(json.Number).Int64()
		if err != nil || n < 100 || n > 4096 {
			add("%v: priority %v is out of range", r["name"], p["priority"])
		}
		key := fmt.Sprint(p["direction"], p["priority"])
		if seen[key] || names[fmt.Sprint(rule["name"])] {
			add("%v: rule %v has a name or priority that is taken", r["name"], rule["name"])
		}
		seen[key], names[fmt.Sprint(rule["name"])] = true, true
	}
}

var resourceIDCall = regexp.MustCompile(`resourceId\(((?:'(?:[^']|'')*'|[^'()]|\([^()]*\))*)\)`)

// referencesIn returns everything that template expressions refer to, as type and name.
func referencesIn(template map[string]any) (out []string) {
	data, err := json.Marshal(template)
	if err != nil {
		panic(err)
	}
	for _, call := range resourceIDCall.FindAllStringSubmatch(string(data), -1) {
		var args []string
		for _, arg := range regexp.MustCompile(`'((?:[^']|'')*)'|[^,' ][^,']*`).FindAllStringSubmatch(call[1], -1) {
			args = append(args, strings.ReplaceAll(arg[1], "''", "'"))
		}
		for len(args) > 0 && !strings.HasPrefix(args[0], "Microsoft.") {
			args = args[1:]
		}
		if len(args) > 1 && args[0] != "Microsoft.Authorization/roleDefinitions" {
			out = append(out, idText(args[0], strings.Join(args[1:], "/")))
		}
	}
	return out
}

func idText(typ, name string) string { return typ + " " + name }

func existingIn(g *resource.Graph) (out []string) {
	for _, n := range g.Nodes {
		if n.Existing {
			out = append(out, idText(n.Type, n.Name))
		}
	}
	return out
}

func TestTemplatesMakeSense(t *testing.T) {
	for _, c := range codeCases(t) {
		for _, fault := range semantics(readTemplate(t, c.arm(t)), existingIn(c.graph)) {
			t.Errorf("%s: %s", c.name, fault)
		}
	}
}

func TestSemanticsCatchFaults(t *testing.T) {
	subnet := func(t *testing.T, template map[string]any) map[string]any {
		return propertiesOf(resourceOf(t, template, resource.TypeSubnet))
	}
	tests := []struct {
		name  string
		spoil func(t *testing.T, template map[string]any)
	}{
		{
			"overlap",
			func(t *testing.T, template map[string]any) { subnet(t, template)["addressPrefix"] = "10.128.1.0/26" },
		},
		{
			"outside",
			func(t *testing.T, template map[string]any) { subnet(t, template)["addressPrefix"] = "192.168.0.0/24" },
		},
		{
			"host bits",
			func(t *testing.T, template map[string]any) { subnet(t, template)["addressPrefix"] = "10.128.0.7/24" },
		},
		{"priority out of range", func(t *testing.T, template map[string]any) {
			ruleOf(resourceOf(t, template, resource.TypeNSG))["priority"] = json.Number("4097")
		}},
		{"priority twice", func(t *testing.T, template map[string]any) {
			ruleOf(resourceOf(t, template, resource.TypeNSG))["priority"] = json.Number("110")
		}},
		{"reference to nothing", func(t *testing.T, template map[string]any) {
			resourceOf(t, template, resource.TypeNATGateway)["name"] = "ng-other"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			template := seedTemplate(t)
			if faults := semantics(template, nil); len(faults) > 0 {
				t.Fatal(faults)
			}
			tt.spoil(t, template)
			if faults := semantics(template, nil); len(faults) == 0 {
				t.Error("fault was not caught")
			}
		})
	}
}

// A template that is read back has the numbers of the plan it was written from.
func TestTemplatesGiveThePlanBack(t *testing.T) {
	for _, c := range codeCases(t) {
		read := facts(readTemplate(t, c.arm(t)))
		for _, v := range c.plan.VNets {
			got := read[v.Name]
			if got == nil {
				got = &network{}
			}
			if !v.Existing && !slices.Equal(got.space, v.AddressPrefixes) {
				t.Errorf("%s: address space of %s is %v, plan says %v", c.name, v.Name, got.space, v.AddressPrefixes)
			}
			for _, s := range v.Subnets {
				if s.Existing || !s.AddressPrefix.IsValid() {
					continue
				}
				checkNumbers(t, c.name, s, got.subnets[s.Name])
			}
		}
	}
}

func checkNumbers(t *testing.T, name string, s *plan.Subnet, got []netip.Prefix) {
	t.Helper()
	if len(got) == 0 || got[0] != s.AddressPrefix {
		t.Errorf("%s: %s is %v, plan says %v", name, s.Name, got, s.AddressPrefix)
		return
	}
	usable := 1<<(32-got[0].Bits()) - aks.ReservedPerSubnet
	if usable != s.Usable || usable-(s.Demand.Total-s.Demand.Reserved) != s.Headroom {
		t.Errorf(
			"%s: %s reads back as %d usable, plan says %d, %d to spare",
			name,
			s.Name,
			usable,
			s.Usable,
			s.Headroom,
		)
	}
}

// Node subnets must not be delegated.
// https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/subnetisdelegated (read 2026-11-22)
func TestNodeSubnetsAreNotDelegated(t *testing.T) {
	for _, c := range codeCases(t) {
		nodes := map[string]bool{}
		for _, v := range c.plan.VNets {
			for _, s := range v.Subnets {
				nodes[v.Name+"/"+s.Name] = s.Purpose == plan.Nodes || s.Purpose == plan.NodesPods
			}
		}
		for _, r := range resourcesOf(readTemplate(t, c.arm(t))) {
			if r["type"] == resource.TypeSubnet && nodes[r["name"].(string)] && propertiesOf(r)["delegations"] != nil {
				t.Errorf("%s: node subnet %v is delegated", c.name, r["name"])
			}
		}
	}
}

// hostileSpec returns a spec with text in every place that takes text.
func hostileSpec(s string) *spec.Spec {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	text := strings.ReplaceAll(
		`{"apiVersion": "aksnet/v1", "location": X, "resourceGroup": X, "subscription": X, "tags": {X: X},
"vnets": [{"name": X, "addressPrefixes": ["10.1.0.0/16"], "ddosProtectionPlan": X, "peerings": ["other", X], "subnets": [
  {"name": X, "prefixLength": 24, "delegation": X, "serviceEndpoints": [X], "networkSecurityGroup": X, "routeTable": X, "natGateway": X}]},
  {"name": "other", "resourceGroup": X, "addressPrefixes": ["10.2.0.0/16"]}],
"routeTables": [{"name": X, "routes": [{"name": X, "addressPrefix": "10.9.0.0/16", "nextHopType": "None"}]}],
"networkSecurityGroups": [{"name": X, "rules": [{"name": X, "priority": 100, "direction": "Inbound", "access": "Deny", "description": X, "sources": [X]}]}],
"natGateways": [{"name": X, "publicIPs": 1}],
"clusters": [{"name": X, "vnet": X, "nodeSubnet": {"name": X}, "dnsPrefix": X, "kubernetesVersion": X, "nodePools": [{"name": X, "count": 3, "vmSize": X, "zones": [X]}]}]}`,
		"X",
		string(q),
	)
	return spec.Parse(spec.Source{Name: "hostile.yaml", Data: []byte(text)})
}

// FuzzHostileNames proves that no text of a spec changes what the outputs say: each is still read, the languages still
// agree, and there are as many resources as for a tame name.
func FuzzHostileNames(f *testing.F) {
	for _, s := range []string{
		"it's", `"`, "${a}", "%{if}", "[parameters('x')]", "[", "]", "line\nfeed", "$(id)", "`id`", `\`, "'; x '",
		"\u202eevil", "a/b", "/id", "{subscription}", "//", "*/", "'''",
	} {
		f.Add(s)
	}
	tame := resource.BuildWith(plan.Build(hostileSpec("tame")), everything())
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || len(s) > 200 || strings.EqualFold(s, "other") || strings.EqualFold(s, spec.ManagedVNet) {
			return
		}
		sp := hostileSpec(s)
		if len(sp.Clusters) == 0 && len(sp.Problems) > 0 {
			return // a control character that YAML refuses: the file is not read at all
		}
		g := resource.BuildWith(plan.Build(sp), everything())
		c := codeCase{name: "hostile", graph: g}
		arm := readTemplate(t, c.arm(t))
		lowered, err := lowerBicep(c.bicep(t))
		if err != nil {
			t.Fatal(err)
		}
		delete(arm, "metadata")
		if a, b := marshal(t, sorted(arm)), marshal(t, sorted(lowered)); a != b {
			t.Errorf("Bicep differs from ARM for %q: %s", s, cmp.Diff(a, b))
		}
		azapi := terraformBodies(t, g, c.print(t, render.Terraform)[0].Data)
		azurerm := readAzureRM(t, c.print(t, render.AzureRM)[0].Data).bodies
		if diff := cmp.Diff(slices.Sorted(maps.Keys(azapi)), slices.Sorted(maps.Keys(azurerm))); diff != "" {
			t.Errorf("azurerm makes other resources for %q (-azapi +azurerm):\n%s", s, diff)
		}
		if !strings.HasPrefix(s, "/") && len(g.Nodes) != len(tame.Nodes) {
			t.Errorf("%q makes %d resources, a tame name %d", s, len(g.Nodes), len(tame.Nodes))
		}
	})
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
