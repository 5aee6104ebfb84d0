package aks

// ReservedPerSubnet is how many addresses Azure keeps in every IPv4 subnet: the first four and the last.
// [PageVNetFAQ] (read 2026-11-22)
const ReservedPerSubnet = 5

// SmallestSubnetBits is the prefix length of the smallest IPv4 subnet, which has three usable addresses.
// [PageVNetFAQ] (read 2026-11-22)
const SmallestSubnetBits = 29

// LargestSubnetBits is the prefix length of the largest IPv4 subnet.
// [PageVNetFAQ] (read 2026-11-22)
const LargestSubnetBits = 2

// LargestAdvisedBits is the prefix length of the largest VNet or subnet that every text allows: the older ones end at
// /8.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const LargestAdvisedBits = 8

// SubnetBits6 is the only prefix length of an IPv6 subnet.
// [PageVNetFAQ] (read 2026-11-22)
const SubnetBits6 = 64

// PodBlockBits is the prefix length of the pod block of each node under overlay and kubenet. It cannot be configured.
// [PageOverlay] (text 2026-07-31, read 2026-11-22)
const PodBlockBits = 24

// PodBlockAddresses is the size of the pod block of each node under overlay and kubenet, in addresses.
// [PageOverlay] (text 2026-07-31, read 2026-11-22)
const PodBlockAddresses = 256

// PodBlockBits6 is the prefix length of the IPv6 pod block of each node of a dual-stack cluster, as in the output that
// the page shows: no text states it.
// [PageDualStack] (text 2023-12-07, read 2026-11-28)
const PodBlockBits6 = 80

// StaticBlockBits is the prefix length of one block of a pod subnet in the StaticBlock mode.
// [PageStaticBlocks] (text 2024-03-18, read 2026-11-22)
const StaticBlockBits = 28

// StaticBlockAddresses is the size of one block of a pod subnet in the StaticBlock mode, in addresses.
// [PageStaticBlocks] (text 2024-03-18, read 2026-11-22)
const StaticBlockAddresses = 16

// StaticSince is the first Kubernetes version with the StaticBlock mode.
// [PageStaticBlocks] (text 2024-03-18, read 2026-11-22)
const StaticSince = "1.28"

// DynamicBatch is how many addresses of a pod subnet a node takes at a time in the DynamicIndividual mode.
// [PageDynamicIPs] (text 2024-07-09, read 2026-11-22)
const DynamicBatch = 16

// DynamicSpare is how many addresses a node keeps free in the DynamicIndividual mode: below it the next batch is asked
// for.
// [PageDynamicIPs] (text 2024-07-09, read 2026-11-22)
const DynamicSpare = 8

// DynamicRelease is how many free addresses a node may hold in the DynamicIndividual mode: above it a batch is given
// back.
// https://github.com/Azure/azure-container-networking (2023, read 2026-11-22)
const DynamicRelease = 24

// DynamicMaxIPs is the most addresses a node holds in the DynamicIndividual mode.
// https://github.com/Azure/azure-container-networking (2023, read 2026-11-22)
const DynamicMaxIPs = 250

// LargestDynamicSubnetBits is the prefix length beyond which a pod subnet in the DynamicIndividual mode gains nothing.
// [PageStaticBlocks] (text 2024-03-18, read 2026-11-22)
const LargestDynamicSubnetBits = 16

// LargestStaticSubnetBits is the prefix length of the largest pod subnet in the StaticBlock mode.
// [PageStaticBlocks] (text 2024-03-18, read 2026-11-22)
const LargestStaticSubnetBits = 12

// APIServerSubnetBits is the prefix length of the smallest subnet for API Server VNet Integration.
// [PageAPIServerVNet] (read 2026-11-22)
const APIServerSubnetBits = 28

// APIServerAddresses is how many addresses each cluster keeps in the subnet for API Server VNet Integration.
// [PageAPIServerVNet] (read 2026-11-22)
const APIServerAddresses = 9

// LargestServiceBits is the shortest prefix length that the wording allows a service CIDR; see CIDRRules about /12.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const LargestServiceBits = 13

// SmallestServiceBits is the prefix length above which a service CIDR is uncommonly small. Azure documents no floor.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const SmallestServiceBits = 24

// LargestServiceBits6 is the shortest prefix length of an IPv6 service CIDR.
// [PageDualStack] (read 2026-11-22)
const LargestServiceBits6 = 108
