package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// Against says how AKS gets from an older plan to a newer one: for each difference, whether it is done in place, needs a new node pool
// or a new cluster. Only the rules about changes run. Findings stand in the newer plan's spec, in its order.
func Against(older, newer *plan.Plan) []Finding {
	var ids []string
	for _, r := range changeRules() {
		ids = append(ids, r.ID)
	}
	return Run(newer, Options{Only: ids, Against: older}).Findings
}

// changeRules is the rules about differences from an older plan.
func changeRules() []*Rule {
	return []*Rule{changeNewCluster, changeNewPool, changeOneWay, changeInPlace, changeBlocked, changeGone}
}

var changeNewCluster = &Rule{
	ID:          "LIFE020",
	Title:       "change that needs a new cluster",
	Severity:    Error,
	Explanation: "AKS fixes this property when the cluster is made, and refuses an update of it. The way there is a new cluster beside the old one.",
	Source:      aks.PageUpdateCNI,
	Fix:         "keep the old value, or plan a new cluster under another name",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, needsCluster) },
}

var changeNewPool = &Rule{
	ID:          "LIFE021",
	Title:       "change that needs a new node pool",
	Severity:    Warning,
	Explanation: "AKS fixes this property when the pool is made. A new pool takes over, and the old one is removed: for a while there are addresses for both.",
	Source:      aks.PageNodePools,
	Fix:         "keep the old value, or plan a new pool under another name",
	Since:       "v0.1.0",
	Check:       func(p *Pass) { reportChanges(p, needsPool) },
}

var changeOneWay = &Rule{
	ID:          "LIFE022",
	Title:       "change in place without a way back",
	Severity:    Warning,
	Explanation: "AKS makes this change on the running cluster under conditions, and there is no way back. Changes of the model and the data plane reimage all nodes at the same time.",
	Source:      aks.PageUpdateCNI,
	Fix:         "check the conditions and try it on a cluster that may break",
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
	Title:    "change that AKS refuses as it stands",
	Severity: Error,
	Explanation: "AKS has a way for this change, but something stands in it: a condition that is not met, or a second change at the same time. " +
		"For outbound types the matrix of the page decides; where it contradicts its own samples or the release notes the finding says so.",
	Source: aks.PageUpdateCNI,
	Fix:    "clear what the message names first, in a step of its own",
	Since:  "v0.1.0",
	Check:  func(p *Pass) { reportChanges(p, blocked) },
}

var changeGone = &Rule{
	ID:          "LIFE025",
	Title:       "cluster or pool that is gone",
	Severity:    Note,
	Explanation: "The older plan has a cluster or a node pool of a name that this spec no longer has. Renaming is not possible: it means a new one and the removal of the old.",
	Source:      aks.PageNodePools,
	Fix:         "drain and delete the old one once the new one serves",
	Since:       "v0.1.0",
	Check:       checkChangeGone,
}

// way is how a difference comes about.
type way int

const (
	needsCluster way = iota
	needsPool
	oneWay
	inPlace
	blocked
)

// difference is one property that differs between two plans.
type difference struct {
	way           way
	path, key     string
	before, after string
	// back is the value that undoes the difference at path; empty when none can be written.
	back string
	// notes are conditions, or what stands in the way.
	notes  []string
	source string
	// doubtful is whether sources disagree about the way: then it is worth a warning.
	doubtful bool
}

// reportChanges reports the differences of one way.
func reportChanges(p *Pass, w way) {
	for _, d := range p.differences() {
		if d.way != w {
			continue
		}
		f := p.Report(d.path, "%s changes from %s to %s: %s", d.key, named(d.before), named(d.after), wayWords(w))
		if d.back != "" && (w == needsCluster || w == needsPool || w == blocked) {
			f.Put(d.back)
		}
		if d.doubtful {
			f.As(Warning)
		}
		for _, n := range d.notes {
			f.Sum("%s", n)
		}
		if d.source != "" {
			f.See(d.source)
		}
	}
}

func wayWords(w way) string {
	return [...]string{
		"AKS needs a new cluster", "AKS needs a new node pool", "AKS does it in place, with no way back", "AKS does it in place", "AKS refuses it as it stands",
	}[w]
}

func named(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// differences lists what differs between the older plan and the plan, in the order of the plan.
func (p *Pass) differences() (out []difference) {
	if p.Old == nil {
		return nil
	}
	for _, pair := range p.pairs() {
		out = append(out, clusterDifferences(pair)...)
	}
	return append(out, subnetDifferences(p.Old, p.Plan)...)
}

// clusterPair is a cluster before and after.
type clusterPair struct{ old, new *plan.Cluster }

func (p *Pass) pairs() (out []clusterPair) {
	before := map[string]*plan.Cluster{}
	for _, c := range p.Old.Clusters {
		before[strings.ToLower(c.Name)] = c
	}
	for _, c := range p.Plan.Clusters {
		if old := before[strings.ToLower(c.Name)]; old != nil {
			out = append(out, clusterPair{old, c})
		}
	}
	return out
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
				p.ReportKey(pair.new.Path+".nodePools", "pool %q of cluster %q is gone", pool.Name, pair.old.Name)
			}
		}
	}
	for _, c := range p.Old.Clusters {
		if !kept[strings.ToLower(c.Name)] {
			p.ReportKey("clusters", "cluster %q is gone", c.Name)
		}
	}
}

// subnetDifferences lists subnets in use whose range differs: a subnet is not resized while machines are in it.
func subnetDifferences(old, new *plan.Plan) (out []difference) {
	type key struct{ vnet, subnet string }
	before := map[key]*plan.Subnet{}
	for _, v := range old.VNets {
		for _, s := range v.Subnets {
			before[key{strings.ToLower(v.Name), strings.ToLower(s.Name)}] = s
		}
	}
	for _, v := range new.VNets {
		for _, s := range v.Subnets {
			was := before[key{strings.ToLower(v.Name), strings.ToLower(s.Name)}]
			if was == nil || len(was.Clusters) == 0 || was.AddressPrefix == s.AddressPrefix || !was.AddressPrefix.IsValid() {
				continue
			}
			d := difference{
				way: needsPool, path: s.Path, key: fmt.Sprintf("addressPrefix of subnet %q", s.Name), before: was.AddressPrefix.String(), after: prefixText(s),
				notes:  []string{"a subnet in use is not resized: add a larger one and a pool in it"},
				source: aks.PageErrorSubnetSize,
			}
			if s.Spec == nil {
				d.back = fmt.Sprintf("{name: %s, addressPrefix: %s}", s.Name, was.AddressPrefix)
			} else {
				d.path += ".addressPrefix"
				d.back = was.AddressPrefix.String()
			}
			out = append(out, d)
		}
	}
	return out
}

func prefixText(s *plan.Subnet) string {
	if !s.AddressPrefix.IsValid() {
		return "no place"
	}
	return s.AddressPrefix.String()
}

// wayOf turns the table's word into a way.
func wayOf(c aks.Change) way {
	switch {
	case c.How == aks.NewCluster:
		return needsCluster
	case c.How == aks.NewPool:
		return needsPool
	case c.OneWay:
		return oneWay
	}
	return inPlace
}
