package armtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The types of Microsoft.Network that the stand-in knows.
const (
	typeVNet    = "Microsoft.Network/virtualNetworks"
	typeSubnet  = "Microsoft.Network/virtualNetworks/subnets"
	typePeering = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
	typeNSG     = "Microsoft.Network/networkSecurityGroups"
	typeRule    = "Microsoft.Network/networkSecurityGroups/securityRules"
	typeTable   = "Microsoft.Network/routeTables"
	typeRoute   = "Microsoft.Network/routeTables/routes"
	typeGateway = "Microsoft.Network/natGateways"
	typeIP      = "Microsoft.Network/publicIPAddresses"
	typePrefix  = "Microsoft.Network/publicIPPrefixes"
	typeCluster = "Microsoft.ContainerService/managedClusters"
)

// The codes of writes that another operation hinders.
const (
	codeBusy      = "AnotherOperationInProgress"
	codeRetryable = "RetryableError"
)

func canonical(typ string) string {
	for _, t := range []string{
		typeVNet, typeSubnet, typePeering, typeNSG, typeRule, typeTable, typeRoute, typeGateway, typeIP, typePrefix,
		typeCluster,
	} {
		if strings.EqualFold(t, typ) {
			return t
		}
	}
	return ""
}

// childLists is the members of a type whose elements are resources of their own.
func childLists(typ string) []string {
	switch typ {
	case typeVNet:
		return []string{"subnets", "virtualNetworkPeerings"}
	case typeNSG:
		return []string{"securityRules"}
	case typeTable:
		return []string{"routes"}
	}
	return nil
}

// groupAnswer answers for resource groups and for the listing of what is in them.
// https://learn.microsoft.com/rest/api/resources/resource-groups/get (read 2026-11-22)
// https://learn.microsoft.com/rest/api/resources/resources/list-by-resource-group (read 2026-11-22)
func (s *Server) groupAnswer(r *http.Request, parts []string) (*answer, bool) {
	location, ok := s.groups[strings.ToLower(parts[3])]
	if !ok {
		return refuse(
			http.StatusNotFound,
			"ResourceGroupNotFound",
			"Resource group '%s' could not be found.",
			parts[3],
		), true
	}
	id := "/subscriptions/" + Subscription + "/resourceGroups/" + parts[3]
	switch {
	case len(parts) == 4 && r.Method == http.MethodGet:
		return &answer{http.StatusOK, map[string]string{}, map[string]any{
			"id": id, "name": parts[3], "type": "Microsoft.Resources/resourceGroups", "location": location,
			"properties": map[string]any{"provisioningState": "Succeeded"},
		}}, true
	case len(parts) == 5 && strings.EqualFold(parts[4], "resources") && r.Method == http.MethodGet:
		var all []any
		name, value := tagFilter(r.URL.Query().Get("$filter"))
		for _, k := range s.keys {
			e := s.resources[k]
			if strings.HasPrefix(k, key(id)+"/") && topID(e.id) == k && text(object(e.body["tags"])[name]) == value {
				all = append(all, map[string]any{
					"id": e.id, "name": e.name, "type": e.typ, "location": e.body["location"], "tags": e.body["tags"],
				})
			}
		}
		return s.page(r, all), true
	}
	return nil, false
}

// tagFilter reads "tagName eq 'a' and tagValue eq 'b'".
func tagFilter(f string) (name, value string) {
	parts := strings.Split(f, "'")
	if len(parts) == 5 && parts[0] == "tagName eq " && parts[2] == " and tagValue eq " {
		return parts[1], parts[3]
	}
	return "no filter that Azure knows", ""
}

// page answers with one page of a listing and the link to the next.
func (s *Server) page(r *http.Request, all []any) *answer {
	from, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken"))
	from = min(from, len(all))
	to := len(all)
	if s.PageSize > 0 {
		to = min(to, from+s.PageSize)
	}
	body := map[string]any{"value": append([]any{}, all[from:to]...)}
	if to < len(all) {
		q := r.URL.Query()
		q.Set("$skiptoken", strconv.Itoa(to))
		body["nextLink"] = s.URL + (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()
	}
	return &answer{http.StatusOK, map[string]string{}, body}
}

// resourceAnswer answers for one resource or the listing of a type.
func (s *Server) resourceAnswer(r *http.Request, path string, body []byte, f Fault) *answer {
	if !strings.Contains(path, "/providers/") {
		return refuse(http.StatusNotFound, "NotFound", "%s was not found.", path)
	}
	if tail := strings.Split(path[strings.LastIndex(path, "/providers/")+len("/providers/"):], "/"); len(tail)%2 == 0 {
		return s.listing(r, path)
	}
	typ, _ := split(path)
	if canonical(typ) == "" {
		return refuse(
			http.StatusNotFound,
			"InvalidResourceType",
			"The resource type could not be found in the namespace "+
				"for '%s'.",
			typ,
		)
	}
	e := s.resources[key(path)]
	switch r.Method {
	case http.MethodGet:
		if e == nil {
			return s.notFound(path)
		}
		return &answer{http.StatusOK, etagOf(e), s.show(e)}
	case http.MethodPut:
		return s.noteConflict(r, path, s.putAnswer(r, path, e, body, f))
	case http.MethodDelete:
		return s.noteConflict(r, path, s.deleteAnswer(r, path, e, f))
	}
	return refuse(http.StatusMethodNotAllowed, "MethodNotAllowed", "%s is not supported.", r.Method)
}

// noteConflict records a write that is refused because another one is in progress.
func (s *Server) noteConflict(r *http.Request, path string, a *answer) *answer {
	if code := text(object(object(a.body)["error"])["code"]); code == codeBusy || code == codeRetryable {
		s.conflicts = append(s.conflicts, r.Method+" /"+key(path))
	}
	return a
}

func etagOf(e *entry) map[string]string {
	if !strings.HasPrefix(e.typ, "Microsoft.Network/") {
		return map[string]string{}
	}
	return map[string]string{"ETag": e.tag()}
}

// notFound distinguishes a child without a parent.
func (s *Server) notFound(path string) *answer {
	if top := topID(path); top != key(path) && s.resources[top] == nil {
		return refuse(http.StatusNotFound, "ParentResourceNotFound", "Can not perform requested operation on nested "+
			"resource. Parent resource '%s' not found.", top[strings.LastIndexByte(top, '/')+1:])
	}
	return refuse(http.StatusNotFound, "ResourceNotFound", "The Resource '%s' was not found.",
		path[strings.LastIndex(path, "/providers/")+len("/providers/"):])
}

func (s *Server) listing(r *http.Request, path string) *answer {
	var all []any
	for _, k := range s.keys {
		e := s.resources[k]
		if key(e.id[:strings.LastIndexByte(e.id, '/')]) == key(path) || subscriptionWide(path) &&
			strings.EqualFold(e.typ, path[strings.LastIndex(path, "/providers/")+len("/providers/"):]) {
			all = append(all, s.show(e))
		}
	}
	return s.page(r, all)
}

func subscriptionWide(path string) bool {
	return !strings.Contains(strings.ToLower(path), "/resourcegroups/")
}

// preconditions holds the conditions of a request against the resource.
// https://github.com/cloud-and-ai-microsoft/resource-provider-contract/blob/master/v1.0/resource-api-reference.md (read
// 2026-11-22)
func preconditions(r *http.Request, e *entry) *answer {
	failed := refuse(http.StatusPreconditionFailed, "PreconditionFailed", "Precondition failed.")
	if m := r.Header.Get("If-Match"); m != "" && (e == nil || m != "*" && m != e.tag()) {
		return failed
	}
	if r.Header.Get("If-None-Match") == "*" && e != nil {
		return failed
	}
	return nil
}

func inProgress(op *operation) *answer {
	return refuse(http.StatusConflict, codeBusy,
		"Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: "+
			"https://management.azure.com/operations/%s?api-version=2025-03-01&s=signature-of-the-link.", op.id)
}

// putAnswer creates or replaces: 201 for what is new and 200 for what was there, both with an operation under way.
func (s *Server) putAnswer(r *http.Request, path string, e *entry, data []byte, f Fault) *answer {
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil || body == nil {
		return refuse(http.StatusBadRequest, "InvalidRequestContent",
			"The request content was invalid and could not be deserialized.")
	}
	if body["properties"] != nil && object(body["properties"])["provisioningState"] != nil {
		return refuse(http.StatusBadRequest, "InvalidRequestFormat", "provisioningState is read-only.")
	}
	typ, _ := split(path)
	if topID(path) != key(path) && s.resources[topID(path)] == nil {
		return s.notFound(path)
	}
	if a := preconditions(r, e); a != nil {
		return a
	}
	if op := s.busy(path); op != nil {
		return inProgress(op)
	}
	if op := s.remoteBusy(typ, body); op != nil {
		return inProgress(op)
	}
	if a := s.checkReferences(body); a != nil {
		return a
	}
	if a := s.allocate(path, canonical(typ), e, object(body["properties"])); a != nil {
		return a
	}
	if a := s.check(path, typ, e, body, r.URL.Query().Get("api-version")); a != nil {
		return a
	}
	status := http.StatusOK
	if e == nil {
		status = http.StatusCreated
	}
	e = s.replace(path, e, body, r.URL.Query().Get("api-version"))
	s.syncPeerings(e, r.URL.Query().Get("syncRemoteAddressSpace") == "true" || status == http.StatusCreated)
	s.effects = append(s.effects, "PUT "+strings.ToLower(e.id))
	header := map[string]string{}
	if typ == typeIP {
		// Not everything takes time: a public address is there at once.
		e.set("Succeeded")
	} else {
		e.set("Updating")
		header = s.begin(e, r, false, f)
	}
	header["ETag"] = e.tag()
	return &answer{status, header, s.show(e)}
}

// replace stores the body. What becomes of the subnets that a network is sent without depends on the API version: since
// 2023-09-01 they stay when the member is absent, and an empty list deletes them all.
// https://techcommunity.microsoft.com/blog/azurenetworkingblog/azure-virtual-network-now-supports-updates-without-subnet-property/4067952
// (read 2026-11-22)
func (s *Server) replace(path string, e *entry, body map[string]any, version string) *entry {
	if e != nil && e.typ == typeVNet {
		props := object(body["properties"])
		_, sent := props["subnets"]
		if sent || version < "2023-09-01" {
			s.dropMissing(e, "subnets", objects(props["subnets"]))
		}
		// No page speaks of peerings that are not sent: the harder answer is that they go.
		s.dropMissing(e, "virtualNetworkPeerings", objects(props["virtualNetworkPeerings"]))
	}
	if e != nil && (e.typ == typeTable || e.typ == typeNSG) {
		for _, list := range childLists(e.typ) {
			s.dropMissing(e, list, objects(object(body["properties"])[list]))
		}
	}
	var kept map[string]any
	if e != nil {
		kept = serverSide(e)
	}
	if e != nil {
		path = e.id
	}
	e = s.store(path, body)
	maps.Copy(object(e.body["properties"]), kept)
	return e
}

// syncPeerings marks the peerings of other networks as behind when a network's address space differs from what they
// have seen, and a peering that is sent with syncRemoteAddressSpace as up to date.
// https://learn.microsoft.com/azure/virtual-network/update-virtual-network-peering-address-space (read 2026-11-22)
func (s *Server) syncPeerings(e *entry, sync bool) {
	for _, p := range s.resources {
		if p.typ != typePeering || p != e && (e.typ != typeVNet || !refers(p.body, e.id)) {
			continue
		}
		props := object(p.body["properties"])
		remote := s.resources[key(text(object(props["remoteVirtualNetwork"])["id"]))]
		if remote == nil {
			continue
		}
		space := object(remote.body["properties"])["addressSpace"]
		if p == e && sync {
			props["remoteAddressSpace"], props["peeringSyncLevel"] = copyOf(object(space)), "FullyInSync"
		} else if !reflect.DeepEqual(props["remoteAddressSpace"], space) {
			props["peeringSyncLevel"] = "RemoteNotInSync"
			s.touch(p)
		}
	}
}

// serverSide is the members that are Azure's own and survive a PUT.
func serverSide(e *entry) map[string]any {
	out := map[string]any{}
	for _, k := range []string{
		"ipConfigurations", "serviceAssociationLinks", "resourceGuid", "ipAddress", "peeringState", "peeringSyncLevel",
		"remoteAddressSpace",
	} {
		if v, ok := object(e.body["properties"])[k]; ok {
			out[k] = v
		}
	}
	return out
}

func (s *Server) dropMissing(e *entry, list string, sent []map[string]any) {
	for _, c := range s.children(e, list) {
		if !slices.ContainsFunc(
			sent,
			func(m map[string]any) bool { return strings.EqualFold(text(m["name"]), c.name) },
		) {
			s.drop(c)
		}
	}
}

// checkReferences wants what a body refers to in place and finished.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found (read 2026-11-22)
func (s *Server) checkReferences(v any) *answer {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			id, ok := x.(string)
			if !ok || k != "id" || canonicalOf(id) == "" {
				if a := s.checkReferences(x); a != nil {
					return a
				}
				continue
			}
			e := s.resources[key(id)]
			if e == nil {
				return refuse(http.StatusBadRequest, "InvalidResourceReference",
					"Resource %s referenced by the request was not found.", id)
			}
			if e.op != nil {
				a := refuse(http.StatusTooManyRequests, codeRetryable, "A retryable error occurred.")
				object(object(a.body)["error"])["details"] = []any{map[string]any{"code": "ReferencedResourceNotProvisioned",
					"message": fmt.Sprintf("Cannot proceed with operation because resource %s is not in Succeeded "+
						"state.", id)}}
				a.header["Retry-After"] = "0"
				return a
			}
		}
	case []any:
		for _, x := range v {
			if a := s.checkReferences(x); a != nil {
				return a
			}
		}
	}
	return nil
}

func canonicalOf(id string) string {
	if !strings.Contains(id, "/providers/") {
		return ""
	}
	typ, _ := split(id)
	return canonical(typ)
}

// deleteAnswer deletes: 202 with both ways to follow, 204 when there is nothing.
func (s *Server) deleteAnswer(r *http.Request, path string, e *entry, f Fault) *answer {
	if e == nil {
		return &answer{http.StatusNoContent, map[string]string{}, nil}
	}
	if a := preconditions(r, e); a != nil {
		return a
	}
	if op := s.busy(path); op != nil {
		return inProgress(op)
	}
	if a := s.checkDelete(e); a != nil {
		return a
	}
	e.set("Deleting")
	s.effects = append(s.effects, "DELETE "+strings.ToLower(e.id))
	return &answer{http.StatusAccepted, s.begin(e, r, true, f), nil}
}
