package validate

// vnetRules is the rules about virtual networks and subnets.
func vnetRules() []*Rule {
	return []*Rule{
		subnetOutside, subnetsOverlap, spacesOverlap, peersOverlap, peerUnknown, vnetUnknown, peerTwice, peerBlind, networkLarge, existingBlind,
		subnetSize, specialSmall, specialExact, delegationMissing, attachmentRefused, nodesDelegated, nodesInDedicated, subnetReference,
		podSubnetLarge, sizedTwice, resolverRange,
		vnetCounts, vnetAddresses, peeredAddresses, vnetElsewhere, dnsSingle,
		specialTight, apiServerShared, specialFull, pinnedTwice, referenceElsewhere, unreadableID,
	}
}
