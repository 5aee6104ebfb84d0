package aks

// DefaultSurgePercent is how much larger a pool grows during an upgrade when it sets no maxSurge: percent of its nodes,
// rounded up.
// [PageReleaseNotes] (release 2025-03-16, read 2026-11-22)
const DefaultSurgePercent = 10

// DefaultSurgeSince is the first Kubernetes version for which every cluster has DefaultSurgePercent.
// [PageReleaseNotes] (release 2025-03-16, read 2026-11-22)
const DefaultSurgeSince = "1.32"

// DefaultSurgeNodes is the maxSurge of a pool of an older cluster that sets none, in nodes.
// [PageRollingUpgrades] (read 2026-11-22)
const DefaultSurgeNodes = 1

// RecommendedSurgePercent is the maxSurge that is advised for production pools.
// [PageRollingUpgrades] (read 2026-11-22)
const RecommendedSurgePercent = 33

// Surge is how many nodes a pool adds during an upgrade. One of the two fields is set; the zero value adds none.
type Surge struct {
	Percent int // percent of the pool's nodes, rounded up
	Nodes   int // a number of nodes
}

// DefaultSurge returns the maxSurge of a pool that sets none. An empty version stands for a new cluster.
func DefaultSurge(kubernetesVersion string) Surge {
	if kubernetesVersion != "" && !KubernetesAtLeast(kubernetesVersion, DefaultSurgeSince) {
		return Surge{Nodes: DefaultSurgeNodes}
	}
	return Surge{Percent: DefaultSurgePercent}
}
