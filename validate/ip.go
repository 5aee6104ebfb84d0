package validate

// ipRules is the rules about ranges: overlap, forbidden and public ranges, sizes and fit.
func ipRules() []*Rule {
	return []*Rule{
		podMeetsSubnet, podMeetsSpace, podMeetsService, serviceMeetsSubnet, serviceMeetsSpace, podMeetsPeer, serviceMeetsPeer,
		podMeetsReserved, serviceMeetsReserved, spaceMeetsReserved, kubenetPodsMeet,
		podForbidden, serviceForbidden, spaceForbidden, servicePublic, podPublic, spacePublic,
		serviceTooLarge, serviceTooSmall, dnsOutside,
		nodeSubnetSmall, podSubnetSmall, podCIDRSmall, podCIDRTiny, dnsTaken, otherSubnetSmall, unplaced,
		familyLists, rangeTwice, poolUseless, noRoomToReplace, poolsShared, spaceTight,
	}
}
