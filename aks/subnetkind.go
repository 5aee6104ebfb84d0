package aks

import (
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// The kinds of subnets whose gateway a peered network can use.
const (
	KindGateway     = "gateway"
	KindRouteServer = "route-server"
)

// SubnetKind is what Azure asks of a subnet that serves one purpose: a row of the matrix of subnet tenants. Every cell
// has an answer; NotDocumented is one of them.
type SubnetKind struct {
	ID      string        `json:"id"`             // stable, lower case with dashes
	Name    string        `json:"name,omitempty"` // name that the subnet must bear; empty if any will do
	For     SubnetPurpose `json:"-"`              // purpose of the spec that means this kind; empty if none does
	Purpose string        `json:"purpose"`        // what lives in it

	MinBits         int   `json:"minBits,omitempty"`         // prefix length of the smallest one; zero if not documented
	FormerMinBits   int   `json:"formerMinBits,omitempty"`   // the same before it was raised; zero if it never was
	UsualBits       int   `json:"usualBits,omitempty"`       // prefix length that the planner takes without a size
	RecommendedBits int   `json:"recommendedBits,omitempty"` // prefix length that a page advises; zero if none does
	LargestBits     int   `json:"largestBits,omitempty"`     // prefix length of the largest one; zero if not documented
	ExactBits       int   `json:"exactBits,omitempty"`       // the only prefix length; zero if there is a choice
	ExactForModel   Model `json:"exactForModel,omitempty"`   // model for which ExactBits holds; empty for all
	MinFree         int   `json:"minFree,omitempty"`         // free addresses that must be left; zero if not documented

	Delegation     string  `json:"delegation,omitempty"` // service the subnet is delegated to, as Delegated says
	Delegated      Tenancy `json:"delegated"`            // whether it is delegated
	NSG            Tenancy `json:"networkSecurityGroup"` // whether it can have a network security group
	RouteTable     Tenancy `json:"routeTable"`           // whether it can have a route table
	ApplianceRoute Tenancy `json:"applianceRoute"`       // whether that table can send 0.0.0.0/0 to an appliance
	InternetRoute  Tenancy `json:"internetRoute"`        // whether that table can send 0.0.0.0/0 to the Internet
	NAT            Tenancy `json:"natGateway"`           // whether it can have a NAT gateway
	Sharing        Tenancy `json:"sharing"`              // whether nodes or other tenants can live in it too

	Note   string `json:"note,omitempty"`
	Source Source `json:"source"`
}

// Tenancy is a cell of the matrix of subnet tenants.
type Tenancy struct {
	Answer Answer `json:"answer"`
	Note   string `json:"note,omitempty"`
	Code   string `json:"errorCode,omitempty"` // Azure's answer to what is refused, if known
}

// Refuses reports whether Azure documents that it is not possible.
func (t Tenancy) Refuses() bool { return t.Answer == Refused }

func (t Tenancy) String() string {
	if t.Note == "" {
		return string(t.Answer)
	}
	return string(t.Answer) + ": " + t.Note
}

// Answer is what the documentation says to a question about a subnet.
type Answer string

// The answers. No cell of an exported table is empty.
const (
	Allowed       Answer = "yes"
	Refused       Answer = "no"
	Needed        Answer = "needed"
	Limited       Answer = "limited"   // possible under the conditions of the note
	NoEffect      Answer = "no effect" // accepted, but it does nothing for the tenant
	NotDocumented Answer = "not documented"
)

// yes, no and unknown are cells without more to say; the others have a note.
func yes() Tenancy                    { return Tenancy{Answer: Allowed} }
func no() Tenancy                     { return Tenancy{Answer: Refused} }
func unknown() Tenancy                { return Tenancy{Answer: NotDocumented} }
func only(note string) Tenancy        { return Tenancy{Answer: Limited, Note: note} }
func needed(note string) Tenancy      { return Tenancy{Answer: Needed, Note: note} }
func idle(note string) Tenancy        { return Tenancy{Answer: NoEffect, Note: note} }
func never(note, code string) Tenancy { return Tenancy{Refused, note, code} }

// The delegations of subnets.
const (
	DelegationAKS           = "Microsoft.ContainerService/managedClusters"
	DelegationAppGW         = "Microsoft.ServiceNetworking/trafficControllers"
	DelegationPrivateAppGW  = "Microsoft.Network/applicationGateways"
	DelegationContainers    = "Microsoft.ContainerInstance/containerGroups"
	DelegationDNSResolver   = "Microsoft.Network/dnsResolvers"
	DelegationPostgreSQL    = "Microsoft.DBforPostgreSQL/flexibleServers"
	DelegationMySQL         = "Microsoft.DBforMySQL/flexibleServers"
	DelegationContainerApps = "Microsoft.App/environments"
	DelegationAppService    = "Microsoft.Web/serverFarms"
	DelegationNetApp        = "Microsoft.Netapp/volumes"
)

// subnetKinds holds the matrix, which is looked up for every subnet. Nobody changes it.
var subnetKinds = sync.OnceValue(func() []SubnetKind {
	return slices.Concat(platformSubnets(), gatewaySubnets(), clusterSubnets(), frontendSubnets(), serviceSubnets())
})

// SubnetKinds returns the matrix of subnet tenants.
func SubnetKinds() []SubnetKind { return slices.Clone(subnetKinds()) }

// SubnetKindByName returns the kind whose subnets must bear the name, compared without regard to case, as Azure does.
func SubnetKindByName(name string) (SubnetKind, bool) {
	return findKind(func(k *SubnetKind) bool { return k.Name != "" && strings.EqualFold(k.Name, name) })
}

// SubnetKindByDelegation returns the kind whose subnets are delegated to the service. Pod subnets carry the same
// delegation as API server subnets, but AKS sets it itself: for DelegationAKS the API server kind is returned.
func SubnetKindByDelegation(delegation string) (SubnetKind, bool) {
	return findKind(func(k *SubnetKind) bool {
		return k.Delegation != "" && strings.EqualFold(k.Delegation, delegation)
	})
}

// SubnetKindFor returns the kind that a purpose and a delegation of the spec mean together, and false if they mean
// none. Where they disagree, the purpose decides.
func SubnetKindFor(purpose SubnetPurpose, delegation string) (SubnetKind, bool) {
	delegated, ok := SubnetKindByDelegation(delegation)
	if ok && (purpose == "" || purpose == ForOther || delegated.For == purpose) {
		return delegated, true
	}
	return findKind(func(k *SubnetKind) bool { return k.For != "" && k.For == purpose })
}

// SubnetKindByID returns the kind with the given id, and false if there is none.
func SubnetKindByID(id string) (SubnetKind, bool) {
	return findKind(func(k *SubnetKind) bool { return k.ID == id })
}

func findKind(is func(*SubnetKind) bool) (SubnetKind, bool) {
	all := subnetKinds()
	for i := range all {
		if is(&all[i]) {
			return all[i], true
		}
	}
	return SubnetKind{}, false
}

// BarredRange is a range in which subnets of a kind do not work, from the first to the last address.
type BarredRange struct {
	Kind        string     `json:"kind"` // id of the kind
	First, Last netip.Addr `json:"-"`
	Source      Source     `json:"source"`
}

// BarredRanges returns the ranges that tenants of subnets reserve or do not support, beside those that Azure and AKS
// forbid everywhere.
func BarredRanges() []BarredRange {
	out := []BarredRange{{
		Kind: "dns-resolver", First: netip.AddrFrom4([4]byte{10, 0, 1}), Last: netip.AddrFrom4([4]byte{10, 0, 16, 255}),
		Source: at(PageDNSResolver, "2022-12-06"),
	}}
	for _, kind := range []string{"container-apps", "container-apps-consumption"} {
		// One run of addresses each, as the page names them: 100.100.0.0/17, and three /19 of the other half.
		for _, p := range []netip.Prefix{
			netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 100, 0}), 17),
			netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 100, 128}), 19),
			netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 100, 160}), 19),
			netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 100, 192}), 19),
		} {
			out = append(out, BarredRange{Kind: kind, First: p.Addr(), Last: lastOf(p), Source: srcContainerApps()})
		}
	}
	return out
}

// lastOf returns the last address of an IPv4 prefix.
func lastOf(p netip.Prefix) netip.Addr {
	a := p.Addr().As4()
	for bit := p.Bits(); bit < 32; bit++ {
		a[bit/8] |= 0x80 >> (bit % 8)
	}
	return netip.AddrFrom4(a)
}
