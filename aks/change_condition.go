package aks

import (
	"fmt"
	"net/netip"
	"slices"
)

// Truth is whether a condition holds.
type Truth int

// The answers. Unknown is what neither side of a comparison tells.
const (
	Unknown Truth = iota
	Holds
	Fails
)

// holdsIf returns Holds or Fails.
func holdsIf(ok bool) Truth {
	if ok {
		return Holds
	}
	return Fails
}

// Situation is what the conditions of a change look at.
type Situation struct {
	Before, After ClusterState
	// InUse is whether something holds addresses of the subnet, or of the range, that changes.
	InUse Truth
	// Pinned is whether the spec says where the subnet is.
	Pinned bool
	// UserLeaves is whether all that uses a subnet leaves the spec with it.
	UserLeaves Truth
	// Pool is the pool that changes.
	Pool PoolState
	// Today is the day of the comparison, empty if not known.
	Today string
}

// PoolState is a node pool in a comparison.
type PoolState struct {
	ScaleSet, Linux           bool
	Autoscaled, WillAutoscale bool
	// NoSurge is whether maxSurge is 0, and Scales whether the number of nodes changes too.
	NoSurge, Scales bool
	// OtherMachines is whether the new VM size is of another kind than the old one: see SameMachines.
	OtherMachines bool
}

// ClusterState is a cluster at one side of a comparison.
type ClusterState struct {
	Version        string // empty if not known
	Model          Model
	Dataplane      Dataplane
	Policy         Policy
	OutboundType   OutboundType
	PodCIDR        netip.Prefix
	DualStack      bool
	ManagedNetwork bool
	WindowsPools   bool
	// Known is whether the rest is known: a saved plan does not hold it.
	Known          bool
	Identity       Identity
	Provisioning   ProvisioningMode
	ArtifactSource ArtifactSource
	LongTerm       bool
	NATSKU         NATGatewaySKU
	// OwnNATAddresses is whether natGatewayProfile names addresses of the user's.
	OwnNATAddresses          bool
	PrivateCluster           bool
	APIServerVnetIntegration bool
}

// ChangeCondition is one thing that must be so.
type ChangeCondition struct {
	// Text says what must be so.
	Text string `json:"text"`
	// Otherwise says what to do first where it is not so; empty for conditions that only choose a row.
	Otherwise string `json:"otherwise,omitempty"`
	// Steps are the commands that do it, in order.
	Steps []Step `json:"steps,omitempty"`

	// least is the Kubernetes version that the condition requires, if it is about the version.
	least string
	holds func(Situation) Truth
}

// In reports whether the condition holds.
func (c ChangeCondition) In(s Situation) Truth { return c.holds(s) }

// chooses returns a condition that only chooses a row.
func chooses(text string, holds func(Situation) bool) ChangeCondition {
	return ChangeCondition{Text: text, holds: func(s Situation) Truth { return holdsIf(holds(s)) }}
}

// needs returns a condition that a change needs, with what to do first where it is not so.
func needs(text, otherwise string, holds func(Situation) bool, steps ...Step) ChangeCondition {
	return ChangeCondition{Text: text, Otherwise: otherwise, Steps: steps, holds: func(s Situation) Truth {
		return holdsIf(holds(s))
	}}
}

// needsSetting returns a condition on settings of the cluster as it runs, which a saved plan does not hold.
func needsSetting(text, otherwise string, holds func(ClusterState) bool, steps ...Step) ChangeCondition {
	return ChangeCondition{Text: text, Otherwise: otherwise, Steps: steps, holds: func(s Situation) Truth {
		if !s.Before.Known {
			return Unknown
		}
		return holdsIf(holds(s.Before))
	}}
}

// versionSince requires a Kubernetes version of the cluster as it runs.
func versionSince(least string) ChangeCondition {
	return ChangeCondition{
		fmt.Sprintf("Kubernetes %s or newer", least), fmt.Sprintf("upgrade Kubernetes to %s or newer first", least),
		upgradeSteps(), least, func(s Situation) Truth { return s.Before.atLeast(least) },
	}
}

// upgradeSteps ask for the versions that AKS offers: it refuses those that are out of support.
func upgradeSteps() []Step {
	return []Step{
		run("aks get-upgrades --output table"),
		{
			Text:    "KUBERNETES_VERSION is a version of the list; repeat both, one minor version at a time",
			Command: "aks upgrade --kubernetes-version ‹version›",
		},
	}
}

// atLeast reports whether the cluster runs a version or a newer one.
func (c ClusterState) atLeast(least string) Truth {
	if c.Version == "" {
		return Unknown
	}
	return holdsIf(KubernetesAtLeast(c.Version, least))
}

// hasEngine reports whether the cluster has a policy engine that must be removed before a change of the model.
func (c ClusterState) hasEngine() bool { return c.Policy == PolicyAzure || c.Policy == PolicyCalico }

// modelIs chooses rows for clusters that run one model.
func modelIs(model Model) ChangeCondition {
	return chooses("model "+string(model), func(s Situation) bool { return s.Before.Model == model })
}

// keepsPodCIDR chooses rows for clusters whose pod CIDR stays.
func keepsPodCIDR() ChangeCondition {
	return chooses("with the same pod CIDR", func(s Situation) bool { return s.Before.PodCIDR == s.After.PodCIDR })
}

func isManagedNetwork() ChangeCondition {
	return chooses("in a network that AKS manages", func(s Situation) bool { return s.After.ManagedNetwork })
}

// outboundStays chooses rows for settings of an outbound type that is in effect before and after.
func outboundStays(types ...OutboundType) ChangeCondition {
	return chooses("with outbound type "+string(types[0]), func(s Situation) bool {
		return slices.Contains(types, s.Before.OutboundType) && slices.Contains(types, s.After.OutboundType)
	})
}

// switchesNATAddresses chooses rows for a managed NAT gateway that would go from addresses of AKS to the user's, or
// back.
func switchesNATAddresses() ChangeCondition {
	return chooses("from managed addresses to your own, or back", func(s Situation) bool {
		return s.Before.Known && s.Before.OutboundType == s.After.OutboundType && s.Before.NATSKU == s.After.NATSKU &&
			s.Before.OwnNATAddresses != s.After.OwnNATAddresses
	})
}

// isIntegrated chooses rows for clusters with API Server VNet Integration, before or with the change.
func isIntegrated() ChangeCondition {
	return chooses("with API Server VNet Integration", func(s Situation) bool {
		return s.Before.APIServerVnetIntegration || s.After.APIServerVnetIntegration
	})
}

// staysPrivate chooses rows for clusters whose API server is private before and after.
func staysPrivate() ChangeCondition {
	return chooses("on a private cluster", func(s Situation) bool {
		return s.Before.PrivateCluster && s.After.PrivateCluster
	})
}

func isFirstWindows() ChangeCondition {
	return chooses("the first Windows pool", func(s Situation) bool {
		return !s.Before.WindowsPools && s.After.WindowsPools
	})
}

func isInUse() ChangeCondition {
	return ChangeCondition{Text: "in use", holds: func(s Situation) Truth { return s.InUse }}
}

// isPlaced chooses rows for subnets whose range the plan chooses.
func isPlaced() ChangeCondition {
	return chooses("placed by the plan", func(s Situation) bool { return !s.Pinned })
}

func needsSurge() ChangeCondition {
	return needs("maxSurge above 0", "raise maxSurge above 0 first", func(s Situation) bool { return !s.Pool.NoSurge })
}

func needsNothingElse() ChangeCondition {
	return needs("not together with a Kubernetes version or a count", "change the size of the machines alone",
		func(s Situation) bool { return !s.Pool.Scales && s.Before.Version == s.After.Version })
}

func isUnused() ChangeCondition {
	return ChangeCondition{Text: "not in use", holds: func(s Situation) Truth {
		return map[Truth]Truth{Holds: Fails, Fails: Holds}[s.InUse]
	}}
}

// leavesTogether chooses rows for subnets that are removed together with all that uses them.
func leavesTogether() ChangeCondition {
	return ChangeCondition{Text: "together with what uses it", holds: func(s Situation) Truth { return s.UserLeaves }}
}

// needsNoPolicyEngine requires two conditions: below PolicyChangeSince, an engine cannot be removed.
func needsNoPolicyEngine() []ChangeCondition {
	return []ChangeCondition{
		{
			"Kubernetes " + PolicyChangeSince + " or newer where a network policy engine must be removed",
			"upgrade Kubernetes to " + PolicyChangeSince + " or newer first: AKS removes a network policy engine from " +
				"no older version",
			upgradeSteps(), PolicyChangeSince,
			func(s Situation) Truth {
				if !s.Before.hasEngine() {
					return Holds
				}
				return s.Before.atLeast(PolicyChangeSince)
			},
		},
		needs(
			"no network policy engine azure or calico",
			"remove the network policy engine first; until there is another one, nothing enforces network policies",
			func(s Situation) bool { return !s.Before.hasEngine() }, run("aks update --network-policy none"),
		),
	}
}

func needsNoWindows() ChangeCondition {
	return needs("no Windows node pools", "remove the Windows node pools first", func(s Situation) bool {
		return !s.Before.WindowsPools && !s.After.WindowsPools
	})
}

func needsSingleStack() ChangeCondition {
	return needs("IPv4 only, with one pod CIDR", "keep the pod CIDRs of a dual-stack cluster", func(s Situation) bool {
		return !s.Before.DualStack
	})
}

func needsOverlay() ChangeCondition {
	return needs("model overlay", "change the model to overlay first", func(s Situation) bool {
		return s.Before.Model.Facts().Overlay
	})
}

func needsSameModel() ChangeCondition {
	return needs("not together with a change of the model", "change the model first, then the data plane",
		func(s Situation) bool { return s.Before.Model == s.After.Model })
}

func needsSameDataplane() ChangeCondition {
	return needs("not together with a change of the data plane", "change the model first, then the data plane",
		func(s Situation) bool {
			return s.Before.Dataplane == s.After.Dataplane || s.After.Dataplane != DataplaneCilium
		})
}

func needsNoKubenet() ChangeCondition {
	return needs("a model other than kubenet", "move from kubenet to overlay first", func(s Situation) bool {
		return !s.Before.Model.Facts().OwnRouteTable
	})
}

func needsProvisioningOff() ChangeCondition {
	return needsSetting("node auto-provisioning is off", "turn node auto-provisioning off for the change",
		func(c ClusterState) bool { return c.Provisioning != ProvisioningAuto },
		run("aks update --node-provisioning-mode Manual"))
}

func needsProvisioningModel() ChangeCondition {
	return needs("model overlay, node-subnet or byo", "change the model first", func(s Situation) bool {
		return !s.Before.Model.Facts().OwnRouteTable && !s.Before.Model.Facts().NeedsPodSubnet
	})
}

func needsNoCalico() ChangeCondition {
	return needs("no network policy engine calico", "set networkPolicy to none first", func(s Situation) bool {
		return s.Before.Policy != PolicyCalico
	}, run("aks update --network-policy none"))
}

// needsCommunitySupport requires a version in community support of a cluster that gives up long-term support.
func needsCommunitySupport() ChangeCondition {
	return ChangeCondition{
		Text:      "a Kubernetes version in community support, where long-term support ends",
		Otherwise: "upgrade Kubernetes to a version in community support first: until then, long-term support stays",
		Steps:     upgradeSteps(),
		holds: func(s Situation) Truth {
			r, dated := ReleaseOf(s.After.Version)
			if s.Before.Known && !s.Before.LongTerm {
				return Holds
			}
			if !s.Before.Known || !dated || s.Today == "" {
				return Unknown
			}
			return holdsIf(s.Today <= r.EndOfLife)
		},
	}
}

func needsManagedIdentity() ChangeCondition {
	return needsSetting("a managed identity", "replace the service principal by a managed identity first",
		func(c ClusterState) bool { return c.Identity != ServicePrincipal }, run("aks update --enable-managed-identity"))
}

func needsUserAssignedIdentity() ChangeCondition {
	return needsSetting("a user-assigned identity, because the route table is detached",
		"assign a user-assigned identity that is Network Contributor on the subnet and its route table first",
		func(c ClusterState) bool { return c.Identity == UserAssigned },
		run("identity create --name ‹identity›"),
		run("aks update --enable-managed-identity --assign-identity ‹identityID›"))
}

func needsCache() ChangeCondition {
	return needsSetting("nodes that were made anew with artifact source Cache",
		"set bootstrapProfile.artifactSource to Cache first, and reimage every pool while egress is open",
		func(c ClusterState) bool { return c.ArtifactSource == ArtifactsCache },
		run("aks update --bootstrap-artifact-source Cache"), run(stepNodeImages))
}
