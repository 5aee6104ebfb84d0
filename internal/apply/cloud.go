package apply

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// CustomCloud is the cloud whose endpoints the user gives.
const CustomCloud = "custom"

// Clouds returns the accepted values of Options.Cloud.
func Clouds() []string { return []string{"public", "usgov", "china", CustomCloud} }

// Options configure the connection to Azure. The zero value means the public cloud with the credentials of
// DefaultAzureCredential.
type Options struct {
	// Cloud is one of Clouds; empty means public.
	Cloud string
	// ARMEndpoint, ARMAudience and AuthorityHost describe a custom cloud. An empty audience means the endpoint, an
	// empty authority that of the public cloud.
	ARMEndpoint, ARMAudience, AuthorityHost string
	// CAFile is a file of PEM certificates to trust in addition to the system's.
	CAFile string
	// PollInterval is the polling interval for long-running operations, unless Azure sets another; zero means five
	// seconds.
	PollInterval time.Duration
	// Credential and Transport replace those derived from the other options.
	Credential azcore.TokenCredential
	Transport  policy.Transporter
	// Notice is called with a message, without a line break, when Azure does not respond and the request is retried. It
	// may be nil.
	Notice func(string)
	// Retries is how often a request is retried after a network error, 429 or 5xx; zero means 6, a negative number
	// none.
	Retries int32
}

// UsageError is a mistake in Options, as opposed to a failure to reach Azure.
type UsageError struct{ text string }

// Error returns what is wrong with the settings.
func (e UsageError) Error() string { return e.text }

func usagef(format string, a ...any) error { return UsageError{fmt.Sprintf(format, a...)} }

// configuration returns the endpoints of the cloud.
func (o Options) configuration() (cloud.Configuration, error) {
	if o.Cloud != CustomCloud {
		for _, own := range []struct{ name, value string }{
			{"--arm-endpoint", o.ARMEndpoint}, {"--arm-audience", o.ARMAudience}, {"--authority-host", o.AuthorityHost},
		} {
			if own.value != "" {
				return cloud.Configuration{}, usagef("%s requires --cloud custom, but the cloud is %s", own.name,
					cmp.Or(o.Cloud, "public"))
			}
		}
	}
	switch o.Cloud {
	case "", "public":
		return cloud.AzurePublic, nil
	case "usgov":
		return cloud.AzureGovernment, nil
	case "china":
		return cloud.AzureChina, nil
	case CustomCloud:
		return o.custom()
	}
	return cloud.Configuration{}, usagef("cloud is %q, accepted: %s", o.Cloud, strings.Join(Clouds(), ", "))
}

func (o Options) custom() (cloud.Configuration, error) {
	endpoint, err := checkEndpoint("--arm-endpoint", o.ARMEndpoint)
	if err != nil {
		return cloud.Configuration{}, err
	}
	c := cloud.Configuration{
		ActiveDirectoryAuthorityHost: cloud.AzurePublic.ActiveDirectoryAuthorityHost,
		Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
			cloud.ResourceManager: {Endpoint: endpoint, Audience: endpoint},
		},
	}
	if o.ARMAudience != "" {
		c.Services[cloud.ResourceManager] = cloud.ServiceConfiguration{Endpoint: endpoint, Audience: o.ARMAudience}
	}
	if o.AuthorityHost != "" {
		if c.ActiveDirectoryAuthorityHost, err = checkEndpoint("--authority-host", o.AuthorityHost); err != nil {
			return cloud.Configuration{}, err
		}
	}
	return c, nil
}

// checkEndpoint requires an https URL; it allows http only for this machine, because the token would be sent in plain
// text.
func checkEndpoint(name, text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return "", usagef(
			"%s is %q, but a custom cloud needs a URL such as https://management.local.azurestack.external",
			name,
			text,
		)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return "", usagef("%s is %q, but must use https", name, text)
	}
	return strings.TrimSuffix(text, "/"), nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// transport returns an HTTP client that trusts CAFile in addition to the system's certificates. Go itself honours
// SSL_CERT_FILE.
func (o Options) transport() (policy.Transporter, error) {
	if o.Transport != nil {
		return o.Transport, nil
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	// Go keeps two idle connections a host. More requests side by side would connect and shake hands again and again.
	t.MaxIdleConnsPerHost = t.MaxIdleConns
	if o.CAFile != "" {
		pem, err := os.ReadFile(o.CAFile)
		if err != nil {
			return nil, fmt.Errorf("reading the certificates of --ca-file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, usagef("%s contains no PEM certificate", o.CAFile)
		}
		t.TLSClientConfig.RootCAs = pool
	}
	return &http.Client{Transport: t}, nil
}

// TokenCredential returns the credential that the user's environment provides, for services beside Azure Resource
// Manager.
func (o Options) TokenCredential() (azcore.TokenCredential, error) {
	return o.credential(policy.ClientOptions{})
}

// credential returns the credential that the user's environment provides: a service principal, workload identity,
// managed identity, or the session of az.
// https://learn.microsoft.com/azure/developer/go/sdk/authentication/credential-chains (read 2026-11-22)
func (o Options) credential(base policy.ClientOptions) (azcore.TokenCredential, error) {
	if o.Credential != nil {
		return o.Credential, nil
	}
	cred, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{
		ClientOptions:            base,
		DisableInstanceDiscovery: o.Cloud == CustomCloud,
	})
	if err != nil {
		return nil, fmt.Errorf("finding credentials: %w", Redact(err))
	}
	return newOrSession(cred), nil
}
