package report

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

// planSheet returns a plan for people: a section for every VNet, then the clusters, their node pools, and what could
// not be placed.
func planSheet(p *plan.Plan) sheet {
	var out sheet
	for _, v := range p.VNets {
		out = append(out, vnetSection(v))
	}
	if len(p.Clusters) > 0 {
		out = append(out, section{title: "Clusters", grids: []grid{clusterGrid(p.Clusters), rangeGrid(p.Clusters)}})
	}
	if pools := poolGrid(p.Clusters); len(pools.rows) > 0 {
		out = append(out, section{title: "Node pools", grids: []grid{pools}})
	}
	if len(p.Unplaced) > 0 {
		out = append(out, section{title: "Not placed", grids: []grid{unplacedGrid(p.Unplaced)}})
	}
	return out
}

func vnetSection(v *plan.VNet) section {
	s := section{title: "Virtual network " + Printable(v.Name)}
	if v.Existing {
		s.title += " (existing)"
	}
	s.add("address space", addressSpace(v))
	s.add("in subnets", inSubnets(v))
	s.add("free", shortList(v.FreePrefixes))
	s.add("peered with", Printable(strings.Join(v.Peerings, ", ")))
	s.add("location", Printable(v.Location))
	s.add("resource group", Printable(v.ResourceGroup))
	if len(v.Subnets) > 0 {
		s.grids = []grid{subnetGrid(v.Subnets)}
	}
	return s
}

func subnetGrid(subnets []*plan.Subnet) grid {
	g := grid{columns: []column{
		left("SUBNET"), left("PREFIX"), left("PURPOSE"), right("NEEDS"), right("USABLE"), right("HEADROOM"),
		left("NSG"), left("ROUTE TABLE"), left("NAT GATEWAY"),
	}}
	for _, s := range subnets {
		g.rows = append(g.rows, []cell{
			{text: Printable(s.Name)}, prefixCell(s), {text: purpose(s)},
			needsCell(s), number(s.Usable), headroomCell(s),
			{text: Printable(s.NetworkSecurityGroup)}, {text: Printable(s.RouteTable)}, {text: Printable(s.NATGateway)},
		})
	}
	return g.withoutEmpty()
}

// addressSpace returns the address prefixes of a network, or where Azure takes them from.
func addressSpace(v *plan.VNet) string {
	known := prefixes(v.AddressPrefixes, ", ")
	switch {
	case !v.InIPAMPool():
		return known
	case known != "":
		return known + " (" + fromPool(v, 0) + ")"
	}
	return fromPool(v, v.Addresses)
}

// fromPool says that addresses come from the IPAM pool of a network, and how many: "from pool weu, 1024 addresses".
func fromPool(v *plan.VNet, addresses int) string {
	text := "from pool " + Printable(v.PoolName())
	if addresses > 0 {
		text += ", " + english.Count(addresses, "address")
	}
	return text
}

// inSubnets says how many addresses of a network its subnets take.
func inSubnets(v *plan.VNet) string {
	if v.InIPAMPool() && v.Addresses == 0 {
		return english.Count(v.UsedAddresses, "address")
	}
	return fmt.Sprintf("%d of %d addresses", v.UsedAddresses, v.Addresses)
}

// prefixCell returns the prefixes of a subnet.
func prefixCell(s *plan.Subnet) cell {
	if s.IPAMPoolAddresses > 0 {
		return cell{text: fromPool(s.VNet, s.IPAMPoolAddresses)}
	}
	if len(s.AddressPrefixes) == 0 {
		return cell{text: "not placed", bad: true}
	}
	return cell{text: prefixes(s.AddressPrefixes, "\n")}
}

// needsCell returns the demand of a subnet; nothing where nothing is known to be needed.
func needsCell(s *plan.Subnet) cell {
	if !s.HasDemand() {
		return cell{}
	}
	return number(s.Demand.Total)
}

func headroomCell(s *plan.Subnet) cell {
	if !s.HasDemand() {
		return cell{}
	}
	return cell{text: strconv.Itoa(s.Headroom), bad: s.Headroom < 0}
}

func purpose(s *plan.Subnet) string {
	if s.Existing {
		return string(s.Purpose) + " (existing)"
	}
	return string(s.Purpose)
}

// clusterGrid returns the size of each cluster and how far it can grow.
func clusterGrid(clusters []*plan.Cluster) grid {
	g := grid{columns: []column{
		left("CLUSTER"), left("MODEL"), right("NODES"), right("SURGE"), right("PODS"),
		right("MAX NODES"), right("MAX PODS"), left("LIMITED BY"), left("EGRESS"),
	}}
	for _, c := range clusters {
		full := c.Nodes+c.SurgeNodes > c.Capacity.Nodes
		g.rows = append(g.rows, []cell{
			{text: Printable(c.Name)}, {text: model(c)}, number(c.Nodes), number(c.SurgeNodes), number(c.Pods),
			{
				text: strconv.Itoa(c.Capacity.NodesWithSurge),
				bad:  full,
			}, number(c.Capacity.PodsWithSurge), {text: c.Capacity.LimitedBy, bad: full},
			{text: egress(c)},
		})
	}
	return g
}

// rangeGrid returns the ranges of each cluster outside its subnets.
func rangeGrid(clusters []*plan.Cluster) grid {
	g := grid{columns: []column{
		left("CLUSTER"), left("VNET"), left("POD CIDR"), left("SERVICE CIDR"), left("DNS SERVICE IP"), left("POLICY"),
	}}
	for _, c := range clusters {
		g.rows = append(g.rows, []cell{
			{text: Printable(c.Name)}, {text: Printable(c.VNetName)},
			{text: prefixes(c.PodCIDRs, "\n")}, {text: prefixes(c.ServiceCIDRs, "\n")},
			{text: address(c.DNSServiceIP)}, {text: string(c.NetworkPolicy)},
		})
	}
	return g.withoutEmpty()
}

func poolGrid(clusters []*plan.Cluster) grid {
	g := grid{more: 1, columns: []column{
		left("CLUSTER"), left("POOL"), left("MODE"), left("OS"), right("NODES"), right("SURGE"), right("MAX PODS"),
		right("ADDRESSES"), left("NODE SUBNET"), left("POD SUBNET"),
	}}
	for _, c := range clusters {
		for _, p := range c.Pools() {
			g.rows = append(g.rows, []cell{
				{text: Printable(c.Name)}, {text: Printable(p.Name)}, {text: string(p.Mode)}, {text: string(p.OSType)},
				number(p.Nodes), number(p.SurgeNodes), number(p.MaxPods), number(p.Addresses),
				{text: Printable(p.NodeSubnetName)}, {text: Printable(p.PodSubnetName)},
			})
		}
	}
	return g.withoutEmpty()
}

func unplacedGrid(unplaced []plan.Unplaced) grid {
	g := grid{columns: []column{left("NAME"), left("FOR"), right("ADDRESSES"), left("SIZE"), left("REASON")}}
	for _, u := range unplaced {
		size := ""
		if u.PrefixLength > 0 {
			size = "/" + strconv.Itoa(u.PrefixLength)
		}
		g.rows = append(g.rows, []cell{
			{text: Printable(u.Name), bad: true}, {text: Printable(u.For)}, number(u.Addresses), {text: size},
			{text: Printable(u.Reason)},
		})
	}
	return g
}

func model(c *plan.Cluster) string {
	if c.NetworkDataplane == aks.DataplaneCilium {
		return string(c.Model) + ", cilium"
	}
	return string(c.Model)
}

func egress(c *plan.Cluster) string {
	e, text := c.Egress, string(c.OutboundType)
	if e.OutboundIPs == 0 {
		return text
	}
	text += fmt.Sprintf(", %d IP", e.OutboundIPs)
	if e.OutboundIPs > 1 {
		text += "s"
	}
	if e.PortsPerNode > 0 {
		return text + fmt.Sprintf(", %d ports/node", e.PortsPerNode)
	}
	return text + fmt.Sprintf(", %d ports", e.PortsAvailable)
}

func number(n int) cell { return cell{text: strconv.Itoa(n)} }

func address(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

func prefixes(list []netip.Prefix, between string) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = p.String()
	}
	return strings.Join(words, between)
}

// mostFree is the maximum number of free blocks in a table; -o json lists all.
const mostFree = 4

func shortList(list []netip.Prefix) string {
	if len(list) <= mostFree {
		return prefixes(list, ", ")
	}
	return fmt.Sprintf("%s, and %d more", prefixes(list[:mostFree], ", "), len(list)-mostFree)
}
