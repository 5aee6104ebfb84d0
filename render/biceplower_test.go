package render_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/render"
)

// lowering turns Bicep files into the ARM template that a compiler would make of them.
type lowering struct {
	files map[string]*bicepFile
	file  *bicepFile
	decls map[string]*bicepDecl
	deps  map[string]bool
}

func lowerBicep(files []render.File) (template map[string]any, err error) {
	l := &lowering{files: map[string]*bicepFile{}}
	for _, f := range files {
		parsed, err := parseBicep(string(f.Data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		l.files[f.Name] = parsed
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("lowering: %v", r)
		}
	}()
	template = l.template("main.bicep")
	return template, nil
}

func (l *lowering) template(name string) map[string]any {
	file := l.files[name]
	if file == nil {
		panic("no file " + name)
	}
	in := &lowering{files: l.files, file: file, decls: map[string]*bicepDecl{}}
	for i := range file.decls {
		d := &file.decls[i]
		if in.decls[d.symbol] != nil {
			panic("symbol declared twice: " + d.symbol)
		}
		in.decls[d.symbol] = d
	}
	out := map[string]any{
		"$schema":        "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		"contentVersion": "1.0.0.0",
	}
	if params := in.params(); len(params) > 0 {
		out["parameters"] = params
	}
	resources := []any{}
	for i := range file.decls {
		if d := &file.decls[i]; !d.existing {
			resources = append(resources, in.declaration(d))
		}
	}
	out["resources"] = resources
	outputs := map[string]any{}
	for _, o := range file.outputs {
		outputs[o.name] = map[string]any{
			"type": o.typ, "value": in.value(o.value), "metadata": map[string]any{"description": o.description},
		}
	}
	if len(outputs) > 0 {
		out["outputs"] = outputs
	}
	return out
}

func (l *lowering) params() map[string]any {
	params := map[string]any{}
	for _, p := range l.file.params {
		def := map[string]any{"type": p.typ, "metadata": map[string]any{"description": p.description}}
		if p.value != nil {
			def["defaultValue"] = l.value(p.value)
		}
		params[p.name] = def
	}
	return params
}

func (l *lowering) declaration(d *bicepDecl) map[string]any {
	l.deps = map[string]bool{}
	out := map[string]any{}
	if d.keyword == "module" {
		out = l.module(d)
	} else {
		typ, version, _ := strings.Cut(d.what, "@")
		out["type"], out["apiVersion"], out["name"] = typ, version, l.value(l.resourceName(d))
		for _, f := range d.body {
			switch f.key {
			case "parent", "dependsOn", "name":
			case "scope":
				out["scope"] = l.value(append(f.value.(bicepName), "id"))
			default:
				out[f.key.(string)] = l.value(f.value)
			}
		}
		if len(d.comments) > 0 {
			out["comments"] = strings.Join(d.comments, " ")
		}
		if parent, ok := d.body.get("parent").(bicepName); ok {
			l.depend(l.decl(parent[0]))
		}
	}
	if d.condition != nil {
		out["condition"] = l.value(d.condition)
	}
	if explicit, ok := d.body.get("dependsOn").([]any); ok {
		for _, symbol := range explicit {
			l.depend(l.decl(symbol.(bicepName)[0]))
		}
	}
	if len(l.deps) > 0 {
		deps := []any{}
		for dep := range l.deps {
			deps = append(deps, dep)
		}
		out["dependsOn"] = deps
	}
	return out
}

func (l *lowering) decl(symbol string) *bicepDecl {
	d := l.decls[symbol]
	if d == nil {
		panic("undeclared symbol " + symbol)
	}
	return d
}

func (l *lowering) depend(d *bicepDecl) {
	if !d.existing {
		l.deps["["+l.id(d)+"]"] = true
	}
}

// resourceName returns the name with those of the parents.
func (l *lowering) resourceName(d *bicepDecl) string {
	name, ok := d.body.get("name").(string)
	if !ok {
		panic("name of " + d.symbol + " is no string")
	}
	if parent, ok := d.body.get("parent").(bicepName); ok {
		return l.resourceName(l.decl(parent[0])) + "/" + name
	}
	return name
}

func (l *lowering) module(d *bicepDecl) map[string]any {
	out := map[string]any{
		"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": d.body.get("name"),
	}
	scope := d.body.get("scope").(bicepCall)
	group := scope.args[len(scope.args)-1]
	out["resourceGroup"] = l.value(group)
	if len(scope.args) == 2 {
		out["subscriptionId"] = l.value(scope.args[0])
	}
	props := map[string]any{
		"expressionEvaluationOptions": map[string]any{"scope": "inner"}, "mode": "Incremental",
		"template": l.template(d.what),
	}
	params := map[string]any{}
	if given, ok := d.body.get("params").(bicepObject); ok {
		for _, f := range given {
			params[f.key.(string)] = map[string]any{"value": l.value(f.value)}
		}
	}
	if len(params) > 0 {
		props["parameters"] = params
	}
	out["properties"] = props
	return out
}

// value lowers a value; expressions become text in brackets.
func (l *lowering) value(v any) any {
	switch v := v.(type) {
	case bicepObject:
		out := map[string]any{}
		for _, f := range v {
			out[l.value(f.key).(string)] = l.value(f.value)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, l.value(item))
		}
		return out
	case string:
		if strings.HasPrefix(v, "[") && strings.HasSuffix(v, "]") {
			return "[" + v
		}
		return v
	case bicepText:
		if len(v) == 3 && v[0] == "" && v[2] == "" {
			return "[" + l.expression(v[1]) + "]"
		}
		panic("text with several parts")
	case bicepName, bicepCall:
		return "[" + l.expression(v) + "]"
	}
	return v
}

func (l *lowering) expression(v any) string {
	switch v := v.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case bicepCall:
		var args []string
		for _, arg := range v.args {
			args = append(args, l.expression(arg))
		}
		return strings.Join(append([]string{v.name + "(" + strings.Join(args, ", ") + ")"}, v.tail...), ".")
	case bicepName:
		return l.name(v)
	}
	return fmt.Sprint(v)
}

func (l *lowering) name(v bicepName) string {
	for _, p := range l.file.params {
		if p.name == v[0] && len(v) == 1 {
			return "parameters('" + p.name + "')"
		}
	}
	d := l.decl(v[0])
	if l.deps != nil {
		l.depend(d)
	}
	if len(v) == 2 && v[1] == "id" {
		return l.id(d)
	}
	_, version, _ := strings.Cut(d.what, "@")
	if len(v) > 2 && v[1] == "properties" {
		return "reference(" + l.id(d) + ", '" + version + "')." + strings.Join(v[2:], ".")
	}
	panic(fmt.Sprintf("unknown property %v", v))
}

// id returns the expression for the id of a declared resource or module.
func (l *lowering) id(d *bicepDecl) string {
	typ, _, _ := strings.Cut(d.what, "@")
	if on, ok := d.body.get("scope").(bicepName); ok {
		return "extensionResourceId(" + l.id(l.decl(on[0])) + ", " + l.expression(typ) + ", " +
			l.expression(d.body.get("name")) + ")"
	}
	var args []string
	top := d
	for {
		parent, ok := top.body.get("parent").(bicepName)
		if !ok {
			break
		}
		top = l.decl(parent[0])
	}
	if scope, ok := top.body.get("scope").(bicepCall); ok {
		for _, arg := range scope.args {
			args = append(args, l.expression(arg))
		}
	}
	if d.keyword == "module" {
		typ = "Microsoft.Resources/deployments"
		args = append(args, l.expression(typ), l.expression(d.body.get("name")))
		return "resourceId(" + strings.Join(args, ", ") + ")"
	}
	args = append(args, l.expression(typ))
	for _, part := range l.parts(d) {
		args = append(args, l.expression(part))
	}
	return "resourceId(" + strings.Join(args, ", ") + ")"
}

func (l *lowering) parts(d *bicepDecl) []any {
	name := d.body.get("name")
	if parent, ok := d.body.get("parent").(bicepName); ok {
		return append(l.parts(l.decl(parent[0])), name)
	}
	return []any{name}
}

// sorted puts the lists of dependencies, whose order means nothing, into one order, and drops what Bicep cannot say.
func sorted(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			if deps, ok := item.([]any); ok && key == "dependsOn" {
				slices.SortFunc(deps, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
				continue
			}
			v[key] = sorted(item)
		}
	case []any:
		for i := range v {
			v[i] = sorted(v[i])
		}
	}
	return v
}

func TestBicepMeansTheARMTemplate(t *testing.T) {
	for _, c := range codeCases(t) {
		got, err := lowerBicep(c.bicep(t))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := readTemplate(t, c.arm(t))
		delete(want, "metadata")
		if diff := cmp.Diff(sorted(want), sorted(got),
			cmp.Comparer(func(a, b json.Number) bool { return a == b })); diff != "" {
			t.Errorf("%s: Bicep differs from ARM (-arm +bicep):\n%s", c.name, diff)
		}
	}
}

func TestLoweringCatchesFaults(t *testing.T) {
	files := codeCaseOf(t, "../testdata/specs/pod-subnet-nat.yaml").bicep(t)
	tests := []struct{ name, old, new string }{
		{"undeclared symbol", "id: ngApps.id", "id: ngOther.id"},
		{"undeclared parent", "parent: vnetA\n", "parent: vnetB\n"},
		{"open quote", "name: 'vnet-a'", "name: 'vnet-a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spoiled := slices.Clone(files)
			spoiled[0].Data = []byte(strings.Replace(string(files[0].Data), tt.old, tt.new, 1))
			if string(spoiled[0].Data) == string(files[0].Data) {
				t.Fatalf("%q is not in the file", tt.old)
			}
			if _, err := lowerBicep(spoiled); err == nil {
				t.Error("fault was not caught")
			}
		})
	}
}
