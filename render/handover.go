package render

import (
	"encoding/json"
	"fmt"

	"github.com/aksnet/aksnet/resource"
)

// handOverName and handOverText are the name and description of the output with the clusters' network settings.
const (
	handOverName = "clusters"
	handOverText = "Settings that each cluster needs to fit the network: " +
		"pass them to the template that creates the clusters."
)

// handOver returns the network profile, node pools and API server access profile of every cluster, with references to
// the subnets.
func handOver(g *resource.Graph) ([]any, error) {
	var out []any
	for _, c := range g.Clusters {
		data, err := json.Marshal(c.Body.Properties)
		if err != nil {
			return nil, fmt.Errorf("writing cluster %s: %w", c.Name, err)
		}
		v, err := decode(data)
		if err != nil {
			return nil, fmt.Errorf("reading cluster %s: %w", c.Name, err)
		}
		props := (&resolver{graph: g, node: &resource.Node{}}).resolve(v).(object)
		entry := object{{"name", c.Name}}
		if c.Scope.ResourceGroup != "" {
			entry = append(entry, member{"resourceGroup", c.Scope.ResourceGroup})
		}
		out = append(out, append(entry, props.without("kubernetesVersion", "dnsPrefix", "nodeResourceGroup")...))
	}
	return out, nil
}
