package importer

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/spec"
)

// writer builds the spec of an estate.
type writer struct {
	estate *Estate
	// subscription is the subscription of most networks and clusters.
	subscription string
	// networks has one network per name; namesakes are the others with the same name, which a spec cannot distinguish.
	networks, namesakes []*network
	// byName maps lower-case names to networks; tables, groups and gateways map them to the ids of these resources.
	byName                   map[string]*network
	tables, groups, gateways map[string][]id
	nodeGroups               map[string]bool
	notes                    []string
}

// Spec returns the estate as the text of a spec that parses without problems, and notes on what was omitted or is not
// in the JSON. The same JSON gives the same text.
func (e *Estate) Spec() (text []byte, notes []string, err error) {
	w := &writer{estate: e, notes: slices.Clone(e.notes), byName: map[string]*network{}, nodeGroups: map[string]bool{}}
	networks := e.networks()
	w.subscription = e.commonSubscription(networks)
	for _, n := range networks {
		if name := strings.ToLower(n.id.name); w.byName[name] == nil {
			w.networks, w.byName[name] = append(w.networks, n), n
		} else {
			w.namesakes = append(w.namesakes, n)
		}
	}
	w.tables, w.groups, w.gateways = idsByName(e.tables), idsByName(e.groups), idsByName(e.gateways)
	for _, c := range e.clusters {
		if g := c.text("nodeResourceGroup"); g != "" {
			w.nodeGroups[strings.ToLower(g)] = true
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
	m.inner("addressSpace", w.addressSpace())
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
	var clusters []object
	for _, c := range w.estate.clusters {
		if w.isHere(c) {
			clusters = append(clusters, c)
		}
	}
	each("clusters", clusters, w.cluster)
	return m
}

// addressSpace reserves the ranges of networks that cannot be written because another one has the same name.
func (w *writer) addressSpace() mapping {
	var reserved []mapping
	for _, n := range w.namesakes {
		name := fmt.Sprintf("%s in %s", n.id.name, n.id.group)
		w.note(
			"two networks are named %s, and a spec identifies networks by name: the ranges of the one in resource "+
				"group %s are reserved",
			n.id.name,
			n.id.group,
		)
		for _, p := range n.prefixes() {
			r := newMapping()
			r.text("name", name)
			r.text("addressPrefix", p)
			reserved = append(reserved, r)
		}
	}
	m := newMapping()
	m.maps("reserved", reserved)
	return m
}

// isHere reports whether the network of a cluster is in the spec.
func (w *writer) isHere(cluster object) bool {
	network := firstNetwork(cluster)
	if n := w.byName[strings.ToLower(network.name)]; network.text == "" || n != nil && n.id.same(network) {
		return true
	}
	w.note(
		"cluster %s is left out: its network %s of resource group %s has the same name as another; import the two "+
			"separately",
		cluster.text("name"),
		network.name,
		network.group,
	)
	return false
}

// idsByName returns the ids of resources by lower-case name.
func idsByName(list []object) map[string][]id {
	out := map[string][]id{}
	for _, o := range list {
		name := strings.ToLower(o.text("name"))
		out[name] = append(out[name], parseID(o.text("id")))
	}
	return out
}

// commonSubscription returns the subscription of most networks, or that of the first resource if there are no networks.
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
			best = cmp.Or(best, parseID(o.text("id")).subscription)
		}
	}
	return best
}

// named reports whether the network with the id is the one that its name refers to in the spec.
func (w *writer) named(i id) bool {
	n := w.byName[strings.ToLower(i.name)]
	return n != nil && n.id.same(i)
}

// reference returns the name of a resource if it is the only one in the list with that name, else its id.
func (w *writer) reference(text string, list map[string][]id) string {
	i := parseID(text)
	if named := list[strings.ToLower(i.name)]; len(named) == 1 && named[0].same(i) {
		return i.name
	}
	return text
}

// drop parses the spec and removes, with a note, what the parser does not accept, such as an image unknown to this
// version. An empty subscription gives an empty spec, which is valid.
func (w *writer) drop(root *yaml.Node) error {
	for {
		text, err := encode(root)
		if err != nil {
			return err
		}
		problems := spec.Parse(spec.Source{Name: "import", Data: text}).Problems
		if len(problems) == 0 || problems[0].Rule == spec.RuleEmpty {
			return nil
		}
		// Go backwards, so that a removal does not shift the indices of the remaining problems.
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
	err := enc.Close()
	return printable.YAML(b.Bytes()), err
}

// remove removes the value at a path such as "clusters[0].nodePools[1].osSKU" from the tree. It keeps the key
// apiVersion.
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

// removeMissing removes the mapping that lacks a required key.
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

// position returns the index of the value of a step in the content of node, -1 when there is none.
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
