package aks

import (
	"slices"
	"strings"
)

// AddOn is an add-on, a feature or a kind of node that needs endpoints of its own, in the words of the spec. The zero
// value is the cluster itself.
type AddOn string

// The add-ons that a spec names, in the order of the page. The page says that the core requirements cover any add-on
// that it does not list.
const (
	AddOnNone             AddOn = ""
	AddOnGPU              AddOn = "gpu"
	AddOnWorkloadIdentity AddOn = "workloadIdentity"
	AddOnDefender         AddOn = "defender"
	AddOnKeyVault         AddOn = "azureKeyvaultSecretsProvider"
	AddOnMonitor          AddOn = "monitoring"
	AddOnMetrics          AddOn = "azureMonitorMetrics"
	AddOnPolicy           AddOn = "azurePolicy"
	AddOnCostAnalysis     AddOn = "costAnalysis"
	AddOnExtensions       AddOn = "clusterExtensions"
	AddOnFlux             AddOn = "flux"
	AddOnDapr             AddOn = "dapr"
	AddOnBackup           AddOn = "backup"
	AddOnMachineLearning  AddOn = "azureMachineLearning"
)

// What follows from the node pools and the ingress, and no spec names as an add-on.
const (
	AddOnAppRouting    AddOn = "appRouting"
	AddOnUbuntuUpdates AddOn = "ubuntuUpdates"
	AddOnWindows       AddOn = "windows"
)

// AddOnFacts is how the Azure CLI turns an add-on on, and how others spell it.
type AddOnFacts struct {
	AddOn AddOn
	// Enable is its word for the flag --enable-addons of az aks create; empty when Flags turn it on.
	Enable string
	// Flags are the flags of az aks create that turn it on.
	Flags []string
	// Extension means that it is a cluster extension, which is installed after the cluster exists.
	Extension bool
	// Workspace means that a template has to name the workspace that the add-on writes to.
	Workspace bool
	// Spellings are the words of ARM, of the Azure CLI and of the portal for it, beside the spec's own.
	Spellings []string
}

// AddOnTable returns the add-ons that a spec names.
// [PageAzureCLI], [PageEgressRules] (read 2026-11-29)
func AddOnTable() []AddOnFacts {
	return []AddOnFacts{
		{AddOn: AddOnGPU, Spellings: []string{"gpus", "nvidia", "gpu-nodes"}},
		{
			AddOn: AddOnWorkloadIdentity, Flags: []string{"--enable-oidc-issuer", "--enable-workload-identity"},
			Spellings: []string{"azure-workload-identity"},
		},
		{
			AddOn: AddOnDefender, Flags: []string{"--enable-defender"}, Workspace: true,
			Spellings: []string{"defender-for-containers", "microsoft-defender", "azureDefender"},
		},
		{
			AddOn: AddOnKeyVault, Enable: "azure-keyvault-secrets-provider",
			Spellings: []string{
				"keyVault", "azureKeyVault", "keyVaultSecrets", "keyVaultSecretsProvider", "secrets-store-csi-driver",
				"csi-secret-store",
			},
		},
		{
			AddOn: AddOnMonitor, Enable: "monitoring", Workspace: true,
			Spellings: []string{"omsagent", "monitor", "azureMonitor", "containerInsights"},
		},
		{
			AddOn: AddOnMetrics, Flags: []string{"--enable-azure-monitor-metrics"}, Workspace: true,
			Spellings: []string{"prometheus", "managedPrometheus"},
		},
		{AddOn: AddOnPolicy, Enable: "azure-policy", Spellings: []string{"policy"}},
		{AddOn: AddOnCostAnalysis, Flags: []string{"--enable-cost-analysis"}, Spellings: []string{"cost"}},
		{AddOn: AddOnExtensions, Extension: true, Spellings: []string{"extensions"}},
		{
			AddOn: AddOnFlux, Extension: true,
			Spellings: []string{"gitOps", "fluxcd", "microsoft.flux"},
		},
		{AddOn: AddOnDapr, Extension: true, Spellings: []string{"microsoft.dapr"}},
		{
			AddOn: AddOnBackup, Extension: true,
			Spellings: []string{"azureBackup", "microsoft.dataprotection.kubernetes"},
		},
		{
			AddOn: AddOnMachineLearning, Extension: true,
			Spellings: []string{"azureML", "machineLearning", "microsoft.azureml.kubernetes"},
		},
	}
}

// AddOns returns the add-ons that a spec names, in the order of the table.
func AddOns() (out []AddOn) {
	for _, f := range AddOnTable() {
		out = append(out, f.AddOn)
	}
	return out
}

// Words returns the words of the add-ons that a spec names.
func (AddOn) Words() []string { return words(AddOns()...) }

// Spelled returns the add-on that a word of ARM, of the Azure CLI or of the portal means. Case, hyphens and underscores
// do not matter.
func (AddOn) Spelled(text string) (string, bool) {
	plain := plainWord(text)
	for _, f := range AddOnTable() {
		for _, word := range append([]string{string(f.AddOn), f.Enable}, f.Spellings...) {
			if plain != "" && plainWord(word) == plain {
				return string(f.AddOn), true
			}
		}
	}
	return "", false
}

func plainWord(text string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(text))
}

// Facts returns the row of the add-on, and false for one that no spec names.
func (a AddOn) Facts() (AddOnFacts, bool) {
	table := AddOnTable()
	i := slices.IndexFunc(table, func(f AddOnFacts) bool { return f.AddOn == a })
	if i < 0 {
		return AddOnFacts{}, false
	}
	return table[i], true
}

// GPUSize reports whether a VM size has GPUs that need drivers: the families NC, ND, NG and NV. NP has none.
// [PageVMSizes] (read 2026-11-29)
func GPUSize(vmSize string) bool {
	size := strings.TrimPrefix(strings.ToLower(vmSize), "standard_")
	return len(size) > 1 && size[0] == 'n' && strings.IndexByte("cdgv", size[1]) >= 0
}
