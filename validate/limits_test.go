package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/spec"
)

// TestCounts has the limits that an example in a file would be too long for: at the limit nothing is said, one above it
// is.
func TestCounts(t *testing.T) {
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
		}
		return b.String()
	}
	rule := "      - {name: r%d, priority: 100, direction: Inbound, access: Allow}\n"
	tests := []struct {
		name  string
		limit int
		text  func(n int) string
		want  string
	}{
		{"rules of a group", 1000, func(n int) string {
			return "networkSecurityGroups:\n  - name: nsg-shop\n    rules:\n" + repeat(n, rule)
		}, `network security group "nsg-shop" has 1001 rules; at most 1000 are allowed`},
		{"addresses of a rule", 4000, func(n int) string {
			return "networkSecurityGroups:\n  - name: nsg-shop\n    rules:\n" +
				"      - {name: r, priority: 100, direction: Inbound, access: Allow, sources: [" +
				strings.TrimSuffix(repeat(n, "10.0.0.0/8, "), ", ") + "]}\n"
		}, `rule "r" has 4001 addresses on one side; at most 4000 are allowed`},
		{"subnets of a NAT gateway", 800, func(n int) string {
			return "natGateways: [{name: ng-shop, publicIPs: 1}]\nvnets:\n  - name: vnet-shop\n" +
				"    addressPrefixes: [10.0.0.0/16]\n    subnets:\n" +
				repeat(n, "      - {name: s%d, prefixLength: 29, natGateway: ng-shop}\n")
		}, `NAT gateway "ng-shop" would serve more than 800 subnets`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			messages := func(n int) (out []string) {
				text := "apiVersion: aksnet/v1\n" + tt.text(n)
				for _, f := range only("VNET022", spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)})) {
					out = append(out, f.Message)
				}
				return out
			}
			if got := messages(tt.limit); got != nil {
				t.Errorf("at the limit: %q", got)
			}
			if d := cmp.Diff([]string{tt.want}, messages(tt.limit+1)); d != "" {
				t.Errorf("above it (-want +got):\n%s", d)
			}
		})
	}
}
