package validate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/validate"
)

// TestRefusals holds predictions to refusals that Azure really gave, by the numbers in its messages.
//
// For pods in the node subnet two ways of counting were seen: nodes × (maxPods + 1), which is what the documentation
// describes, in 2018, and nodes × (maxPods − 1) since. A finding names both; wants is the one seen last that refuses.
// R1 is of 2018, so its number is the documented gate.
func TestRefusals(t *testing.T) {
	flat := func(nodes, pods, bits int) string {
		return fmt.Sprintf(`apiVersion: aksnet/v1
vnets: [{name: vnet, addressPrefixes: [10.0.0.0/16]}]
clusters:
  - name: shop
    vnet: vnet
    model: node-subnet
    serviceCidr: 172.20.0.0/16
    nodeSubnet: {name: snet, addressPrefix: 10.0.0.0/%d}
    nodePools: [{name: system, count: %d, maxPods: %d}]
`, bits, nodes, pods)
	}
	pods := func(nodes, pods int, mode string) string {
		return fmt.Sprintf(`apiVersion: aksnet/v1
vnets: [{name: vnet, addressPrefixes: [10.0.0.0/16]}]
clusters:
  - name: shop
    vnet: vnet
    model: pod-subnet
    podIPAllocationMode: %s
    serviceCidr: 172.20.0.0/16
    podSubnet: {name: snet, addressPrefix: 10.0.0.0/23}
    nodePools: [{name: system, count: %d, maxPods: %d}]
`, mode, nodes, pods)
	}
	for _, c := range []struct {
		name, spec  string
		rule        string
		wants, has  int
		gate        string
		asked, free int
	}{
		{"R1", flat(10, 30, 24), "IP021", 290, 251, "documented", 310, 251},
		{"R4 two nodes", flat(2, 110, 25), "IP021", 218, 123, "observed", 218, 123},
		{"R4 four nodes", flat(4, 110, 24), "IP021", 436, 251, "observed", 436, 251},
		{"R8 /27", flat(1, 30, 27), "IP021", 29, 27, "observed", 29, 27},
		{"R8 /28", flat(1, 30, 28), "IP021", 29, 11, "observed", 29, 11},
		{"R2", `apiVersion: aksnet/v1
clusters: [{name: shop, podCidr: 10.244.0.0/19, nodePools: [{name: system, count: 33}]}]
`, "IP023", 8448, 8192, "", 8448, 8192},
		{"pod subnet", pods(40, 30, "DynamicIndividual"), "IP022", 640, 507, "", 640, 507},
		{"pod subnet, few pods", pods(40, 10, "DynamicIndividual"), "IP022", 640, 507, "", 640, 507},
		{"pod subnet, blocks", pods(40, 30, "StaticBlock"), "IP022", 640, 507, "", 640, 507},
		{"R16", `apiVersion: aksnet/v1
clusters: [{name: shop, model: kubenet, podCidr: 10.240.0.0/16, nodePools: [{name: system, count: 400, maxPods: 250}]}]
`, "IP023", 400 * 256, 65536, "", 400 * 256, 65536},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := check(t, c.spec, validate.Options{Only: []string{c.rule}})
			if len(r.Findings) != 1 || r.Findings[0].AzureError == nil {
				t.Fatalf("findings %+v, want one refusal", r.Findings)
			}
			e := r.Findings[0].AzureError
			if e.Code != "InsufficientSubnetSize" || e.Wants != c.wants || e.Has != c.has {
				t.Errorf("%s wants %d has %d, want %d and %d", e.Code, e.Wants, e.Has, c.wants, c.has)
			}
			if asked := gate(e, c.gate); asked != c.asked || e.Has != c.free {
				t.Errorf("gate %q: %d against %d, Azure said %d against %d", c.gate, asked, e.Has, c.asked, c.free)
			}
		})
	}
}

// gate is the number of the gate with a name; what the refusal wants when it has no name.
func gate(e *validate.AzureError, name string) int {
	for _, g := range e.Gates {
		if g.Name == name {
			return g.Wants
		}
	}
	if name == "" {
		return e.Wants
	}
	return -1
}

// TestKubenetRoom is R16 the other way round: 400 kubenet nodes find room in a /15.
func TestKubenetRoom(t *testing.T) {
	_, r := check(t, `apiVersion: aksnet/v1
clusters: [{name: shop, model: kubenet, podCidr: 10.240.0.0/15, nodePools: [{name: system, count: 400, maxPods: 250}]}]
`, validate.Options{Only: []string{"IP023"}})
	if len(r.Findings) > 0 {
		t.Errorf("findings %+v", r.Findings)
	}
}

// TestOverlapRefused is R13: the pod CIDR of an overlay cluster in its network.
func TestOverlapRefused(t *testing.T) {
	_, r := check(t, `apiVersion: aksnet/v1
vnets: [{name: vnet, addressPrefixes: [10.240.0.0/16], subnets: [{name: snet, addressPrefix: 10.240.0.0/16}]}]
clusters: [{name: shop, vnet: vnet, nodeSubnet: {name: snet}, podCidr: 10.240.100.0/24, nodePools: [{name: system, count: 1}]}]
`, validate.Options{Only: []string{"IP001"}})
	if len(r.Findings) != 1 || r.Findings[0].AzureError.Code != "NetworkProfileCIDROverlapVNET" {
		t.Errorf("findings %+v", r.Findings)
	}
}

// TestMoments holds the moment that breaks first to the pools that break it.
func TestMoments(t *testing.T) {
	const spec = `apiVersion: aksnet/v1
vnets: [{name: vnet, addressPrefixes: [10.0.0.0/16]}]
clusters:
  - name: shop
    vnet: vnet
    nodeSubnet: {name: snet, addressPrefix: 10.0.0.0/28}
    nodePools: [{name: system, minCount: %d, maxCount: %d, maxSurge: %d}]
`
	for _, c := range []struct {
		min, max, surge int
		want            []validate.Moment
	}{
		{3, 10, 1, nil},
		{3, 10, 2, []validate.Moment{validate.Upgrade}},
		{3, 12, 1, []validate.Moment{validate.Steady}},
		{12, 12, 1, []validate.Moment{validate.Create}},
	} {
		_, r := check(t, fmt.Sprintf(spec, c.min, c.max, c.surge), validate.Options{Only: []string{"IP021"}})
		var got []validate.Moment
		for _, f := range r.Findings {
			got = append(got, f.Moment)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c, diff)
		}
	}
}

// TestPredictionsAreListed holds the errors that rules predict to the table of errors, in both directions: a row names
// every rule that predicts it, and only rules that exist.
func TestPredictionsAreListed(t *testing.T) {
	lists := func(code, rule string) bool {
		return slices.ContainsFunc(aks.ErrorCodesOf(code), func(row aks.ErrorCode) bool {
			return slices.Contains(row.Rules, rule)
		})
	}
	for _, r := range validate.Rules() {
		for _, f := range only(r.ID, parse(t, r.ID, "bad")) {
			if f.AzureError != nil && !lists(f.AzureError.Code, r.ID) {
				t.Errorf("%s predicts %s: add %q to the Rules of a row of that code in aks/errorcode_*.go",
					r.ID, f.AzureError.Code, r.ID)
			}
		}
	}
	for _, row := range aks.ErrorCodes() {
		for _, id := range row.Rules {
			if _, ok := validate.Lookup(id); !ok {
				t.Errorf("%s: no rule %s", row.Code, id)
			}
		}
	}
}
