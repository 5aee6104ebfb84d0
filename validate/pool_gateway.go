package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// eachGateway calls do for every pool of mode Gateway.
func eachGateway(p *Pass, do func(c *plan.Cluster, pool *plan.NodePool)) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.Gateway {
			do(c, pool)
		}
	})
}

var gatewayFew = &Rule{
	ID:       "POOL036",
	Title:    "gateway pool with too few nodes",
	Severity: Error,
	Explanation: english.Text("A pool of mode Gateway has at least %v nodes, so that egress survives the loss of one, "+
		"and at most as many as its prefix has addresses.", aks.MinGatewayNodes),
	Source: aks.PageStaticEgress,
	Fix:    english.Text("set count to at least %v", aks.MinGatewayNodes),
	Since:  "v0.1.0",
	Check:  checkGatewayFew,
}

func checkGatewayFew(p *Pass) {
	eachGateway(p, func(_ *plan.Cluster, pool *plan.NodePool) {
		if n := pool.Spec.MaxNodes(); n < aks.MinGatewayNodes {
			p.Report(Finding{
				Path: pool.Path + "." + sizeKey(pool),
				Message: fmt.Sprintf("gateway pool %q has %s; it needs at least %d", pool.Name,
					english.Count(n, "node"), aks.MinGatewayNodes),
				Edit: set(aks.MinGatewayNodes),
				AzureError: &AzureError{
					Code: aks.CodeStaticEgressGatewayInvalidGatewayNodeCount, Message: "or fewer than 2",
				},
			})
		}
	})
}

var gatewayPrivate = &Rule{
	ID:       "POOL037",
	Title:    "gateway with private addresses lacks what it needs",
	Severity: Error,
	Explanation: english.Text("A static egress gateway with private addresses (provisionPublicIPs: false) is in "+
		"preview. It needs a pool of type VirtualMachines and Kubernetes %v or newer.", aks.PrivateGatewaySince),
	Source: aks.PageStaticEgress,
	Fix:    "set type: VirtualMachines on the gateway pool, and use a newer kubernetesVersion",
	Since:  "v0.1.0",
	Check:  checkGatewayPrivate,
}

func checkGatewayPrivate(p *Pass) {
	eachGateway(p, func(c *plan.Cluster, pool *plan.NodePool) {
		if !pool.Spec.GatewayProfile.Private() {
			return
		}
		if pool.Spec.Type != aks.VirtualMachines {
			p.Report(Finding{
				Path: nearest(p, pool.Path+".type", pool.Path+".gatewayProfile.provisionPublicIPs"),
				Message: fmt.Sprintf("gateway pool %q has private addresses, which need type VirtualMachines",
					pool.Name),
				Edit: setAt(pool.Path+".type", aks.VirtualMachines),
			})
		}
		if v := c.Spec.KubernetesVersion; !v.AtLeast(aks.PrivateGatewaySince) {
			p.Report(Finding{
				Path: c.Path + ".kubernetesVersion",
				Message: fmt.Sprintf("gateway pool %q has private addresses, which need Kubernetes %s or newer; "+
					"the cluster has %s", pool.Name, aks.PrivateGatewaySince, v),
				Edit: set(`"` + aks.PrivateGatewaySince + `"`),
			})
		}
	})
}

var gatewayRoute = &Rule{
	ID:       "POOL038",
	Title:    "gateway with private addresses without a route",
	Severity: Warning,
	Explanation: "A static egress gateway with private addresses makes no route. Its subnet needs a route table of " +
		"yours that sends the packets to a firewall or gateway: without one they leave with the outbound type of the " +
		"cluster, and not with the gateway's address.",
	Source: aks.PageStaticEgress,
	Fix:    "set routeTable on the gateway's subnet, or set outboundType: userDefinedRouting",
	Since:  "v0.1.0",
	Check:  checkGatewayRoute,
}

func checkGatewayRoute(p *Pass) {
	eachGateway(p, func(c *plan.Cluster, pool *plan.NodePool) {
		s := pool.NodeSubnet()
		if !pool.Spec.GatewayProfile.Private() || s != nil && (s.RouteTable != "" || s.Existing) {
			return
		}
		p.Reportf(pool.Path+".gatewayProfile.provisionPublicIPs",
			"gateway pool %q has private addresses, but its subnet has no route table", pool.Name)
	})
}
