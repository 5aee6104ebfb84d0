package validate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var virtualNodesModel = &Rule{
	ID:       "AKS050",
	Title:    "virtual nodes are not supported by the model",
	Severity: Error,
	Explanation: "Virtual nodes run pods in Azure Container Instances inside the virtual network, so the cluster's " +
		"pods need addresses from that network too. With kubenet, overlay and byo they have none.",
	Source: aks.PageVirtualNodes,
	Fix:    "set model: pod-subnet or model: node-subnet, or set virtualNodes: false",
	Since:  "v0.1.0",
	Check:  checkVirtualNodesModel,
}

func checkVirtualNodesModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.VirtualNodes && capabilityOf(aks.FeatureVirtualNodes, c).Support == aks.No {
			p.Report(Finding{
				Path:    c.Path + ".virtualNodes",
				Message: fmt.Sprintf("virtual nodes are not supported with model %s", c.Model),
				Advice:  p.rule.Fix,
				Edit:    set(false),
			})
		}
	}
}

var virtualNodesRanges = &Rule{
	ID:       "AKS051",
	Title:    "virtual nodes with authorized IP ranges",
	Severity: Warning,
	Explanation: "Virtual nodes do not support authorized IP ranges: their container groups reach the API server " +
		"from addresses that are not on the list.",
	Source: aks.PageVirtualNodes,
	Fix:    "remove authorizedIPRanges, or set virtualNodes: false",
	Since:  "v0.1.0",
	Check:  checkVirtualNodesRanges,
}

func checkVirtualNodesRanges(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.VirtualNodes && len(c.Spec.AuthorizedIPRanges) > 0 {
			p.Report(Finding{
				Path: c.Path + ".virtualNodes",
				Message: fmt.Sprintf("virtual nodes do not support authorized IP ranges; the cluster has %d",
					len(c.Spec.AuthorizedIPRanges)),
				Advice: p.rule.Fix,
				Edit:   set(false),
			})
		}
	}
}

var virtualNodesSubnet = &Rule{
	ID:       "AKS052",
	Title:    "virtual nodes without a subnet",
	Severity: Error,
	Explanation: "Virtual nodes need a dedicated subnet in the cluster's virtual network, delegated to " +
		"Microsoft.ContainerInstance/containerGroups. One sentence of the page mentions a different network, but its " +
		"steps use the same one.",
	Source: aks.PageVirtualNodes,
	Fix:    "add a subnet with purpose: virtualNodes to the network, or set virtualNodes: false",
	Since:  "v0.1.0",
	Check:  checkVirtualNodesSubnet,
}

func checkVirtualNodesSubnet(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Spec.VirtualNodes || c.VNet() == nil {
			continue
		}
		if !hasSubnet(c.VNet(), func(s *plan.Subnet) bool { return subnetKindID(s) == "virtual-nodes" }) {
			p.Report(Finding{
				Path:    c.Path + ".virtualNodes",
				Message: fmt.Sprintf("network %q has no subnet for virtual nodes", c.VNet().Name),
				Advice:  p.rule.Fix,
				Edit:    set(false),
			})
		}
	}
}

// hasSubnet reports whether a network has a subnet that matches.
func hasSubnet(v *plan.VNet, is func(*plan.Subnet) bool) bool {
	return slices.ContainsFunc(v.Subnets, is)
}

var napModel = &Rule{
	ID:       "AKS053",
	Title:    "node auto-provisioning is not supported by the model",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "Node auto-provisioning supports overlay and node-subnet. It supports neither kubenet nor dynamic " +
		"pod subnets (the release notes of 2025-01-30 still allowed the latter; the 2026 page does not). Static " +
		"blocks are not in its list of what is supported.",
	Source: aks.PageNodeProvisioningNetwork,
	Fix:    "set nodeProvisioningMode: Manual, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkNAPModel,
}

func checkNAPModel(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		f := Finding{
			Path:    c.Path + ".nodeProvisioningMode",
			Message: fmt.Sprintf("node auto-provisioning is not supported with model %s", c.Model),
			Advice:  p.rule.Fix,
			Edit:    set(aks.ProvisioningManual),
		}
		if capabilityOf(aks.FeatureAutoProvisioning, c).Support == aks.No {
			p.Report(f)
		}
	}
}

var napWindows = &Rule{
	ID:          "AKS054",
	Title:       "node auto-provisioning with Windows pools",
	Severity:    Error,
	Explanation: "Node auto-provisioning supports only Linux nodes.",
	Source:      aks.PageNodeProvisioning,
	Fix:         "set nodeProvisioningMode: Manual, or remove the Windows pools",
	Since:       "v0.1.0",
	Check:       checkNAPWindows,
}

func checkNAPWindows(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		for _, pool := range c.NodePools {
			if pool.OSType == aks.Windows {
				p.Report(Finding{
					Path: c.Path + ".nodeProvisioningMode",
					Message: fmt.Sprintf("node auto-provisioning is not supported with Windows node pools (pool %q)",
						pool.Name),
					Advice: p.rule.Fix,
					Edit:   set(aks.ProvisioningManual),
				})
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
	Source:      aks.PageNodeProvisioning,
	Fix:         "set nodeProvisioningMode: Manual, or set ipFamilies: [IPv4]",
	Since:       "v0.1.0",
	Check:       checkNAPDualStack,
}

func checkNAPDualStack(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if slices.Contains(c.IPFamilies, aks.IPv6) {
			p.Report(Finding{
				Path:    c.Path + ".nodeProvisioningMode",
				Message: "node auto-provisioning is not supported with IPv6",
				Advice:  p.rule.Fix,
				Edit:    set(aks.ProvisioningManual),
			})
		}
	}
}

var napIdentity = &Rule{
	ID:          "AKS056",
	Title:       "node auto-provisioning with a service principal",
	Severity:    Error,
	Explanation: "Node auto-provisioning requires a managed identity.",
	Source:      aks.PageNodeProvisioning,
	Fix:         "set identity: UserAssigned, or set nodeProvisioningMode: Manual",
	Since:       "v0.1.0",
	Check:       checkNAPIdentity,
}

func checkNAPIdentity(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if c.Spec.Identity == aks.ServicePrincipal {
			p.Report(Finding{
				Path:    c.Path + ".identity",
				Message: "node auto-provisioning needs a managed identity, but the cluster uses a service principal",
				Advice:  p.rule.Fix,
				Edit:    set(aks.UserAssigned),
			})
		}
	}
}

var napCalico = &Rule{
	ID:          "AKS057",
	Title:       "node auto-provisioning with the calico policy engine",
	Severity:    Error,
	Explanation: "Node auto-provisioning does not support the Calico policy engine.",
	Source:      aks.PageNodeProvisioning,
	Fix:         "set networkPolicy: none, or set networkDataplane: cilium with networkPolicy: cilium",
	Since:       "v0.1.0",
	Check:       checkNAPCalico,
}

func checkNAPCalico(p *Pass) {
	for _, c := range autoProvisioned(p.Plan) {
		if c.NetworkPolicy == aks.PolicyCalico {
			p.Report(Finding{
				Path:    c.Path + ".networkPolicy",
				Message: "node auto-provisioning is not supported with networkPolicy calico",
				Advice:  p.rule.Fix,
				Edit:    set(aks.PolicyNone),
			})
		}
	}
}

var staticEgressModel = &Rule{
	ID:       "AKS058",
	Title:    "static egress gateway with model pod-subnet",
	Severity: Error,
	Explanation: "The static egress gateway does not support pods with addresses from a pod subnet, in either " +
		"allocation mode.",
	Source: aks.PageStaticEgress,
	Fix:    "set model: overlay, or set staticEgressGateway: false",
	Since:  "v0.1.0",
	Check:  checkStaticEgressModel,
}

func checkStaticEgressModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.StaticEgressGateway && capabilityOf(aks.FeatureStaticEgressGateway, c).Support == aks.No {
			f := p.Reportf(c.Path+".staticEgressGateway", "the static egress gateway is not supported with model %s",
				c.Model)
			if slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return pool.Mode == aks.Gateway }) {
				f.Advice = "set model: overlay, or remove the gateway pool and staticEgressGateway"
			} else {
				f.Edit = set(false)
			}
		}
	}
}

var staticEgressPool = &Rule{
	ID:       "AKS059",
	Title:    "gateway pool without the static egress gateway",
	Severity: Error,
	Explanation: "A pool of mode Gateway belongs to the static egress gateway, which must first be enabled on the " +
		"cluster.",
	Source: aks.PageStaticEgress,
	Fix:    "set staticEgressGateway: true, or remove the gateway pool",
	Since:  "v0.1.0",
	Check:  checkStaticEgressPool,
}

func checkStaticEgressPool(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if pool.Mode == aks.Gateway && !c.Spec.StaticEgressGateway {
				p.Report(Finding{
					Path: pool.Path + ".mode",
					Message: fmt.Sprintf("pool %q has mode Gateway, but the static egress gateway is not enabled",
						pool.Name),
					Edit: setAt(c.Path+".staticEgressGateway", true),
				})
			}
		}
	}
}

var privateLinkStatic = &Rule{
	ID:       "AKS060",
	Title:    "Private Link Service with static blocks",
	Severity: Error,
	Explanation: "A Private Link Service in front of a LoadBalancer Service does not work with static block " +
		"allocation.",
	Source: aks.PageStaticBlocks,
	Fix:    "set podIPAllocationMode: DynamicIndividual, or set privateLinkServices: 0",
	Since:  "v0.1.0",
	Check:  checkPrivateLinkStatic,
}

func checkPrivateLinkStatic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateLinkServices > 0 && capabilityOf(aks.FeaturePrivateLinkService, c).Support == aks.No {
			p.Report(Finding{
				Path:    c.Path + ".privateLinkServices",
				Message: "Private Link Services are not supported with podIPAllocationMode StaticBlock",
				Advice:  p.rule.Fix,
				Edit:    set(0),
			})
		}
	}
}

var privateLinkCount = &Rule{
	ID:       "AKS061",
	Title:    "too many Private Link Services",
	Severity: Error,
	Explanation: english.Text(
		"A Standard load balancer supports %v Private Link Services, and a cluster has one internal "+
			"load balancer.",
		aks.PrivateLinkServicesPerLB,
	),
	Source: aks.PageMultipleLoadBalancers,
	Fix:    "lower privateLinkServices, or use a second cluster",
	Since:  "v0.1.0",
	Check:  checkPrivateLinkCount,
}

func checkPrivateLinkCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Spec.PrivateLinkServices; n > aks.PrivateLinkServicesPerLB {
			p.Report(Finding{
				Path: c.Path + ".privateLinkServices",
				Message: fmt.Sprintf("a load balancer supports %d Private Link Services, but the cluster needs %d",
					aks.PrivateLinkServicesPerLB, n),
				Edit: set(aks.PrivateLinkServicesPerLB),
			})
		}
	}
}

var privateLinkBackend = &Rule{
	ID:          "AKS062",
	Title:       "Private Link Service with a nodeIP backend pool",
	Severity:    Error,
	Explanation: "Backend pools of node addresses (backendPoolType nodeIP) do not support Private Link Services.",
	Source:      aks.PageLoadBalancer,
	Fix:         "set backendPoolType: nodeIPConfiguration, or set privateLinkServices: 0",
	Since:       "v0.1.0",
	Check:       checkPrivateLinkBackend,
}

func checkPrivateLinkBackend(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateLinkServices > 0 && c.Spec.LoadBalancerProfile.BackendPoolType == aks.BackendNodeIP {
			p.Report(Finding{
				Path:    c.Path + ".loadBalancerProfile.backendPoolType",
				Message: "Private Link Services are not supported with backendPoolType nodeIP",
				Advice:  p.rule.Fix,
				Edit:    set(aks.BackendNodeIPConfiguration),
			})
		}
	}
}

var agcModel = &Rule{
	ID:          "AKS063",
	Title:       "Application Gateway for Containers with kubenet",
	Severity:    Error,
	Explanation: "Application Gateway for Containers supports only Azure CNI.",
	Source:      aks.PageAGC,
	Fix:         "set model: overlay, or remove applicationGatewayForContainers from ingress",
	Since:       "v0.1.0",
	Check:       checkAGCModel,
}

func checkAGCModel(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if slices.Contains(c.Spec.Ingress, aks.IngressGatewayForContainers) &&
			capabilityOf(aks.FeatureAGC, c).Support == aks.No {
			p.Report(Finding{
				Path:    c.Path + ".ingress",
				Message: fmt.Sprintf("Application Gateway for Containers is not supported with model %s", c.Model),
				Advice:  p.rule.Fix,
				Edit:    setAt(c.Path+".model", aks.Overlay),
			})
		}
	}
}

var ingressSubnet = &Rule{
	ID:       "AKS064",
	Title:    "ingress gateway without a subnet",
	Severity: Warning,
	Explanation: "Application Gateway and Application Gateway for Containers each need a dedicated subnet. With " +
		"overlay, the subnet of the latter must be in the cluster's own network. Plan it now.",
	Source: aks.PageAGC,
	Fix:    "add a subnet with purpose: applicationGateway or applicationGatewayForContainers to the network",
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
			if kind == "" || c.VNet() == nil ||
				hasSubnet(c.VNet(), func(s *plan.Subnet) bool { return strings.HasPrefix(subnetKindID(s), kind) }) {
				continue
			}
			p.Reportf(c.Path+".ingress", "network %q has no subnet for ingress %s", c.VNet().Name, ingress)
		}
	}
}

var dcsv2Overlay = &Rule{
	ID:       "AKS065",
	Title:    "DCsv2 machines with model overlay",
	Severity: Error,
	Explanation: "Overlay does not support DCsv2-series virtual machines. For confidential computing, the page " +
		"recommends the newer DCasv5 and DCadsv5 series.",
	Source: aks.PageOverlay,
	Fix:    "choose a newer vmSize series",
	Since:  "v0.1.0",
	Check:  checkDCsv2Overlay,
}

// dcsv2 matches the VM sizes of the DCsv2 series.
var dcsv2 = form(`(?i)^Standard_DC[0-9]+s?_v2$`)

func checkDCsv2Overlay(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if c.Model.Facts().Overlay && dcsv2().MatchString(pool.Spec.VMSize) {
				p.Report(Finding{
					Path: pool.Path + ".vmSize",
					Message: fmt.Sprintf("pool %q uses VM size %s, which model overlay does not support",
						pool.Name, pool.Spec.VMSize),
					Edit: set("Standard_DC4as_v5"),
				})
			}
		}
	}
}

var apiServerEncryption = &Rule{
	ID:          "AKS066",
	Title:       "API Server VNet Integration in an encrypted network",
	Severity:    Error,
	Explanation: "API Server VNet Integration does not support virtual network encryption.",
	Source:      aks.PageAPIServerVNet,
	Fix:         "remove encryption from the network, or set apiServerVnetIntegration: false",
	Since:       "v0.1.0",
	Check:       checkAPIServerEncryption,
}

func checkAPIServerEncryption(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.APIServerVnetIntegration && c.VNet() != nil && c.VNet().Spec != nil && c.VNet().Spec.Encryption {
			p.Report(Finding{
				Path: c.Path + ".apiServerVnetIntegration",
				Message: fmt.Sprintf("API Server VNet Integration is not supported in network %q, which is encrypted",
					c.VNet().Name),
				Edit: setAt(c.VNet().Path+".encryption", false),
			})
		}
	}
}

var wishUnmet = &Rule{
	ID:       "AKS067",
	Title:    "model does not support a required feature",
	Severity: Error,
	Explanation: "requirements lists what the cluster must support. The chosen model, data plane or policy engine does " +
		"not support this in AKS today, or not for so many nodes or pods.",
	Source: aks.PageModels,
	Fix:    "choose another model; aksnet compare shows which models support the feature",
	Since:  "v0.1.0",
	Check:  checkWishUnmet,
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
			switch {
			case !w.want:
			case capabilityOf(w.f, c).Support == aks.No:
				p.Reportf(c.Path+".requirements."+w.key, "the requirements include %s, which model %s does not support",
					w.key, c.Model)
			case c.NetworkDataplane == aks.DataplaneCilium && aks.CapabilityOn(w.f, aks.OnCilium).Support == aks.No:
				p.Reportf(c.Path+".requirements."+w.key,
					"the requirements include %s, which networkDataplane cilium does not support", w.key)
			}
		}
		if r.NetworkPolicy != "" && r.NetworkPolicy != c.NetworkPolicy {
			p.Reportf(c.Path+".requirements.networkPolicy",
				"the requirements include network policy %s, but networkPolicy is %s", r.NetworkPolicy, c.NetworkPolicy)
		}
		p.wishOver(c, "maxNodes", "node", r.MaxNodes, plan.NodeCeilings(c))
		p.wishOver(c, "maxPods", "pod", r.MaxPods, plan.PodCeilings(c))
	}
}

// wishOver reports a number in the requirements that is above what the cluster can have, however large its ranges are.
func (p *Pass) wishOver(c *plan.Cluster, key, noun string, wish int, ceilings []plan.Ceiling) {
	lowest := slices.MinFunc(append(ceilings, plan.Ceiling{Most: math.MaxInt}), func(a, b plan.Ceiling) int {
		return cmp.Compare(a.Most, b.Most)
	})
	if wish > lowest.Most {
		p.Reportf(c.Path+".requirements."+key, "the requirements include %s, but the cluster can have at most %d (%s)",
			english.Count(wish, noun), lowest.Most, lowest.Limit.Name)
	}
}
