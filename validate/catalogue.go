package validate

import (
	"slices"
	"strings"
)

// Rules returns the catalogue in display order: by family, then by id. Add a new rule to its family's list below, in a
// file whose name begins with the name of the family. Ids are never reused.
func Rules() []*Rule {
	return slices.Concat(
		specRules(),
		nameRules(),
		ipRules(),
		vnetRules(),
		aksRules(),
		poolRules(),
		egressRules(),
		nsgRules(),
		lifeRules(),
		ledgerRules(),
	)
}

// specRules returns the rules about the shape of the file. Package spec defines their ids.
func specRules() []*Rule {
	return []*Rule{
		unreadableProblem,
		unknownKeyProblem,
		duplicateKeyProblem,
		wrongTypeProblem,
		hostBitsProblem,
		notAPrefixProblem,
		wrongFamilyProblem,
		unknownWordProblem,
		missingKeyProblem,
		unknownVersionProblem,
		duplicateNameProblem,
		numberOutOfRangeProblem,
		emptySpecProblem,
		oversizedProblem,
		conflictingDefaultsProblem,
		waiverExpired,
		waiverIdle,
		waiverUnknown,
		waiverDay,
		foreignFileProblem,
		leftOutProblem,
		waiverVoid,
	}
}

// nameRules returns the rules about names.
func nameRules() []*Rule {
	return []*Rule{
		clusterName,
		clusterReserved,
		linuxPoolName,
		windowsPoolName,
		dnsPrefixName,
		nodeGroupName,
		nodeGroupLabel,
		nodeGroupTaken,
		groupName,
		vnetName,
		subnetName,
		labelLength,
		labelCharacters,
		nsgName,
		routeTableName,
		natGatewayName,
		subscriptionID,
		regionInvalid,
		tagInvalid,
		valueInvalid,
		unsafeText,
	}
}

// ipRules returns the rules about ranges: overlap, forbidden and public ranges, sizes and fit.
func ipRules() []*Rule {
	return []*Rule{
		podMeetsSubnet,
		podMeetsSpace,
		podMeetsService,
		serviceMeetsSubnet,
		serviceMeetsSpace,
		podMeetsPeer,
		serviceMeetsPeer,
		podMeetsReserved,
		serviceMeetsReserved,
		spaceMeetsReserved,
		kubenetPodsMeet,
		podForbidden,
		serviceForbidden,
		spaceForbidden,
		servicePublic,
		podPublic,
		spacePublic,
		serviceTooLarge,
		serviceTooSmall,
		dnsOutside,
		nodeSubnetSmall,
		podSubnetSmall,
		podCIDRSmall,
		podCIDRTiny,
		dnsTaken,
		otherSubnetSmall,
		unplaced,
		familyLists,
		rangeTwice,
		poolUseless,
		noRoomToReplace,
		poolsShared,
		spaceTight,
		noRoomForNode,
		nodesConfined,
		staticOutside,
		staticReserved,
		staticTwice,
		staticFew,
		staticLow,
		managedMeetsReserved,
		podCIDR6Small,
	}
}

// vnetRules returns the rules about virtual networks and subnets.
func vnetRules() []*Rule {
	return []*Rule{
		subnetOutside,
		subnetsOverlap,
		spacesOverlap,
		peersOverlap,
		peerUnknown,
		vnetUnknown,
		peerTwice,
		peerBlind,
		networkLarge,
		existingBlind,
		subnetSize,
		specialSmall,
		specialExact,
		delegationMissing,
		attachmentRefused,
		nodesDelegated,
		nodesInDedicated,
		subnetReference,
		podSubnetLarge,
		sizedTwice,
		resolverRange,
		vnetCounts,
		vnetAddresses,
		peeredAddresses,
		vnetElsewhere,
		dnsSingle,
		specialTight,
		apiServerShared,
		specialFull,
		pinnedTwice,
		referenceElsewhere,
		unreadableID,
		delegationRefused,
		specialLarge,
		balancersElsewhere,
		severalPrefixes,
		spokesOverlap,
		poolAndPrefix,
		poolUnknown,
		transitMissing,
		remoteGatewayMissing,
		remoteGatewaysTwice,
		gatewayBesideRemote,
		spokeRoutes,
	}
}

// aksRules returns the rules about network models, combinations of features, limits and the API server.
func aksRules() []*Rule {
	return []*Rule{
		podCIDRWithoutUse,
		podSubnetWithoutUse,
		allocationModeWithoutUse,
		ciliumModel,
		policyModel,
		policyNeedsCilium,
		ciliumPolicyOnly,
		podSubnetManaged,
		podSubnetModes,
		podSubnetIsNodeSubnet,
		staticBlockVersion,
		kubenetSharedSubnet,
		windowsKubenet,
		windowsCilium,
		windows2019Model,
		windows2019Version,
		osSKUMismatch,
		npmNodes,
		npmPods,
		l7Limits,
		advancedNeedsCilium,
		noPolicy,
		dualStackModel,
		dualStackStatic,
		dualStackPolicy,
		dualStackCilium,
		ipFamilies,
		virtualNodesModel,
		virtualNodesRanges,
		virtualNodesSubnet,
		napModel,
		napWindows,
		napDualStack,
		napIdentity,
		napCalico,
		staticEgressModel,
		staticEgressPool,
		privateLinkStatic,
		privateLinkCount,
		privateLinkBackend,
		agcModel,
		ingressSubnet,
		dcsv2Overlay,
		apiServerEncryption,
		wishUnmet,
		clusterNodes,
		clusterUpgrade,
		clusterPods,
		flatPods,
		poolCount,
		freeTier,
		balancerServices,
		balancerRules,
		backendConfigs,
		internalBalancersLarge,
		clustersPerRegion,
		authorizedCount,
		authorizedClosed,
		authorizedPublic,
		authorizedPrivate,
		apiServerOpen,
		authorizedFirewall,
		privateZoneText,
		privateZonePublic,
		privateZoneIdentity,
		privateCustomDNS,
		privateKubenetDNS,
		privateZoneForm,
		managedSubnet,
		authorizedNAT,
		authorizedNATUnknown,
		noEffect,
		localDNSUnsupported,
		localDNSServers,
		localDNSPolicy,
		staticEgressDualStack,
		authorizedTags,
		authorizedTagPreview,
		subdomainPrivate,
		publicNameNone,
		advancedVersion,
		hostRouting,
		mutualTLS,
		isolatedFeatures,
		gatewaySubnetReserved,
		apiServerRegion,
		automaticFixed,
		automaticOutbound,
		automaticWindows,
		automaticRegion,
		automaticAddOn,
		automaticSystemPool,
		provisioningBasic,
		nodePortRange,
		nodePortsMany,
		policyIPv6,
		privateLinkLocal,
		zonesApart,
		extensionsIsolated,
		publicIPElsewhere,
		publicIPTwice,
		automaticIdentity,
	}
}

// poolRules returns the rules about node pools.
func poolRules() []*Rule {
	return []*Rule{
		noSystemPool,
		systemWindows,
		systemEmpty,
		systemSingle,
		minAboveMax,
		minWithoutMax,
		countOutside,
		poolNodes,
		poolUpgrade,
		maxPodsRange,
		maxPodsTotal,
		maxPodsWindows,
		maxPodsBlocks,
		surgeZero,
		systemUnavailable,
		surgeAdvised,
		surgeLarge,
		gatewayScales,
		gatewayWindows,
		gatewayNodes,
		imageVersion,
		imageFIPS,
		imagePreview,
		imageChannel,
		systemBurstable,
		machineSmall,
		poolVersion,
		machinesIdentity,
		machinesCloud,
		nodePrefixIdle,
		nodePrefixFull,
		nodeIPRouting,
		nodePrefixFeatures,
		gatewayFew,
		gatewayPrivate,
		gatewayRoute,
		provisioningUnknown,
		provisioningIdle,
		surgeAboveAll,
		imageConfidential,
		windowsDefault,
	}
}

// egressRules returns the rules about egress: outbound types, routes, NAT gateways, load balancers and their ports.
func egressRules() []*Rule {
	return []*Rule{
		outboundOwnVNet,
		outboundManagedVNet,
		outboundPreview,
		outboundIsolated,
		outboundNoneVersion,
		outboundBasic,
		outboundIdle,
		outboundNATName,
		udrNoNextHop,
		udrInternet,
		udrNoDefault,
		udrNoTable,
		udrNextHopAway,
		udrIPv6,
		udrGateway,
		udrPublicServices,
		applianceNoIP,
		routeTwice,
		routeCount,
		kubenetRoutes,
		kubenetTableShared,
		kubenetTables,
		kubenetIdentity,
		natMissing,
		natMissingPods,
		natNoIPs,
		natIPs,
		natIdle,
		natZones,
		natRegion,
		natDualStack,
		natTwoNetworks,
		natIgnored,
		lbOutboundIPs,
		lbPortsStep,
		lbPortsMax,
		lbIdle,
		lbExclusive,
		lbPorts,
		lbPortsStepDown,
		lbPortsFew,
		firewallPorts,
		publicIPQuota,
		natManagedOwn,
		natNeedsV2,
		natIPv6,
		peeringBlocksEgress,
	}
}

// nsgRules returns the rules about network security groups.
func nsgRules() []*Rule {
	return []*Rule{
		priorityRange,
		priorityTwice,
		wordUnknown,
		portUnknown,
		ruleIdle,
		nodesBlocked,
		podsBlocked,
		podToPodBlocked,
		probesBlocked,
		apiServerBlocked,
		apiProbesBlocked,
		wireGuardBlocked,
		internetBlocked,
		dnsBlocked,
		servicesClosed,
		gatewayClosed,
		descriptionLong,
		localDNSBlocked,
		nodePortsBlocked,
		nodePortsOpen,
		bastionClosed,
	}
}

// lifeRules returns the rules about retirements and about changes to running clusters.
func lifeRules() []*Rule {
	return []*Rule{
		kubenetEnds,
		npmLinuxEnds,
		npmWindowsEnds,
		windows2019Ends,
		windows2022Ends,
		windowsAnnualEnds,
		azureLinux2Ends,
		ubuntu2204Ends,
		basicBalancerEnded,
		availabilitySetsEnded,
		appRoutingNGINXEnds,
		serviceMeshEnds,
		defaultOutboundEnds,
		changeNewCluster,
		changeNewPool,
		changeOneWay,
		changeInPlace,
		changeBlocked,
		changeGone,
		changeInSteps,
		changeUnsettled,
		changeUntold,
		changeAdded,
		versionGone,
		versionEnds,
		versionUnknown,
		longTermTier,
		defenderChinaEnds,
		fips2004Ends,
		flatcarEnded,
	}
}

// Lookup returns the rule with an id, in any case, and whether it exists.
func Lookup(id string) (*Rule, bool) {
	for _, r := range Rules() {
		if strings.EqualFold(r.ID, id) {
			return r, true
		}
	}
	return nil, false
}

// Known reports whether a word is the name of a rule or family.
func Known(word string) bool {
	for _, r := range Rules() {
		if r.Matches(word) {
			return true
		}
	}
	return false
}

// ledgerRules returns the rules about ledgers of ranges. Package ledger finds what they report.
func ledgerRules() []*Rule {
	return []*Rule{
		ledgerUnreadable,
		ledgerNewer,
		ledgerHostBits,
		ledgerOverlap,
		ledgerExpired,
		ledgerMissing,
		ledgerGone,
		ledgerTaken,
		ledgerMoved,
	}
}

// Families returns the families in the order of the catalogue.
func Families() (out []string) {
	for _, r := range Rules() {
		if f := r.Family(); len(out) == 0 || out[len(out)-1] != f {
			out = append(out, f)
		}
	}
	return out
}

// FamilyTitle says what a family of rules is about: "ranges: overlap, size and fit" for IP.
func FamilyTitle(family string) string {
	return map[string]string{
		"SPEC": "the shape of the file",
		"NAME": "names",
		"IP":   "ranges: overlap, size and fit",
		"VNET": "virtual networks and subnets",
		"AKS":  "models, feature combinations and limits",
		"POOL": "node pools",
		"EGR":  "egress, routes and outbound ports",
		"NSG":  "security rules",
		"LIFE": "retirements and irreversible changes",

		"LEDGER": "ranges in the ledger",
	}[family]
}
