package apply

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

type anyToken struct{}

func (anyToken) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: "t", ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// Who waits is told why; what waiting does not mend ends at once.
func TestUnreachable(t *testing.T) {
	trusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer trusted.Close()
	trusted.Config.ErrorLog = nil
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, c := range []struct {
		name, endpoint string
		want, notice   string
	}{
		{"certificate", trusted.URL, "certificate", ""},
		{"nobody there", "https://" + closed.Addr().String(), "refused", "does not respond"},
		{"no such name", "https://arm.invalid", "reaching arm.invalid", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var notices []string
			client, err := NewClient(Options{
				Cloud: "custom", ARMEndpoint: c.endpoint, Credential: anyToken{}, Retries: 2, PollInterval: 5 * time.Millisecond,
				Notice: func(text string) { notices = append(notices, text) },
			})
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.get(t.Context(), "/subscriptions/s/resourceGroups/g", "2022-09-01")
			if err != nil && strings.Contains(err.Error(), "server misbehaving") {
				t.Skip("no name server to say that there is no such name")
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if got := strings.Join(notices, "|"); (c.notice == "") != (got == "") || !strings.Contains(got, c.notice) ||
				len(notices) > 1 {
				t.Errorf("notices %q, want one of %q", notices, c.notice)
			}
		})
	}
}
