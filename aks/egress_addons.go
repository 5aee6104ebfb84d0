package aks

// addOnFQDNs returns the names that one add-on needs in the cloud.
func addOnFQDNs(cloud Cloud, addOn AddOn) []FQDNRule {
	var rules []FQDNRule
	switch addOn {
	case AddOnUbuntuUpdates:
		rules = append(named("security updates", PortHTTP, "security.ubuntu.com", "azure.archive.ubuntu.com",
			"changelogs.ubuntu.com"),
			named("security updates", PortHTTPS, "snapshot.ubuntu.com")...)
		rules = optional(rules)
	case AddOnGPU:
		rules = named("GPU drivers", PortHTTPS, "nvidia.github.io", "us.download.nvidia.com", "download.docker.com")
	case AddOnWindows:
		rules = append(named("Windows binaries", PortHTTPS, "onegetcdn.azureedge.net", "go.microsoft.com"),
			named("Windows updates", PortHTTP, "*.mp.microsoft.com", "www.msftconnecttest.com", "ctldl.windowsupdate.com")...)
	case AddOnWorkloadIdentity:
		rules = named("sign-in", PortHTTPS, loginHost(cloud))
	case AddOnDefender:
		rules = defenderFQDNs(cloud)
	case AddOnKeyVault:
		rules = keyVaultFQDNs(cloud, "Key Vault")
	case AddOnAppRouting:
		rules = optional(keyVaultFQDNs(cloud, "certificates of application routing in Key Vault"))
	case AddOnMonitor, AddOnMetrics:
		rules = monitorFQDNs(cloud)
	case AddOnPolicy:
		rules = policyFQDNs(cloud)
	case AddOnCostAnalysis:
		rules = append(named("Azure API", PortHTTPS, managerHost(cloud)),
			named("sign-in", PortHTTPS, loginHosts(cloud)...)...)
	case AddOnExtensions, AddOnFlux, AddOnDapr, AddOnBackup, AddOnMachineLearning:
		rules = extensionFQDNs(cloud)
	}
	return fill(rules, cloud, addOn)
}

// named returns a rule for each of the names.
func named(why string, port int, names ...string) []FQDNRule {
	rules := make([]FQDNRule, len(names))
	for i, name := range names {
		rules[i] = FQDNRule{FQDN: name, Port: port, Why: why}
	}
	return rules
}

// optional returns rules as ones that the cluster works without.
func optional(rules []FQDNRule) []FQDNRule {
	for i := range rules {
		rules[i].Optional = true
	}
	return rules
}

// swap returns the name that the cloud has for one thing.
func swap(cloud Cloud, public, china, usgov string) string {
	switch cloud {
	case CloudChina:
		return china
	case CloudUSGov:
		return usgov
	}
	return public
}

func loginHost(cloud Cloud) string {
	facts, _ := CloudOf(cloud)
	return facts.Login
}

// loginHosts returns the names for sign-in of the add-ons for which the page names another host in the cloud than for
// the cluster: in 21Vianet both are to be allowed.
func loginHosts(cloud Cloud) []string {
	if cloud == CloudChina {
		return []string{loginHost(cloud), "login.microsoftonline.cn"}
	}
	return []string{loginHost(cloud)}
}

func managerHost(cloud Cloud) string {
	facts, _ := CloudOf(cloud)
	return facts.Manager
}

// tld returns the end of the cloud's names for monitoring.
func tld(cloud Cloud) string { return swap(cloud, "com", "cn", "us") }

// keyVaultFQDNs returns the names of vaults. The page gives the public name without the wildcard that a vault's own
// name needs.
func keyVaultFQDNs(cloud Cloud, why string) []FQDNRule {
	if cloud == CloudPublic {
		return named(why, PortHTTPS, "vault.azure.net", "*.vault.azure.net")
	}
	return named(why, PortHTTPS, swap(cloud, "", "*.vault.azure.cn", "*.vault.usgovcloudapi.net"))
}

// defenderChinaEnd is the day on which Defender for Containers ended in Azure operated by 21Vianet.
// [PageEgressRules] (text 2026-06-18, read 2026-11-28)
const defenderChinaEnd = "2026-08-18"

// defenderFQDNs returns the names of Defender. Its own name ends in .com in every cloud.
func defenderFQDNs(cloud Cloud) []FQDNRule {
	end := tld(cloud)
	names := append(loginHosts(cloud), "*.ods.opinsights.azure."+end, "*.oms.opinsights.azure."+end,
		"*.cloud.defender.microsoft.com")
	why := swap(cloud, "Defender", "Defender, retired in this cloud on "+defenderChinaEnd, "Defender")
	return named(why, PortHTTPS, names...)
}

// monitorFQDNs returns the names of monitoring. Those of Application Insights end in .com in every cloud, and
// *.monitoring.azure.com is on the list of the public cloud only.
func monitorFQDNs(cloud Cloud) []FQDNRule {
	end := tld(cloud)
	names := []string{
		"*.ods.opinsights.azure." + end, "*.oms.opinsights.azure." + end,
		appInsightsHost, "*.in.applicationinsights.azure.com", loginHost(cloud),
		"global.handler.control.monitor.azure." + end, "<location>.handler.control.monitor.azure." + end,
		"*.ingest.monitor.azure." + end, "*.metrics.ingest.monitor.azure." + end,
	}
	if cloud == CloudPublic {
		names = append(names, "*.monitoring.azure.com")
	}
	return named("Azure Monitor", PortHTTPS, names...)
}

// appInsightsHost receives telemetry in every cloud.
const appInsightsHost = "dc.services.visualstudio.com"

func policyFQDNs(cloud Cloud) []FQDNRule {
	zone := swap(cloud, "policy.core.windows.net", "policy.azure.cn", "policy.azure.us")
	names := []string{"data." + zone, "store." + zone}
	if cloud == CloudPublic {
		names = append(names, appInsightsHost)
	}
	return named("Azure Policy", PortHTTPS, names...)
}

// extensionFQDNs returns the names of cluster extensions; for 21Vianet no page states any.
func extensionFQDNs(cloud Cloud) []FQDNRule {
	switch cloud {
	case CloudChina:
		return nil
	case CloudUSGov:
		return named("cluster extensions", PortHTTPS, "<location>.dp.kubernetesconfiguration.azure.us", "mcr.microsoft.com",
			"*.data.mcr.microsoft.com")
	}
	names := []string{
		"<location>.dp.kubernetesconfiguration.azure.com", "mcr.microsoft.com", "*.data.mcr.microsoft.com",
		"arcmktplaceprod.azurecr.io",
	}
	for _, region := range [...]string{"centralindia", "japaneast", "westus2", "westeurope", "eastus"} {
		names = append(names, "arcmktplaceprod."+region+".data.azurecr.io")
	}
	names = append(names, "*.ingestion.msftcloudes.com", "*.microsoftmetrics.com", "marketplaceapi.microsoft.com")
	return named("cluster extensions", PortHTTPS, names...)
}
