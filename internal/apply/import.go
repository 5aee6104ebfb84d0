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

// clusterAPIVersion is the version of Microsoft.ContainerService that clusters are read with.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/2025-10-01/managedclusters (read 2026-11-22)
const clusterAPIVersion = "2025-10-01"

const typeCluster = "Microsoft.ContainerService/managedClusters"

// ImportOptions is what is read from Azure. Without VNets and Clusters it is all networks and clusters of the resource
// groups, or without those of the subscription. VNets and Clusters are names, then there is one resource group, or ids.
type ImportOptions struct {
	Subscription    string
	ResourceGroups  []string
	VNets, Clusters []string
}

// Import reads networks, what their subnets refer to, and clusters with the networks they live in. It changes nothing.
func Import(ctx context.Context, c *Client, o ImportOptions) (*importer.Estate, error) {
	i := &reading{ctx: ctx, client: c, estate: &importer.Estate{}, seen: map[string]bool{}}
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

// id is the id of a resource that is given by name or id.
func (o ImportOptions) id(typ, name string) (string, error) {
	if resource.IsID(name) {
		return name, nil
	}
	if o.Subscription == "" {
		return "", usagef("no subscription: give --subscription, set AZURE_SUBSCRIPTION_ID, or give the id of %s", name)
	}
	if len(o.ResourceGroups) != 1 {
		return "", usagef("%s needs its resource group: give --resource-group once, or the id of it", name)
	}
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/%s/providers/%s/%s", o.Subscription, o.ResourceGroups[0], typ,
		name), nil
}

type reading struct {
	ctx    context.Context
	client *Client
	estate *importer.Estate
	seen   map[string]bool
}

// all lists every network and cluster of the groups.
func (i *reading) all(o ImportOptions) error {
	if o.Subscription == "" {
		return usagef("no subscription: give --subscription, or set AZURE_SUBSCRIPTION_ID")
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
				return fmt.Errorf("listing %s in %s: %w", typ, scope, err)
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

// read reads one resource and what it refers to, once.
func (i *reading) read(id string) error {
	if i.seen[strings.ToLower(id)] {
		return nil
	}
	l, err := i.client.get(i.ctx, id, versionOf(typeOf(id)))
	if err != nil {
		return fmt.Errorf("reading %s: %w", id, err)
	}
	return i.add(l.body)
}

func (i *reading) add(body map[string]any) error {
	id, _ := body["id"].(string)
	if i.seen[strings.ToLower(id)] {
		return nil
	}
	i.seen[strings.ToLower(id)] = true
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

// references is the ids that a spec must know to speak of a body: what is on the subnets of a network, and the network
// of the subnets of a cluster.
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
	return slices.Sorted(maps.Keys(out))
}
