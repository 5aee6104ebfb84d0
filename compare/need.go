package compare

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Need is something that the cluster must be able to do: a wish of the spec, or something that it uses already.
type Need struct {
	// ID is what Blocker.Need and Unmet.Need refer to: "windows", "podsReachableFromVnet".
	ID   string `json:"id"`
	Text string `json:"text"`
	// Path is where the spec says so.
	Path string `json:"path"`

	// feature is the row of the capability table; empty for needs that are numbers.
	feature aks.Feature
	policy  aks.Policy
	number  int
}

// The ids of needs that are not single features.
const (
	needPolicy        = "networkPolicy"
	needMaxNodes      = "maxNodes"
	needMaxPods       = "maxPods"
	needSaveAddresses = "saveAddresses"
	needDualStack     = "dualStack"
	needWindows       = "windows"
)

// needsOf lists what a cluster needs: its requirements first, then what it uses. The same need is listed once.
func needsOf(s *spec.Spec, base *plan.Plan, i int) []Need {
	sc, path := &s.Clusters[i], fmt.Sprintf("clusters[%d]", i)
	n := &needs{list: []Need{}}
	n.wishes(sc, path+".requirements")
	n.uses(s, sc, path)
	for _, sub := range subnetsOf(base.Clusters[i]) {
		n.add(len(sub.Clusters) > 1, Need{
			ID: "sharedSubnet", Text: "several clusters in subnet " + sub.Name, Path: sub.Path, feature: aks.FeatureSharedSubnet,
		})
	}
	return n.list
}

// needs collects needs, each id once.
type needs struct{ list []Need }

func (n *needs) add(wanted bool, need Need) {
	if wanted && !slices.ContainsFunc(n.list, func(have Need) bool { return have.ID == need.ID }) {
		n.list = append(n.list, need)
	}
}

func (n *needs) wishes(sc *spec.Cluster, path string) {
	r := sc.Requirements
	n.add(r.PodsReachableFromVnet, Need{ID: "podsReachableFromVnet", Text: "pods reachable from the network by their own address", Path: path + ".podsReachableFromVnet", feature: aks.FeaturePodReachable})
	n.add(r.Windows, Need{ID: needWindows, Text: "Windows node pools", Path: path + ".windows", feature: aks.FeatureWindows})
	n.addPolicy(r.NetworkPolicy, path+".networkPolicy")
	n.add(r.DualStack, Need{ID: needDualStack, Text: "IPv4 and IPv6", Path: path + ".dualStack", feature: aks.FeatureDualStack})
	n.add(r.VirtualNodes, Need{ID: "virtualNodes", Text: "virtual nodes", Path: path + ".virtualNodes", feature: aks.FeatureVirtualNodes})
	n.add(r.SharedSubnet, Need{ID: "sharedSubnet", Text: "several clusters in one subnet", Path: path + ".sharedSubnet", feature: aks.FeatureSharedSubnet})
	n.add(r.MaxNodes > 0, Need{ID: needMaxNodes, Text: fmt.Sprintf("%d nodes", r.MaxNodes), Path: path + ".maxNodes", number: r.MaxNodes})
	n.add(r.MaxPods > 0, Need{ID: needMaxPods, Text: fmt.Sprintf("%d pods", r.MaxPods), Path: path + ".maxPods", number: r.MaxPods})
	n.add(r.SaveAddresses, Need{ID: needSaveAddresses, Text: "few addresses of the network", Path: path + ".saveAddresses"})
}

func (n *needs) addPolicy(p aks.Policy, path string) {
	feature := map[aks.Policy]aks.Feature{
		aks.PolicyAzure: aks.FeaturePolicyAzure, aks.PolicyCalico: aks.FeaturePolicyCalico, aks.PolicyCilium: aks.FeaturePolicyCilium,
	}[p]
	n.add(feature != "", Need{ID: needPolicy, Text: "network policy " + string(p), Path: path, feature: feature, policy: p})
}

func (n *needs) uses(s *spec.Spec, sc *spec.Cluster, path string) {
	for i, p := range sc.NodePools {
		n.add(p.OSType == aks.Windows, Need{ID: needWindows, Text: "Windows node pool " + p.Name, Path: fmt.Sprintf("%s.nodePools[%d].osType", path, i), feature: aks.FeatureWindows})
		n.add(p.Type == "AvailabilitySet", Need{ID: "availabilitySets", Text: "availability sets", Path: fmt.Sprintf("%s.nodePools[%d].type", path, i), feature: aks.FeatureAvailabilitySets})
	}
	if s.Has(path + ".networkPolicy") {
		n.addPolicy(sc.NetworkPolicy, path+".networkPolicy")
	}
	n.add(sc.DualStack(), Need{ID: needDualStack, Text: "IPv4 and IPv6", Path: path + ".ipFamilies", feature: aks.FeatureDualStack})
	n.add(sc.VirtualNodes, Need{ID: "virtualNodes", Text: "virtual nodes", Path: path + ".virtualNodes", feature: aks.FeatureVirtualNodes})
	n.add(slices.Contains(sc.Ingress, "applicationGateway"), Need{ID: "applicationGateway", Text: "Application Gateway as ingress", Path: path + ".ingress", feature: aks.FeatureAGIC})
	n.add(slices.Contains(sc.Ingress, "applicationGatewayForContainers"), Need{ID: "applicationGatewayForContainers", Text: "Application Gateway for Containers", Path: path + ".ingress", feature: aks.FeatureAGC})
	n.add(sc.NodeProvisioningMode == "Auto", Need{ID: "nodeProvisioning", Text: "node auto-provisioning", Path: path + ".nodeProvisioningMode", feature: aks.FeatureAutoProvisioning})
	n.add(sc.StaticEgressGateway, Need{ID: "staticEgressGateway", Text: "static egress gateway", Path: path + ".staticEgressGateway", feature: aks.FeatureStaticEgressGateway})
	n.add(sc.PrivateLinkServices > 0, Need{ID: "privateLinkServices", Text: "Private Link Services", Path: path + ".privateLinkServices", feature: aks.FeaturePrivateLinkService})
	n.add(sc.Managed(), Need{ID: "managedVnet", Text: "a network that AKS manages", Path: path + ".vnet", feature: aks.FeatureManagedVNet})
}

func find(list []Need, id string) (Need, bool) {
	for _, n := range list {
		if n.ID == id {
			return n, true
		}
	}
	return Need{}, false
}

// policyNeed is the policy engine that is needed; empty when any will do.
func policyNeed(list []Need) aks.Policy {
	n, _ := find(list, needPolicy)
	return n.policy
}
