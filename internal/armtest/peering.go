package armtest

import (
	"net/http"
	"slices"
)

// checkPeering wants two networks whose ranges do not overlap, and the other one at rest.
// [aks.PageManagePeerings] (read 2026-11-22)
func (s *Server) checkPeering(path string, e *entry, props map[string]any) *answer {
	id := text(object(props["remoteVirtualNetwork"])["id"])
	remote, local := s.resources[key(id)], s.resources[topID(path)]
	switch {
	case remote == nil || remote.typ != typeVNet || remote == local:
		return bad("InvalidResourceReference", "Remote virtual network %q was not found.", id)
	case e != nil && !refers(e.body, id):
		return bad(
			"ChangingRemoteVirtualNetworkNotAllowed",
			"The remote virtual network of a peering cannot be changed.",
		)
	}
	if op := s.busy(remote.id); op != nil {
		a := refuse(http.StatusTooManyRequests, "ReferencedRemoteVnetNotProvisioned",
			"Remote virtual network %s is not in Succeeded state.", remote.name)
		a.header["Retry-After"] = "0"
		return a
	}
	if a := s.checkRemoteGateways(path, local, remote, props); a != nil {
		return a
	}
	space := func(v *entry) []string {
		return texts(object(object(v.body["properties"])["addressSpace"])["addressPrefixes"])
	}
	mine, _ := parsePrefixes(space(local))
	theirs, _ := parsePrefixes(space(remote))
	for _, p := range mine {
		if slices.ContainsFunc(theirs, p.Overlaps) {
			return bad("VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
				"Cannot create or update peering: %s overlaps with the address space of %s.", p, remote.name)
		}
	}
	return nil
}

// checkRule checks a rule that is sent without its group, beside those that are in the group.
func (s *Server) checkRule(path string, props map[string]any) *answer {
	_, names := split(path)
	rules := []any{map[string]any{"name": names[len(names)-1], "properties": props}}
	for _, other := range s.children(s.resources[topID(path)], "securityRules") {
		if key(other.id) != key(path) {
			rules = append(rules, map[string]any{"name": other.name, "properties": other.body["properties"]})
		}
	}
	return checkRules(map[string]any{"securityRules": rules})
}

// checkRemoteGateways wants the other side to share its gateway before a peering uses it, and only one peering of a
// network to do so. No public text shows the codes; the texts are those of
// https://github.com/hashicorp/terraform-provider-azurerm/issues/2872 and [aks.PagePeeringAPI] (read 2026-11-29)
func (s *Server) checkRemoteGateways(path string, local, remote *entry, props map[string]any) *answer {
	if props["useRemoteGateways"] != true {
		return nil
	}
	shared := false
	for _, p := range s.resources {
		if p.typ != typePeering {
			continue
		}
		its := object(p.body["properties"])
		switch {
		case s.resources[topID(p.id)] == remote && refers(p.body, local.id):
			shared = its["allowGatewayTransit"] == true
		case s.resources[topID(p.id)] == local && key(p.id) != key(path) && its["useRemoteGateways"] == true:
			return bad("InvalidRequestFormat", "Peering %s cannot have UseRemoteGateways flag set to true, because another "+
				"peering %s already has UseRemoteGateways flag set to true.", path, p.id)
		}
	}
	if !shared {
		return bad("InvalidRequestFormat", "Peering %s cannot have UseRemoteGateways flag set to true, because "+
			"corresponding remote peering has AllowGatewayTransit flag set to false.", path)
	}
	return nil
}
