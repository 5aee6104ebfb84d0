package resource

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Options selects what the graph contains beyond the plan. The zero value adds nothing.
type Options struct {
	// Lockdown makes the network security groups that the plan creates deny traffic by default, except what AKS needs,
	// and adds a firewall policy with the endpoints that clusters behind userDefinedRouting must reach.
	Lockdown bool
	// Cloud selects the endpoints in the firewall policy; empty means the one of each cluster's region.
	Cloud aks.Cloud
	// RoleAssignments adds, for every cluster in the user's own network, an identity and the roles it needs there.
	RoleAssignments bool
	// Clusters adds the clusters themselves, limited to the settings that follow from their network.
	Clusters bool
}

// Build returns the graph of a plan. It cannot fail: the graph omits what the plan could not place.
func Build(p *plan.Plan) *Graph { return BuildWith(p, Options{}) }

// BuildWith returns Build with options.
func BuildWith(p *plan.Plan, o Options) *Graph {
	b := newBuilder(p, o)
	for _, v := range p.VNets {
		b.addVNet(v)
	}
	b.subnets = b.graph.lastSubnets()
	b.addPeerings()
	for _, c := range p.Clusters {
		b.addRoles(c)
		b.addCluster(c)
	}
	b.addFirewallPolicy()
	b.connect()
	b.graph.sort()
	return b.graph
}

// builder holds the lookup tables needed to build a graph.
type builder struct {
	plan    *plan.Plan
	spec    *spec.Spec
	opts    Options
	graph   *Graph
	symbols symbols
	// subnets is the last subnet of each network to be sent.
	subnets map[*Node]*Node
	// users maps the lower-case id of a network security group, route table or NAT gateway to the subnets that use it.
	users    map[string][]*plan.Subnet
	security *plan.Security
	// identities and roles are those that Options.RoleAssignments added for each cluster.
	identities map[*plan.Cluster]*Node
	roles      map[*plan.Cluster][]*Node
	// last is the most recently added child of each network.
	last map[*Node]*Node
}

func newBuilder(p *plan.Plan, o Options) *builder {
	b := &builder{
		plan: p, spec: p.Spec, opts: o, symbols: symbols{},
		graph:    &Graph{byID: map[string]*Node{}},
		users:    map[string][]*plan.Subnet{},
		security: plan.NewSecurity(p),
		last:     map[*Node]*Node{},

		identities: map[*plan.Cluster]*Node{},
		roles:      map[*plan.Cluster][]*Node{},
	}
	b.graph.Location = p.Spec.Location
	if v := mainVNet(p); v != nil {
		b.graph.Target = b.scopeOf(v)
		b.graph.Location = cmp.Or(b.graph.Location, v.Location)
	} else if len(p.Clusters) > 0 {
		b.graph.Target = b.clusterScope(p.Clusters[0])
		b.graph.Location = cmp.Or(b.graph.Location, p.Clusters[0].Location)
	}
	b.indexUsers()
	return b
}

// mainVNet returns the network whose group the deployment targets: the first that does not exist yet, else the first.
func mainVNet(p *plan.Plan) *plan.VNet {
	for _, v := range p.VNets {
		if !v.Existing {
			return v
		}
	}
	if len(p.VNets) > 0 {
		return p.VNets[0]
	}
	return nil
}

// indexUsers records which subnets share a resource, so that a shared group or table suits all of them.
func (b *builder) indexUsers() {
	for _, v := range b.plan.VNets {
		for _, s := range v.Subnets {
			for _, id := range []string{
				b.nsgRef(s).id, b.routeTableRef(s).id, b.natGatewayRef(s).id,
			} {
				if id != "" {
					key := strings.ToLower(id)
					b.users[key] = append(b.users[key], s)
				}
			}
		}
	}
}

func (b *builder) usersOf(id string) []*plan.Subnet { return b.users[strings.ToLower(id)] }

func (b *builder) scopeOf(v *plan.VNet) Scope {
	return Scope{
		Subscription:  cmp.Or(v.Subscription, b.subscription()),
		ResourceGroup: cmp.Or(v.ResourceGroup, b.group()),
	}
}

// subscription and group return the defaults for resources that name none: those of the deployment.
func (b *builder) subscription() string {
	return cmp.Or(b.spec.Subscription, b.graph.Target.Subscription)
}

func (b *builder) group() string { return b.graph.Target.ResourceGroup }

// scopeNamed returns the scope of a spec resource, which may name its own resource group.
func (b *builder) scopeNamed(group string) Scope {
	return Scope{Subscription: b.subscription(), ResourceGroup: cmp.Or(group, b.group())}
}

// location returns the region of a resource in a network, or nil when the plan names none.
func (b *builder) location(v *plan.VNet) *string {
	return location(cmp.Or(v.Location, b.spec.Location))
}

// location returns a region for a body, or nil when it is empty.
func location(l string) *string {
	if l == "" {
		return nil
	}
	return &l
}

// tags returns the tags of the spec merged with those of a network.
func (b *builder) tags(v *plan.VNet) map[string]string {
	tags := maps.Clone(b.spec.Tags)
	if v == nil || v.Spec == nil || len(v.Spec.Tags) == 0 {
		return tags
	}
	if tags == nil {
		tags = map[string]string{}
	}
	maps.Copy(tags, v.Spec.Tags)
	return tags
}

// add adds a node to the graph unless it already has one with the same id, and returns the node in the graph.
func (b *builder) add(n *Node) *Node {
	n.ID = idOf(n.Scope, n.Type, n.Name)
	if n.On != nil {
		n.ID = n.On.ID + "/providers/" + n.Type + "/" + n.Name
	}
	key := strings.ToLower(n.ID)
	if there := b.graph.byID[key]; there != nil {
		return there
	}
	if n.APIVersion == "" {
		n.APIVersion = APIVersion
	}
	n.Location = locationIn(n.Body)
	n.Symbol = b.symbols.take(n.Type, n.LeafName())
	b.graph.byID[key] = n
	b.graph.Nodes = append(b.graph.Nodes, n)
	return n
}

// locationIn returns the location of a body. Every body with a location keeps it in a field of that name; the SDK has
// no common type.
func locationIn(body any) string {
	v := reflect.ValueOf(body)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return ""
	}
	field := v.Elem().FieldByName("Location")
	if !field.IsValid() {
		return ""
	}
	if l, ok := field.Interface().(*string); ok && l != nil {
		return *l
	}
	return ""
}

// chain orders a child of a network after the previously added child.
func (b *builder) chain(n *Node) {
	n.need(b.last[n.Parent])
	b.last[n.Parent] = n
}

// connect derives the edges from the parents and from the ids in the bodies.
func (b *builder) connect() {
	for _, n := range b.graph.Nodes {
		n.need(n.Parent)
		n.need(n.On)
		if n.Body != nil {
			for _, id := range IDsIn(n.Body) {
				n.need(b.graph.Find(id))
			}
		}
	}
}

// IsReference reports whether the value of a member of a body is the id of another resource. Tags are never
// references: callers leave them out.
func IsReference(member string) bool {
	switch member {
	case "id", "vnetSubnetID", "podSubnetID", "subnetId", "systemNodeSubnetID", "nodeSubnetID", "principalId":
		return true
	}
	return false
}

// IDsIn returns the ids that a body refers to, in the order of its JSON.
func IDsIn(body any) []string {
	data, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("resource: body of type %T: %v", body, err))
	}
	var top map[string]any
	if err := json.Unmarshal(data, &top); err != nil {
		panic(fmt.Sprintf("resource: body of type %T: %v", body, err))
	}
	delete(top, "tags")
	var ids []string
	collectIDs(top, &ids)
	return ids
}

func collectIDs(v any, ids *[]string) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if s, ok := v[key].(string); ok && IsReference(key) {
				*ids = append(*ids, s)
				continue
			}
			if key == "userAssignedIdentities" {
				if ids2, ok := v[key].(map[string]any); ok {
					*ids = append(*ids, slices.Sorted(maps.Keys(ids2))...)
				}
				continue
			}
			collectIDs(v[key], ids)
		}
	case []any:
		for _, item := range v {
			collectIDs(item, ids)
		}
	}
}
