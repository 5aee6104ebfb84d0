package resource_test

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

func build(t *testing.T, text string, o resource.Options) *resource.Graph {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte("apiVersion: aksnet/v1\n" + text)})
	for _, p := range s.Problems {
		t.Errorf("%s: %s", p.Position, p.Message)
	}
	return resource.BuildWith(plan.Build(s), o)
}

func body[T any](t *testing.T, g *resource.Graph, typ, name string) *T {
	t.Helper()
	for _, n := range g.Nodes {
		if n.Type == typ && n.Name == name {
			b, ok := n.Body.(*T)
			if !ok {
				t.Fatalf("%s: body is %T", n.ID, n.Body)
			}
			return b
		}
	}
	t.Fatalf("no %s %s", typ, name)
	return nil
}

const liveSpec = `
vnets:
  - {name: vnet-live, existing: true, addressPrefixes: [10.1.0.0/16]}
  - {name: vnet-new, addressPrefixes: [10.2.0.0/16]}
clusters:
  - {name: a, vnet: vnet-live, nodePools: [{name: p, count: 3}]}
  - {name: b, vnet: vnet-new, nodePools: [{name: p, count: 3}]}
`

// A network never carries its subnets: sent to a network in use, such a body deletes or collides with those it does
// not list.
func TestNetworksCarryNoSubnets(t *testing.T) {
	g := build(t, liveSpec, resource.Options{})
	if v := body[armnetwork.VirtualNetwork](t, g, resource.TypeVNet, "vnet-new"); v.Properties.Subnets != nil {
		t.Errorf("body of vnet-new has subnets %v", v.Properties.Subnets)
	}
	live := g.Nodes[0]
	if live.Name != "vnet-live" || !live.Existing || live.Body != nil {
		t.Errorf("first node is %+v, want vnet-live, existing, without a body", live)
	}
	body[armnetwork.Subnet](t, g, resource.TypeSubnet, "vnet-live/snet-a-nodes")
}

// Azure takes one change of a network at a time.
func TestChildrenOfOneNetworkComeOneAfterAnother(t *testing.T) {
	g := build(t, `
vnets:
  - name: v
    addressPrefixes: [10.2.0.0/16]
    subnets: [{name: one, prefixLength: 26}, {name: two, prefixLength: 26}, {name: three, prefixLength: 26}]
`, resource.Options{})
	var before *resource.Node
	for _, n := range g.Nodes {
		if n.Type != resource.TypeSubnet {
			continue
		}
		if before != nil && !contains(n.Needs(), before) {
			t.Errorf("%s does not wait for %s", n.Name, before.Name)
		}
		before = n
	}
	if before == nil || before.Name != "v/three" {
		t.Errorf("last subnet is %v, want v/three", before)
	}
}

func contains(nodes []*resource.Node, n *resource.Node) bool {
	for _, m := range nodes {
		if m == n {
			return true
		}
	}
	return false
}
