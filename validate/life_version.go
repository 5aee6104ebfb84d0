package validate

import (
	"fmt"
	"time"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// usedVersion is a Kubernetes version in the spec.
type usedVersion struct {
	c       *plan.Cluster
	version spec.Version
	path    string
	// who is the cluster or pool that has it, for a message.
	who string
	// edit is what works: another version, or for a pool that of its cluster.
	edit Edit
	// code is what Azure answers when it does not offer the version.
	code string
}

// versionsOf returns the versions of clusters, and those of pools that differ from their cluster's.
func versionsOf(p *Pass) (out []usedVersion) {
	for _, c := range p.Plan.Clusters {
		own := c.Spec.KubernetesVersion
		if own != "" {
			out = append(out, usedVersion{
				c, own, c.Path + ".kubernetesVersion", fmt.Sprintf("cluster %q", c.Name), newVersion(p),
				aks.CodeK8sVersionNotSupported,
			})
		}
		for _, pool := range c.NodePools {
			if v := pool.Spec.OrchestratorVersion; v != "" && v != own {
				out = append(out, usedVersion{
					c, v, pool.Path + ".orchestratorVersion", fmt.Sprintf("pool %q", pool.Name),
					Edit{Remove: true}, aks.CodeAgentPoolK8sVersionNotSupported,
				})
			}
		}
	}
	return out
}

// until returns the number of days from today to the end of a day, negative when it is past, and false when the date
// of the run is unknown.
func until(p *Pass, day string) (int, bool) {
	end, err := time.Parse(time.DateOnly, day)
	return int(end.Sub(p.Today) / (24 * time.Hour)), err == nil && !p.Today.IsZero()
}

// newVersion returns an edit that sets the version that AKS gives new clusters.
func newVersion(p *Pass) Edit {
	return set(`"` + aks.DefaultRelease(p.Today.Format(time.DateOnly)).Minor + `"`)
}

// longTerm reports whether a cluster has long-term support: the plan and the tier that it needs.
func longTerm(c *plan.Cluster) bool {
	return c.Spec.SupportPlan == aks.SupportLongTerm && c.Spec.Tier == aks.TierPremium
}

var versionGone = &Rule{
	ID:       "LIFE030",
	Title:    "Kubernetes version is no longer offered",
	Severity: Error,
	Also:     []Severity{Warning},
	Explanation: "AKS creates clusters on the three newest minor versions, and with long-term support on older ones. " +
		"After the end of community support a minor version is only available for long-term support, and after the " +
		"end of that it is not offered at all. A running cluster stays on its version, but gets no fixes.",
	Source: aks.PageVersions,
	Fix:    "set kubernetesVersion to a version that AKS offers",
	Since:  "v0.1.0",
	Check:  checkVersionGone,
}

func checkVersionGone(p *Pass) {
	for _, u := range versionsOf(p) {
		r, known := aks.ReleaseOf(string(u.version))
		ended, dated := until(p, r.EndOfLTS)
		supported, _ := until(p, r.EndOfLife)
		switch {
		case !known && !u.version.AtLeast(aks.OldestReadRelease):
			u.refuse(p, fmt.Sprintf("%s has Kubernetes %s, which AKS no longer offers", u.who, u.version))
		case !known || !dated:
		case ended < 0:
			u.refuse(p, fmt.Sprintf("%s has Kubernetes %s: AKS no longer offers it, even its long-term support ended on %s",
				u.who, u.version, r.EndOfLTS))
		case supported < 0 && !longTerm(u.c):
			f := u.refuse(p, fmt.Sprintf("%s has Kubernetes %s: community support ended on %s, and new clusters need "+
				"long-term support", u.who, u.version, r.EndOfLife))
			f.Advice = fmt.Sprintf("use a newer version, or set tier: %s and supportPlan: %s (until %s)",
				aks.TierPremium, aks.SupportLongTerm, r.EndOfLTS)
			f.AzureError.Message = "only available for Long-Term Support (LTS)"
		}
	}
}

// refuse reports a version that AKS does not offer. A cluster that runs keeps it, so there it is a warning.
func (u usedVersion) refuse(p *Pass, message string) *Finding {
	f := p.Report(Finding{Path: u.path, Message: message, Edit: u.edit, AzureError: &AzureError{Code: u.code}})
	if p.runs(u.c) {
		f.Severity = Warning
	}
	return f
}

var versionEnds = &Rule{
	ID:       "LIFE031",
	Title:    "support of the Kubernetes version ends",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "AKS supports a minor version for about a year, with long-term support for two. Afterwards a cluster " +
		"gets no fixes, and no cluster can be created on the version. It is a note until the last month.",
	Source: aks.PageVersions,
	Fix:    "upgrade to a newer version before that day",
	Since:  "v0.1.0",
	Check:  checkVersionEnds,
}

// endsSoon and endsVerySoon are the days before the end of support in which it is a note, and a warning.
const (
	endsSoon     = 90
	endsVerySoon = 30
)

func checkVersionEnds(p *Pass) {
	for _, u := range versionsOf(p) {
		r, known := aks.ReleaseOf(string(u.version))
		end, what := r.EndOfLife, "support"
		if longTerm(u.c) {
			end, what = r.EndOfLTS, "long-term support"
		}
		days, dated := until(p, end)
		if !known || !dated || days < 0 || days > endsSoon {
			continue
		}
		f := p.Report(Finding{
			Path: u.path,
			Message: fmt.Sprintf("%s has Kubernetes %s, which is out of %s in %s, after %s",
				u.who, u.version, what, english.Count(days, "day"), end),
			Advice: p.rule.Fix, Edit: u.edit,
		})
		if days > endsVerySoon {
			f.Severity = Note
		}
	}
}

var versionUnknown = &Rule{
	ID:       "LIFE032",
	Title:    "Kubernetes version is not in the calendar",
	Severity: Note,
	Explanation: "aksnet knows the versions that AKS had announced when its calendar was read. It judges a newer one " +
		"like the newest that it knows.",
	Source: aks.PageVersions,
	Fix:    "check the version with az aks get-versions",
	Since:  "v0.1.0",
	Check:  checkVersionUnknown,
}

func checkVersionUnknown(p *Pass) {
	for _, u := range versionsOf(p) {
		r, known := aks.ReleaseOf(string(u.version))
		early, dated := until(p, r.General)
		switch {
		case !known && u.version.AtLeast(aks.OldestReadRelease):
			p.Reportf(u.path, "%s has Kubernetes %s, which is newer than the calendar of versions read on %s",
				u.who, u.version, aks.Read)
		case known && dated && early > 0:
			p.Reportf(u.path, "%s has Kubernetes %s, which AKS plans to offer by %s", u.who, u.version, r.General)
		}
	}
}

var longTermTier = &Rule{
	ID:       "LIFE033",
	Title:    "long-term support without tier Premium",
	Severity: Error,
	Explanation: "Long-term support is part of tier Premium: AKS needs both the tier and the support plan. A minor " +
		"version in community support can leave it again; an older one cannot without an upgrade.",
	Source: aks.PageLongTermSupport,
	Fix:    "set tier: Premium, or remove supportPlan",
	Since:  "v0.1.0",
	Check:  checkLongTermTier,
}

func checkLongTermTier(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.SupportPlan == aks.SupportLongTerm && c.Spec.Tier != aks.TierPremium {
			p.Report(Finding{
				Path:    c.Path + ".supportPlan",
				Message: fmt.Sprintf("supportPlan %s needs tier %s", aks.SupportLongTerm, aks.TierPremium),
				Edit:    setAt(c.Path+".tier", aks.TierPremium),
			})
		}
	}
}
