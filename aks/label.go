package aks

// MaxLabel is the longest value of a Kubernetes node label. AKS writes the names of the VNet, of its subnets and of its
// resource group into such labels, so these names may not be longer than that.
// [PageOverlay] (text 2026-07-31, read 2026-11-22)
const MaxLabel = 63

// MaxNodeResourceGroup is the longest name of a node resource group.
// [PageCommonIssues] (text
// 2025-03-04, read 2026-11-22)
const MaxNodeResourceGroup = 80

// MaxSubnetNameOldLB is the longest subnet name that internal load balancers took on old Kubernetes versions.
// https://github.com/kubernetes/kubernetes/issues/86275 (read 2026-11-22)
const MaxSubnetNameOldLB = 37

// LabelDescribe is the rule of label values in a sentence, for findings.
const LabelDescribe = "letters, digits, '-', '_' and '.'; starts and ends with a letter or digit; at most 63 characters"

// LabelCharactersOK reports whether the text is made like the value of a Kubernetes label, whatever its length.
// The empty text is such a value.
func LabelCharactersOK(value string) bool {
	label := NameRule{chars: alnum | dash | underscore | dot, start: alnum, end: alnum}
	return label.CharactersOK(value)
}

// DefaultNodeResourceGroup returns the name that AKS gives the node resource group when none is asked for. It may be
// longer than MaxNodeResourceGroup: then Azure refuses the cluster.
func DefaultNodeResourceGroup(resourceGroup, cluster, location string) string {
	return "MC_" + resourceGroup + "_" + cluster + "_" + location
}
