package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var clusterName = &Rule{
	ID: "NAME001", Title: "invalid cluster name", Severity: Error,
	Explanation: "A cluster name has 1 to 63 letters, digits, hyphens and underscores, and begins and ends with a " +
		"letter or digit.",
	Fix: "use a name with the characters and length in the message", Source: aks.PageCommonIssues, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range p.Plan.Clusters {
			if f := p.badName(c.Path+".name", c.Name, aks.NameCluster); f != nil {
				f.AzureError = &AzureError{Code: aks.CodeInvalidParameter}
			}
		}
	},
}

var clusterReserved = &Rule{
	ID: "NAME002", Title: "reserved word in a cluster name", Severity: Error,
	Explanation: "Azure rejects names that contain MICROSOFT or WINDOWS, or begin with LOGIN or XBOX, in any case. " +
		"It also rejects some words as the whole name, of which it publishes only examples.",
	Fix: "use a name without the reserved word", Since: "v0.1.0",
	Source: aks.PageErrorReservedName,
	Check:  checkClusterReserved,
}

var linuxPoolName = &Rule{
	ID: "NAME003", Title: "invalid Linux node pool name", Severity: Error,
	Explanation: "A Linux pool name has 1 to 12 lower-case letters and digits and begins with a letter. The Azure " +
		"CLI checks only the length, but the API also rejects capital letters.",
	Fix: "use lower-case letters and digits, and begin with a letter", Source: aks.PageNodePools, Since: "v0.1.0",
	Check: func(p *Pass) { p.poolNames(aks.NameLinuxPool) },
}

var windowsPoolName = &Rule{
	ID: "NAME004", Title: "invalid Windows node pool name", Severity: Error,
	Explanation: "A Windows pool name has 1 to 6 lower-case letters and digits and begins with a letter. It becomes " +
		"part of the computer names, whose length Windows limits.",
	Fix: "use lower-case letters and digits, and begin with a letter", Source: aks.PageNodePools, Since: "v0.1.0",
	Check: func(p *Pass) { p.poolNames(aks.NameWindowsPool) },
}

var dnsPrefixName = &Rule{
	ID: "NAME005", Title: "invalid DNS prefix", Severity: Error,
	Explanation: "A DNS prefix has 1 to 54 letters, digits and hyphens, and begins and ends with a letter or digit. " +
		"It cannot be changed later. The same holds for fqdnSubdomain.",
	Fix: "set dnsPrefix to letters, digits and hyphens", Source: aks.PageCommonIssues, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, c := range p.Plan.Clusters {
			if f := p.badName(c.Path+".dnsPrefix", c.Spec.DNSPrefix, aks.NameDNSPrefix); f != nil {
				f.AzureError = &AzureError{Code: aks.CodeInvalidParameter}
			}
			p.badName(c.Path+".fqdnSubdomain", c.Spec.FQDNSubdomain, aks.NameDNSPrefix)
		}
	},
}

var nodeGroupName = &Rule{
	ID: "NAME006", Title: "invalid node resource group name", Severity: Error,
	Explanation: english.Text("AKS creates a second resource group for the nodes, named MC_<resource "+
		"group>_<cluster>_<location> by default. The name can have at most %v characters; if it is longer, AKS "+
		"cannot create the cluster. It can be set only at creation.", aks.MaxNodeResourceGroup),
	Fix: "set nodeResourceGroup to a shorter name", Source: aks.PageCommonIssues, Since: "v0.1.0",
	Check: checkNodeGroupName,
}

var nodeGroupLabel = &Rule{
	ID: "NAME007", Title: "node resource group is not a valid label value", Severity: Warning,
	Explanation: "AKS writes the name of the node resource group into a label on every node. In clusters whose node " +
		"resource group began with an underscore, nodes stayed NotReady.",
	Fix: "begin and end nodeResourceGroup with a letter or digit", Since: "v0.1.0",
	Source: aks.PageNodeResourceGroupIssue,
	Check:  checkNodeGroupLabel,
}

var nodeGroupTaken = &Rule{
	ID: "NAME008", Title: "node resource group is already in use", Severity: Error,
	Explanation: "AKS creates the node resource group itself and rejects an existing group. Two clusters cannot " +
		"share one, and it cannot be the resource group of the cluster or of a network.",
	Fix: "give each cluster its own nodeResourceGroup", Source: aks.PageFAQ, Since: "v0.1.0",
	Check: checkNodeGroupTaken,
}

func checkClusterReserved(p *Pass) {
	for _, c := range p.Plan.Clusters {
		word, ok := aks.ReservedWordIn(c.Name)
		if !ok {
			continue
		}
		where := "contains"
		if word.Match == aks.MatchPrefix {
			where = "begins with"
		}
		f := p.Report(Finding{
			Path:       c.Path + ".name",
			Message:    fmt.Sprintf("cluster name %q %s the reserved word %s", c.Name, where, word.Word),
			AzureError: &AzureError{Code: aks.CodeReservedResourceName},
		})
		if rule, ok := aks.NameRuleFor(aks.NameCluster); ok {
			f.Edit = set(withoutWords(rule, c.Name))
		}
	}
}

// withoutWords returns a name without its reserved words.
func withoutWords(rule aks.NameRule, name string) string {
	for word, ok := aks.ReservedWordIn(name); ok; word, ok = aks.ReservedWordIn(name) {
		at := strings.Index(strings.ToUpper(name), strings.ToUpper(word.Word))
		if at < 0 || at+len(word.Word) > len(name) {
			break
		}
		name = name[:at] + name[at+len(word.Word):]
	}
	if name = trimName(rule, name); name == "" || !rule.Valid(name) {
		return "aks"
	}
	return name
}

// poolNames reports the invalid names of the pools whose names have the kind.
func (p *Pass) poolNames(kind aks.NameKind) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			if aks.PoolNameKind(pool.OSType) != kind {
				continue
			}
			if bad := p.badName(pool.Path+".name", pool.Name, kind); bad != nil {
				bad.AzureError = &AzureError{Code: poolNameCode(kind, pool.Name)}
				if name, ok := poolName(c, kind, pool.Name); ok {
					bad.Edit = set(name)
				}
			}
		}
	}
}

// poolNameCode returns Azure's answer to the name of a pool: names of Windows pools that are too long have their own.
func poolNameCode(kind aks.NameKind, name string) string {
	if rule, ok := aks.NameRuleFor(kind); ok && kind == aks.NameWindowsPool && len([]rune(name)) > rule.Max {
		return aks.CodeWindowsAgentPoolNameTooLong
	}
	return aks.CodeInvalidParameter
}

func checkNodeGroupName(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path := c.Path + ".nodeResourceGroup"
		if p.Spec.Has(path) {
			p.badName(path, c.NodeResourceGroup, aks.NameNodeResourceGroup)
			continue
		}
		rule, ok := aks.NameRuleFor(aks.NameNodeResourceGroup)
		if !ok || len([]rune(c.NodeResourceGroup)) <= rule.Max {
			continue
		}
		f := p.Report(Finding{
			Path: c.Path + ".name",
			Message: fmt.Sprintf("node resource group of cluster %q would be named %q: "+
				"%d characters, but at most %d are allowed",
				c.Name, c.NodeResourceGroup, len([]rune(c.NodeResourceGroup)), rule.Max),
			AzureError: &AzureError{Code: aks.CodeInvalidParameter},
		})
		f.Sums = append(f.Sums, fmt.Sprintf("MC_ + %d resource group + _ + %d cluster + _ + %d location = %d",
			len([]rune(c.ResourceGroup)), len([]rune(c.Name)), len([]rune(c.Location)),
			len([]rune(c.NodeResourceGroup))))
		if good, ok := goodName(rule, c.NodeResourceGroup, rule.Max); ok {
			f.Edit = setAt(path, good)
		}
	}
}

func checkNodeGroupLabel(p *Pass) {
	rule, _ := aks.NameRuleFor(aks.NameCluster)
	for _, c := range p.Plan.Clusters {
		name, path := c.Spec.NodeResourceGroup, c.Path+".nodeResourceGroup"
		if name == "" || aks.LabelCharactersOK(name) {
			continue
		}
		f := p.Reportf(path, "node resource group %q of cluster %q is not a valid label value: %s",
			name, c.Name, aks.LabelDescribe)
		if good, ok := goodName(rule, name, rule.Max); ok {
			f.Edit = set(good)
		}
	}
}

func checkNodeGroupTaken(p *Pass) {
	users := map[string]string{}
	for _, v := range p.Plan.VNets {
		users[strings.ToLower(v.ResourceGroup)] = "network " + v.Name
	}
	for _, c := range p.Plan.Clusters {
		users[strings.ToLower(c.ResourceGroup)] = "cluster " + c.Name
	}
	rule, _ := aks.NameRuleFor(aks.NameNodeResourceGroup)
	for _, c := range p.Plan.Clusters {
		key := strings.ToLower(c.NodeResourceGroup)
		if key == "" {
			continue
		}
		if user := users[key]; user != "" {
			f := p.Reportf(c.Path+".nodeResourceGroup", "node resource group %q of cluster %q is already used by %s",
				c.NodeResourceGroup, c.Name, user)
			if good, ok := goodName(rule, c.NodeResourceGroup+"-"+c.Name+"-nodes", rule.Max); ok || rule.Valid(good) {
				f.Edit = set(good)
			}
		}
		users[key] = "the nodes of cluster " + c.Name
	}
}

// poolName returns the beginning of a pool's name, as far as the rules of its kind let it go, that no other pool of the
// cluster has: "window" for "windows", "windo2" where "window" is taken. It reports false if nothing is left.
func poolName(c *plan.Cluster, kind aks.NameKind, name string) (string, bool) {
	rule, _ := aks.NameRuleFor(kind)
	stem, ok := goodName(rule, name, len(name))
	if !ok && stem == "" {
		return "", false
	}
	taken := func(pool *plan.NodePool) bool { return strings.EqualFold(pool.Name, stem) }
	whole := stem
	stem = whole[:min(len(whole), rule.Max)]
	for i := 2; slices.ContainsFunc(c.NodePools, taken); i++ {
		tail := strconv.Itoa(i)
		stem = whole[:min(len(whole), rule.Max-len(tail))] + tail
	}
	return stem, rule.Valid(stem)
}
