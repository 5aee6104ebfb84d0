package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// eachImage calls do for every pool with an image that has bounds and matches its osType.
func eachImage(p *Pass, do func(c *plan.Cluster, pool *plan.NodePool, image aks.OSImage)) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		image, ok := aks.OSImageOf(pool.Spec.OSSKU)
		if ok && pool.OSType == image.SKU.OSType() {
			do(c, pool, image)
		}
	})
}

var imageVersion = &Rule{
	ID:       "POOL023",
	Title:    "OS image is not supported by the Kubernetes version",
	Severity: Error,
	Explanation: "An OS image of a fixed version runs on a range of Kubernetes versions: a new image needs a recent " +
		"one, and an old image must be changed before an upgrade to a version that no longer has it. osSKU Ubuntu and " +
		"AzureLinux run on every version. The rule needs kubernetesVersion.",
	Source: aks.PageOSVersions,
	Fix:    "set osSKU to an image of the Kubernetes version",
	Since:  "v0.1.0",
	Check:  checkImageVersion,
}

func checkImageVersion(p *Pass) {
	eachImage(p, func(c *plan.Cluster, pool *plan.NodePool, image aks.OSImage) {
		v := versionOf(c, pool)
		switch {
		case v == "":
		case image.Since != "" && !v.AtLeast(image.Since):
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q has osSKU %s, which needs Kubernetes %s or newer; it has %s",
					pool.Name, image.SKU, image.Since, v),
				Edit: set(olderImage(image)),
			})
		case image.Before != "" && v.AtLeast(image.Before):
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q has osSKU %s, which Kubernetes %s and newer do not support; it has %s",
					pool.Name, image.SKU, image.Before, v),
				Edit: set(image.Use),
			})
		}
	})
}

// olderImage returns an image that runs on the versions before those of another one.
func olderImage(image aks.OSImage) aks.OSSKU {
	switch {
	case image.SKU.OSType() == aks.Windows:
		return image.Use
	case image.SKU == aks.Ubuntu2404 || image.SKU == aks.Ubuntu2204:
		return aks.Ubuntu
	}
	return aks.AzureLinux
}

var imageFIPS = &Rule{
	ID:       "POOL024",
	Title:    "OS image does not match enableFIPS",
	Severity: Error,
	Explanation: "Windows Server 2025 pools need the image with validated cryptographic modules (FIPS), and Ubuntu " +
		"24.04 has none.",
	Source: aks.PageOSVersions,
	Fix:    "set enableFIPS as the image needs it",
	Since:  "v0.1.0",
	Check:  checkImageFIPS,
}

func checkImageFIPS(p *Pass) {
	eachImage(p, func(_ *plan.Cluster, pool *plan.NodePool, image aks.OSImage) {
		switch {
		case image.FIPS == aks.FIPSRequired && !pool.Spec.EnableFIPS:
			p.Report(Finding{
				Path:    pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q has osSKU %s, which needs enableFIPS", pool.Name, image.SKU),
				Edit:    setAt(pool.Path+".enableFIPS", true),
			})
		case image.FIPS == aks.FIPSUnsupported && pool.Spec.EnableFIPS:
			p.Report(Finding{
				Path:    pool.Path + ".enableFIPS",
				Message: fmt.Sprintf("pool %q has osSKU %s, which does not support FIPS", pool.Name, image.SKU),
				Edit:    set(false),
			})
		}
	})
}

var imagePreview = &Rule{
	ID:          "POOL025",
	Title:       "OS image in preview",
	Severity:    Warning,
	Explanation: "The image needs a feature flag of the subscription and comes without guarantees.",
	Source:      aks.PageOSVersions,
	Fix:         "set osSKU to an image that is generally available",
	Since:       "v0.1.0",
	Check:       checkImagePreview,
}

func checkImagePreview(p *Pass) {
	eachImage(p, func(_ *plan.Cluster, pool *plan.NodePool, image aks.OSImage) {
		if image.Preview {
			p.Report(Finding{
				Path:    pool.Path + ".osSKU",
				Message: fmt.Sprintf("pool %q has osSKU %s, which is in preview", pool.Name, image.SKU),
				Edit:    set(image.Use),
			})
		}
	})
}

var imageChannel = &Rule{
	ID:       "POOL026",
	Title:    "OS image does not support the upgrade channel",
	Severity: Error,
	Explanation: "Azure Container Linux is replaced as a whole: its pools take the channels NodeImage and None, and " +
		"no patches of single packages.",
	Source: aks.PageOSVersions,
	Fix:    "set nodeOSUpgradeChannel: NodeImage, or choose another osSKU",
	Since:  "v0.1.0",
	Check:  checkImageChannel,
}

func checkImageChannel(p *Pass) {
	eachImage(p, func(c *plan.Cluster, pool *plan.NodePool, image aks.OSImage) {
		channel := c.Spec.AutoUpgradeProfile.NodeOSUpgradeChannel
		if channel != "" && len(image.Channels) > 0 && !slices.Contains(image.Channels, channel) {
			p.Report(Finding{
				Path: c.Path + ".autoUpgradeProfile.nodeOSUpgradeChannel",
				Message: fmt.Sprintf("osSKU %s of pool %q does not support the channel %s", image.SKU, pool.Name,
					channel),
				Advice: p.rule.Fix,
				Edit:   set(image.Channels[0]),
			})
		}
	})
}

var imageConfidential = &Rule{
	ID:          "POOL042",
	Title:       "OS image does not run on confidential virtual machines",
	Severity:    Error,
	Explanation: "Ubuntu 22.04 and Azure Container Linux do not support confidential virtual machines.",
	Source:      aks.PageOSVersions,
	Fix:         "set osSKU to an image that supports them, or choose another vmSize",
	Since:       "v0.1.0",
	Check:       checkImageConfidential,
}

func checkImageConfidential(p *Pass) {
	eachImage(p, func(_ *plan.Cluster, pool *plan.NodePool, image aks.OSImage) {
		if image.NoConfidential && aks.Confidential(pool.Spec.VMSize) {
			p.Report(Finding{
				Path: pool.Path + ".osSKU",
				Message: fmt.Sprintf("osSKU %s does not support confidential virtual machines (%s of pool %q)", image.SKU,
					pool.Spec.VMSize, pool.Name),
				Advice: p.rule.Fix,
				Edit:   set(image.Use),
			})
		}
	})
}

var windowsDefault = &Rule{
	ID:       "POOL043",
	Title:    "Windows pool without an OS image on a new Kubernetes version",
	Severity: Note,
	Explanation: "Sources disagree from which Kubernetes version on a Windows pool without osSKU gets Windows Server " +
		"2025 instead of 2022. The one needs FIPS, the other is not available on 1.37 and newer.",
	Source: aks.PageOSVersions,
	Fix:    "set osSKU: Windows2025 with enableFIPS: true",
	Since:  "v0.1.0",
	Check:  checkWindowsDefault,
}

func checkWindowsDefault(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		v := versionOf(c, pool)
		if pool.OSType == aks.Windows && pool.Spec.OSSKU == "" && v != "" && v.AtLeast(aks.WindowsDefaultUnclear) {
			p.Reportf(nearest(p, pool.Path+".osType", pool.Path),
				"Windows pool %q has no osSKU, and its image on Kubernetes %s is not certain", pool.Name, v)
		}
	})
}
