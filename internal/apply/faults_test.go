package apply_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/resource"
)

// scenario is an apply: the resources before, and the desired ones.
type scenario struct {
	name   string
	before func(t testing.TB, s *armtest.Server)
	graph  func(t testing.TB) *resource.Graph
	opts   apply.DiffOptions
}

func scenarios() []scenario {
	shop := func(t testing.TB, s *armtest.Server) { run(t, diff(t, client(t, s), graph(t, "shop.yaml"))) }
	return []scenario{
		{
			name:   "create",
			before: func(testing.TB, *armtest.Server) {},
			// A spec cannot set the tag of the owner.
			graph: func(t testing.TB) *resource.Graph { return graph(t, "shop.yaml", "tags={env: test, aksnet: mine}") },
		},
		{
			name: "update",
			before: func(t testing.TB, s *armtest.Server) {
				shop(t, s)
				s.Put(netID+"virtualNetworks/vnet-shop/subnets/snet-foreign",
					`{"properties": {"addressPrefix": "10.40.14.0/24", "ipConfigurations": [{"id": "/x/nic"}]}}`)
			},
			graph: func(t testing.TB) *resource.Graph {
				return graph(t, "shop.yaml", "vnets[1].addressPrefixes=[10.40.0.0/20, 10.41.0.0/20]",
					"vnets[1].subnets[snet-agc].addressPrefix=10.41.1.0/24",
					"clusters[0].egress.nextHopIP=10.32.0.5", "tags={env: prod}")
			},
		},
		{
			name: "prune",
			before: func(t testing.TB, s *armtest.Server) {
				run(t, diff(t, client(t, s), graph(t, "nat.yaml")))
				s.Put(netID+"networkSecurityGroups/nsg-theirs",
					`{"location": "westeurope", "tags": {"aksnet": "somebody"}, "properties": {}}`)
			},
			graph: func(t testing.TB) *resource.Graph { return graph(t, "shop.yaml") },
			opts:  apply.DiffOptions{PruneAll: true},
		},
	}
}

// applyOnce returns one whole apply, as the command does it.
func applyOnce(ctx context.Context, c *apply.Client, g *resource.Graph, o apply.DiffOptions) error {
	cs, err := apply.Diff(ctx, c, g, o)
	if err != nil {
		return err
	}
	_, err = cs.Run(ctx, apply.RunOptions{})
	return err
}

// quick returns a client that gives up at the first fault, or one that retries.
func quick(t testing.TB, s *armtest.Server, retries int32) *apply.Client {
	t.Helper()
	c, err := apply.NewClient(apply.Options{Cloud: "custom", ARMEndpoint: s.URL, Credential: signedIn{},
		PollInterval: 200 * time.Microsecond, Retries: retries,
		Transport: s.Client()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// kill is an additional fault: the request takes effect, and the process dies.
const kill armtest.Fault = 100

// faults returns what happens, and which clients it happens to: 0 retries as often as the tool does, -1 gives up. For
// some there is no difference.
func faults() []struct {
	name    string
	fault   armtest.Fault
	retries []int32
} {
	return []struct {
		name    string
		fault   armtest.Fault
		retries []int32
	}{
		{"500", armtest.ServerError, []int32{0, -1}},
		{"429", armtest.Throttle, []int32{0}},
		{"drop before", armtest.DropBefore, []int32{0, -1}},
		{"drop after", armtest.DropAfter, []int32{0, -1}},
		{"failed operation", armtest.FailOperation, []int32{0}},
		{"kill", kill, []int32{0}},
	}
}

// At every request of an apply in turn every fault is tried, once against a client that retries and once against one
// that gives up. Afterwards a run without faults converges: the network is the one of a run without any fault, foreign
// things are where they were, and nothing was done twice.
func TestFaults(t *testing.T) {
	var points, survived atomic.Int64
	t.Run("all", func(t *testing.T) {
		for _, sc := range scenarios() {
			sc := prepare(t, sc)
			want, requests := undisturbed(t, sc)
			for _, f := range faults() {
				for _, retries := range f.retries {
					t.Run(fmt.Sprintf("%s/%s/retries %d", sc.name, f.name, retries), func(t *testing.T) {
						t.Parallel()
						for n := 1; n <= requests; n += step() {
							points.Add(1)
							if disturbed(t, sc, f.fault, retries, n, want) {
								survived.Add(1)
							}
						}
					})
				}
			}
		}
	})
	t.Logf("fault injection: %d points tried, %d survived", points.Load(), survived.Load())
	if points.Load() != survived.Load() {
		t.Errorf("%d of %d points were not survived", points.Load()-survived.Load(), points.Load())
	}
}

// step returns 1, every request; with -short every fifth.
func step() int {
	if testing.Short() {
		return 5
	}
	return 1
}

// prepared is a scenario with what is the same for every point made once.
type prepared struct {
	scenario
	start *armtest.Server
	graph *resource.Graph
}

func prepare(t *testing.T, sc scenario) prepared {
	p := prepared{scenario: sc, start: estate(t), graph: sc.graph(t)}
	sc.before(t, p.start)
	return p
}

// undisturbed runs a scenario without faults and returns what comes of it and how many requests it took.
func undisturbed(t *testing.T, sc prepared) (snapshot map[string]string, requests int) {
	s := sc.start.Clone()
	defer s.Close()
	if err := applyOnce(context.Background(), quick(t, s, 0), sc.graph, sc.opts); err != nil {
		t.Fatal(err)
	}
	return s.Snapshot(), s.Requests()
}

// disturbed runs a scenario with a fault at one request, then once more without, and reports whether all is well.
func disturbed(t *testing.T, sc prepared, fault armtest.Fault, retries int32, at int, want map[string]string) bool {
	s := sc.start.Clone()
	defer s.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.Set(func(n int, _ *http.Request) armtest.Fault {
		if n == at && fault != kill {
			return fault
		}
		return armtest.NoFault
	}, func(n int, _ *http.Request) {
		if n == at && fault == kill {
			cancel()
		}
	})
	first := applyOnce(ctx, quick(t, s, retries), sc.graph, sc.opts)
	s.Set(nil, nil)
	if first != nil {
		if err := applyOnce(context.Background(), quick(t, s, 0), sc.graph, sc.opts); err != nil {
			t.Errorf("request %d: the run after the fault (%v) failed: %v", at, first, err)
			return false
		}
	}
	return converged(t, s, fault, at, want, s.Effects())
}

func converged(
	t *testing.T, s *armtest.Server, fault armtest.Fault, at int, want map[string]string, effects []string,
) bool {
	if d := cmp.Diff(want, s.Snapshot()); d != "" {
		t.Errorf("request %d: -want +got:\n%s", at, d)
		return false
	}
	slices.Sort(effects)
	twice := len(effects) - len(slices.Compact(slices.Clone(effects)))
	// An operation that Azure itself gave up is sent once more.
	if twice > 1 || twice == 1 && fault != armtest.FailOperation {
		t.Errorf("request %d: done twice: %s", at, strings.Join(effects, "\n"))
		return false
	}
	return true
}

// Ctrl-C ends an apply with the context's error, wherever it strikes.
func TestCancel(t *testing.T) {
	s := estate(t)
	ctx, cancel := context.WithCancel(context.Background())
	s.Set(nil, func(n int, r *http.Request) {
		if r.Method == http.MethodPut {
			cancel()
		}
	})
	err := applyOnce(ctx, client(t, s), graph(t, "shop.yaml"), apply.DiffOptions{})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "run apply again to continue from here") {
		t.Errorf("got %v", err)
	}
}

// Azure's wait is bounded: a fault that stays ends the run with what Azure said.
func TestOutage(t *testing.T) {
	s := estate(t)
	c, g := quick(t, s, 3), graph(t, "shop.yaml")
	cs := diff(t, c, g)
	before := s.Requests()
	s.Set(func(int, *http.Request) armtest.Fault { return armtest.Throttle }, nil)
	_, err := cs.Run(context.Background(), apply.RunOptions{Parallelism: 1})
	if err == nil || !strings.Contains(err.Error(), "429 SubscriptionRequestsThrottled") {
		t.Errorf("got %v", err)
	}
	if n := s.Requests() - before; n != 4 {
		t.Errorf("sent %d requests, want one and three retries", n)
	}
}

// Two applies at once on the same network: both succeed, and all resources exist.
func TestTwoAtOnce(t *testing.T) {
	for _, steps := range []int{0, 2, 5} {
		s := estate(t)
		s.Steps = steps
		g := graph(t, "shop.yaml")
		errs := make(chan error, 2)
		for range 2 {
			go func() { errs <- applyOnce(context.Background(), client(t, s), g, apply.DiffOptions{}) }()
		}
		for range 2 {
			if err := <-errs; err != nil {
				t.Errorf("steps %d: %v", steps, err)
			}
		}
		if got := lines(diff(t, client(t, s), g), false); got != nil {
			t.Errorf("steps %d: afterwards %q", steps, got)
		}
		effects := s.Effects()
		slices.Sort(effects)
		if n := len(effects) - len(slices.Compact(slices.Clone(effects))); n > 0 {
			t.Errorf("steps %d: %d writes were done twice", steps, n)
		}
	}
}

// Two teams add different subnets to one network at once: none of them is lost.
func TestTwoPlansAtOnce(t *testing.T) {
	s := estate(t)
	run(t, diff(t, client(t, s), graph(t, "shop.yaml")))
	errs := make(chan error, 2)
	for _, edit := range []string{
		"vnets[1].subnets[2]={name: snet-a, addressPrefix: 10.40.8.0/24}",
		"vnets[1].subnets[2]={name: snet-b, addressPrefix: 10.40.9.0/24}",
	} {
		g := graph(t, "shop.yaml", edit)
		go func() { errs <- applyOnce(context.Background(), client(t, s), g, apply.DiffOptions{}) }()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"snet-a", "snet-b"} {
		if !slices.Contains(s.IDs(), netID+"virtualNetworks/vnet-shop/subnets/"+name) {
			t.Errorf("%s is lost", name)
		}
	}
}
