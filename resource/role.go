package resource

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// NetworkContributor is the built-in role that a cluster's identity needs on the resources that it changes in the
// user's own network.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/networking (read 2026-11-22)
const NetworkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7"

// API versions of identities and roles.
// https://learn.microsoft.com/azure/templates/microsoft.managedidentity/2023-01-31/userassignedidentities,
// https://learn.microsoft.com/azure/templates/microsoft.authorization/2022-04-01/roleassignments (read 2026-11-22)
const (
	identityAPIVersion = "2023-01-31"
	roleAPIVersion     = "2022-04-01"
)

// Identity is the body of a user-assigned identity.
type Identity struct {
	Location *string            `json:"location,omitempty"`
	Tags     map[string]*string `json:"tags,omitempty"`
}

// RoleAssignment is the body of a role assignment. PrincipalID is the id of an identity in the graph; printers replace
// it with the principal that Azure assigned.
type RoleAssignment struct {
	Properties RoleAssignmentProperties `json:"properties"`
}

// RoleAssignmentProperties are the principal and the role.
type RoleAssignmentProperties struct {
	PrincipalID      string `json:"principalId"`
	PrincipalType    string `json:"principalType"`
	RoleDefinitionID string `json:"roleDefinitionId"`
}

// addRoles adds the user-assigned identity that a cluster needs before it can be created. With Options.RoleAssignments
// it also adds the roles of that identity in the user's own network: on the cluster's subnets, and on the route table
// that it writes to. AKS cannot add the roles itself before the cluster exists.
// [aks.PageKubenet],
// [aks.PageModels]
// (read 2026-11-22)
func (b *builder) addRoles(c *plan.Cluster) {
	roles := b.opts.RoleAssignments && c.VNet() != nil
	if c.Spec.Identity != aks.UserAssigned || !roles && !b.opts.Clusters {
		return
	}
	body := &Identity{Location: location(c.Location), Tags: ptrs(b.tags(nil))}
	id := b.add(&Node{
		Type: TypeIdentity, APIVersion: identityAPIVersion, Name: "id-" + segment(c.Name),
		Scope: b.clusterScope(c), Regional: true, Path: c.Path,
		Tags: b.tags(nil), Body: body,
	})
	b.identities[c] = id
	if !roles {
		return
	}
	for _, target := range b.roleTargets(c) {
		b.roles[c] = append(b.roles[c], b.addRole(id, target))
	}
}

// roleTargets returns the subnets of a cluster and their route tables.
func (b *builder) roleTargets(c *plan.Cluster) (out []*Node) {
	add := func(n *Node) {
		if n != nil && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	subnet := func(s *plan.Subnet) {
		if s == nil {
			return
		}
		add(b.subnetNode(s))
		add(b.graph.Find(b.routeTableRef(s).id))
	}
	for _, p := range c.Pools() {
		subnet(p.NodeSubnet())
		subnet(p.PodSubnet())
	}
	subnet(c.APIServerSubnet)
	if name := c.Spec.Services.InternalLoadBalancerSubnet; name != "" {
		for _, s := range c.VNet().Subnets {
			if strings.EqualFold(s.Name, name) {
				subnet(s)
			}
		}
	}
	return out
}

func (b *builder) addRole(id, target *Node) *Node {
	n := &Node{
		Type: TypeRoleAssignment, APIVersion: roleAPIVersion, Name: guidOf(target.ID, id.ID, NetworkContributor),
		Scope: target.Scope, On: target, Path: id.Path,
		Comments: []string{
			"Network Contributor: the cluster joins its machines to the network and maintains its routes.",
		},
		Body: &RoleAssignment{Properties: RoleAssignmentProperties{
			PrincipalID: id.ID, PrincipalType: "ServicePrincipal",
			RoleDefinitionID: "/providers/Microsoft.Authorization/roleDefinitions/" + NetworkContributor,
		}},
	}
	return b.add(n)
}

// guidOf returns the same GUID for the same parts: a name-based UUID (version 5) of RFC 9562.
func guidOf(parts ...string) string {
	sum := sha1.Sum([]byte(strings.ToLower(strings.Join(parts, "\n"))))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
