package validate

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
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
	Check:  func(p *Pass) { reportChanges(p, isNewCluster, "this requires a new cluster") },
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
	Check:  func(p *Pass) { reportChanges(p, isNewPool, "this requires a new node pool") },
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
	Check:  func(p *Pass) { reportChanges(p, isOneWay, "") },
}

var changeInPlace = &Rule{
	ID:          "LIFE023",
	Title:       "in-place change",
	Severity:    Note,
	Explanation: "AKS makes this change on the running cluster, and it can be reversed.",
	Source:      aks.PageUpdateCNI,
	Fix:         "keep the new value; no other action is needed",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, isInPlace, "") },
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
	Check:  func(p *Pass) { reportChanges(p, isRejected, "") },
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
	Check:  func(p *Pass) { reportChanges(p, isRemoved, "") },
}

var changeInSteps = &Rule{
	ID:       "LIFE026",
	Title:    "change that takes several steps",
	Severity: Warning,
	Explanation: "Azure makes this change only in the order of the steps: one update alone is rejected or has no " +
		"effect until the next step. A change of an id is one of them: it makes another resource, and what uses the " +
		"old one must be moved.",
	Source: aks.PageUpdateCNI,
	Fix:    "apply the steps in the order of the finding",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, isInSteps, "this takes several steps") },
}

var changeUnsettled = &Rule{
	ID:       "LIFE027",
	Title:    "change that the documentation does not settle",
	Severity: Warning,
	Explanation: "No page and no release note says what becomes of a running cluster when this property changes, or " +
		"they contradict each other. Azure may make the change, reject it, or ask for a new cluster.",
	Source: aks.PageClusterAPI,
	Fix:    "try the change on a test cluster first",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, isUnsettled, "") },
}

var changeUntold = &Rule{
	ID:       "LIFE028",
	Title:    "older plan does not say what a setting was",
	Severity: Note,
	Explanation: "A saved plan holds the network of a cluster and not its other settings, and an older spec may leave " +
		"a setting to AKS. Whether such a setting changes is not known.",
	Source: docsSpec,
	Fix:    "use the older spec with --against, and set in it what the cluster runs with",
	Since:  "v0.1.0",
	Check:  checkChangeUntold,
}

var changeAdded = &Rule{
	ID:       "LIFE029",
	Title:    "cluster, pool or network resource added",
	Severity: Note,
	Explanation: "The spec has something that the older plan does not have. Azure creates it beside what runs, which " +
		"stays as it is.",
	Source: aks.PageNodePools,
	Fix:    "check that the addresses it takes are free, and that quotas allow it",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, isAdded, "Azure creates it, and what runs stays as it is") },
}

// reportChanges reports the differences of one kind; end says what becomes of them.
func reportChanges(p *Pass, of func(*difference) bool, end string) {
	found := p.compared().found
	for i := range found {
		d := &found[i]
		if d.chosen || !of(d) {
			continue
		}
		f := p.Report(Finding{
			Path: d.path, atKey: d.atKey, Message: d.message(cmp.Or(end, changeEnd(d))), Sums: d.lines(),
			Advice: d.advice(), Source: d.change.Source.URL,
		})
		if d.back != "" && (isNewCluster(d) || isNewPool(d) || isRejected(d)) {
			f.Edit = set(d.back)
		}
		if d.change.Code != "" && (isNewCluster(d) || isRejected(d)) {
			f.AzureError = &AzureError{Code: d.change.Code}
		}
	}
}

// changeEnd returns the end of a message that depends on the row of the table.
func changeEnd(d *difference) string {
	switch {
	case isRejected(d) && strings.HasPrefix(d.Key, "clusters"):
		return "AKS rejects the change in this state"
	case isRejected(d):
		return "Azure rejects the change in this state"
	case d.change.Disputed != "":
		return "sources disagree about whether Azure makes the change"
	case d.change.How == aks.Undocumented:
		return "what becomes of it is not documented"
	}
	return d.easyEnd()
}

// checkChangeUntold reports settings that AKS chose before, and those that a saved plan does not hold.
func checkChangeUntold(p *Pass) {
	found := p.compared().found
	for i := range found {
		if d := &found[i]; d.chosen {
			p.Report(Finding{
				Path: d.path, Source: d.change.Source.URL,
				Message: fmt.Sprintf("%s is set to %s; before, AKS chose it", d.what, d.After),
				Sums:    append([]string{"if it differs, the change is: " + d.change.How.Text()}, d.lines()...),
			})
		}
	}
	untold := p.compared().untold
	if len(untold) == 0 {
		return
	}
	names := untold[:min(len(untold), maxUntold)]
	text := strings.Join(names, ", ")
	if more := len(untold) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	p.Reportf(untold[0], "the saved plan does not hold %s, so that changes are not found: %s",
		english.Count(len(untold), "setting"), text)
}

// maxUntold is how many settings a finding names.
const maxUntold = 6
