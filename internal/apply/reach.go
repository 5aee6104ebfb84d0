package apply

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// reacher sends requests and handles those that fail to reach the host. The SDK retries silently for a minute or more:
// reacher reports that once, and stops immediately when retrying cannot help.
type reacher struct {
	next   policy.Transporter
	notice func(string)
	// hosts are the hosts whose failures are reported. Others are only probed, such as the local endpoint for managed
	// identities.
	hosts []string

	mu sync.Mutex
	// silent are the hosts reported since they last responded, with the error of the last request.
	silent map[string]error
}

func newReacher(next policy.Transporter, notice func(string), hosts ...string) *reacher {
	if notice == nil {
		notice = func(string) {}
	}
	return &reacher{next: next, notice: notice, hosts: hosts, silent: map[string]error{}}
}

// Do sends a request.
func (r *reacher) Do(req *http.Request) (*http.Response, error) {
	resp, err := r.next.Do(req)
	host := req.URL.Host
	switch {
	case err == nil:
		r.mark(host, nil)
	case req.Context().Err() != nil:
	case isHopeless(err):
		r.mark(host, err)
		return nil, unreachable{host, err}
	case r.mark(host, err) && slices.Contains(r.hosts, host):
		r.notice(clean(fmt.Sprintf("%s does not respond (%v), retrying", host, cause(err))))
	}
	return resp, err
}

// mark records whether a host is silent, and reports whether that is new.
func (r *reacher) mark(host string, silent error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.silent[host]
	r.silent[host] = silent
	return (was != nil) != (silent != nil)
}

// lost returns the error of the last request to a host; nil when the host has responded, or was never asked.
func (r *reacher) lost(host string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.silent[host]
}

// isHopeless reports whether retrying cannot help: the certificate is not trusted, or the host name does not exist.
func isHopeless(err error) bool {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	return errors.As(err, &certificate) || errors.As(err, &name) && name.IsNotFound
}

// cause returns an error without its URL: the host name is enough.
func cause(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// unreachable is a failure to reach a host that the SDK does not retry.
type unreachable struct {
	host string
	err  error
}

// Error returns the reason and what to check.
func (u unreachable) Error() string { return notReached(u.host, u.err) }

// NonRetriable marks the error as not retriable for the SDK.
func (unreachable) NonRetriable() {}

// Unwrap returns the underlying error.
func (u unreachable) Unwrap() error { return u.err }

// unreached returns an error of the SDK in short form if it is a failure to reach a host.
func unreached(err error) error {
	var u *url.Error
	var done unreachable
	if errors.As(err, &done) || !errors.As(err, &u) {
		return Redact(err)
	}
	return unreachable{hostOf(u.URL), err}
}

// notReached says why a host was not reached, and what to check.
func notReached(host string, err error) string {
	why := cause(err)
	var certificate *tls.CertificateVerificationError
	var op *net.OpError
	advice := "check the network connection, and HTTPS_PROXY if there is a proxy"
	switch {
	case errors.As(err, &certificate):
		advice = "if a proxy reads the traffic, trust its certificate with --ca-file or SSL_CERT_FILE"
	case errors.As(err, &op) && op.Op == "proxyconnect", strings.Contains(why.Error(), "Proxy Authentication Required"):
		advice = "check the proxy in HTTPS_PROXY"
	case errors.As(err, new(*net.DNSError)):
		advice = "check the network connection and --cloud, and HTTPS_PROXY if there is a proxy"
	}
	return clean(fmt.Sprintf("reaching %s: %v; %s", host, why, advice))
}

// hostOf returns the host of a URL, with its port.
func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Host
}
