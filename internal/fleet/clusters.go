package fleet

import "fmt"

const (
	everything = "10.0.0.0/8"
	onePool    = "    nodePools: [{name: system, count: 3}]"
)

func own(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		t.cluster(i)
	}
}

// cluster adds a cluster with five pools.
func (t *text) cluster(i int) {
	all := models()
	t.line("  - name: c%05d\n    model: %s\n    nodePools:", i, all[i%len(all)])
	for j := range 5 {
		t.line("      - {name: p%d, count: %d, maxPods: %d, maxSurge: 33%%}", j, 3+j, 30+j)
	}
}

func folder(n int) (files []File) {
	for i := range n {
		var t text
		if i == 0 {
			t.start(everything)
		} else {
			t.line("apiVersion: aksnet/v1")
		}
		t.line("clusters:")
		t.cluster(i)
		files = append(files, File{fmt.Sprintf("c%05d.yaml", i), t.Bytes()})
	}
	return files
}

func oneLine(n int) []File { return jsonLine(n, 30) }

// oneLineFaults asks for more pods than a node may have.
func oneLineFaults(n int) []File { return jsonLine(n, 1000) }

func jsonLine(n, maxPods int) []File {
	var t text
	t.WriteString(`{"apiVersion":"aksnet/v1","location":"westeurope","resourceGroup":"rg",` +
		`"addressSpace":{"pools":["` + everything + `"]},"waivers":[`)
	for i, rule := range limits() {
		fmt.Fprintf(&t, `{"rule":%q,"reason":"a benchmark"}%s`, rule, comma(i, len(limits())))
	}
	t.WriteString(`],"clusters":[`)
	all := models()
	for i := range n {
		if i > 0 {
			t.WriteByte(',')
		}
		fmt.Fprintf(&t, `{"name":"c%05d","model":%q,"nodePools":[{"name":"p0","count":3,"maxPods":%d}]}`,
			i, all[i%len(all)], maxPods)
	}
	t.line("]}")
	return []File{{"fleet.json", t.Bytes()}}
}

func reserved(t *text, n int) {
	t.top()
	t.waive()
	t.line("addressSpace:\n  pools: [%s]\n  reserved:", everything)
	for i := range n {
		t.line("    - {name: r%05d, addressPrefix: %s}", i, address(2*i, 25))
	}
	t.clusters(n)
}

func podPools(t *text, n int) {
	t.ranges("pools: [10.0.0.0/8], podPools: [100.64.0.0/10], servicePools: [172.20.0.0/14]")
	t.clusters(n)
}

func sharedPools(t *text, n int) {
	t.ranges("pools: [10.0.0.0/8], podPools: [10.0.0.0/8], servicePools: [10.0.0.0/8]")
	t.clusters(n)
}

// clusters writes small clusters.
func (t *text) clusters(n int) {
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n%s", i, onePool)
	}
}

func pools(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range (n + 9) / 10 {
		t.line("  - name: c%05d\n    model: pod-subnet\n    nodePools:", i)
		for j := range min(10, n-10*i) {
			t.pool(j)
		}
	}
}

// pool adds a pool with its own subnets for nodes and pods.
func (t *text) pool(i int) {
	t.line("      - {name: p%d, count: 3, nodeSubnet: {name: snet-n%d}, podSubnet: {name: snet-p%d}}", i, i, i)
}

func oneCluster(t *text, n int) {
	t.start(everything)
	t.line("clusters:\n  - name: large\n    model: pod-subnet\n    nodePools:")
	for i := range n {
		t.pool(i)
	}
}

func pinned(t *text, n int) {
	t.start(everything)
	t.line("vnets:")
	for i := range n {
		t.line("  - {name: v%05d, addressPrefixes: [%s]}", i, address(i, 22))
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%05d\n    podCidr: 192.168.0.0/16\n    serviceCidr: 172.16.0.0/16", i, i)
		t.line(
			"    dnsServiceIP: 172.16.0.10\n    nodeSubnet: {name: nodes, addressPrefix: %s}\n%s",
			address(2*i, 23),
			onePool,
		)
	}
}

func dualStack(t *text, n int) {
	t.start(everything + ", fd00::/16")
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    ipFamilies: [IPv4, IPv6]\n%s", i, onePool)
	}
}

func waivers(t *text, n int) {
	t.start(everything)
	for i := range n {
		t.line("  - {rule: POOL010, path: 'clusters[%d]', reason: known}", i)
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - {name: c%05d, nodePools: [{name: system, count: 3, maxPods: 5}]}", i)
	}
}

func faults(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    serviceCidr: 172.30.0.0/16\n    dnsServiceIP: 172.31.0.10", i)
		t.line(
			"    networkPolicy: calico\n    networkDataplane: cilium\n    nodePools: [{name: system, count: 3, maxPods: 5}]",
		)
	}
}

func unknownKeys(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    modle: overlay\n    growth: much\n%s", i, onePool)
	}
}

func tooSmall(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    model: node-subnet\n    nodeSubnet: {name: nodes, addressPrefix: %s}\n%s",
			i, address(i, 27), onePool)
	}
}

func oneName(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for range n {
		t.line("  - name: shop\n%s", onePool)
	}
}

func full(t *text, n int) {
	t.start("10.0.0.0/22")
	t.clusters(n)
}

func udr(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - {name: hub, existing: true, addressPrefixes: [192.168.0.0/24]}")
	for i := range n {
		t.line("  - {name: v%05d, peerings: [hub]}", i)
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%05d\n    outboundType: userDefinedRouting", i, i)
		t.line("    egress: {nextHopIP: 192.168.0.4, firewallPublicIPs: [20.50.1.1]}\n%s", onePool)
	}
}

func nat(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		t.line(
			"  - name: c%05d\n    outboundType: userAssignedNATGateway\n    natGateway: {publicIPs: 2}\n%s",
			i,
			onePool,
		)
	}
}

func staticIPs(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - name: shared\n    addressPrefixes: [10.0.0.0/8]")
	t.line(
		"clusters:\n  - name: shop\n    vnet: shared\n    nodeSubnet: {name: nodes, addressPrefix: 10.1.0.0/16}\n%s",
		onePool,
	)
	t.line("    services:\n      staticIPs:")
	for i := range n {
		t.line("        - 10.1.%d.%d", 1+i/250, i%250)
	}
}

func aliases(t *text, n int) {
	t.start(everything)
	t.line("clusters:")
	for i := range n {
		if i == 0 {
			t.line("  - name: c00000\n    nodePools: &pools [{name: system, count: 3}]")
			continue
		}
		t.line("  - {name: c%05d, nodePools: *pools}", i)
	}
}
