package apply

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/aksnet/aksnet/aks"
)

// SignInError says in one line, without secrets, why there is no access token. Details has the rest.
type SignInError struct {
	text string
	err  error
}

// Error returns the reason and what to do.
func (e *SignInError) Error() string { return e.text }

// Unwrap returns the error of the credential.
func (e *SignInError) Unwrap() error { return e.err }

// NonRetriable marks the error as not retriable for the SDK.
func (e *SignInError) NonRetriable() {}

// explaining is a credential whose errors are explained. It is told by reach whether the sign-in service was reached:
// the errors of credentials do not say.
type explaining struct {
	next      azcore.TokenCredential
	reach     *reacher
	authority string
}

// GetToken requests a token.
func (c explaining) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	token, err := c.next.GetToken(ctx, o)
	switch {
	case err == nil:
		return token, nil
	case ctx.Err() != nil:
		return token, ctx.Err()
	}
	text := explainSignIn(err)
	if lost := c.reach.lost(c.authority); lost != nil {
		text = "cannot sign in to Azure: " + notReached(c.authority, lost)
	}
	return token, &SignInError{clean(text), err}
}

// explainSignIn returns the reason of an error of a credential, and what to do.
func explainSignIn(err error) string {
	text := err.Error()
	var refused *azidentity.AuthenticationFailedError
	switch code, reason := aks.SignInErrorIn(text); {
	case reason.What != "":
		return fmt.Sprintf("cannot sign in to Azure: %s (%s): %s", reason.What, code, reason.Fix)
	case code != "":
		line, _, _ := strings.Cut(text[strings.Index(text, code):], "\n")
		line, _, _ = strings.Cut(line, " Trace ID")
		return fmt.Sprintf("cannot sign in to Azure: Microsoft Entra answered %s", line)
	case errors.As(err, &refused) && refused.RawResponse != nil && !noManagedIdentity(err):
		return fmt.Sprintf("cannot sign in to Azure: the sign-in service answered %s", refused.RawResponse.Status)
	case strings.Contains(text, "HTTPSConnectionPool("): // the HTTP client of az
		return "cannot sign in to Azure: az does not reach the sign-in service: check the network connection and the proxy"
	}
	if missing := missingVariables(); len(missing) > 0 {
		return fmt.Sprintf("not signed in to Azure: set %s too, or run az login", strings.Join(missing, " and "))
	}
	return "not signed in to Azure: run az login, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET"
}

// missingVariables returns the environment variables that a service principal lacks: one of the three is only missing
// when a secret is set, or when both ids are set without any secret.
// [aks.PageCredentials] (read 2026-11-29)
func missingVariables() (missing []string) {
	set := func(name string) bool { return os.Getenv(name) != "" }
	for _, name := range []string{"AZURE_CLIENT_ID", "AZURE_TENANT_ID"} {
		if !set(name) {
			missing = append(missing, name)
		}
	}
	secrets := []string{
		"AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_USERNAME",
	}
	switch {
	case set("AZURE_CLIENT_SECRET"):
		return missing
	case len(missing) == 0 && !slices.ContainsFunc(secrets, set):
		return []string{"AZURE_CLIENT_SECRET"}
	}
	return nil
}

// Details returns everything that is known about why Azure refused to sign in, or refused a request; empty when the
// text of the error says it all. Secrets are removed.
func Details(err error) string {
	var s *SignInError
	var f *Failure
	switch {
	case errors.As(err, &s):
		return redact(s.err.Error()) + "\nsee " + aks.PageCredentials + "\nsee " + aks.PageSignInErrors
	case errors.As(err, &f) && f.advice() != "":
		return redact(f.Message)
	}
	return ""
}
