package render

import (
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// functions writes the functions that the resources need.
func (w *shellWriter) functions() {
	var needsSend, needsPut, needsThere bool
	for _, n := range w.graph.Nodes {
		if n.Existing {
			continue
		}
		needsThere = needsThere || n.Once || n.Type == resource.TypeCluster
		if c := w.commands[n]; c != nil {
			needsThere = needsThere || c.once
			continue
		}
		if n.Type != resource.TypeCluster {
			needsSend = true
			needsPut = needsPut || takesTime(n)
		}
	}
	if needsSend {
		w.line("%s", send)
	}
	if needsPut {
		w.line("%s", put)
	}
	if needsThere {
		w.line("%s", there)
	}
}

// takesTime reports whether Azure continues to provision a resource after accepting it, with its progress in
// provisioningState. Identities and role assignments exist at once, and have no such property.
func takesTime(n *resource.Node) bool { return strings.HasPrefix(n.Type, "Microsoft.Network/") }

// The functions of a script. az resource create cannot send a child resource or a role assignment in full: it requires
// a location, which they do not have. az exits with status 3 when a resource does not exist.
// https://learn.microsoft.com/cli/azure/reference-index#az-rest (read 2026-11-24)
// https://learn.microsoft.com/cli/azure/resource#az-resource-wait (read 2026-11-24)
const (
	send = `
# send ID API-VERSION BODY sends a resource.
send() {
  printf 'sending %s\n' "$1" >&2
  az rest --method put --url "$1?api-version=$2" --body "$3" --output none
}`
	put = `
# put sends a resource and waits until Azure has provisioned it.
put() {
  send "$@"
  az resource wait --created --ids "$1" --api-version "$2" --interval 5
}`
	there = `
# there ID API-VERSION checks whether a resource exists. It exits the script when that cannot be determined.
there() {
  local message status=0
  message=$(az resource show --ids "$1" --api-version "$2" --output none 2>&1) || status=$?
  case $status in
    0) return 0 ;;
    3) return 1 ;;
  esac
  printf '%s\ncannot determine whether %s exists\n' "$message" "$1" >&2
  exit 1
}`
)
