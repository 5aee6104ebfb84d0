package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var nodePortRange = &Rule{
	ID:       "AKS149",
	Title:    "node port outside the range of node ports",
	Severity: Error,
	Explanation: english.Text("Kubernetes gives Services node ports from %s, and refuses a Service that asks for another "+
		"one.", aks.NodePortRange()),
	Source: aks.PageServices,
	Fix:    "set nodePorts to ports in the range that the message gives",
	Since:  "v0.1.0",
	Check:  checkNodePortRange,
}

// portsPerThousand keeps the last three digits of a port in the port that is proposed for it: 8080 becomes 30080.
const portsPerThousand = 1000

func checkNodePortRange(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for i, port := range c.Spec.Services.NodePorts {
			if port >= aks.FirstNodePort && port <= aks.LastNodePort {
				continue
			}
			p.Report(Finding{
				Path: fmt.Sprintf("%s.services.nodePorts[%d]", c.Path, i),
				Message: fmt.Sprintf("%d of cluster %q is not a node port; Kubernetes accepts %s", port, c.Name,
					aks.NodePortRange()),
				Edit: set(aks.FirstNodePort + port%portsPerThousand),
			})
		}
	}
}

var nodePortsMany = &Rule{
	ID:       "AKS150",
	Title:    "more Service ports than node ports",
	Severity: Error,
	Explanation: english.Text("A cluster has %v node ports. Every port of a NodePort Service takes one, and every port "+
		"of a LoadBalancer Service too, unless the Service has allocateLoadBalancerNodePorts false.", aks.MaxNodePorts),
	Source: aks.PageServices,
	Fix:    "set allocateLoadBalancerNodePorts: false, or expose fewer ports",
	Since:  "v0.1.0",
	Check:  checkNodePortsMany,
}

func checkNodePortsMany(p *Pass) {
	for _, c := range p.Plan.Clusters {
		s := c.Spec.Services
		own, balanced := len(s.NodePorts), s.Balancers()*s.Ports
		if allocates := s.AllocateLoadBalancerNodePorts; allocates != nil && !*allocates {
			balanced = 0
		}
		if own+balanced <= aks.MaxNodePorts {
			continue
		}
		f := p.Reportf(c.Path+".services", "Services of cluster %q need %d node ports; a cluster has %d", c.Name,
			own+balanced, aks.MaxNodePorts)
		f.Sums = []string{fmt.Sprintf("%s × %s + %s = %d", english.Count(s.Balancers(), "LoadBalancer Service"),
			english.Count(s.Ports, "port"), english.Count(own, "node port"), own+balanced)}
		if own <= aks.MaxNodePorts {
			f.Edit = setAt(c.Path+".services.allocateLoadBalancerNodePorts", false)
		}
	}
}

var policyIPv6 = &Rule{
	ID:       "AKS151",
	Title:    "IPv6 Services on Azure Linux without externalTrafficPolicy Local",
	Severity: Warning,
	Explanation: "IPv6 Services of clusters with Azure Linux nodes must have externalTrafficPolicy Local. Kubernetes " +
		"uses Cluster if a Service does not say.",
	Source: aks.PageDualStack,
	Fix:    "set externalTrafficPolicy: Local",
	Since:  "v0.1.0",
	Check:  checkPolicyIPv6,
}

func checkPolicyIPv6(p *Pass) {
	for _, c := range p.Plan.Clusters {
		s := c.Spec.Services
		if !c.Spec.DualStack() || s.ExternalTrafficPolicy == aks.TrafficLocal || s.Balancers()+len(s.NodePorts) == 0 {
			continue
		}
		for _, pool := range c.NodePools {
			if pool.Spec.OSSKU.AzureLinux() {
				p.Reportf(c.Path+".services.externalTrafficPolicy",
					"IPv6 Services of cluster %q need externalTrafficPolicy Local, since pool %q runs Azure Linux",
					c.Name, pool.Name).Edit = set(aks.TrafficLocal)
				break
			}
		}
	}
}

var privateLinkLocal = &Rule{
	ID:       "AKS152",
	Title:    "Private Link Service with externalTrafficPolicy Local and pod subnets",
	Severity: Error,
	Explanation: "A Private Link Service in front of a Service with externalTrafficPolicy Local does not work where " +
		"pods have a subnet of their own.",
	Source: aks.PageInternalLoadBalancer,
	Fix:    "set externalTrafficPolicy: Cluster, or set privateLinkServices: 0",
	Since:  "v0.1.0",
	Check:  checkPrivateLinkLocal,
}

func checkPrivateLinkLocal(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateLinkServices > 0 && c.Model.Facts().NeedsPodSubnet &&
			c.Spec.Services.ExternalTrafficPolicy == aks.TrafficLocal {
			p.Reportf(c.Path+".services.externalTrafficPolicy",
				"Private Link Services of cluster %q do not work with externalTrafficPolicy Local and a pod subnet",
				c.Name).Edit = set(aks.TrafficCluster)
		}
	}
}

var publicIPElsewhere = &Rule{
	ID:       "AKS155",
	Title:    "public address of a Service outside the node resource group",
	Severity: Note,
	Explanation: "AKS looks for the public address of a Service in the resource group of the nodes. For an address in " +
		"another group the Service needs the annotation azure-load-balancer-resource-group, and the identity of the " +
		"cluster needs the role Network Contributor in that group. The address must have the SKU Standard.",
	Source: aks.PageStaticIP,
	Fix:    "give the cluster's identity the role in that group, and name the group in the annotation",
	Since:  "v0.1.0",
	Check:  checkPublicIPElsewhere,
}

func checkPublicIPElsewhere(p *Pass) {
	p.eachPublicIP(func(c *plan.Cluster, id aks.ResourceID, path string) {
		if c.NodeResourceGroup != "" && !strings.EqualFold(id.ResourceGroup, c.NodeResourceGroup) {
			p.Reportf(path, "public address %q of cluster %q is in resource group %q, not in %q of the nodes", id.Name,
				c.Name, id.ResourceGroup, c.NodeResourceGroup)
		}
	})
}

var publicIPTwice = &Rule{
	ID:          "AKS156",
	Title:       "public address of a Service used by two load balancers",
	Severity:    Error,
	Explanation: "A public address belongs to one load balancer, so two clusters cannot share it.",
	Source:      aks.PageStaticIP,
	Fix:         "give each cluster public addresses of its own",
	Since:       "v0.1.0",
	Check:       checkPublicIPTwice,
}

func checkPublicIPTwice(p *Pass) {
	type user struct {
		cluster *plan.Cluster
		path    string
	}
	first := map[string]user{}
	p.eachPublicIP(func(c *plan.Cluster, id aks.ResourceID, path string) {
		key := strings.ToLower(id.Subscription + "/" + id.ResourceGroup + "/" + id.Name)
		other, seen := first[key]
		switch {
		case !seen:
			first[key] = user{c, path}
		case other.cluster != c:
			f := p.Reportf(path, "public address %q of cluster %q is also one of cluster %q", id.Name, c.Name,
				other.cluster.Name)
			p.Relate(f, other.path, "%q is used here too", id.Name)
		}
	})
}

// eachPublicIP calls do for every public address that Services ask for, without ids that do not parse.
func (p *Pass) eachPublicIP(do func(c *plan.Cluster, id aks.ResourceID, path string)) {
	for _, c := range p.Plan.Clusters {
		for i, text := range c.Spec.Services.PublicIPs {
			if id, ok := aks.ParseResourceID(text); ok {
				do(c, id, fmt.Sprintf("%s.services.publicIPs[%d]", c.Path, i))
			}
		}
	}
}
