package ledger

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Kind is what a range is used for.
type Kind string

// The kinds, as they are written.
const (
	VNet        Kind = "vnet"        // a prefix of a virtual network
	Subnet      Kind = "subnet"      // a prefix of a subnet; inside a virtual network
	PodCIDR     Kind = "podCidr"     // the pods of a cluster
	ServiceCIDR Kind = "serviceCidr" // the Services of a cluster
	Static      Kind = "static"      // anything else that somebody uses
)

// Kinds returns all kinds, in the order in which the documentation lists them.
func Kinds() []Kind { return []Kind{VNet, Subnet, PodCIDR, ServiceCIDR, Static} }

// State is how firmly a range is held.
type State string

// The states, as they are written.
const (
	Reserved  State = "reserved"  // planned, until a date
	Committed State = "committed" // deployed
)

// States returns all states.
func States() []State { return []State{Reserved, Committed} }

// Entry is a range and who holds it.
type Entry struct {
	AddressPrefix netip.Prefix `json:"addressPrefix"`
	Kind          Kind         `json:"kind"`
	// Name is the name of the virtual network or subnet, or what a static range is for. It is empty for the CIDRs of a
	// cluster.
	Name string `json:"name,omitempty"`
	// VNet is the virtual network of a subnet.
	VNet string `json:"vnet,omitempty"`
	// Cluster is the cluster of a CIDR, and the one that a subnet or network was planned for if it was only one.
	Cluster string `json:"cluster,omitempty"`
	// Owner is the team or repository that holds the range.
	Owner string `json:"owner,omitempty"`
	State State  `json:"state"`
	// Until is when a reservation expires; zero for never. An expired reservation still holds its range.
	Until time.Time `json:"until,omitzero"`
	// Spec is the file that asks for the range, as the holder names it.
	Spec string `json:"spec,omitempty"`
	// Since is when the range was first reserved.
	Since time.Time `json:"since,omitzero"`

	// more is what a later version, or a person, wrote beside the keys above: kept as it is.
	more []pair
	// above is the lines of comment before the entry, and comment is the one behind it, with its number sign.
	above, comment string
	// line is the line of the entry in the file that it was read from, and columns where its values are; 0 for a new
	// one.
	line    int
	columns map[string]span
}

// pair is a key that this version does not know, with its value as YAML.
type pair struct{ key, value string }

// span is where a value is in its line: columns from 1, the end not included.
type span struct{ from, to int }

// Expired reports whether the entry is a reservation that has run out.
func (e *Entry) Expired(now time.Time) bool {
	return e.State == Reserved && !e.Until.IsZero() && e.Until.Before(now)
}

// Label names what the range is for: "subnet snet-a of vnet-b", "pod CIDR of shop".
func (e *Entry) Label() string {
	switch e.Kind {
	case VNet:
		return "virtual network " + e.Name
	case Subnet:
		return "subnet " + e.Name + " of " + e.VNet
	case PodCIDR:
		return "pod CIDR of " + e.Cluster
	case ServiceCIDR:
		return "service CIDR of " + e.Cluster
	}
	return e.Name
}

// use is what a range is for, apart from where it is: two entries of one use belong to one network, subnet or cluster.
type use struct {
	kind                Kind
	name, vnet, cluster string
	six                 bool
}

// use returns the use of the entry. Azure does not distinguish case, so neither does a use.
func (e *Entry) use() use {
	u := use{kind: e.Kind, six: e.AddressPrefix.Addr().Is6()}
	switch e.Kind {
	case PodCIDR, ServiceCIDR:
		u.cluster = strings.ToLower(e.Cluster)
	default:
		u.name, u.vnet = strings.ToLower(e.Name), strings.ToLower(e.VNet)
	}
	return u
}

// compare orders entries as the file does: by address, the larger range first, then by use and holder.
func compare(a, b *Entry) int {
	return cmp.Or(
		a.AddressPrefix.Compare(b.AddressPrefix),
		cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
		strings.Compare(a.Owner, b.Owner),
		strings.Compare(a.Spec, b.Spec),
		strings.Compare(a.VNet, b.VNet),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.Cluster, b.Cluster),
	)
}
