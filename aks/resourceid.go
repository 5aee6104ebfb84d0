package aks

import "strings"

// ResourceID holds the parts of the ARM id of a resource in a resource group.
// [PageResourceIDs] (read 2026-11-22)
type ResourceID struct {
	Subscription, ResourceGroup string
	// Type is the resource type with its namespace, such as Microsoft.Network/virtualNetworks/subnets.
	Type string
	// Name is the name of the resource itself, without those of its parents.
	Name string
}

// ParseResourceID reads /subscriptions/S/resourceGroups/G/providers/Namespace/type/name, or the id of a child of such a
// resource. It reports whether text has that form; it does not check the names in it. Keywords are read without regard
// to case.
func ParseResourceID(text string) (ResourceID, bool) {
	parts := strings.Split(text, "/")
	if len(parts) < 9 || len(parts)%2 == 0 || parts[0] != "" || !strings.EqualFold(parts[1], "subscriptions") ||
		!strings.EqualFold(parts[3], "resourceGroups") || !strings.EqualFold(parts[5], "providers") {
		return ResourceID{}, false
	}
	id := ResourceID{Subscription: parts[2], ResourceGroup: parts[4], Type: parts[6]}
	for i := 7; i < len(parts); i += 2 {
		if parts[i] == "" || parts[i+1] == "" {
			return ResourceID{}, false
		}
		id.Type, id.Name = id.Type+"/"+parts[i], parts[i+1]
	}
	return id, id.Subscription != "" && id.ResourceGroup != "" && parts[6] != ""
}
