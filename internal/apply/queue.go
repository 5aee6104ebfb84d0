package apply

import (
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// queue is the changes to run, in the order in which they start when nothing hinders them.
type queue struct {
	tasks []*task
	// pending are the tasks that have not started.
	pending []*task
	// total is the number of changes; waiting for an operation of somebody else is none.
	total int
	// writing are the resources that running changes write, by their lower-case ids.
	writing map[string]bool
	// left is how many tasks of each phase have not ended.
	left map[int]int
}

// task is a change in the queue.
type task struct {
	change *Change
	// at is the number of the change.
	at    int
	state taskState
	err   error
	// needs must end before; so must all tasks of earlier phases.
	needs []*task
	phase int
	// writes are the resources of which Azure accepts one change at a time.
	writes []string
}

type taskState int

const (
	waits taskState = iota
	runs
	ended
)

func newQueue(cs *Changes) *queue {
	q := &queue{writing: map[string]bool{}, left: map[int]int{}}
	of := map[*resource.Node]*task{}
	for _, c := range cs.Changes {
		if c.Action == None && !c.settle {
			continue
		}
		if c.Action != None {
			q.total++
		}
		t := &task{change: c, at: q.total, writes: c.writes()}
		if c.Action == Delete {
			t.phase = c.wanted.kind.order // after all that may still refer to it
		}
		of[c.wanted.node] = t
		q.left[t.phase]++
		q.tasks = append(q.tasks, t)
	}
	needs := &needs{of: of, known: map[*resource.Node][]*task{}}
	q.pending = slices.Clone(q.tasks)
	for _, t := range q.tasks {
		t.needs = needs.before(t.change.wanted.node)
	}
	return q
}

// needs finds the tasks that a resource needs, through resources that do not change.
type needs struct {
	of    map[*resource.Node]*task
	known map[*resource.Node][]*task
}

func (n *needs) before(node *resource.Node) []*task {
	if tasks, ok := n.known[node]; ok {
		return tasks
	}
	seen := map[*task]bool{}
	var tasks []*task
	for _, need := range node.Needs() {
		found := n.of[need]
		list := []*task{found}
		if found == nil {
			list = n.before(need)
		}
		for _, t := range list {
			if !seen[t] {
				seen[t] = true
				tasks = append(tasks, t)
			}
		}
	}
	n.known[node] = tasks
	return tasks
}

// writes returns the resources that a change writes, by their lower-case ids: the resource, or the network or route
// table that it lies in, and all that it refers to, before and after. Azure rejects a change of a network while another
// one of it is in progress, and a reference to a resource that is being changed.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (read 2026-11-22),
// AnotherOperationInProgress and ReferencedResourceNotProvisioned
func (c *Change) writes() []string {
	ids := []string{topID(c.ID)}
	ids = addReferences(ids, c.wanted.body)
	if c.live != nil {
		ids = addReferences(ids, c.wanted.kind.writable(c.live.body))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// addReferences appends the resources whose ids are in a value.
func addReferences(ids []string, v any) []string {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if id, ok := x.(string); ok && k == "id" && resource.IsID(id) {
				ids = append(ids, topID(id))
			} else {
				ids = addReferences(ids, x)
			}
		}
	case []any:
		for _, x := range v {
			ids = addReferences(ids, x)
		}
	}
	return ids
}

// topID returns the lower-case id of the resource that an id names, or of the one that it lies in.
func topID(id string) string {
	id = strings.ToLower(strings.TrimRight(id, "/"))
	at := strings.LastIndex(id, "/providers/")
	if at < 0 {
		return id
	}
	parts := strings.Split(id[at+len("/providers/"):], "/")
	return id[:at] + "/providers/" + strings.Join(parts[:min(3, len(parts))], "/")
}

// start returns the next task that can start, and marks it as running; nil when none can.
func (q *queue) start() *task {
	for i, t := range q.pending {
		if q.free(t) {
			q.pending = slices.Delete(q.pending, i, i+1)
			t.state = runs
			for _, id := range t.writes {
				q.writing[id] = true
			}
			return t
		}
	}
	return nil
}

// free reports whether a task has what it needs.
func (q *queue) free(t *task) bool {
	for phase, n := range q.left {
		if phase < t.phase && n > 0 {
			return false
		}
	}
	return !slices.ContainsFunc(t.writes, func(id string) bool { return q.writing[id] }) &&
		!slices.ContainsFunc(t.needs, func(need *task) bool { return need.state != ended })
}

// end marks a task as ended.
func (q *queue) end(t *task) {
	t.state = ended
	q.left[t.phase]--
	for _, id := range t.writes {
		delete(q.writing, id)
	}
}
