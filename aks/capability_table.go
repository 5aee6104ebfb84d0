package aks

import "github.com/aksnet/aksnet/internal/english"

// featureRow returns the cells of a feature that some page states.
func featureRow(f Feature) []Capability {
	switch f {
	case FeatureWindows:
		return windowsRow()
	case FeaturePolicyAzure, FeaturePolicyCalico, FeaturePolicyCilium, FeatureDataplaneCilium:
		return policyRow(f)
	case FeatureDualStack:
		return dualStackRow()
	case FeatureVirtualNodes, FeatureAGIC, FeatureAGC:
		return addOnRow(f)
	case FeatureServiceEndpoints,
		FeatureSharedSubnet,
		FeaturePodReachable,
		FeaturePrivateLinkService,
		FeatureManagedVNet:
		return subnetRow(f)
	case FeatureAutoProvisioning, FeatureStaticEgressGateway, FeatureAvailabilitySets, FeatureDCsv2:
		return nodeRow(f)
	}
	return nil
}

func windowsRow() []Capability {
	return []Capability{
		{Column: OnKubenet, Support: No, Source: srcModels()},
		{Column: OnNodeSubnet, Support: Yes, Source: srcModels()},
		{Column: OnPodDynamic, Support: Yes, Source: srcModels()},
		{Column: OnPodStatic, Support: Conditional, Note: "not on Windows Server 2019", Source: srcStatic()},
		{
			Column:  OnOverlay,
			Support: Yes,
			Note:    english.Text("Windows Server 2022 and 2025; at most %v pods a node are advised", MaxPodsWindowsOverlay),
			Source:  srcOverlay(),
		},
		{Column: OnBYO, Support: Conditional, Note: "depends on the CNI you install", Source: srcBYO()},
		{Column: OnCilium, Support: No, Source: srcCilium()},
	}
}

func policyRow(f Feature) []Capability {
	s := srcPolicies()
	switch f {
	case FeaturePolicyAzure:
		const until = "2028-09-30"
		note := english.Text(
			"ends earlier on Windows nodes, on 2026-09-30; at most %v nodes and %v pods",
			NPMMaxNodes,
			NPMMaxPods,
		)
		return []Capability{
			{Column: OnKubenet, Support: No, Source: s},
			{Column: OnNodeSubnet, Support: Yes, Until: until, Note: note, Source: s},
			{Column: OnPodDynamic, Support: Yes, Until: until, Note: note, Source: s},
			{Column: OnPodStatic, Support: Yes, Until: until, Note: note, Source: s},
			{Column: OnOverlay, Support: Yes, Until: until, Note: note, Source: s},
			{Column: OnBYO, Support: No, Source: s},
			{Column: OnCilium, Support: No, Note: "the Cilium data plane takes its place", Source: srcCilium()},
		}
	case FeaturePolicyCalico:
		return []Capability{
			{Column: OnKubenet, Support: Conditional, Note: "Linux only", Source: s},
			{Column: OnNodeSubnet, Support: Yes, Source: s},
			{Column: OnPodDynamic, Support: Yes, Source: s},
			{Column: OnPodStatic, Support: Yes, Source: s},
			{Column: OnOverlay, Support: Yes, Source: s},
			{Column: OnBYO, Support: Conditional, Note: "as a CNI of your own, not as networkPolicy", Source: srcBYO()},
			{Column: OnCilium, Support: No, Source: srcCilium()},
		}
	case FeaturePolicyCilium:
		return ciliumCells(Conditional, "needs networkDataplane cilium", srcSDK())
	}
	return ciliumCells(Conditional, "Linux pools only", srcCilium())
}

// ciliumCells returns the row of a feature that comes with the Cilium data plane.
func ciliumCells(onAzureCNI Support, note string, s Source) []Capability {
	return []Capability{
		{Column: OnKubenet, Support: No, Note: "move to overlay first", Source: srcUpdate()},
		{Column: OnNodeSubnet, Support: onAzureCNI, Note: note, Source: s},
		{Column: OnPodDynamic, Support: onAzureCNI, Note: note, Source: s},
		{Column: OnPodStatic, Support: onAzureCNI, Note: note, Source: s},
		{Column: OnOverlay, Support: onAzureCNI, Note: note, Source: s},
		{Column: OnBYO, Support: No, Note: "as a CNI of your own only", Source: srcBYO()},
		{Column: OnCilium, Support: Yes, Note: "built in; Linux pools only", Source: srcCilium()},
	}
}

func dualStackRow() []Capability {
	return []Capability{
		{
			Column: OnKubenet, Support: No, Source: srcDualStack(),
			Note: "general since 2023-04 in the release notes, but the page asks for overlay",
		},
		{Column: OnNodeSubnet, Support: No, Source: srcDualStack()},
		{Column: OnPodDynamic, Support: No, Source: srcDualStack()},
		{
			Column: OnPodStatic, Support: Conditional, Since: "2026-06-19", Source: release("2026-06-19"),
			Note: "in the release notes alone; the page asks for overlay",
		},
		{
			Column: OnOverlay, Support: Yes, Since: "2024-04-11", Source: srcOverlaySet(),
			Note: "Linux since 2024-04-11, Windows without a preview flag since 2026-07-17; not with policy azure " +
				"or calico, " +
				"nor a Standard NAT gateway",
		},
		{Column: OnBYO, Support: Conditional, Note: "depends on the CNI you install", Source: srcBYO()},
		{Column: OnCilium, Support: Yes, Version: DualStackCiliumSince, Source: srcDualStack()},
	}
}

// DualStackCiliumSince is the first Kubernetes version with dual-stack on the Cilium data plane.
// [PageDualStack] (read 2026-11-22)
const DualStackCiliumSince = "1.29"

func addOnRow(f Feature) []Capability {
	switch f {
	case FeatureVirtualNodes:
		return []Capability{
			{Column: OnKubenet, Support: No, Source: srcVirtualNodes()},
			{Column: OnNodeSubnet, Support: Yes, Source: srcVirtualNodes()},
			{Column: OnPodDynamic, Support: Yes, Source: srcVirtualNodes()},
			{Column: OnPodStatic, Support: Yes, Source: srcVirtualNodes()},
			{Column: OnOverlay, Support: No, Note: "needs pods in the VNet", Source: srcOverlay()},
			{Column: OnBYO, Support: No, Source: srcVirtualNodes()},
			{
				Column:  OnCilium,
				Support: Conditional,
				Note:    "Linux only, as the model allows",
				Source:  srcVirtualNodes(),
			},
		}
	case FeatureAGIC:
		return []Capability{
			{
				Column: OnKubenet, Support: Conditional, Note: "the gateway's subnet needs the cluster's route table",
				Source: srcAppGW(),
			},
			{Column: OnNodeSubnet, Support: Yes, Source: srcModels()},
			{Column: OnPodDynamic, Support: Yes, Source: srcModels()},
			{Column: OnPodStatic, Support: Yes, Source: srcModels()},
			{
				Column:  OnOverlay,
				Support: Yes,
				Since:   "2025-08-29",
				Note:    "add-on 1.8.0 or newer, in preview from 2025-03-16",
				Source:  release("2025-08-29"),
			},
			{Column: OnCilium, Support: Yes, Source: srcModels()},
		}
	}
	return []Capability{
		{Column: OnKubenet, Support: No, Source: srcAGC()},
		{Column: OnNodeSubnet, Support: Yes, Source: srcAGC()},
		{Column: OnPodDynamic, Support: Yes, Source: srcAGC()},
		{Column: OnPodStatic, Support: Yes, Source: srcAGC()},
		{
			Column:  OnOverlay,
			Support: Yes,
			Since:   "2025-08-29",
			Note:    "its subnet is exactly /24, in the cluster's own VNet",
			Source:  srcAGC(),
		},
		{Column: OnCilium, Support: Yes, Source: srcModels()},
	}
}

// everywhere returns the row of a feature that every model has.
func everywhere(s Source) []Capability {
	var row []Capability
	for _, column := range Columns() {
		row = append(row, Capability{Column: column, Support: Yes, Source: s})
	}
	return row
}

// retiredRow returns the row of a feature that no model has any more.
func retiredRow(until string, s Source) []Capability {
	row := everywhere(s)
	for i := range row {
		row[i].Support, row[i].Until = No, until
	}
	return row
}

func subnetRow(f Feature) []Capability {
	s := srcModels()
	switch f {
	case FeatureServiceEndpoints:
		return everywhere(s)
	case FeatureSharedSubnet:
		return []Capability{
			{Column: OnKubenet, Support: No, Note: "each cluster needs a route table of its own", Source: srcKubenet()},
			{Column: OnNodeSubnet, Support: Yes, Source: s},
			{
				Column:  OnPodDynamic,
				Support: Yes,
				Note:    "the pod subnet too, in one allocation mode",
				Source:  srcDynamic(),
			},
			{
				Column:  OnPodStatic,
				Support: Yes,
				Note:    "the pod subnet too, in one allocation mode",
				Source:  srcStatic(),
			},
			{Column: OnOverlay, Support: Yes, Note: "clusters may even have the same pod CIDR", Source: srcOverlay()},
			{Column: OnCilium, Support: Conditional, Note: "as the model allows", Source: s},
		}
	case FeaturePodReachable:
		return []Capability{
			{Column: OnKubenet, Support: No, Source: s},
			{Column: OnNodeSubnet, Support: Yes, Source: s},
			{Column: OnPodDynamic, Support: Yes, Source: s},
			{Column: OnPodStatic, Support: Yes, Source: s},
			{Column: OnOverlay, Support: No, Source: s},
			{Column: OnCilium, Support: Conditional, Note: "as the model allows", Source: s},
		}
	case FeaturePrivateLinkService:
		return []Capability{
			{Column: OnKubenet, Support: Yes, Source: srcStatic()},
			{Column: OnNodeSubnet, Support: Yes, Source: srcStatic()},
			{Column: OnPodDynamic, Support: Yes, Source: srcStatic()},
			{Column: OnPodStatic, Support: No, Source: srcStatic()},
			{Column: OnOverlay, Support: Yes, Source: srcStatic()},
		}
	}
	return []Capability{
		{Column: OnKubenet, Support: Yes, Source: s},
		{Column: OnNodeSubnet, Support: Yes, Source: s},
		{
			Column: OnPodDynamic, Support: No, Note: "a pod subnet is named by its id, in your own VNet",
			Source: srcDynamic().as(Derived),
		},
		{
			Column: OnPodStatic, Support: No, Note: "a pod subnet is named by its id, in your own VNet",
			Source: srcStatic().as(Derived),
		},
		{Column: OnOverlay, Support: Yes, Source: s},
		{Column: OnBYO, Support: Yes, Source: srcBYO()},
		{Column: OnCilium, Support: Conditional, Note: "as the model allows", Source: s},
	}
}

func nodeRow(f Feature) []Capability {
	switch f {
	case FeatureAutoProvisioning:
		models := srcNAPModels()
		return []Capability{
			{Column: OnKubenet, Support: No, Source: models},
			{Column: OnNodeSubnet, Support: Yes, Source: models},
			{Column: OnPodDynamic, Support: No, Note: "the release notes of 2025-01-30 allowed it", Source: models},
			{
				Column: OnPodStatic, Support: No, Note: "not in the list of what is supported",
				Source: models.as(Derived),
			},
			{Column: OnOverlay, Support: Yes, Source: models},
			{Column: OnBYO, Support: Conditional, Note: "allowed; the CNI itself is not supported", Source: models},
			{Column: OnCilium, Support: Yes, Note: "preferred", Source: models},
		}
	case FeatureStaticEgressGateway:
		return []Capability{
			{Column: OnKubenet, Support: Yes, Source: srcStaticEgress()},
			{Column: OnNodeSubnet, Support: Yes, Source: srcStaticEgress()},
			{Column: OnPodDynamic, Support: No, Source: srcStaticEgress()},
			{Column: OnPodStatic, Support: No, Source: srcStaticEgress()},
			{Column: OnOverlay, Support: Yes, Source: srcStaticEgress()},
			{Column: OnCilium, Support: Yes, Source: srcStaticEgress()},
		}
	case FeatureAvailabilitySets:
		return retiredRow("2025-09-30", retiring("availability-sets"))
	}
	return []Capability{{Column: OnOverlay, Support: No, Source: srcOverlay()}}
}
