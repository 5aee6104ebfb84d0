package apply_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
)

// TestRecord writes the traffic of the scenarios into the file that AKSNET_RECORD names, for .ci/oav.sh to hold against
// Azure's OpenAPI description. Without the variable there is nothing to do.
func TestRecord(t *testing.T) {
	file := os.Getenv("AKSNET_RECORD")
	if file == "" {
		t.Skip("AKSNET_RECORD names no file")
	}
	var all []armtest.Exchange
	for _, sc := range scenarios() {
		s := estate(t)
		sc.before(t, s)
		if err := applyOnce(context.Background(), client(t, s), sc.graph(t), sc.opts); err != nil {
			t.Fatal(err)
		}
		if _, err := apply.Import(context.Background(), client(t, s),
			apply.ImportOptions{Subscription: armtest.Subscription, ResourceGroups: []string{"rg-net"}}); err != nil {
			t.Fatal(err)
		}
		all = append(all, s.Exchanges()...)
	}
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d exchanges", len(all))
}
