package aks

// poolChanges are changes of node pools.
func poolChanges() []Change {
	s := changed(PageNodePools)
	pool := func(keys ...string) []string {
		for i, k := range keys {
			keys[i] = "clusters[].nodePools[]." + k
		}
		return keys
	}
	gateway := []string{string(Gateway)}
	return []Change{
		{
			Keys: []string{"clusters[].nodePools"}, Kind: Added, When: []ChangeCondition{isFirstWindows()}, How: NewCluster,
			Notes: []string{
				"Windows support must be switched on when the cluster is created, with windowsProfile: a cluster that was " +
					"created without it cannot get a Windows pool",
			},
			Code: CodeWindowsProfileMissing, Source: s,
		},
		{
			Keys: []string{"clusters[].nodePools"}, Kind: Added, How: InPlace,
			Steps: []Step{run("aks nodepool add ‹poolArguments›")}, Source: s,
		},
		{
			Keys: []string{"clusters[].nodePools"}, Kind: Removed, How: InPlace,
			Steps: []Step{run("aks nodepool delete")}, Source: s,
			Notes: []string{"a pool cannot be renamed: under another name it is a new one"},
		},
		{
			Keys: pool("name", "osType", "maxPods"), How: NewPool, Code: CodePropertyChangeNotAllowed, Source: s,
		},
		{
			Keys: append(
				pool("nodeSubnet", "nodeSubnet.name", "podSubnet", "podSubnet.name"),
				"clusters[].nodeSubnet", "clusters[].nodeSubnet.name", "clusters[].podSubnet", "clusters[].podSubnet.name",
			),
			How: NewPool, Code: CodePropertyChangeNotAllowed, Source: s,
		},
		{
			Keys: pool("vmSize"), When: []ChangeCondition{isOtherMachine()}, How: NewPool,
			Notes:  []string{"AKS does not resize nodes to another processor architecture, or to or from confidential ones"},
			Source: changed(PageResizePool),
		},
		{
			Keys: pool("vmSize"), When: []ChangeCondition{isScaleSet()}, How: Reimage,
			Needs: []ChangeCondition{needsSurge(), needsNothingElse()},
			Steps: []Step{run("aks nodepool update --node-vm-size ‹value›")},
			Notes: []string{
				"a preview since 2026-05-29, with API 2026-01-02-preview; without it, add a pool of the new size",
				"another disk controller or hypervisor generation needs a new pool",
			},
			Source: changed(PageResizePool),
		},
		{Keys: pool("vmSize"), How: NewPool, Source: s},
		{
			Keys: pool("zones"), To: []string{"[auto]"}, How: Reimage,
			Steps:  []Step{run("aks nodepool update --zones auto")},
			Notes:  []string{"a preview since 2026-07-17; the surge nodes need addresses"},
			Source: changed(PageAutomaticZones),
		},
		{Keys: pool("zones"), How: NewPool, Source: changed(PageZonesOfPools)},
		{
			Keys: pool("enableNodePublicIP", "nodePublicIPPrefixID"), How: NewPool,
			Source: changed(PageNodePublicIPs),
		},
		{
			Keys: pool("orchestratorVersion"), Kind: NextMinor, How: Reimage,
			Steps: []Step{run("aks nodepool upgrade --kubernetes-version ‹value›")}, Source: changed(PageClusterUpgrades),
		},
		{
			Keys: pool("orchestratorVersion"), Kind: Downgrade, How: Rejected, Source: changed(PageClusterUpgrades),
			Notes: []string{"AKS cannot downgrade Kubernetes"},
		},
		{Keys: pool("orchestratorVersion"), How: Undocumented, Source: notFound(PageClusterUpgrades)},
		{
			Keys: pool("enableFIPS"), To: []string{"true"}, When: []ChangeCondition{isLinux()}, How: Reimage,
			Steps: []Step{run("aks nodepool update --enable-fips-image")}, Source: changed(PageFIPS),
		},
		{
			Keys: pool("enableFIPS"), When: []ChangeCondition{isLinux()}, How: Reimage,
			Steps: []Step{run("aks nodepool update --disable-fips-image")}, Source: changed(PageFIPS),
		},
		{Keys: pool("enableFIPS"), How: Undocumented, Source: notFound(PageFIPS)},
		{Keys: pool("type"), How: NewPool, Source: inferred(PageNodePools)},
		{Keys: pool("mode"), From: gateway, How: NewPool, Source: changed(PageStaticEgress)},
		{Keys: pool("mode"), To: gateway, How: NewPool, Source: changed(PageStaticEgress)},
		{
			Keys: pool("mode"), How: InPlace, Steps: []Step{run("aks nodepool update --mode ‹value›")},
			Notes:  []string{"a System pool with enough nodes must stay"},
			Source: changed(PageSystemPools),
		},
		{
			Keys: pool("osSKU"), From: words(linuxSKUs()...), To: words(linuxSKUs()...), How: Reimage,
			Steps:  []Step{run("aks nodepool update --os-sku ‹value›")},
			Source: changed(PageOSVersions),
		},
		{
			Keys: pool("osSKU"), How: NewPool, Source: changed(PageOSVersions),
			Notes: []string{"AKS changes the SKU in place only between SKUs of Linux other than Flatcar"},
		},
		{
			Keys: pool("count"), How: InPlace, Steps: []Step{run("aks nodepool scale --node-count ‹value›")}, Source: s,
		},
		{
			Keys: pool("minCount", "maxCount"), When: []ChangeCondition{autoscalerStarts()}, How: InPlace,
			Steps:  []Step{run("aks nodepool update --enable-cluster-autoscaler --min-count ‹minCount› --max-count ‹maxCount›")},
			Source: s,
		},
		{
			Keys: pool("minCount", "maxCount"), When: []ChangeCondition{autoscalerStops()}, How: InPlace,
			Steps: []Step{run("aks nodepool update --disable-cluster-autoscaler")}, Source: s,
		},
		{
			Keys: pool("minCount", "maxCount"), How: InPlace,
			Steps:  []Step{run("aks nodepool update --update-cluster-autoscaler --min-count ‹minCount› --max-count ‹maxCount›")},
			Source: s,
		},
		{
			Keys: pool("maxSurge"), How: InPlace, Steps: []Step{run("aks nodepool update --max-surge ‹value›")},
			Source: changed(PageRollingUpgrades),
		},
		{
			Keys: pool("maxUnavailable"), How: InPlace, Steps: []Step{run("aks nodepool update --max-unavailable ‹value›")},
			Source: changed(PageRollingUpgrades),
		},
		{Keys: pool("gatewayProfile"), How: Undocumented, Source: notFound(PageStaticEgress)},
	}
}

// linuxSKUs returns the SKUs of Linux between which a pool changes in place.
func linuxSKUs() (out []OSSKU) {
	for _, word := range OSSKU("").Words() {
		if sku := OSSKU(word); sku.OSType() == Linux && word != "Flatcar" {
			out = append(out, sku)
		}
	}
	return out
}

func isLinux() ChangeCondition {
	return chooses("a Linux pool", func(s Situation) bool { return s.Pool.Linux })
}

// isScaleSet chooses rows for pools of virtual machine scale sets.
func isScaleSet() ChangeCondition {
	return chooses("a pool of a scale set", func(s Situation) bool { return s.Pool.ScaleSet })
}

// isOtherMachine chooses rows for VM sizes to which AKS cannot resize the nodes.
func isOtherMachine() ChangeCondition {
	return chooses("another kind of machine", func(s Situation) bool { return s.Pool.OtherMachines })
}

func autoscalerStarts() ChangeCondition {
	return chooses("with a new autoscaler", func(s Situation) bool { return !s.Pool.Autoscaled && s.Pool.WillAutoscale })
}

func autoscalerStops() ChangeCondition {
	return chooses("without an autoscaler any more", func(s Situation) bool {
		return s.Pool.Autoscaled && !s.Pool.WillAutoscale
	})
}
