package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// EndpointKind is what the destination of an endpoint is.
type EndpointKind string

// The kinds of destinations.
const (
	EndpointFQDN    EndpointKind = "fqdn"       // a name, which may start with a wildcard
	EndpointTag     EndpointKind = "serviceTag" // a service tag of Azure
	EndpointAddress EndpointKind = "address"    // an address, or in angle brackets one that only Azure knows
)

// The protocols of names. Other endpoints have aks.ProtocolTCP or aks.ProtocolUDP.
const (
	HTTP  = "HTTP"
	HTTPS = "HTTPS"
)

// Endpoint is a destination outside its network that a cluster must reach.
type Endpoint struct {
	// ID is the id of the row of aks.NetworkRules; empty for a name that a web filter can let through.
	ID          string       `json:"id,omitempty"`
	Destination string       `json:"destination"`
	Kind        EndpointKind `json:"kind"`
	Protocol    string       `json:"protocol"`
	Port        int          `json:"port"`
	// Required is false for what the cluster works without, or needs in the case that Why names.
	Required bool `json:"required"`
	// AddOns are the add-ons that need it; none when the cluster itself does.
	AddOns []aks.AddOn `json:"addOns"`
	Why    string      `json:"why"`
	Source aks.Source  `json:"source"`
}

// Cloud returns the cloud of a cluster, by its region.
func (c *Cluster) Cloud() aks.Cloud { return aks.CloudOfRegion(c.region()) }

// region returns the region of the cluster, or that of its network where the spec gives only this one: they are the
// same.
func (c *Cluster) region() string {
	if c.Location == "" && c.vnet != nil {
		return aks.RegionName(c.vnet.Location)
	}
	return aks.RegionName(c.Location)
}

// Endpoints returns what a cluster must reach outside its network: for itself, for its add-ons and for the operating
// systems of its nodes. The name of its region stands in names, <location> where the spec gives no region. A cluster
// whose API server is private does without the names of API servers, one whose artifacts come from a cache without
// Microsoft's registry, and a network isolated one needs only what its add-ons need. An empty cloud means the one of
// the cluster's region.
// [aks.PageEgressRules], [aks.PageIsolatedClusters] (read 2026-11-29)
func (c *Cluster) Endpoints(cloud aks.Cloud) (out []Endpoint) {
	cloud = cmp.Or(cloud, c.Cloud())
	addOns := c.endpointAddOns()
	for _, r := range aks.NetworkRules(cloud) {
		needed := r.AddOn == aks.AddOnNone && !c.Isolated() || slices.Contains(addOns, r.AddOn) ||
			r.Destination == aks.OwnDNSServers
		if needed && !(r.NotPrivate && c.PrivateAPIServer()) {
			out = append(out, c.networkEndpoints(r)...)
		}
	}
	for _, r := range aks.FQDNRules(cloud, addOns...) {
		if !c.without(r) {
			out = appendEndpoint(out, Endpoint{
				Destination: c.inRegion(r.FQDN), Kind: EndpointFQDN, Protocol: webProtocol(r.Port), Port: r.Port,
				Required: !r.Optional, AddOns: addOnList(r.AddOn), Why: r.Why, Source: r.Source,
			})
		}
	}
	return out
}

// endpointAddOns returns the add-ons of the spec, and what the nodes of the cluster need of the same kind.
func (c *Cluster) endpointAddOns() []aks.AddOn {
	out := slices.Clone(c.Spec.AddOns)
	for _, p := range c.NodePools {
		switch {
		case p.OSType == aks.Windows:
			out = append(out, aks.AddOnWindows)
		case p.Spec.OSSKU.Ubuntu() && !c.Isolated():
			out = append(out, aks.AddOnUbuntuUpdates)
		}
		if aks.GPUSize(p.Spec.VMSize) {
			out = append(out, aks.AddOnGPU)
		}
	}
	if c.Spec.NodeProvisioningMode == aks.ProvisioningAuto && !c.Isolated() {
		out = append(out, aks.AddOnUbuntuUpdates) // the default image of the nodes that it makes
	}
	for _, ingress := range c.Spec.Ingress {
		if ingress == aks.IngressAppRoutingNginx || ingress == aks.IngressAppRoutingGatewayAPI {
			out = append(out, aks.AddOnAppRouting)
		}
	}
	return out
}

// Isolated reports whether the nodes of the cluster have no way to the Internet.
func (c *Cluster) Isolated() bool {
	return c.OutboundType == aks.OutboundNone || c.OutboundType == aks.OutboundBlock
}

// without reports whether the cluster does without a name.
func (c *Cluster) without(r aks.FQDNRule) bool {
	return r.NotPrivate && c.PrivateAPIServer() ||
		r.Cached && c.Spec.BootstrapProfile.ArtifactSource == aks.ArtifactsCache ||
		r.AddOn == aks.AddOnNone && c.Isolated()
}

// networkEndpoints returns the endpoints of a network rule: one for each DNS server, else one.
func (c *Cluster) networkEndpoints(r aks.NetworkRule) (out []Endpoint) {
	e := Endpoint{
		ID: r.ID, Destination: c.inRegion(r.Destination), Kind: kindOfDestination(r.Destination),
		Protocol: strings.ToUpper(r.Protocol), Port: r.Port,
		Required: !r.Optional, AddOns: addOnList(r.AddOn), Why: r.When, Source: r.Source,
	}
	if r.Destination != aks.OwnDNSServers {
		return []Endpoint{e}
	}
	for _, server := range c.Ranges(aks.EndDNS) {
		e.Destination = server.Addr().String()
		out = append(out, e)
	}
	return out
}

func kindOfDestination(destination string) EndpointKind {
	switch {
	case strings.HasPrefix(destination, "<"):
		return EndpointAddress
	case strings.HasPrefix(destination, aks.TagCloud), !strings.Contains(destination, "."):
		return EndpointTag
	}
	return EndpointFQDN
}

// inRegion puts the region of the cluster into a destination.
func (c *Cluster) inRegion(destination string) string {
	if c.region() == "" {
		return destination
	}
	return strings.ReplaceAll(destination, aks.RegionMark, c.region())
}

func webProtocol(port int) string {
	if port == aks.PortHTTP {
		return HTTP
	}
	return HTTPS
}

func addOnList(a aks.AddOn) []aks.AddOn {
	if a == aks.AddOnNone {
		return []aks.AddOn{}
	}
	return []aks.AddOn{a}
}

// appendEndpoint appends an endpoint to a list that has each name and port once. What the cluster itself needs is not
// listed again for an add-on, and what one add-on requires is required.
func appendEndpoint(list []Endpoint, e Endpoint) []Endpoint {
	for i := range list {
		have := &list[i]
		if have.ID != "" || have.Destination != e.Destination || have.Port != e.Port {
			continue
		}
		if len(have.AddOns) > 0 {
			have.AddOns = appendNew(have.AddOns, e.AddOns)
			have.Required = have.Required || e.Required
		}
		return list
	}
	return append(list, e)
}
