package armtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// AddGroup makes a resource group.
func (s *Server) AddGroup(name, location string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups[strings.ToLower(name)] = location
}

// Put makes or replaces a resource without any check, as somebody else would have: id is a full id, body its JSON with
// location and properties.
func (s *Server) Put(id, body string) {
	var m map[string]any
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		panic(fmt.Sprintf("armtest: body of %s: %v", id, err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store(id, m)
	e.set("Succeeded")
}

// Remove takes a resource away.
func (s *Server) Remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.resources[key(id)]; e != nil {
		s.drop(e)
	}
}

// IDs lists the ids of all resources, sorted.
func (s *Server) IDs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, k := range s.keys {
		out = append(out, s.resources[k].id)
	}
	return out
}

// Snapshot is all resources as JSON by id, without ETags. Two equal snapshots are the same network.
func (s *Server) Snapshot() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]string{}
	for _, e := range s.resources {
		data, err := json.Marshal(e.body)
		if err != nil {
			panic(err)
		}
		out[strings.ToLower(e.id)] = string(data)
	}
	return out
}

// Requests is how many requests there were so far.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tick
}

// Exchanges is every request that was answered, in order.
func (s *Server) Exchanges() []Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.exchanges)
}

// Effects is every PUT and DELETE that had an effect, answered or not, as "PUT id" with the id in lower case.
func (s *Server) Effects() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.effects)
}

// Conflicts is every PUT and DELETE that was refused because Azure was changing the resource, its network or what it
// refers to, as "PUT id" with the id in lower case.
func (s *Server) Conflicts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.conflicts)
}

// Peak is the largest number of operations that were in progress at the same time.
func (s *Server) Peak() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peak
}

func key(id string) string { return strings.ToLower(strings.Trim(id, "/")) }

// store puts a resource where its id says. Subnets and peerings inside a network, rules inside a group, and routes
// inside a table become resources of their own.
func (s *Server) store(id string, body map[string]any) *entry {
	e := s.resources[key(id)]
	if e == nil {
		typ, names := split(id)
		e = &entry{id: id, typ: typ, name: names[len(names)-1]}
		s.insert(e)
	}
	props := object(body["properties"])
	for _, list := range childLists(e.typ) {
		for _, c := range objects(props[list]) {
			child := s.store(id+"/"+list+"/"+text(c["name"]), map[string]any{"properties": object(c["properties"])})
			child.set("Succeeded")
		}
		delete(props, list)
	}
	for _, k := range []string{"id", "name", "type", "etag"} {
		delete(body, k)
	}
	body["properties"] = props
	e.body = body
	s.touch(e)
	return e
}

// touch gives a resource, and the network it lies in, a new ETag.
func (s *Server) touch(e *entry) {
	s.serial++
	e.etag = s.serial
	if top := s.resources[topID(e.id)]; top != nil {
		top.etag = s.serial
	}
}

func (s *Server) insert(e *entry) {
	k := key(e.id)
	if at, found := slices.BinarySearch(s.keys, k); !found {
		s.keys = slices.Insert(s.keys, at, k)
	}
	s.resources[k] = e
}

// drop removes a resource and all below it.
func (s *Server) drop(e *entry) {
	for _, k := range append(s.below(key(e.id)+"/"), key(e.id)) {
		if at, found := slices.BinarySearch(s.keys, k); found {
			s.keys = slices.Delete(s.keys, at, at+1)
		}
		delete(s.resources, k)
	}
}

// below lists the keys with a prefix, sorted.
func (s *Server) below(prefix string) []string {
	from, _ := slices.BinarySearch(s.keys, prefix)
	to := from
	for to < len(s.keys) && strings.HasPrefix(s.keys[to], prefix) {
		to++
	}
	return slices.Clone(s.keys[from:to])
}

func (e *entry) set(state string) { object(e.body["properties"])["provisioningState"] = state }

func (e *entry) tag() string { return fmt.Sprintf("W/\"%08d-0000-0000-0000-000000000000\"", e.etag) }

// children lists the resources one level below.
func (s *Server) children(e *entry, list string) (out []*entry) {
	prefix := key(e.id) + "/" + strings.ToLower(list) + "/"
	for _, k := range s.below(prefix) {
		if !strings.Contains(k[len(prefix):], "/") {
			out = append(out, s.resources[k])
		}
	}
	return out
}

// show is a resource as Azure answers it: with id, name, type, ETag, its children, and who uses it.
func (s *Server) show(e *entry) map[string]any {
	out := copyOf(e.body)
	out["id"], out["name"], out["type"] = e.id, e.name, e.typ
	if !strings.HasPrefix(strings.ToLower(e.typ), "microsoft.network/") {
		return out
	}
	out["etag"] = e.tag()
	props := object(out["properties"])
	for _, list := range childLists(e.typ) {
		all := []any{}
		for _, c := range s.children(e, list) {
			all = append(all, s.show(c))
		}
		props[list] = all
	}
	switch e.typ {
	case typeNSG, typeTable, typeGateway:
		if users := s.users(e.id); len(users) > 0 {
			props["subnets"] = users
		}
	case typeIP:
		for _, o := range s.resources {
			if o.typ == typeGateway && refers(o.body, e.id) {
				props["natGateway"] = map[string]any{"id": o.id}
			}
		}
	}
	return out
}

// users lists the subnets that refer to a resource.
func (s *Server) users(id string) (out []any) {
	for _, k := range s.keys {
		if o := s.resources[k]; o.typ == typeSubnet && refers(o.body, id) {
			out = append(out, map[string]any{"id": o.id})
		}
	}
	return out
}

// refers reports whether an id stands anywhere in a body.
func refers(v any, id string) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if s, ok := x.(string); ok && k == "id" && strings.EqualFold(s, id) || refers(x, id) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(x any) bool { return refers(x, id) })
	}
	return false
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	if m == nil {
		return map[string]any{}
	}
	return m
}

func objects(v any) (out []map[string]any) {
	list, _ := v.([]any)
	for _, x := range list {
		if m, ok := x.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func copyOf(m map[string]any) map[string]any {
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}

// split takes the type and the names out of an id.
func split(id string) (typ string, names []string) {
	parts := strings.Split(id[strings.LastIndex(id, "/providers/")+len("/providers/"):], "/")
	typ = parts[0]
	for i := 1; i+1 < len(parts); i += 2 {
		typ += "/" + parts[i]
		names = append(names, parts[i+1])
	}
	if known := canonical(typ); known != "" {
		typ = known
	}
	return typ, names
}

// topID is the key of the resource that an id is, or lies in.
func topID(id string) string {
	k := key(id)
	at := strings.LastIndex(k, "/providers/")
	if at < 0 {
		return k
	}
	parts := strings.Split(k[at+len("/providers/"):], "/")
	return k[:at] + "/providers/" + strings.Join(parts[:min(3, len(parts))], "/")
}

// SetState sets the provisioning state of a resource.
func (s *Server) SetState(id, state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resources[key(id)].set(state)
}

// SetProperty sets one member of a resource's properties to a JSON value, as somebody else would have.
func (s *Server) SetProperty(id, name, value string) {
	var v any
	if err := json.Unmarshal([]byte(value), &v); err != nil {
		panic(fmt.Sprintf("armtest: %s of %s: %v", name, id, err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.resources[key(id)]
	object(e.body["properties"])[name] = v
	if slices.Contains(childLists(e.typ), name) {
		s.dropMissing(e, name, objects(v))
		s.store(e.id, e.body)
	}
	s.touch(e)
}

// Set replaces Fault and After while the stand-in runs.
func (s *Server) Set(fault func(int, *http.Request) Fault, after func(int, *http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Fault, s.After = fault, after
}

// Clone starts another stand-in on plain HTTP with the same resources, no operations and no requests so far.
func (s *Server) Clone() *Server {
	c := New()
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Steps, c.PageSize, c.Latency = s.Steps, s.PageSize, s.Latency
	maps.Copy(c.groups, s.groups)
	for _, e := range s.resources {
		twin := *e
		twin.body, twin.op = copyOf(e.body), nil
		c.insert(&twin)
	}
	c.serial = s.serial
	return c
}
