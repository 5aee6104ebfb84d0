package plan

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// maxSavedPlan is how many bytes a saved plan may have. A plan of ten thousand clusters has about thirty million.
const maxSavedPlan = 256 << 20

// Read reads a plan that was written as JSON. The result has no Spec, neither as a whole nor in its parts: a plan says
// what was decided, not what was asked for. Keys that this version does not know are passed over, so that older tools
// read newer plans.
func Read(r io.Reader) (*Plan, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSavedPlan+1))
	if err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	if len(data) > maxSavedPlan {
		return nil, fmt.Errorf("reading the plan: it has more than %d bytes", maxSavedPlan)
	}
	p := &Plan{}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	if p.Kind != Kind || p.APIVersion != APIVersion {
		return nil, fmt.Errorf("reading the plan: it is %q of %q, this version of aksnet reads %q of %q", p.Kind,
			p.APIVersion, Kind, APIVersion)
	}
	if err := p.join(); err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	return p, nil
}

// Saved reports whether data looks like a plan that was written as JSON, and not like a spec.
func Saved(data []byte) bool {
	var head struct {
		Kind string `json:"kind"`
	}
	return json.Unmarshal(data, &head) == nil && head.Kind == Kind
}

// join sets what a saved plan says by name: networks of subnets and clusters, clusters and subnets of pools.
func (p *Plan) join() error {
	networks := map[string]*VNet{}
	subnets := map[subnetKey]*Subnet{}
	for i, v := range p.VNets {
		if v == nil {
			return fmt.Errorf("vnets[%d] is null", i)
		}
		v.Path = fmt.Sprintf("vnets[%d]", i)
		networks[strings.ToLower(v.Name)] = v
		for j, s := range v.Subnets {
			if s == nil {
				return fmt.Errorf("%s.subnets[%d] is null", v.Path, j)
			}
			s.VNet, s.Path = v, fmt.Sprintf("%s.subnets[%d]", v.Path, j)
			subnets[subnetKey{v, strings.ToLower(s.Name)}] = s
		}
	}
	for i, c := range p.Clusters {
		if c == nil {
			return fmt.Errorf("clusters[%d] is null", i)
		}
		c.Path = fmt.Sprintf("clusters[%d]", i)
		c.vnet = networks[strings.ToLower(c.VNetName)]
		for j, pool := range c.NodePools {
			if pool == nil {
				return fmt.Errorf("%s.nodePools[%d] is null", c.Path, j)
			}
			pool.join(c, fmt.Sprintf("%s.nodePools[%d]", c.Path, j), subnets)
		}
		for j, pool := range c.ManagedNodePools {
			if pool == nil {
				return fmt.Errorf("%s.managedNodePools[%d] is null", c.Path, j)
			}
			pool.join(c, c.Path, subnets)
		}
	}
	return nil
}

// join sets what a saved pool says by name.
func (p *NodePool) join(c *Cluster, path string, subnets map[subnetKey]*Subnet) {
	p.Cluster, p.Path = c, path
	p.nodeSubnet = subnets[subnetKey{c.vnet, strings.ToLower(p.NodeSubnetName)}]
	p.podSubnet = subnets[subnetKey{c.vnet, strings.ToLower(p.PodSubnetName)}]
}
