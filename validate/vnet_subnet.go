package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var subnetSize = &Rule{
	ID: "VNET011", Title: "subnet size not supported by Azure", Severity: Error,
	Explanation: english.Text("The smallest IPv4 subnet is a /%v, which has three usable addresses. An IPv6 "+
		"subnet must be exactly a /%v.", aks.SmallestSubnetBits, aks.SubnetBits6),
	Fix: english.Text("use a /%v or larger, and a /%v for IPv6", aks.SmallestSubnetBits,
		aks.SubnetBits6), Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSubnetSize,
}

var specialSmall = &Rule{
	ID: "VNET012", Title: "subnet is smaller than its service allows", Severity: Error, Also: []Severity{Note},
	Explanation: "Azure Firewall, Bastion, gateways, the API server of AKS and other services require " +
		"subnets of a minimum size and reject smaller ones. Where older and newer pages differ, the newer and " +
		"larger size applies: /26 for Bastion. An existing subnet of Bastion's former size is a note.",
	Fix: "use a larger range", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSpecialSmall,
}

var specialExact = &Rule{
	ID: "VNET013", Title: "subnet does not have the required size", Severity: Error,
	Explanation: "Application Gateway for Containers requires exactly a /24 when it serves an overlay " +
		"cluster. AKS has checked the subnet of its add-on since 2026-01-04.",
	Fix: "set prefixLength to the size in the message", Source: aks.PageAGC, Since: "v0.1.0",
	Check: checkSpecialExact,
}

var delegationMissing = &Rule{
	ID: "VNET014", Title: "subnet lacks the required delegation", Severity: Error, Also: []Severity{Warning},
	Explanation: "Application Gateway for Containers, virtual nodes and DNS resolvers require subnets " +
		"that are delegated to them. The rule identifies these subnets by purpose. The add-on of virtual nodes " +
		"delegates its subnet itself, and Azure then refuses to deploy the subnet without the delegation: a warning.",
	Fix: "add the delegation", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkDelegationMissing,
}

var attachmentRefused = &Rule{
	ID: "VNET015", Title: "subnet has an attachment that its service does not support", Severity: Error,
	Explanation: "Some subnets do not support a network security group, route table or NAT gateway: no " +
		"security group on AzureFirewallSubnet, GatewaySubnet and RouteServerSubnet, no NAT gateway on " +
		"GatewaySubnet, and no route table on AzureBastionSubnet and on the subnet of virtual nodes. aksnet models " +
		"shows what each kind of subnet supports.",
	Fix: "remove the attachment from the subnet", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkAttachmentRefused,
}

var severalPrefixes = &Rule{
	ID: "VNET036", Title: "subnet of nodes or pods has several ranges", Severity: Error,
	Explanation: "A subnet may have several IPv4 ranges, but AKS does not support it for subnets of nodes, pods or API " +
		"servers. Dual-stack adds one IPv6 range, which is fine.",
	Fix: "set addressPrefix to one range that is large enough", Source: aks.PageErrorCodes, Since: "v0.1.0",
	Check: checkSeveralPrefixes,
}

func checkSeveralPrefixes(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		var four []netip.Prefix
		for _, prefix := range s.AddressPrefixes {
			if prefix.Addr().Is4() {
				four = append(four, prefix)
			}
		}
		if s.Spec == nil || len(four) < 2 || len(s.Clusters) == 0 || s.Purpose == plan.Other {
			return
		}
		p.Report(Finding{
			Path:  s.Path + ".addressPrefixes",
			atKey: true,
			Message: fmt.Sprintf("subnet %q of cluster %q has %d IPv4 ranges; AKS supports one", s.Name, s.Clusters[0],
				len(four)),
			AzureError: &AzureError{Code: aks.CodeMultipleAddressPrefixesSubnetNotSupported},
		})
	})
}

var nodesDelegated = &Rule{
	ID: "VNET016", Title: "node subnet is delegated", Severity: Error,
	Explanation: "AKS rejects a delegated subnet for nodes. A troubleshooting page advises delegating it " +
		"to Microsoft.ContainerService/managedClusters; that applies only to pod subnets, where AKS does it " +
		"itself, and to API server subnets.",
	Fix: "remove the delegation, or use another subnet for the nodes", Since: "v0.1.0",
	Source: aks.PageErrorSubnetIsDelegated,
	Check:  checkNodesDelegated,
}

var nodesInDedicated = &Rule{
	ID: "VNET017", Title: "nodes or pods in a subnet reserved for another service", Severity: Error,
	Explanation: "Gateways, firewalls, Bastion and other services need dedicated subnets. AKS rejects a " +
		"subnet that another service uses. Nodes may share a subnet with private endpoints and machines; pods and API " +
		"servers, whose subnets are delegated to AKS, may not.",
	Fix: "give the cluster its own subnet", Since: "v0.1.0",
	Source: aks.PageErrorSubnetInUse,
	Check:  checkNodesInDedicated,
}

var subnetReference = &Rule{
	ID: "VNET018", Title: "subnet refers to a resource that is not in the spec", Severity: Error,
	Explanation: "routeTable, networkSecurityGroup and natGateway name a resource of the spec, or any " +
		"resource by its id.",
	Fix: "use a name that the spec defines, or a resource id", Source: docsSpec, Since: "v0.1.0",
	Check: checkSubnetReference,
}

var podSubnetLarge = &Rule{
	ID: "VNET019", Title: "pod subnet is larger than AKS can use", Severity: Note,
	Explanation: english.Text("With dynamic allocation at most %v addresses of a network can be in use, so a "+
		"pod subnet larger than a /%v has no benefit. With static blocks the limit is a /%v.",
		aks.AddressesPerVNet, aks.LargestDynamicSubnetBits, aks.LargestStaticSubnetBits),
	Fix: "use a smaller range", Source: aks.PageStaticBlocks, Since: "v0.1.0",
	Check: checkPodSubnetLarge,
}

var sizedTwice = &Rule{
	ID: "VNET020", Title: "conflicting settings for a size", Severity: Error,
	Explanation: "A subnet's size comes from addressPrefix, prefixLength or addresses, and a network's from " +
		"addressPrefixes or prefixLength. If the spec sets two of them, they must agree.",
	Fix: "keep only one of them", Source: docsSpec, Since: "v0.1.0",
	Check: checkSizedTwice,
}

func checkSubnetSize(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		if s.IPAMPoolAddresses > 0 && s.IPAMPoolAddresses < ipam.PrefixSize(aks.SmallestSubnetBits) {
			bits, _ := s.PrefixLength()
			f := p.Reportf(p.prefixPath(s), "subnet %q is a /%d; the smallest subnet in Azure is a /%d", s.Name, bits,
				aks.SmallestSubnetBits)
			p.putLarger(f, s, aks.SmallestSubnetBits)
		}
		for _, prefix := range s.AddressPrefixes {
			path := p.prefixPath(s)
			if prefix.Addr().Is6() {
				path = p.pathOf(s, prefix)
			}
			switch {
			case prefix.Addr().Is6() && prefix.Bits() != aks.SubnetBits6:
				f := p.Reportf(path, "IPv6 subnet %q is a /%d; Azure supports only /%d", s.Name, prefix.Bits(),
					aks.SubnetBits6)
				f.Edit = set(fmt.Sprintf("%q", netip.PrefixFrom(prefix.Addr(), aks.SubnetBits6).Masked()))
			case prefix.Addr().Is4() && prefix.Bits() > aks.SmallestSubnetBits:
				f := p.Reportf(path, "subnet %q is a /%d; the smallest subnet in Azure is a /%d", s.Name, prefix.Bits(),
					aks.SmallestSubnetBits)
				p.putLarger(f, s, aks.SmallestSubnetBits)
			}
		}
	})
}

func checkSpecialSmall(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		bits, known := s.PrefixLength()
		if kind.MinBits == 0 || !known || bits <= kind.MinBits {
			return
		}
		if s.Existing && bits <= kind.FormerMinBits {
			p.Report(Finding{
				Path: p.prefixPath(s),
				Message: fmt.Sprintf("existing subnet %q for %s is a /%d; what is in it stays, but anything new needs "+
					"a /%d or larger", s.Name, kind.Purpose, bits, kind.MinBits),
				Severity: Note,
				Source:   kind.Source.URL,
			})
			return
		}
		f := p.Reportf(p.prefixPath(s), "subnet %q for %s is a /%d; it must be a /%d or larger", s.Name, kind.Purpose,
			bits, kind.MinBits)
		f.Source = kind.Source.URL
		p.putLarger(f, s, kind.MinBits)
	})
}

func checkSpecialExact(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		bits, known := s.PrefixLength()
		if kind.ExactBits == 0 || !known || bits == kind.ExactBits {
			return
		}
		if kind.ExactForModel != "" && !p.hasModel(s.VNet, kind.ExactForModel) {
			return
		}
		f := p.Reportf(p.prefixPath(s), "subnet %q for %s is a /%d; with an %[5]s cluster it must be exactly a /%[4]d",
			s.Name, kind.Purpose, bits, kind.ExactBits, kind.ExactForModel)
		f.Source = kind.Source.URL
		p.putLarger(f, s, kind.ExactBits)
	})
}

func checkDelegationMissing(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		if kind.Delegated.Answer != aks.Needed || s.Spec == nil || s.Purpose == plan.APIServer ||
			slices.ContainsFunc(s.Delegations, func(d string) bool {
				return strings.EqualFold(d, kind.Delegation)
			}) {
			return
		}
		if f := delegationFinding(s, kind); f.Severity != Warning || !s.Existing {
			p.Report(f)
		}
	})
}

// delegationFinding describes a subnet that lacks the delegation of its kind: a warning if its tenant adds it.
func delegationFinding(s *plan.Subnet, kind aks.SubnetKind) Finding {
	f := Finding{Path: s.Path + ".delegation", Edit: set(kind.Delegation), Source: kind.Source.URL}
	switch {
	case len(s.Delegations) > 0:
		f.Message = fmt.Sprintf("subnet %q for %s is delegated to %s; it must be delegated to %s", s.Name, kind.Purpose,
			s.Delegations[0], kind.Delegation)
	case kind.For == aks.ForVirtualNodes:
		f.Severity = Warning
		f.Message = fmt.Sprintf("subnet %q for %s is not delegated; the add-on delegates it to %s, and the next "+
			"deployment of the subnet without the delegation fails", s.Name, kind.Purpose, kind.Delegation)
	default:
		f.Message = fmt.Sprintf("subnet %q for %s is not delegated; it must be delegated to %s", s.Name, kind.Purpose,
			kind.Delegation)
	}
	return f
}

func checkAttachmentRefused(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		for _, a := range []struct {
			has  string
			cell aks.Tenancy
			key  string
			what string
		}{
			{s.NetworkSecurityGroup, kind.NSG, "networkSecurityGroup", "network security group"},
			{s.RouteTable, kind.RouteTable, "routeTable", "route table"},
			{s.NATGateway, kind.NAT, "natGateway", "NAT gateway"},
		} {
			path := s.Path + "." + a.key
			if a.has == "" || !a.cell.Refuses() || !p.Spec.Has(path) {
				continue
			}
			f := p.Reportf(path, "subnet %q for %s does not support a %s", s.Name, kind.Purpose, a.what)
			f.Edit, f.Source = Edit{Remove: true}, kind.Source.URL
			if a.cell.Code != "" {
				f.AzureError = &AzureError{Code: a.cell.Code}
			}
		}
	})
}

func checkNodesDelegated(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		if len(s.Delegations) == 0 || s.Purpose != plan.Nodes && s.Purpose != plan.NodesPods {
			return
		}
		path, edit := s.Path+".delegation", Edit{Remove: true}
		if s.Spec == nil { // the plan delegates it because it is also a pod subnet
			path, edit = s.Path, Edit{}
		}
		f := p.Reportf(path, "subnet %q has nodes but is delegated to %s", s.Name, s.Delegations[0])
		f.Edit = edit
		f.AzureError = &AzureError{Code: aks.CodeSubnetIsDelegated}
	})
}

func checkNodesInDedicated(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		checkMachinesInDelegated(p, s)
		if len(s.Pools()) == 0 {
			return
		}
		kind, ok := tenantOf(s)
		if !ok || !kind.Sharing.Refuses() || kind.Delegation == aks.DelegationAKS {
			return
		}
		f := p.Reportf(nearest(p, s.Path+".name", s.Path), "subnet %q is reserved for %s, but cluster %q uses it",
			s.Name, kind.Purpose, s.Pools()[0].Cluster.Name)
		f.AzureError = &AzureError{Code: aks.CodeSubnetWithExternalResourcesCannotBeUsedByOtherResources}
	})
}

// checkMachinesInDelegated reports private endpoints and machines in a subnet that AKS has for pods or API servers.
func checkMachinesInDelegated(p *Pass, s *plan.Subnet) {
	kind, ok := tenantOf(s)
	if !ok || kind.For != aks.ForPrivateEndpoints && kind.For != aks.ForVirtualMachines {
		return
	}
	for _, c := range p.Plan.Clusters {
		if what := delegatedUse(c, s); what != "" {
			p.Reportf(nearest(p, s.Path+".name", s.Path), "subnet %q is for %s, which cannot share it with %s of cluster %q",
				s.Name, kind.Purpose, what, c.Name)
			return
		}
	}
}

// delegatedUse returns what of a cluster has a subnet that is delegated to AKS, or nothing.
func delegatedUse(c *plan.Cluster, s *plan.Subnet) string {
	pods := func(pool *plan.NodePool) bool { return pool.PodSubnet() == s && pool.NodeSubnet() != s }
	switch {
	case c.APIServerSubnet == s:
		return "the API server"
	case slices.ContainsFunc(c.NodePools, pods):
		return "the pods"
	}
	return ""
}

func checkSubnetReference(p *Pass) {
	p.eachAttachment(func(s *plan.Subnet, a attachment) {
		if a.index >= 0 || isResourceID(a.value) {
			return
		}
		f := p.Reportf(s.Path+"."+a.key, "%s %q is not in the spec", a.what, a.value)
		if near := spec.Nearest(a.value, a.names()); near != "" {
			f.Edit = set(near)
		}
	})
}

func checkPodSubnetLarge(p *Pass) {
	p.eachSubnet(func(s *plan.Subnet) {
		bits := aks.LargestDynamicSubnetBits
		if s.Terms().StaticBlocks() {
			bits = aks.LargestStaticSubnetBits
		}
		if s.Purpose == plan.Pods && s.Pinned() && s.AddressPrefix.IsValid() && s.AddressPrefix.Bits() < bits {
			f := p.Reportf(p.prefixPath(s), "pod subnet %q is a /%d; AKS can use at most a /%d", s.Name,
				s.AddressPrefix.Bits(), bits)
			if p.Spec.Has(f.Path) && s.Demand.Total <= ipam.PrefixSize(bits) {
				f.Edit = set(netip.PrefixFrom(s.AddressPrefix.Addr(), bits))
			}
		}
	})
}

// checkVNetSizedTwice reports a network with a size beside its address prefixes that none of them has.
func (p *Pass) checkVNetSizedTwice(v *plan.VNet) {
	if v.Spec == nil || v.Spec.PrefixLength == 0 || len(v.Spec.AddressPrefixes) == 0 {
		return
	}
	if !slices.ContainsFunc(v.Spec.AddressPrefixes, func(own netip.Prefix) bool {
		return own.IsValid() && own.Addr().Is4() && own.Bits() == v.Spec.PrefixLength
	}) {
		p.Report(Finding{
			Path: v.Path + ".prefixLength",
			Message: fmt.Sprintf("network %q has prefixLength %d but addressPrefixes %s", v.Name, v.Spec.PrefixLength,
				flowList(v.Spec.AddressPrefixes)),
			Advice: "remove prefixLength, or remove addressPrefixes to have the plan place the network",
		})
	}
}

func checkSizedTwice(p *Pass) {
	for _, v := range p.Plan.VNets {
		p.checkVNetSizedTwice(v)
	}
	p.eachSubnet(func(s *plan.Subnet) {
		if s.Spec == nil || s.Spec.PrefixLength == 0 || !s.Spec.AddressPrefix.IsValid() {
			return
		}
		if s.Spec.PrefixLength != s.Spec.AddressPrefix.Bits() {
			p.Report(Finding{
				Path: s.Path + ".prefixLength",
				Message: fmt.Sprintf("subnet %q has prefixLength %d but addressPrefix %s", s.Name, s.Spec.PrefixLength,
					s.Spec.AddressPrefix),
				Edit: set(s.Spec.AddressPrefix.Bits()),
			})
		}
	})
}
