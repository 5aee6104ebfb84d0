package aks

import "strings"

// Cloud is one of Azure's clouds. The zero value means the public one.
type Cloud string

// The clouds, in the words of the --cloud flag.
const (
	CloudPublic Cloud = "public"
	CloudChina  Cloud = "china"
	CloudUSGov  Cloud = "usgov"
)

// CloudFacts is where a cloud answers.
type CloudFacts struct {
	Cloud     Cloud    `json:"cloud"`
	Title     string   `json:"title"`
	Manager   string   `json:"resourceManager"` // host of Azure Resource Manager
	Login     string   `json:"login"`           // host of Microsoft Entra
	APIServer []string `json:"apiServer"`       // names of API servers; <location> stands for the region
	Source    Source   `json:"source"`
}

// Clouds returns every cloud, the public one first.
func Clouds() []CloudFacts {
	s := srcEgress()
	return []CloudFacts{
		{
			CloudPublic, "Azure", "management.azure.com", "login.microsoftonline.com", []string{"*.hcp.<location>.azmk8s.io"}, s,
		},
		{
			CloudChina, "Azure operated by 21Vianet", "management.chinacloudapi.cn", "login.chinacloudapi.cn",
			[]string{"*.hcp.<location>.cx.prod.service.azk8s.cn", "*.tun.<location>.cx.prod.service.azk8s.cn"}, s,
		},
		{
			CloudUSGov, "Azure US Government", "management.usgovcloudapi.net", "login.microsoftonline.us",
			[]string{"*.hcp.<location>.cx.aks.containerservice.azure.us"}, s,
		},
	}
}

// CloudOf returns where the cloud answers, and false for one that does not exist. Empty means the public one.
func CloudOf(c Cloud) (CloudFacts, bool) {
	if c == "" {
		c = CloudPublic
	}
	for _, facts := range Clouds() {
		if facts.Cloud == c {
			return facts, true
		}
	}
	return CloudFacts{}, false
}

// CloudOfRegion returns the cloud of a region, in any spelling: the regions of other clouds than the public one begin
// with usgov, usdod or china.
// [PageRegions] (read 2026-11-29)
func CloudOfRegion(region string) Cloud {
	switch plain := RegionName(region); {
	case strings.HasPrefix(plain, "usgov"), strings.HasPrefix(plain, "usdod"):
		return CloudUSGov
	case strings.HasPrefix(plain, "china"):
		return CloudChina
	}
	return CloudPublic
}

// RegionName returns the name of a region as ARM writes it: westeurope for "West Europe".
func RegionName(region string) string { return strings.ToLower(strings.ReplaceAll(region, " ", "")) }
