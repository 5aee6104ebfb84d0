package estate

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/spec"
)

// writer makes the spec of an estate.
type writer struct {
	estate *Estate
	// subscription is the one that most networks and clusters lie in.
	subscription string
	networks     []*network
	nodeGroups   []string
	notes        []string
}

// Spec returns the estate as the text of a spec that can be read without a problem, and notes: what the reader must know, because it was
// left out or is not in the JSON. The same JSON gives the same text.
func (e *Estate) Spec() (text []byte, notes []string, err error) {
	w := &writer{estate: e, networks: e.networks(), notes: slices.Clone(e.notes)}
	w.subscription = e.commonSubscription(w.networks)
	for _, c := range e.clusters {
		if g := c.text("nodeResourceGroup"); g != "" {
			w.nodeGroups = append(w.nodeGroups, g)
		}
	}
	root := w.root()
	if err := w.drop(root.node); err != nil {
		return nil, nil, err
	}
	text, err = encode(root.node)
	return text, w.notes, err
}

func (w *writer) note(format string, a ...any) {
	w.notes = append(w.notes, fmt.Sprintf(format, a...))
}

func (w *writer) root() mapping {
	m := newMapping()
	m.text("apiVersion", spec.APIVersion)
	m.text("subscription", w.subscription)
	var vnets []mapping
	for _, n := range w.networks {
		vnets = append(vnets, w.vnet(n))
	}
	m.maps("vnets", vnets)
	each := func(key string, list []object, one func(object) mapping) {
		var out []mapping
		for _, o := range list {
			out = append(out, one(o))
		}
		m.maps(key, out)
	}
	each("routeTables", w.estate.tables, w.table)
	each("networkSecurityGroups", w.estate.groups, w.group)
	each("natGateways", w.estate.gateways, w.gateway)
	each("clusters", w.estate.clusters, w.cluster)
	return m
}

// commonSubscription is the subscription of most networks, or without a network of the first resource.
func (e *Estate) commonSubscription(networks []*network) string {
	count := map[string]int{}
	best := ""
	for _, n := range networks {
		if s := n.id.subscription; s != "" {
			if count[s]++; count[s] > count[best] || best == "" {
				best = s
			}
		}
	}
	for _, list := range [][]object{e.clusters, e.tables, e.groups, e.gateways} {
		for _, o := range list {
			best = orElse(best, parseID(o.text("id")).subscription)
		}
	}
	return best
}

// named reports whether a network of the estate, and no other, has the name of i.
func (w *writer) named(i id) bool {
	found := 0
	for _, n := range w.networks {
		if strings.EqualFold(n.id.name, i.name) {
			found++
			if !n.id.same(i) {
				return false
			}
		}
	}
	return found == 1
}

// reference names a resource that is in the list, and no other of that name; else it is the resource's id.
func (w *writer) reference(text string, list []object) string {
	i := parseID(text)
	same, named := false, 0
	for _, o := range list {
		if strings.EqualFold(o.text("name"), i.name) {
			named++
			same = same || parseID(o.text("id")).same(i)
		}
	}
	if same && named == 1 {
		return i.name
	}
	return text
}

// drop reads the spec back and takes out what it does not accept, such as an image that this version has not heard of. Each is noted.
func (w *writer) drop(root *yaml.Node) error {
	for {
		text, err := encode(root)
		if err != nil {
			return err
		}
		problems := spec.Parse(spec.Source{Name: "import", Data: text}).Problems
		if len(problems) == 0 {
			return nil
		}
		// The last first, so that what is taken out does not move what is still to be found.
		gone := 0
		for _, p := range slices.Backward(problems) {
			if remove(root, p.Path) {
				w.note("%s is left out: %s", p.Path, p.Message)
				gone++
			}
		}
		if gone == 0 {
			return fmt.Errorf("writing the spec: %s: %s", problems[0].Path, problems[0].Message)
		}
	}
}

func encode(root *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return nil, fmt.Errorf("writing the spec: %w", err)
	}
	return b.Bytes(), enc.Close()
}

// remove takes the value at a path such as "clusters[0].nodePools[1].osSKU" out of the tree. The key apiVersion stays.
func remove(root *yaml.Node, path string) bool {
	if path == "" || path == "apiVersion" {
		return false
	}
	node := root
	steps := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
	for i, step := range steps {
		at := position(node, step)
		if at < 0 {
			return i > 0 && removeMissing(root, steps[:i])
		}
		if i == len(steps)-1 {
			first := at
			if node.Kind == yaml.MappingNode {
				first--
			}
			node.Content = slices.Delete(node.Content, first, at+1)
			return true
		}
		node = node.Content[at]
	}
	return false
}

// removeMissing takes out the mapping that lacks a required key.
func removeMissing(root *yaml.Node, steps []string) bool {
	path := steps[0]
	for _, s := range steps[1:] {
		if _, err := strconv.Atoi(s); err == nil {
			path += "[" + s + "]"
		} else {
			path += "." + s
		}
	}
	return remove(root, path)
}

// position is where the value of a step stands in the content of node; -1 when it is not there.
func position(node *yaml.Node, step string) int {
	if node.Kind == yaml.SequenceNode {
		if i, err := strconv.Atoi(step); err == nil && i < len(node.Content) {
			return i
		}
		return -1
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == step {
			return i + 1
		}
	}
	return -1
}
