package plan

import (
	"cmp"

	"github.com/aksnet/aksnet/aks"
)

// State returns what the conditions of changes ask of a cluster. A cluster of a saved plan has no settings beyond the
// plan's own.
func (c *Cluster) State() aks.ClusterState {
	s := aks.ClusterState{
		Version: c.KubernetesVersion, Model: c.Model, Dataplane: c.NetworkDataplane, Policy: c.NetworkPolicy,
		OutboundType: c.OutboundType, PodCIDR: c.PodCIDR, DualStack: len(c.IPFamilies) > 1, ManagedNetwork: c.vnet == nil,
		WindowsPools: c.HasOS(aks.Windows),
	}
	if c.Spec == nil {
		return s
	}
	s.Known = true
	s.Identity, s.Provisioning = c.Spec.Identity, c.Spec.NodeProvisioningMode
	s.ArtifactSource = cmp.Or(c.Spec.BootstrapProfile.ArtifactSource, aks.ArtifactsDirect)
	nat := c.Spec.NATGatewayProfile
	s.NATSKU, s.OwnNATAddresses = nat.SKU, len(nat.OutboundIPs)+len(nat.OutboundIPPrefixes) > 0
	s.LongTerm = c.Spec.SupportPlan == aks.SupportLongTerm
	s.PrivateCluster, s.APIServerVnetIntegration = c.Spec.PrivateCluster, c.Spec.APIServerVnetIntegration
	return s
}
