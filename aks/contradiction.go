package aks

import "github.com/aksnet/aksnet/internal/english"

// Contradiction is a matter on which sources disagree, or have changed.
type Contradiction struct {
	ID    string `json:"id"` // stable, lower case with dashes
	Topic string `json:"topic"`
	Older string `json:"older"` // what an older or weaker source says
	Newer string `json:"newer"` // what a newer or stronger source says
	Use   string `json:"use"`   // what this tool goes by

	Source Source `json:"source"`
}

// Contradictions returns every matter on which sources disagree, with the side that this tool takes.
func Contradictions() []Contradiction {
	return append(numberContradictions(), featureContradictions()...)
}

func numberContradictions() []Contradiction {
	return []Contradiction{
		{
			"overlay-nodes", "nodes of an overlay cluster", "1,000 until 2024-02",
			english.Text("%v since 2024-03-19", MaxNodesPerCluster),
			english.Text("%v; %v a pool", MaxNodesPerCluster, MaxNodesPerPool), srcOverlay(),
		},
		{
			"overlay-pods",
			"pods of an overlay cluster",
			"250,000 on one page",
			english.Text("%v on another", MaxPodsOverlay),
			english.Grouped(MaxPodsOverlay),
			srcLarge(),
		},
		{
			"pod-subnet-max-pods", "default maxPods of pod-subnet", "250 (2024-07)",
			english.Text("%v (2026-04)", DefaultMaxPodsPodSubnet),
			english.Text("%v, and set it explicitly", DefaultMaxPodsPodSubnet), srcPlanning(),
		},
		{
			"max-surge", "default maxSurge", "1 node", "10 % rounded up",
			"10 %, or 1 node for pinned versions before 1.32",
			release("2025-03-16"),
		},
		{
			"reserved-addresses", "addresses Azure keeps in a subnet", "the first three, on the kubenet page",
			"the first four and the last", "5", srcVNetFAQ(),
		},
		{
			"largest-subnet", "largest subnet", "/8 in 2019, and VNets of /8 on the AKS page", "/2", "warn above /8",
			srcVNetFAQ(),
		},
		{
			"service-cidr-size", "largest service CIDR", "upstream Kubernetes allows /12",
			"smaller than /12 in the wording",
			"/13", srcPlanning(),
		},
		{
			"lb-idle-timeout", "idle timeout of the load balancer, in minutes",
			english.Text("%v to %v in the Azure CLI", MinIdleTimeout, MaxIdleTimeoutCLI),
			english.Text("%v to %v in the API", MinIdleTimeout, MaxIdleTimeout),
			english.Text("%v to %v, warn above %v", MinIdleTimeout, MaxIdleTimeout, MaxIdleTimeoutCLI), srcCLI(),
		},
		{
			"node-subnet-check", "addresses that Azure checks for node-subnet", "nodes × maxPods in the support page",
			"nodes × (maxPods ± 1) in real refusals", "nodes × (maxPods + 1) and 5",
			told(github + "Azure/AKS/issues/456"),
		},
	}
}

func featureContradictions() []Contradiction {
	return []Contradiction{
		{
			"overlay-agic", "overlay with the Application Gateway ingress controller", "not supported (2023-11)",
			"preview 2025-03-16, general 2025-08-29", "supported", release("2025-08-29"),
		},
		{
			"default-plugin", "default network plugin", "kubenet, still on older pages", "overlay",
			"overlay; node-subnet for --network-plugin azure alone", srcOverlaySet(),
		},
		{
			"overlap-check", "what pod and service CIDRs are checked against", "the VNet's address space",
			"its subnets alone, since 2024-10-25", "subnets are errors, the space is a warning", release("2024-10-25"),
		},
		{
			"reserved-ranges", "check of reserved ranges", "documented alone",
			"enforced for pod CIDRs since 2026-05-29",
			"enforced everywhere", release("2026-05-29"),
		},
		{
			"outbound-type", "change of the outbound type", "impossible, in the API text", "possible since 2024-03-17",
			"the matrix of the outbound page", srcOutbound(),
		},
		{
			"nat-v2-name", "name of the StandardV2 outbound type", "managedNATGatewayV2",
			"managedNATGateway with natGatewayProfile.sku standardV2 (2026-07-17)", "depends on the API version",
			release("2026-07-17"),
		},
		{
			"nat-v2-exit", "managedNATGatewayV2 to none or block", "no, in the matrix",
			"yes, in the release notes of 2026-05-29", "allowed with a warning", release("2026-05-29"),
		},
		{
			"nat-to-lb", "managedNATGateway to loadBalancer", "not in the matrix",
			"a section on the same page shows it",
			"refused", srcOutbound(),
		},
		{
			"dual-stack-model", "models with dual-stack", "overlay alone, on the page",
			"static pod subnets in the release notes of 2026-06-19", "overlay, unless the API is newer", srcDualStack(),
		},
		{
			"nap-models", "node auto-provisioning with pod-subnet", "all but kubenet and calico (2025-01-30)",
			"not with dynamic pod subnets (2026); no page lists static blocks", "not with pod-subnet", srcNAP(),
		},
		{
			"pod-subnet-flag", "preview flag for pod-subnet", "asked for on the concept page (2024-05)",
			"static is general since 2025-07-20", "no flag", srcPodSubnet(),
		},
		{
			"delegation", "delegation of the node subnet", "the page of the error asks for one",
			"the model page forbids it",
			"none on node subnets; AKS delegates pod subnets", srcModels(),
		},
		{
			"private-subnets", "outbound access of new subnets", "open",
			"defaultOutboundAccess false in managed VNets since 2025-09", "set explicitly in VNets of one's own",
			release("2025-09-21"),
		},
		{
			"cilium-policy", "policy with the Cilium data plane", "pages print the data plane alone, older text allowed none",
			"refused without policy cilium", "set both", told(github + "Azure/azure-cli-extensions/issues/7011"),
		},
		{
			"vm-size-change", "change of a pool's VM size", "impossible, on the page of node pools (2026-07-13)",
			"in place, in preview since 2026-05-29", "in place with a note; a new pool where the machines differ too much",
			release("2026-05-29"),
		},
		{
			"windows-default", "default Windows image", "Windows Server 2025 from Kubernetes 1.36 on, on the page",
			"from 1.37 on, in the release notes of 2026-07-17", "set osSKU", release("2026-07-17"),
		},
		{
			"policy-removal", "removing a policy engine", "any version", "rejected below Kubernetes 1.30 (2026-05-29)",
			"upgrade first", release("2026-05-29"),
		},
		{
			"npm-exit", "leaving Azure Network Policy Manager", "Calico",
			"Linux nodes: Cilium; Windows nodes: security groups or Calico", "by operating system",
			retiring("azure-network-policy-manager-linux"),
		},
		{
			"nap-byo", "node auto-provisioning with byo", "named by no page", "allowed, the CNI itself is not supported",
			"allowed with a note", at(PageNodeProvisioningNetwork, "2024-06-13"),
		},
		{
			"l7-limits", "limits of layer-7 policies",
			english.Text("above %v nodes, or above %v pods", L7MaxNodes, L7MaxPods), "whichever is greater",
			"warn beyond both", srcL7(),
		},
		{
			"route-server-subnet", "smallest RouteServerSubnet", "/27", "/26 (2025-09-17)", "/26",
			at(PageRouteServerQuickstart, "2025-09-17"),
		},
		{
			"com-everywhere", "names of Defender and Application Insights", "the ending of each cloud",
			".com in every cloud", ".com", srcEgress(),
		},
		{
			"default-route", "default route for userDefinedRouting", "any route to 0.0.0.0/0",
			"only one in the attached table", "look into the table",
			told(github + "MicrosoftDocs/azure-docs/issues/108240"),
		},
		{
			"private-gateway", "Application Gateway with a default route to an appliance", "never",
			"allowed for private gateways", "an error, unless the subnet is delegated to " + DelegationPrivateAppGW,
			srcAppGW(),
		},
		{
			"private-dns", "private cluster with DNS servers of one's own", "they always forward to 168.63.129.16",
			"with API Server VNet Integration nodes use no DNS", "no finding there", srcAPIServer(),
		},
		{
			"clusters-per-region", "clusters in a region", english.Grouped(MaxClustersPerRegion),
			"a quota by region and offer", "never a constant", srcQuotas(),
		},
		{
			"ranges-private", "authorized ranges of a private cluster", "older pages say nothing",
			"not possible with private clusters", "an error", srcRanges(),
		},
		{
			"routes-per-table", "routes in a table", english.Grouped(RoutesPerTable),
			english.Text("%v where Virtual Network Manager writes the table (2024-10-23)", RoutesPerTableManaged),
			english.Grouped(RoutesPerTable), at(PageManagedRoutes, "2024-10-23"),
		},
		{
			"virtual-nodes-vnet", "VNet of virtual nodes", "another VNet than the cluster's, in one sentence",
			"the same VNet, in the steps of the same page", "the same VNet, a subnet of their own", srcVirtualNodes(),
		},
		{
			"kubenet-vnet-overlap", "kubenet pod CIDR inside the VNet but outside its subnets",
			"an error, as the routes of the pods would shadow later subnets",
			"accepted since only subnets are checked (2024-10-25)", "a warning", release("2024-10-25"),
		},
	}
}
