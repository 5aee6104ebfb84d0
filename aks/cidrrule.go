package aks

import "github.com/aksnet/aksnet/internal/english"

// CIDRRule is what is asked of the size or place of one range.
type CIDRRule struct {
	ID      string `json:"id"`                // stable, lower case with dashes
	Subject string `json:"subject"`           // the range, by the spec's key
	MinBits int    `json:"minBits,omitempty"` // shortest prefix length; zero if there is no such bound
	MaxBits int    `json:"maxBits,omitempty"` // longest prefix length; zero if there is no such bound
	Text    string `json:"text"`
	Source  Source `json:"source"`
}

// CIDRRules returns the rules about sizes and places of ranges.
func CIDRRules() []CIDRRule {
	return []CIDRRule{
		{
			ID: "service-cidr-size", Subject: "serviceCidr", MinBits: LargestServiceBits, Source: srcPlanning(),
			Text: "smaller than /12; whether /12 itself passes is not clear, so it does not here",
		},
		{
			ID:      "service-cidr-floor",
			Subject: "serviceCidr",
			MaxBits: SmallestServiceBits,
			Source:  srcPlanning().as(Derived),
			Text:    "no floor is documented; it has to hold the kubernetes Service, the DNS service IP and your Services",
		},
		{
			ID: "dns-service-ip", Subject: "dnsServiceIP", Source: srcPlanning(),
			Text: "inside the service CIDR; not its first address, which is kubernetes.default, nor its network or " +
				"last " +
				"address; .10 by convention",
		},
		{
			ID: "pod-cidr-size", Subject: "podCidr", MaxBits: PodBlockBits, Source: srcOverlay().as(Derived),
			Text: english.Text(
				"holds one /%v for each node, surge included; /16 holds %v nodes, /12 holds %v, /11 holds %v",
				PodBlockBits,
				1<<(PodBlockBits-16),
				1<<(PodBlockBits-12),
				MaxNodesPerCluster,
			),
		},
		{
			ID: "vnet-size", Subject: "addressPrefixes", MinBits: LargestAdvisedBits, Source: srcPlanning(),
			Text: english.Text(
				"no larger than /%v by the AKS page; %v addresses in use at most",
				LargestAdvisedBits,
				AddressesPerVNet,
			),
		},
		{
			ID: "subnet-size", Subject: "addressPrefix", MinBits: LargestSubnetBits, MaxBits: SmallestSubnetBits,
			Source: srcVNetFAQ(),
			Text: english.Text(
				"between /%v and /%v; an older text ends at /%v",
				LargestSubnetBits,
				SmallestSubnetBits,
				LargestAdvisedBits,
			),
		},
		{
			ID:      "subnet-size-ipv6",
			Subject: "addressPrefix",
			MinBits: SubnetBits6,
			MaxBits: SubnetBits6,
			Text:    "exactly /64",
			Source:  srcVNetFAQ(),
		},
		{
			ID:      "service-cidr-size-ipv6",
			Subject: "serviceCidrs",
			MinBits: LargestServiceBits6,
			Text:    "no larger than /108",
			Source:  srcDualStack(),
		},
		{
			ID: "families", Subject: "ipFamilies", Source: srcDualStack(),
			Text: "IPv4, or IPv4 and IPv6; podCidrs and serviceCidrs have one entry a family in that order",
		},
		{
			ID:      "reserved",
			Subject: "addressPrefix",
			Text:    "Azure keeps the first four addresses and the last of every subnet",
			Source:  srcVNetFAQ(),
		},
	}
}
