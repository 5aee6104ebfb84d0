package validate_test

import (
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// against returns the findings of the change rules for two plans.
func against(older, newer *plan.Plan) []validate.Finding {
	changes := []string{"LIFE020", "LIFE021", "LIFE022", "LIFE023", "LIFE024", "LIFE025"}
	return validate.Run(newer, validate.Options{Only: changes, Against: older}).Findings
}

// TestChanges covers each kind of change.
func TestChanges(t *testing.T) {
	build := func(cluster string) *plan.Plan {
		text := "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\n" +
			"clusters: [{name: shop, serviceCidr: 172.20.0.0/16, " + cluster + "}]\n"
		return plan.Build(spec.Parse(spec.Source{Name: "shop.yaml", Data: []byte(text)}))
	}
	const pools = ", nodePools: [{name: system, count: 3}]"
	const windows = ", nodePools: [{name: system, count: 3}, {name: win, osType: Windows, count: 2}]"
	for _, c := range []struct{ name, old, new, rule string }{
		{
			"one minor version", "kubernetesVersion: '1.33', podCidr: 10.244.0.0/16" + pools,
			"kubernetesVersion: '1.34', podCidr: 10.244.0.0/16" + pools, "LIFE023",
		},
		{
			"skipped minor versions", "kubernetesVersion: '1.31.5', podCidr: 10.244.0.0/16" + pools,
			"kubernetesVersion: '1.34', podCidr: 10.244.0.0/16" + pools, "LIFE024",
		},
		{"nothing", "podCidr: 100.64.0.0/16" + pools, "podCidr: 100.64.0.0/16" + pools, ""},
		{"E20: pod CIDR grows", "podCidr: 10.244.0.0/18" + pools, "podCidr: 10.244.0.0/16" + pools, "LIFE022"},
		{"pod CIDR shrinks", "podCidr: 10.244.0.0/16" + pools, "podCidr: 10.244.0.0/18" + pools, "LIFE020"},
		{"pod CIDR moves", "podCidr: 10.244.0.0/16" + pools, "podCidr: 10.245.0.0/16" + pools, "LIFE020"},
		{
			"pod CIDR grows beside Windows",
			"podCidr: 10.244.0.0/18" + windows, "podCidr: 10.244.0.0/16" + windows, "LIFE024",
		},
		{
			"kubenet pod CIDR grows", "model: kubenet, podCidr: 10.244.0.0/18" + pools,
			"model: kubenet, podCidr: 10.244.0.0/16" + pools, "LIFE020",
		},
		{
			"byo pod CIDR moves",
			"model: byo, podCidr: 10.244.0.0/16" + pools, "model: byo, podCidr: 10.245.0.0/16" + pools,
			"LIFE023",
		},
		{"kubenet to overlay", "model: kubenet" + pools, "model: overlay" + pools, "LIFE022"},
		{
			"kubenet to overlay on an old version", "kubernetesVersion: '1.26', model: kubenet" + pools,
			"kubernetesVersion: '1.26', model: overlay" + pools, "LIFE024",
		},
		{
			"kubenet to overlay with a system identity", "identity: SystemAssigned, model: kubenet" + pools,
			"identity: SystemAssigned, model: overlay" + pools, "LIFE024",
		},
		{"kubenet to Cilium", "model: kubenet" + pools, "model: cilium" + pools, "LIFE024"},
		{
			"overlay to kubenet",
			"podCidr: 10.244.0.0/16" + pools, "model: kubenet, podCidr: 10.244.0.0/16" + pools, "LIFE020",
		},
		{"pod-subnet to overlay", "model: pod-subnet" + pools, "model: overlay" + pools, "LIFE020"},
		{
			"to Cilium",
			"networkPolicy: none" + pools, "networkDataplane: cilium, networkPolicy: none" + pools, "LIFE022",
		},
		{
			"to Cilium with Windows",
			"networkPolicy: none" + windows, "networkDataplane: cilium, networkPolicy: none" + windows,
			"LIFE024",
		},
		{
			"dynamic to static",
			"model: pod-subnet" + pools, "model: pod-subnet, podIPAllocationMode: StaticBlock" + pools,
			"LIFE021",
		},
		{
			"managed NAT gateway to load balancer", "vnet: managed, outboundType: managedNATGateway" + pools,
			"vnet: managed, outboundType: loadBalancer" + pools, "LIFE024",
		},
		{
			"load balancer to managed NAT gateway", "vnet: managed" + pools,
			"vnet: managed, outboundType: managedNATGateway" + pools, "LIFE023",
		},
		{
			"pool is renamed", "podCidr: 10.244.0.0/16, nodePools: [{name: system, count: 3}]",
			"podCidr: 10.244.0.0/16, nodePools: [{name: system2, count: 3}]", "LIFE025",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings := against(build(c.old), build(c.new))
			if c.rule == "" {
				if len(findings) > 0 {
					t.Fatalf("differs: %+v", findings)
				}
				return
			}
			for _, f := range findings {
				if f.Rule == c.rule && f.Line > 0 {
					return
				}
			}
			t.Errorf("findings %+v, want %s", findings, c.rule)
		})
	}
}
