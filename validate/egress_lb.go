package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// byLoadBalancer returns the clusters whose egress goes through their load balancer.
func byLoadBalancer(p *plan.Plan) (out []*plan.Cluster) {
	for _, c := range p.Clusters {
		if c.OutboundType == aks.OutboundLoadBalancer {
			out = append(out, c)
		}
	}
	return out
}

var lbOutboundIPs = &Rule{
	ID:       "EGR050",
	Title:    "number of managed outbound addresses out of range",
	Severity: Error,
	Explanation: english.Text("AKS creates %v to %v public addresses for the load balancer's outbound rule.",
		aks.MinManagedOutboundIPs, aks.MaxManagedOutboundIPs),
	Source: aks.PageLoadBalancer,
	Fix:    "set managedOutboundIPs to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkLBOutboundIPs,
}

func checkLBOutboundIPs(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path, n := c.Path+".loadBalancerProfile.managedOutboundIPs", c.Spec.LoadBalancerProfile.ManagedOutboundIPs
		if p.Spec.Has(path) && (n < aks.MinManagedOutboundIPs || n > aks.MaxManagedOutboundIPs) {
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("%d managed outbound addresses; AKS allows %d to %d", n, aks.MinManagedOutboundIPs,
					aks.MaxManagedOutboundIPs),
				Edit: set(min(max(n, aks.MinManagedOutboundIPs), aks.MaxManagedOutboundIPs)),
			})
		}
	}
}

var lbPortsStep = &Rule{
	ID:       "EGR051",
	Title:    english.Text("outbound ports per node not a multiple of %v", aks.SNATPortStep),
	Severity: Error,
	Explanation: english.Text("Azure allocates SNAT ports in blocks of %v: allocatedOutboundPorts must be a "+
		"multiple of that, or 0 for Azure's default allocation.", aks.SNATPortStep),
	Source: aks.PageLoadBalancer,
	Fix:    english.Text("set allocatedOutboundPorts to a multiple of %v", aks.SNATPortStep),
	Since:  "v0.1.0",
	Check:  checkLBPortsStep,
}

func checkLBPortsStep(p *Pass) {
	for _, c := range p.Plan.Clusters {
		n := c.Spec.LoadBalancerProfile.AllocatedOutboundPorts
		if n > 0 && n <= aks.MaxAllocatedPorts && n%aks.SNATPortStep != 0 {
			p.Report(Finding{
				Path:    c.Path + ".loadBalancerProfile.allocatedOutboundPorts",
				Message: fmt.Sprintf("allocatedOutboundPorts is %d; it must be a multiple of %d", n, aks.SNATPortStep),
				Edit:    set(max(n/aks.SNATPortStep, 1) * aks.SNATPortStep),
				AzureError: &AzureError{
					Code: aks.CodeSpecifiedAllocatedOutboundPortsForOutboundRuleIsNotAMultipleOfEight,
				},
			})
		}
	}
}

var lbPortsMax = &Rule{
	ID:       "EGR052",
	Title:    "outbound ports per node out of range",
	Severity: Error,
	Explanation: english.Text("One public address has %v SNAT ports, and a node cannot have more ports than one "+
		"address has.", aks.SNATPortsPerIP),
	Source: aks.PageLoadBalancer,
	Fix:    "set allocatedOutboundPorts to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkLBPortsMax,
}

func checkLBPortsMax(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Spec.LoadBalancerProfile.AllocatedOutboundPorts; n < 0 || n > aks.MaxAllocatedPorts {
			p.Report(Finding{
				Path:    c.Path + ".loadBalancerProfile.allocatedOutboundPorts",
				Message: fmt.Sprintf("allocatedOutboundPorts is %d; Azure allows 0 to %d", n, aks.MaxAllocatedPorts),
				Edit:    set(min(max(n, 0), aks.MaxAllocatedPorts)),
				AzureError: &AzureError{
					Code: aks.CodeSpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAllowedPortsPerRule,
				},
			})
		}
	}
}

var lbIdle = &Rule{
	ID:       "EGR053",
	Title:    "load balancer idle timeout out of range",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: english.Text("The API accepts %v to %v minutes; AKS's default is %v. Some versions of the "+
		"Azure CLI reject more than %v minutes, so the rule warns about larger values.",
		aks.MinIdleTimeout, aks.MaxIdleTimeout, aks.DefaultLBIdleTimeout, aks.MaxIdleTimeoutCLI),
	Source: aks.PageLoadBalancer,
	Fix:    "set idleTimeoutInMinutes to a value in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkLBIdle,
}

func checkLBIdle(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path, n := c.Path+".loadBalancerProfile.idleTimeoutInMinutes", c.Spec.LoadBalancerProfile.IdleTimeoutInMinutes
		boundIdle(p, path, n)
		if n > aks.MaxIdleTimeoutCLI && n <= aks.MaxIdleTimeout {
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf(
					"the API accepts an idle timeout of %d minutes, but some Azure CLI versions reject more than %d",
					n, aks.MaxIdleTimeoutCLI),
				Edit:     set(aks.MaxIdleTimeoutCLI),
				Severity: Warning,
			})
		}
	}
}

var lbExclusive = &Rule{
	ID:       "EGR054",
	Title:    "more than one source of outbound addresses",
	Severity: Error,
	Explanation: "managedOutboundIPs, outboundIPs and outboundIPPrefixes are mutually exclusive: the " +
		"load balancer gets its public addresses from only one of them.",
	Source: aks.PageLoadBalancer,
	Fix:    "keep only one of managedOutboundIPs, outboundIPs and outboundIPPrefixes",
	Since:  "v0.1.0",
	Check:  checkLBExclusive,
}

func checkLBExclusive(p *Pass) {
	for _, c := range p.Plan.Clusters {
		lb := c.Spec.LoadBalancerProfile
		if len(lb.OutboundIPs)+len(lb.OutboundIPPrefixes) == 0 {
			continue
		}
		var have []string
		for _, key := range []string{"outboundIPs", "outboundIPPrefixes", "managedOutboundIPs"} {
			if p.Spec.Has(c.Path + ".loadBalancerProfile." + key) {
				have = append(have, key)
			}
		}
		if len(have) > 1 {
			p.Report(Finding{
				Path:    c.Path + ".loadBalancerProfile." + have[len(have)-1],
				atKey:   true,
				Message: fmt.Sprintf("loadBalancerProfile has %s; AKS accepts only one of them", joinWords(have)),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var lbPorts = &Rule{
	ID:       "EGR055",
	Title:    "not enough outbound ports for the nodes",
	Severity: Error,
	Explanation: english.Text("Every node gets allocatedOutboundPorts ports, including the surge nodes of an "+
		"upgrade, and each public address has %v. AKS counts maxCount for autoscaled pools, count for other pools, "+
		"and maxSurge rounded up.", aks.SNATPortsPerIP),
	Source: aks.PageLoadBalancer,
	Fix:    "raise managedOutboundIPs, or lower allocatedOutboundPorts",
	Since:  "v0.1.0",
	Check:  checkLBPorts,
}

func checkLBPorts(p *Pass) {
	for _, c := range byLoadBalancer(p.Plan) {
		e, ports := c.Egress, c.Spec.LoadBalancerProfile.AllocatedOutboundPorts
		if ports <= 0 || ports > aks.MaxAllocatedPorts || e.PortsNeeded <= e.PortsAvailable {
			continue
		}
		nodes := c.Nodes + c.SurgeNodes
		f := p.Report(Finding{
			Path: c.Path + ".loadBalancerProfile.allocatedOutboundPorts",
			Message: fmt.Sprintf("%d nodes × %d ports need %d; %s %d",
				nodes, ports, e.PortsNeeded, countOfAddresses(e.OutboundIPs), e.PortsAvailable),
			Moment: portsMoment(c, ports),
			Sums: []string{
				fmt.Sprintf("(%s + %d surge) × %d ports = %d; %d × %d = %d", english.Count(c.Nodes, "node"),
					c.SurgeNodes, ports, e.PortsNeeded, e.OutboundIPs, aks.SNATPortsPerIP, e.PortsAvailable),
			},
			AzureError: &AzureError{
				Code:  aks.CodeInvalidLoadBalancerProfileAllocatedOutboundPorts,
				Wants: e.PortsNeeded,
				Has:   e.PortsAvailable,
			},
		})
		fewer := e.PortsAvailable / nodes / aks.SNATPortStep * aks.SNATPortStep
		ips := (e.PortsNeeded + aks.SNATPortsPerIP - 1) / aks.SNATPortsPerIP
		if ips <= aks.MaxManagedOutboundIPs && managedIPs(p, c) {
			f.Edit = setAt(c.Path+".loadBalancerProfile.managedOutboundIPs", ips)
			f.Advice = fmt.Sprintf("set managedOutboundIPs to %d, or set allocatedOutboundPorts to %d", ips, fewer)
		} else if fewer > 0 {
			f.Edit = set(fewer)
		}
	}
}

// countOfAddresses returns the start of a statement about ports: "1 address has" or "2 addresses have".
func countOfAddresses(addresses int) string {
	if addresses == 1 {
		return "1 address has"
	}
	return english.Count(addresses, "address") + " have"
}

// managedIPs reports whether AKS creates the public addresses of a cluster's load balancer.
func managedIPs(p *Pass, c *plan.Cluster) bool {
	lb := c.Spec.LoadBalancerProfile
	return len(lb.OutboundIPs)+len(lb.OutboundIPPrefixes) == 0
}

// portsMoment returns the phase in which the ports of a cluster first run out.
func portsMoment(c *plan.Cluster, ports int) Moment {
	switch {
	case createNodes(c)*ports > c.Egress.PortsAvailable:
		return Create
	case c.Nodes*ports > c.Egress.PortsAvailable:
		return Steady
	}
	return Upgrade
}

var lbPortsStepDown = &Rule{
	ID:       "EGR056",
	Title:    "scaling out reduces the outbound ports of running nodes",
	Severity: Note,
	Explanation: "With allocatedOutboundPorts 0 the number of ports per node depends on the number of " +
		"nodes: " + snatLadder() +
		". When the cluster crosses a step, by scaling or by the surge of an upgrade, running nodes lose ports and " +
		"connections break.",
	Source: aks.PageSNAT,
	Fix:    "set allocatedOutboundPorts to the number of ports that each node has at the largest size",
	Since:  "v0.1.0",
	Check:  checkLBPortsStepDown,
}

func checkLBPortsStepDown(p *Pass) {
	for _, c := range byLoadBalancer(p.Plan) {
		if c.Spec.LoadBalancerProfile.AllocatedOutboundPorts != 0 {
			continue
		}
		least, most := leastNodes(c), c.Nodes+c.SurgeNodes
		before, steady, after := aks.DefaultSNATPorts(least), aks.DefaultSNATPorts(c.Nodes), aks.DefaultSNATPorts(most)
		if before == after {
			continue
		}
		path := nearest(p, c.Path+".loadBalancerProfile.allocatedOutboundPorts", c.Path+".loadBalancerProfile",
			c.Path+".outboundType", c.Path+".name", c.Path)
		f := p.Reportf(path, "nodes of cluster %q have %d outbound ports each at %s, but only %d at %d", c.Name, before,
			english.Count(least, "node"), after, most)
		each := max(1, c.Egress.OutboundIPs) * aks.SNATPortsPerIP / most
		if ports := each / aks.SNATPortStep * aks.SNATPortStep; ports > 0 {
			f.Edit = setAt(c.Path+".loadBalancerProfile.allocatedOutboundPorts", min(ports, after))
		}
		if f.Moment = Steady; before == steady {
			f.Moment = Upgrade
		}
	}
}

// leastNodes returns the minimum number of nodes of a cluster: minCount of its autoscaled pools and count of the
// others.
func leastNodes(c *plan.Cluster) int {
	n := 0
	for _, pool := range c.Pools() {
		if pool.Spec.Autoscaled() {
			n += pool.Spec.MinCount
		} else {
			n += pool.Spec.Count
		}
	}
	return n
}

var lbPortsFew = &Rule{
	ID:       "EGR057",
	Title:    "few outbound ports per node",
	Severity: Warning,
	Explanation: english.Text("With Azure's default allocation, nodes of a large cluster have too few SNAT "+
		"ports for pods with many outbound connections: connections time out, and no error names the cause. A NAT "+
		"gateway shares the %v ports of each address among all nodes.", aks.NATPortsPerIP),
	Source: aks.PageScaleIssues,
	Fix:    "use a NAT gateway, or set allocatedOutboundPorts and raise managedOutboundIPs",
	Since:  "v0.1.0",
	Check:  checkLBPortsFew,
}

// fewPorts is the largest number of SNAT ports per node that counts as few: what Azure's default allocation gives
// each node of a cluster with more than 200 nodes.
const fewPorts = 128

func checkLBPortsFew(p *Pass) {
	for _, c := range byLoadBalancer(p.Plan) {
		if c.Spec.LoadBalancerProfile.AllocatedOutboundPorts != 0 {
			continue
		}
		if ports := aks.DefaultSNATPorts(c.Nodes); ports <= fewPorts {
			path := nearest(p, c.Path+".loadBalancerProfile", c.Path+".outboundType", c.Path+".name", c.Path)
			f := p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("each of the %d nodes of cluster %q has only %d outbound ports", c.Nodes, c.Name,
					ports),
				Moment: Steady,
			})
			if !c.Spec.Managed() {
				f.Edit = setAt(c.Path+".outboundType", aks.OutboundUserAssignedNATGateway)
				continue
			}
			f.Edit = setAt(c.Path+".outboundType", aks.OutboundManagedNATGateway)
		}
	}
}

var firewallPorts = &Rule{
	ID:       "EGR058",
	Title:    "too few firewall addresses for the cluster's connections",
	Severity: Note,
	Explanation: english.Text("Azure Firewall has %v SNAT ports for each public address and instance, and at least %v "+
		"instances. Microsoft's page on restricting egress recommends %v addresses in production. The note appears "+
		"where nodes get fewer ports than a load balancer would give them.",
		aks.FirewallPortsPerIP, aks.FirewallInstances, aks.AdvisedFirewallIPs),
	Source: aks.PageFirewall,
	Fix:    "give the firewall more public addresses, or use a NAT gateway",
	Since:  "v0.1.0",
	Check:  checkFirewallPorts,
}

func checkFirewallPorts(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ips := len(c.Spec.Egress.FirewallPublicIPs)
		if c.OutboundType != aks.OutboundUserDefinedRouting || ips == 0 || ips >= aks.AdvisedFirewallIPs ||
			c.Nodes == 0 {
			continue
		}
		if each := ips * aks.FirewallInstances * aks.FirewallPortsPerIP / c.Nodes; each < aks.DefaultSNATPorts(c.Nodes) {
			p.Report(Finding{
				Path: c.Path + ".egress.firewallPublicIPs",
				Message: fmt.Sprintf(
					"each node of cluster %q (%s) gets %d outbound ports from %s of the firewall; "+
						"a load balancer would give %d",
					c.Name, english.Count(c.Nodes, "node"), each, english.Count(ips, "address"),
					aks.DefaultSNATPorts(c.Nodes)),
				Moment: Steady,
			})
		}
	}
}
