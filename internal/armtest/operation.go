package armtest

import (
	"fmt"
	"net/http"
)

// operation is a long-running operation. It ends when the clock of requests reaches due.
type operation struct {
	id     string
	entry  *entry
	due    int
	delete bool
	failed bool
	done   bool
}

// begin starts an operation on a resource and returns the headers that tell of it.
// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations (read 2026-11-22)
func (s *Server) begin(e *entry, r *http.Request, remove bool, f Fault) map[string]string {
	s.serial++
	op := &operation{
		id: fmt.Sprintf("op-%d", s.serial), entry: e, due: s.tick + s.Steps, delete: remove, failed: f == FailOperation,
	}
	s.ops[op.id] = op
	s.countOperations()
	e.op = op
	if s.Steps == 0 {
		s.finish(op)
	}
	base := fmt.Sprintf("%s/subscriptions/%s/providers/Microsoft.Network/locations/westeurope/", s.URL, Subscription)
	query := "?api-version=" + r.URL.Query().Get("api-version") + "&t=1&s=signature-of-the-link"
	h := map[string]string{"Azure-AsyncOperation": base + "operations/" + op.id + query}
	if remove {
		h["Location"] = base + "operationResults/" + op.id + query
	}
	return h
}

// countOperations keeps the largest number of operations in progress.
func (s *Server) countOperations() {
	n := 0
	for _, op := range s.ops {
		if !op.done {
			n++
		}
	}
	s.peak = max(s.peak, n)
}

// advance ends the operations that are due.
func (s *Server) advance() {
	for _, op := range s.ops {
		if !op.done && s.tick >= op.due {
			s.finish(op)
		}
	}
}

func (s *Server) finish(op *operation) {
	op.done = true
	if op.entry.op == op {
		op.entry.op = nil
	}
	switch {
	case op.delete && !op.failed:
		s.drop(op.entry)
	case op.failed:
		op.entry.set("Failed")
	default:
		op.entry.set("Succeeded")
	}
	s.touch(op.entry)
}

// operationAnswer tells how far an operation is: by its status, or for Location by 202 until it is done.
func (s *Server) operationAnswer(r *http.Request, parts []string) (*answer, bool) {
	if len(parts) != 8 || parts[4] != "locations" {
		return nil, false
	}
	op := s.ops[parts[7]]
	if op == nil || r.Method != http.MethodGet {
		return refuse(http.StatusNotFound, "OperationNotFound", "The operation %s was not found.", parts[7]), true
	}
	if parts[6] == "operationResults" {
		if !op.done {
			return &answer{http.StatusAccepted, map[string]string{"Retry-After": "0"}, nil}, true
		}
		return &answer{http.StatusNoContent, map[string]string{}, nil}, true
	}
	status := map[string]any{"status": "InProgress"}
	switch {
	case op.done && op.failed:
		status["status"] = "Failed"
		status["error"] = map[string]any{
			"code":    "InternalServerError",
			"message": "An error occurred.",
			"details": []any{},
		}
	case op.done:
		status["status"] = "Succeeded"
	}
	return &answer{http.StatusOK, map[string]string{"Retry-After": "0"}, status}, true
}

// busy finds an operation on the resource, or on anything in the same network: two changes of one network at a time are
// refused.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (read 2026-11-22),
// AnotherOperationInProgress
func (s *Server) busy(id string) *operation {
	top := topID(id)
	for _, op := range s.ops {
		if !op.done && topID(op.entry.id) == top {
			return op
		}
	}
	return nil
}

// remoteBusy finds an operation in the network at the other end of a peering. No page says what Azure answers to a
// peering while that network changes: the harder answer is that it refuses it too.
func (s *Server) remoteBusy(typ string, body map[string]any) *operation {
	remote := text(object(object(body["properties"])["remoteVirtualNetwork"])["id"])
	if typ != typePeering || remote == "" {
		return nil
	}
	return s.busy(remote)
}
