package fleet

import "fmt"

const subscription = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/"

// Azure returns the JSON of az for n networks with a cluster each.
func Azure(n int) []File {
	var t text
	t.line("[")
	for i := range n {
		vnet := fmt.Sprintf("%sMicrosoft.Network/virtualNetworks/v%05d", subscription, i)
		t.line(`{"id":%q,"name":"v%05d","type":"Microsoft.Network/virtualNetworks","location":"westeurope",`, vnet, i)
		t.line(`"addressSpace":{"addressPrefixes":[%q]},`, address(i, 22))
		t.line(`"subnets":[{"id":"%s/subnets/nodes","name":"nodes","addressPrefix":%q}]},`, vnet, address(2*i, 23))
		t.line(`{"id":"%sMicrosoft.ContainerService/managedClusters/c%05d","name":"c%05d",`, subscription, i, i)
		t.line(
			`"type":"Microsoft.ContainerService/managedClusters","location":"westeurope","kubernetesVersion":"1.34.1",`,
		)
		t.line(`"agentPoolProfiles":[{"name":"system","count":3,"maxPods":110,"mode":"System","osType":"Linux",`)
		t.line(`"vnetSubnetId":"%s/subnets/nodes"}],`, vnet)
		t.line(`"networkProfile":{"networkPlugin":"azure","networkPluginMode":"overlay","podCidr":"10.244.0.0/16",`)
		t.line(
			`"serviceCidr":"172.16.0.0/16","dnsServiceIp":"172.16.0.10","outboundType":"loadBalancer"}}%s`,
			comma(i, n),
		)
	}
	t.line("]")
	return []File{{"azure.json", t.Bytes()}}
}

// AzureSubnets returns the JSON of az for one network with n subnets that have addresses in use.
func AzureSubnets(n int) []File {
	vnet := subscription + "Microsoft.Network/virtualNetworks/shared"
	var t text
	t.line(`{"id":%q,"name":"shared","type":"Microsoft.Network/virtualNetworks","location":"westeurope",`, vnet)
	t.line(`"addressSpace":{"addressPrefixes":[%q]},"subnets":[`, everything)
	for i := range n {
		t.line(
			`{"id":"%s/subnets/s%05d","name":"s%05d","addressPrefix":%q,"ipConfigurations":[`,
			vnet,
			i,
			i,
			address(i, 24),
		)
		t.line(
			`{"id":"%sMicrosoft.Network/networkInterfaces/n%d/ipConfigurations/one"}]}%s`,
			subscription,
			i,
			comma(i, n),
		)
	}
	t.line("]}")
	return []File{{"azure.json", t.Bytes()}}
}

// comma separates the elements of a list of n.
func comma(i, n int) string {
	if i == n-1 {
		return ""
	}
	return ","
}

// Log returns a log of a kilobyte for each n, with an error of Azure in every hundredth entry.
func Log(n int) []File {
	var t text
	for i := range n {
		for j := range 12 {
			t.line("2026-11-29T10:%02d:%02d azurerm_subnet.nodes[%d]: Still creating... [%ds elapsed] step %d",
				i/60%60, i%60, i, i%600, j)
		}
		if i%100 == 0 {
			t.line(`Error: {"code":"SubnetIsFull","message":"Subnet nodes with address prefix %s does not have `+
				`enough capacity for 7 IP addresses."}`, address(i, 24))
		}
	}
	return []File{{"apply.log", t.Bytes()}}
}
