package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

var changeNewCluster = &Rule{
	ID:          "LIFE020",
	Title:       "change needs a new cluster",
	Severity:    Error,
	Explanation: "AKS fixes this property when the cluster is made, and refuses an update of it. The way there is a new cluster beside the old one.",
	Source:      aks.PageUpdateCNI,
	Fix:         "keep the old value, or plan a new cluster under another name",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, needsCluster) },
}

var changeNewPool = &Rule{
	ID:          "LIFE021",
	Title:       "change needs a new node pool",
	Severity:    Warning,
	Explanation: "AKS fixes this property when the pool is made. A new pool takes over, and the old one is removed: for a while there are addresses for both.",
	Source:      aks.PageNodePools,
	Fix:         "keep the old value, or plan a new pool under another name",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, needsPool) },
}

var changeOneWay = &Rule{
	ID:          "LIFE022",
	Title:       "irreversible change in place",
	Severity:    Warning,
	Explanation: "AKS makes this change on the running cluster under conditions, and there is no way back. Changes of the model and the data plane reimage all nodes at the same time.",
	Source:      aks.PageUpdateCNI,
	Fix:         "check the conditions, and try the change on a test cluster first",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, oneWay) },
}

var changeInPlace = &Rule{
	ID:          "LIFE023",
	Title:       "change in place",
	Severity:    Note,
	Explanation: "AKS makes this change on the running cluster, and it can be changed back.",
	Source:      aks.PageUpdateCNI,
	Fix:         "nothing needs to be done",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, inPlace) },
}

var changeBlocked = &Rule{
	ID:       "LIFE024",
	Title:    "change that AKS rejects in this state",
	Severity: Error,
	Explanation: "AKS has a way for this change, but something stands in it: a condition that is not met, or a second change at the same time. " +
		"For outbound types the matrix of the page decides; where it contradicts its own samples or the release notes the finding says so.",
	Source: aks.PageUpdateCNI,
	Fix:    "resolve what the message names first, in a separate step",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, blocked) },
}

var changeGone = &Rule{
	ID:          "LIFE025",
	Title:       "cluster or pool removed from the spec",
	Severity:    Note,
	Explanation: "The older plan has a cluster or a node pool of a name that this spec no longer has. Renaming is not possible: it means a new one and the removal of the old.",
	Source:      aks.PageNodePools,
	Fix:         "drain and delete the old one once the new one is in service",
	Since:       "v0.1.0",
	Check:       checkChangeGone,
}

// reportChanges reports the differences of one way.
func reportChanges(p *Pass, w changeKind) {
	for _, d := range p.differences() {
		if d.way != w {
			continue
		}
		f := p.Reportf(d.path, "%s changes from %s to %s: %s", d.key, orNothing(d.before), orNothing(d.after), changeKindText(w))
		if d.back != "" && (w == needsCluster || w == needsPool || w == blocked) {
			f.Edit = set(d.back)
		}
		if d.doubtful {
			f.Severity = Warning
		}
		for _, n := range d.notes {
			f.Sums = append(f.Sums, n)
		}
		if d.source != "" {
			f.Source = d.source
		}
	}
}

func changeKindText(w changeKind) string {
	return [...]string{
		"AKS needs a new cluster", "AKS needs a new node pool", "AKS does it in place, and it cannot be undone", "AKS does it in place", "AKS rejects it in this state",
	}[w]
}

func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

func checkChangeGone(p *Pass) {
	if p.Old == nil {
		return
	}
	kept := map[string]bool{}
	for _, pair := range p.pairs() {
		kept[strings.ToLower(pair.old.Name)] = true
		pools := map[string]bool{}
		for _, pool := range pair.new.NodePools {
			pools[pool.Name] = true
		}
		for _, pool := range pair.old.NodePools {
			if !pools[pool.Name] {
				p.Report(Finding{
					Path:    pair.new.Path + ".nodePools",
					atKey:   true,
					Message: fmt.Sprintf("pool %q of cluster %q is no longer in the spec", pool.Name, pair.old.Name),
				})
			}
		}
	}
	for _, c := range p.Old.Clusters {
		if !kept[strings.ToLower(c.Name)] {
			p.Report(Finding{
				Path:    "clusters",
				atKey:   true,
				Message: fmt.Sprintf("cluster %q is no longer in the spec", c.Name),
			})
		}
	}
}
