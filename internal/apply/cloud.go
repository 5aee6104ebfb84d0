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

// Clouds are the words that Options.Cloud takes.
func Clouds() []string { return []string{"public", "usgov", "china", "custom"} }

// Options is how Azure is reached. The zero value is the public cloud with the credentials of DefaultAzureCredential.
type Options struct {
	// Cloud is one of Clouds; empty is public.
	Cloud string
	// ARMEndpoint, ARMAudience and AuthorityHost describe a custom cloud. The audience is the endpoint when empty, and the
	// authority is the public cloud's.
	ARMEndpoint, ARMAudience, AuthorityHost string
	// CAFile is a file of PEM certificates that are trusted beside the system's.
	CAFile string
	// PollInterval is the time between two looks at a long-running operation, unless Azure names another; five seconds
	// when zero.
	PollInterval time.Duration
	// Credential and Transport replace the ones that follow from the rest.
	Credential azcore.TokenCredential
	Transport  policy.Transporter
	// Notice is told, in a line without an end, when Azure does not answer and is tried again. Nil is nobody.
	Notice func(string)
	// Retries is how often a request is repeated after a fault of the network, 429 or 5xx; 6 when zero, none when
	// negative.
	Retries int32
}

// UsageError is a mistake in Options, as opposed to a failure to reach Azure.
type UsageError struct{ text string }

// Error says what is wrong with the settings.
func (e UsageError) Error() string { return e.text }

func usagef(format string, a ...any) error { return UsageError{fmt.Sprintf(format, a...)} }

// configuration is the endpoints of the cloud.
func (o Options) configuration() (cloud.Configuration, error) {
	if o.Cloud != "custom" {
		for _, own := range []struct{ name, value string }{
			{"--arm-endpoint", o.ARMEndpoint}, {"--arm-audience", o.ARMAudience}, {"--authority-host", o.AuthorityHost},
		} {
			if own.value != "" {
				return cloud.Configuration{}, usagef("%s is for --cloud custom, the cloud is %s", own.name,
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
	case "custom":
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

// checkEndpoint wants an https URL; http is for this machine alone, since a token would travel in the open.
func checkEndpoint(name, text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return "", usagef("%s is %q, a custom cloud wants a URL such as https://management.local.azurestack.external", name,
			text)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return "", usagef("%s is %q, wants https", name, text)
	}
	return strings.TrimSuffix(text, "/"), nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// transport trusts CAFile beside the system's certificates. SSL_CERT_FILE is honoured by Go itself.
func (o Options) transport() (policy.Transporter, error) {
	if o.Transport != nil {
		return o.Transport, nil
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
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
			return nil, usagef("%s holds no PEM certificate", o.CAFile)
		}
		t.TLSClientConfig.RootCAs = pool
	}
	return &http.Client{Transport: t}, nil
}

// credential is what the user's environment offers: a service principal, workload identity, managed identity, or the
// session of az.
// https://learn.microsoft.com/azure/developer/go/sdk/authentication/credential-chains (read 2026-11-22)
func (o Options) credential(base policy.ClientOptions) (azcore.TokenCredential, error) {
	if o.Credential != nil {
		return o.Credential, nil
	}
	cred, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{
		ClientOptions:            base,
		DisableInstanceDiscovery: o.Cloud == "custom",
	})
	if err != nil {
		return nil, fmt.Errorf("finding credentials: %w", Redact(err))
	}
	return cred, nil
}
