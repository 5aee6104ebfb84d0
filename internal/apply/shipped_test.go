package apply_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

// TestShippedSpecs brings every spec that comes with aksnet to a stand-in where what exists is there: the stand-in
// takes all of it, nothing differs afterwards, and a second run sends nothing.
func TestShippedSpecs(t *testing.T) {
	eachShipped(t, func(t *testing.T, p *plan.Plan, g *resource.Graph) {
		s := existing(t, p, g)
		c := client(t, s)
		first := diff(t, c, g)
		if first.Count(apply.Refused)+first.Count(apply.Delete) > 0 {
			t.Fatalf("want only creations and updates, got %q", lines(first, true))
		}
		settle(t, s, c, g, first)
	})
}

// eachShipped runs a test for every spec that comes with aksnet.
func eachShipped(t *testing.T, test func(t *testing.T, p *plan.Plan, g *resource.Graph)) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/specs/*.yaml")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d specs, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			p, g := shipped(t, file)
			test(t, p, g)
		})
	}
}

// settle makes changes; nothing differs afterwards, and a second run sends nothing.
func settle(t *testing.T, s *armtest.Server, c *apply.Client, g *resource.Graph, changes *apply.Changes) {
	t.Helper()
	run(t, changes)
	again := diff(t, c, g)
	if got := lines(again, false); got != nil {
		t.Fatalf("after apply: %q", got)
	}
	before := len(writes(s))
	run(t, again)
	if got := writes(s)[before:]; len(got) > 0 {
		t.Errorf("the second apply sent %q", got)
	}
}

func shipped(t *testing.T, file string) (*plan.Plan, *resource.Graph) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	source := spec.Source{Name: file, Data: data}
	sp, err := spec.ParseWith(oneSubscription(spec.Parse(source)), source)
	if err != nil {
		t.Fatal(err)
	}
	sp.DefaultScope(spec.Scope{Subscription: armtest.Subscription, ResourceGroup: "rg-default", Location: "westeurope"})
	p := plan.Build(sp)
	return p, resource.Build(p)
}

// oneSubscription moves everything that a spec builds into the subscription of the stand-in, which has no other.
func oneSubscription(s *spec.Spec) []spec.Edit {
	edits := []spec.Edit{{Path: "subscription", Value: armtest.Subscription}}
	for i, v := range s.VNets {
		if v.Subscription != "" {
			edits = append(
				edits,
				spec.Edit{Path: fmt.Sprintf("vnets[%d].subscription", i), Value: armtest.Subscription},
			)
		}
	}
	return edits
}

// existing returns a stand-in that holds the resource groups of a graph, the networks and subnets that the plan says
// are there, and the far networks that it peers with.
func existing(t *testing.T, p *plan.Plan, g *resource.Graph) *armtest.Server {
	t.Helper()
	s := armtest.New()
	t.Cleanup(s.Close)
	furnish(t, s, p, g)
	return s
}

// furnish puts into a stand-in what existing describes.
func furnish(t *testing.T, s *armtest.Server, p *plan.Plan, g *resource.Graph) {
	t.Helper()
	for _, n := range g.Nodes {
		s.AddGroup(n.Scope.ResourceGroup, "westeurope")
	}
	for _, v := range p.VNets {
		if v.Existing || slices.ContainsFunc(v.Subnets, func(s *plan.Subnet) bool { return s.Existing }) {
			s.Put(idOf(t, g, v.Name), liveVNet(t, v))
		}
	}
	for _, v := range p.Spec.VNets {
		for _, peering := range v.Peerings {
			if resource.IsID(peering.VNet) {
				s.Put(peering.VNet, liveVNet(t, &plan.VNet{AddressPrefixes: peering.AddressPrefixes}))
			}
		}
	}
}

// idOf returns the id of the network of a name.
func idOf(t *testing.T, g *resource.Graph, vnet string) string {
	t.Helper()
	for _, n := range g.Nodes {
		if n.Type == resource.TypeVNet && n.Name == vnet {
			return n.ID
		}
	}
	t.Fatalf("no network %s in the graph", vnet)
	return ""
}

// liveVNet returns what Azure answers for a network that is there.
func liveVNet(t *testing.T, v *plan.VNet) string {
	t.Helper()
	subnets := []any{}
	for _, s := range v.Subnets {
		if s.Existing {
			subnets = append(subnets, map[string]any{
				"name": s.Name, "properties": map[string]any{"addressPrefix": s.AddressPrefix.String()},
			})
		}
	}
	body, err := json.Marshal(map[string]any{"location": "westeurope", "properties": map[string]any{
		"addressSpace": map[string]any{"addressPrefixes": v.AddressPrefixes}, "subnets": subnets,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
