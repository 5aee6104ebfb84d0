package aks

import "cmp"

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
	Dataplanes        []Dataplane    `json:"networkDataplanes"`           // accepted; none where it must be absent
	Policies          []Policy       `json:"networkPolicies"`             // accepted with data plane azure, or with none
	CiliumPolicies    []Policy       `json:"ciliumNetworkPolicies"`       // accepted values with the cilium data plane
	NodeSubnetID      Presence       `json:"vnetSubnetID"`
	PodSubnetID       Presence       `json:"podSubnetID"`
	PodCIDR           Presence       `json:"podCidr"`
	Source            Source         `json:"source"`
}

// ProfileOf returns the profile of a model, and the zero Profile for one that does not exist. The mode matters only
// to a model with pod subnets, where empty means DynamicIndividual.
func ProfileOf(m Model, mode AllocationMode) Profile {
	facts := m.Facts()
	if facts.Model == "" {
		return Profile{}
	}
	p := Profile{
		Model: m, NetworkPlugin: facts.NetworkPlugin, NetworkPluginMode: facts.NetworkPluginMode,
		Dataplanes: facts.Dataplanes, Policies: []Policy{PolicyNone},
		NodeSubnetID: Optional, PodSubnetID: Absent, PodCIDR: Absent, Source: srcAPI(),
	}
	for _, engine := range facts.PolicyEngines {
		if engine == PolicyCilium {
			p.CiliumPolicies = []Policy{PolicyCilium}
		} else {
			p.Policies = append(p.Policies, engine)
		}
	}
	if facts.NeedsPodCIDR {
		p.PodCIDR = Optional
	}
	if facts.NeedsPodSubnet {
		p.Mode = cmp.Or(mode, DynamicIndividual)
		p.NodeSubnetID, p.PodSubnetID = Required, Required
	}
	if facts.OwnCNI {
		p.Source = srcBYO()
	}
	return p
}
