package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

func (w *writer) cluster(o object) mapping {
	i := parseID(o.text("id"))
	m := newMapping()
	m.text("name", o.text("name"))
	m.text("resourceGroup", i.group)
	m.text("location", o.text("location"))
	m.text("vnet", w.clusterVNet(o))
	m.text("kubernetesVersion", cmp.Or(o.text("currentKubernetesVersion"), o.text("kubernetesVersion")))
	m.text("supportPlan", word[aks.SupportPlan](o.text("supportPlan")))
	upgrades := newMapping()
	upgrades.text("nodeOSUpgradeChannel", word[aks.NodeOSChannel](o.text("autoUpgradeProfile.nodeOSUpgradeChannel")))
	m.inner("autoUpgradeProfile", upgrades)
	model := modelOf(o)
	m.text("model", string(model))
	w.clusterNetwork(m, o, model)
	w.clusterEgress(m, o)
	w.clusterAPI(m, o)
	m.text("dnsPrefix", o.text("dnsPrefix"))
	m.text("fqdnSubdomain", o.text("fqdnSubdomain"))
	m.text("nodeResourceGroup", o.text("nodeResourceGroup"))
	m.text("identity", string(identityOf(o)))
	m.text("sku", automaticSKU(o))
	m.inner("systemNodeSubnet", subnetName(o.text("hostedSystemProfile.systemNodeSubnetID")))
	m.inner("nodeSubnet", subnetName(o.text("hostedSystemProfile.nodeSubnetID")))
	m.text("tier", word[aks.Tier](o.text("sku.tier")))
	m.text("nodeProvisioningMode", word[aks.ProvisioningMode](o.text("nodeProvisioningProfile.mode")))
	m.inner("advancedNetworking", advancedNetworking(o))
	boot := newMapping()
	boot.text("artifactSource", word[aks.ArtifactSource](o.text("bootstrapProfile.artifactSource")))
	boot.text("containerRegistryId", o.text("bootstrapProfile.containerRegistryId"))
	m.inner("bootstrapProfile", boot)
	m.flag("virtualNodes", o.flag("addonProfiles.aciConnectorLinux.enabled"))
	m.flag("openServiceMesh", o.flag("addonProfiles.openServiceMesh.enabled"))
	m.texts("addOns", addOnsOf(o))
	m.texts("ingress", ingressOf(o))
	routing := newMapping()
	routing.texts("dnsZoneResourceIds", o.texts("ingressProfile.webAppRouting.dnsZoneResourceIds"))
	m.inner("webAppRouting", routing)
	m.flag("staticEgressGateway", o.flag("networkProfile.staticEgressGatewayProfile.enabled"))
	var pools []mapping
	for _, p := range o.objects("agentPoolProfiles") {
		pools = append(pools, pool(p, model))
	}
	m.maps("nodePools", pools)
	return m
}

// automaticSKU returns the SKU of a cluster where it is not the default.
func automaticSKU(o object) string {
	if sku, _ := aks.Word[aks.ClusterSKU](o.text("sku.name")); sku == aks.SKUAutomatic {
		return string(sku)
	}
	return ""
}

// clusterVNet returns the network of the first pool with a subnet; empty if AKS manages the network.
func (w *writer) clusterVNet(o object) string {
	first := firstNetwork(o)
	for _, p := range o.objects("agentPoolProfiles") {
		if s := parseID(p.text("vnetSubnetID")); s.text != "" && !first.same(s.parentID()) {
			w.note(
				"the pools of cluster %s are in several networks; the spec can name only one, %s",
				o.text("name"),
				first.name,
			)
		}
	}
	return cmp.Or(first.name, spec.ManagedVNet)
}

// firstNetwork returns the network of the first pool with a subnet, or of the hosted system pool; the zero id if none
// has one.
func firstNetwork(o object) id {
	if s := parseID(o.text("hostedSystemProfile.systemNodeSubnetID")); s.text != "" {
		return s.parentID()
	}
	for _, p := range o.objects("agentPoolProfiles") {
		if s := parseID(p.text("vnetSubnetID")); s.text != "" {
			return s.parentID()
		}
	}
	return id{}
}

// modelOf derives the network model from plugin, mode and pod subnets.
func modelOf(o object) aks.Model {
	podSubnet := slices.ContainsFunc(
		o.objects("agentPoolProfiles"),
		func(p object) bool { return p.text("podSubnetID") != "" },
	)
	return aks.ModelOf(o.text("networkProfile.networkPlugin"), o.text("networkProfile.networkPluginMode"), podSubnet)
}

func (w *writer) clusterNetwork(m mapping, o object, model aks.Model) {
	if !model.Facts().OwnCNI {
		m.text(
			"networkDataplane",
			word[aks.Dataplane](cmp.Or(o.text("networkProfile.networkDataplane"), string(aks.DataplaneAzure))),
		)
	}
	m.text("networkPolicy", word[aks.Policy](cmp.Or(o.text("networkProfile.networkPolicy"), string(aks.PolicyNone))))
	var families []string
	for _, f := range o.texts("networkProfile.ipFamilies") {
		families = append(families, word[aks.IPFamily](f))
	}
	m.texts("ipFamilies", families)
	if len(families) > 1 {
		m.texts("podCidrs", o.prefixes("networkProfile.podCidrs"))
		m.texts("serviceCidrs", o.prefixes("networkProfile.serviceCidrs"))
	} else {
		m.text("podCidr", prefix(o.text("networkProfile.podCidr")))
		m.text("serviceCidr", prefix(o.text("networkProfile.serviceCidr")))
	}
	m.text("dnsServiceIP", o.text("networkProfile.dnsServiceIP"))
	m.text("loadBalancerSku", word[aks.LoadBalancerSKU](o.text("networkProfile.loadBalancerSku")))
}

func (w *writer) clusterEgress(m mapping, o object) {
	m.text("outboundType", word[aks.OutboundType](o.text("networkProfile.outboundType")))
	const lb = "networkProfile.loadBalancerProfile."
	profile := newMapping()
	switch ips, prefixes := o.ids(lb+"outboundIPs.publicIPs"), o.ids(lb+"outboundIPPrefixes.publicIPPrefixes"); {
	case len(ips) > 0:
		profile.texts("outboundIPs", ips)
	case len(prefixes) > 0:
		profile.texts("outboundIPPrefixes", prefixes)
	default:
		profile.number("managedOutboundIPs", o.number(lb+"managedOutboundIPs.count"))
	}
	profile.number("allocatedOutboundPorts", o.number(lb+"allocatedOutboundPorts"))
	profile.number("idleTimeoutInMinutes", o.number(lb+"idleTimeoutInMinutes"))
	if t, _ := aks.Word[aks.BackendPool](o.text(lb + "backendPoolType")); t == aks.BackendNodeIP {
		profile.text("backendPoolType", string(t))
	}
	m.inner("loadBalancerProfile", profile)
	nat := newMapping()
	nat.number("managedOutboundIPs", o.number("networkProfile.natGatewayProfile.managedOutboundIPProfile.count"))
	nat.number("idleTimeoutInMinutes", o.number("networkProfile.natGatewayProfile.idleTimeoutInMinutes"))
	nat.number("managedOutboundIPv6s", o.number("networkProfile.natGatewayProfile.managedOutboundIPProfile.countIPv6"))
	nat.texts("outboundIPs", o.ids("networkProfile.natGatewayProfile.outboundIPs.publicIPs"))
	nat.texts("outboundIPPrefixes", o.ids("networkProfile.natGatewayProfile.outboundIPPrefixes.publicIPPrefixes"))
	nat.text("sku", word[aks.NATGatewaySKU](o.text("networkProfile.natGatewayProfile.sku")))
	m.inner("natGatewayProfile", nat)
}

func (w *writer) clusterAPI(m mapping, o object) {
	const api = "apiServerAccessProfile."
	private := o.flag(api + "enablePrivateCluster")
	m.flag("privateCluster", private)
	if private {
		m.text("privateDNSZone", o.text(api+"privateDNSZone"))
		if public, ok := o.get(api + "enablePrivateClusterPublicFQDN").(bool); ok && !public {
			m.set("enablePrivateClusterPublicFQDN", scalar("!!bool", "false"))
		}
	}
	m.flag("apiServerVnetIntegration", o.flag(api+"enableVnetIntegration"))
	m.inner("apiServerSubnet", subnetName(o.text(api+"subnetId")))
	m.texts("authorizedIPRanges", authorizedRanges(o.texts(api+"authorizedIPRanges")))
}

// advancedNetworking returns the settings of advanced container networking services; nothing where they are off.
func advancedNetworking(o object) mapping {
	const path = "networkProfile.advancedNetworking."
	m := newMapping()
	if !o.flag(path + "enabled") {
		return m
	}
	m.text("advancedNetworkPolicies", word[aks.AdvancedPolicies](o.text(path+"security.advancedNetworkPolicies")))
	m.text("transitEncryption", word[aks.Encryption](o.text(path+"security.transitEncryption.type")))
	m.text("accelerationMode", word[aks.Acceleration](o.text(path+"performance.accelerationMode")))
	return m
}

// authorizedRanges returns ranges without host bits; a service tag stays as it is.
func authorizedRanges(in []string) (out []string) {
	for _, s := range in {
		out = append(out, cmp.Or(prefix(s), s))
	}
	return out
}

func subnetName(text string) mapping {
	m := newMapping()
	m.text("name", parseID(text).name)
	return m
}

func identityOf(o object) aks.Identity {
	switch kind := o.text("identity.type"); {
	case strings.EqualFold(kind, "None"):
		return ""
	case kind != "":
		return aks.Identity(word[aks.Identity](kind))
	case o.text("servicePrincipalProfile.clientId") != "" && o.text("servicePrincipalProfile.clientId") != "msi":
		return aks.ServicePrincipal
	}
	return ""
}

func ingressOf(o object) (out []string) {
	if o.flag("ingressProfile.webAppRouting.enabled") {
		out = append(out, string(aks.IngressAppRoutingNginx))
	}
	if o.flag("addonProfiles.ingressApplicationGateway.enabled") {
		out = append(out, string(aks.IngressApplicationGateway))
	}
	if strings.EqualFold(o.text("serviceMeshProfile.mode"), "Istio") {
		out = append(out, string(aks.IngressIstio))
	}
	return out
}

// addOnsOf returns the add-ons of a cluster that need endpoints of their own. Cluster extensions are resources beside
// it.
func addOnsOf(o object) (out []string) {
	for _, a := range []struct {
		path  string
		addOn aks.AddOn
	}{
		{"addonProfiles.omsagent.enabled", aks.AddOnMonitor},
		{"azureMonitorProfile.containerInsights.enabled", aks.AddOnMonitor},
		{"azureMonitorProfile.metrics.enabled", aks.AddOnMetrics},
		{"addonProfiles.azurepolicy.enabled", aks.AddOnPolicy},
		{"addonProfiles.azureKeyvaultSecretsProvider.enabled", aks.AddOnKeyVault},
		{"securityProfile.defender.securityMonitoring.enabled", aks.AddOnDefender},
		{"securityProfile.workloadIdentity.enabled", aks.AddOnWorkloadIdentity},
		{"metricsProfile.costAnalysis.enabled", aks.AddOnCostAnalysis},
	} {
		if word := string(a.addOn); o.flag(a.path) && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

func pool(p object, model aks.Model) mapping {
	m := newMapping()
	m.text("name", p.text("name"))
	m.text("mode", word[aks.PoolMode](p.text("mode")))
	m.text("osType", word[aks.OSType](p.text("osType")))
	m.text("osSKU", word[aks.OSSKU](p.text("osSKU")))
	m.text("vmSize", p.text("vmSize"))
	m.text("type", word[aks.PoolType](cmp.Or(p.text("type"), p.text("typePropertiesType"))))
	m.texts("zones", p.texts("availabilityZones"))
	m.flag("enableNodePublicIP", p.flag("enableNodePublicIP"))
	m.text("nodePublicIPPrefixID", p.text("nodePublicIPPrefixID"))
	m.flag("enableFIPS", p.flag("enableFIPS"))
	dns := newMapping()
	dns.text("mode", word[aks.LocalDNSMode](p.text("localDNSProfile.mode")))
	m.inner("localDNSProfile", dns)
	m.set("count", scalar("!!int", strconv.Itoa(p.number("count"))))
	if p.flag("enableAutoScaling") {
		m.set("minCount", scalar("!!int", strconv.Itoa(p.number("minCount"))))
		m.number("maxCount", p.number("maxCount"))
	}
	m.number("maxPods", p.number("maxPods"))
	m.text("maxSurge", p.text("upgradeSettings.maxSurge"))
	m.text("maxUnavailable", p.text("upgradeSettings.maxUnavailable"))
	if model.Facts().NeedsPodSubnet {
		m.text("podIPAllocationMode", word[aks.AllocationMode](p.text("podIPAllocationMode")))
	}
	m.inner("nodeSubnet", subnetName(p.text("vnetSubnetID")))
	m.inner("podSubnet", subnetName(p.text("podSubnetID")))
	gateway := newMapping()
	gateway.number("publicIPPrefixSize", p.number("gatewayProfile.publicIPPrefixSize"))
	m.inner("gatewayProfile", gateway)
	return m
}
