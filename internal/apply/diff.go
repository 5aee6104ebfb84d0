package apply

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/aksnet/aksnet/resource"
)

// readers is the number of concurrent reads. Azure allows thousands of reads per hour.
// https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling (read 2026-11-22)
const readers = 8

// DiffOptions select what Diff compares beyond the graph.
type DiffOptions struct {
	// Owner is the value of Tag on the resources that apply creates and deletes; "aksnet" when empty. Plans that share
	// a resource group need different owners when they prune.
	Owner string
	// Prune selects resources to delete among those in the resource groups of the graph that have Tag with this owner
	// and are not in the graph: the named ones (names or ids), or with PruneAll all of them.
	Prune    []string
	PruneAll bool
	// Progress is called with the number of resources that have been compared, by several goroutines at once. It may
	// be nil.
	Progress func(done, total int)
}

// Diff compares the graph with the live resources. It changes nothing.
func Diff(ctx context.Context, c *Client, g *resource.Graph, o DiffOptions) (*Changes, error) {
	if err := checkIDs(g); err != nil {
		return nil, err
	}
	cs := &Changes{client: c, owner: o.Owner}
	if cs.owner == "" {
		cs.owner = "aksnet"
	}
	var all []*wanted
	for _, n := range g.Nodes {
		w, err := wantedOf(n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n.Name, err)
		}
		all = append(all, w)
	}
	if err := locate(ctx, c, all); err != nil {
		return nil, err
	}
	changes, err := cs.compareAll(ctx, all, o.Progress)
	if err != nil {
		return nil, err
	}
	cs.Changes = changes
	cs.syncPeerings()
	cs.refuseDependents()
	if o.PruneAll || len(o.Prune) > 0 {
		if err := cs.addPruned(ctx, g, o); err != nil {
			return nil, err
		}
	}
	return cs, nil
}

// compareAll compares resources with Azure, several at a time. Of several errors it returns that of the first resource:
// after an error, reads that have begun go on, and no others begin.
func (cs *Changes) compareAll(
	ctx context.Context, all []*wanted, progress func(done, total int),
) ([]*Change, error) {
	changes, errs := make([]*Change, len(all)), make([]error, len(all))
	var done atomic.Int64
	var failed atomic.Bool
	var group errgroup.Group
	group.SetLimit(readers)
	for i, w := range all {
		if failed.Load() {
			break
		}
		group.Go(func() error {
			if changes[i], errs[i] = cs.compareOne(ctx, w); errs[i] != nil {
				failed.Store(true)
			}
			if n := done.Add(1); progress != nil {
				progress(int(n), len(all))
			}
			return nil
		})
	}
	_ = group.Wait()
	return changes, cmp.Or(errs...)
}

// compareOne reads a resource and returns its change.
func (cs *Changes) compareOne(ctx context.Context, w *wanted) (*Change, error) {
	c := &Change{Action: None, Type: w.node.Type, ID: w.node.ID, Properties: []Property{}, wanted: w}
	l, err := cs.client.get(ctx, w.node.ID, w.node.APIVersion)
	missing, group := isMissing(err)
	switch {
	case err == nil:
		c.live = l
	case !missing:
		return nil, about("reading "+c.Name(), err)
	}
	switch {
	case w.node.Existing && missing:
		c.refuse("the spec declares it as existing, but it does not exist")
	case w.node.Existing:
		c.Reason = "existing: not changed"
	case group:
		c.refuse("resource group %s does not exist: create it with az group create --name %s --location …",
			w.node.Scope.ResourceGroup, w.node.Scope.ResourceGroup)
	case missing:
		c.Action, c.Properties = Create, created(w.body)
	default:
		c.judge()
	}
	return c, nil
}

func (c *Change) refuse(format string, a ...any) {
	c.Action, c.Reason = Refused, fmt.Sprintf(format, a...)
}

// created returns the properties of a new resource.
func created(body map[string]any) []Property {
	props := compare(body, nil)
	if props == nil {
		return []Property{}
	}
	return props
}

// judge compares the live resource with the wanted one and sets the kind of change.
func (c *Change) judge() {
	c.Action, c.Reason, c.Properties = None, "", compare(c.wanted.body, c.live.body)
	if c.Properties == nil {
		c.Properties = []Property{}
	}
	state := c.live.state()
	c.settle = state != "" && !isFinal(state)
	if len(c.Properties) == 0 && (strings.EqualFold(state, "Failed") || strings.EqualFold(state, "Canceled")) {
		c.Properties = append(c.Properties, Property{"properties.provisioningState", state, "Succeeded"})
		c.Reason = "its last change in Azure did not finish"
	}
	if level, _ := at(c.live.body, "properties", "peeringSyncLevel").(string); behind(level) {
		c.Properties = append(c.Properties, Property{syncLevel, level, inSync})
	}
	if len(c.Properties) == 0 {
		return
	}
	c.Action = Update
	if why := c.forbidden(); why != "" {
		c.refuse("%s", why)
	}
}

// isFinal reports whether Azure has finished with a resource, successfully or not.
// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations (read 2026-11-22)
func isFinal(state string) bool {
	return slices.ContainsFunc([]string{"Succeeded", "Failed", "Canceled"},
		func(s string) bool { return strings.EqualFold(s, state) })
}

// refuseDependents refuses the changes that depend on a missing resource whose change is refused.
func (cs *Changes) refuseDependents() {
	gone := map[*resource.Node]bool{}
	for _, c := range cs.Changes {
		if c.Action == Refused && c.live == nil {
			gone[c.wanted.node] = true
		}
		for _, need := range c.wanted.node.Needs() {
			if gone[need] && c.Action != Refused {
				c.refuse("needs %s, which is refused", need.Name)
				gone[c.wanted.node] = c.live == nil
			}
		}
	}
}
