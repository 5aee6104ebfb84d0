package apply

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aksnet/aksnet/internal/english"
)

// DefaultParallelism is how many changes run side by side, as in Terraform.
// https://developer.hashicorp.com/terraform/cli/commands/apply (read 2026-11-29)
const DefaultParallelism = 10

// RunOptions configure Run. The zero value runs DefaultParallelism changes side by side and reports nothing.
type RunOptions struct {
	// Parallelism is how many changes may run side by side; zero means DefaultParallelism.
	Parallelism int
	// Progress is called before, during and after each change, by one goroutine at a time. It may be nil.
	Progress func(Event)
}

// State is the progress of a change.
type State string

// The states of a change while it runs.
const (
	Started State = "started"
	Waiting State = "waiting"
	Done    State = "done"
	Failed  State = "failed"
	// Interrupted is the state of a change that was in progress when the context ended. Azure may still finish it.
	Interrupted State = "interrupted"
)

// Ended reports whether it is the last state of a change.
func (s State) Ended() bool { return s == Done || s == Failed || s == Interrupted }

// Event reports progress. Reason is what a waiting change waits for.
type Event struct {
	Change *Change
	State  State
	Reason string
	// At is the number of the change, from 1; Of is the number of changes.
	At, Of int
	// Took is how long the change has run so far.
	Took time.Duration
}

// ErrRefused is returned by Run when there is a refused change. Nothing was changed.
var ErrRefused = errors.New("nothing was changed because some changes are refused")

// Run runs the changes. A change starts when those that it needs are finished, and while no other change of the same
// resources runs; the rest runs side by side. After the first failure, or when ctx ends, nothing new starts, and Run
// returns when what runs has ended. Finished changes stay in place, and a new Diff shows the rest. Changes can be run
// only once.
func (cs *Changes) Run(ctx context.Context, o RunOptions) (Summary, error) {
	if cs.Count(Refused) > 0 {
		return Summary{}, ErrRefused
	}
	if o.Parallelism <= 0 {
		o.Parallelism = DefaultParallelism
	}
	began := time.Now()
	q := newQueue(cs)
	cs.runQueue(ctx, q, o)
	s := q.summary(cs)
	s.Took = time.Since(began)
	return s, q.failure(s)
}

// runQueue starts what can start until all is done, or nothing can start any more.
func (cs *Changes) runQueue(ctx context.Context, q *queue, o RunOptions) {
	var one sync.Mutex
	progress := func(e Event) {
		if o.Progress != nil {
			one.Lock()
			defer one.Unlock()
			o.Progress(e)
		}
	}
	ended := make(chan *task)
	for running, failed := 0, false; ; running-- {
		for running < o.Parallelism && !failed && ctx.Err() == nil {
			t := q.start()
			if t == nil {
				break
			}
			running++
			go func() {
				r := &run{
					cs: cs, change: t.change, event: Event{Change: t.change, At: t.at, Of: q.total},
					progress: progress, began: time.Now(),
				}
				t.err = r.run(ctx)
				ended <- t
			}()
		}
		if running == 0 {
			return
		}
		t := <-ended
		q.end(t)
		failed = failed || t.err != nil
	}
}

// Summary is what became of the changes.
type Summary struct {
	// Created, Updated and Deleted are finished; Failed and Interrupted have begun, NotStarted has not.
	Created, Updated, Deleted, Unchanged, Failed, Interrupted, NotStarted int
	// Took is the time that all changes took together.
	Took time.Duration
}

// String returns the summary as a line of text.
func (s Summary) String() string {
	text := fmt.Sprintf(
		"%d created, %d updated, %d deleted, %d unchanged",
		s.Created,
		s.Updated,
		s.Deleted,
		s.Unchanged,
	)
	for _, more := range []struct {
		n    int
		what string
	}{{s.Failed, "failed"}, {s.Interrupted, "interrupted"}, {s.NotStarted, "not started"}} {
		if more.n > 0 {
			text += fmt.Sprintf(", %d %s", more.n, more.what)
		}
	}
	unit := time.Second
	if s.Took < 10*time.Second {
		unit = 100 * time.Millisecond
	}
	return fmt.Sprintf("%s in %s", text, s.Took.Round(unit))
}

func (s Summary) finished() int { return s.Created + s.Updated + s.Deleted }

// summary counts what became of the changes.
func (q *queue) summary(cs *Changes) (s Summary) {
	s.Unchanged = cs.Count(None)
	for _, t := range q.tasks {
		switch {
		case t.change.Action == None && t.err == nil: // it is counted as unchanged
		case t.state == waits:
			s.NotStarted++
		case errors.Is(t.err, context.Canceled):
			s.Interrupted++
		case t.err != nil:
			s.Failed++
		case t.change.Action == Create:
			s.Created++
		case t.change.Action == Update:
			s.Updated++
		case t.change.Action == Delete:
			s.Deleted++
		}
	}
	return s
}

// runError says which changes failed, or which were interrupted, and how much is finished.
type runError struct {
	text   string
	causes []error
}

// Error returns a line for each change that failed; the last says what is finished.
func (e *runError) Error() string { return e.text }

// Unwrap returns why the changes failed.
func (e *runError) Unwrap() []error { return e.causes }

// failure returns what failed; nil when nothing did.
func (q *queue) failure(s Summary) error {
	var lines, interrupted []string
	e := &runError{}
	for _, t := range q.tasks {
		if t.err == nil {
			continue
		}
		e.causes = append(e.causes, t.err)
		if errors.Is(t.err, context.Canceled) {
			interrupted = append(interrupted, verb(t.change.Action)+" "+t.change.Name())
		} else {
			lines = append(lines, fmt.Sprintf("%s %s: %v", verb(t.change.Action), t.change.Name(), t.err))
		}
	}
	switch n := len(interrupted); {
	case n > 0:
		lines = append(lines, fmt.Sprintf("interrupted while %s; Azure may still finish %s",
			strings.Join(interrupted, ", "), english.Plural(n, "it", "them")))
	case len(lines) == 0 && s.NotStarted > 0:
		e.causes = append(e.causes, context.Canceled)
		lines = append(lines, "interrupted between two changes")
	case len(lines) == 0:
		return nil
	}
	e.text = fmt.Sprintf("%s (%d of %d changes were finished; run apply again to continue from here)",
		strings.Join(lines, "\n"), s.finished(), q.total)
	return e
}

func verb(a Action) string {
	return map[Action]string{Create: "creating", Update: "updating", Delete: "deleting", None: "waiting for"}[a]
}
