package aks

import "strings"

// ErrorCode is an answer of Azure that a plan can foresee.
type ErrorCode struct {
	Code      string `json:"code"`
	Message   string `json:"message,omitempty"` // fragment of Azure's own text, exactly; … where it names values
	Target    string `json:"target,omitempty"`  // property that Azure blames
	Situation string `json:"situation"`         // when it comes
	Source    Source `json:"source"`
}

// ErrorCodes returns the answers of Azure that a plan can foresee, addresses first.
func ErrorCodes() []ErrorCode {
	all := append(addressErrors(), routeErrors()...)
	return append(append(all, nameErrors()...), otherErrors()...)
}

// ErrorCodeOf returns the answer with the code, compared without regard to case, and false if the table has none.
func ErrorCodeOf(code string) (ErrorCode, bool) {
	for _, e := range ErrorCodes() {
		if strings.EqualFold(e.Code, code) {
			return e, true
		}
	}
	return ErrorCode{}, false
}

func addressErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: "InsufficientSubnetSize", Target: "agentPoolProfile.count, agentPoolProfile.vnetSubnetID or networkProfile.podCIDR",
			Message: "Pre-allocated IPs … exceeds IPs available … in Subnet Cidr …, Subnet Name …. " +
				"If Autoscaler is enabled, the max-count from each nodepool is counted",
			Situation: "a subnet or a pod CIDR is too small when a pool is made or scaled", Source: srcSubnetSize(),
		},
		{
			Code: "SubnetIsFull", Message: "doesn't have enough capacity for IP addresses",
			Situation: "an upgrade runs out of addresses for surge nodes", Source: at(errorPages+"subnetisfull-error", "2024-10-10"),
		},
		{
			Code: "ServiceCidrOverlapExistingSubnetsCidr", Target: "networkProfile.serviceCIDR",
			Message:   "The specified service CIDR … is conflicted with an existing subnet CIDR",
			Situation: "the service CIDR overlaps a subnet of the VNet, at creation or at a later upgrade",
			Source:    at(errorPages+"servicecidroverlapexistingsubnetscidr-error", "2023-11-15"),
		},
		{
			Code: "NetworkProfileCIDROverlapVNET", Situation: "the pod CIDR overlaps a subnet of the VNet",
			Source: told(github + "Azure/AKS-Construction/issues/403"),
		},
		{
			Code: "DnsServiceIpOutOfServiceCidr", Target: "networkProfile.dnsServiceIP",
			Message:   "The DNS service IP … is out of the range defined by service CIDR ….",
			Situation: "the DNS service IP is outside the service CIDR",
			Source:    at(errorPages+"dnsserviceipoutofservicecidr-error", ""),
		},
		{
			Code: "SubnetIsDelegated", Message: "cannot be used as it's a delegated subnet",
			Situation: "the node subnet is delegated", Source: at(errorPages+"subnetisdelegated-error", "2025-08-07"),
		},
		{
			Code: "SubnetWithExternalResourcesCannotBeUsedByOtherResources", Situation: "another service holds the subnet",
			Source: at(errorPages+"subnetwithexternalresourcescannotbeusedbyotherresources-error", "2023-05-25"),
		},
	}
}

func routeErrors() []ErrorCode {
	route := told(github + "hashicorp/terraform-provider-azurerm/issues/8609")
	lb := at(errorPages+"invalidloadbalancerprofileallocatedoutboundports-error", "")
	ports := told(github + "MicrosoftDocs/azure-docs/pull/124508").dated("2024-09-26")
	return []ErrorCode{
		{
			Code: "RouteTableInvalidNextHop", Situation: "userDefinedRouting with a default route to the internet", Source: route,
			Message: "Default route 0.0.0.0/0 has a next hop of Internet but only … VirtualAppliance or VirtualNetworkGateway are allowed",
		},
		{Code: "ExistingRouteTableNotAssociatedWithSubnet", Situation: "userDefinedRouting on a subnet without a route table", Source: route.as(Unverified)},
		{Code: "RouteTableMissingDefaultRoute", Situation: "userDefinedRouting without a default route", Source: route.as(Unverified)},
		{
			Code: "SubnetNotAssociatedWithNATGateway", Message: "must have a NAT gateway associated for outbound connection",
			Situation: "userAssignedNATGateway on a subnet without a NAT gateway", Source: told(github + "jenkins-infra/azure/pull/715"),
		},
		{
			Code: "CustomRouteTableWithUnsupportedMSIType", Situation: "kubenet with a route table of one's own and a system-assigned identity",
			Source: srcKubenet().as(Unverified),
		},
		{
			Code: "InvalidLoadBalancerProfileAllocatedOutboundPorts", Source: lb,
			Situation: "ports × nodes, surge included, are more than the outbound IPs give",
		},
		{Code: "SpecifiedAllocatedOutboundPortsForOutboundRuleIsNotAMultipleOfEight", Situation: "allocatedOutboundPorts is no multiple of 8", Source: ports},
		{Code: "SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAllowedPortsPerRule", Situation: "allocatedOutboundPorts is above 64,000", Source: ports},
		{Code: "SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAvailablePorts", Situation: "ports × nodes are more than the load balancer has", Source: ports},
	}
}

func nameErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: "InvalidParameter", Message: "length of the node resource group name is too long. The maximum length is 80",
			Situation: "the node resource group's name is too long, or a name holds a reserved word",
			Source:    at(errorPages+"invalidparameter-error", "2024-11-19"),
		},
		{
			Code: "ReservedResourceName", Message: "or a part of the name is a trademarked or reserved word",
			Situation: "a name is, or holds, a reserved word",
			Source:    at(learnAzure+"azure-resource-manager/troubleshooting/error-reserved-resource-name", "2023-04-05"),
		},
		{
			Code: "InvalidResourceName", Situation: "an internal load balancer on a subnet with a long name, on old Kubernetes versions",
			Source: told(github + "kubernetes/kubernetes/issues/86275"),
		},
		{Code: "InsufficientMaxMaxPods", Situation: "count × maxPods of a pool is below 30", Source: srcPlanning().as(Unverified)},
	}
}

func otherErrors() []ErrorCode {
	outbound := at(errorPages+"vmextensionerror-outboundconnfail", "2024-12-30")
	inUse := at(errorPages+"networksecuritygroupinusebyvirtualmachinescaleset-error", "")
	route := at(errorPages+"inuseroutetablecannotbedeleted-error", "")
	return []ErrorCode{
		{Code: "VMExtensionError_OutboundConnFail", Message: "vmssCSE exit status=50", Situation: "required endpoints are out of reach (exit 50)", Source: outbound},
		{Code: "K8SAPIServerConnFail", Situation: "nodes do not reach the API server (exit 51)", Source: at(errorPages+"vmextensionerror-k8sapiserverconnfail", "")},
		{Code: "K8SAPIServerDNSLookupFail", Situation: "nodes do not resolve the API server's name (exit 52)", Source: at(errorPages+"vmextensionerror-k8sapiserverdnslookupfail", "")},
		{
			Code: "PublicIPCountLimitReached", Message: "Cannot create more than 1000 public IP addresses",
			Situation: "the quota of public IPs is used up", Source: at(errorPages+"publicipcountlimitreached-error", "2024-04-03"),
		},
		{
			Code: "LinkedAuthorizationFailed", Situation: "the identity lacks rights on a subnet, route table or DDoS plan",
			Source: at(errorPages+"linkedauthorizationfailed-error", "2026-07-21"),
		},
		{Code: "NetworkSecurityGroupInUseByVirtualMachineScaleSet", Situation: "a security group is deleted while nodes use it", Source: inUse},
		{Code: "LoadBalancerInUseByVirtualMachineScaleSet", Situation: "a load balancer is deleted while nodes use it", Source: inUse},
		{Code: "InUseRouteTableCannotBeDeleted", Situation: "a route table is deleted while a subnet has it", Source: route},
	}
}
