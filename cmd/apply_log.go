package cmd

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
)

// applyLog prints what apply does. Each line begins with the number of its change, because changes run side by side.
// On a terminal, a line shows what is running; elsewhere, each start and each reason to wait is a line of its own.
type applyLog struct {
	io   cli.IO
	step *cli.Step

	mu sync.Mutex
	// running are the changes in progress, in the order in which they started.
	running []*runningChange
	ended   int
	of      int
}

// runningChange is a change in progress, with its latest event.
type runningChange struct {
	apply.Event
	began time.Time
}

func newApplyLog(io cli.IO) *applyLog {
	l := &applyLog{io: io}
	l.step = io.StepFunc(func(time.Duration) string { return l.status() })
	return l
}

// event prints an event.
func (l *applyLog) event(e apply.Event) {
	news := l.update(e)
	if text := eventText(e); e.State.Ended() || news && !l.io.ShowsSteps() {
		_ = l.io.Inform("%s", text)
	}
}

// update records an event and reports whether it is new: a change reports at every poll that it waits.
func (l *applyLog) update(e apply.Event) (news bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of = e.Of
	at := slices.IndexFunc(l.running, func(r *runningChange) bool { return r.Change == e.Change })
	switch {
	case at < 0:
		l.running = append(l.running, &runningChange{e, time.Now()})
		return true
	case e.State.Ended():
		l.running = slices.Delete(l.running, at, at+1)
		l.ended++
		return true
	}
	news = l.running[at].State != e.State || l.running[at].Reason != e.Reason
	l.running[at].Event = e
	return news
}

func eventText(e apply.Event) string {
	text := fmt.Sprintf("[%d/%d] %s %s %s", e.At, e.Of, e.Change.Action, e.Change.Type, e.Change.Name())
	switch e.State {
	case apply.Waiting:
		text += ": waiting, " + e.Reason
	case apply.Done:
		text += fmt.Sprintf(": done in %s", e.Took.Round(100*time.Millisecond))
	case apply.Failed, apply.Interrupted:
		text += fmt.Sprintf(": %s", e.State)
	}
	return text
}

// status returns how much is done, and what is running for how long.
func (l *applyLog) status() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var items []string
	for _, r := range l.running {
		item := fmt.Sprintf("%s %s (%s)", r.Change.Action, r.Change.Name(), time.Since(r.began).Truncate(time.Second))
		if r.State == apply.Waiting {
			item += ", " + r.Reason
		}
		items = append(items, item)
	}
	return fmt.Sprintf("%d of %d done: %s", l.ended, l.of, strings.Join(items, ", "))
}
