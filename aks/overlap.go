package aks

// Verdict says what an overlap of two ranges means.
type Verdict string

// The verdicts, from the best to the worst.
const (
	OverlapFine  Verdict = "allowed"
	OverlapWarn  Verdict = "warning"
	OverlapError Verdict = "error"
)

// RangeKind is a kind of range that meets others.
type RangeKind string

// The kinds of ranges.
const (
	RangePodOverlay   RangeKind = "pod CIDR (overlay)"
	RangePodKubenet   RangeKind = "pod CIDR (kubenet)"
	RangeService      RangeKind = "service CIDR"
	RangeSubnet       RangeKind = "subnet"
	RangeVNet         RangeKind = "VNet address space"
	RangeConnected    RangeKind = "peered or on-premises range"
	RangeOtherPods    RangeKind = "pod CIDR of another cluster"
	RangeOtherService RangeKind = "service CIDR of another cluster"
)

// Overlap is what it means when two kinds of ranges overlap.
type Overlap struct {
	A       RangeKind `json:"a"`
	B       RangeKind `json:"b"`
	Verdict Verdict   `json:"verdict"`
	Code    string    `json:"code,omitempty"`  // Azure's error code, where it refuses
	Since   string    `json:"since,omitempty"` // day since which this is so, year-month-day
	Note    string    `json:"note,omitempty"`
	Source  Source    `json:"source"`
}

// Overlaps returns the table of overlaps, each pair once.
func Overlaps() []Overlap {
	const podCode, serviceCode = CodeNetworkProfileCIDROverlapVNET, CodeServiceCidrOverlapExistingSubnetsCidr
	service := at(PageErrorServiceCIDR, "2023-11-15")
	return []Overlap{
		{A: RangePodOverlay, B: RangeSubnet, Verdict: OverlapError, Code: podCode, Source: srcOverlay()},
		{
			A: RangePodOverlay, B: RangeVNet, Verdict: OverlapWarn, Since: "2024-10-25", Source: release("2024-10-25"),
			Note: "only subnets are checked since then, the whole VNet before; a later subnet may collide",
		},
		{A: RangePodOverlay, B: RangeService, Verdict: OverlapError, Source: srcOverlay()},
		{
			A: RangePodOverlay, B: RangeConnected, Verdict: OverlapWarn,
			Note: "the hosts in the range become unreachable for pods", Source: srcOverlay(),
		},
		{A: RangePodOverlay, B: RangeOtherPods, Verdict: OverlapFine, Note: "even in one VNet", Source: srcOverlay()},
		{A: RangePodKubenet, B: RangeSubnet, Verdict: OverlapError, Code: podCode, Source: srcKubenet()},
		{
			A: RangePodKubenet, B: RangeVNet, Verdict: OverlapWarn, Since: "2024-10-25", Source: release("2024-10-25"),
			Note: "accepted; the routes of the pods would take the addresses of a later subnet",
		},
		{A: RangePodKubenet, B: RangeService, Verdict: OverlapError, Source: srcKubenet()},
		{A: RangePodKubenet, B: RangeConnected, Verdict: OverlapError, Source: srcKubenet()},
		{
			A:       RangePodKubenet,
			B:       RangeOtherPods,
			Verdict: OverlapFine,
			Note:    "as each cluster has a route table of its own",
			Source:  srcKubenet(),
		},
		{
			A:       RangeService,
			B:       RangeSubnet,
			Verdict: OverlapError,
			Code:    serviceCode,
			Note:    "checked again at every upgrade",
			Source:  service,
		},
		{
			A:       RangeService,
			B:       RangeVNet,
			Verdict: OverlapWarn,
			Note:    "only subnets are checked; a later subnet may collide",
			Source:  srcLegacy(),
		},
		{
			A:       RangeService,
			B:       RangeConnected,
			Verdict: OverlapWarn,
			Note:    "the hosts in the range become unreachable for pods",
			Source:  srcLegacy(),
		},
		{A: RangeService, B: RangeOtherService, Verdict: OverlapFine, Source: srcLegacy()},
		{A: RangeSubnet, B: RangeSubnet, Verdict: OverlapError, Note: "within a VNet", Source: srcVNetFAQ()},
		{A: RangeVNet, B: RangeConnected, Verdict: OverlapError, Note: "the peering is refused", Source: srcVNetFAQ()},
	}
}

// OverlapOf returns what an overlap of the two kinds means, in either order, and false for a pair that no page names.
func OverlapOf(a, b RangeKind) (Overlap, bool) {
	for _, o := range Overlaps() {
		if o.A == a && o.B == b || o.A == b && o.B == a {
			return o, true
		}
	}
	return Overlap{}, false
}
