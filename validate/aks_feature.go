package validate

import (
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var virtualNodesModel = &Rule{
	ID:          "AKS050",
	Title:       "virtual nodes under a model without pods in the network",
	Severity:    Error,
	Explanation: "Virtual nodes run pods in Azure Container Instances inside the virtual network; pods of the cluster must be there too. kubenet, overlay and byo do not do that.",
	Source:      aks.PageVirtualNodes,
	Fix:         "choose model pod-subnet or node-subnet, or set virtualNodes: false",
	Since:       "v0.1.0",
	Check:       checkVirtualNodesModel,
}

func checkVirtualNodesModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.VirtualNodes && capability(aks.FeatureVirtualNodes, c).Support == aks.No {
			p.Report(c.Path+".virtualNodes", "virtual nodes do not go with model %s", c.Model).Put(false)
		}
	}
}

var virtualNodesRanges = &Rule{
	ID:          "AKS051",
	Title:       "virtual nodes with authorized IP ranges",
	Severity:    Warning,
	Explanation: "Virtual nodes do not support API server authorized IP ranges: their container groups reach the API server from addresses that are not in the list.",
	Source:      aks.PageVirtualNodes,
	Fix:         "take authorizedIPRanges away, or set virtualNodes: false",
	Since:       "v0.1.0",
	Check:       checkVirtualNodesRanges,
}

func checkVirtualNodesRanges(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.VirtualNodes && len(c.Spec.AuthorizedIPRanges) > 0 {
			p.Report(c.Path+".virtualNodes", "virtual nodes do not support authorized IP ranges, the cluster has %d", len(c.Spec.AuthorizedIPRanges)).Put(false)
		}
	}
}

var virtualNodesSubnet = &Rule{
	ID:          "AKS052",
	Title:       "virtual nodes without a subnet",
	Severity:    Error,
	Explanation: "Virtual nodes need a subnet of their own in the cluster's virtual network, delegated to Microsoft.ContainerInstance/containerGroups. One sentence of the page speaks of another network, its steps use the same one.",
	Source:      aks.PageVirtualNodes,
	Fix:         "add a subnet with purpose virtualNodes to the network, or set virtualNodes: false",
	Since:       "v0.1.0",
	Check:       checkVirtualNodesSubnet,
}

func checkVirtualNodesSubnet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Spec.VirtualNodes || c.Network == nil {
			continue
		}
		if !hasSubnet(c.Network, func(s *plan.Subnet) bool { return kindOf(s) == "virtual-nodes" }) {
			p.Report(c.Path+".virtualNodes", "network %q has no subnet for virtual nodes", c.Network.Name).Put(false)
		}
	}
}

func hasSubnet(v *plan.VNet, is func(*plan.Subnet) bool) bool {
	return slices.ContainsFunc(v.Subnets, is)
}

var napModel = &Rule{
	ID:       "AKS053",
	Title:    "node auto-provisioning under a model that has none",
	Severity: Error,
	Explanation: "Node auto-provisioning goes with overlay and node-subnet. kubenet is not supported, nor are dynamic pod subnets " +
		"(the release notes of 2025-01-30 still allowed those; the page of 2026 does not).",
	Source: aks.PageNodeProvisioningNetwork,
	Fix:    "Manual, or choose model overlay",
	Since:  "v0.1.0",
	Check:  checkNAPModel,
}

func checkNAPModel(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if capability(aks.FeatureAutoProvisioning, c).Support == aks.No {
			p.Report(c.Path+".nodeProvisioningMode", "node auto-provisioning does not go with model %s", c.Model).Put(aks.ProvisioningManual)
		}
	}
}

// autoProvisioned is the clusters with node auto-provisioning.
func autoProvisioned(p *plan.Plan) (out []*plan.Cluster) {
	for _, c := range p.Clusters {
		if c.Spec.NodeProvisioningMode == aks.ProvisioningAuto {
			out = append(out, c)
		}
	}
	return out
}

var napWindows = &Rule{
	ID:          "AKS054",
	Title:       "node auto-provisioning with Windows pools",
	Severity:    Error,
	Explanation: "Node auto-provisioning supports Linux nodes alone.",
	Source:      aks.PageNodeProvisioningNetwork,
	Fix:         "Manual, or take the Windows pools out",
	Since:       "v0.1.0",
	Check:       checkNAPWindows,
}

func checkNAPWindows(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		for _, pool := range c.NodePools {
			if pool.OSType == aks.Windows {
				p.Report(c.Path+".nodeProvisioningMode", "node auto-provisioning does not go with Windows, pool %q is", pool.Name).Put(aks.ProvisioningManual)
				break
			}
		}
	}
}

var napDualStack = &Rule{
	ID:          "AKS055",
	Title:       "node auto-provisioning with IPv6",
	Severity:    Error,
	Explanation: "Node auto-provisioning does not support IPv6 clusters.",
	Source:      aks.PageNodeProvisioningNetwork,
	Fix:         "Manual, or a cluster with IPv4 alone",
	Since:       "v0.1.0",
	Check:       checkNAPDualStack,
}

func checkNAPDualStack(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if slices.Contains(c.IPFamilies, aks.IPv6) {
			p.Report(c.Path+".nodeProvisioningMode", "node auto-provisioning does not go with IPv6").Put(aks.ProvisioningManual)
		}
	}
}

var napIdentity = &Rule{
	ID:          "AKS056",
	Title:       "node auto-provisioning with a service principal",
	Severity:    Error,
	Explanation: "Node auto-provisioning needs a managed identity.",
	Source:      aks.PageNodeProvisioningNetwork,
	Fix:         "UserAssigned",
	Since:       "v0.1.0",
	Check:       checkNAPIdentity,
}

func checkNAPIdentity(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if c.Spec.Identity == aks.ServicePrincipal {
			p.Report(c.Path+".identity", "node auto-provisioning needs a managed identity, the cluster has a service principal").Put(aks.UserAssigned)
		}
	}
}

var napCalico = &Rule{
	ID:          "AKS057",
	Title:       "node auto-provisioning with calico",
	Severity:    Error,
	Explanation: "Node auto-provisioning does not support the Calico policy engine.",
	Source:      aks.PageNodeProvisioningNetwork,
	Fix:         "none, or policy cilium with the Cilium data plane",
	Since:       "v0.1.0",
	Check:       checkNAPCalico,
}

func checkNAPCalico(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if c.NetworkPolicy == aks.PolicyCalico {
			p.Report(c.Path+".networkPolicy", "node auto-provisioning does not go with networkPolicy calico").Put(aks.PolicyNone)
		}
	}
}

var staticEgressModel = &Rule{
	ID:          "AKS058",
	Title:       "static egress gateway under pod-subnet",
	Severity:    Error,
	Explanation: "The static egress gateway does not support pods with addresses of a pod subnet, in neither allocation mode.",
	Source:      aks.PageStaticEgress,
	Fix:         "choose model overlay, or set staticEgressGateway: false",
	Since:       "v0.1.0",
	Check:       checkStaticEgressModel,
}

func checkStaticEgressModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.StaticEgressGateway && capability(aks.FeatureStaticEgressGateway, c).Support == aks.No {
			f := p.Report(c.Path+".staticEgressGateway", "the static egress gateway does not go with model %s", c.Model)
			if slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return pool.Mode == aks.Gateway }) {
				f.Advise("choose model overlay, or take the gateway pool and staticEgressGateway away")
			} else {
				f.Put(false)
			}
		}
	}
}

var staticEgressPool = &Rule{
	ID:          "AKS059",
	Title:       "gateway pool without the static egress gateway",
	Severity:    Error,
	Explanation: "A pool of mode Gateway belongs to the static egress gateway, which must be enabled on the cluster first.",
	Source:      aks.PageStaticEgress,
	Fix:         "set staticEgressGateway: true",
	Since:       "v0.1.0",
	Check:       checkStaticEgressPool,
}

func checkStaticEgressPool(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if pool.Mode == aks.Gateway && !c.Spec.StaticEgressGateway {
				p.Report(pool.Path+".mode", "pool %q has mode Gateway, but the static egress gateway is not enabled", pool.Name).
					PutAt(c.Path+".staticEgressGateway", true)
			}
		}
	}
}

var privateLinkStatic = &Rule{
	ID:          "AKS060",
	Title:       "Private Link Service with static blocks",
	Severity:    Error,
	Explanation: "A Private Link Service in front of a LoadBalancer Service does not work with static block allocation.",
	Source:      aks.PageStaticBlocks,
	Fix:         "use DynamicIndividual, or set privateLinkServices: 0",
	Since:       "v0.1.0",
	Check:       checkPrivateLinkStatic,
}

func checkPrivateLinkStatic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateLinkServices > 0 && capability(aks.FeaturePrivateLinkService, c).Support == aks.No {
			p.Report(c.Path+".privateLinkServices", "Private Link Services do not go with podIPAllocationMode StaticBlock").Put(0)
		}
	}
}

var privateLinkCount = &Rule{
	ID:          "AKS061",
	Title:       "too many Private Link Services",
	Severity:    Error,
	Explanation: "A Standard load balancer carries 8 Private Link Services, and a cluster has one internal load balancer.",
	Source:      aks.PageMultipleLoadBalancers,
	Fix:         "8 at most",
	Since:       "v0.1.0",
	Check:       checkPrivateLinkCount,
}

func checkPrivateLinkCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Spec.PrivateLinkServices; n > aks.PrivateLinkServicesPerLB {
			p.Report(c.Path+".privateLinkServices", "a load balancer carries %d Private Link Services, the cluster wants %d", aks.PrivateLinkServicesPerLB, n).
				Put(aks.PrivateLinkServicesPerLB)
		}
	}
}

var privateLinkBackend = &Rule{
	ID:          "AKS062",
	Title:       "Private Link Service with a nodeIP backend pool",
	Severity:    Error,
	Explanation: "Backend pools that hold node addresses (backendPoolType nodeIP) have no Private Link Services.",
	Source:      aks.PageLoadBalancer,
	Fix:         "nodeIPConfiguration",
	Since:       "v0.1.0",
	Check:       checkPrivateLinkBackend,
}

func checkPrivateLinkBackend(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateLinkServices > 0 && c.Spec.LoadBalancerProfile.BackendPoolType == aks.BackendNodeIP {
			p.Report(c.Path+".loadBalancerProfile.backendPoolType", "Private Link Services do not go with backendPoolType nodeIP").Put(aks.BackendNodeIPConfiguration)
		}
	}
}

var agcModel = &Rule{
	ID:          "AKS063",
	Title:       "Application Gateway for Containers under kubenet",
	Severity:    Error,
	Explanation: "Application Gateway for Containers supports Azure CNI alone.",
	Source:      aks.PageAGC,
	Fix:         "choose model overlay",
	Since:       "v0.1.0",
	Check:       checkAGCModel,
}

func checkAGCModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if slices.Contains(c.Spec.Ingress, aks.IngressGatewayForContainers) && capability(aks.FeatureAGC, c).Support == aks.No {
			p.Report(c.Path+".ingress", "Application Gateway for Containers does not go with model %s", c.Model).PutAt(c.Path+".model", aks.Overlay)
		}
	}
}

var ingressSubnet = &Rule{
	ID:       "AKS064",
	Title:    "ingress gateway without a subnet",
	Severity: Warning,
	Explanation: "Application Gateway and Application Gateway for Containers live in a subnet of their own; with overlay the latter must be in the " +
		"cluster's own network. Their subnet is best planned now.",
	Source: aks.PageAGC,
	Fix:    "add a subnet with purpose applicationGateway or applicationGatewayForContainers to the network",
	Since:  "v0.1.0",
	Check:  checkIngressSubnet,
}

func checkIngressSubnet(p *Pass) {
	kinds := map[aks.IngressOption]string{
		aks.IngressApplicationGateway: "application-gateway", aks.IngressGatewayForContainers: "gateway-for-containers",
	}
	for _, c := range p.Plan.Clusters {
		for _, ingress := range c.Spec.Ingress {
			kind := kinds[ingress]
			if kind == "" || c.Network == nil || hasSubnet(c.Network, func(s *plan.Subnet) bool { return strings.HasPrefix(kindOf(s), kind) }) {
				continue
			}
			p.Report(c.Path+".ingress", "network %q has no subnet for ingress %s", c.Network.Name, ingress)
		}
	}
}

var dcsv2Overlay = &Rule{
	ID:          "AKS065",
	Title:       "DCsv2 machines under overlay",
	Severity:    Error,
	Explanation: "Overlay does not support DCsv2-series virtual machines; the page names the newer DCasv5 and DCadsv5 series for confidential computing.",
	Source:      aks.PageOverlay,
	Fix:         "use a newer series",
	Since:       "v0.1.0",
	Check:       checkDCsv2Overlay,
}

var dcsv2 = form(`(?i)^Standard_DC[0-9]+s?_v2$`)

func checkDCsv2Overlay(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if c.Model == aks.Overlay && dcsv2().MatchString(pool.Spec.VMSize) {
				p.Report(pool.Path+".vmSize", "pool %q has machines of size %s, which overlay does not support", pool.Name, pool.Spec.VMSize).
					Put("Standard_DC4as_v5")
			}
		}
	}
}

var apiServerEncryption = &Rule{
	ID:          "AKS066",
	Title:       "API server integration in an encrypted network",
	Severity:    Error,
	Explanation: "Virtual network encryption does not go with API Server VNet Integration.",
	Source:      aks.PageAPIServerVNet,
	Fix:         "turn encryption of the network off, or do without the integration",
	Since:       "v0.1.0",
	Check:       checkAPIServerEncryption,
}

func checkAPIServerEncryption(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.APIServerVnetIntegration && c.Network != nil && c.Network.Spec != nil && c.Network.Spec.Encryption {
			p.Report(c.Path+".apiServerVnetIntegration", "API Server VNet Integration does not go with encryption of network %q", c.Network.Name).
				PutAt(c.Network.Path+".encryption", false)
		}
	}
}

var wishUnmet = &Rule{
	ID:          "AKS067",
	Title:       "model without a feature that the spec asks for",
	Severity:    Error,
	Explanation: "requirements say what the cluster must be able to do. The chosen model, as AKS offers it today, cannot do this.",
	Source:      aks.PageModels,
	Fix:         "choose another model, see aksnet compare",
	Since:       "v0.1.0",
	Check:       checkWishUnmet,
}

func checkWishUnmet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		r := c.Spec.Requirements
		wishes := []struct {
			key  string
			want bool
			f    aks.Feature
		}{
			{"podsReachableFromVnet", r.PodsReachableFromVnet, aks.FeaturePodReachable},
			{"windows", r.Windows, aks.FeatureWindows},
			{"dualStack", r.DualStack, aks.FeatureDualStack},
			{"virtualNodes", r.VirtualNodes, aks.FeatureVirtualNodes},
			{"sharedSubnet", r.SharedSubnet, aks.FeatureSharedSubnet},
		}
		for _, w := range wishes {
			if w.want && capability(w.f, c).Support == aks.No {
				p.Report(c.Path+".requirements."+w.key, "requirements ask for %s, which model %s does not have", w.key, c.Model)
			}
		}
	}
}
