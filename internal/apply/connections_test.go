package apply_test

import (
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/aksnet/aksnet/internal/apply"
)

// TestConnections applies a fleet over HTTPS: requests that run side by side share connections instead of shaking
// hands for each one.
func TestConnections(t *testing.T) {
	c := newCLI(t, secret)
	var mu sync.Mutex
	clients := map[string]bool{}
	c.server.Latency = func(r *http.Request) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		clients[r.RemoteAddr] = true
		return 2 * time.Millisecond
	}
	if out, errs, code := c.run("apply", "--yes", filepath.Join("testdata", "fleet.yaml")); code != 0 {
		t.Fatalf("exit %d\n%s\n%s", code, out, errs)
	}
	requests := len(c.server.Exchanges())
	if most := apply.DefaultParallelism + 5; len(clients) > most || requests < 4*most {
		t.Errorf("%d requests over %d connections, want at most %d", requests, len(clients), most)
	}
}
