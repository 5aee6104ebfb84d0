package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var authorizedNAT = &Rule{
	ID:       "AKS113",
	Title:    "egress addresses that the authorized ranges cannot contain yet",
	Severity: Warning,
	Explanation: "Nodes reach a public API server from their egress address, which must be an authorized range. AKS " +
		"adds the addresses of its load balancer to the list, but not those of a NAT gateway or of nodes with public " +
		"addresses. Addresses that are created together with the cluster are not known before, so nodes fail to " +
		"register.",
	Source: aks.PageAuthorizedRanges,
	Fix:    "create the addresses first, and add them to authorizedIPRanges",
	Since:  "v0.1.0",
	Check:  checkAuthorizedNAT,
}

var authorizedNATUnknown = &Rule{
	ID:       "AKS114",
	Title:    "authorized ranges not checked against a NAT gateway",
	Severity: Note,
	Explanation: "Nodes reach a public API server from the addresses of their NAT gateway, which AKS does not add to " +
		"the authorized ranges. The spec does not contain the addresses of a NAT gateway that exists.",
	Source: aks.PageAuthorizedRanges,
	Fix:    "check that authorizedIPRanges contains the addresses of the NAT gateway",
	Since:  "v0.1.0",
	Check:  checkAuthorizedNATUnknown,
}

func checkAuthorizedNAT(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !nodesNeedAuthorization(c) {
			continue
		}
		path := c.Path + ".authorizedIPRanges"
		if gateway, exists := p.natOf(c); gateway != "" && !exists {
			f := p.Report(Finding{
				Path: path, atKey: true,
				Message: fmt.Sprintf("nodes of cluster %q reach the API server from %s, whose addresses are not "+
					"known before it exists", c.Name, gateway),
				AzureError: &AzureError{Code: aks.CodeVMExtensionErrorK8SAPIServerConnFail},
			})
			if c.Spec.Managed() {
				f.Advice = "use an existing NAT gateway in your own network, or set apiServerVnetIntegration: true"
			}
		}
		for _, pool := range c.NodePools {
			if pool.Spec.EnableNodePublicIP && pool.Spec.NodePublicIPPrefixID == "" {
				p.Report(Finding{
					Path: path, atKey: true,
					Message: fmt.Sprintf("nodes of pool %q reach the API server from their own public addresses, "+
						"which are not known before they exist", pool.Name),
					Advice:     "set nodePublicIPPrefixID to a public prefix, and add its range to authorizedIPRanges",
					AzureError: &AzureError{Code: aks.CodeVMExtensionErrorK8SAPIServerConnFail},
				})
			}
		}
	}
}

func checkAuthorizedNATUnknown(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if gateway, exists := p.natOf(c); exists && nodesNeedAuthorization(c) {
			p.Report(Finding{
				Path: c.Path + ".authorizedIPRanges", atKey: true,
				Message: fmt.Sprintf("nodes of cluster %q reach the API server from %s, whose addresses are not in "+
					"the spec", c.Name, gateway),
			})
		}
	}
}

// natOf returns the NAT gateway through which nodes of a cluster reach the Internet, in words, and whether it exists;
// empty without one. A NAT gateway on a node subnet takes precedence over a load balancer, but not over a route to a
// firewall.
func (p *Pass) natOf(c *plan.Cluster) (gateway string, exists bool) {
	switch c.OutboundType {
	case aks.OutboundManagedNATGateway, aks.OutboundManagedNATGatewayV2:
		profile := c.Spec.NATGatewayProfile
		return "the managed NAT gateway", len(profile.OutboundIPs)+len(profile.OutboundIPPrefixes) > 0
	case aks.OutboundLoadBalancer, aks.OutboundUserAssignedNATGateway:
	default:
		return "", false
	}
	for _, s := range c.NodeSubnets() {
		if s.NATGateway != "" {
			exists = s.Existing || isResourceID(s.NATGateway) || p.existingNAT(s.NATGateway)
			return fmt.Sprintf("NAT gateway %q", lastOfID(s.NATGateway)), exists
		}
	}
	return "", false
}

// existingNAT reports whether the spec lists a NAT gateway as existing.
func (p *Pass) existingNAT(name string) bool {
	g, _ := p.gateway(name)
	return g != nil && g.Existing
}
