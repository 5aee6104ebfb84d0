package apply

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/resource"
)

// clusterAPIVersion is the API version of Microsoft.ContainerService for reading clusters.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/2025-10-01/managedclusters (read 2026-11-22)
const clusterAPIVersion = "2025-10-01"

const typeCluster = "Microsoft.ContainerService/managedClusters"

// ImportOptions select what Import reads from Azure: the named VNets and Clusters, by default all networks and clusters
// of the resource groups, or of the subscription if there are no groups. VNets and Clusters are ids, or names if there
// is exactly one resource group.
type ImportOptions struct {
	Subscription    string
	ResourceGroups  []string
	VNets, Clusters []string
	// Progress is called with the number of resources that have been read. It may be nil.
	Progress func(read int)
}

// Import reads networks, the resources that their subnets refer to, and clusters with their networks. It changes
// nothing.
func Import(ctx context.Context, c *Client, o ImportOptions) (*importer.Estate, error) {
	i := &reading{ctx: ctx, client: c, estate: &importer.Estate{}, seen: map[string]bool{}, progress: o.Progress}
	if len(o.VNets)+len(o.Clusters) == 0 {
		return i.estate, i.all(o)
	}
	for _, ref := range []struct {
		typ   string
		names []string
	}{{resource.TypeVNet, o.VNets}, {typeCluster, o.Clusters}} {
		for _, name := range ref.names {
			id, err := o.id(ref.typ, name)
			if err != nil {
				return nil, err
			}
			if err := i.read(id); err != nil {
				return nil, err
			}
		}
	}
	return i.estate, nil
}

// id returns the id of a resource that is given by name or id.
func (o ImportOptions) id(typ, name string) (string, error) {
	if resource.IsID(name) {
		return name, nil
	}
	if o.Subscription == "" {
		return "", usagef("no subscription: pass --subscription, set AZURE_SUBSCRIPTION_ID, or use the id of %s", name)
	}
	if len(o.ResourceGroups) != 1 {
		return "", usagef("%s needs a resource group: pass exactly one --resource-group, or use the resource id", name)
	}
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/%s/providers/%s/%s", o.Subscription, o.ResourceGroups[0], typ,
		name), nil
}

type reading struct {
	ctx    context.Context
	client *Client
	estate *importer.Estate
	seen   map[string]bool
	// progress may be nil.
	progress func(read int)
}

// all reads every network and cluster in the groups.
func (i *reading) all(o ImportOptions) error {
	if o.Subscription == "" {
		return usagef("no subscription: pass --subscription or set AZURE_SUBSCRIPTION_ID")
	}
	scopes := []string{"/subscriptions/" + o.Subscription}
	if len(o.ResourceGroups) > 0 {
		scopes = nil
	}
	for _, g := range o.ResourceGroups {
		scopes = append(scopes, "/subscriptions/"+o.Subscription+"/resourceGroups/"+g)
	}
	for _, scope := range scopes {
		for _, typ := range []string{resource.TypeVNet, typeCluster} {
			var found []map[string]any
			err := i.client.list(i.ctx, scope+"/providers/"+typ, versionOf(typ), nil,
				func(m map[string]any) { found = append(found, m) })
			if err != nil {
				return about(fmt.Sprintf("listing %s in %s", typ, scope), err)
			}
			for _, m := range found {
				if err := i.add(m); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func versionOf(typ string) string {
	if strings.EqualFold(typ, typeCluster) {
		return clusterAPIVersion
	}
	return resource.APIVersion
}

// read reads a resource and those it refers to, each once.
func (i *reading) read(id string) error {
	if i.seen[strings.ToLower(id)] {
		return nil
	}
	l, err := i.client.get(i.ctx, id, versionOf(typeOf(id)))
	if err != nil {
		return about("reading "+id, err)
	}
	return i.add(l.body)
}

func (i *reading) add(body map[string]any) error {
	id, _ := body["id"].(string)
	if i.seen[strings.ToLower(id)] {
		return nil
	}
	i.seen[strings.ToLower(id)] = true
	if i.progress != nil {
		i.progress(len(i.seen))
	}
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("reading %s: %w", id, err)
	}
	if err := i.estate.Add(id, bytes.NewReader(data)); err != nil {
		return err
	}
	for _, ref := range references(body) {
		if err := i.read(ref); err != nil {
			return err
		}
	}
	return nil
}

// references returns the ids of the resources that a spec for a body also needs: those attached to the subnets of a
// network, and the network of a cluster's subnets.
func references(body map[string]any) []string {
	out := map[string]bool{}
	subnets, _ := at(body, "properties", "subnets").([]any)
	for _, s := range subnets {
		for _, key := range []string{"routeTable", "networkSecurityGroup", "natGateway"} {
			if id, _ := at(s, "properties", key, "id").(string); id != "" {
				out[id] = true
			}
		}
	}
	pools, _ := at(body, "properties", "agentPoolProfiles").([]any)
	for _, p := range pools {
		for _, key := range []string{"vnetSubnetID", "podSubnetID"} {
			if id, _ := at(p, key).(string); strings.Contains(id, "/subnets/") {
				out[id[:strings.LastIndex(id, "/subnets/")]] = true
			}
		}
	}
	for _, key := range []string{"systemNodeSubnetID", "nodeSubnetID"} {
		if id, _ := at(body, "properties", "hostedSystemProfile", key).(string); strings.Contains(id, "/subnets/") {
			out[id[:strings.LastIndex(id, "/subnets/")]] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}
