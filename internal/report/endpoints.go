package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// Plain is the format of one name on each line, for reports that have it.
const Plain = "plain"

// endpointReport is the JSON of aksnet egress --fqdns.
type endpointReport struct {
	APIVersion string             `json:"apiVersion"`
	Kind       string             `json:"kind"`
	Clusters   []clusterEndpoints `json:"clusters"`
}

// clusterEndpoints is what one cluster must reach. FQDNs is the names of Endpoints, sorted.
type clusterEndpoints struct {
	Cluster   string          `json:"cluster"`
	Cloud     aks.Cloud       `json:"cloud"`
	Location  string          `json:"location"`
	FQDNs     []string        `json:"fqdns"`
	Endpoints []plan.Endpoint `json:"endpoints"`
}

// Endpoints returns the report on what clusters must reach outside their networks. An empty cloud means the one of each
// cluster's region.
func Endpoints(clusters []*plan.Cluster, cloud aks.Cloud) Report {
	r := endpointReport{APIVersion: plan.APIVersion, Kind: "Endpoints", Clusters: []clusterEndpoints{}}
	var out sheet
	var names []string
	for _, c := range clusters {
		e := clusterEndpoints{
			Cluster: c.Name, Cloud: cloud, Location: c.Location, FQDNs: []string{}, Endpoints: c.Endpoints(cloud),
		}
		if cloud == "" {
			e.Cloud = c.Cloud()
		}
		if e.Endpoints == nil {
			e.Endpoints = []plan.Endpoint{}
		}
		e.FQDNs = append(e.FQDNs, sortedNames(e.Endpoints)...)
		r.Clusters, out, names = append(r.Clusters, e), append(out, e.section()), append(names, e.FQDNs...)
	}
	if len(clusters) == 0 {
		out = noClusters()
	}
	return Report{value: r, sheet: out, plain: sortedSet(names)}
}

func sortedNames(endpoints []plan.Endpoint) (names []string) {
	for _, e := range endpoints {
		if e.Kind == plan.EndpointFQDN {
			names = append(names, e.Destination)
		}
	}
	return sortedSet(names)
}

func sortedSet(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func (e clusterEndpoints) section() section {
	s := section{title: fmt.Sprintf("Cluster %s, cloud %s", Printable(e.Cluster), e.Cloud)}
	g := grid{columns: []column{
		left("DESTINATION"), left("PROTOCOL"), right("PORT"), left("REQUIRED"), left("FOR"), left("WHY"), left("SOURCE"),
	}}
	for _, p := range e.Endpoints {
		required := map[bool]string{true: "yes", false: "no"}[p.Required]
		g.rows = append(g.rows, append(row(p.Destination, p.Protocol, strconv.Itoa(p.Port), required, neededBy(p), p.Why),
			sourceCell(p.Source)))
	}
	if len(g.rows) == 0 {
		s.add("endpoints", "none outside the network")
		return s
	}
	s.grids = []grid{g}
	return s
}

// neededBy returns the add-ons that need an endpoint, or cluster for the cluster itself.
func neededBy(p plan.Endpoint) string {
	if len(p.AddOns) == 0 {
		return "cluster"
	}
	return words(p.AddOns)
}
