// Package importer converts existing Azure resources to a spec: virtual networks, subnets with the addresses they use,
// peerings, route tables, network security groups, NAT gateways and AKS clusters.
//
// It reads JSON in the format of az (properties flattened), of Azure Resource Manager (properties under "properties"),
// and mixtures of both. It never accesses the network; package apply fetches live JSON and passes it on.
package importer

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/filekind"
	"github.com/aksnet/aksnet/internal/shell"
)

// Estate holds the imported resources by kind, in the order of Add. The zero Estate is empty and ready for use.
type Estate struct {
	vnets, subnets, peerings, tables, groups, gateways, clusters []object
	// notes are the remarks for the reader of the spec: what was omitted, and what could not be determined.
	notes []string
	seen  map[string]bool
}

// Add reads every JSON value of r: a resource, a list of resources, or a response of Azure with a list under "value" or
// "data". Name is the source of the text. Resources of other types than a spec supports are omitted with a note.
// Duplicate resources are ignored.
func (e *Estate) Add(name string, r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	if err := refuseForeign(name, data); err != nil {
		return err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(data))
	for n := 0; ; n++ {
		var v any
		err := dec.Decode(&v)
		if errors.Is(err, io.EOF) && n > 0 {
			return nil
		}
		if err != nil {
			return notJSON(name, data, err)
		}
		if err := e.add(name, v); err != nil {
			return err
		}
	}
}

// refuseForeign returns an error for a file that is known to be something else than JSON from Azure.
func refuseForeign(name string, data []byte) error {
	kind := filekind.Of(name, data)
	remedy := ""
	switch kind {
	case filekind.Azure, filekind.AzurePools, filekind.AzureQuery, filekind.AzureOther:
		return nil
	case filekind.AzureError, filekind.AzureYAML, filekind.Coloured, filekind.AfterWarnings, filekind.UTF16:
		remedy = "; " + strings.ReplaceAll(kind.Advice(), "FILE", shell.File(name))
	default:
		if !kind.Foreign() {
			return nil
		}
	}
	return fmt.Errorf("%s: expected JSON as az prints it, found %s%s", name, kind.Title(), remedy)
}

func (e *Estate) add(name string, v any) error {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if err := e.add(name, x); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		o := object{v}
		for _, key := range []string{"value", "data"} {
			if list, ok := v[key].([]any); ok && o.text("id") == "" {
				return e.add(name, list)
			}
		}
		e.addObject(name, o)
		return nil
	}
	return fmt.Errorf("%s: expected a resource or a list of resources as az prints them, found %s", name, kindOf(v))
}

// notJSON reports where a text stops being JSON.
func notJSON(name string, data []byte, err error) error {
	var syntax *json.SyntaxError
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return fmt.Errorf("%s is empty; expected JSON as az prints it", name)
	case errors.As(err, &syntax) && syntax.Offset > 0 && syntax.Offset <= int64(len(data)):
		before := data[:syntax.Offset-1]
		line, last := bytes.Count(before, []byte("\n"))+1, before[bytes.LastIndexByte(before, '\n')+1:]
		return fmt.Errorf("%s:%d:%d: expected JSON as az prints it: %w", name, line, utf8.RuneCount(last)+1, err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: expected JSON as az prints it, but it ends in the middle", name)
	}
	return fmt.Errorf("%s: expected JSON as az prints it: %w", name, err)
}

// kindOf describes a JSON value that is neither an object nor a list.
func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("the text %q", v)
	case bool:
		return fmt.Sprintf("%t", v)
	}
	return fmt.Sprintf("the number %v", v)
}

// listOf returns the list for a kind of resource; nil for kinds that a spec does not support.
func (e *Estate) listOf(kind string) *[]object {
	switch strings.ToLower(kind) {
	case "microsoft.network/virtualnetworks":
		return &e.vnets
	case "microsoft.network/virtualnetworks/subnets":
		return &e.subnets
	case "microsoft.network/virtualnetworks/virtualnetworkpeerings":
		return &e.peerings
	case "microsoft.network/routetables":
		return &e.tables
	case "microsoft.network/networksecuritygroups":
		return &e.groups
	case "microsoft.network/natgateways":
		return &e.gateways
	case "microsoft.containerservice/managedclusters":
		return &e.clusters
	}
	return nil
}

func (e *Estate) addObject(name string, o object) {
	id := parseID(o.text("id"))
	list := e.listOf(id.kind)
	if list == nil || o.text("name") == "" {
		e.note(
			"%s: %s of %s is left out: expected virtual networks, subnets, peerings, route tables, network security "+
				"groups, NAT gateways or AKS clusters, each with its id",
			name,
			orUnnamed(o.text("name")),
			typeWords(cmp.Or(o.text("type"), id.kind)),
		)
		return
	}
	if e.seen == nil {
		e.seen = map[string]bool{}
	}
	if e.seen[id.key()] {
		return
	}
	e.seen[id.key()] = true
	*list = append(*list, o)
}

// Empty reports whether there are no resources to write.
func (e *Estate) Empty() bool {
	return len(e.vnets)+len(e.subnets)+len(e.peerings)+len(e.tables)+len(e.groups)+len(e.gateways)+len(e.clusters) == 0
}

func (e *Estate) note(format string, a ...any) {
	e.notes = append(e.notes, fmt.Sprintf(format, a...))
}

func orUnnamed(name string) string { return cmp.Or(name, "a resource without a name") }

// typeWords returns a type for a message; a resource without an id may have none.
func typeWords(typ string) string {
	if typ == "" {
		return "no type"
	}
	return fmt.Sprintf("type %q", typ)
}
