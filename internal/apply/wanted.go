package apply

import (
	"context"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// Tag is the tag on the resources that apply created; its value is the owner. It is not compared: a resource that was
// created without it is not ours to delete.
const Tag = "aksnet"

// wanted is the desired state of a resource.
type wanted struct {
	node *resource.Node
	kind kind
	body map[string]any
}

// wantedOf returns the desired state of a node. A network never includes its subnets and peerings, which are separate
// resources.
func wantedOf(n *resource.Node) (*wanted, error) {
	k, _ := kindOf(n.Type)
	w := &wanted{node: n, kind: k}
	if n.Existing {
		return w, nil
	}
	body, err := toJSON(n.Body)
	if err != nil {
		return nil, err
	}
	if props, ok := body["properties"].(map[string]any); ok && k.typ == resource.TypeVNet {
		delete(props, "subnets")
		delete(props, "virtualNetworkPeerings")
	}
	if tags, ok := body["tags"].(map[string]any); ok {
		// The tag belongs to apply: a value in the spec has no effect.
		delete(tags, Tag)
	}
	w.body = body
	return w, nil
}

// checkIDs checks that every id is complete.
func checkIDs(g *resource.Graph) error {
	for _, n := range g.Nodes {
		if strings.Contains(n.ID, resource.UnknownSubscription) {
			return usagef(
				"no subscription: pass --subscription, set AZURE_SUBSCRIPTION_ID, or set subscription in the spec",
			)
		}
		if strings.Contains(n.ID, resource.UnknownResourceGroup) {
			return usagef("%s has no resource group: set resourceGroup in the spec or pass --resource-group", n.Name)
		}
	}
	return nil
}

// groupAPIVersion is the API version of Microsoft.Resources for resource groups and listings of resources.
// https://learn.microsoft.com/rest/api/resources/resource-groups/get (read 2026-11-22)
const groupAPIVersion = "2021-04-01"

// locate sets the region of resources without one to that of their resource group, as a deployment does.
func locate(ctx context.Context, c *Client, all []*wanted) error {
	regions := map[string]string{}
	for _, w := range all {
		if w.body == nil || !w.node.Regional || w.body["location"] != nil {
			continue
		}
		group := w.node.Scope.ID()
		if _, known := regions[group]; !known {
			l, err := c.get(ctx, group, groupAPIVersion)
			if missing, _ := isMissing(err); err != nil && !missing {
				return about("reading resource group "+w.node.Scope.ResourceGroup, err)
			}
			regions[group] = ""
			if err == nil {
				regions[group], _ = l.body["location"].(string)
			}
		}
		if r := regions[group]; r != "" {
			w.body["location"] = r
		}
	}
	return nil
}
