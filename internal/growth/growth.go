// Package growth forecasts when the resources of a plan run out if node pools grow every month.
//
// A forecast starts from the pools as the spec has them, without the growth it plans for: that growth is what is
// used up. Subnets, CIDRs and outbound addresses stay as the plan has them. Like planning, forecasting is total and
// deterministic; it knows no calendar, month 0 is today.
package growth

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Kind is the kind of a written forecast.
const Kind = "Growth"

// MaxMonths is how far a forecast may look: fifty years.
const MaxMonths = 600

// maxPool ends the growth of a pool in the sums, far beyond anything that Azure allows.
const maxPool = 1_000_000

// DefaultPorts returns how many SNAT ports each node behind a NAT gateway gets by default: what the first line of
// the load balancer's table gives.
func DefaultPorts() int { return aks.DefaultSNATPorts(1) }

// Options is how clusters grow. The zero value grows nothing.
type Options struct {
	// Rate is what every month adds: nodes to one pool of each cluster, or a percentage to every pool, rounded up.
	Rate spec.Amount
	// Months is how far to look, at most MaxMonths.
	Months int
	// Clusters is the names of the clusters that grow; all when empty.
	Clusters []string
	// Pool is the name of the pool that takes nodes; when empty, the first of those with the most pods on each node.
	// Other pools stay.
	Pool string
	// PortsPerNode is how many SNAT ports each node behind a NAT gateway gets; DefaultPorts when 0.
	PortsPerNode int
}

// Forecast is what grows and what runs out.
type Forecast struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Rate       string `json:"rate"`
	Months     int    `json:"months"`
	// Clusters is how many nodes each growing cluster has from month to month.
	Clusters []Cluster `json:"clusters"`
	// Resources is everything that can run out, the first to do so first.
	Resources []Resource `json:"resources"`
}

// Cluster is the nodes of a cluster, surge left out, in month 0, 1, 2 …
type Cluster struct {
	Name  string `json:"name"`
	Nodes []int  `json:"nodes"`
	// MaxNodes is how many nodes fit in what the plan gives the cluster, so that an upgrade finds its surge nodes.
	MaxNodes int `json:"maxNodes"`
}

// ResourceKind is what kind of thing runs out.
type ResourceKind string

// The kinds of resources.
const (
	NodeSubnet    ResourceKind = "nodeSubnet"
	PodSubnet     ResourceKind = "podSubnet"
	PodCIDR       ResourceKind = "podCidr"
	RouteTable    ResourceKind = "routeTable"
	SNATPorts     ResourceKind = "snatPorts"
	PortTable     ResourceKind = "automaticPorts"
	NATGateway    ResourceKind = "natGateway"
	ClusterNodes  ResourceKind = "clusterNodes"
	ClusterPods   ResourceKind = "clusterPods"
	PoolNodes     ResourceKind = "poolNodes"
	PolicyNodes   ResourceKind = "policyNodes"
	PolicyPods    ResourceKind = "policyPods"
	VNetAddresses ResourceKind = "vnetAddresses"
)

// Resource is one thing that can run out.
type Resource struct {
	Kind ResourceKind `json:"kind"`
	// Name is what it is called: a subnet, a range, a cluster or a pool. Of is whose it is: a network or a cluster.
	Name string `json:"name"`
	Of   string `json:"of"`
	// Unit is what Available and Needed count: addresses, blocks, routes, ports, nodes, pods.
	Unit      string `json:"unit"`
	Available int    `json:"available"`
	// Needed is how much is needed in month 0, 1, 2 …, surge nodes included where an upgrade needs them.
	Needed []int `json:"needed"`
	// Month is the first month in which more is needed than there is; null when none of the months.
	Month *int `json:"month"`
	// Action is what to do about it.
	Action string     `json:"action"`
	Source aks.Source `json:"source"`
}

// Of forecasts when the resources of a plan run out.
func Of(p *plan.Plan, o Options) *Forecast {
	o.Months = max(0, min(o.Months, MaxMonths))
	if o.PortsPerNode <= 0 {
		o.PortsPerNode = DefaultPorts()
	}
	f := &Forecast{
		APIVersion: plan.APIVersion, Kind: Kind, Rate: o.Rate.String(), Months: o.Months, Clusters: []Cluster{},
		Resources: []Resource{},
	}
	g := newGrower(p, o)
	for _, c := range p.Clusters {
		if g.grows(c) {
			f.Clusters = append(f.Clusters, Cluster{
				Name: c.Name, Nodes: g.series(func(m int) int { return g.clusterNodes(c, m) }),
				MaxNodes: c.Capacity.NodesWithSurge,
			})
		}
	}
	f.Resources = append(f.Resources, g.resources()...)
	slices.SortStableFunc(f.Resources, func(a, b Resource) int { return order(a, o) - order(b, o) })
	return f
}

func order(r Resource, o Options) int {
	if r.Month == nil {
		return o.Months + 1
	}
	return *r.Month
}

// grower knows how many nodes every pool has in every month.
type grower struct {
	plan    *plan.Plan
	options Options
	nodes   map[*plan.NodePool][]int
}

func newGrower(p *plan.Plan, o Options) *grower {
	g := &grower{plan: p, options: o, nodes: map[*plan.NodePool][]int{}}
	for _, c := range p.Clusters {
		pool := growingPool(c, o)
		for _, np := range c.Pools() {
			g.nodes[np] = g.months(np.Spec.MaxNodes(), g.grows(c) && (np == pool || o.Rate.Percent && o.Pool == ""))
		}
	}
	return g
}

func (g *grower) grows(c *plan.Cluster) bool {
	return len(g.options.Clusters) == 0 || slices.Contains(g.options.Clusters, c.Name)
}

// growingPool returns the pool that takes nodes: the one named, else the first of those with the most pods on each
// node. It is nil when the cluster has none of that name.
func growingPool(c *plan.Cluster, o Options) *plan.NodePool {
	var best *plan.NodePool
	for _, p := range c.Growing() {
		switch {
		case o.Pool != "" && p.Name != o.Pool:
		case best == nil || p.MaxPods > best.MaxPods:
			best = p
		}
	}
	return best
}

// months returns the nodes of a pool from month to month.
func (g *grower) months(n int, grows bool) []int {
	out := make([]int, g.options.Months+1)
	for m := range out {
		out[m] = n
		if grows {
			n = min(n+g.options.Rate.Extra(n), maxPool)
		}
	}
	return out
}

func (g *grower) series(of func(month int) int) []int {
	out := make([]int, g.options.Months+1)
	for m := range out {
		out[m] = of(m)
	}
	return out
}

func (g *grower) clusterNodes(c *plan.Cluster, month int) (n int) {
	for _, p := range c.Pools() {
		n += g.nodes[p][month]
	}
	return n
}

// withSurge returns the nodes of a pool in a month with those that an upgrade adds.
func (g *grower) withSurge(p *plan.NodePool, month int) int {
	n := g.nodes[p][month]
	return n + p.Spec.MaxSurge.Of(n)
}

func (g *grower) clusterWithSurge(c *plan.Cluster, month int) (n int) {
	for _, p := range c.Pools() {
		n += g.withSurge(p, month)
	}
	return n
}

func (g *grower) clusterPods(c *plan.Cluster, month int) (n int) {
	for _, p := range c.Pools() {
		n += g.nodes[p][month] * p.MaxPods
	}
	return n
}
