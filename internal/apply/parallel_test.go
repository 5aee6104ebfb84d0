package apply_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
)

// Changes of different networks run side by side, at most as many as asked for. None is refused because another one is
// in progress, and the result is the one of one change at a time.
func TestParallel(t *testing.T) {
	var want map[string]string
	for _, parallelism := range []int{1, 2, 4, 0} {
		t.Run(fmt.Sprint(parallelism), func(t *testing.T) {
			s := estate(t)
			s.Steps = 8
			s.Latency = func(*http.Request) time.Duration { return 2 * time.Millisecond }
			c, g := client(t, s), graph(t, "fleet.yaml")
			cs := diff(t, c, g)
			seen := newWatch(t)
			got, err := cs.Run(context.Background(), apply.RunOptions{Parallelism: parallelism, Progress: seen.event})
			if err != nil {
				t.Fatal(err)
			}
			if got.Created != cs.Count(apply.Create) || got.Created < 15 {
				t.Errorf("summary: %v", got)
			}
			most := parallelism
			if most == 0 {
				most = apply.DefaultParallelism
			}
			if p := s.Peak(); p > most || p < min(most, 3) {
				t.Errorf("at most %d operations were in progress at once", p)
			}
			if seen.most > most {
				t.Errorf("%d changes ran at once", seen.most)
			}
			if conflicts := s.Conflicts(); conflicts != nil {
				t.Errorf("refused because of another operation: %q", conflicts)
			}
			if want == nil {
				want = s.Snapshot()
			} else if d := cmp.Diff(want, s.Snapshot()); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
			if left := lines(diff(t, c, g), false); left != nil {
				t.Errorf("left: %q", left)
			}
		})
	}
}

// Pruning runs side by side too, after everything that may still refer to what is deleted.
func TestParallelPrune(t *testing.T) {
	s := estate(t)
	c := client(t, s)
	run(t, diff(t, c, graph(t, "fleet.yaml")))
	before := len(s.Effects())
	cs, err := apply.Diff(context.Background(), c, graph(t, "shop.yaml"), apply.DiffOptions{PruneAll: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := cs.Run(context.Background(), apply.RunOptions{})
	if err != nil || got.Deleted < 8 {
		t.Fatalf("%v %v", got, err)
	}
	if conflicts := s.Conflicts(); conflicts != nil {
		t.Errorf("refused because of another operation: %q", conflicts)
	}
	deleting := false
	for _, e := range s.Effects()[before:] {
		deletes := strings.HasPrefix(e, "DELETE")
		if deleting && !deletes {
			t.Errorf("%s after a deletion", e)
		}
		deleting = deletes
	}
}

// watch checks the events of a run: one at a time, and in the order of the graph.
type watch struct {
	t       *testing.T
	mu      sync.Mutex
	running map[string]bool
	done    map[string]bool
	most    int
}

func newWatch(t *testing.T) *watch {
	return &watch{t: t, running: map[string]bool{}, done: map[string]bool{}}
}

func (w *watch) event(e apply.Event) {
	if !w.mu.TryLock() {
		w.t.Error("two events at once")
		return
	}
	defer w.mu.Unlock()
	switch {
	case e.State == apply.Started:
		if parent, _, child := strings.Cut(e.Change.Name(), "/"); child && w.running[parent] {
			w.t.Errorf("%s starts before %s is done", e.Change.Name(), parent)
		}
		w.running[e.Change.Name()] = true
		w.most = max(w.most, len(w.running))
	case e.State.Ended():
		delete(w.running, e.Change.Name())
		w.done[e.Change.Name()] = true
	}
	if e.At < 1 || e.At > e.Of {
		w.t.Errorf("%d of %d", e.At, e.Of)
	}
}

// After a failure nothing new starts; what runs is waited for, and the error names all that failed.
func TestParallelFailure(t *testing.T) {
	s := estate(t)
	c, g := client(t, s), graph(t, "fleet.yaml")
	cs := diff(t, c, g)
	s.Set(func(_ int, r *http.Request) armtest.Fault {
		for _, name := range []string{"/virtualNetworks/vnet-a", "/virtualNetworks/vnet-b"} {
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, name) {
				return armtest.FailOperation
			}
		}
		return armtest.NoFault
	}, nil)
	seen := newWatch(t)
	failed := false
	got, err := cs.Run(context.Background(), apply.RunOptions{Progress: func(e apply.Event) {
		seen.event(e)
		if failed && e.State == apply.Started {
			t.Errorf("%s starts after a failure", e.Change.Name())
		}
		failed = failed || e.State == apply.Failed
	}})
	if err == nil || len(seen.running) > 0 {
		t.Fatalf("%v; still running: %v", err, seen.running)
	}
	for _, want := range []string{
		"creating vnet-a: ", "creating vnet-b: ", "changes were finished; run apply again to continue from here",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	total := cs.Count(apply.Create)
	if got.Failed != 2 || got.Created+got.Failed+got.NotStarted != total || got.NotStarted == 0 {
		t.Errorf("%v of %d", got, total)
	}
	if n := len(seen.done); n != got.Created+got.Failed {
		t.Errorf("%d events of an end, want %d", n, got.Created+got.Failed)
	}
	s.Set(nil, nil)
	run(t, diff(t, c, g))
}

// An interrupted run names what was in progress, and counts what is finished.
func TestParallelInterrupt(t *testing.T) {
	s := estate(t)
	c, g := client(t, s), graph(t, "fleet.yaml")
	cs := diff(t, c, g)
	ctx, cancel := context.WithCancel(context.Background())
	var once sync.Once
	s.Set(nil, func(_ int, r *http.Request) {
		if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/subnets/") {
			once.Do(cancel)
		}
	})
	seen := newWatch(t)
	interrupted := 0
	got, err := cs.Run(ctx, apply.RunOptions{Progress: func(e apply.Event) {
		seen.event(e)
		if e.State == apply.Interrupted {
			interrupted++
		}
	}})
	if len(seen.running) > 0 || interrupted != got.Interrupted {
		t.Errorf("running: %v; %d events of an interruption", seen.running, interrupted)
	}
	if !errors.Is(err, context.Canceled) || got.Interrupted == 0 || got.NotStarted == 0 || got.Failed > 0 {
		t.Fatalf("%v %v", got, err)
	}
	if !strings.Contains(err.Error(), "interrupted while creating ") ||
		!strings.Contains(err.Error(), "Azure may still finish ") {
		t.Error(err)
	}
	s.Set(nil, nil)
	run(t, diff(t, c, g))
	if left := lines(diff(t, c, g), false); left != nil {
		t.Errorf("left: %q", left)
	}
}
