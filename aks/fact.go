package aks

import "github.com/aksnet/aksnet/internal/english"

// Fact is a rule in words, for explanations and pages.
type Fact struct {
	ID     string `json:"id"` // stable, lower case with dashes
	Text   string `json:"text"`
	Source Source `json:"source"`
}

// Facts returns every rule in words, a topic after the other.
func Facts() []Fact {
	var all []Fact
	for _, topic := range [...]func() []Fact{
		SurgeFacts, PolicyFacts, UDRFacts, KubenetFacts, MasqueradeFacts, NSGFacts, BalancerFacts, NATFacts, EgressFacts,
	} {
		all = append(all, topic()...)
	}
	return all
}

// FactByID returns the fact with the given id, and false if there is none.
func FactByID(id string) (Fact, bool) {
	for _, f := range Facts() {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// SurgeFacts returns how node pools behave during an upgrade.
func SurgeFacts() []Fact {
	s := srcRolling()
	return []Fact{
		{
			"surge-form",
			"maxSurge is a number of nodes or a percentage of the pool, rounded up, and never more than the nodes to upgrade",
			s,
		},
		{"surge-zero", "maxSurge 0 needs maxUnavailable above 0, and is refused for system pools", s},
		{
			"surge-advised",
			english.Text("%v %% is advised for production, 10 to 20 %% above 500 nodes", RecommendedSurgePercent),
			s,
		},
		{"surge-fallback", "since Kubernetes 1.35 an upgrade that cannot get all surge nodes goes on with one", s},
		{
			"surge-pool-limit",
			english.Text(
				"an upgrade is refused before it starts if pool and surge are above %v nodes",
				MaxNodesPerPool,
			),
			s,
		},
		{"surge-parallel", "pools may be upgraded together: count the surge of all of them", s},
		{
			"surge-full-cluster",
			english.Text(
				"a cluster of %v nodes cannot be upgraded before it shrinks below %v",
				MaxNodesPerCluster,
				UpgradeBelowNodes,
			),
			srcLarge(),
		},
	}
}

// PolicyFacts returns what the policy engines cannot do.
func PolicyFacts() []Fact {
	return []Fact{
		{
			"policy-npm-windows",
			"policy azure on Windows knows no named ports, SCTP, negative labels, or exceptions from ranges",
			srcPolicies(),
		},
		{
			"policy-cilium-nodes",
			"policy cilium: an ipBlock never matches a node or a pod, and pods on the host network have no policy",
			srcCilium(),
		},
		{"policy-dual-stack", "policies azure and calico do not go with dual-stack", srcOverlaySet()},
		{"policy-provisioning", "policy calico does not go with node auto-provisioning", srcNAP()},
		{"policy-cilium-dataplane", "policy cilium needs the Cilium data plane", srcSDK()},
		{
			"policy-cilium-only", "the Cilium data plane is refused with policy azure, calico or none, at creation and at an " +
				"update: set both in one change",
			told(github + "Azure/azure-cli-extensions/issues/7011"),
		},
		{
			"policy-removal", "policies azure and calico are installed and removed on a running cluster only from " +
				"Kubernetes 1.30 on",
			release("2026-05-29"),
		},
		{
			"policy-l7", english.Text("layer-7 policies support %v nodes or %v pods, whichever is greater, from Kubernetes "+
				"1.29 on", L7MaxNodes, L7MaxPods),
			srcL7(),
		},
	}
}
