package aks

import "strings"

// RoleDelay is how long a new role assignment may take until it works, in words.
// https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (read 2026-11-29), "Role assignment
// changes are not being detected"
const RoleDelay = "10 minutes"

// RoleFor returns the built-in role with the fewest permissions that allows an action of the network planner; empty for
// the actions of other providers.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (read 2026-11-29)
func RoleFor(action string) string {
	provider, _, _ := strings.Cut(strings.ToLower(action), "/")
	switch {
	case strings.HasSuffix(strings.ToLower(action), "/read"):
		return "Reader"
	case provider == "microsoft.network":
		return "Network Contributor"
	}
	return ""
}
