package spec

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Parse reads the files of a spec and joins them, in the order of their names, so that the order in which they were
// given does not matter. Problems of all files are in the result; it is never nil.
func Parse(sources ...Source) *Spec {
	s, roots := read(sources)
	if s.tree.root != nil {
		s.decode(roots)
	}
	return s
}

// read joins the text of the files into the tree.
func read(sources []Source) (*Spec, []root) {
	s := &Spec{}
	s.tree.sources = slices.Clone(sources)
	slices.SortStableFunc(s.tree.sources, func(a, b Source) int { return cmp.Compare(a.Name, b.Name) })

	var roots []root
	for _, src := range s.tree.sources {
		docs, problems := parseDocuments(src)
		s.Problems = append(s.Problems, problems...)
		for i, doc := range docs {
			roots = append(roots, root{src.Name, doc})
			s.Problems = append(s.Problems, checkVersion(src.Name, doc, i == 0)...)
			s.Problems = append(s.Problems, s.tree.add(src.Name, doc)...)
		}
	}
	s.settleFolders()
	return s, roots
}

// decode fills the spec from the tree.
func (s *Spec) decode(roots []root) {
	d := &decoder{files: s.tree.file}
	d.value(s.tree.root, reflect.ValueOf(s).Elem(), &field{}, "")
	s.Problems = append(s.Problems, d.problems...)
	s.checkEmpty(roots)
	s.inherit(roots)
	s.setDefaults()
	s.checkNames()
	s.sortProblems()
}

// checkEmpty reports a spec with nothing to plan in it, unless something else explains that.
func (s *Spec) checkEmpty(roots []root) {
	things := len(s.Clusters) + len(s.VNets) + len(s.RouteTables) + len(s.NetworkSecurityGroups) + len(s.NATGateways)
	if things == 0 && len(roots) > 0 && !slices.ContainsFunc(s.Problems, func(p Problem) bool { return !p.Harmless() }) {
		d := &decoder{file: roots[0].file}
		d.problem(RuleEmpty, roots[0].node, "", "", "the spec has neither clusters nor vnets; the smallest has one "+
			"cluster, see aksnet init")
		s.Problems = append(s.Problems, d.problems...)
	}
}

// root is one document and the file it stands in.
type root struct {
	file string
	node *node
}

func checkVersion(file string, doc *node, first bool) []Problem {
	d := &decoder{file: file}
	switch _, v := child(doc, "apiVersion"); {
	case v == nil:
		message := "apiVersion is missing; use apiVersion: %s"
		if !first {
			message = "apiVersion is missing: each document of a file starts with apiVersion: %s"
		}
		d.problem(RuleVersion, doc, "apiVersion", "", message, APIVersion)
	case target(v).value != APIVersion:
		d.problem(RuleVersion, target(v), "apiVersion", APIVersion, "apiVersion is %s, this version of aksnet reads %s",
			quote(target(v).value), APIVersion)
	}
	return d.problems
}

// sortProblems puts problems into the order of the text and drops repetitions.
func (s *Spec) sortProblems() {
	order := make(map[string]int, len(s.tree.sources))
	for i, f := range s.tree.sources {
		order[f.Name] = i
	}
	slices.SortStableFunc(s.Problems, func(a, b Problem) int {
		return cmp.Or(order[a.Position.File]-order[b.Position.File], a.Position.Compare(b.Position),
			cmp.Compare(a.Rule, b.Rule))
	})
	s.Problems = slices.CompactFunc(s.Problems, func(a, b Problem) bool {
		return a.Rule == b.Rule && a.Position == b.Position && a.Message == b.Message
	})
}

// Scope is the subscription, resource group and region of a resource. An empty part is inherited.
type Scope struct {
	Subscription, ResourceGroup, Location string
}

// DefaultScope sets the scope of everything that names none itself, nor in its file.
func (s *Spec) DefaultScope(p Scope) {
	rest := func(value string) func(*string, string) {
		return func(own *string, _ string) { *own = cmp.Or(*own, value) }
	}
	s.eachScope(rest(p.Location), rest(p.ResourceGroup), rest(p.Subscription))
	s.Location, s.ResourceGroup, s.Subscription = cmp.Or(
		s.Location,
		p.Location,
	), cmp.Or(
		s.ResourceGroup,
		p.ResourceGroup,
	), cmp.Or(
		s.Subscription,
		p.Subscription,
	)
}

// inherit gives location, resource group and subscription to what names none: from its own file, or from the only file
// that names one.
func (s *Spec) inherit(roots []root) {
	s.eachScope(
		s.newDefault(roots, "location").fill,
		s.newDefault(roots, "resourceGroup").fill,
		s.newDefault(roots, "subscription").fill,
	)
}

// eachScope calls a function for every location, resource group and subscription that a thing of the spec can name,
// with the thing's path.
func (s *Spec) eachScope(location, group, subscription func(value *string, path string)) {
	for i := range s.VNets {
		v, path := &s.VNets[i], fmt.Sprintf("vnets[%d]", i)
		location(&v.Location, path)
		group(&v.ResourceGroup, path)
		subscription(&v.Subscription, path)
	}
	for i := range s.Clusters {
		c, path := &s.Clusters[i], fmt.Sprintf("clusters[%d]", i)
		location(&c.Location, path)
		group(&c.ResourceGroup, path)
	}
	for i := range s.RouteTables {
		group(&s.RouteTables[i].ResourceGroup, fmt.Sprintf("routeTables[%d]", i))
	}
	for i := range s.NetworkSecurityGroups {
		group(&s.NetworkSecurityGroups[i].ResourceGroup, fmt.Sprintf("networkSecurityGroups[%d]", i))
	}
	for i := range s.NATGateways {
		group(&s.NATGateways[i].ResourceGroup, fmt.Sprintf("natGateways[%d]", i))
	}
}

// fileDefault is one setting of the top level, by file.
type fileDefault struct {
	spec   *Spec
	key    string
	byFile map[string]string
	values []string
}

func (s *Spec) newDefault(roots []root, key string) *fileDefault {
	fd := &fileDefault{spec: s, key: key, byFile: map[string]string{}}
	if slices.Contains(s.tree.edited, key) {
		roots = []root{{"", s.tree.root}}
	}
	for _, r := range roots {
		_, v := child(r.node, key)
		if v == nil || target(v).kind != scalarNode || target(v).tag != tagStr {
			continue
		}
		if _, ok := fd.byFile[r.file]; !ok {
			fd.byFile[r.file] = target(v).value
		}
		if !slices.Contains(fd.values, target(v).value) {
			fd.values = append(fd.values, target(v).value)
		}
	}
	return fd
}

func (fd *fileDefault) fill(value *string, path string) {
	if *value != "" || len(fd.values) == 0 {
		return
	}
	_, _, file, _ := fd.spec.tree.find(path)
	own, ok := fd.byFile[file]
	switch {
	case ok:
		*value = own
	case len(fd.values) == 1:
		*value = fd.values[0]
	default:
		fd.spec.Problems = append(fd.spec.Problems, Problem{
			Rule: RuleDefaults, Path: path, Position: fd.spec.Position(path),
			Message: fmt.Sprintf(
				"%s is not set here, and the files disagree about it (%s); set it in this file",
				fd.key,
				strings.Join(fd.values, ", "),
			),
		})
	}
}
