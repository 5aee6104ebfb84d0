package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

var changeNewCluster = &Rule{
	ID:       "LIFE020",
	Title:    "change needs a new cluster",
	Severity: Error,
	Explanation: "AKS fixes this property when it creates the cluster and rejects an update. To change it, create a " +
		"new cluster beside the old one.",
	Source: aks.PageUpdateCNI,
	Fix:    "keep the old value, or plan a new cluster under another name",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, needsCluster) },
}

var changeNewPool = &Rule{
	ID:       "LIFE021",
	Title:    "change needs a new node pool",
	Severity: Warning,
	Explanation: "AKS fixes this property when it creates the pool. To change it, add a new pool and remove the old " +
		"one. Both need addresses during the change.",
	Source: aks.PageNodePools,
	Fix:    "keep the old value, or plan a new pool under another name",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, needsPool) },
}

var changeOneWay = &Rule{
	ID:       "LIFE022",
	Title:    "irreversible in-place change",
	Severity: Warning,
	Explanation: "AKS makes this change on the running cluster under certain conditions, and it cannot be reversed. " +
		"Changes of the model or the data plane reimage all nodes at the same time.",
	Source: aks.PageUpdateCNI,
	Fix:    "check the conditions, and try the change on a test cluster first",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, oneWay) },
}

var changeInPlace = &Rule{
	ID:          "LIFE023",
	Title:       "in-place change",
	Severity:    Note,
	Explanation: "AKS makes this change on the running cluster, and it can be reversed.",
	Source:      aks.PageUpdateCNI,
	Fix:         "keep the new value; no other action is needed",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, inPlace) },
}

var changeBlocked = &Rule{
	ID:       "LIFE024",
	Title:    "change that AKS rejects in this state",
	Severity: Error,
	Explanation: "AKS supports this change, but not in the present state: a condition is not met, or another change " +
		"happens at the same time. For outbound types, the rule follows the matrix on the page and notes where it " +
		"contradicts the page's own examples or the release notes.",
	Source: aks.PageUpdateCNI,
	Fix:    "resolve what the message names in a separate step first",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, blocked) },
}

var changeGone = &Rule{
	ID:       "LIFE025",
	Title:    "cluster or pool removed from the spec",
	Severity: Note,
	Explanation: "The older plan has a cluster or node pool whose name is no longer in this spec. Azure cannot " +
		"rename either: a new name means creating a new one and removing the old one.",
	Source: aks.PageNodePools,
	Fix:    "drain and delete the old one once the new one is in service",
	Since:  "v0.1.0",
	Check:  checkChangeGone,
}

// reportChanges reports the differences that need one kind of change.
func reportChanges(p *Pass, w changeKind) {
	for _, d := range p.differences() {
		if d.way != w {
			continue
		}
		f := p.Reportf(d.path, "%s changes from %s to %s: %s",
			d.key, orNothing(d.before), orNothing(d.after), changeKindText(w))
		if d.back != "" && (w == needsCluster || w == needsPool || w == blocked) {
			f.Edit = set(d.back)
		}
		if d.doubtful {
			f.Severity = Warning
		}
		f.Sums = append(f.Sums, d.notes...)
		if d.source != "" {
			f.Source = d.source
		}
	}
}

// changeKindText returns the end of the message about a kind of change.
func changeKindText(w changeKind) string {
	return [...]string{
		"this requires a new cluster", "this requires a new node pool",
		"AKS makes the change in place, and it cannot be reversed", "AKS makes the change in place",
		"AKS rejects the change in this state",
	}[w]
}

// orNothing returns a value for a message, or "nothing" when it is empty.
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
