package aks

import "sync"

// OSImage is what AKS says of an operating system image: on which Kubernetes versions it runs, and until when AKS
// creates pools with it. Empty fields mean that there is no such bound.
type OSImage struct {
	SKU    OSSKU  `json:"osSKU"`
	Since  string `json:"kubernetesSince,omitempty"`  // first Kubernetes version that has it
	Before string `json:"kubernetesBefore,omitempty"` // first Kubernetes version that no longer has it
	// Refused is the day from which AKS creates no more pools with it, as year-month-day.
	Refused string `json:"refused,omitempty"`
	Preview bool   `json:"preview,omitempty"`
	FIPS    FIPS   `json:"fips,omitempty"`
	// NoConfidential means that it does not run on confidential virtual machines.
	NoConfidential bool `json:"noConfidential,omitempty"`
	// Channels are the channels of node images that it takes; none for all of them.
	Channels []NodeOSChannel `json:"channels,omitempty"`
	Use      OSSKU           `json:"use,omitempty"` // what to use instead
	Source   Source          `json:"source"`
}

// FIPS says how an image fares with enableFIPS. The zero value means that it takes either.
type FIPS string

// The ways.
const (
	FIPSRequired    FIPS = "required"
	FIPSUnsupported FIPS = "unsupported"
)

// OSImages returns what AKS says of operating system images; an image without bounds is not in it.
func OSImages() []OSImage {
	page := at(PageOSVersions, "2026-08")
	return []OSImage{
		{SKU: Ubuntu2204, Since: "1.25", Before: "1.37", NoConfidential: true, Use: Ubuntu2404, Source: page},
		{SKU: Ubuntu2404, Since: Ubuntu2404Since, Before: "1.39", FIPS: FIPSUnsupported, Use: Ubuntu, Source: page},
		{SKU: AzureLinux3, Since: "1.28", Before: "1.37", Use: AzureLinux, Source: page},
		{
			SKU: AzureContainerLinux, Since: "1.34", Channels: []NodeOSChannel{ChannelNodeImage, ChannelNone},
			NoConfidential: true, Use: AzureLinux, Source: release("2026-05-29"),
		},
		{SKU: AzureLinuxOSGuard, Since: "1.32", Preview: true, Use: AzureLinux, Source: page},
		{SKU: Flatcar, Refused: "2026-06-08", Use: AzureLinux, Source: release("2026-07-17")},
		{SKU: Windows2022, Since: "1.23", Before: "1.37", Use: Windows2025, Source: page},
		{SKU: Windows2025, Since: "1.32", FIPS: FIPSRequired, Use: Windows2022, Source: page},
		{SKU: WindowsAnnual, Refused: "2026-07-17", Use: Windows2022, Source: release("2026-07-17")},
	}
}

// OSImageOf returns what AKS says of an image, and false for one without bounds.
func OSImageOf(sku OSSKU) (OSImage, bool) {
	i, ok := osImages()[sku]
	return i, ok
}

// osImages is OSImages by SKU; rules ask for every pool.
var osImages = sync.OnceValue(func() map[OSSKU]OSImage {
	out := map[OSSKU]OSImage{}
	for _, i := range OSImages() {
		out[i.SKU] = i
	}
	return out
})

// WindowsDefaultUnclear is the first Kubernetes version on which sources disagree about the image of a Windows pool
// without osSKU: the page says Windows Server 2025 from there on, the release notes of 2026-07-17 from 1.37 on.
// [PageOSVersions] (text 2026-08, read 2026-11-28)
const WindowsDefaultUnclear = "1.36"

// Ubuntu2404Since is the first Kubernetes version with Ubuntu 24.04.
// [PageOSVersions] (text 2026-08, read 2026-11-28)
const Ubuntu2404Since = "1.32"

// UbuntuIs2404Since is the first Kubernetes version on which osSKU Ubuntu means 24.04. The page of node
// auto-provisioning says 1.34.
// [PageOSVersions] (text 2026-08, read 2026-11-28)
const UbuntuIs2404Since = "1.35"

// AzureLinuxIs3Since is the first Kubernetes version on which osSKU AzureLinux means version 3.
// [PageOSVersions] (text 2026-08, read 2026-11-28)
const AzureLinuxIs3Since = "1.32"
