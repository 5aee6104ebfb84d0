package apply_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
)

// What is pruned, what is refused, and what nobody may touch.
func TestPrune(t *testing.T) {
	vnet := netID + "virtualNetworks/vnet-nat"
	ours := []string{
		"delete vnet-flat", "delete vnet-nat", "delete ng-nat", "delete nsg-flat-nodes", "delete nsg-nat-nodes",
		"delete nsg-nat-pods",
		"delete pip-ng-nat-1", "delete pip-ng-nat-2",
	}
	for name, tc := range map[string]struct {
		prepare func(s *armtest.Server)
		opts    apply.DiffOptions
		want    []string
	}{
		"not asked for": {},
		"all":           {opts: apply.DiffOptions{PruneAll: true}, want: ours},
		"by name":       {opts: apply.DiffOptions{Prune: []string{"VNET-flat"}}, want: []string{"delete vnet-flat"}},
		"by name, in use": {opts: apply.DiffOptions{Prune: []string{"ng-nat"}},
			want: []string{"refused ng-nat: it is in use by snet-nat-nodes"}},
		"another owner": {opts: apply.DiffOptions{PruneAll: true, Owner: "other"}},
		"tag taken away": {
			prepare: func(s *armtest.Server) {
				s.Put(netID+"networkSecurityGroups/nsg-nat-nodes",
					`{"location": "westeurope", "tags": {"env": "x"}, "properties": {}}`)
			},
			opts: apply.DiffOptions{Prune: []string{"vnet-nat"}}, want: []string{"refused vnet-nat: subnet snet-nat-nodes may " +
				"belong to somebody else: " +
				"it has no network security group of this owner that is not in the plan; delete the subnet first"},
		},
		"foreign subnet in our network": {
			prepare: func(s *armtest.Server) {
				s.Put(vnet+"/subnets/a-theirs", `{"properties": {"addressPrefix": "10.128.15.0/29"}}`)
			},
			opts: apply.DiffOptions{PruneAll: true},
			want: slices.Replace(slices.Clone(ours), 1, 2, "refused vnet-nat: subnet a-theirs may belong to somebody else: "+
				"it has no network security group of this owner that is not in the plan; delete the subnet first"),
		},
		"subnet in use": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(vnet+"/subnets/snet-nat-nodes", "ipConfigurations", `[{"id": "/x/1"}, {"id": "/x/2"}]`)
			},
			opts: apply.DiffOptions{PruneAll: true},
			want: slices.Replace(slices.Clone(ours), 1, 2, "refused vnet-nat: subnet snet-nat-nodes is in use (2 IP "+
				"configurations)"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := estate(t)
			s.PageSize = 2
			c := client(t, s)
			run(t, diff(t, c, graph(t, "nat.yaml")))
			run(t, diff(t, c, graph(t, "shop.yaml")))
			if tc.prepare != nil {
				tc.prepare(s)
			}
			cs, err := apply.Diff(context.Background(), c, graph(t, "shop.yaml"), tc.opts)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tc.want, lines(cs, false)); d != "" {
				t.Fatalf("-want +got:\n%s", d)
			}
			before := len(writes(s))
			_, err = cs.Run(context.Background(), apply.RunOptions{})
			if cs.Count(apply.Refused) > 0 {
				if !errors.Is(err, apply.ErrRefused) || len(writes(s)) > before {
					t.Errorf("got %v after %q", err, writes(s)[before:])
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cs.Changes {
				if c.Action == apply.Delete && slices.Contains(s.IDs(), c.ID) {
					t.Errorf("%s is still there", c.ID)
				}
			}
		})
	}
}

// A name that nothing of ours has is a mistake and no silence.
func TestPruneUnknown(t *testing.T) {
	s := estate(t)
	_, err := apply.Diff(context.Background(), client(t, s), graph(t, "shop.yaml"),
		apply.DiffOptions{Prune: []string{"vnet-hub"}})
	var usage apply.UsageError
	if !errors.As(err, &usage) || !strings.Contains(err.Error(), "vnet-hub") {
		t.Errorf("got %v", err)
	}
}

// A network that got a user between the question and the answer stays.
func TestPruneLate(t *testing.T) {
	s := estate(t)
	c := client(t, s)
	run(t, diff(t, c, graph(t, "nat.yaml")))
	cs, err := apply.Diff(context.Background(), c, graph(t, "kubenet.yaml"),
		apply.DiffOptions{Prune: []string{"vnet-nat"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(lines(cs, false))
	subnet := netID + "virtualNetworks/vnet-nat/subnets/snet-nat-nodes"
	s.SetProperty(subnet, "ipConfigurations", `[{"id": "/x/1"}]`)
	_, _ = cs.Run(context.Background(), apply.RunOptions{})
	if !slices.Contains(s.IDs(), subnet) {
		t.Error("the subnet is gone")
	}
}
