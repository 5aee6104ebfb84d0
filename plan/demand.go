package plan

import (
	"math/bits"

	"github.com/aksnet/aksnet/aks"
)

// addressesPerNode is how many addresses of the virtual network one node of the pool takes, its pods included.
func (p *NodePool) addressesPerNode() int {
	return p.nodeAddresses() + p.podAddresses()
}

// nodeAddresses is how many addresses of its node subnet one node takes.
// https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning (read 2026-11-22)
func (p *NodePool) nodeAddresses() int {
	if p.Cluster.Model == aks.NodeSubnet {
		return 1 + p.MaxPods
	}
	return 1
}

// podAddresses is how many addresses of its pod subnet one node takes: zero for models without one.
func (p *NodePool) podAddresses() int {
	if p.Cluster.Model != aks.PodSubnet {
		return 0
	}
	return p.PodSubnetAddresses()
}

// PodSubnetAddresses is how many addresses one node of the pool takes of a pod subnet, whether or not its model has one: whole
// blocks or batches, as its allocation mode says.
func (p *NodePool) PodSubnetAddresses() int {
	if p.Cluster.Spec.AllocationMode(p.Spec) == aks.StaticBlock {
		return StaticBlocks(p.MaxPods) * aks.StaticBlockAddresses
	}
	return DynamicAddresses(p.MaxPods)
}

// StaticBlocks is how many /28 blocks a node takes that runs maxPods pods: one address is the node's own.
// https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation (read 2026-11-22)
func StaticBlocks(maxPods int) int {
	block := size(aks.StaticBlockBits)
	return (maxPods + 1 + block - 1) / block
}

// DynamicAddresses is how many addresses a node that runs maxPods pods holds: batches of 16, at least 8 of them spare, and no
// batch after the one that reaches the scaler's greatest number.
// https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation (read 2026-11-22)
func DynamicAddresses(maxPods int) int {
	batches := (maxPods + aks.DynamicSpare + aks.DynamicBatch - 1) / aks.DynamicBatch
	most := (aks.DynamicMaxIPs + aks.DynamicBatch - 1) / aks.DynamicBatch
	return max(1, min(batches, most)) * aks.DynamicBatch
}

// addNodes adds the nodes of a pool, and under node-subnet their pods.
func (s *Subnet) addNodes(p *NodePool) {
	s.Users = append(s.Users, p)
	s.Demand.Nodes += p.Nodes
	s.Demand.Surge += p.SurgeNodes
	pods := p.nodeAddresses() - 1
	s.Demand.Pods += (p.Nodes + p.SurgeNodes) * pods
	s.Moments.addPool(p, p.nodeAddresses())
}

// addPods adds the pods of a pool to their pod subnet.
func (s *Subnet) addPods(p *NodePool) {
	s.Users = append(s.Users, p)
	s.Demand.Pods += (p.Nodes + p.SurgeNodes) * p.podAddresses()
	s.Moments.addPool(p, p.podAddresses())
}

func (m *Moments) addPool(p *NodePool, each int) {
	m.Create += p.CreateNodes * each
	m.Steady += p.Nodes * each
	m.Upgrade += (p.Nodes + p.SurgeNodes) * each
}

// add adds what is there at all moments.
func (m *Moments) add(n int) {
	m.Create += n
	m.Steady += n
	m.Upgrade += n
}

// close adds what Azure keeps. Static blocks lose the rest of the two blocks in which the first four and the last address lie.
func (s *Subnet) close() {
	s.Demand.Reserved = aks.ReservedPerSubnet
	if s.StaticBlocks {
		broken := 2*size(aks.StaticBlockBits) - aks.ReservedPerSubnet
		s.Demand.Other += broken
		s.Moments.add(broken)
	}
	s.Moments.add(s.Demand.Reserved)
	_, copied := s.largestPool()
	s.Moments.Replace = s.Moments.Steady + copied
	d := &s.Demand
	d.Total = d.Nodes + d.Surge + d.Pods + d.InternalLoadBalancers + d.PrivateEndpoints + d.Other + d.Reserved
}

// largestPool is the pool that takes the most addresses of the subnet without surge, and how many; nil for a subnet without pools.
// https://learn.microsoft.com/azure/aks/create-node-pools (read 2026-11-22)
func (s *Subnet) largestPool() (largest *NodePool, addresses int) {
	for _, p := range s.Users {
		each := p.nodeAddresses()
		if s.Purpose == Pods {
			each = p.podAddresses()
		}
		if n := p.Nodes * each; largest == nil || n > addresses {
			largest, addresses = p, n
		}
	}
	return largest, addresses
}

// BitsFor is the prefix length of the smallest subnet with so many addresses, the reserved ones included.
func BitsFor(addresses int) int {
	host := bits.Len(uint(max(addresses, 1) - 1))
	return min(aks.SmallestSubnetBits, 32-host)
}
