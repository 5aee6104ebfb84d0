package apply

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// addPruned adds the deletions: the selected resources that have our tag and are not in the graph. Subnets and peerings
// have no tags, so they are never deleted separately.
func (cs *Changes) addPruned(ctx context.Context, g *resource.Graph, o DiffOptions) error {
	var found []*Change
	for _, group := range groupsOf(g) {
		more, err := cs.tagged(ctx, g, group)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	cs.ours = map[string]bool{}
	for _, c := range found {
		cs.ours[strings.ToLower(c.ID)] = true
	}
	if !o.PruneAll {
		if err := checkNamed(found, o.Prune); err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(c *Change) bool { return !slices.ContainsFunc(o.Prune, c.isNamed) })
	}
	slices.SortStableFunc(found, func(a, b *Change) int {
		if d := a.wanted.kind.order - b.wanted.kind.order; d != 0 {
			return d
		}
		return strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID))
	})
	for _, c := range found {
		cs.judgeDelete(c, found)
	}
	cs.Changes = append(cs.Changes, found...)
	return nil
}

func (c *Change) isNamed(name string) bool {
	return strings.EqualFold(name, c.ID) || strings.EqualFold(name, c.Name())
}

// checkNamed returns an error for names that match none of our resources, before anything is deleted.
func checkNamed(found []*Change, names []string) error {
	for _, n := range names {
		if !slices.ContainsFunc(found, func(c *Change) bool { return c.isNamed(n) }) {
			return usagef(
				"--prune %s: no resource outside the plan has that name and the tag %s with this owner",
				n,
				Tag,
			)
		}
	}
	return nil
}

// groupsOf returns the resource groups of the non-existing resources in the graph, in its order.
func groupsOf(g *resource.Graph) (out []resource.Scope) {
	for _, n := range g.Nodes {
		if !n.Existing && !slices.ContainsFunc(out, n.Scope.Same) {
			out = append(out, n.Scope)
		}
	}
	return out
}

// tagged returns our resources in a group that are not in the graph.
// https://learn.microsoft.com/rest/api/resources/resources/list-by-resource-group (read 2026-11-22)
func (cs *Changes) tagged(ctx context.Context, g *resource.Graph, group resource.Scope) (out []*Change, err error) {
	filter := url.Values{"$filter": {fmt.Sprintf("tagName eq '%s' and tagValue eq '%s'", Tag,
		strings.ReplaceAll(cs.owner, "'", "''"))}}
	var ids []string
	err = cs.client.list(ctx, group.ID()+"/resources", groupAPIVersion, filter, func(m map[string]any) {
		if id, _ := m["id"].(string); id != "" {
			ids = append(ids, id)
		}
	})
	if missing, _ := isMissing(err); missing {
		return nil, nil
	}
	if err != nil {
		return nil, about("listing resource group "+group.ResourceGroup, err)
	}
	for _, id := range ids {
		k, known := kindOf(typeOf(id))
		if !known || k.order == 0 || g.Find(id) != nil {
			continue
		}
		l, err := cs.client.get(ctx, id, resource.APIVersion)
		if missing, _ := isMissing(err); missing {
			continue
		}
		if err != nil {
			return nil, about("reading "+id, err)
		}
		// The listing may be out of date.
		if owner, _ := at(l.body, "tags", Tag).(string); owner == cs.owner {
			node := &resource.Node{Type: k.typ, ID: id, APIVersion: resource.APIVersion, Scope: group}
			out = append(out, &Change{
				Type: k.typ, ID: id, Properties: []Property{}, live: l, wanted: &wanted{node: node, kind: k},
			})
		}
	}
	return out, nil
}

// judgeDelete decides whether a resource can be deleted, together with the others to delete.
func (cs *Changes) judgeDelete(c *Change, others []*Change) {
	c.Action, c.Reason = Delete, "has the tag "+Tag+" and is not in the plan"
	going := func(id string) bool {
		return slices.ContainsFunc(others, func(o *Change) bool {
			return strings.EqualFold(o.ID, id) || strings.HasPrefix(strings.ToLower(id), strings.ToLower(o.ID)+"/")
		})
	}
	if c.wanted.kind.typ == resource.TypeVNet {
		cs.judgeDeleteVNet(c)
		return
	}
	for _, key := range []string{"subnets", "networkInterfaces", "publicIPAddresses"} {
		users, _ := at(c.live.body, "properties", key).([]any)
		for _, u := range users {
			if id, _ := at(u, "id").(string); !going(id) {
				c.refuse("it is in use by %s", shortName(id))
				return
			}
		}
	}
	for _, key := range []string{"ipConfiguration", "natGateway", "loadBalancerFrontendIpConfiguration"} {
		if id, _ := at(c.live.body, "properties", key, "id").(string); id != "" && !going(id) {
			c.refuse("it is in use by %s", shortName(id))
			return
		}
	}
}

// judgeDeleteVNet refuses to delete a network with a subnet that is in use, or that is not recognizably ours: subnets
// have no tags, but those that a plan creates for clusters have a network security group of ours, which is no longer in
// the plan either.
func (cs *Changes) judgeDeleteVNet(c *Change) {
	subnets, _ := at(c.live.body, "properties", "subnets").([]any)
	for _, s := range subnets {
		name, _ := at(s, "name").(string)
		if users := subnetUsers(s); users != "" {
			c.refuse("subnet %s is in use (%s)", name, users)
			return
		}
		if id, _ := at(s, "properties", "networkSecurityGroup", "id").(string); !cs.ours[strings.ToLower(id)] {
			c.refuse(
				"subnet %s may belong to somebody else: it has no network security group of this "+
					"owner that is not in the plan; delete the subnet first",
				name,
			)
			return
		}
	}
}
