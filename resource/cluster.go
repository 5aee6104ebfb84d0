package resource

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// ClusterAPIVersion is the API version of Microsoft.ContainerService for cluster bodies.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/2025-10-01/managedclusters (read 2026-11-22)
const ClusterAPIVersion = "2025-10-01"

// Cluster describes a cluster's network-related settings: those that a template for the cluster must contain to fit the
// plan.
type Cluster struct {
	Name  string
	Scope Scope
	Body  *ManagedCluster
	// Node is the cluster in the graph; nil without Options.Clusters.
	Node *Node
}

// ManagedCluster is the body of a cluster. Empty fields are omitted.
type ManagedCluster struct {
	Location   *string            `json:"location,omitempty"`
	Tags       map[string]*string `json:"tags,omitempty"`
	SKU        *ClusterSKU        `json:"sku,omitempty"`
	Identity   *ClusterIdentity   `json:"identity,omitempty"`
	Properties *ClusterProperties `json:"properties"`
	// AddOns are the add-ons of the spec. Properties holds those that need nothing else.
	AddOns []aks.AddOn `json:"-"`
}

// ClusterSKU is the pricing tier.
type ClusterSKU struct {
	Name string `json:"name"`
	Tier string `json:"tier"`
}

// AutomaticAPIVersion is the API version for Automatic clusters in a network of their own: the stable version lacks the
// subnets of hosted system pools.
// [aks.PageAutomaticNetwork] (read 2026-11-28)
const AutomaticAPIVersion = "2024-03-02-preview"

// HostedSystem is the subnets of a cluster whose system pool AKS runs.
type HostedSystem struct {
	SystemNodeSubnetID string `json:"systemNodeSubnetID"`
	NodeSubnetID       string `json:"nodeSubnetID"`
}

// ClusterIdentity is the identity of the control plane. The keys of UserAssignedIdentities are ids.
type ClusterIdentity struct {
	Type                   string              `json:"type"`
	UserAssignedIdentities map[string]struct{} `json:"userAssignedIdentities,omitempty"`
}

// ClusterProperties are the cluster's network-related properties.
type ClusterProperties struct {
	KubernetesVersion      string            `json:"kubernetesVersion,omitempty"`
	SupportPlan            string            `json:"supportPlan,omitempty"`
	DNSPrefix              string            `json:"dnsPrefix,omitempty"`
	FQDNSubdomain          string            `json:"fqdnSubdomain,omitempty"`
	AutoUpgradeProfile     *AutoUpgrade      `json:"autoUpgradeProfile,omitempty"`
	NodeResourceGroup      string            `json:"nodeResourceGroup,omitempty"`
	NetworkProfile         *NetworkProfile   `json:"networkProfile"`
	AgentPoolProfiles      []*AgentPool      `json:"agentPoolProfiles,omitempty"`
	HostedSystemProfile    *HostedSystem     `json:"hostedSystemProfile,omitempty"`
	APIServerAccessProfile *APIServerProfile `json:"apiServerAccessProfile,omitempty"`
	NodeProvisioning       *Provisioning     `json:"nodeProvisioningProfile,omitempty"`
	BootstrapProfile       *Bootstrap        `json:"bootstrapProfile,omitempty"`
	AddonProfiles          map[string]Switch `json:"addonProfiles,omitempty"`
	OIDCIssuerProfile      *Switch           `json:"oidcIssuerProfile,omitempty"`
	SecurityProfile        *SecurityProfile  `json:"securityProfile,omitempty"`
	MetricsProfile         *MetricsProfile   `json:"metricsProfile,omitempty"`
	IngressProfile         *IngressProfile   `json:"ingressProfile,omitempty"`
}

// IngressProfile turns on application routing with NGINX.
type IngressProfile struct {
	WebAppRouting WebAppRouting `json:"webAppRouting"`
}

// WebAppRouting is application routing with NGINX, and the DNS zones in which it keeps records.
type WebAppRouting struct {
	Enabled            bool     `json:"enabled"`
	DNSZoneResourceIDs []string `json:"dnsZoneResourceIds,omitempty"`
}

// SecurityProfile turns on the security features of the cluster.
type SecurityProfile struct {
	WorkloadIdentity Switch `json:"workloadIdentity"`
}

// MetricsProfile turns on cost analysis.
type MetricsProfile struct {
	CostAnalysis Switch `json:"costAnalysis"`
}

// AutoUpgrade says what AKS upgrades by itself.
type AutoUpgrade struct {
	NodeOSUpgradeChannel string `json:"nodeOSUpgradeChannel"`
}

// Provisioning is the node auto-provisioning mode.
type Provisioning struct {
	Mode string `json:"mode"`
}

// Bootstrap is the source of the artifacts that nodes are built from.
type Bootstrap struct {
	ArtifactSource      string `json:"artifactSource"`
	ContainerRegistryID string `json:"containerRegistryId,omitempty"`
}

// NetworkProfile is the cluster's networkProfile.
type NetworkProfile struct {
	NetworkPlugin       string               `json:"networkPlugin,omitempty"`
	NetworkPluginMode   string               `json:"networkPluginMode,omitempty"`
	NetworkDataplane    string               `json:"networkDataplane,omitempty"`
	NetworkPolicy       string               `json:"networkPolicy,omitempty"`
	IPFamilies          []string             `json:"ipFamilies,omitempty"`
	PodCIDR             string               `json:"podCidr,omitempty"`
	PodCIDRs            []string             `json:"podCidrs,omitempty"`
	ServiceCIDR         string               `json:"serviceCidr,omitempty"`
	ServiceCIDRs        []string             `json:"serviceCidrs,omitempty"`
	DNSServiceIP        string               `json:"dnsServiceIP,omitempty"`
	OutboundType        string               `json:"outboundType,omitempty"`
	LoadBalancerSKU     string               `json:"loadBalancerSku,omitempty"`
	LoadBalancerProfile *ClusterLoadBalancer `json:"loadBalancerProfile,omitempty"`
	NATGatewayProfile   *ClusterNATGateway   `json:"natGatewayProfile,omitempty"`
	AdvancedNetworking  *AdvancedNetworking  `json:"advancedNetworking,omitempty"`
	StaticEgress        *Switch              `json:"staticEgressGatewayProfile,omitempty"`
}

// AdvancedNetworking configures Advanced Container Networking Services: the policies in the spec, and no observability,
// which is on unless it is turned off. This API version does not support encryption between nodes.
type AdvancedNetworking struct {
	Enabled       bool            `json:"enabled"`
	Observability Switch          `json:"observability"`
	Security      NetworkSecurity `json:"security"`
}

// NetworkSecurity enables FQDN network policies, or FQDN and layer 7 policies.
type NetworkSecurity struct {
	Enabled                 bool   `json:"enabled"`
	AdvancedNetworkPolicies string `json:"advancedNetworkPolicies"`
}

// Switch is a profile that can only be turned on or off.
type Switch struct {
	Enabled bool `json:"enabled"`
}

// ClusterLoadBalancer is the outbound configuration of the load balancer.
type ClusterLoadBalancer struct {
	ManagedOutboundIPs     *ManagedIPs  `json:"managedOutboundIPs,omitempty"`
	OutboundIPs            *OwnIPs      `json:"outboundIPs,omitempty"`
	OutboundIPPrefixes     *OwnPrefixes `json:"outboundIPPrefixes,omitempty"`
	AllocatedOutboundPorts int          `json:"allocatedOutboundPorts,omitempty"`
	IdleTimeoutInMinutes   int          `json:"idleTimeoutInMinutes,omitempty"`
	BackendPoolType        string       `json:"backendPoolType,omitempty"`
}

// ClusterNATGateway is the managed NAT gateway.
type ClusterNATGateway struct {
	ManagedOutboundIPProfile *ManagedIPs `json:"managedOutboundIPProfile,omitempty"`
	IdleTimeoutInMinutes     int         `json:"idleTimeoutInMinutes,omitempty"`
}

// ManagedIPs is the number of public addresses that AKS creates.
type ManagedIPs struct {
	Count int `json:"count"`
}

// OwnIPs lists the user's own public addresses.
type OwnIPs struct {
	PublicIPs []ResourceRef `json:"publicIPs"`
}

// OwnPrefixes lists the user's own public prefixes.
type OwnPrefixes struct {
	PublicIPPrefixes []ResourceRef `json:"publicIPPrefixes"`
}

// ResourceRef is a reference by id.
type ResourceRef struct {
	ID string `json:"id"`
}

// AgentPool is a node pool.
type AgentPool struct {
	Name                 string           `json:"name"`
	Mode                 string           `json:"mode,omitempty"`
	OSType               string           `json:"osType,omitempty"`
	OSSKU                string           `json:"osSKU,omitempty"`
	Type                 string           `json:"type,omitempty"`
	VMSize               string           `json:"vmSize,omitempty"`
	AvailabilityZones    []string         `json:"availabilityZones,omitempty"`
	Count                int              `json:"count"`
	EnableAutoScaling    bool             `json:"enableAutoScaling,omitempty"`
	MinCount             *int             `json:"minCount,omitempty"`
	MaxCount             *int             `json:"maxCount,omitempty"`
	MaxPods              int              `json:"maxPods,omitempty"`
	VnetSubnetID         string           `json:"vnetSubnetID,omitempty"`
	PodSubnetID          string           `json:"podSubnetID,omitempty"`
	PodIPAllocationMode  string           `json:"podIPAllocationMode,omitempty"`
	EnableNodePublicIP   bool             `json:"enableNodePublicIP,omitempty"`
	NodePublicIPPrefixID string           `json:"nodePublicIPPrefixID,omitempty"`
	OrchestratorVersion  string           `json:"orchestratorVersion,omitempty"`
	EnableFIPS           bool             `json:"enableFIPS,omitempty"`
	LocalDNSProfile      *LocalDNS        `json:"localDNSProfile,omitempty"`
	UpgradeSettings      *UpgradeSettings `json:"upgradeSettings,omitempty"`
	GatewayProfile       *PoolGateway     `json:"gatewayProfile,omitempty"`
}

// LocalDNS is the mode of the DNS resolver on the nodes.
type LocalDNS struct {
	Mode string `json:"mode"`
}

// PoolGateway is the public prefix of a pool of static egress gateways, as a prefix length.
type PoolGateway struct {
	PublicIPPrefixSize int `json:"publicIPPrefixSize"`
}

// UpgradeSettings limits how many nodes an upgrade adds or makes unavailable.
type UpgradeSettings struct {
	MaxSurge       string `json:"maxSurge,omitempty"`
	MaxUnavailable string `json:"maxUnavailable,omitempty"`
}

// APIServerProfile configures how the API server is reached.
type APIServerProfile struct {
	AuthorizedIPRanges             []string `json:"authorizedIPRanges,omitempty"`
	EnablePrivateCluster           bool     `json:"enablePrivateCluster,omitempty"`
	EnableVnetIntegration          bool     `json:"enableVnetIntegration,omitempty"`
	SubnetID                       string   `json:"subnetId,omitempty"`
	PrivateDNSZone                 string   `json:"privateDNSZone,omitempty"`
	EnablePrivateClusterPublicFQDN *bool    `json:"enablePrivateClusterPublicFQDN,omitempty"`
}

// addCluster describes a cluster. With Options.Clusters it also adds the cluster to the graph, after everything it
// needs.
func (b *builder) addCluster(c *plan.Cluster) {
	out := &Cluster{Name: c.Name, Scope: b.clusterScope(c), Body: b.clusterBody(c)}
	b.graph.Clusters = append(b.graph.Clusters, out)
	if !b.opts.Clusters {
		return
	}
	n := &Node{
		Type: TypeCluster, APIVersion: ClusterAPIVersion, Name: segment(c.Name), Scope: out.Scope,
		Regional: true, Path: c.Path,
		Tags: b.tags(nil), Body: out.Body,
	}
	if c.Spec.Identity == aks.ServicePrincipal {
		n.Comments = []string{
			"The plan uses a service principal, which is not part of the network: supply its credentials yourself.",
		}
	}
	for _, what := range laterThanAPI(c.Spec) {
		n.Comments = append(n.Comments,
			"API version "+ClusterAPIVersion+" does not support "+what+": turn it on with az aks update.")
	}
	n.Comments = append(n.Comments, addOnComments(c.Spec.AddOns)...)
	if out.Body.Properties.HostedSystemProfile != nil {
		n.APIVersion = AutomaticAPIVersion
	}
	out.Node = b.add(n)
	for _, role := range b.roles[c] {
		n.need(role)
	}
}

// laterThanAPI returns, in words, what a cluster asks for and ClusterAPIVersion does not have.
func laterThanAPI(c *spec.Cluster) (out []string) {
	a, nat := c.AdvancedNetworking, c.NATGatewayProfile
	if e := a.TransitEncryption; e != "" && e != aks.EncryptionNone {
		out = append(out, "encryption between nodes (--acns-transit-encryption-type "+strings.ToLower(string(e))+")")
	}
	if a.AccelerationMode == aks.AccelerationBPF {
		out = append(out, "eBPF host routing (--acns-datapath-acceleration-mode "+string(a.AccelerationMode)+")")
	}
	if len(nat.OutboundIPs)+len(nat.OutboundIPPrefixes) > 0 {
		out = append(out, "own addresses of a managed NAT gateway (--nat-gateway-outbound-ips, "+
			"--nat-gateway-outbound-ip-prefixes)")
	}
	return out
}

func (b *builder) clusterScope(c *plan.Cluster) Scope {
	if c.VNet() == nil {
		return b.scopeNamed(c.ResourceGroup)
	}
	s := b.scopeOf(c.VNet())
	s.ResourceGroup = cmp.Or(c.ResourceGroup, s.ResourceGroup)
	return s
}

func (b *builder) clusterBody(c *plan.Cluster) *ManagedCluster {
	body := &ManagedCluster{
		Location: location(c.Location), Tags: ptrs(b.tags(nil)),
		Properties: &ClusterProperties{
			KubernetesVersion: c.KubernetesVersion, SupportPlan: string(c.Spec.SupportPlan),
			DNSPrefix: c.DNSPrefix, FQDNSubdomain: c.Spec.FQDNSubdomain, NodeResourceGroup: c.NodeResourceGroup,
			NetworkProfile: networkProfile(c), APIServerAccessProfile: b.apiServerProfile(c),
		},
		Identity: &ClusterIdentity{Type: string(aks.SystemAssigned)},
	}
	if c.Spec.Tier != "" {
		body.SKU = &ClusterSKU{Name: string(c.Spec.SKU), Tier: string(c.Spec.Tier)}
	}
	if c.Spec.Identity == aks.ServicePrincipal {
		body.Identity = nil
	}
	if mode := c.Spec.NodeProvisioningMode; mode == aks.ProvisioningAuto {
		body.Properties.NodeProvisioning = &Provisioning{string(mode)}
	}
	if c.Spec.SKU == aks.SKUAutomatic {
		b.omitFixed(c, body.Properties)
	}
	if channel := c.Spec.AutoUpgradeProfile.NodeOSUpgradeChannel; channel != "" {
		body.Properties.AutoUpgradeProfile = &AutoUpgrade{string(channel)}
	}
	if boot := c.Spec.BootstrapProfile; boot.ArtifactSource != "" {
		body.Properties.BootstrapProfile = &Bootstrap{string(boot.ArtifactSource), boot.ContainerRegistryID}
	}
	if id := b.identities[c]; id != nil {
		body.Identity = &ClusterIdentity{
			Type:                   string(aks.UserAssigned),
			UserAssignedIdentities: map[string]struct{}{id.ID: {}},
		}
	}
	if slices.Contains(c.Spec.Ingress, aks.IngressAppRoutingNginx) {
		body.Properties.IngressProfile = &IngressProfile{WebAppRouting{true, c.Spec.WebAppRouting.DNSZoneResourceIDs}}
	}
	body.AddOns = c.Spec.AddOns
	body.Properties.setAddOns(c.Spec.AddOns)
	for _, p := range c.NodePools {
		body.Properties.AgentPoolProfiles = append(body.Properties.AgentPoolProfiles, b.agentPool(c, p))
	}
	return body
}

// omitFixed leaves out what Automatic sets by itself, as the samples do, and adds the subnets of a hosted system pool.
// [aks.PageAutomaticNetwork] (read 2026-11-28)
func (b *builder) omitFixed(c *plan.Cluster, p *ClusterProperties) {
	p.NodeProvisioning = nil
	net := p.NetworkProfile
	net.NetworkPlugin, net.NetworkPluginMode, net.NetworkDataplane, net.NetworkPolicy = "", "", "", ""
	net.LoadBalancerSKU = ""
	if api := p.APIServerAccessProfile; api != nil {
		api.EnableVnetIntegration = false
	}
	if c.VNet() == nil {
		net.OutboundType = ""
	}
	if c.VNet() == nil || !c.Spec.HostsSystemPool() {
		return
	}
	p.HostedSystemProfile = &HostedSystem{NodeSubnetID: b.subnetID(c.ProvisionSubnet())}
	for _, pool := range c.ManagedNodePools {
		if !pool.Provisioned {
			p.HostedSystemProfile.SystemNodeSubnetID = b.subnetID(pool.NodeSubnet())
		}
	}
}

// setAddOns turns on the add-ons that need neither a workspace nor an extension.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/2025-10-01/managedclusters (read 2026-11-29)
func (p *ClusterProperties) setAddOns(addOns []aks.AddOn) {
	for _, a := range addOns {
		switch a {
		case aks.AddOnPolicy:
			p.addProfile("azurepolicy")
		case aks.AddOnKeyVault:
			p.addProfile("azureKeyvaultSecretsProvider")
		case aks.AddOnWorkloadIdentity:
			p.OIDCIssuerProfile, p.SecurityProfile = &Switch{true}, &SecurityProfile{Switch{true}}
		case aks.AddOnCostAnalysis:
			p.MetricsProfile = &MetricsProfile{Switch{true}}
		}
	}
}

func (p *ClusterProperties) addProfile(name string) {
	if p.AddonProfiles == nil {
		p.AddonProfiles = map[string]Switch{}
	}
	p.AddonProfiles[name] = Switch{true}
}

// addOnComments says what is left to do for the add-ons that setAddOns leaves out.
func addOnComments(addOns []aks.AddOn) (out []string) {
	var workspace, extensions []string
	for _, a := range addOns {
		switch facts, _ := a.Facts(); {
		case facts.Workspace:
			workspace = append(workspace, string(a))
		case facts.Extension:
			extensions = append(extensions, string(a))
		}
	}
	if len(workspace) > 0 {
		out = append(out, "az aks create turns these on with a workspace that it makes; "+
			"a template leaves them to you, with a workspace of your own: "+strings.Join(workspace, ", ")+".")
	}
	if len(extensions) > 0 {
		out = append(out, "Install after the cluster exists, with az k8s-extension create: "+
			strings.Join(extensions, ", ")+".")
	}
	return out
}

// networkProfile returns the network profile of a cluster, without properties that its network model does not support.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/2025-10-01/managedclusters (read 2026-11-22)
func networkProfile(c *plan.Cluster) *NetworkProfile {
	p := &NetworkProfile{
		NetworkPlugin: c.NetworkPlugin, NetworkPluginMode: c.NetworkPluginMode,
		OutboundType: string(c.OutboundType), LoadBalancerSKU: string(c.Spec.LoadBalancerSKU),
	}
	if len(aks.ProfileOf(c.Model, "").Dataplanes) > 1 {
		p.NetworkDataplane = string(c.NetworkDataplane)
	}
	if c.NetworkPolicy != aks.PolicyNone {
		p.NetworkPolicy = string(c.NetworkPolicy)
	}
	if c.DNSServiceIP.IsValid() {
		p.DNSServiceIP = c.DNSServiceIP.String()
	}
	if c.Spec.DualStack() {
		for _, f := range c.IPFamilies {
			p.IPFamilies = append(p.IPFamilies, string(f))
		}
		p.PodCIDRs, p.ServiceCIDRs = texts(c.PodCIDRs), texts(c.ServiceCIDRs)
	} else {
		p.PodCIDR, p.ServiceCIDR = text(c.PodCIDR), text(c.ServiceCIDR)
	}
	p.LoadBalancerProfile, p.NATGatewayProfile = loadBalancer(c), natGateway(c)
	if policies := c.Spec.AdvancedNetworking.AdvancedNetworkPolicies; policies != "" {
		on := policies != aks.AdvancedPoliciesNone
		p.AdvancedNetworking = &AdvancedNetworking{on, Switch{false}, NetworkSecurity{on, string(policies)}}
	}
	if c.Spec.StaticEgressGateway {
		p.StaticEgress = &Switch{true}
	}
	return p
}

func text(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}

func texts(in []netip.Prefix) (out []string) {
	for _, p := range in {
		if p.IsValid() {
			out = append(out, p.String())
		}
	}
	return out
}

func loadBalancer(c *plan.Cluster) *ClusterLoadBalancer {
	s := c.Spec.LoadBalancerProfile
	if c.OutboundType != aks.OutboundLoadBalancer {
		return nil
	}
	p := ClusterLoadBalancer{
		AllocatedOutboundPorts: s.AllocatedOutboundPorts, IdleTimeoutInMinutes: s.IdleTimeoutInMinutes,
		BackendPoolType: backendPool(s.BackendPoolType),
	}
	switch {
	case s.ManagedOutboundIPs > 0:
		p.ManagedOutboundIPs = &ManagedIPs{s.ManagedOutboundIPs}
	case len(s.OutboundIPs) > 0:
		p.OutboundIPs = &OwnIPs{resourceRefs(s.OutboundIPs)}
	case len(s.OutboundIPPrefixes) > 0:
		p.OutboundIPPrefixes = &OwnPrefixes{resourceRefs(s.OutboundIPPrefixes)}
	}
	if p == (ClusterLoadBalancer{}) {
		return nil
	}
	return &p
}

// backendPool returns a backend pool type in the spelling of the API.
func backendPool(t aks.BackendPool) string {
	switch t {
	case aks.BackendNodeIP:
		return "NodeIP"
	case aks.BackendNodeIPConfiguration:
		return "NodeIPConfiguration"
	}
	return ""
}

func resourceRefs(ids []string) (out []ResourceRef) {
	for _, id := range ids {
		out = append(out, ResourceRef{id})
	}
	return out
}

func natGateway(c *plan.Cluster) *ClusterNATGateway {
	s := c.Spec.NATGatewayProfile
	if c.OutboundType != aks.OutboundManagedNATGateway || s.ManagedOutboundIPs == 0 && s.IdleTimeoutInMinutes == 0 {
		return nil
	}
	p := &ClusterNATGateway{IdleTimeoutInMinutes: s.IdleTimeoutInMinutes}
	if s.ManagedOutboundIPs > 0 {
		p.ManagedOutboundIPProfile = &ManagedIPs{s.ManagedOutboundIPs}
	}
	return p
}

func (b *builder) agentPool(c *plan.Cluster, p *plan.NodePool) *AgentPool {
	out := &AgentPool{
		Name: p.Name, Mode: string(p.Mode), OSType: string(p.OSType), OSSKU: string(p.Spec.OSSKU),
		VMSize: p.Spec.VMSize,
		Type:   string(cmp.Or(p.Spec.Type, aks.ScaleSets)), AvailabilityZones: slices.Clone(p.Spec.Zones),
		Count: p.CreateNodes, MaxPods: p.MaxPods,
		VnetSubnetID: b.subnetID(
			p.NodeSubnet(),
		), PodSubnetID: b.subnetID(p.PodSubnet()), EnableNodePublicIP: p.Spec.EnableNodePublicIP,
		NodePublicIPPrefixID: p.Spec.NodePublicIPPrefixID, OrchestratorVersion: string(p.Spec.OrchestratorVersion),
		EnableFIPS: p.Spec.EnableFIPS,
	}
	if mode := c.Spec.LocalDNS(p.Spec); mode != "" && p.OSType == aks.Linux {
		out.LocalDNSProfile = &LocalDNS{string(mode)}
	}
	if size := p.Spec.GatewayProfile.PublicIPPrefixSize; size > 0 {
		out.GatewayProfile = &PoolGateway{size}
	}
	if p.Spec.Autoscaled() {
		out.EnableAutoScaling = true
		out.MinCount, out.MaxCount = ptr(p.Spec.MinCount), ptr(p.Spec.MaxNodes())
	}
	if p.PodSubnet() != nil {
		out.PodIPAllocationMode = string(c.Spec.AllocationMode(p.Spec))
	}
	var upgrade UpgradeSettings
	if s := p.Spec.MaxSurge; s.N > 0 || b.spec.Has(p.Path+".maxSurge") {
		upgrade.MaxSurge = s.String()
	}
	if s := p.Spec.MaxUnavailable; s.N > 0 || b.spec.Has(p.Path+".maxUnavailable") {
		upgrade.MaxUnavailable = s.String()
	}
	if upgrade != (UpgradeSettings{}) {
		out.UpgradeSettings = &upgrade
	}
	return out
}

// subnetID returns the id of a subnet in the graph.
func (b *builder) subnetID(s *plan.Subnet) string {
	if n := b.subnetNode(s); n != nil {
		return n.ID
	}
	return ""
}

func (b *builder) subnetNode(s *plan.Subnet) *Node {
	if s == nil {
		return nil
	}
	return b.graph.Find(idOf(b.scopeOf(s.VNet), TypeSubnet, segment(s.VNet.Name)+"/"+segment(s.Name)))
}

func authorizedTexts(in []spec.AuthorizedRange) (out []string) {
	for _, r := range in {
		if r != (spec.AuthorizedRange{}) {
			out = append(out, r.String())
		}
	}
	return out
}

func (b *builder) apiServerProfile(c *plan.Cluster) *APIServerProfile {
	p := &APIServerProfile{
		AuthorizedIPRanges: authorizedTexts(c.Spec.AuthorizedIPRanges), EnablePrivateCluster: c.Spec.PrivateCluster,
		EnableVnetIntegration: c.Spec.APIServerVnetIntegration, SubnetID: b.subnetID(c.APIServerSubnet),
	}
	if p.EnablePrivateCluster {
		p.PrivateDNSZone = c.Spec.PrivateDNSZone
		p.EnablePrivateClusterPublicFQDN = c.Spec.EnablePrivateClusterPublicFQDN
	}
	if len(p.AuthorizedIPRanges) == 0 && !p.EnablePrivateCluster && !p.EnableVnetIntegration {
		return nil
	}
	return p
}
