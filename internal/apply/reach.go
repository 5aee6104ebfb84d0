package apply

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
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
	// silent are the hosts reported since they last responded.
	silent map[string]bool
}

func newReacher(next policy.Transporter, notice func(string), hosts ...string) *reacher {
	if notice == nil {
		notice = func(string) {}
	}
	return &reacher{next: next, notice: notice, hosts: hosts, silent: map[string]bool{}}
}

// Do sends a request.
func (r *reacher) Do(req *http.Request) (*http.Response, error) {
	resp, err := r.next.Do(req)
	host := req.URL.Host
	switch {
	case err == nil:
		r.mark(host, false)
	case req.Context().Err() != nil:
	case isHopeless(err):
		return nil, unreachable{fmt.Errorf("reaching %s: %w", host, cause(err))}
	case r.mark(host, true) && slices.Contains(r.hosts, host):
		r.notice(clean(fmt.Sprintf("%s does not respond (%v), retrying", host, cause(err))))
	}
	return resp, err
}

// mark records whether a host is silent, and reports whether that is new.
func (r *reacher) mark(host string, silent bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.silent[host]
	r.silent[host] = silent
	return was != silent
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

// unreachable is an error that the SDK does not retry.
type unreachable struct{ error }

// NonRetriable marks the error as not retriable for the SDK.
func (unreachable) NonRetriable() {}

// Unwrap returns the underlying error.
func (u unreachable) Unwrap() error { return u.error }

// hostOf returns the host of a URL, with its port.
func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Host
}
