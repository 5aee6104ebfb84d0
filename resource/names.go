package resource

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// maxName is the longest name of a peering, security rule or route.
// [aks.PageResourceNames] (read 2026-11-22)
const maxName = 80

// peeringName returns a name that contains both ends. A long one ends in a hash of the whole name.
func peeringName(local, remote string) string { return fit(local + "-to-" + remote) }

// fit shortens a name to maxName characters; a hash keeps shortened names distinct.
func fit(name string) string {
	if len(name) <= maxName {
		return name
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	tail := fmt.Sprintf("-%08x", h.Sum32())
	return strings.TrimRight(name[:maxName-len(tail)], "-_.") + tail
}

// lastPart returns the name at the end of an id.
func lastPart(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
