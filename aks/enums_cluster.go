package aks

import "strings"

// Identity is the kind of a control plane's identity. ServicePrincipal is the one that ARM writes as
// servicePrincipalProfile.
type Identity string

// The kinds of identity.
const (
	SystemAssigned   Identity = "SystemAssigned"
	UserAssigned     Identity = "UserAssigned"
	ServicePrincipal Identity = "ServicePrincipal"
)

// Words returns every kind of identity.
func (Identity) Words() []string { return words(SystemAssigned, UserAssigned, ServicePrincipal) }

// ClusterSKU is the ARM property sku.name of a cluster. The zero value means Base.
type ClusterSKU string

// The SKUs of clusters; Automatic holds what SKUAutomatic fixes.
const (
	SKUBase      ClusterSKU = "Base"
	SKUAutomatic ClusterSKU = "Automatic"
)

// Words returns both SKUs, Azure's default first.
func (ClusterSKU) Words() []string { return words(SKUBase, SKUAutomatic) }

// Tier is the ARM property sku.tier of a cluster: the pricing tier of its control plane. The zero value means Free.
type Tier string

// The pricing tiers.
const (
	TierFree     Tier = "Free"
	TierStandard Tier = "Standard"
	TierPremium  Tier = "Premium"
)

// Words returns every pricing tier.
func (Tier) Words() []string { return words(TierFree, TierStandard, TierPremium) }

// SupportPlan is the ARM property supportPlan of a cluster. The zero value means KubernetesOfficial.
type SupportPlan string

// The support plans. Long-term support needs TierPremium.
const (
	SupportOfficial SupportPlan = "KubernetesOfficial"
	SupportLongTerm SupportPlan = "AKSLongTermSupport"
)

// Words returns both support plans, Azure's default first.
func (SupportPlan) Words() []string { return words(SupportOfficial, SupportLongTerm) }

// NodeOSChannel is the ARM property autoUpgradeProfile.nodeOSUpgradeChannel. The zero value means NodeImage.
type NodeOSChannel string

// The channels of node images.
const (
	ChannelNodeImage     NodeOSChannel = "NodeImage"
	ChannelSecurityPatch NodeOSChannel = "SecurityPatch"
	ChannelUnmanaged     NodeOSChannel = "Unmanaged"
	ChannelNone          NodeOSChannel = "None"
)

// Words returns every channel, Azure's default first.
func (NodeOSChannel) Words() []string {
	return words(ChannelNodeImage, ChannelSecurityPatch, ChannelUnmanaged, ChannelNone)
}

// LocalDNSMode is the ARM property localDNSProfile.mode of a node pool. The zero value leaves the choice to Azure.
type LocalDNSMode string

// The modes of LocalDNS. Preferred only validates the configuration on the versions that AKS supports today.
const (
	LocalDNSPreferred LocalDNSMode = "Preferred"
	LocalDNSRequired  LocalDNSMode = "Required"
	LocalDNSDisabled  LocalDNSMode = "Disabled"
)

// Words returns every mode.
func (LocalDNSMode) Words() []string {
	return words(LocalDNSPreferred, LocalDNSRequired, LocalDNSDisabled)
}

// LoadBalancerSKU is the ARM property loadBalancerSku of a cluster. The zero value means standard.
type LoadBalancerSKU string

// The load balancers that AKS creates.
const (
	LoadBalancerStandard LoadBalancerSKU = "standard"
	LoadBalancerBasic    LoadBalancerSKU = "basic"
)

// Words returns both SKUs, Azure's default first.
func (LoadBalancerSKU) Words() []string { return words(LoadBalancerStandard, LoadBalancerBasic) }

// BackendPool is the ARM property backendPoolType of a load balancer profile. The zero value means nodeIPConfiguration.
type BackendPool string

// The types of backend pools.
const (
	BackendNodeIPConfiguration BackendPool = "nodeIPConfiguration"
	BackendNodeIP              BackendPool = "nodeIP"
)

// Words returns both types, Azure's default first.
func (BackendPool) Words() []string { return words(BackendNodeIPConfiguration, BackendNodeIP) }

// ProvisioningMode is the ARM property nodeProvisioningProfile.mode. The zero value means Manual.
type ProvisioningMode string

// The modes of node provisioning; ProvisioningAuto is node auto-provisioning.
const (
	ProvisioningManual ProvisioningMode = "Manual"
	ProvisioningAuto   ProvisioningMode = "Auto"
)

// Words returns both modes, Azure's default first.
func (ProvisioningMode) Words() []string { return words(ProvisioningManual, ProvisioningAuto) }

// IngressOption is a managed ingress of a cluster, in the words of the spec; Ingresses holds what each needs.
type IngressOption string

// The ingress options.
const (
	IngressAppRoutingNginx      IngressOption = "appRoutingNginx"
	IngressAppRoutingGatewayAPI IngressOption = "appRoutingGatewayAPI"
	IngressApplicationGateway   IngressOption = "applicationGateway"
	IngressGatewayForContainers IngressOption = "applicationGatewayForContainers"
	IngressIstio                IngressOption = "istio"
)

// Words returns every ingress option.
func (IngressOption) Words() []string {
	return words(IngressAppRoutingNginx, IngressAppRoutingGatewayAPI, IngressApplicationGateway,
		IngressGatewayForContainers,
		IngressIstio)
}

// TrafficPolicy is the Kubernetes field externalTrafficPolicy of Services. The zero value means Cluster.
type TrafficPolicy string

// The policies.
const (
	TrafficCluster TrafficPolicy = "Cluster"
	TrafficLocal   TrafficPolicy = "Local"
)

// Words returns both policies, the default of Kubernetes first.
func (TrafficPolicy) Words() []string { return words(TrafficCluster, TrafficLocal) }

// AdvancedPolicies is the ARM property advancedNetworkPolicies: policies by FQDN, or by FQDN and request. The zero
// value means None.
type AdvancedPolicies string

// The kinds of advanced network policies.
const (
	AdvancedPoliciesNone AdvancedPolicies = "None"
	AdvancedPoliciesFQDN AdvancedPolicies = "FQDN"
	AdvancedPoliciesL7   AdvancedPolicies = "L7"
)

// Words returns every kind, Azure's default first.
func (AdvancedPolicies) Words() []string {
	return words(AdvancedPoliciesNone, AdvancedPoliciesFQDN, AdvancedPoliciesL7)
}

// Encryption is the ARM property transitEncryption.type: how traffic between nodes is encrypted. The zero value means
// None.
type Encryption string

// The kinds of encryption in transit.
const (
	EncryptionNone      Encryption = "None"
	EncryptionWireGuard Encryption = "WireGuard"
	EncryptionMTLS      Encryption = "mTLS"
)

// Words returns every kind, Azure's default first.
func (Encryption) Words() []string { return words(EncryptionNone, EncryptionWireGuard, EncryptionMTLS) }

// Acceleration is the ARM property advancedNetworking.performance.accelerationMode. The zero value means None.
type Acceleration string

// The ways in which packets reach the pods of a node; AccelerationBPF is eBPF host routing.
const (
	AccelerationNone Acceleration = "None"
	AccelerationBPF  Acceleration = "BpfVeth"
)

// Words returns both ways, Azure's default first.
func (Acceleration) Words() []string { return words(AccelerationNone, AccelerationBPF) }

// ArtifactSource is the ARM property bootstrapProfile.artifactSource. The zero value means Direct.
type ArtifactSource string

// Where nodes download what they are built from.
const (
	ArtifactsDirect ArtifactSource = "Direct"
	ArtifactsCache  ArtifactSource = "Cache"
)

// Words returns both sources, Azure's default first.
func (ArtifactSource) Words() []string { return words(ArtifactsDirect, ArtifactsCache) }

// PoolMode says whether a node pool carries AKS's own pods. The zero value means User.
type PoolMode string

// The pool modes.
const (
	System PoolMode = "System"
	User   PoolMode = "User"
	// Gateway is the mode of a static egress gateway's pool.
	// [PageStaticEgress] (read 2026-11-22)
	Gateway PoolMode = "Gateway"
)

// Words returns every pool mode.
func (PoolMode) Words() []string { return words(System, User, Gateway) }

// PoolType is the ARM property type of a node pool: how Azure groups its machines. The zero value means
// VirtualMachineScaleSets.
type PoolType string

// The pool types.
const (
	ScaleSets       PoolType = "VirtualMachineScaleSets"
	AvailabilitySet PoolType = "AvailabilitySet"
	VirtualMachines PoolType = "VirtualMachines"
)

// Words returns every pool type, Azure's default first.
func (PoolType) Words() []string { return words(ScaleSets, AvailabilitySet, VirtualMachines) }

// OSType is the operating system of a node pool. The zero value means Linux.
type OSType string

// The operating systems.
const (
	Linux   OSType = "Linux"
	Windows OSType = "Windows"
)

// Words returns both operating systems, Azure's default first.
func (OSType) Words() []string { return words(Linux, Windows) }

// OSSKU is the ARM property osSKU of a node pool: its operating system image. The zero value leaves the choice to
// Azure.
type OSSKU string

// The operating system images.
const (
	Ubuntu              OSSKU = "Ubuntu"
	Ubuntu2204          OSSKU = "Ubuntu2204"
	Ubuntu2404          OSSKU = "Ubuntu2404"
	AzureLinux          OSSKU = "AzureLinux"
	AzureLinux3         OSSKU = "AzureLinux3"
	AzureContainerLinux OSSKU = "AzureContainerLinux"
	AzureLinuxOSGuard   OSSKU = "AzureLinuxOSGuard"
	Flatcar             OSSKU = "Flatcar"
	CBLMariner          OSSKU = "CBLMariner"
	Mariner             OSSKU = "Mariner"
	Windows2019         OSSKU = "Windows2019"
	Windows2022         OSSKU = "Windows2022"
	Windows2025         OSSKU = "Windows2025"
	WindowsAnnual       OSSKU = "WindowsAnnual"
)

// Words returns every image.
func (OSSKU) Words() []string {
	return words(Ubuntu, Ubuntu2204, Ubuntu2404, AzureLinux, AzureLinux3, AzureContainerLinux, AzureLinuxOSGuard, Flatcar,
		CBLMariner, Mariner, Windows2019, Windows2022, Windows2025, WindowsAnnual)
}

// OSType returns the operating system of the image.
func (s OSSKU) OSType() OSType {
	if strings.HasPrefix(string(s), string(Windows)) {
		return Windows
	}
	return Linux
}

// Ubuntu reports whether the image is Ubuntu, which is also what Azure takes for a Linux pool without one.
func (s OSSKU) Ubuntu() bool { return s == "" || strings.HasPrefix(string(s), string(Ubuntu)) }

// AzureLinux reports whether the image is Azure Linux, under any of its names.
func (s OSSKU) AzureLinux() bool {
	return strings.HasPrefix(string(s), string(AzureLinux)) || s == CBLMariner
}
