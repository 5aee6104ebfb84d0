package aks

// KubernetesRelease is a minor version of Kubernetes as AKS offers it. Dates are year-month-day; a month without a day
// stands at its last day.
type KubernetesRelease struct {
	Minor     string `json:"minor"`     // such as 1.34
	General   string `json:"general"`   // generally available in AKS
	EndOfLife string `json:"endOfLife"` // end of the community's support, after which only long-term support creates clusters
	EndOfLTS  string `json:"endOfLTS"`  // end of long-term support
	Source    Source `json:"source"`
}

// KubernetesReleases returns the calendar of versions, the oldest first.
func KubernetesReleases() []KubernetesRelease {
	s := at(PageVersions, "2026-08-05")
	older := release("2026-07-17")
	return []KubernetesRelease{
		{"1.27", "2023-08-31", "2024-07-31", "2025-07-31", older},
		{"1.28", "2023-11-30", "2025-01-31", "2026-02-28", older},
		{"1.29", "2024-03-31", "2025-03-31", "2026-04-30", s},
		{"1.30", "2024-07-31", "2025-08-22", "2026-07-31", s},
		{"1.31", "2024-11-30", "2025-11-01", "2026-11-30", s},
		{"1.32", "2025-04-30", "2026-03-31", "2027-03-31", s},
		{"1.33", "2025-06-30", "2026-07-31", "2027-07-31", s},
		{"1.34", "2025-11-30", "2026-11-30", "2027-11-30", s},
		{"1.35", "2026-03-31", "2027-03-31", "2028-03-31", s},
		{"1.36", "2026-06-30", "2027-06-30", "2028-06-30", s},
		{"1.37", "2026-10-31", "2027-10-31", "2028-10-31", s},
	}
}

// OldestReadRelease is the oldest minor version of the calendar. AKS offers no older one.
const OldestReadRelease = "1.27"

// ReleaseOf returns the minor version in the calendar that a version belongs to, and false if the calendar lacks it.
func ReleaseOf(version string) (KubernetesRelease, bool) {
	v, ok := parseVersion(version)
	if !ok {
		return KubernetesRelease{}, false
	}
	for _, r := range KubernetesReleases() {
		if m, _ := parseVersion(r.Minor); m[0] == v[0] && m[1] == v[1] {
			return r, true
		}
	}
	return KubernetesRelease{}, false
}

// DefaultRelease returns the minor version that AKS gives a cluster without one on a day: the one before the newest.
// [PageVersions] (text 2026-08-05, read 2026-11-28)
func DefaultRelease(day string) KubernetesRelease {
	all := KubernetesReleases()
	newest := 0
	for i, r := range all {
		if r.General <= day {
			newest = i
		}
	}
	return all[max(newest-1, 0)]
}

// MinorDistance returns how many minor versions lie from one version to a newer one; negative when it is older. It
// returns false for texts that are no versions, and for versions of different majors.
func MinorDistance(from, to string) (int, bool) {
	f, okFrom := parseVersion(from)
	t, okTo := parseVersion(to)
	return t[1] - f[1], okFrom && okTo && f[0] == t[0]
}

// MaxVersionSkew is how many minor versions a node pool may be behind its control plane.
// [PageVersions] (text 2026-08-05, read 2026-11-28)
const MaxVersionSkew = 3
