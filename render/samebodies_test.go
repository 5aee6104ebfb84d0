package render_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

const (
	testSubscription = "0a0a0a0a-0000-0000-0000-000000000000"
	testGroup        = "rg-test"
	testLocation     = "testland"
)

// filled returns an id of the graph with the values that the tests give to what the plan leaves open.
func filled(id string) string {
	return strings.NewReplacer(resource.UnknownSubscription, testSubscription, resource.UnknownResourceGroup,
		testGroup).Replace(id)
}

// bodiesOf returns the bodies of a graph by id, as the SDK writes them.
func bodiesOf(t *testing.T, g *resource.Graph) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, n := range g.Nodes {
		if n.Existing {
			continue
		}
		data, err := json.Marshal(n.Body)
		if err != nil {
			t.Fatal(err)
		}
		v := readTemplate(t, []byte(filled(string(data))))
		if _, has := v["properties"]; !has && n.Type != resource.TypeIdentity {
			v["properties"] = map[string]any{}
		}
		if n.Regional && (v["location"] == nil || strings.EqualFold(v["location"].(string), g.Location)) {
			v["location"] = testLocation
		}
		if props, ok := v["properties"].(map[string]any); ok && n.Type == resource.TypeRoleAssignment {
			sub := filled(resource.Scope{Subscription: n.Scope.Subscription}.ID())
			sub, _, _ = strings.Cut(sub, "/resourceGroups/")
			props["roleDefinitionId"] = sub + props["roleDefinitionId"].(string)
		}
		out[filled(n.ID)] = v
	}
	return out
}

// terraformBodies evaluates a Terraform file as far as this package writes it.
func terraformBodies(t *testing.T, g *resource.Graph, data []byte) map[string]any {
	t.Helper()
	file, diags := hclsyntax.ParseConfig(data, "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	vars := cty.ObjectVal(map[string]cty.Value{
		"subscription_id": cty.StringVal(testSubscription), "resource_group_name": cty.StringVal(testGroup),
		"location": cty.StringVal(testLocation),
	})
	ctx := &hcl.EvalContext{Variables: map[string]cty.Value{"var": vars}}
	known, existing := map[string]cty.Value{}, map[string]cty.Value{}
	out := map[string]any{}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		switch block.Type {
		case "locals":
			locals := map[string]cty.Value{}
			for name, a := range block.Body.Attributes {
				locals[name] = evaluate(t, a.Expr, ctx)
			}
			ctx.Variables["local"] = cty.ObjectVal(locals)
		case "data", "resource":
			id, body := terraformResource(t, block, ctx)
			if block.Type == "data" {
				existing[block.Labels[1]] = cty.ObjectVal(map[string]cty.Value{"id": cty.StringVal(id)})
				ctx.Variables["data"] = cty.ObjectVal(map[string]cty.Value{"azapi_resource": cty.ObjectVal(existing)})
				continue
			}
			out[id] = body
			known[block.Labels[1]] = cty.ObjectVal(map[string]cty.Value{
				"id": cty.StringVal(id),
				"output": cty.ObjectVal(map[string]cty.Value{"properties": cty.ObjectVal(
					map[string]cty.Value{"principalId": cty.StringVal(id)})}),
			})
			ctx.Variables["azapi_resource"] = cty.ObjectVal(known)
		}
	}
	return out
}

func terraformResource(t *testing.T, block *hclsyntax.Block, ctx *hcl.EvalContext) (string, map[string]any) {
	t.Helper()
	get := func(name string) cty.Value { return evaluate(t, block.Body.Attributes[name].Expr, ctx) }
	typ, _, _ := strings.Cut(get("type").AsString(), "@")
	id := get("parent_id").AsString()
	types := strings.Split(typ, "/")
	switch {
	case typ == resource.TypeRoleAssignment || len(types) == 2:
		id += "/providers/" + typ
	default:
		id += "/" + types[len(types)-1]
	}
	id += "/" + get("name").AsString()
	body := map[string]any{}
	for _, name := range []string{"body", "location", "tags"} {
		if block.Body.Attributes[name] == nil {
			continue
		}
		value := get(name)
		data, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if name == "body" {
			for key, item := range v.(map[string]any) {
				body[key] = item
			}
		} else {
			body[name] = v
		}
	}
	for _, inner := range block.Body.Blocks {
		if inner.Type == "identity" {
			ids := map[string]any{}
			if a := inner.Body.Attributes["identity_ids"]; a != nil {
				for _, v := range evaluate(t, a.Expr, ctx).AsValueSlice() {
					ids[v.AsString()] = map[string]any{}
				}
			}
			identity := map[string]any{"type": evaluate(t, inner.Body.Attributes["type"].Expr, ctx).AsString()}
			if len(ids) > 0 {
				identity["userAssignedIdentities"] = ids
			}
			body["identity"] = identity
		}
	}
	return id, body
}

func evaluate(t *testing.T, e hclsyntax.Expression, ctx *hcl.EvalContext) cty.Value {
	t.Helper()
	v, diags := e.Value(ctx)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return v
}

func TestTerraformSendsTheSameBodies(t *testing.T) {
	for _, c := range codeCases(t) {
		data := c.print(t, render.Terraform)[0].Data
		want := bodiesOf(t, c.graph)
		if diff := cmp.Diff(want, terraformBodies(t, c.graph, data)); diff != "" {
			t.Errorf("%s (-graph +terraform):\n%s", c.name, diff)
		}
		if formatted := hclwrite.Format(data); !bytes.Equal(formatted, data) {
			t.Errorf("%s: not formatted (-want +got):\n%s", c.name, cmp.Diff(string(formatted), string(data)))
		}
	}
}

// fakeAZ notes what a script sends: the id and the body of every resource, each ended by a zero byte.
const fakeAZ = `#!/usr/bin/env bash
case "$1 $2" in
  "account show") printf '%s\n' '` + testSubscription + `' ;;
  "resource show")
    case "$*" in
      *--query*) printf '%s\n' "$4" ;;
      *) exit "${AZ_SHOW:-3}" ;;
    esac ;;
  "resource wait")
    [ "$3 $4 $6" = "--created --ids --api-version" ] || exit 9 ;;
  "rest --method")
    [ "$3 $4 $6" = "put --url --body" ] || exit 9
    printf '%s\0%s\0' "${5%%\?*}" "$7" >> "$AZ_LOG" ;;
  *) printf 'aks\0%s\0' "$*" >> "$AZ_CALLS" ;;
esac
`

// fakeRun is what became of a script with an az that only takes notes.
type fakeRun struct {
	bodies map[string]any
	output string
	err    error
}

// runScript runs a script with an az that only takes notes. The environment is added to what the script needs.
func runScript(t *testing.T, script []byte, env ...string) fakeRun {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash: scripts are NOT run")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "az"), []byte(fakeAZ), 0o755); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "log")
	if err := os.WriteFile(log, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bash, "-s")
	cmd.Stdin = bytes.NewReader(script)
	cmd.Env = append([]string{
		"PATH=" + dir + ":" + os.Getenv("PATH"), "AZ_LOG=" + log, "AZ_CALLS=" + filepath.Join(dir, "calls"),
		"RESOURCE_GROUP=" + testGroup, "LOCATION=" + testLocation,
	}, env...)
	out, failed := cmd.CombinedOutput()
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]any{}
	parts := strings.Split(string(data), "\x00")
	for i := 0; i+1 < len(parts); i += 2 {
		bodies[parts[i]] = readTemplate(t, []byte(parts[i+1]))
	}
	return fakeRun{bodies, string(out), failed}
}

// What the environment gives cannot change what is sent, and a question that Azure does not answer is not taken for a
// no.
func TestScriptStops(t *testing.T) {
	g := resource.Build(plan.Build(spec.Parse(spec.Source{Name: "open.yaml", Data: []byte("apiVersion: aksnet/v1\n" +
		"clusters: [{name: a, nodePools: [{name: system, count: 3}], model: kubenet, outboundType: userDefinedRouting, " +
		"egress: {nextHopIP: 10.1.0.4}}]\n")})))
	files, err := render.AzCLI(g, render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if ok := runScript(t, files[0].Data); ok.err != nil || len(ok.bodies) == 0 {
		t.Fatalf("the script as it is: %v, %d bodies\n%s", ok.err, len(ok.bodies), ok.output)
	}
	for _, c := range []struct{ env, want string }{
		{`LOCATION=west", "x": "`, "LOCATION is"},
		{"RESOURCE_GROUP=rg/../rg-other", "RESOURCE_GROUP is"},
		{"SUBSCRIPTION=a?b", "SUBSCRIPTION is"},
		{"AZ_SHOW=1", "cannot determine whether"},
	} {
		got := runScript(t, files[0].Data, c.env)
		if got.err == nil || !strings.Contains(got.output, c.want) {
			t.Errorf("%s: %v\n%s", c.env, got.err, got.output)
		}
		for id := range got.bodies {
			if strings.Contains(id, "/routeTables/") || !strings.HasPrefix(c.env, "AZ_") {
				t.Errorf("%s: %s is sent", c.env, id)
			}
		}
	}
}

func TestScriptSendsTheSameBodies(t *testing.T) {
	for _, c := range codeCases(t) {
		if strings.HasSuffix(c.name, "+everything") && !hasGolden(c) {
			continue // starting az a thousand times takes its time
		}
		script := runScript(t, c.print(t, render.AzCLI)[0].Data)
		if script.err != nil {
			t.Fatalf("%s: %v\n%s", c.name, script.err, script.output)
		}
		got := script.bodies
		want := bodiesOf(t, c.graph)
		for id := range want {
			if strings.Contains(id, resource.TypeCluster+"/") && !strings.Contains(id, "/subnets/") {
				delete(want, id) // az aks create makes clusters
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-graph +script):\n%s", c.name, diff)
		}
	}
}
