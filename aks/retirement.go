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

// retiring returns the source for a retirement note of the AKS documentation.
func retiring() Source {
	return at("https://github.com/MicrosoftDocs/azure-aks-docs/tree/main/articles/aks/includes", "2026")
}

// pastRetirements are the ones before the day of reading.
func pastRetirements() []Retirement {
	s := retiring()
	return []Retirement{
		{"basic-load-balancer", "2025-09-30", "Basic Load Balancer", "support; no new clusters since 2025-03-31", "Standard Load Balancer", s},
		{"availability-sets", "2025-09-30", "availability sets", "support", "scale sets", s},
		{"azure-linux-2", "2025-11-30", "Azure Linux 2.0", "support", "Azure Linux 3.0", s},
		{"windows-2019", "2026-03-01", "Windows Server 2019", "support; not allowed on Kubernetes 1.33 and newer", "Windows Server 2022 or 2025", s},
		{"azure-linux-2-images", "2026-03-31", "Azure Linux 2.0", "images", "Azure Linux 3.0", s},
		{
			"default-outbound-access", "2026-03-31", "default outbound access of VMs",
			"implicit internet access; subnets of new managed VNets have defaultOutboundAccess false since 2025-09", "an explicit outbound type", s,
		},
		{"ingress-nginx", "2026-03-31", "upstream ingress-nginx", "maintenance", "Gateway API", s},
		{"windows-annual", "2026-05-15", "Windows Server Annual Channel", "support", "Windows Server 2022 or 2025", s},
		{"npm-windows", "2026-09-30", "policy azure on Windows nodes", "support", "policy calico", s},
	}
}

// comingRetirements are the ones from the day of reading on.
func comingRetirements() []Retirement {
	s := retiring()
	return []Retirement{
		{"app-routing-nginx", "2026-11-30", "NGINX of the application routing add-on", "security patches", "application routing with Gateway API", s},
		{"windows-2019-images", "2027-04-01", "Windows Server 2019", "images", "Windows Server 2022 or 2025", s},
		{"windows-annual-images", "2027-05-15", "Windows Server Annual Channel", "images", "Windows Server 2022 or 2025", s},
		{"ubuntu-2204", "2027-06-30", "Ubuntu 22.04", "support", "Ubuntu 24.04", s},
		{"open-service-mesh", "2027-09-30", "Open Service Mesh add-on", "support", "Istio add-on", s},
		{"kubenet", "2028-03-31", "kubenet", "support", "overlay", s},
		{"ubuntu-2204-images", "2028-04-30", "Ubuntu 22.04", "images", "Ubuntu 24.04", s},
		{"windows-2022", "2028-06-30", "Windows Server 2022", "support", "Windows Server 2025", release("2026-06")},
		{"npm-linux", "2028-09-30", "policy azure on Linux nodes", "support", "the Cilium dataplane", s},
		{"windows-2022-images", "2029-06-30", "Windows Server 2022", "images", "Windows Server 2025", release("2026-06")},
	}
}
