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
	needAdvanced      = "advancedNetworking"
)

// needsOf lists what a cluster needs: its requirements first, then what it uses. The same need is listed once.
func needsOf(s *spec.Spec, base *plan.Plan, i int) []Need {
	sc, path := &s.Clusters[i], fmt.Sprintf("clusters[%d]", i)
	n := &needs{list: []Need{}}
	n.wishes(sc, path+".requirements")
	n.uses(s, sc, path)
	for _, sub := range subnetsOf(base.Clusters[i]) {
		n.add(len(sub.Clusters) > 1, Need{
			ID: "sharedSubnet", Text: "several clusters in subnet " + sub.Name, Path: sub.Path,
			feature: aks.FeatureSharedSubnet,
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

// feature adds a need that is a row of the capability table.
func (n *needs) feature(wanted bool, id, text, path string, f aks.Feature) {
	n.add(wanted, Need{ID: id, Text: text, Path: path, feature: f})
}

// number adds a need that is a number; 0 is none.
func (n *needs) number(number int, id, unit, path string) {
	n.add(number > 0, Need{ID: id, Text: fmt.Sprintf("%d %s", number, unit), Path: path, number: number})
}

func (n *needs) wishes(sc *spec.Cluster, path string) {
	r := sc.Requirements
	n.feature(r.PodsReachableFromVnet, "podsReachableFromVnet", "pods reachable from the network by their own address",
		path+".podsReachableFromVnet", aks.FeaturePodReachable)
	n.feature(r.Windows, needWindows, "Windows node pools", path+".windows", aks.FeatureWindows)
	n.addPolicy(r.NetworkPolicy, path+".networkPolicy")
	n.feature(r.DualStack, needDualStack, "IPv4 and IPv6", path+".dualStack", aks.FeatureDualStack)
	n.feature(r.VirtualNodes, "virtualNodes", "virtual nodes", path+".virtualNodes", aks.FeatureVirtualNodes)
	n.feature(r.SharedSubnet, "sharedSubnet", "several clusters in one subnet", path+".sharedSubnet",
		aks.FeatureSharedSubnet)
	n.number(r.MaxNodes, needMaxNodes, "nodes", path+".maxNodes")
	n.number(r.MaxPods, needMaxPods, "pods", path+".maxPods")
	n.add(r.SaveAddresses, Need{
		ID: needSaveAddresses, Text: "few addresses of the network", Path: path + ".saveAddresses",
	})
}

func (n *needs) addPolicy(p aks.Policy, path string) {
	feature := map[aks.Policy]aks.Feature{
		aks.PolicyAzure: aks.FeaturePolicyAzure, aks.PolicyCalico: aks.FeaturePolicyCalico,
		aks.PolicyCilium: aks.FeaturePolicyCilium,
	}[p]
	n.add(feature != "", Need{
		ID: needPolicy, Text: "network policy " + string(p), Path: path, feature: feature, policy: p,
	})
}

func (n *needs) uses(s *spec.Spec, sc *spec.Cluster, path string) {
	for i, p := range sc.NodePools {
		pool := fmt.Sprintf("%s.nodePools[%d]", path, i)
		n.feature(p.OSType == aks.Windows, needWindows, "Windows node pool "+p.Name, pool+".osType", aks.FeatureWindows)
		n.feature(p.Type == aks.AvailabilitySet, "availabilitySets", "availability sets", pool+".type",
			aks.FeatureAvailabilitySets)
	}
	if s.Has(path + ".networkPolicy") {
		n.addPolicy(sc.NetworkPolicy, path+".networkPolicy")
	}
	ingress := func(name aks.IngressOption) bool { return slices.Contains(sc.Ingress, name) }
	n.feature(sc.DualStack(), needDualStack, "IPv4 and IPv6", path+".ipFamilies", aks.FeatureDualStack)
	n.feature(sc.VirtualNodes, "virtualNodes", "virtual nodes", path+".virtualNodes", aks.FeatureVirtualNodes)
	n.feature(ingress(aks.IngressApplicationGateway), "applicationGateway", "Application Gateway as ingress",
		path+".ingress", aks.FeatureAGIC)
	n.feature(ingress(aks.IngressGatewayForContainers), "applicationGatewayForContainers",
		"Application Gateway for Containers",
		path+".ingress", aks.FeatureAGC)
	n.feature(sc.NodeProvisioningMode == aks.ProvisioningAuto, "nodeProvisioning", "node auto-provisioning",
		path+".nodeProvisioningMode", aks.FeatureAutoProvisioning)
	n.feature(sc.StaticEgressGateway, "staticEgressGateway", "static egress gateway", path+".staticEgressGateway",
		aks.FeatureStaticEgressGateway)
	n.feature(sc.PrivateLinkServices > 0, "privateLinkServices", "Private Link Services", path+".privateLinkServices",
		aks.FeaturePrivateLinkService)
	n.add(sc.SKU == aks.SKUAutomatic, Need{ID: needAutomatic, Text: "AKS Automatic", Path: path + ".sku"})
	n.add(sc.AdvancedNetworking.InUse(), Need{
		ID: needAdvanced, Text: "advanced container networking", Path: path + ".advancedNetworking",
	})
	n.feature(sc.Managed(), "managedVnet", "a network that AKS manages", path+".vnet", aks.FeatureManagedVNet)
}

func find(list []Need, id string) (Need, bool) {
	for _, n := range list {
		if n.ID == id {
			return n, true
		}
	}
	return Need{}, false
}

// policyNeed returns the policy engine that is needed; empty when any will do.
func policyNeed(list []Need) aks.Policy {
	n, _ := find(list, needPolicy)
	return n.policy
}
