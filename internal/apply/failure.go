package apply

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/printable"
)

// Failure is an error response from Azure. Its text is Azure's code and message on one line, without secrets.
type Failure struct {
	// Status is the HTTP status; Code and Message are Azure's error code and message.
	Status        int
	Code, Message string
	// details are the codes of the inner errors.
	details []string
	after   time.Duration
}

// Error returns Azure's code and message, or advice in place of the message, without secrets.
func (f *Failure) Error() string {
	text := fmt.Sprintf("Azure answered %d", f.Status)
	if f.Code != "" {
		text += " " + f.Code
	}
	switch advice := f.advice(); {
	case advice != "":
		text += ": " + advice
	case f.Message != "":
		text += ": " + f.Message
	}
	return clean(text)
}

// failure returns the SDK's errors in short form and without secrets.
func failure(err error) error {
	var resp *azcore.ResponseError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, new(*SignInError)):
		return err
	case !errors.As(err, &resp):
		return unreached(err)
	}
	f := &Failure{Status: resp.StatusCode, Code: resp.ErrorCode}
	if resp.RawResponse != nil {
		f.after = retryAfter(resp.RawResponse, 0)
		f.read(resp.RawResponse)
	}
	return f
}

// read extracts code, message and causes from the error in a response body or operation status.
func (f *Failure) read(resp *http.Response) {
	type inner struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Details []struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"details"`
	}
	var body struct {
		inner
		Error *inner `json:"error"`
	}
	data, err := runtime.Payload(resp)
	if err != nil || json.Unmarshal(data, &body) != nil {
		return
	}
	e := &body.inner
	if body.Error != nil {
		e = body.Error
	}
	if e.Code != "" {
		f.Code = e.Code
	}
	f.Message = e.Message
	for _, d := range e.Details {
		f.details = append(f.details, d.Code)
		f.Message = strings.TrimSpace(f.Message + " " + d.Message)
	}
}

// has reports whether Azure returned one of the codes, as the error or as a cause.
func (f *Failure) has(codes ...string) bool {
	for _, c := range codes {
		if strings.EqualFold(f.Code, c) {
			return true
		}
		for _, d := range f.details {
			if strings.EqualFold(d, c) {
				return true
			}
		}
	}
	return false
}

// isMissing reports whether the resource does not exist, and whether its resource group does not exist either.
func isMissing(err error) (missing, group bool) {
	var f *Failure
	if !errors.As(err, &f) || f.Status != http.StatusNotFound {
		return false, false
	}
	if f.has("SubscriptionNotFound", "InvalidSubscriptionId") {
		return false, false
	}
	return true, f.has("ResourceGroupNotFound")
}

// isStale reports whether the resource has changed since it was read, and isBusy whether Azure is changing it and the
// request must be retried.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (read 2026-11-22)
func isStale(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Status == http.StatusPreconditionFailed
}

func isBusy(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.has(
		aks.CodeAnotherOperationInProgress,
		aks.CodeReferencedResourceNotProvisioned,
		aks.CodeOperationPreempted,
		"Canceled",
		"CanceledAndSupersededDueToAnotherOperation",
		"RetryableError",
		"RetryableErrorDueToAnotherOperation",
		"ReferencedRemoteVnetNotProvisioned",
		"RemotePeeringNotProvisioned",
	)
}

// retryAfterOf returns the retry delay that Azure asked for.
func retryAfterOf(err error) time.Duration {
	var f *Failure
	if errors.As(err, &f) {
		return f.after
	}
	return 0
}

// Redact removes secrets from an error: the values of secret environment variables, tokens, and the queries of links,
// which may contain signatures. It keeps the error chain only when there was nothing to remove.
func Redact(err error) error {
	if err == nil {
		return nil
	}
	if text := redact(err.Error()); text != err.Error() {
		return errors.New(text)
	}
	return err
}

// secrets returns the environment variables that contain secrets.
// https://learn.microsoft.com/azure/developer/go/sdk/authentication/credential-chains (read 2026-11-22)
func secrets() []string {
	return []string{
		"AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "SYSTEM_ACCESSTOKEN", "IDENTITY_HEADER",
		"MSI_SECRET",
	}
}

// tokens matches secrets by their format; queries matches the query of a URL, which may contain a signature.
var (
	tokens = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(
			`eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?|(?i:bearer)\s+[A-Za-z0-9._~+/=-]{8,}|(?i:client_secret|client_assertion|access_token|refresh_token)"?\s*[=:]\s*"?[^\s"&]+`,
		)
	})
	queries = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(https?://[^\s"'?]+)\?[^\s"']*`)
	})
)

func redact(text string) string {
	for _, name := range secrets() {
		if v := os.Getenv(name); len(v) > 3 {
			text = strings.ReplaceAll(text, v, "***")
		}
	}
	return queries().ReplaceAllString(tokens().ReplaceAllString(text, "***"), "$1")
}

// clean returns redacted text on one line, with everything escaped that a terminal or a CI runner would interpret.
// White space of any kind becomes a space, since texts of Azure have line breaks.
func clean(text string) string {
	spaces := func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}
	return printable.Text(strings.Map(spaces, redact(text)))
}
