package aks

// Retirement is a day on which something stops being supported.
type Retirement struct {
	ID      string `json:"id"`   // stable, lower case with dashes
	Date    string `json:"date"` // year-month-day
	Subject string `json:"subject"`
	What    string `json:"what"`          // what ends on that day
	Use     string `json:"use,omitempty"` // what to use instead
	Source  Source `json:"source"`
}

// Retirements returns every retirement, the earliest first. A month without a day stands at its last day.
func Retirements() []Retirement {
	return append(pastRetirements(), comingRetirements()...)
}

// RetirementByID returns the retirement with the given id, and false if there is none.
func RetirementByID(id string) (Retirement, bool) {
	for _, r := range Retirements() {
		if r.ID == id {
			return r, true
		}
	}
	return Retirement{}, false
}

const retirementNotes = github + "MicrosoftDocs/azure-aks-docs/blob/main/articles/aks/includes/"

// retiring returns the source for a retirement note of the AKS documentation.
func retiring(note string) Source { return at(retirementNotes+note+"-retirement.md", "2026") }

// pastRetirements are the ones before the day of reading.
func pastRetirements() []Retirement {
	return []Retirement{
		{
			"basic-load-balancer",
			"2025-09-30",
			"Basic Load Balancer",
			"support; no new clusters since 2025-03-31",
			"Standard Load Balancer",
			retiring("basic-load-balancer"),
		},
		{
			"availability-sets",
			"2025-09-30",
			"availability sets",
			"support",
			"scale sets",
			retiring("availability-sets"),
		},
		{"azure-linux-2", "2025-11-30", "Azure Linux 2.0", "support", "Azure Linux 3.0", retiring("azure-linux")},
		{
			"windows-2019",
			"2026-03-01",
			"Windows Server 2019",
			"support; not allowed on Kubernetes 1.33 and newer",
			"Windows Server 2022 or 2025",
			retiring("windows-server-2019"),
		},
		{"azure-linux-2-images", "2026-03-31", "Azure Linux 2.0", "images", "Azure Linux 3.0", retiring("azure-linux")},
		{
			"default-outbound-access", "2026-03-31", "default outbound access of VMs",
			"implicit internet access; subnets of new managed VNets have defaultOutboundAccess false since 2025-09",
			"an explicit outbound type", retiring("vm-default-outbound-access"),
		},
		{
			"ingress-nginx",
			"2026-03-31",
			"upstream ingress-nginx",
			"maintenance",
			"Gateway API",
			retiring("ingress-nginx"),
		},
		{
			"windows-annual",
			"2026-05-15",
			"Windows Server Annual Channel",
			"support; new pools are refused since 2026-07-17",
			"Windows Server 2022 or 2025",
			retiring("windows-annual-channel"),
		},
		{"flatcar", "2026-06-08", "Flatcar (preview)", "new pools", "Azure Linux or Ubuntu", release("2026-07-17")},
		{
			"defender-china", defenderChinaEnd, "Defender for Containers in Azure operated by 21Vianet", "service", "",
			srcEgress(),
		},
		{"flatcar-images", "2026-09-08", "Flatcar (preview)", "images", "Azure Linux or Ubuntu", release("2026-07-17")},
		{
			"npm-windows",
			"2026-09-30",
			"policy azure on Windows nodes",
			"support; closed to new subscriptions",
			"security groups, or policy calico",
			retiring("azure-network-policy-manager-windows"),
		},
	}
}

// comingRetirements are the ones from the day of reading on.
func comingRetirements() []Retirement {
	return []Retirement{
		{
			"app-routing-nginx",
			"2026-11-30",
			"NGINX of the application routing add-on",
			"security patches",
			"application routing with Gateway API",
			retiring("ingress-nginx"),
		},
		{
			"ubuntu-2004-fips",
			"2027-03-17",
			"Ubuntu 20.04 with FIPS",
			"support and images",
			"Azure Linux",
			at(PageOSVersions, "2026-08"),
		},
		{
			"windows-2019-images",
			"2027-04-01",
			"Windows Server 2019",
			"images",
			"Windows Server 2022 or 2025",
			retiring("windows-server-2019"),
		},
		{
			"windows-annual-images",
			"2027-05-15",
			"Windows Server Annual Channel",
			"images",
			"Windows Server 2022 or 2025",
			retiring("windows-annual-channel"),
		},
		{"ubuntu-2204", "2027-06-30", "Ubuntu 22.04", "support", "Ubuntu 24.04", retiring("ubuntu-22-04")},
		{
			"open-service-mesh",
			"2027-09-30",
			"Open Service Mesh add-on",
			"support",
			"Istio add-on",
			retiring("open-service-mesh"),
		},
		{"kubenet", kubenetEnd, "kubenet", "support", "overlay", retiring("kubenet")},
		{"ubuntu-2204-images", "2028-04-30", "Ubuntu 22.04", "images", "Ubuntu 24.04", retiring("ubuntu-22-04")},
		{
			"windows-2022", "2028-06-30", "Windows Server 2022", "support; refused on Kubernetes 1.37 and newer",
			"Windows Server 2025", release("2026-06-19"),
		},
		{
			"npm-linux",
			"2028-09-30",
			"policy azure on Linux nodes",
			"support",
			"network policy of Cilium",
			retiring("azure-network-policy-manager-linux"),
		},
		{
			"windows-2022-images",
			"2029-06-30",
			"Windows Server 2022",
			"images",
			"Windows Server 2025",
			release("2026-06"),
		},
	}
}
