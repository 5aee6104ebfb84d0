package aks

import (
	"fmt"
	"strconv"
	"strings"
)

// KubernetesAtLeast reports whether version is min or newer. Both may be written "1.34", "1.34.2" or "v1.34.2"; a
// missing patch counts as zero and anything behind a dash or a plus is ignored. A text that is no version is never at
// least anything.
func KubernetesAtLeast(version, min string) bool {
	v, ok := parseVersion(version)
	if !ok {
		return false
	}
	m, ok := parseVersion(min)
	if !ok {
		return false
	}
	for i := range v {
		if v[i] != m[i] {
			return v[i] > m[i]
		}
	}
	return true
}

// SkippedVersions returns the minor versions between two: an upgrade stops at each, because AKS skips none. Only a
// version that is no longer supported may go straight to the oldest one that is. It returns nothing for versions of
// different majors.
// [PageClusterUpgrades] (read 2026-11-24)
func SkippedVersions(from, to string) (between []string) {
	f, okFrom := parseVersion(from)
	t, okTo := parseVersion(to)
	if !okFrom || !okTo || f[0] != t[0] {
		return nil
	}
	for minor := f[1] + 1; minor < t[1]; minor++ {
		between = append(between, fmt.Sprintf("%d.%d", f[0], minor))
	}
	return between
}

// ValidKubernetesVersion reports whether the text is a version that KubernetesAtLeast understands.
func ValidKubernetesVersion(version string) bool {
	_, ok := parseVersion(version)
	return ok
}

func parseVersion(text string) (v [3]int, ok bool) {
	text = strings.TrimPrefix(text, "v")
	if i := strings.IndexAny(text, "-+"); i >= 0 {
		text = text[:i]
	}
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return v, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return v, false
		}
		v[i] = int(n)
	}
	return v, true
}
