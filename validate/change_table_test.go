package validate_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// changeCase is one change of something that runs. Specs are written in short: what is before the bar is the network,
// what is behind it the cluster.
type changeCase struct {
	name, old, new string
	// rule and text are what must be found: the rule, and words of its message, its lines or its advice.
	rule, text string
}

// changeSpec is the spec of a case: "network settings | cluster settings | pool settings | rest".
func changeSpec(t *testing.T, text string) *plan.Plan {
	t.Helper()
	parts := strings.Split(text+"|||", "|")
	network, cluster := part(parts[0]), part(parts[1])
	pools, rest := strings.TrimSpace(parts[2]), strings.TrimSpace(parts[3])
	if pools == "" {
		pools = "{name: system, count: 3, maxPods: 30}"
	} else if !strings.HasPrefix(pools, "{") {
		pools = "{name: system, " + pools + "}"
	}
	if !strings.Contains(cluster, "vnet:") {
		cluster += ", vnet: net"
	}
	if !strings.Contains(network, "addressPrefixes:") {
		network += ", addressPrefixes: [10.40.0.0/16]"
	}
	if !strings.Contains(rest, "clusters:") {
		rest += "\nclusters: [{name: shop, serviceCidr: 172.20.0.0/16" + cluster + ", nodePools: [" + pools + "]}]"
	}
	text = "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\nvnets:\n  - {name: net" + network + "}\n" +
		rest
	s := spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)})
	for _, p := range s.Problems {
		t.Fatalf("%s: %s\n%s", p.Position, p.Message, text)
	}
	return plan.Build(s)
}

func part(text string) string {
	if text = strings.TrimSpace(text); text != "" {
		text = ", " + text
	}
	return text
}

// changeFindings returns the findings about changes between two plans.
func changeFindings(old, new *plan.Plan) (out []validate.Finding) {
	options := validate.Options{Only: []string{"LIFE"}, Against: old, Today: exampleDay}
	for _, f := range validate.Run(new, options).Findings {
		if f.Rule >= "LIFE020" && f.Rule <= "LIFE029" {
			out = append(out, f)
		}
	}
	return out
}

func (c changeCase) check(t *testing.T) {
	t.Helper()
	found := changeFindings(changeSpec(t, c.old), changeSpec(t, c.new))
	said := func(f validate.Finding) bool {
		all := strings.Join(append([]string{f.Message, f.Advice}, f.Sums...), "\n")
		if f.AzureError != nil {
			all += f.AzureError.Code
		}
		return f.Rule == c.rule && strings.Contains(all, c.text)
	}
	if c.rule == "" && len(found) == 0 || slices.ContainsFunc(found, said) {
		return
	}
	for _, f := range found {
		t.Errorf("%s %s\n  %s\n  %s", f.Rule, f.Message, strings.Join(f.Sums, "\n  "), f.Advice)
	}
	t.Errorf("want %s with %q", c.rule, c.text)
}

// nat begins the settings of a managed NAT gateway that takes own addresses, and address is one.
const (
	nat     = "outboundType: managedNATGateway, natGatewayProfile: {sku: StandardV2, "
	address = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/" +
		"publicIPAddresses/p"
)

// lts are the settings of a cluster with long-term support.
const lts = "tier: Premium, supportPlan: AKSLongTermSupport"

const (
	newCluster, newPool, oneWay, inPlace, rejected = "LIFE020", "LIFE021", "LIFE022", "LIFE023", "LIFE024"
	gone, inSteps, unsettled, untold, added        = "LIFE025", "LIFE026", "LIFE027", "LIFE028", "LIFE029"
)

// TestChangesOfClusters judges changes of clusters by the documentation; the pages are in the table of changes.
func TestChangesOfClusters(t *testing.T) {
	for _, c := range []changeCase{
		{"nothing", "", "", "", ""},
		{"region", "", "| location: northeurope", newCluster, "location"},
		{"group", "", "| resourceGroup: rg-b", newCluster, "resourceGroup"},
		{"network", "| vnet: managed", "", newCluster, "vnet changes from managed to net"},
		{
			"network of the same name in another group", "", "resourceGroup: rg-b", newCluster,
			"vnet changes from net of resource group rg to net of resource group rg-b",
		},
		{
			"network of the same name in another subscription", "subscription: 00000000-0000-0000-0000-000000000001",
			"subscription: 00000000-0000-0000-0000-000000000002", newCluster, "in subscription",
		},
		{"node resource group", "| nodeResourceGroup: a", "| nodeResourceGroup: b", newCluster, "nodeResourceGroup"},
		{"DNS prefix", "| dnsPrefix: a", "| dnsPrefix: b", newCluster, "PropertyChangeNotAllowed"},
		{
			"minor version", "| kubernetesVersion: '1.33'", "| kubernetesVersion: '1.34'", inPlace,
			"az aks upgrade --name shop --kubernetes-version 1.34",
		},
		{"patch", "| kubernetesVersion: 1.33.1", "| kubernetesVersion: 1.33.4", inPlace, "reimages nodes"},
		{"any patch", "| kubernetesVersion: 1.33.1", "| kubernetesVersion: '1.33'", "", ""},
		{
			"skipped minor version", "| kubernetesVersion: '1.32'", "| kubernetesVersion: '1.34'", rejected,
			"upgrade to 1.33, then to 1.34",
		},
		{"older version", "| kubernetesVersion: '1.34'", "| kubernetesVersion: '1.33'", rejected, "cannot downgrade"},
		{"tier", "| tier: Free", "| tier: Standard", inPlace, "az aks update --name shop --tier Standard"},
		{"tier that was not set", "", "| tier: Standard", inPlace, "from Free to Standard"},
		{
			"long-term support of a version without other support", "| kubernetesVersion: '1.33', " + lts,
			"| kubernetesVersion: '1.33', tier: Standard", rejected, "upgrade Kubernetes to a version in community support",
		},
		{
			"long-term support alone", "| kubernetesVersion: '1.33', " + lts, "| kubernetesVersion: '1.33', tier: Premium",
			rejected, "supportPlan",
		},
		{
			"long-term support of a supported version", "| kubernetesVersion: '1.35', " + lts,
			"| kubernetesVersion: '1.35', tier: Standard", inPlace, "--tier Standard --k8s-support-plan KubernetesOfficial",
		},
		{"tier without long-term support", "| tier: Premium", "| tier: Standard", inPlace, "KubernetesOfficial"},
		{
			"kubenet to overlay", "| model: kubenet, kubernetesVersion: '1.33'", "| model: overlay, kubernetesVersion: '1.33'",
			oneWay, "--network-plugin azure --network-plugin-mode overlay",
		},
		{
			"kubenet to overlay with a system identity", "| model: kubenet, identity: SystemAssigned",
			"| model: overlay, identity: SystemAssigned", rejected, "assign a user-assigned identity",
		},
		{
			"node-subnet to overlay", "| model: node-subnet, kubernetesVersion: '1.33'",
			"| model: overlay, kubernetesVersion: '1.33', podCidr: 10.244.0.0/16", oneWay, "--pod-cidr 10.244.0.0/16",
		},
		{
			"node-subnet to overlay with a policy engine",
			"| model: node-subnet, kubernetesVersion: '1.33', networkPolicy: azure",
			"| model: overlay, kubernetesVersion: '1.33'", rejected, "az aks update --name shop --network-policy none",
		},
		{
			"node-subnet to overlay with a policy engine on 1.27",
			"| model: node-subnet, kubernetesVersion: '1.27', networkPolicy: azure",
			"| model: overlay, kubernetesVersion: '1.27'", rejected, "upgrade Kubernetes to 1.30",
		},
		{"pod-subnet to overlay", "| model: pod-subnet", "| model: overlay", newCluster, "model"},
		{"overlay to node-subnet", "| model: overlay", "| model: node-subnet", newCluster, "no way back"},
		{"anything to kubenet", "| model: node-subnet", "| model: kubenet", newCluster, "model"},
		{"byo to overlay", "| model: byo", "| model: overlay", newCluster, "model"},
		{
			"Cilium", "| kubernetesVersion: '1.33'", "| kubernetesVersion: '1.33', networkDataplane: cilium", oneWay,
			"--network-dataplane cilium --network-policy cilium",
		},
		{
			"Cilium with Windows", "|| {name: system}, {name: win, osType: Windows}",
			"| networkDataplane: cilium | {name: system}, {name: win, osType: Windows}", rejected,
			"remove the Windows node pools",
		},
		{
			"Cilium together with the model", "| model: node-subnet", "| model: cilium", rejected, "change the model first",
		},
		{
			"Cilium with node auto-provisioning", "| nodeProvisioningMode: Auto",
			"| nodeProvisioningMode: Auto, networkDataplane: cilium", rejected, "--node-provisioning-mode Manual",
		},
		{"Cilium from kubenet", "| model: kubenet", "| model: cilium", rejected, "move from kubenet to overlay first"},
		{"Cilium to azure", "| model: cilium", "| model: overlay", newCluster, "networkDataplane"},
		{
			"policy none to azure", "| kubernetesVersion: '1.33'", "| kubernetesVersion: '1.33', networkPolicy: azure", inPlace,
			"reimaged",
		},
		{
			"policy none to calico on 1.29", "| kubernetesVersion: '1.29'",
			"| kubernetesVersion: '1.29', networkPolicy: calico", rejected, "upgrade Kubernetes to 1.30",
		},
		{
			"policy azure to none", "| kubernetesVersion: '1.33', networkPolicy: azure", "| kubernetesVersion: '1.33'", inPlace,
			"no longer enforced",
		},
		{
			"policy azure to none on 1.29", "| kubernetesVersion: '1.29', networkPolicy: azure", "| kubernetesVersion: '1.29'",
			rejected, "upgrade Kubernetes to 1.30",
		},
		{
			"policy azure to calico", "| kubernetesVersion: '1.33', networkPolicy: azure",
			"| kubernetesVersion: '1.33', networkPolicy: calico", rejected, "set networkPolicy to none first, then to calico",
		},
		{
			"policy calico to Cilium", "| kubernetesVersion: '1.33', networkPolicy: calico",
			"| kubernetesVersion: '1.33', networkDataplane: cilium", oneWay, "--network-policy cilium",
		},
		{
			"pod CIDR grows", "| podCidr: 10.244.0.0/18", "| podCidr: 10.244.0.0/16", oneWay, "--pod-cidr 10.244.0.0/16",
		},
		{"pod CIDR moves", "| podCidr: 10.244.0.0/16", "| podCidr: 10.245.0.0/16", newCluster, "podCidr"},
		{"pod CIDR of byo", "| model: byo, podCidr: 10.244.0.0/16", "| model: byo, podCidr: 10.245.0.0/16", inPlace, "API"},
		{"DNS service IP", "", "| dnsServiceIP: 172.20.0.53", newCluster, "dnsServiceIP"},
		{
			"dual-stack", "| vnet: managed", "| vnet: managed, ipFamilies: [IPv4, IPv6]", inPlace,
			"az aks update --name shop --ip-families ipv4,ipv6",
		},
		{
			"dual-stack with a policy engine", "| kubernetesVersion: '1.33', networkPolicy: calico, vnet: managed",
			"| kubernetesVersion: '1.33', networkPolicy: calico, vnet: managed, ipFamilies: [IPv4, IPv6]", rejected,
			"remove the network policy engine",
		},
		{
			"dual-stack to IPv4", "| vnet: managed, ipFamilies: [IPv4, IPv6]", "| vnet: managed", unsettled, "not documented",
		},
		{
			"outbound type of a managed network", "| vnet: managed", "| vnet: managed, outboundType: managedNATGateway", inPlace,
			"--outbound-type managedNATGateway",
		},
		{
			"managed NAT gateway to load balancer", "| vnet: managed, outboundType: managedNATGateway", "| vnet: managed",
			rejected, "UpdatingOutboundTypeNotAllowed",
		},
		{
			"load balancer to routes", "", "| outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.255.4}", inPlace,
			"default route",
		},
		{
			"isolation in one step", "| kubernetesVersion: '1.33', bootstrapProfile: {artifactSource: Direct}",
			"| kubernetesVersion: '1.33', bootstrapProfile: {artifactSource: Cache}, outboundType: none", rejected,
			"step 2: az aks upgrade --name shop --node-image-only",
		},
		{
			"isolation in its last step", "| kubernetesVersion: '1.33', bootstrapProfile: {artifactSource: Cache}",
			"| kubernetesVersion: '1.33', bootstrapProfile: {artifactSource: Cache}, outboundType: none", inPlace,
			"--outbound-type none",
		},
		{
			"outbound type with node auto-provisioning", "| nodeProvisioningMode: Auto",
			"| nodeProvisioningMode: Auto, outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.255.4}", rejected,
			"node auto-provisioning",
		},
		{
			"artifact source", "", "| bootstrapProfile: {artifactSource: Cache}", inPlace, "--bootstrap-artifact-source Cache",
		},
		{
			"managed to own addresses of a NAT gateway", "| vnet: managed, " + nat + "managedOutboundIPs: 2}",
			"| vnet: managed, " + nat + "outboundIPs: [" + address + "]}", rejected, "outboundIPs",
		},
		{
			"own to managed addresses of a NAT gateway", "| vnet: managed, " + nat + "outboundIPPrefixes: [" + address + "]}",
			"| vnet: managed, " + nat + "managedOutboundIPs: 2}", rejected, "outboundIPPrefixes",
		},
		{
			"another own address of a NAT gateway", "| vnet: managed, " + nat + "outboundIPs: [" + address + "]}",
			"| vnet: managed, " + nat + "outboundIPs: [" + address + "2]}", inPlace, "--nat-gateway-outbound-ips",
		},
		{
			"outbound addresses", "| loadBalancerProfile: {managedOutboundIPs: 2}",
			"| loadBalancerProfile: {managedOutboundIPs: 3}",
			inPlace, "--load-balancer-managed-outbound-ip-count 3",
		},
		{
			"own outbound addresses", "", "| loadBalancerProfile: {outboundIPs: [/subscriptions/a/resourceGroups/b/providers/" +
				"Microsoft.Network/publicIPAddresses/c]}", inPlace, "--load-balancer-outbound-ips /subscriptions",
		},
		{
			"load balancer SKU", "| loadBalancerSku: basic", "| loadBalancerSku: standard", inSteps, "downtime",
		},
		{"firewall", "| outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.255.4}",
			"| outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.255.5}", inPlace, "routes"},
		{
			"private cluster", "", "| privateCluster: true", newCluster, "API Server VNet Integration",
		},
		{
			"private cluster with integration", "| apiServerVnetIntegration: true",
			"| apiServerVnetIntegration: true, privateCluster: true", inPlace, "--enable-private-cluster",
		},
		{
			"public cluster with integration", "| apiServerVnetIntegration: true, privateCluster: true",
			"| apiServerVnetIntegration: true", inPlace, "--disable-private-cluster",
		},
		{
			"private zone none to system", "| privateCluster: true, privateDNSZone: none",
			"| privateCluster: true, privateDNSZone: system", rejected, "in no other direction",
		},
		{
			"private zone system to none", "| privateCluster: true", "| privateCluster: true, privateDNSZone: none", inPlace,
			"--private-dns-zone none",
		},
		{
			"integration", "", "| apiServerVnetIntegration: true", inSteps, "az aks stop --name shop",
		},
		{"integration off", "| apiServerVnetIntegration: true", "", rejected, "permanent"},
		{
			"authorized ranges", "", "| authorizedIPRanges: [203.0.113.0/24, 198.51.100.0/24]", inPlace,
			"--api-server-authorized-ip-ranges 203.0.113.0/24,198.51.100.0/24",
		},
		{
			"no authorized ranges", "| authorizedIPRanges: [203.0.113.0/24]", "", inPlace,
			`--api-server-authorized-ip-ranges ""`,
		},
		{
			"principal to identity", "| identity: ServicePrincipal", "| identity: SystemAssigned", oneWay,
			"--enable-managed-identity",
		},
		{"identity to principal", "", "| identity: ServicePrincipal", rejected, "cannot go back"},
		{
			"system to user identity", "| identity: SystemAssigned", "| identity: UserAssigned", inPlace, "--assign-identity",
		},
		{"user to system identity", "", "| identity: SystemAssigned", unsettled, "not documented"},
		{
			"node auto-provisioning", "", "| nodeProvisioningMode: Auto", inPlace, "--node-provisioning-mode Auto",
		},
		{
			"node auto-provisioning with calico", "| kubernetesVersion: '1.33', networkPolicy: calico",
			"| kubernetesVersion: '1.33', networkPolicy: calico, nodeProvisioningMode: Auto", rejected, "none first",
		},
		{"no node auto-provisioning", "| nodeProvisioningMode: Auto", "", inSteps, "kubectl patch nodepool"},
		{"virtual nodes", "| model: node-subnet", "| model: node-subnet, virtualNodes: true", inPlace, "virtual-node"},
		{"static egress gateway", "", "| staticEgressGateway: true", inPlace, "--enable-static-egress-gateway"},
		{"no static egress gateway", "| staticEgressGateway: true", "", inSteps, "staticgatewayconfigurations"},
		{
			"WireGuard", "| model: cilium", "| model: cilium, advancedNetworking: {transitEncryption: WireGuard}", inPlace,
			"--acns-transit-encryption-type WireGuard",
		},
		{"ingress", "", "| ingress: [istio]", inPlace, "az aks mesh enable --name shop"},
		{"what only steers", "", "| growth: 10%, requirements: {saveAddresses: true}", "", ""},
		{"a second cluster", "", "|||clusters: [{name: shop, vnet: net, serviceCidr: 172.20.0.0/16, nodePools: [" +
			"{name: system, count: 3, maxPods: 30}]}, {name: new, vnet: net, nodePools: [{name: system}]}]", added,
			`cluster "new"`},
		{"another cluster", "", "|||clusters: [{name: new, vnet: net, nodePools: [{name: system}]}]", gone, `cluster "shop"`},
	} {
		t.Run(c.name, c.check)
	}
}

// TestChangesOfPools judges changes of node pools.
func TestChangesOfPools(t *testing.T) {
	const windows = "{name: system}, {name: win, osType: Windows, osSKU: Windows2022}"
	for _, c := range []changeCase{
		{"max pods", "|| maxPods: 30", "|| maxPods: 60", newPool, "maxPods"},
		{
			"operating system", "|| {name: system}, {name: a}", "|| {name: system}, {name: a, osType: Windows}", newPool,
			"osType",
		},
		{"size", "|| vmSize: Standard_D4s_v5", "|| vmSize: Standard_D8s_v5", inPlace, "--node-vm-size Standard_D8s_v5"},
		{
			"size without surge", "|| {name: system}, {name: a, vmSize: Standard_D4s_v5, maxSurge: 0, maxUnavailable: 1}",
			"|| {name: system}, {name: a, vmSize: Standard_D8s_v5, maxSurge: 0, maxUnavailable: 1}", rejected, "maxSurge",
		},
		{
			"size with a count", "|| vmSize: Standard_D4s_v5, count: 3", "|| vmSize: Standard_D8s_v5, count: 4", rejected,
			"change the size of the machines alone",
		},
		{
			"size of another architecture", "|| vmSize: Standard_D4s_v5", "|| vmSize: Standard_D4ps_v5", newPool,
			"processor architecture",
		},
		{
			"size of confidential machines", "|| vmSize: Standard_DC4as_v5", "|| vmSize: Standard_D4as_v5", newPool,
			"confidential",
		},
		{
			"size of machines", "|| vmSize: Standard_D4s_v5, type: VirtualMachines",
			"|| vmSize: Standard_D8s_v5, type: VirtualMachines", newPool, "vmSize",
		},
		{"size that AKS chose", "", "|| count: 3, maxPods: 30, vmSize: Standard_D8s_v5", untold, "vmSize"},
		{"zones", "|| zones: ['1']", "|| zones: ['1', '2']", newPool, "zones"},
		{"public addresses", "", "|| maxPods: 30, enableNodePublicIP: true", newPool, "enableNodePublicIP"},
		{"type", "|| type: VirtualMachineScaleSets", "|| type: VirtualMachines", newPool, "type"},
		{"mode", "|| {name: system}, {name: a}", "|| {name: system}, {name: a, mode: System}", inPlace, "--mode System"},
		{
			"gateway mode", "|| {name: system}, {name: a, count: 2}", "|| {name: system}, {name: a, count: 2, mode: Gateway}",
			newPool, "mode",
		},
		{
			"count", "|| count: 3", "|| count: 5", inPlace,
			"az aks nodepool scale --cluster-name shop --name system --node-count 5",
		},
		{
			"autoscaler", "|| count: 3", "|| count: 3, minCount: 3, maxCount: 9", inPlace,
			"--enable-cluster-autoscaler --min-count 3 --max-count 9",
		},
		{
			"bounds of the autoscaler", "|| minCount: 3, maxCount: 9", "|| minCount: 3, maxCount: 12", inPlace,
			"--update-cluster-autoscaler --min-count 3 --max-count 12",
		},
		{"no autoscaler", "|| count: 3, minCount: 3, maxCount: 9", "|| count: 3", inPlace, "--disable-cluster-autoscaler"},
		{"surge", "|| maxSurge: 1", "|| maxSurge: 33%", inPlace, "--max-surge '33%'"},
		{"Linux SKU", "", "|| maxPods: 30, osSKU: AzureLinux", inPlace, "--os-sku AzureLinux"},
		{
			"Windows SKU", "|| " + windows, "|| {name: system}, {name: win, osType: Windows, osSKU: Windows2025}", newPool,
			"osSKU",
		},
		{"FIPS", "", "|| maxPods: 30, enableFIPS: true", inPlace, "--enable-fips-image"},
		{"node subnet", "| nodeSubnet: {name: a}", "| nodeSubnet: {name: b}", newPool, "nodeSubnet"},
		{
			"mode of pods", "| model: pod-subnet", "| model: pod-subnet, podIPAllocationMode: StaticBlock", newPool,
			"another pod subnet",
		},
		{"first Windows pool", "|| {name: system}", "|| " + windows, newCluster, "windowsProfile"},
		{
			"second Windows pool", "|| " + windows, "|| " + windows + ", {name: win2, osType: Windows}", added,
			"--os-type Windows",
		},
		{"new pool", "", "|| {name: system, count: 3, maxPods: 30}, {name: apps, count: 2}", added, `pool "apps"`},
		{"pool removed", "|| {name: system}, {name: apps}", "|| {name: system}", gone, "az aks nodepool delete"},
		{
			"LocalDNS", "| kubernetesVersion: '1.33'", "| kubernetesVersion: '1.33', localDNSProfile: {mode: Required}", inPlace,
			"--localdns-config",
		},
	} {
		t.Run(c.name, c.check)
	}
}

// TestChangesOfNetworks judges changes of networks, subnets and what is attached to them.
func TestChangesOfNetworks(t *testing.T) {
	const hub = "\n  - {name: hub, addressPrefixes: [10.1.0.0/16]}"
	const tables = "routeTables: [{name: a, routes: [{name: x, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, " +
		"nextHopIP: 10.1.0.4}]}, {name: b}]"
	const groups = "networkSecurityGroups: [{name: a, rules: []}]"
	for _, c := range []changeCase{
		{
			"prefix added", "", "addressPrefixes: [10.40.0.0/16, 10.41.0.0/16]", inPlace, "az network vnet peering sync",
		},
		{
			"prefix grown", "addressPrefixes: [10.40.0.0/20]", "addressPrefixes: [10.40.0.0/16]", inPlace,
			"10.40.0.0/20 to 10.40.0.0/16",
		},
		{
			"prefix removed", "addressPrefixes: [10.40.0.0/16, 10.41.0.0/16]", "", inPlace, "10.41.0.0/16",
		},
		{
			"prefix in use removed",
			"addressPrefixes: [10.40.0.0/16, 10.41.0.0/16] | nodeSubnet: {name: n, addressPrefix: 10.41.0.0/24}",
			"| nodeSubnet: {name: n, addressPrefix: 10.40.0.0/24}", rejected, "InUsePrefixCannotBeDeleted",
		},
		{
			"subnet in use grown", "| nodeSubnet: {name: n, addressPrefix: 10.40.0.0/24}",
			"| nodeSubnet: {name: n, addressPrefix: 10.40.0.0/23}", rejected, "InUseSubnetCannotBeUpdated",
		},
		{
			"subnet in use moved", "| nodeSubnet: {name: n, addressPrefix: 10.40.0.0/24}",
			"| nodeSubnet: {name: n, addressPrefix: 10.40.8.0/24}", rejected, "addressPrefix",
		},
		{
			"another subnet moved", "subnets: [{name: pe, addressPrefix: 10.40.200.0/24}]",
			"subnets: [{name: pe, addressPrefix: 10.40.201.0/24}]", inSteps, `addressPrefix of subnet "pe"`,
		},
		{"subnet added", "", "subnets: [{name: pe, addressPrefix: 10.40.201.0/24}]", added, `subnet "pe"`},
		{"subnet removed", "subnets: [{name: pe, addressPrefix: 10.40.201.0/24}]", "", inSteps, `subnet "pe"`},
		{
			"delegation", "subnets: [{name: pe, addressPrefix: 10.40.200.0/24}]",
			"subnets: [{name: pe, addressPrefix: 10.40.200.0/24, delegation: Microsoft.Web/serverFarms}]", inSteps, "delegation",
		},
		{
			"delegation in use", "subnets: [{name: pe, addressPrefix: 10.40.200.0/24, usedAddresses: 3}]",
			"subnets: [{name: pe, addressPrefix: 10.40.200.0/24, usedAddresses: 3, delegation: Microsoft.Web/serverFarms}]",
			rejected, "SubnetDelegationsCannotChangeWhenSubnetUsedByResource",
		},
		{
			"route table",
			"subnets: [{name: n, addressPrefix: 10.40.0.0/24, routeTable: a}] | nodeSubnet: {name: n} || " + tables,
			"subnets: [{name: n, addressPrefix: 10.40.0.0/24, routeTable: b}] | nodeSubnet: {name: n} || " + tables, inPlace,
			"routeTable",
		},
		{
			"route table of kubenet",
			"subnets: [{name: n, addressPrefix: 10.40.0.0/24, routeTable: a}] | model: kubenet, " +
				"nodeSubnet: {name: n} || " + tables,
			"subnets: [{name: n, addressPrefix: 10.40.0.0/24, routeTable: b}] | model: kubenet, " +
				"nodeSubnet: {name: n} || " + tables,
			rejected, "cannot be replaced later",
		},
		{"route", "||| " + tables, "||| " + strings.ReplaceAll(tables, "10.1.0.4", "10.1.0.5"), inPlace, `route "x"`},
		{"route table removed", "||| " + tables, "", inSteps, `route table "a"`},
		{
			"rule", "||| " + groups, "||| " + strings.Replace(groups, "[]", "[{name: r, priority: 200, direction: Inbound, "+
				"access: Allow}]", 1), added, `rule "r"`,
		},
		{"DNS servers", "", "dnsServers: [10.1.0.4]", inSteps, "az aks upgrade --name shop --node-image-only"},
		{"encryption", "", "encryption: true", unsettled, "not documented"},
		{
			"encryption with integration", "| apiServerVnetIntegration: true",
			"encryption: true | apiServerVnetIntegration: true", rejected, "encryption",
		},
		{"tags", "", "tags: {a: b}", inPlace, "tags"},
		{
			"NAT gateway", "||| natGateways: [{name: n, sku: Standard}]", "||| natGateways: [{name: n, sku: StandardV2}]",
			inSteps, "SKU",
		},
	} {
		t.Run(c.name, c.check)
	}
	with := func(more string) string {
		return "apiVersion: aksnet/v1\nresourceGroup: rg\nvnets:\n  - {name: net, addressPrefixes: [10.40.0.0/16]" + more +
			"}" + hub + "\n"
	}
	build := func(text string) *plan.Plan {
		return plan.Build(spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)}))
	}
	found := changeFindings(build(with("")), build(with(", peerings: [hub]")))
	if len(found) != 1 || found[0].Rule != added || !strings.Contains(found[0].Message, `"hub"`) {
		t.Errorf("a peering: %+v", found)
	}
	byID := with(", peerings: [/subscriptions/a/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub]")
	if found := changeFindings(build(with(", peerings: [hub]")), build(byID)); len(found) > 0 {
		t.Errorf("the same peering by its id: %+v", found)
	}
}

// TestChangesAgainstSavedPlan compares with a plan that was saved as JSON: what it does not hold is unknown, and said.
func TestChangesAgainstSavedPlan(t *testing.T) {
	const before = "| kubernetesVersion: '1.29', networkPolicy: azure, privateCluster: true"
	data, err := json.Marshal(changeSpec(t, before))
	if err != nil {
		t.Fatal(err)
	}
	old, err := plan.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		rejected: "upgrade Kubernetes to 1.30", inPlace: "count of pool", untold: "clusters[0].privateCluster",
	}
	found := changeFindings(old, changeSpec(t, "| kubernetesVersion: '1.29', privateCluster: false | count: 5, "+
		"maxPods: 30"))
	for rule, text := range want {
		if !slices.ContainsFunc(found, func(f validate.Finding) bool {
			return f.Rule == rule && strings.Contains(f.Message+f.Advice, text)
		}) {
			t.Errorf("no %s about %q in %+v", rule, text, found)
		}
	}
	if same := changeFindings(old, changeSpec(t, "| kubernetesVersion: '1.29', networkPolicy: azure")); len(same) > 0 {
		t.Errorf("the same spec differs from its plan: %+v", same)
	}
}
