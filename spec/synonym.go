package spec

import "strings"

// synonym is what this format calls something that ARM, Terraform or az call otherwise.
type synonym struct {
	// key is the key of this format. It takes the same value, unless says describes how to write it.
	key, says string
}

// synonyms is the words of others, in lower case and without hyphens and underscores: users bring them along, and no
// distance of spelling leads from one to the other.
// https://learn.microsoft.com/azure/templates/microsoft.containerservice/managedclusters,
// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster,
// [aks.PageAzureCLI] (read 2026-11-24)
func synonyms(word string) []synonym {
	switch bare(word) {
	case "networkplugin", "networkpluginmode", "networkdataplane", "networkmodel", "cni":
		return []synonym{{"model", "use model, such as model: overlay"}}
	case "networkprofile", "apiserveraccessprofile":
		return []synonym{{"model", "its keys are keys of the cluster itself"}}
	case "vnetsubnetid", "subnetid", "subnet":
		return []synonym{{"nodeSubnet", "the nodes' subnet is nodeSubnet: {name: snet-nodes}"}}
	case "podsubnetid":
		return []synonym{{"podSubnet", "the pods' subnet is podSubnet: {name: snet-pods}"}}
	case "agentpools", "agentpoolprofiles", "pools", "nodes", "defaultnodepool":
		return []synonym{{key: "nodePools"}}
	case "network", "virtualnetwork", "vnetname":
		return []synonym{{key: "vnet"}}
	case "networks", "virtualnetworks":
		return []synonym{{key: "vnets"}}
	case "enableautoscaling", "autoscalingenabled", "enableclusterautoscaler":
		return []synonym{{"maxCount", "maxCount turns it on, such as minCount: 2, maxCount: 10"}}
	case "nodecount":
		return []synonym{{key: "count"}}
	case "size":
		return []synonym{{key: "count"}, {"prefixLength", "use a length, such as prefixLength: 24"}}
	case "nodevmsize":
		return []synonym{{key: "vmSize"}}
	case "orchestratorversion", "version":
		return []synonym{{key: "kubernetesVersion"}}
	case "region":
		return []synonym{{key: "location"}}
	case "addresspools":
		return []synonym{{"addressSpace", "write addressSpace: {pools: [10.0.0.0/16]}"}}
	case "addressspace", "cidr", "cidrs":
		return []synonym{{key: "addressPrefixes"}, {key: "addressPrefix"}}
	case "nsgs":
		return []synonym{{key: "networkSecurityGroups"}}
	case "nsg":
		return []synonym{{key: "networkSecurityGroup"}}
	}
	return append(networkSynonyms(bare(word)), clusterSynonyms(bare(word))...)
}

// networkSynonyms is the names that ARM, Terraform and az have for keys of networks and what belongs to them.
// https://learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks,
// https://learn.microsoft.com/azure/templates/microsoft.network/networksecuritygroups,
// https://learn.microsoft.com/azure/templates/microsoft.network/routetables (read 2026-11-29)
func networkSynonyms(word string) []synonym {
	switch word {
	case "securityrules", "securityrule", "networksecurityrules":
		return []synonym{{key: "rules"}}
	case "sourceaddressprefix", "sourceaddressprefixes":
		return []synonym{{"sources", "use a list, such as sources: [10.0.0.0/16]"}}
	case "destinationaddressprefix", "destinationaddressprefixes":
		return []synonym{{"destinations", "use a list, such as destinations: [10.0.0.0/16]"}}
	case "sourceportrange", "sourceportranges":
		return []synonym{{"sourcePorts", `use a list, such as sourcePorts: ["*"]`}}
	case "destinationportrange", "destinationportranges":
		return []synonym{{"destinationPorts", `use a list, such as destinationPorts: ["443"]`}}
	case "virtualnetworkpeerings", "peering":
		return []synonym{{key: "peerings"}}
	case "remotevirtualnetwork", "remotevirtualnetworkid", "remotevnet":
		return []synonym{{"vnet", "use the name or the id of the other VNet, such as vnet: vnet-hub"}}
	case "remoteaddressspace", "remotevirtualnetworkaddressspace":
		return []synonym{{"addressPrefixes", "use a list, such as addressPrefixes: [10.1.0.0/16]"}}
	case "delegations", "servicedelegation":
		return []synonym{{"delegation", "use the name of the service, such as " +
			"delegation: Microsoft.ContainerInstance/containerGroups"}}
	case "dhcpoptions", "dnsservice", "dns":
		return []synonym{{"dnsServers", "use a list, such as dnsServers: [10.0.0.4]"}}
	case "nexthopipaddress", "nexthopinipaddress", "nexthopaddress", "nexthop":
		return []synonym{{key: "nextHopIP"}}
	case "routetables":
		return []synonym{{key: "routeTable"}}
	case "publicipaddresses", "publicipaddress", "publicipcount":
		return []synonym{{"publicIPs", "use a number, such as publicIPs: 2"}}
	case "prefix", "range", "ranges", "prefixes", "iprange", "cidrblock", "cidrblocks":
		return []synonym{{key: "addressPrefixes"}, {key: "addressPrefix"}}
	case "bits", "cidrsize", "netmask":
		return []synonym{{"prefixLength", "use a length, such as prefixLength: 24"}}
	}
	return nil
}

// clusterSynonyms is the names that ARM, Terraform and az have for keys of clusters and node pools.
func clusterSynonyms(word string) []synonym {
	switch word {
	case "enableprivatecluster", "privateclusterenabled":
		return []synonym{{key: "privateCluster"}}
	case "enablevnetintegration", "enableapiservervnetintegration", "virtualnetworkintegrationenabled":
		return []synonym{{key: "apiServerVnetIntegration"}}
	case "apiserverauthorizedipranges", "authorizedranges":
		return []synonym{{key: "authorizedIPRanges"}}
	case "apiserversubnetid":
		return []synonym{{"apiServerSubnet", "the API server's subnet is apiServerSubnet: {name: snet-apiserver}"}}
	case "privatednszoneid":
		return []synonym{{key: "privateDNSZone"}}
	case "nodeprovisioningprofile":
		return []synonym{{"nodeProvisioningMode", "use its mode, such as nodeProvisioningMode: Auto"}}
	case "ingressprofile", "servicemeshprofile":
		return []synonym{{"ingress", "use a list, such as ingress: [istio]"}}
	case "addonprofiles":
		return []synonym{{"addOns", "use a list of the add-ons that are on"}}
	case "upgradesettings":
		return []synonym{{"maxSurge", "its keys are keys of the pool itself, such as maxSurge: 33%"}}
	case "availabilityzones":
		return []synonym{{key: "zones"}}
	case "maxpodspernode":
		return []synonym{{key: "maxPods"}}
	case "scalingconfig", "autoscaling", "autoscale":
		return []synonym{{"maxCount", "maxCount turns it on, such as minCount: 2, maxCount: 10"}}
	case "min", "minsize", "minnodes":
		return []synonym{{key: "minCount"}}
	case "max", "maxsize", "maxnodes":
		return []synonym{{key: "maxCount"}}
	case "managedoutboundipcount":
		return []synonym{{key: "managedOutboundIPs"}}
	case "outboundipaddressids", "outboundpublicips":
		return []synonym{{key: "outboundIPs"}}
	case "outboundipprefixids":
		return []synonym{{key: "outboundIPPrefixes"}}
	case "outboundportsallocated":
		return []synonym{{key: "allocatedOutboundPorts"}}
	}
	return nil
}

// bare returns a word in lower case, without hyphens and underscores.
func bare(word string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(word))
}

// synonymIn is the first synonym of a word that some keys have a place for.
func synonymIn(word string, known fields) (synonym, bool) {
	for _, s := range synonyms(word) {
		if known.find(s.key) != nil {
			return s, true
		}
	}
	return synonym{}, false
}

// foreignWord says what somebody means who gives a key the word of another one; empty when that is not known.
func foreignWord(key, word string) string {
	switch key {
	case "model":
		return foreignModel(word)
	case "addOns":
		return foreignAddOn(word)
	}
	return ""
}

// foreignAddOn says where the spec has what somebody writes as an add-on; empty when that is not known.
func foreignAddOn(word string) string {
	switch bare(word) {
	case "virtualnode", "virtualnodes", "aciconnectorlinux":
		return "which is virtualNodes: true"
	case "openservicemesh", "osm":
		return "which is openServiceMesh: true"
	case "ingressappgw", "ingressapplicationgateway", "agic":
		return "which is ingress: [applicationGateway]"
	case "webapplicationrouting", "webapprouting", "approuting", "applicationrouting":
		return "which is ingress: [appRoutingNginx] or ingress: [appRoutingGatewayAPI]"
	case "istio", "azureservicemesh", "servicemesh":
		return "which is ingress: [istio]"
	case "windows", "ubuntu", "ubuntuupdates":
		return "which follows from osType and osSKU of the node pools"
	}
	return ""
}

// foreignModel says what somebody means who gives a model another word: that of a plugin, a data plane or a policy.
func foreignModel(word string) string {
	switch strings.ToLower(word) {
	case "calico":
		return "a policy: write networkPolicy: calico beside the model"
	case "azure", "azure-cni", "azurecni":
		return "which is node-subnet, pod-subnet or overlay"
	case "none":
		return "which is byo: a network plugin of your own"
	}
	return ""
}
