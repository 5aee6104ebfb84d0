package validate

import (
	"fmt"
	"sort"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var publicIPQuota = &Rule{
	ID:       "EGR059",
	Title:    "more public addresses than the subscription allows",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: english.Text("Outbound addresses, public Services, NAT gateways and nodes with public "+
		"addresses all count against the quota of Standard public addresses in a region. It is no constant: "+
		"quotas.publicIPAddresses says what yours is. Without that key the rule speaks above %v, the quota of "+
		"enterprise agreements in older texts (%v by default), and only as a warning.",
		aks.MaxPublicIPsEA, aks.DefaultPublicIPs),
	Source: aks.PageErrorPublicIPs,
	Fix:    "raise the quota of public addresses in the region, or use fewer",
	Since:  "v0.1.0",
	Check:  checkPublicIPQuota,
}

func checkPublicIPQuota(p *Pass) {
	quota := p.Spec.Quotas.PublicIPAddresses
	if quota == 0 {
		quota = aks.MaxPublicIPsEA
	}
	need, largest := map[string]int{}, map[string]*plan.Cluster{}
	for _, c := range p.Plan.Clusters {
		need[c.Location] += publicIPs(c)
		if best := largest[c.Location]; best == nil || publicIPs(c) > publicIPs(best) {
			largest[c.Location] = c
		}
	}
	for _, g := range p.Spec.NATGateways {
		if !g.Existing && len(need) == 1 {
			need[p.Plan.Clusters[0].Location] += g.PublicIPs
		}
	}
	regions := make([]string, 0, len(need))
	for region := range need {
		regions = append(regions, region)
	}
	sort.Strings(regions)
	for _, region := range regions {
		if n := need[region]; n > quota {
			f := p.Report(Finding{
				Path: largest[region].Path,
				Message: fmt.Sprintf("clusters in region %q need %d public addresses; the quota is %d", region, n,
					quota),
				Advice:     fmt.Sprintf("raise the quota of the region to %d, then set quotas.publicIPAddresses to it", n),
				AzureError: &AzureError{Code: aks.CodePublicIPCountLimitReached, Wants: n, Has: quota},
			})
			if p.Spec.Quotas.PublicIPAddresses == 0 {
				f.Severity = Warning
			}
		}
	}
}

// publicIPs returns the number of public addresses that a cluster uses at its largest size: for egress, Services and
// nodes.
func publicIPs(c *plan.Cluster) int {
	n := c.Spec.Services.Public() + c.Egress.OutboundIPs
	for _, pool := range c.NodePools {
		if pool.Spec.EnableNodePublicIP {
			n += pool.Nodes + pool.SurgeNodes
		}
	}
	return n
}
