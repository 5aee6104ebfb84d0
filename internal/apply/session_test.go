package apply

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/aksnet/aksnet/aks"
)

// failing is a credential that always fails with an error.
type failing struct{ err error }

func (f failing) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{}, f.err
}

func answered(host string) error {
	return &azidentity.AuthenticationFailedError{RawResponse: &http.Response{
		Status: "403 Forbidden", StatusCode: http.StatusForbidden, Body: http.NoBody,
		Request: &http.Request{URL: &url.URL{Scheme: "http", Host: host}},
	}}
}

// Where a sandbox answers instead of a managed identity, the session of az is used, and without one the user is told to
// sign in. The answer of a real sign-in service ends the search.
func TestOrSession(t *testing.T) {
	for name, tc := range map[string]struct {
		first, session error
		want           string
	}{
		"az is signed in": {first: answered(aks.ManagedIdentityHost)},
		"az is signed out": {answered(aks.ManagedIdentityHost), errors.New("Please run 'az login'"),
			"not signed in to Azure: run az login"},
		"az has expired": {answered(aks.ManagedIdentityHost), errors.New("AADSTS700082: x"),
			"the session of az has expired (AADSTS700082)"},
		"refused": {first: answered("login.example"),
			want: "cannot sign in to Azure: the sign-in service answered 403 Forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, v := range []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"} {
				t.Setenv(v, "")
			}
			session := azcore.TokenCredential(anyToken{})
			if tc.session != nil {
				session = failing{tc.session}
			}
			c := explaining{orSession{failing{tc.first}, session}, newReacher(nil, nil), "login.example"}
			_, err := c.GetToken(t.Context(), policy.TokenRequestOptions{})
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
	t.Setenv("AZURE_TOKEN_CREDENTIALS", "prod")
	if c := newOrSession(anyToken{}); c != (anyToken{}) {
		t.Errorf("the choice of credentials is ignored: %T", c)
	}
}
