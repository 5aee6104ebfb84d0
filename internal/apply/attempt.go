package apply

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// maxAttempts is how often a change is attempted while Azure responds that the resource is busy or has changed.
const maxAttempts = 40

// run is a change in progress.
type run struct {
	cs       *Changes
	change   *Change
	event    Event
	progress func(Event)
	began    time.Time
}

func (r *run) tell(s State, reason string) {
	if r.change.Action != None {
		r.event.State, r.event.Reason, r.event.Took = s, reason, time.Since(r.began)
		r.progress(r.event)
	}
}

func (r *run) run(ctx context.Context) error {
	r.tell(Started, "")
	err := r.attempts(ctx)
	switch {
	case errors.Is(err, context.Canceled):
		r.tell(Interrupted, "")
	case err != nil:
		r.tell(Failed, err.Error())
	default:
		r.tell(Done, "")
	}
	return err
}

// attempts sends the change until Azure accepts it. After every temporary error (busy, changed meanwhile) it reads the
// resource again.
func (r *run) attempts(ctx context.Context) error {
	if r.change.Action == None {
		return r.settle(ctx)
	}
	for n := 1; ; n++ {
		err := r.send(ctx)
		if err == nil {
			return nil
		}
		busy := isBusy(err)
		if !busy && !isStale(err) || n == maxAttempts {
			return err
		}
		if busy {
			r.tell(Waiting, "another operation is in progress")
			if err := pause(ctx, max(retryAfterOf(err), r.cs.client.poll*time.Duration(min(n, 6)))); err != nil {
				return err
			}
		}
		if done, err := r.again(ctx); done || err != nil {
			return err
		}
	}
}

// send sends the change once.
func (r *run) send(ctx context.Context) error {
	c, n := r.change, r.change.wanted.node
	header := http.Header{}
	switch {
	case c.live == nil:
		// Do not overwrite a resource that somebody created meanwhile.
		// https://github.com/cloud-and-ai-microsoft/resource-provider-contract/blob/master/v1.0/resource-api-reference.md (read 2026-11-22)
		header.Set("If-None-Match", "*")
	case c.live.etag != "":
		header.Set("If-Match", c.live.etag)
	}
	if c.Action == Delete {
		err := r.cs.client.remove(ctx, n.ID, n.APIVersion, header)
		if missing, _ := isMissing(err); missing {
			return nil
		}
		return err
	}
	return r.cs.client.put(ctx, n.ID, n.APIVersion, c.syncQuery(), r.body(), header)
}

// body returns the request body: for a new resource the plan's body with our tag, else the live body merged with the
// plan's.
func (r *run) body() map[string]any {
	c := r.change
	if c.live == nil {
		body := clone(c.wanted.body).(map[string]any)
		if c.wanted.node.Regional {
			tags, _ := body["tags"].(map[string]any)
			if tags == nil {
				tags = map[string]any{}
			}
			tags[Tag] = r.cs.owner
			body["tags"] = tags
		}
		return body
	}
	return merge(c.wanted.body, c.wanted.kind.writable(c.live.body)).(map[string]any)
}

// errMoved is returned when a change is no longer the one that was shown.
var errMoved = errors.New(
	"the resource changed after the changes were shown; run apply again to see the remaining changes",
)

// again reads the resource again and recomputes the change. It returns true when nothing remains to change.
func (r *run) again(ctx context.Context) (done bool, err error) {
	c, n := r.change, r.change.wanted.node
	l, err := r.cs.client.get(ctx, n.ID, n.APIVersion)
	missing, _ := isMissing(err)
	switch {
	case missing && c.Action == Delete:
		return true, nil
	case missing && c.Action == Create:
		c.live = nil
		return false, nil
	case missing:
		return false, errMoved
	case err != nil:
		return false, err
	case c.Action == Delete:
		return false, r.recheckDelete(l)
	}
	left := &Change{Type: c.Type, ID: c.ID, wanted: c.wanted, live: l}
	left.judge()
	switch {
	case left.Action == None:
		c.live = l
		return true, r.settle(ctx)
	case left.Action == Refused:
		return false, fmt.Errorf("%s", left.Reason)
	case !r.shown(left.Properties):
		return false, errMoved
	}
	c.live = l
	return false, nil
}

// recheckDelete returns an error unless the resource is still ours and unused.
func (r *run) recheckDelete(l *live) error {
	c := r.change
	if owner, _ := at(l.body, "tags", Tag).(string); owner != r.cs.owner {
		return errMoved
	}
	c.live = l
	again := &Change{Type: c.Type, ID: c.ID, wanted: c.wanted, live: l}
	r.cs.judgeDelete(again, r.cs.deleted())
	if again.Action == Refused {
		return fmt.Errorf("%s", again.Reason)
	}
	return nil
}

func (cs *Changes) deleted() []*Change {
	return slices.DeleteFunc(slices.Clone(cs.Changes), func(c *Change) bool { return c.Action != Delete })
}

// shown reports whether the remaining properties were shown: the same member with the same values before and after. The
// state of a change that Azure itself abandoned, and the sync level of a peering, need no confirmation by the user.
func (r *run) shown(left []Property) bool {
	for _, p := range left {
		if p.Path == "properties.provisioningState" || p.Path == syncLevel {
			continue
		}
		if !slices.ContainsFunc(r.change.Properties, func(q Property) bool {
			return p.Path == q.Path && same("", p.Before, q.Before) && same("", q.Before, p.Before) &&
				same("", p.After, q.After)
		}) {
			return false
		}
	}
	return true
}

// settle waits until Azure has finished changing the resource, because its dependents would be rejected.
func (r *run) settle(ctx context.Context) error {
	n := r.change.wanted.node
	for attempt := 1; ; attempt++ {
		l, err := r.cs.client.get(ctx, n.ID, n.APIVersion)
		if err != nil {
			return err
		}
		switch state := l.state(); {
		case state == "" || isFinal(state) && state == "Succeeded":
			return nil
		case isFinal(state):
			return fmt.Errorf("the operation in progress ended with state %s; run apply again", state)
		case attempt == maxAttempts:
			return fmt.Errorf("it is still %s", state)
		}
		r.tell(Waiting, "an earlier operation is still in progress")
		if err := pause(ctx, r.cs.client.poll*time.Duration(min(attempt, 6))); err != nil {
			return err
		}
	}
}
