package cli

import (
	"sync/atomic"
	"time"

	"github.com/aksnet/aksnet/internal/english"
)

// Counter is the progress of a step that handles things one by one. What is in the plural: "reading files".
type Counter struct {
	what        string
	done, total atomic.Int64
}

// StepCount is Step with a counter.
func (io IO) StepCount(what string) (*Counter, *Step) {
	c := &Counter{what: what}
	return c, io.StepFunc(c.text)
}

// Set records how many things are done. A total of 0 is not known.
func (c *Counter) Set(done, total int) {
	c.done.Store(int64(done))
	c.total.Store(int64(total))
}

func (c *Counter) text(elapsed time.Duration) string {
	done, total, took := int(c.done.Load()), int(c.total.Load()), elapsed.Truncate(time.Second)
	switch {
	case total > 0:
		return english.Text("%v: %v of %v (%v)", c.what, done, total, took)
	case done > 0:
		return english.Text("%v: %v (%v)", c.what, done, took)
	}
	return english.Text("%v (%v)", c.what, took)
}
