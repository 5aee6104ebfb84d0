package validate_test

import (
	"fmt"
	"testing"

	"github.com/aksnet/aksnet/validate"
)

// portsSpec returns a spec with a cluster of one pool behind a load balancer.
func portsSpec(nodes, ips, ports int, surge string) string {
	return fmt.Sprintf(`apiVersion: aksnet/v1
clusters:
  - name: shop
    loadBalancerProfile: {managedOutboundIPs: %d, allocatedOutboundPorts: %d}
    nodePools: [{name: system, count: %d, maxPods: 30, maxSurge: %s}]
`, ips, ports, nodes, surge)
}

// TestPortRefusals compares the check of outbound ports with errors that Azure really returned and with the
// documentation's examples: the largest number of nodes passes, and one more fails.
func TestPortRefusals(t *testing.T) {
	for _, c := range []struct {
		name              string
		nodes, ips, ports int
		surge             string
		wants, has        int
	}{
		{"R10: 3 nodes and 1 surge", 3, 1, 21000, "1", 84000, 64000},
		{"R12: 8 nodes and 1 surge", 8, 1, 8000, "1", 72000, 64000},
		{"E24: 128 nodes", 127, 2, 1000, "1", 0, 0},
		{"E24: 129 nodes", 128, 2, 1000, "1", 129000, 128000},
		{"E25: 448 nodes", 447, 7, 1000, "1", 0, 0},
		{"E25: 449 nodes", 448, 7, 1000, "1", 449000, 448000},
		{"E26: 32 nodes", 31, 2, 4000, "1", 0, 0},
		{"E26: 33 nodes", 32, 2, 4000, "1", 132000, 128000},
		{"E27: 112 nodes", 111, 7, 4000, "1", 0, 0},
		{"E27: 113 nodes", 112, 7, 4000, "1", 452000, 448000},
		{"E28: 100 nodes and 2 surge", 100, 7, 4000, "2", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := check(t, portsSpec(c.nodes, c.ips, c.ports, c.surge), validate.Options{Only: []string{"EGR055"}})
			if c.wants == 0 {
				if len(r.Findings) > 0 {
					t.Errorf("refused: %s", r.Findings[0].Message)
				}
				return
			}
			if len(r.Findings) != 1 || r.Findings[0].AzureError == nil {
				t.Fatalf("findings %+v, want one refusal", r.Findings)
			}
			if e := r.Findings[0].AzureError; e.Code != "InvalidLoadBalancerProfileAllocatedOutboundPorts" ||
				e.Wants != c.wants || e.Has != c.has {
				t.Errorf("%s wants %d has %d, Azure reported %d and %d", e.Code, e.Wants, e.Has, c.wants, c.has)
			}
		})
	}
}

// TestPortSteps crosses each step of Azure's default allocation of ports, by growth and by the surge of an upgrade
// (E22, E23, E29).
func TestPortSteps(t *testing.T) {
	for _, c := range []struct {
		name       string
		pool       string
		crosses    bool
		breaksWhen validate.Moment
	}{
		{"48 nodes", "count: 48, maxSurge: 1", false, ""},
		{"48 to 52 nodes", "minCount: 48, maxCount: 52, maxSurge: 1", true, validate.Steady},
		{"50 nodes and their surge", "count: 50, maxSurge: 1", true, validate.Upgrade},
		{"51 to 99 nodes", "minCount: 51, maxCount: 99, maxSurge: 1", false, ""},
		{"100 to 101 nodes", "minCount: 100, maxCount: 101, maxSurge: 1", true, validate.Steady},
		{"200 nodes and their surge", "count: 200, maxSurge: 33%", true, validate.Upgrade},
		{"400 to 401 nodes", "minCount: 400, maxCount: 401, maxSurge: 1", true, validate.Steady},
		{"800 to 801 nodes", "minCount: 800, maxCount: 801, maxSurge: 1", true, validate.Steady},
		{"801 to 998 nodes", "minCount: 801, maxCount: 998, maxSurge: 1", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "apiVersion: aksnet/v1\nclusters: [{name: shop, nodePools: [{name: system, maxPods: 30, " +
				c.pool + "}]}]\n"
			_, r := check(t, text, validate.Options{Only: []string{"EGR056"}})
			if got := len(r.Findings) > 0; got != c.crosses {
				t.Fatalf("findings %+v, want some: %v", r.Findings, c.crosses)
			}
			if c.crosses && r.Findings[0].Moment != c.breaksWhen {
				t.Errorf("breaks at %q, want %q", r.Findings[0].Moment, c.breaksWhen)
			}
		})
	}
}
