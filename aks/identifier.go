package aks

import "strings"

// SubscriptionIDOK reports whether the text has the form of a subscription's id: 32 hexadecimal digits in groups of 8,
// 4, 4, 4 and 12. Whether there is such a subscription only Azure knows.
// [PageSubscriptionIDs] (read 2026-11-24)
func SubscriptionIDOK(id string) bool {
	groups := strings.Split(id, "-")
	if len(groups) != 5 {
		return false
	}
	for i, size := range [...]int{8, 4, 4, 4, 12} {
		if len(groups[i]) != size || strings.Trim(groups[i], "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	return true
}

// RegionOK reports whether the text has the form of a region: letters and digits of ASCII, as westeurope, or words of
// them with single spaces, as the portal shows them. Whether there is such a region only Azure knows.
// [PageRegions] (read 2026-11-24)
func RegionOK(region string) bool {
	for word := range strings.SplitSeq(region, " ") {
		if word == "" {
			return false
		}
		for _, r := range word {
			if !alnum.has(r) {
				return false
			}
		}
	}
	return true
}
