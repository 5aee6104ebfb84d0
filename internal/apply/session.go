package apply

import (
	"context"
	"errors"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/aksnet/aksnet/aks"
)

// orSession is DefaultAzureCredential for a machine on which something else than Azure answers at the address of
// managed identities, such as the proxy of a sandbox: DefaultAzureCredential takes that answer for a refusal, and does
// not ask az and the other tools.
type orSession struct{ first, session azcore.TokenCredential }

// newOrSession returns first when the user has chosen which credentials to try.
// https://learn.microsoft.com/azure/developer/go/sdk/authentication/credential-chains (read 2026-11-29),
// AZURE_TOKEN_CREDENTIALS
func newOrSession(first azcore.TokenCredential) azcore.TokenCredential {
	if os.Getenv("AZURE_TOKEN_CREDENTIALS") != "" {
		return first
	}
	az, err := azidentity.NewAzureCLICredential(nil)
	if err != nil {
		return first
	}
	return orSession{first, az}
}

// GetToken requests a token.
func (c orSession) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	token, err := c.first.GetToken(ctx, o)
	if err == nil || !noManagedIdentity(err) {
		return token, err
	}
	token, second := c.session.GetToken(ctx, o)
	if second == nil {
		return token, nil
	}
	return token, errors.Join(second, err)
}

// noManagedIdentity reports whether an error is an answer from the address of managed identities that is no token.
func noManagedIdentity(err error) bool {
	var refused *azidentity.AuthenticationFailedError
	if !errors.As(err, &refused) || refused.RawResponse == nil || refused.RawResponse.Request == nil {
		return false
	}
	return refused.RawResponse.Request.URL.Hostname() == aks.ManagedIdentityHost
}
