package apply_test

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/armtest"
)

const (
	signedOut = "not signed in to Azure: run az login, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET"
	forbidden = "The client 'x' with object id 'x' does not have authorization to perform action '"
	overScope = "' over scope '" + groupID +
		"/providers/Microsoft.Network/virtualNetworks/vnet-shop' or the scope is invalid."
	readAction = "Microsoft.Network/virtualNetworks/read"
)

// One line says why aksnet cannot work in Azure, and what to do; --verbose adds what is known.
func TestSignIn(t *testing.T) {
	for name, tc := range map[string]struct {
		// without are the variables to remove; with are those to set.
		without, with []string
		// az is what a fake az prints before it fails; without it there is no az.
		az     string
		args   []string
		deny   func(*http.Request) (int, string, string)
		want   string
		detail string
	}{
		"signed out": {
			without: []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"},
			want:    signedOut, detail: "AzureCLICredential: executable not found on path",
		},
		"az signed out": {
			without: []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"},
			az:      "ERROR: Please run 'az login' to setup account.",
			want:    signedOut, detail: "Please run 'az login'",
		},
		"half a service principal": {
			without: []string{"AZURE_CLIENT_SECRET"},
			want:    "not signed in to Azure: set AZURE_CLIENT_SECRET too, or run az login", detail: "EnvironmentCredential",
		},
		"secret without ids": {
			without: []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID"},
			want:    "not signed in to Azure: set AZURE_CLIENT_ID and AZURE_TENANT_ID too, or run az login",
			detail:  "EnvironmentCredential",
		},
		"session expired": {
			without: []string{"AZURE_CLIENT_SECRET"},
			az:      "AADSTS700082: The refresh token has expired due to inactivity. Trace ID: 1",
			want:    "cannot sign in to Azure: the session of az has expired (AADSTS700082): run az login",
			detail:  "due to inactivity",
		},
		"second factor": {
			without: []string{"AZURE_CLIENT_SECRET"},
			az:      "ERROR: AADSTS50076: Due to a configuration change made by your administrator",
			want: "cannot sign in to Azure: Azure wants you to sign in again, for example with a second factor (AADSTS50076): " +
				"run az login",
			detail: "configuration change",
		},
		"wrong cloud": {
			without: []string{"AZURE_CLIENT_SECRET"},
			az:      "AADSTS500011: The resource principal named https://management.usgovcloudapi.net was not found",
			want: "cannot sign in to Azure: the tenant does not know this cloud's Azure Resource Manager: tenant and cloud do " +
				"not match (AADSTS500011): check --cloud, and run az cloud set and az login for that cloud",
			detail: "usgovcloudapi",
		},
		"code that is not in the table": {
			without: []string{"AZURE_CLIENT_SECRET"},
			az:      "AADSTS9: Something new. Trace ID: 1",
			want:    "cannot sign in to Azure: Microsoft Entra answered AADSTS9: Something new.", detail: "Trace ID",
		},
		"wrong secret": {
			with: []string{"AZURE_CLIENT_SECRET=wrong~secret~of~somebody"},
			want: "cannot sign in to Azure: the secret of the application is wrong (AADSTS7000215): set AZURE_CLIENT_SECRET " +
				"to the value of the secret, not to its id",
			detail: "Invalid client secret provided: ***",
		},
		"sign-in service does not respond": {
			with: []string{"AKSNET_AUTHORITY_HOST=https://127.0.0.1:1"},
			want: "cannot sign in to Azure: reaching 127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused; check " +
				"the network connection, and HTTPS_PROXY if there is a proxy",
		},
		"Azure does not respond": {
			with: []string{"AKSNET_ARM_ENDPOINT=https://127.0.0.1:1"},
			want: "reaching 127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused; check the " +
				"network connection, and HTTPS_PROXY if there is a proxy",
		},
		"proxy does not respond": {
			with: []string{"AKSNET_ARM_ENDPOINT=https://arm.invalid", "HTTPS_PROXY=http://127.0.0.1:1"},
			want: "reaching arm.invalid: proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused; " +
				"check the proxy in HTTPS_PROXY",
		},
		"certificate": {
			with: []string{"AKSNET_CA_FILE="},
			want: "cannot sign in to Azure: reaching HOST: tls: failed to verify certificate: x509: certificate signed by " +
				"unknown authority; if a proxy reads the traffic, trust its certificate with --ca-file or SSL_CERT_FILE",
		},
		"subscription": {
			args: []string{"--subscription", "99999999-2222-3333-4444-555555555555"},
			want: "Azure answered 404 SubscriptionNotFound: there is no such subscription for you: check " +
				"--subscription, the tenant (az account list shows both), and --cloud",
			detail: "could not be found",
		},
		"wrong tenant": {
			deny: denial(401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer "+
				"'https://sts.windows.net/1/'. It must match the tenant "+
				"'https://sts.windows.net/22222222-2222-3333-4444-555555555555/' associated with this subscription."),
			want: "Azure answered 401 InvalidAuthenticationTokenTenant: you are signed in to another tenant " +
				"than that of the subscription: run az login --tenant 22222222-2222-3333-4444-555555555555, or set " +
				"AZURE_TENANT_ID",
			detail: "wrong issuer",
		},
		"may not read": {
			deny: denial(403, "AuthorizationFailed", forbidden+readAction+overScope),
			want: "reading vnet-hub: Azure answered 403 AuthorizationFailed: you may not perform " + readAction +
				": assign the role Reader on " + groupID + " (a new assignment takes up to 10 minutes)",
			detail: "with object id",
		},
		"may not join": {
			deny: denial(403, "LinkedAuthorizationFailed", "The client has permission to perform action 'a/b/write' on scope "+
				"'/x'; however, it does not have permission to perform action 'Microsoft.Network/virtualNetworks/peer/action' "+
				"on the linked scope(s) '"+hubID+"' or the linked scope(s) are invalid."),
			want: "you may not perform Microsoft.Network/virtualNetworks/peer/action: assign the role Network Contributor on " +
				"/subscriptions/" + armtest.Subscription + "/resourceGroups/rg-hub (",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, secret)
			c.server.Deny = tc.deny
			c.prepare(tc.az, tc.without, tc.with)
			args := append([]string{"diff", filepath.Join("testdata", "shop.yaml")}, tc.args...)
			want := strings.ReplaceAll(tc.want, "HOST", strings.TrimPrefix(c.server.URL, "https://"))
			out, errs, code := c.run(args...)
			if last := lastLine(errs); code != 3 || out != "" || !strings.Contains(last, want) ||
				!strings.HasPrefix(want, "you may") && last != "aksnet: "+want {
				t.Errorf("exit %d\n got %s\nwant %s", code, last, want)
			}
			if strings.Contains(errs, tc.detail) && tc.detail != "" {
				t.Errorf("details without --verbose: %s", errs)
			}
			if _, errs, _ = c.run(append(args, "-v")...); !strings.Contains(errs, tc.detail) {
				t.Errorf("no %q with --verbose: %s", tc.detail, errs)
			}
		})
	}
}

func denial(status int, code, message string) func(*http.Request) (int, string, string) {
	return func(r *http.Request) (int, string, string) {
		if !strings.Contains(r.URL.Path, "/virtualNetworks/vnet-hub") {
			return 0, "", ""
		}
		return status, code, message
	}
}

// prepare changes the environment of a command. The only program it finds is az, if there is one.
func (c *cli) prepare(az string, without, with []string) {
	c.t.Helper()
	bin := c.t.TempDir()
	if az != "" {
		script := "#!/bin/sh\necho \"" + az + "\" >&2\nexit 1\n"
		if err := os.WriteFile(filepath.Join(bin, "az"), []byte(script), 0o700); err != nil {
			c.t.Fatal(err)
		}
	}
	if len(without) > 0 { // no question is asked of an identity of this machine
		with = append(with, "AZURE_TOKEN_CREDENTIALS=dev")
	}
	if slices.Equal(without, []string{"AZURE_CLIENT_SECRET"}) && az == "" ||
		slices.Contains(without, "AZURE_CLIENT_ID") &&
			!slices.Contains(without, "AZURE_CLIENT_SECRET") {
		with[len(with)-1] = "AZURE_TOKEN_CREDENTIALS=EnvironmentCredential"
	}
	with = append(with, "PATH="+bin, "AZURE_SDK_GO_LOGGING=")
	c.env = slices.DeleteFunc(c.env, func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(without, name) ||
			slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(w, name+"=") })
	})
	c.env = append(c.env, with...)
}

func lastLine(text string) string {
	text = strings.TrimSuffix(text, "\n")
	return text[strings.LastIndexByte(text, '\n')+1:]
}
