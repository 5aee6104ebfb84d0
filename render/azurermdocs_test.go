package render_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/aksnet/aksnet/render"
)

// docArgument is an argument or block of azurerm as its documentation has it.
type docArgument struct {
	required, replaces bool
	values             []string
	block              docBlock // nil for an argument
}

type docBlock map[string]*docArgument

// azurermDocs reads testdata/azurerm.txt.
func azurermDocs(t *testing.T) docBlock {
	t.Helper()
	data, err := os.ReadFile("testdata/azurerm.txt")
	if err != nil {
		t.Fatal(err)
	}
	top := docBlock{}
	open := []docBlock{top}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line == "}":
			open = open[:len(open)-1]
			continue
		}
		name, rest, _ := strings.Cut(line, " ")
		a := &docArgument{required: strings.Contains(name, "!"), replaces: strings.Contains(name, "^")}
		open[len(open)-1][strings.Trim(name, "!^")] = a
		if rest == "{" {
			a.block = docBlock{}
			open = append(open, a.block)
		} else if rest != "" {
			a.values = strings.Split(rest, "|")
		}
	}
	return top
}

// metaArguments are Terraform's own, which every resource has.
func metaArguments() []string { return []string{"provider", "depends_on", "lifecycle"} }

// check compares a block with the documentation, and counts the arguments that replace the resource.
func (d docBlock) check(
	t *testing.T,
	path string,
	body *hclsyntax.Body,
	ctx *hcl.EvalContext,
	replaces map[string]bool,
) {
	t.Helper()
	have := map[string]bool{}
	for name, attribute := range body.Attributes {
		have[name] = true
		if slices.Contains(metaArguments(), name) {
			continue
		}
		a := d[name]
		if a == nil {
			t.Errorf("%s has no argument %s", path, name)
			continue
		}
		value := evaluate(t, attribute.Expr, ctx)
		switch {
		case a.block != nil && value.LengthInt() > 0:
			t.Errorf("%s: %s is a block", path, name)
		case a.block == nil && a.values != nil:
			checkValues(t, path+"."+name, a.values, value)
		}
		if a.replaces {
			replaces[path+"."+name] = true
		}
	}
	for _, inner := range body.Blocks {
		have[inner.Type] = true
		if slices.Contains(metaArguments(), inner.Type) {
			continue
		}
		if a := d[inner.Type]; a == nil || a.block == nil {
			t.Errorf("%s has no block %s", path, inner.Type)
		} else {
			a.block.check(t, path+"."+inner.Type, inner.Body, ctx, replaces)
		}
	}
	for name, a := range d {
		if a.required && !have[name] {
			t.Errorf("%s has no %s, which is required", path, name)
		}
	}
}

func checkValues(t *testing.T, path string, accepted []string, value cty.Value) {
	t.Helper()
	values := []cty.Value{value}
	if value.CanIterateElements() {
		values = value.AsValueSlice()
	}
	for _, v := range values {
		if !slices.Contains(accepted, v.AsString()) {
			t.Errorf("%s is %q, accepted: %q", path, v.AsString(), accepted)
		}
	}
}

// TestAzureRMArguments holds every block to the documentation of azurerm. What makes Terraform replace a resource is
// only what Azure cannot change either, and the documentation of render names it.
func TestAzureRMArguments(t *testing.T) {
	docs, replaces, types := azurermDocs(t), map[string]bool{}, map[string]bool{}
	for _, c := range azurermCases(t) {
		file := readAzureRM(t, c.print(t, render.AzureRM)[0].Data)
		for _, block := range file.azurerm {
			name := block.Labels[0]
			types[name] = true
			if block.Type == "data" {
				name = "data." + name
			}
			if docs[name] == nil {
				t.Fatalf("azurerm has no %s", name)
			}
			docs[name].block.check(t, name, block.Body, file.ctx, replaces)
		}
	}
	for name := range docs {
		if _, source := strings.CutPrefix(name, "data."); !source && !types[name] {
			t.Errorf("no sample has a %s: the table is not tested with it", name)
		}
	}
	var got []string
	for path := range replaces {
		if _, argument, _ := strings.Cut(path, "."); !slices.Contains(placeArguments(), argument) {
			got = append(got, path)
		}
	}
	slices.Sort(got)
	want := []string{
		"azurerm_nat_gateway.sku_name", "azurerm_nat_gateway.zones", "azurerm_public_ip.ip_version",
		"azurerm_public_ip.sku", "azurerm_public_ip.sku_tier", "azurerm_public_ip.zones",
		"azurerm_public_ip_prefix.ip_version", "azurerm_public_ip_prefix.prefix_length", "azurerm_public_ip_prefix.sku",
		"azurerm_public_ip_prefix.sku_tier", "azurerm_public_ip_prefix.zones", "azurerm_firewall_policy.sku",
		"azurerm_role_assignment.principal_type",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("arguments that replace a resource (-want +got):\n%s", diff)
	}
}

// placeArguments say which resource it is, and what it connects: others of these are other resources.
func placeArguments() []string {
	return []string{
		"name", "resource_group_name", "location", "virtual_network_name", "route_table_name", "scope",
		"remote_virtual_network_id", "firewall_policy_id", "nat_gateway_id", "public_ip_address_id",
		"public_ip_prefix_id", "network_security_group_id", "route_table_id", "subnet_id", "principal_id",
		"role_definition_id",
	}
}
