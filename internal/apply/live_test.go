package apply_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

// TestLive applies a small plan in the resource group that AKSNET_LIVE_GROUP names, in the subscription of
// AZURE_SUBSCRIPTION_ID, with the credentials of the environment; compares, applies once more, and prunes. A small
// network stays, to go with the group. See docs/apply.md.
func TestLive(t *testing.T) {
	group, subscription := os.Getenv("AKSNET_LIVE_GROUP"), os.Getenv("AZURE_SUBSCRIPTION_ID")
	if group == "" || subscription == "" {
		t.Skip("AKSNET_LIVE_GROUP and AZURE_SUBSCRIPTION_ID name no place to try it in")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 25*time.Minute)
	defer cancel()
	c, err := apply.NewClient(apply.Options{})
	if err != nil {
		t.Fatal(err)
	}
	owner := apply.DiffOptions{Owner: fmt.Sprintf("test-%d", time.Now().Unix())}
	g := liveGraph(t, group, subscription, `
vnets:
  - {name: vnet-aksnet-test, addressPrefixes: [10.99.0.0/16]}
clusters:
  - {name: aksnet-test, vnet: vnet-aksnet-test, model: kubenet, nodePools: [{name: system, count: 1}]}
`)
	defer func() {
		owner.PruneAll = true
		empty := liveGraph(
			t,
			group,
			subscription,
			"vnets:\n  - {name: vnet-aksnet-none, addressPrefixes: [10.98.0.0/24]}\n",
		)
		cs, err := apply.Diff(ctx, c, empty, owner)
		if err != nil {
			t.Error(err)
			return
		}
		t.Log(lines(cs, false))
		if _, err := cs.Run(ctx, apply.RunOptions{}); err != nil {
			t.Error(err)
		}
	}()
	log := func(e apply.Event) { t.Log(e.Change.Name(), e.State, e.Reason, e.Took) }
	for _, want := range []bool{true, false} {
		cs, err := apply.Diff(ctx, c, g, owner)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(lines(cs, false))
		if cs.Any() != want {
			t.Errorf("changes: %v, want %v", cs.Any(), want)
		}
		if _, err := cs.Run(ctx, apply.RunOptions{Progress: log}); err != nil {
			t.Fatal(err)
		}
	}
}

func liveGraph(t *testing.T, group, subscription, text string) *resource.Graph {
	t.Helper()
	s := spec.Parse(spec.Source{
		Name: "live.yaml", Data: []byte("apiVersion: aksnet/v1\nresourceGroup: " + group + "\n" + text),
	})
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	s.DefaultScope(spec.Scope{Subscription: subscription})
	return resource.Build(plan.Build(s))
}
