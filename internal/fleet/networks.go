package fleet

func oneNetwork(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - {name: shared, addressPrefixes: [%s]}\nclusters:", everything)
	for i := range n {
		t.line("  - name: c%05d\n    vnet: shared\n%s", i, onePool)
	}
}

func kubenet(t *text, n int) {
	t.ranges("pools: [10.0.0.0/8], podPools: [100.64.0.0/10]")
	t.line("vnets:\n  - {name: shared, addressPrefixes: [%s]}\nclusters:", everything)
	for i := range n {
		t.line("  - name: c%05d\n    vnet: shared\n    model: kubenet\n%s", i, onePool)
	}
}

func hub(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - {name: hub, addressPrefixes: [192.168.0.0/22], subnets: [{name: AzureFirewallSubnet}]}")
	for i := range n {
		t.line("  - {name: v%05d, peerings: [hub]}", i)
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%05d\n%s", i, i, onePool)
	}
}

func mesh(t *text, n int) {
	t.start(everything)
	t.line("vnets:")
	const networks = 10
	for i := range networks {
		t.line("  - name: v%d\n    peerings:", i)
		for j := range networks {
			if i != j {
				t.line("      - v%d", j)
			}
		}
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%d\n%s", i, i%networks, onePool)
	}
}

func oneSubnet(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - name: shared\n    addressPrefixes: [%s]\nclusters:", everything)
	for i := range n {
		t.line("  - name: c%05d\n    vnet: shared\n    nodeSubnet: {name: nodes}\n%s", i, onePool)
	}
}

func subnets(t *text, n int) {
	t.start(everything)
	t.line("vnets:\n  - name: shared\n    addressPrefixes: [%s]\n    subnets:", everything)
	for i := range n {
		if i%2 == 0 {
			t.line("      - {name: s%05d, prefixLength: 26}", i)
			continue
		}
		t.line("      - {name: s%05d, addressPrefix: %s}", i, address(i, 25))
	}
	t.line("clusters:\n  - name: shop\n    vnet: shared\n%s", onePool)
}

func overlaps(t *text, n int) {
	t.start("172.16.0.0/16")
	t.line("vnets:")
	for i := range n {
		t.line("  - {name: v%05d, addressPrefixes: [10.1.0.0/16]}", i)
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%05d\n    serviceCidr: 10.1.0.0/20\n%s", i, i, onePool)
	}
}

func oneTable(t *text, n int) { t.tables(n, n) }

func longTables(t *text, n int) { t.tables(n, 100) }

// tables writes n routes and n rules in tables and groups of a size, each with a cluster.
func (t *text) tables(n, size int) {
	t.start(everything)
	clusters := (n + size - 1) / size
	t.line("routeTables:")
	for i := range clusters {
		t.line("  - name: rt%d\n    routes:", i)
		t.line("      - {name: out, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIP: 192.168.0.4}")
		for j := range min(size, n-i*size) {
			t.line("      - {name: r%05d, addressPrefix: %s, nextHopType: VirtualAppliance, nextHopIP: 192.168.0.4}",
				j, address(j, 24))
		}
	}
	t.line("networkSecurityGroups:")
	for i := range clusters {
		t.line("  - name: nsg%d\n    rules:", i)
		for j := range min(size, n-i*size) {
			t.line("      - {name: a%05d, priority: %d, direction: Inbound, access: Allow, sources: [%s]}",
				j, 100+j, address(j, 24))
		}
	}
	t.line("vnets:")
	for i := range clusters {
		t.line("  - name: v%d\n    subnets: [{name: nodes, routeTable: rt%d, networkSecurityGroup: nsg%d}]", i, i, i)
	}
	t.line("clusters:")
	for i := range clusters {
		t.line("  - name: c%05d\n    vnet: v%d\n    nodeSubnet: {name: nodes}", i, i)
		t.line("    outboundType: userDefinedRouting\n%s", onePool)
	}
}

func tables(t *text, n int) {
	t.start(everything)
	t.line("routeTables:")
	for i := range n {
		t.line("  - name: rt%05d\n    routes:", i)
		t.line("      - {name: out, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIP: 192.168.0.4}")
		t.line("      - {name: lab, addressPrefix: 192.168.9.0/24, nextHopType: None}")
	}
	t.line("networkSecurityGroups:")
	for i := range n {
		t.line("  - name: nsg%05d\n    rules:", i)
		t.line("      - {name: web, priority: 200, direction: Inbound, access: Allow, destinationPorts: ['443']}")
		t.line("      - {name: rest, priority: 4000, direction: Inbound, access: Deny}")
	}
	t.line("vnets:")
	for i := range n {
		t.line("  - name: v%05d\n    subnets:", i)
		t.line("      - {name: nodes, routeTable: rt%05d, networkSecurityGroup: nsg%05d}", i, i)
	}
	t.line("clusters:")
	for i := range n {
		t.line("  - name: c%05d\n    vnet: v%05d\n    nodeSubnet: {name: nodes}", i, i)
		t.line("    outboundType: userDefinedRouting\n%s", onePool)
	}
}
