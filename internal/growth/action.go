package growth

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// subnetAction says how large a subnet would have to be for the last month, and whether its network has space for it.
func subnetAction(s *plan.Subnet, r Resource) string {
	bits := plan.BitsFor(r.last() + s.Demand.Reserved)
	what := "pools"
	if s.Purpose == plan.Pods {
		what = "pod subnets of new pools"
	}
	if bits < aks.LargestAdvisedBits {
		return "no subnet is large enough: start another cluster"
	}
	text := fmt.Sprintf("a subnet in use keeps its size: make one of /%d (%d usable) for new %s", bits,
		ipam.PrefixSize(bits)-aks.ReservedPerSubnet, what)
	if !slices.ContainsFunc(s.VNet.FreePrefixes, func(p netip.Prefix) bool { return p.Bits() <= bits }) {
		text += fmt.Sprintf("; the network has no free /%d, grow its address space first", bits)
	}
	if s.Purpose == plan.NodesPods {
		text += "; or move to overlay (aksnet migrate --to overlay), where pods take no addresses of it"
	}
	return text
}

// podCIDRAction says what the pod CIDR has to become. Overlay expands in place, to a range that contains the old one.
func podCIDRAction(c *plan.Cluster, r Resource) (string, aks.Source) {
	bits := plan.BitsFor(r.last() * aks.PodBlockAddresses)
	switch {
	case c.Model.Facts().OwnRouteTable:
		change := aks.ModelChange(aks.Kubenet, aks.Overlay)
		return fmt.Sprintf("kubenet does not expand it: move to overlay with a pod CIDR of /%d", bits), change.Source
	case c.Model.Facts().Overlay && c.PodCIDR.IsValid() && !c.Spec.DualStack() && !c.HasOS(aks.Windows) &&
		bits >= aks.LargestAdvisedBits:
		wider := netip.PrefixFrom(c.PodCIDR.Addr(), min(bits, c.PodCIDR.Bits())).Masked()
		const action = "expand it to %s (az aks update --pod-cidr), after checking that nothing else uses that range"
		return fmt.Sprintf(action, wider), podCIDRChange(c, aks.Grows)
	}
	return fmt.Sprintf("it cannot be changed here: start a cluster with a pod CIDR of /%d",
		bits), podCIDRChange(c, "")
}

// podCIDRChange returns the source of what becomes of a larger pod CIDR.
func podCIDRChange(c *plan.Cluster, kind aks.Kind) aks.Source {
	return aks.ChangeOf(aks.Delta{
		Key: "clusters[].podCidr", Kind: kind, Situation: aks.Situation{Before: c.State(), After: c.State()},
	}).Source
}
