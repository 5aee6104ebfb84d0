package render_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// bicepTypes is the tables that the Bicep compiler checks templates against: a list of types that refer to each other
// by their place in it.
type bicepTypes struct {
	types     []bicepType
	resources map[string]int
}

type bicepType struct {
	Type                 string                 `json:"$type"`
	Name                 string                 `json:"name"`
	Body                 *bicepRef              `json:"body"`
	Properties           map[string]bicepMember `json:"properties"`
	BaseProperties       map[string]bicepMember `json:"baseProperties"`
	AdditionalProperties *bicepRef              `json:"additionalProperties"`
	ItemType             *bicepRef              `json:"itemType"`
	Elements             json.RawMessage        `json:"elements"`
	Discriminator        string                 `json:"discriminator"`
	Value                string                 `json:"value"`
}

type bicepRef struct {
	Ref string `json:"$ref"`
}

func (r *bicepRef) index() (i int) {
	fmt.Sscanf(r.Ref, "#/%d", &i)
	return i
}

type bicepMember struct {
	Type  *bicepRef `json:"type"`
	Flags int       `json:"flags"`
}

const (
	flagRequired = 1
	flagReadOnly = 2
)

func newBicepTypes(t *testing.T, path string) *bicepTypes {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(azureSpecs(t), "bicep-types", "generated", filepath.FromSlash(path),
		"types.json"))
	if err != nil {
		t.Fatal(err)
	}
	b := &bicepTypes{resources: map[string]int{}}
	if err := json.Unmarshal(data, &b.types); err != nil {
		t.Fatal(err)
	}
	for _, typ := range b.types {
		if typ.Type == "ResourceType" {
			b.resources[strings.ToLower(typ.Name)] = typ.Body.index()
		}
	}
	return b
}

func networkTypes(t *testing.T) *bicepTypes {
	return newBicepTypes(t, "network/microsoft.network/2025-03-01")
}

// resource lists what is unknown, missing, read-only or of the wrong type in a resource of an ARM template.
func (b *bicepTypes) resource(r map[string]any) []string {
	name := fmt.Sprintf("%v@%v", r["type"], r["apiVersion"])
	i, ok := b.resources[strings.ToLower(name)]
	if !ok {
		return []string{"unknown type " + name}
	}
	body := maps.Clone(r)
	for _, key := range []string{"type", "apiVersion", "dependsOn", "comments", "condition", "scope", "copy", "metadata"} {
		delete(body, key)
	}
	var faults []string
	b.check(body, i, fmt.Sprint(r["name"]), &faults)
	return faults
}

func (b *bicepTypes) check(v any, i int, path string, faults *[]string) {
	if s, ok := v.(string); ok && isExpression(s) {
		return
	}
	typ := b.types[i]
	wrong := func() { *faults = append(*faults, fmt.Sprintf("%s: %v is no %s", path, v, typ.Type)) }
	switch typ.Type {
	case "ObjectType":
		if o, ok := v.(map[string]any); ok {
			b.checkObject(o, typ, typ.Properties, path, faults)
		} else {
			wrong()
		}
	case "DiscriminatedObjectType":
		b.checkOneOf(v, typ, path, faults)
	case "ArrayType":
		items, ok := v.([]any)
		if !ok {
			wrong()
		}
		for n, item := range items {
			b.check(item, typ.ItemType.index(), fmt.Sprintf("%s[%d]", path, n), faults)
		}
	case "UnionType":
		b.checkUnion(v, typ, path, faults)
	case "StringType":
		if _, ok := v.(string); !ok {
			wrong()
		}
	case "StringLiteralType":
		if v != typ.Value {
			wrong()
		}
	case "IntegerType":
		if _, ok := v.(json.Number); !ok {
			wrong()
		}
	case "BooleanType":
		if _, ok := v.(bool); !ok {
			wrong()
		}
	}
}

func (b *bicepTypes) checkObject(
	o map[string]any, typ bicepType, members map[string]bicepMember, path string, faults *[]string,
) {
	for _, key := range slices.Sorted(maps.Keys(o)) {
		at := path + "." + key
		m, ok := members[key]
		switch {
		case ok && m.Flags&flagReadOnly != 0:
			*faults = append(*faults, at+" is read-only")
		case ok:
			b.check(o[key], m.Type.index(), at, faults)
		case typ.AdditionalProperties != nil:
			b.check(o[key], typ.AdditionalProperties.index(), at, faults)
		default:
			*faults = append(*faults, at+" is unknown")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if _, has := o[key]; !has && members[key].Flags&flagRequired != 0 {
			*faults = append(*faults, path+"."+key+" is missing")
		}
	}
}

func (b *bicepTypes) checkOneOf(v any, typ bicepType, path string, faults *[]string) {
	o, ok := v.(map[string]any)
	var elements map[string]bicepRef
	if err := json.Unmarshal(typ.Elements, &elements); err != nil || !ok {
		*faults = append(*faults, path+" is no object")
		return
	}
	kind, _ := o[typ.Discriminator].(string)
	element, ok := elements[kind]
	if !ok {
		*faults = append(*faults, path+"."+typ.Discriminator+" is missing or unknown")
		return
	}
	variant := b.types[element.index()]
	members := maps.Clone(typ.BaseProperties)
	maps.Copy(members, variant.Properties)
	b.checkObject(o, variant, members, path, faults)
}

func (b *bicepTypes) checkUnion(v any, typ bicepType, path string, faults *[]string) {
	var elements []bicepRef
	if err := json.Unmarshal(typ.Elements, &elements); err != nil {
		*faults = append(*faults, path+": "+err.Error())
		return
	}
	for _, e := range elements {
		var found []string
		if b.check(v, e.index(), path, &found); len(found) == 0 {
			return
		}
	}
	*faults = append(*faults, fmt.Sprintf("%s: %v is none of the accepted values", path, v))
}

func isExpression(s string) bool {
	return strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") && !strings.HasPrefix(s, "[[")
}

func TestTemplatesMatchTheBicepTypes(t *testing.T) {
	network, containers := networkTypes(t), newBicepTypes(t, "containerservice_1/microsoft.containerservice/2025-10-01")
	for _, c := range codeCases(t) {
		for _, r := range resourcesOf(readTemplate(t, c.arm(t))) {
			types := network
			switch provider, _, _ := strings.Cut(r["type"].(string), "/"); provider {
			case "Microsoft.Network":
			case "Microsoft.ContainerService":
				types = containers
			default:
				continue
			}
			for _, fault := range types.resource(stable(r)) {
				t.Errorf("%s: %s", c.name, fault)
			}
		}
	}
}

func TestBicepTypesCatchFaults(t *testing.T) {
	types := networkTypes(t)
	tests := []struct {
		name, typ string
		spoil     func(r map[string]any)
	}{
		{"unknown member", "Microsoft.Network/virtualNetworks",
			func(r map[string]any) { propertiesOf(r)["addressSpaces"] = map[string]any{} }},
		{"read-only member", "Microsoft.Network/virtualNetworks",
			func(r map[string]any) { propertiesOf(r)["provisioningState"] = "Succeeded" }},
		{
			"missing member",
			"Microsoft.Network/routeTables",
			func(r map[string]any) { delete(routeOf(r), "nextHopType") },
		},
		{
			"wrong type",
			"Microsoft.Network/networkSecurityGroups",
			func(r map[string]any) { ruleOf(r)["priority"] = "abc" },
		},
		{
			"unknown version",
			"Microsoft.Network/virtualNetworks",
			func(r map[string]any) { r["apiVersion"] = "2019-13-01" },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := resourceOf(t, seedTemplate(t), tt.typ)
			if faults := types.resource(r); len(faults) > 0 {
				t.Fatal(faults)
			}
			tt.spoil(r)
			if faults := types.resource(r); len(faults) == 0 {
				t.Error("fault was not caught")
			}
		})
	}
}

func TestBicepTypesPassTheCompilersOutput(t *testing.T) {
	types := networkTypes(t)
	checked := 0
	for file, template := range compilerOutput(t) {
		for _, r := range resourcesOf(template) {
			if !knownVersion(r) {
				continue
			}
			checked++
			r["apiVersion"] = "2025-03-01"
			if faults := types.resource(r); len(faults) > 0 && !faultySample(r) {
				t.Errorf("false alarm: %s: %v", file, faults)
			}
		}
	}
	if checked < 100 {
		t.Errorf("%d resources checked, want at least 100", checked)
	}
}
