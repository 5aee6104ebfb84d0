package validate

import (
	"fmt"
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var podCIDRSmall = &Rule{
	ID: "IP023", Title: "pod CIDR is too small for the nodes", Severity: Error,
	Explanation: english.Text("With overlay and kubenet every node takes a /%v of the pod CIDR, whatever its "+
		"maxPods. AKS counts %v addresses for every node of every pool at its maximum, and reserves none. Surge "+
		"nodes also take a block. An overlay cluster can change to a pod CIDR that contains the old one; any other "+
		"change needs a new cluster.", aks.PodBlockBits, aks.PodBlockAddresses),
	Fix: "set podCidr to a larger range", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: checkPodCIDRSmall,
}

var podCIDRTiny = &Rule{
	ID: "IP024", Title: "pod CIDR is smaller than one node's block", Severity: Error,
	Explanation: english.Text("Every node takes a /%v of the pod CIDR. A longer prefix does not contain a "+
		"single block, so no node can run pods.", aks.PodBlockBits),
	Fix:    "set podCidr to a range with one block per node, surge nodes included",
	Source: aks.PageOverlay, Since: "v0.1.0",
	Check: checkPodCIDRTiny,
}

var unplaced = &Rule{
	ID: "IP027", Title: "no room to place a range", Severity: Error,
	Explanation: "The planner places everything that it can without moving a range that the rest of the spec has. " +
		"Whatever remains does not fit; the message shows what is missing and by how much. Where there would be a place if " +
		"others moved, the fix names them: --repack moves them.",
	Fix:    "add ranges to addressSpace.pools or to the network, or lower the demand",
	Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkUnplaced,
}

func checkPodCIDRSmall(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if usesBlocks(c) && c.PodCIDR.Bits() <= aks.PodBlockBits && c.PodBlocks.Needed > c.PodBlocks.Available {
			p.reportPodCIDRSmall(c)
		}
	}
}

func (p *Pass) reportPodCIDRSmall(c *plan.Cluster) {
	cl := podCIDROf(c)
	b := c.PodBlocks
	moment := c.NodesAt().FirstAbove(b.Available)
	f := p.Reportf(cl.path, "cluster %q needs %d blocks of /%d%s; pod CIDR %s has %d", c.Name, b.Needed, b.PrefixLength,
		phaseText(moment), cl.prefix, b.Available)
	f.Moment = moment
	f.Sums = append(f.Sums, fmt.Sprintf("%s + %d surge = %d blocks = %d addresses",
		english.Count(c.Nodes, "node"), c.SurgeNodes, b.Needed, b.Needed*aks.PodBlockAddresses))
	wants, has := maxNodes(c)*aks.PodBlockAddresses, int(ipam.Addresses(cl.prefix))
	if wants > has {
		f.AzureError = &AzureError{
			Code: aks.CodeInsufficientSubnetSize,
			Message: fmt.Sprintf("Pre-allocated IPs %d exceeds IPs available %d in Subnet Cidr %s", wants, has,
				cl.prefix),
			Wants: wants,
			Has:   has,
		}
	}
	p.proposePods(f, cl, b.Needed)
}

// maxNodes returns the number of nodes that AKS counts: every pool at its maximum, without surge and growth.
func maxNodes(c *plan.Cluster) (n int) {
	for _, pool := range c.NodePools {
		n += pool.Spec.MaxNodes()
	}
	return n
}

func checkPodCIDRTiny(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if usesBlocks(c) && c.PodCIDR.Bits() > aks.PodBlockBits {
			cl := podCIDROf(c)
			f := p.Reportf(cl.path, "pod CIDR %s of cluster %q is smaller than the /%d block of one node", cl.prefix,
				c.Name, aks.PodBlockBits)
			p.proposePods(f, cl, max(1, c.PodBlocks.Needed))
		}
	}
}

func checkUnplaced(p *Pass) {
	for _, u := range p.Plan.Unplaced {
		if u.For == "vnet" && p.hasNoPools(u.Path) {
			continue
		}
		f := p.Reportf(u.Path, "no room for %q (%s): %s", u.Name, u.For, u.Reason)
		if u.Repack != "" {
			f.Advice = "use --repack, which " + u.Repack + ", or add address space"
		}
	}
}

var podCIDR6Small = &Rule{
	ID:       "IP042",
	Title:    "IPv6 pod CIDR is too small for the nodes",
	Severity: Warning,
	Explanation: english.Text("Every node of a dual-stack cluster also gets an IPv6 block of its pods. The page shows "+
		"blocks of /%v in a pod CIDR of /%v, which has %v of them; no text states the size, so this is a warning.",
		aks.PodBlockBits6, aks.DefaultPodCIDR6().Bits(), 1<<(aks.PodBlockBits6-aks.DefaultPodCIDR6().Bits())),
	Source: aks.PageDualStack,
	Fix:    "use a larger IPv6 range in podCidrs, such as a /64",
	Since:  "v0.1.0",
	Check:  checkPodCIDR6Small,
}

func checkPodCIDR6Small(p *Pass) {
	for _, c := range p.Plan.Clusters {
		need := c.Nodes + c.SurgeNodes
		for i, r := range c.Spec.PodCIDRs {
			if !r.IsValid() || r.Addr().Is4() || !c.Spec.DualStack() || c.Model.Facts().OwnCNI {
				continue
			}
			if have := blocks6(r); have < need {
				p.Report(Finding{
					Path: indexed(c.Path+".podCidrs", i),
					Message: fmt.Sprintf("cluster %q needs %d IPv6 blocks of /%d for its nodes; %s has %d", c.Name, need,
						aks.PodBlockBits6, r, have),
					Edit: set(netip.PrefixFrom(r.Addr(), aks.DefaultPodCIDR6().Bits()).Masked()),
				})
			}
		}
	}
}

// blocks6 returns the number of node blocks in an IPv6 pod CIDR, at most a million.
func blocks6(r netip.Prefix) int {
	const most = 20 // bits
	if r.Bits() > aks.PodBlockBits6 {
		return 0
	}
	return 1 << min(most, aks.PodBlockBits6-r.Bits())
}
