// Package armtest is a stand-in for Azure Resource Manager and the network resource provider, for tests. It answers as
// Azure documents, and where Azure documents nothing it takes the answer that is harder on the client. Every behaviour
// names its page.
//
// It has no clock, except for Latency: an operation is done a number of requests after it began, whoever sends them.
// Faults are injected by the number of a request.
package armtest

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Subscription is the subscription that the stand-in knows.
const Subscription = "11111111-2222-3333-4444-555555555555"

// Tenant is the tenant of the subscription.
const Tenant = "22222222-2222-3333-4444-555555555555"

// Token is the access token that it hands out and accepts.
const Token = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcm10ZXN0In0.c2lnbmF0dXJl"

// Fault is what happens to one request.
type Fault int

// The faults. DropBefore closes the connection before the request has an effect, DropAfter after it; Throttle is 429
// with Retry-After, ServerError 500 and Unavailable 503; FailOperation lets the operation that the request starts end
// as Failed.
const (
	NoFault Fault = iota
	ServerError
	Unavailable
	Throttle
	DropBefore
	DropAfter
	FailOperation
)

// Server is the stand-in. Make it with New; the fields may be set before the first request.
type Server struct {
	*httptest.Server
	// Steps is how many requests an operation takes; 0 answers at once.
	Steps int
	// PageSize is how many elements a page of a listing holds; 0 is all.
	PageSize int
	// Latency is how long the answer to a request takes; nil is no time.
	Latency func(r *http.Request) time.Duration
	// Fault decides what happens to the request of a number, counted from 1; nil is no faults.
	Fault func(n int, r *http.Request) Fault
	// Deny refuses a request with an error of Azure, before it has an effect; a status of 0 lets it pass. It may be nil.
	Deny func(r *http.Request) (status int, code, message string)
	// After is called after a request had its effect and before it is answered.
	After func(n int, r *http.Request)

	mu        sync.Mutex
	tick      int
	serial    int
	groups    map[string]string
	resources map[string]*entry
	keys      []string // of resources, sorted
	ops       map[string]*operation
	exchanges []Exchange
	effects   []string
	conflicts []string
	peak      int
	secret    string
}

// Exchange is one request and its answer.
type Exchange struct {
	Method         string            `json:"method"`
	URL            string            `json:"url"`
	RequestHeader  map[string]string `json:"requestHeader"`
	Request        json.RawMessage   `json:"request,omitempty"`
	Status         int               `json:"status"`
	ResponseHeader map[string]string `json:"responseHeader"`
	Response       json.RawMessage   `json:"response,omitempty"`
}

// entry is one resource.
type entry struct {
	id, typ, name string
	body          map[string]any
	etag          int
	op            *operation
}

// New starts a stand-in on plain HTTP; NewTLS one with a certificate of its own and an authority that signs in a
// service principal with the secret.
func New() *Server {
	s := made("")
	s.Start()
	return s
}

// NewTLS starts a stand-in on HTTPS, see New.
func NewTLS(secret string) *Server {
	s := made(secret)
	s.StartTLS()
	return s
}

func made(secret string) *Server {
	s := &Server{
		Steps:     2,
		groups:    map[string]string{},
		resources: map[string]*entry{},
		ops:       map[string]*operation{},
		secret:    secret,
	}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	// Clients that are killed in the middle of a handshake are part of the tests.
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	return s
}

// serve answers one request.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.authority(w, r) {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.tick++
	n, fault, after := s.tick, s.Fault, s.After
	s.mu.Unlock()
	kind := NoFault
	if fault != nil {
		kind = fault(n, r)
	}
	if kind == DropBefore {
		drop(w)
		return
	}
	a := faultAnswer(kind)
	if a == nil && s.Deny != nil {
		if status, code, message := s.Deny(r); status > 0 {
			a = refuse(status, code, "%s", message)
		}
	}
	if a == nil {
		s.mu.Lock()
		s.advance()
		a = s.answer(r, body, kind)
		s.mu.Unlock()
	}
	if after != nil {
		after(n, r)
	}
	if kind == DropAfter {
		drop(w)
		return
	}
	if s.Latency != nil {
		time.Sleep(s.Latency(r))
	}
	s.write(w, r, body, a)
}

// drop closes the connection without an answer.
func drop(w http.ResponseWriter) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		c.Close()
	}
}

// faultAnswer is the answer of a fault that has one.
// https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling (read 2026-11-22)
func faultAnswer(f Fault) *answer {
	switch f {
	case ServerError:
		return refuse(http.StatusInternalServerError, "InternalServerError", "An error occurred.")
	case Unavailable:
		return refuse(http.StatusServiceUnavailable, "ServerTimeout", "The request timed out.")
	case Throttle:
		a := refuse(
			http.StatusTooManyRequests,
			"SubscriptionRequestsThrottled",
			"Number of requests exceeded the limit.",
		)
		a.header["Retry-After"] = "0"
		return a
	}
	return nil
}

// answer is a status, headers and a JSON body; a nil body is none.
type answer struct {
	status int
	header map[string]string
	body   any
}

func refuse(status int, code, format string, a ...any) *answer {
	e := map[string]any{"code": code, "message": fmt.Sprintf(format, a...), "details": []any{}}
	return &answer{status, map[string]string{}, map[string]any{"error": e}}
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, request []byte, a *answer) {
	var data []byte
	if a.body != nil {
		var err error
		if data, err = json.Marshal(a.body); err != nil {
			panic(err)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	for k, v := range a.header {
		w.Header().Set(k, v)
	}
	s.record(r, request, a, data)
	w.WriteHeader(a.status)
	// A client that went away is its own affair.
	_, _ = w.Write(data)
}

func (s *Server) record(r *http.Request, request []byte, a *answer, response []byte) {
	e := Exchange{
		Method: r.Method, URL: r.URL.RequestURI(), Status: a.status, RequestHeader: map[string]string{},
		ResponseHeader: map[string]string{}, Response: response,
	}
	if len(request) > 0 {
		e.Request = request
	}
	for _, k := range []string{"If-Match", "If-None-Match", "Content-Type"} {
		if v := r.Header.Get(k); v != "" {
			e.RequestHeader[k] = v
		}
	}
	for k, v := range a.header {
		e.ResponseHeader[k] = v
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exchanges = append(s.exchanges, e)
}

// answer finds who answers a request. The caller holds the lock.
func (s *Server) answer(r *http.Request, body []byte, f Fault) *answer {
	if r.Header.Get("Authorization") != "Bearer "+Token {
		return refuse(http.StatusUnauthorized, "AuthenticationFailed",
			"Authentication failed. The 'Authorization' header is missing or invalid.")
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) == 1 && strings.EqualFold(parts[0], "subscriptions") {
		return subscriptions()
	}
	if len(parts) < 2 || !strings.EqualFold(parts[0], "subscriptions") {
		return refuse(http.StatusNotFound, "MissingSubscription", "The request did not have a subscription or a valid "+
			"tenant level resource provider.")
	}
	if !strings.EqualFold(parts[1], Subscription) {
		return refuse(
			http.StatusNotFound,
			"SubscriptionNotFound",
			"The subscription '%s' could not be found.",
			parts[1],
		)
	}
	if a := checkVersion(r, parts); a != nil {
		return a
	}
	if a, ok := s.operationAnswer(r, parts); ok {
		return a
	}
	if len(parts) >= 4 && strings.EqualFold(parts[2], "resourceGroups") {
		if a, ok := s.groupAnswer(r, parts); ok {
			return a
		}
	}
	return s.resourceAnswer(r, path, body, f)
}

// subscriptions lists what the signed-in principal sees.
// https://learn.microsoft.com/rest/api/resources/subscriptions/list (read 2026-11-24)
func subscriptions() *answer {
	return &answer{http.StatusOK, map[string]string{}, map[string]any{"value": []any{map[string]any{
		"id": "/subscriptions/" + Subscription, "subscriptionId": Subscription, "displayName": "armtest",
		"state":    "Enabled",
		"tenantId": Tenant,
	}}}}
}

// versions is the API versions that each provider knows here: those of aksnet, and of the commands of the Azure CLI.
func versions(provider string) []string {
	switch strings.ToLower(provider) {
	case "microsoft.network":
		return []string{
			"2021-08-01", "2022-01-01", "2022-05-01", "2022-07-01", "2022-11-01", "2025-03-01", "2025-05-01",
		}
	case "microsoft.containerservice":
		return []string{"2025-10-01"}
	}
	return []string{"2021-04-01"}
}

// checkVersion wants an API version that the provider has.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-template (read 2026-11-22)
func checkVersion(r *http.Request, parts []string) *answer {
	v := r.URL.Query().Get("api-version")
	if v == "" {
		return refuse(http.StatusBadRequest, "MissingApiVersionParameter",
			"The api-version query parameter (?api-version=) is required for all requests.")
	}
	provider := ""
	for i, p := range parts {
		if strings.EqualFold(p, "providers") && i+1 < len(parts) {
			provider = parts[i+1]
		}
	}
	for _, known := range versions(provider) {
		if v == known {
			return nil
		}
	}
	return refuse(http.StatusBadRequest, "InvalidApiVersionParameter",
		"The api-version '%s' is invalid. The supported versions are '%s'.", v, strings.Join(versions(provider), ","))
}
