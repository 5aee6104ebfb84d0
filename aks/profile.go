package aks

// Presence says whether a property of an agent pool belongs to a model.
type Presence string

// The answers.
const (
	Absent   Presence = "absent"
	Optional Presence = "optional"
	Required Presence = "required"
)

// Profile is the ARM networkProfile that a model needs, and the subnets of its agent pools.
type Profile struct {
	Model             Model          `json:"model"`
	Mode              AllocationMode `json:"podIPAllocationMode,omitempty"` // empty where the property must be absent
	NetworkPlugin     string         `json:"networkPlugin"`
	NetworkPluginMode string         `json:"networkPluginMode,omitempty"` // empty where the property must be absent
	Dataplanes        []Dataplane    `json:"networkDataplanes"`           // accepted values; none where the property must be absent
	Policies          []Policy       `json:"networkPolicies"`             // accepted values with the azure dataplane, or with none
	CiliumPolicies    []Policy       `json:"ciliumNetworkPolicies"`       // accepted values with the cilium data plane
	NodeSubnetID      Presence       `json:"vnetSubnetID"`
	PodSubnetID       Presence       `json:"podSubnetID"`
	PodCIDR           Presence       `json:"podCidr"`
	Source            Source         `json:"source"`
}

// Profiles returns the profile of every model and allocation mode.
func Profiles() []Profile {
	return []Profile{
		ProfileOf(Overlay, ""), ProfileOf(PodSubnet, DynamicIndividual), ProfileOf(PodSubnet, StaticBlock),
		ProfileOf(NodeSubnet, ""), ProfileOf(Kubenet, ""), ProfileOf(BYO, ""),
	}
}

// ProfileOf returns the profile of a model, and the zero Profile for one that does not exist. The mode matters to
// pod-subnet alone, where empty means DynamicIndividual.
func ProfileOf(m Model, mode AllocationMode) Profile {
	facts := m.Facts()
	p := Profile{Model: m, NetworkPlugin: facts.NetworkPlugin, NetworkPluginMode: facts.NetworkPluginMode}
	p.NodeSubnetID, p.PodSubnetID, p.PodCIDR = Optional, Absent, Absent
	p.Source = srcAPI()
	switch m {
	case Kubenet:
		p.Dataplanes = []Dataplane{DataplaneAzure}
		p.Policies = []Policy{PolicyNone, PolicyCalico}
		p.PodCIDR = Optional
	case NodeSubnet, PodSubnet, Overlay:
		p.Dataplanes = Dataplanes()
		p.Policies = []Policy{PolicyNone, PolicyAzure, PolicyCalico}
		p.CiliumPolicies = []Policy{PolicyNone, PolicyCilium}
	case BYO:
		p.Policies = []Policy{PolicyNone}
		p.PodCIDR = Optional
		p.Source = srcBYO()
	default:
		return Profile{}
	}
	switch m {
	case Overlay:
		p.PodCIDR = Optional
	case PodSubnet:
		p.Mode = DynamicIndividual
		if mode == StaticBlock {
			p.Mode = StaticBlock
		}
		p.NodeSubnetID, p.PodSubnetID = Required, Required
	}
	return p
}
