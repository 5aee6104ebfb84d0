package compare

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// nodeWish compares a wished number of nodes with what the variant allows, however large the network.
func (c *candidate) nodeWish(n Need) []Blocker {
	if b, ok := c.nodesOver(n.number); ok {
		b.Need = n.ID
		return []Blocker{b}
	}
	if have := c.cluster.Capacity.NodesWithSurge; have < n.number {
		text := fmt.Sprintf("planned for %d nodes, %d are wished for; raise maxCount or growth to leave room", have,
			n.number)
		return []Blocker{{Warning, "", text, aks.SizingSource()}}
	}
	return nil
}

// nodesOver says which limit of the variant a number of nodes breaks, however large the network. The limit of the
// policy engine is for npmBlockers to say.
func (c *candidate) nodesOver(nodes int) (Blocker, bool) {
	for _, l := range plan.NodeCeilings(c.cluster) {
		if nodes > l.Most && l.By != plan.LimitPolicy {
			return Blocker{Severity: Error, Text: c.overCeiling(l, nodes), Source: l.Limit.Source}, true
		}
	}
	return Blocker{}, false
}

func (c *candidate) overCeiling(l plan.Ceiling, nodes int) string {
	switch l.By {
	case plan.LimitRouteTable:
		return fmt.Sprintf(
			"a route table holds %d routes, one per node: at most %d nodes beside other routes, %d are wanted",
			l.Limit.Value,
			l.Most,
			nodes,
		)
	case plan.LimitVNet:
		return fmt.Sprintf("a network maps %d addresses, so %d nodes of %d pods at most; %d nodes are wanted",
			l.Limit.Value, l.Most, plan.MostPods(c.cluster), nodes)
	}
	return fmt.Sprintf("a cluster has at most %d nodes, %d are wanted", l.Most, nodes)
}

func (c *candidate) podWish(n Need) []Blocker {
	most, source := c.mostPodsInCluster()
	if most > 0 && n.number > most {
		text := fmt.Sprintf("%s runs up to %d pods, %d are wanted", c.variant.Title, most, n.number)
		return []Blocker{{Error, n.ID, text, source}}
	}
	return nil
}

// mostPodsInCluster returns how many pods a cluster of the variant may have, and where that is stated; 0 when nobody
// says.
func (c *candidate) mostPodsInCluster() (int, aks.Source) {
	limit, _ := aks.LimitByID(c.variant.PodsLimit)
	return limit.Value, limit.Source
}

// limitBlockers returns the limits that the cluster as it is planned breaks.
func (c *candidate) limitBlockers() []Blocker {
	var out []Blocker
	if b, ok := c.nodesOver(c.cluster.Nodes + c.cluster.SurgeNodes); ok {
		out = append(out, b)
	}
	if most, source := c.mostPodsInCluster(); most > 0 && c.cluster.Pods > most {
		out = append(out, Blocker{Severity: Error, Text: fmt.Sprintf("%s runs up to %d pods, the pools allow %d",
			c.variant.Title, most, c.cluster.Pods), Source: source})
	}
	if limit, _ := aks.LimitByID("pods-flat-advised"); c.variant.Model.Facts().PodsInVNet &&
		c.cluster.Pods > limit.Value {
		text := fmt.Sprintf("at most %d pods are advised where pods have addresses of the network, the pools allow %d",
			limit.Value, c.cluster.Pods)
		out = append(out, Blocker{Severity: Warning, Text: text, Source: limit.Source})
	}
	return out
}
