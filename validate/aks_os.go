package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var windowsKubenet = &Rule{
	ID:          "AKS020",
	Title:       "Windows pool with kubenet",
	Severity:    Error,
	Explanation: "kubenet supports only Linux nodes, and AKS rejects a Windows pool in a kubenet cluster.",
	Source:      aks.PageModels,
	Fix:         "set model: overlay, or remove the Windows pool",
	Since:       "v0.1.0",
	Check:       checkWindowsKubenet,
}

func checkWindowsKubenet(p *Pass) {
	for _, pool := range windowsPools(p.Plan) {
		if pool.Cluster.Model.Facts().OwnRouteTable {
			p.Report(Finding{
				Path:    pool.Path + ".osType",
				Message: fmt.Sprintf("Windows pool %q is not supported with kubenet", pool.Name),
				Advice:  p.rule.Fix,
				Edit:    setAt(pool.Cluster.Path+".model", string(aks.Overlay)),
			})
		}
	}
}

var windowsCilium = &Rule{
	ID:       "AKS021",
	Title:    "Windows pool with the Cilium data plane",
	Severity: Error,
	Explanation: "Azure CNI powered by Cilium supports only Linux nodes, and AKS rejects Windows pools in such a " +
		"cluster.",
	Source: aks.PageCilium,
	Fix:    "remove the Windows pool, or set networkDataplane: azure",
	Since:  "v0.1.0",
	Check:  checkWindowsCilium,
}

func checkWindowsCilium(p *Pass) {
	for _, pool := range windowsPools(p.Plan) {
		if pool.Cluster.NetworkDataplane == aks.DataplaneCilium {
			p.Report(Finding{
				Path:    pool.Path + ".osType",
				Message: fmt.Sprintf("Windows pool %q is not supported with networkDataplane cilium", pool.Name),
				Edit:    set(string(aks.Linux)),
			})
		}
	}
}

var windows2019Model = &Rule{
	ID:       "AKS022",
	Title:    "Windows Server 2019 is not supported by the model",
	Severity: Error,
	Explanation: "Static block allocation does not support Windows Server 2019, and overlay supports only Windows " +
		"Server 2022 and 2025.",
	Source: aks.PageOverlay,
	Fix:    "set osSKU: Windows2022",
	Since:  "v0.1.0",
	Check:  checkWindows2019Model,
}

func checkWindows2019Model(p *Pass) {
	for _, pool := range windowsPools(p.Plan) {
		c := pool.Cluster
		static := c.Model.Facts().NeedsPodSubnet && c.Spec.AllocationMode(pool.Spec) == aks.StaticBlock
		if pool.Spec.OSSKU == aks.Windows2019 && (c.Model.Facts().Overlay || static) {
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q uses Windows Server 2019, which model %s does not support",
					pool.Name, modelWords(c, pool)),
				Edit: set(aks.Windows2022),
			})
		}
	}
}

// modelWords returns the model of a pool for a message, with the allocation mode where it matters.
func modelWords(c *plan.Cluster, pool *plan.NodePool) string {
	if c.Model.Facts().NeedsPodSubnet {
		return string(c.Model) + " with " + string(c.Spec.AllocationMode(pool.Spec))
	}
	return string(c.Model)
}

var windows2019Version = &Rule{
	ID:       "AKS023",
	Title:    "Windows Server version is not supported by the Kubernetes version",
	Severity: Error,
	Explanation: "AKS does not support Windows Server 2019 pools on Kubernetes " + windows2019Until + " and newer, nor " +
		"Windows Server 2022 on " + windows2022Until + " and newer. Without kubernetesVersion, the cluster gets a " +
		"version without Windows Server 2019.",
	Source: retirementPage("windows-2022"),
	Fix:    "set osSKU: Windows2025",
	Since:  "v0.1.0",
	Check:  checkWindowsVersion,
}

// windows2019Until is the first Kubernetes version without Windows Server 2019, and windows2022Until the first without
// Windows Server 2022.
// [aks.PageRetirements], [aks.PageReleaseNotes] (release 2026-07-17, read 2026-11-28)
const (
	windows2019Until = "1.33"
	windows2022Until = "1.37"
)

func checkWindowsVersion(p *Pass) {
	for _, pool := range windowsPools(p.Plan) {
		v := pool.Cluster.Spec.KubernetesVersion
		if pool.Spec.OSSKU == aks.Windows2022 && v != "" && v.AtLeast(windows2022Until) {
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q uses Windows Server 2022, which Kubernetes %s and newer do not support; "+
					"the cluster has %s", pool.Name, windows2022Until, versionWords(v)),
				Edit: set(aks.Windows2025),
			})
		}
	}
	for _, pool := range windowsPools(p.Plan) {
		v := pool.Cluster.Spec.KubernetesVersion
		if pool.Spec.OSSKU == aks.Windows2019 && v.AtLeast(windows2019Until) {
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q uses Windows Server 2019, which Kubernetes %s and newer do not support; "+
					"the cluster has %s",
					pool.Name, windows2019Until, versionWords(v)),
				Edit: set(aks.Windows2022),
			})
		}
	}
}

var osSKUMismatch = &Rule{
	ID:       "AKS024",
	Title:    "OS image does not match osType",
	Severity: Error,
	Explanation: "osSKU selects an image for the osType: Windows images need osType Windows, all others need osType " +
		"Linux.",
	Source: aks.PageNodePools,
	Fix:    "set osType to the operating system of osSKU",
	Since:  "v0.1.0",
	Check:  checkOSSKUMismatch,
}

func checkOSSKUMismatch(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, pool := range c.NodePools {
			sku := pool.Spec.OSSKU
			want := sku.OSType()
			if sku != "" && pool.OSType != want {
				p.Report(Finding{
					Path: pool.Path + ".osSKU",
					Message: fmt.Sprintf("osSKU %s is a %s image, but pool %q has osType %s",
						sku, want, pool.Name, pool.OSType),
					Edit: setAt(pool.Path+".osType", string(want)),
				})
			}
		}
	}
}

// windowsPools returns all Windows pools of a plan.
func windowsPools(p *plan.Plan) (out []*plan.NodePool) {
	for _, c := range p.Clusters {
		for _, pool := range c.NodePools {
			if pool.OSType == aks.Windows {
				out = append(out, pool)
			}
		}
	}
	return out
}
