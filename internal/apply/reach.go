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

// reacher sends requests and looks at those that do not arrive. The SDK tries again for a minute or more without a
// word: this says once that it does, and ends at once what no patience mends.
type reacher struct {
	next   policy.Transporter
	notice func(string)
	// hosts is whose silence is told: others are only tried, as the machine's own address for managed identities.
	hosts []string

	mu sync.Mutex
	// silent is the hosts that have been told of since they last answered.
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
		r.notice(clean(fmt.Sprintf("%s does not answer (%v), trying again", host, cause(err))))
	}
	return resp, err
}

// mark notes whether a host is silent, and reports whether that is new.
func (r *reacher) mark(host string, silent bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.silent[host]
	r.silent[host] = silent
	return was != silent
}

// isHopeless reports whether a fault stays however often one tries: a certificate that is not trusted, or a name that
// nobody has.
func isHopeless(err error) bool {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	return errors.As(err, &certificate) || errors.As(err, &name) && name.IsNotFound
}

// cause is a fault without the URL, which the host's name says well enough.
func cause(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// unreachable is a fault that the SDK does not try to mend.
type unreachable struct{ error }

// NonRetriable tells the SDK so.
func (unreachable) NonRetriable() {}

// Unwrap is the fault.
func (u unreachable) Unwrap() error { return u.error }

// hostOf is the host of a URL, with its port.
func hostOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Host
}
