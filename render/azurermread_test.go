package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/aksnet/aksnet/resource"
)

// azurermRead is a Terraform file as azurerm and azapi understand it.
type azurermRead struct {
	ctx     *hcl.EvalContext
	azurerm []*hclsyntax.Block // resources and data sources
	// bodies are what both providers send, by id; azapi marks those of azapi.
	bodies map[string]any
	azapi  map[string]bool
	// links are the addresses of the resources that connect the resource of an id to others.
	links map[string][]string
	// refs are the addresses that a resource refers to; ids are the ids of the addresses, or of what they connect.
	refs map[string][]string
	ids  map[string]string
	// ignored is what Terraform does not change in the resource of an id, as it is written.
	ignored map[string]string

	text          []byte
	subscriptions map[string]string // by alias
	values        map[string]map[string]cty.Value
	data          map[string]map[string]cty.Value
}

// readAzureRM evaluates a Terraform file as far as this package writes it.
func readAzureRM(t *testing.T, text []byte) *azurermRead {
	t.Helper()
	file, diags := hclsyntax.ParseConfig(text, "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	r := &azurermRead{
		ctx: &hcl.EvalContext{Variables: map[string]cty.Value{"var": cty.ObjectVal(map[string]cty.Value{
			"subscription_id": cty.StringVal(testSubscription), "resource_group_name": cty.StringVal(testGroup),
			"location": cty.StringVal(testLocation),
		})}},
		bodies: map[string]any{}, azapi: map[string]bool{}, links: map[string][]string{},
		refs: map[string][]string{}, ids: map[string]string{}, ignored: map[string]string{}, text: text,
		subscriptions: map[string]string{},
		values:        map[string]map[string]cty.Value{}, data: map[string]map[string]cty.Value{},
	}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		r.block(t, block)
	}
	return r
}

func (r *azurermRead) block(t *testing.T, block *hclsyntax.Block) {
	t.Helper()
	switch block.Type {
	case "locals":
		locals := map[string]cty.Value{}
		for name, a := range block.Body.Attributes {
			locals[name] = evaluate(t, a.Expr, r.ctx)
		}
		r.ctx.Variables["local"] = cty.ObjectVal(locals)
	case "provider":
		r.provider(t, block)
	case "data", "resource":
		r.resource(t, block)
	}
}

// provider notes the subscription of a provider configuration. Every one must have features.
func (r *azurermRead) provider(t *testing.T, block *hclsyntax.Block) {
	t.Helper()
	alias := ""
	if a := block.Body.Attributes["alias"]; a != nil {
		alias = evaluate(t, a.Expr, r.ctx).AsString()
	}
	if s := block.Body.Attributes["subscription_id"]; s != nil {
		r.subscriptions[alias] = evaluate(t, s.Expr, r.ctx).AsString()
	}
	if len(block.Body.Blocks) != 1 || block.Body.Blocks[0].Type != "features" {
		t.Error("a provider configuration without features")
	}
}

func (r *azurermRead) resource(t *testing.T, block *hclsyntax.Block) {
	t.Helper()
	kind, name := block.Labels[0], block.Labels[1]
	address := kind + "." + name
	if block.Type == "resource" {
		if r.ids[address] != "" {
			t.Errorf("%s is written twice", address)
		}
		r.refs[address] = addressesIn(block.Body)
	}
	var id string
	attributes := map[string]cty.Value{}
	if kind == "azapi_resource" {
		var body map[string]any
		id, body = terraformResource(t, block, r.ctx)
		if block.Type == "resource" {
			r.bodies[id], r.azapi[id] = body, true
			attributes["output"] = cty.ObjectVal(map[string]cty.Value{"properties": cty.ObjectVal(
				map[string]cty.Value{"principalId": cty.StringVal(id)})})
		}
		attributes["name"] = evaluate(t, block.Body.Attributes["name"].Expr, r.ctx)
	} else {
		r.azurerm = append(r.azurerm, block)
		v := argumentsOf(t, block.Body, r.ctx)
		if strings.HasSuffix(kind, "_association") {
			r.link(t, address, v)
			return
		}
		id = r.idOf(t, kind, block, v)
		if block.Type == "resource" {
			r.bodies[id] = azurermBody(t, kind, v)
		}
		attributes["name"] = cty.StringVal(v["name"].(string))
		attributes["principal_id"] = cty.StringVal(id)
	}
	for _, inner := range block.Body.Blocks {
		if a := inner.Body.Attributes["ignore_changes"]; a != nil {
			r.ignored[id] = string(a.Expr.Range().SliceBytes(r.text))
		}
	}
	attributes["id"] = cty.StringVal(id)
	values := r.values
	if block.Type == "data" {
		values = r.data
	} else {
		r.ids[address] = id
	}
	if values[kind] == nil {
		values[kind] = map[string]cty.Value{}
	}
	values[kind][name] = cty.ObjectVal(attributes)
	r.publish()
}

// publish makes what has been read available to expressions.
func (r *azurermRead) publish() {
	for kind, byName := range r.values {
		r.ctx.Variables[kind] = cty.ObjectVal(byName)
	}
	sources := map[string]cty.Value{}
	for kind, byName := range r.data {
		sources[kind] = cty.ObjectVal(byName)
	}
	r.ctx.Variables["data"] = cty.ObjectVal(sources)
}

// argumentsOf returns the arguments of a block, and its blocks as lists.
func argumentsOf(t *testing.T, body *hclsyntax.Body, ctx *hcl.EvalContext) map[string]any {
	t.Helper()
	out := map[string]any{}
	for name, a := range body.Attributes {
		if name == "provider" || name == "depends_on" {
			continue
		}
		value := evaluate(t, a.Expr, ctx)
		data, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			t.Fatal(err)
		}
		if out[name], err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	for _, inner := range body.Blocks {
		if inner.Type != "lifecycle" {
			list, _ := out[inner.Type].([]any)
			out[inner.Type] = append(list, argumentsOf(t, inner.Body, ctx))
		}
	}
	return out
}

// idOf returns the id of a resource of azurerm, in the subscription of its provider configuration.
func (r *azurermRead) idOf(t *testing.T, kind string, block *hclsyntax.Block, v map[string]any) string {
	t.Helper()
	alias := ""
	if p := block.Body.Attributes["provider"]; p != nil {
		alias = p.Expr.Variables()[0][1].(hcl.TraverseAttr).Name
	}
	name := v["name"].(string)
	switch kind {
	case "azurerm_role_assignment":
		return v["scope"].(string) + "/providers/" + resource.TypeRoleAssignment + "/" + name
	case "azurerm_firewall_policy_rule_collection_group":
		return v["firewall_policy_id"].(string) + "/ruleCollectionGroups/" + name
	}
	subscription, known := r.subscriptions[alias]
	if !known {
		t.Fatalf("no provider configuration %q", alias)
	}
	id := "/subscriptions/" + subscription + "/resourceGroups/" + v["resource_group_name"].(string) + "/providers/"
	types := map[string]string{
		"azurerm_virtual_network": resource.TypeVNet, "azurerm_network_security_group": resource.TypeNSG,
		"azurerm_route_table": resource.TypeRouteTable, "azurerm_nat_gateway": resource.TypeNATGateway,
		"azurerm_public_ip": resource.TypePublicIP, "azurerm_public_ip_prefix": resource.TypePrefix,
		"azurerm_firewall_policy": resource.TypeFirewallPolicy, "azurerm_user_assigned_identity": resource.TypeIdentity,
	}
	switch kind {
	case "azurerm_subnet":
		return id + resource.TypeVNet + "/" + v["virtual_network_name"].(string) + "/subnets/" + name
	case "azurerm_virtual_network_peering":
		return id + resource.TypeVNet + "/" + v["virtual_network_name"].(string) + "/virtualNetworkPeerings/" + name
	case "azurerm_route":
		return id + resource.TypeRouteTable + "/" + v["route_table_name"].(string) + "/routes/" + name
	}
	if types[kind] == "" {
		t.Fatalf("no type for %s", kind)
	}
	return id + types[kind] + "/" + name
}

// link connects what has been read, as azurerm does: it changes the body of one of both ends.
func (r *azurermRead) link(t *testing.T, address string, v map[string]any) {
	t.Helper()
	if len(v) != 2 {
		t.Errorf("%s connects %d resources", address, len(v))
	}
	kind, _, _ := strings.Cut(address, ".")
	owner := "subnet_id"
	if strings.HasPrefix(kind, "azurerm_nat_gateway_") {
		owner = "nat_gateway_id"
	}
	id := v[owner].(string)
	r.links[id] = append(r.links[id], address)
	r.ids[address] = id
	body := r.bodies[id].(map[string]any)
	if r.azapi[id] {
		t.Errorf("%s changes %s, which azapi sends", address, id)
	}
	properties := body["properties"].(map[string]any)
	one := func(argument string) map[string]any { return map[string]any{"id": v[argument]} }
	add := func(key, argument string) {
		list, _ := properties[key].([]any)
		properties[key] = append(list, one(argument))
	}
	switch kind {
	case "azurerm_subnet_network_security_group_association":
		properties["networkSecurityGroup"] = one("network_security_group_id")
	case "azurerm_subnet_route_table_association":
		properties["routeTable"] = one("route_table_id")
	case "azurerm_subnet_nat_gateway_association":
		properties["natGateway"] = one("nat_gateway_id")
	case "azurerm_nat_gateway_public_ip_association":
		add("publicIpAddresses", "public_ip_address_id")
	case "azurerm_nat_gateway_public_ip_prefix_association":
		add("publicIpPrefixes", "public_ip_prefix_id")
	default:
		t.Errorf("nothing is known about %s", kind)
	}
}

// addressesIn returns the addresses of the resources that a block refers to.
func addressesIn(body *hclsyntax.Body) (out []string) {
	for _, a := range body.Attributes {
		for _, traversal := range a.Expr.Variables() {
			root := traversal.RootName()
			if strings.HasPrefix(root, "azurerm_") || root == "azapi_resource" {
				out = append(out, root+"."+traversal[1].(hcl.TraverseAttr).Name)
			}
		}
	}
	for _, inner := range body.Blocks {
		out = append(out, addressesIn(inner.Body)...)
	}
	return out
}

// reachable returns the ids of the resources, and the addresses of the links, that Terraform creates before a resource
// and what connects it.
func (r *azurermRead) reachable(id string) map[string]bool {
	out, seen := map[string]bool{}, map[string]bool{}
	var visit func(address string)
	visit = func(address string) {
		for _, to := range r.refs[address] {
			if seen[to] {
				continue
			}
			seen[to] = true
			out[r.ids[to]], out[to] = true, true
			visit(to)
		}
	}
	for address, of := range r.ids {
		if of == id {
			visit(address)
		}
	}
	return out
}
