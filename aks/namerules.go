package aks

// network returns the rule that all resources of Microsoft.Network share.
func network(title string, min, max int, s Source) NameRule {
	return NameRule{
		Title: title, Min: min, Max: max, Describe: networkDescribe, Pattern: networkPattern, Source: s,
		chars: alnum | underscore | dot | dash, start: alnum, end: alnum | underscore,
	}
}

func networkName(kind NameKind) NameRule {
	s := srcNames()
	switch kind {
	case NameVNet:
		return network("virtual network", 2, 64, s)
	case NameSubnet:
		return network("subnet", 1, 80, s)
	case NameNSG:
		return network("network security group", 1, 80, s)
	case NameSecurityRule:
		return network("security rule", 1, 80, s)
	case NameRouteTable:
		return network("route table", 1, 80, s)
	case NameRoute:
		return network("route", 1, 80, s)
	case NamePublicIP:
		return network("public IP address", 1, 80, s)
	case NamePublicIPPrefix:
		return network("public IP prefix", 1, 80, s)
	case NameLoadBalancer:
		return network("load balancer", 1, 80, s)
	case NameNIC:
		return network("network interface", 1, 80, s)
	case NamePeering:
		return network("peering", 1, 80, s)
	case NameAppGateway:
		return network("application gateway", 1, 80, s)
	case NameFirewall:
		return network("firewall", 1, 80, s)
	case NameNATGateway:
		return network("NAT gateway", 1, 80, s.as(Unverified))
	}
	return NameRule{}
}

// group returns the rule that resource groups share.
func group(title string, max int, s Source) NameRule {
	return NameRule{
		Title: title, Min: 1, Max: max, Describe: groupDescribe, Pattern: groupPattern, Source: s,
		chars: groupChars, start: groupChars, end: groupChars &^ dot,
	}
}

func groupName(kind NameKind) NameRule {
	switch kind {
	case NameResourceGroup:
		return group("resource group", 90, srcNames())
	case NameNodeResourceGroup:
		return group("node resource group", MaxNodeResourceGroup, srcSupportNames())
	case NameIdentity:
		return NameRule{
			Title: "user-assigned identity", Min: 3, Max: 128, Source: srcNames(),
			Describe: "letters, digits, '-' and '_'; starts with a letter or digit",
			Pattern:  `^[A-Za-z0-9][A-Za-z0-9_-]*$`,
			chars:    alnum | dash | underscore, start: alnum, end: alnum | dash | underscore,
		}
	case NameDeployment:
		return NameRule{
			Title: "deployment", Min: 1, Max: 64, Source: srcNames(),
			Describe: "letters, digits, '_', '-', '.' and parentheses", Pattern: `^[A-Za-z0-9_().-]+$`,
			chars: deploymentChars, start: deploymentChars, end: deploymentChars,
		}
	}
	return NameRule{}
}

// pool returns the rule that node pools share.
func pool(title string, max int) NameRule {
	return NameRule{
		Title: title, Min: 1, Max: max, Describe: "lower-case letters and digits; starts with a letter",
		Pattern: `^[a-z][a-z0-9]*$`,
		Source:  srcPools(), chars: lower | digit, start: lower, end: lower | digit,
	}
}

func clusterName(kind NameKind) NameRule {
	s := srcSupportNames()
	switch kind {
	case NameCluster:
		return NameRule{
			Title: "cluster", Min: 1, Max: 63, Source: s,
			Describe: "letters, digits, '-' and '_'; starts and ends with a letter or digit",
			Pattern:  `^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$`,
			chars:    alnum | dash | underscore, start: alnum, end: alnum,
		}
	case NameLinuxPool:
		return pool("Linux node pool", 12)
	case NameWindowsPool:
		return pool("Windows node pool", 6)
	case NameDNSPrefix:
		return NameRule{
			Title: "DNS prefix", Min: 1, Max: 54, Source: s,
			Describe: "letters, digits and '-'; starts and ends with a letter or digit",
			Pattern:  `^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`,
			chars:    alnum | dash, start: alnum, end: alnum,
		}
	case NameLinuxAdmin:
		return NameRule{
			Title: "Linux admin user", Min: 1, Max: 32, Source: s,
			Describe: "letters, digits, '-' and '_'; starts with a letter", Pattern: `^[A-Za-z][A-Za-z0-9_-]*$`,
			chars: alnum | dash | underscore, start: lower | upper, end: alnum | dash | underscore,
		}
	}
	return NameRule{}
}

func kubernetesName(kind NameKind) NameRule {
	switch kind {
	case NameIstioGateway:
		return NameRule{
			Title: "Istio egress gateway", Min: 1, Max: 53, Source: at(PageIstioEgress, "2026"),
			Describe: "lower-case letters, digits and '-'; starts and ends with a letter or digit",
			Pattern:  `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`,
			chars:    lower | digit | dash, start: lower | digit, end: lower | digit,
		}
	case NameGateway:
		return NameRule{
			Title: "Gateway API resource", Min: 1, Max: 62, Source: at(PageGatewayAPI, "2026"),
			Describe: "lower-case letters, digits, '-' and '.'; starts and ends with a letter or digit",
			Pattern:  `^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`,
			chars:    lower | digit | dash | dot, start: lower | digit, end: lower | digit,
		}
	}
	return NameRule{}
}
