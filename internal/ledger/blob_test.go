package ledger

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// fakeBlob is a block blob that keeps to the contract of Azure Storage for what a ledger needs: an ETag with every
// answer, conditional writes, and error codes in the header.
// https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
// (read 2026-11-29)
type fakeBlob struct {
	mu      sync.Mutex
	data    []byte
	version int
	puts    int
	// answer replaces the answer to a request if it returns true.
	answer func(w http.ResponseWriter, r *http.Request, f *fakeBlob) bool
	// after runs when a write has taken place, before it is answered.
	after func(n int)
}

func (f *fakeBlob) etag() string { return fmt.Sprintf(`"0x8D%d"`, f.version) }

func (f *fakeBlob) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.answer != nil && f.answer(w, r, f) {
		return
	}
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case r.Method == http.MethodGet && f.version == 0:
		refuse(w, http.StatusNotFound, "BlobNotFound")
	case r.Method == http.MethodGet:
		w.Header().Set("ETag", f.etag())
		w.Write(f.data)
	case r.Header.Get("If-None-Match") == "*" && f.version > 0:
		refuse(w, http.StatusConflict, "BlobAlreadyExists")
	case r.Header.Get("If-None-Match") == "" && r.Header.Get("If-Match") != f.etag():
		refuse(w, http.StatusPreconditionFailed, "ConditionNotMet")
	default:
		f.data, f.version, f.puts = body, f.version+1, f.puts+1
		if f.after != nil {
			f.after(f.puts)
		}
		w.Header().Set("ETag", f.etag())
		w.WriteHeader(http.StatusCreated)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("x-ms-error-code", code)
	w.WriteHeader(status)
}

// open returns a function that opens the fake as a store, without pauses.
func (f *fakeBlob) open(t *testing.T) func() Store {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	connection := "DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5;BlobEndpoint=" + server.URL + "/acme;"
	return func() Store {
		store, err := NewBlob(BlobScheme+"acme/ledgers/weu.yaml", BlobOptions{
			ConnectionString: connection,
			Client: policy.ClientOptions{
				Retry: policy.RetryOptions{RetryDelay: time.Millisecond, MaxRetryDelay: time.Millisecond},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		store.pause = func(int) time.Duration { return fullJitter(0) / 100 }
		return store
	}
}

func TestBlobTogether(t *testing.T) {
	together(t, 16, 5, (&fakeBlob{}).open(t))
}

// TestBlobLosesAnswers cuts the connection after every second write, so that the writer does not know that it has
// written.
func TestBlobLosesAnswers(t *testing.T) {
	f := &fakeBlob{after: func(n int) {
		if n%2 == 0 {
			panic(http.ErrAbortHandler)
		}
	}}
	together(t, 4, 5, f.open(t))
	if f.puts != 20 {
		t.Errorf("%d writes for 20 changes", f.puts)
	}
}

func TestBlobOneWriteForAllRanges(t *testing.T) {
	f := &fakeBlob{}
	store := f.open(t)()
	h := Holder{Owner: "x", Specs: []string{"s"}}
	err := store.Update(t.Context(), func(l *Ledger) (bool, error) {
		changes, conflicts := l.Claim(h, manyClaims(1000), Term{})
		if len(conflicts) > 0 {
			return false, conflicts[0]
		}
		return changes.Any(), nil
	})
	if err != nil || f.puts != 1 {
		t.Errorf("%d writes, %v", f.puts, err)
	}
}

func TestBlobGivesUp(t *testing.T) {
	f := &fakeBlob{answer: func(w http.ResponseWriter, r *http.Request, f *fakeBlob) bool {
		if r.Method == http.MethodPut {
			refuse(w, http.StatusPreconditionFailed, "ConditionNotMet")
			return true
		}
		return false
	}}
	err := f.open(t)().Update(t.Context(), func(l *Ledger) (bool, error) { return take(l, "x", "a") })
	if !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
}

func TestBlobThatCannotBeUsed(t *testing.T) {
	const ledger = "kind: Ledger\nentries: []\n"
	for _, c := range []struct {
		name   string
		answer func(w http.ResponseWriter)
		want   string
	}{
		{"no container", func(w http.ResponseWriter) { refuse(w, 404, "ContainerNotFound") }, "az storage " +
			"container create"},
		{"no role", func(w http.ResponseWriter) { refuse(w, 403, "AuthorizationPermissionMismatch") }, "Storage " +
			"Blob Data Contributor"},
		{"denied", func(w http.ResponseWriter) { refuse(w, 403, "AuthorizationFailure") }, "403 (AuthorizationFailure)"},
		{"a proxy's page", func(w http.ResponseWriter) { fmt.Fprint(w, "<html>sign in</html>") }, "no ETag"},
		{"a page with an " +
			"ETag", func(w http.ResponseWriter) { w.Header().Set("ETag", `"1"`); fmt.Fprint(w, "<html>") }, "not a ledger of aksnet"},
		{"half an answer", func(w http.ResponseWriter) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(ledger)+10))
			fmt.Fprint(w, ledger)
		}, "reading the ledger azblob://acme/ledgers/weu.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fakeBlob{answer: func(w http.ResponseWriter, r *http.Request, _ *fakeBlob) bool {
				if r.Method == http.MethodGet {
					c.answer(w)
				}
				return r.Method == http.MethodGet
			}}
			err := f.open(t)().Update(t.Context(), func(l *Ledger) (bool, error) { return take(l, "x", "a") })
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if f.puts > 0 {
				t.Error("it was written")
			}
		})
	}
}

func TestBlobThatIsDown(t *testing.T) {
	f := &fakeBlob{}
	server := httptest.NewServer(f)
	server.Close()
	store, err := NewBlob(BlobScheme+"acme/ledgers/weu.yaml", BlobOptions{
		ConnectionString: "DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5;BlobEndpoint=" + server.URL +
			"/acme;",
		Client: policy.ClientOptions{Retry: policy.RetryOptions{MaxRetries: -1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Load(t.Context()); err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
}

func TestBlobURL(t *testing.T) {
	for _, bad := range []string{
		"azblob://", "azblob://a", "azblob://a/b", "azblob://a/b/", "azblob:///b/c", "azblob://a/b/c?sig=1",
		"azblob://a/b/c#d",
	} {
		if _, err := NewBlob(bad, BlobOptions{}); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
	if a, c, n, err := splitBlobURL("azblob://acme/ledgers/eu/weu.yaml"); err != nil || a != "acme" || c != "ledgers" ||
		n != "eu/weu.yaml" {
		t.Error(a, c, n, err)
	}
}
