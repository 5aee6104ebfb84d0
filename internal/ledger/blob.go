package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
)

// maxBlob is how many bytes a ledger in a blob may have. A hundred thousand entries have about twenty million.
const maxBlob = 256 << 20

// Blob is a ledger in a block blob of Azure Storage. Every change is one conditional write: it takes place if nobody
// else has written since the ledger was read, which the service decides by the ETag. Turn on the versioning of the
// storage account to keep every state of the ledger.
type Blob struct {
	url    string
	client *blockblob.Client
	pause  func(attempt int) time.Duration
}

// BlobOptions is how to reach a storage account.
type BlobOptions struct {
	// Endpoint replaces https://ACCOUNT.blob.core.windows.net, for other clouds and for emulators.
	Endpoint string
	// ConnectionString is the account with its key; empty to use Credential.
	ConnectionString string
	// Credential signs requests, as azidentity finds it.
	Credential func() (azcore.TokenCredential, error)
	// Client is how requests are sent.
	Client policy.ClientOptions
}

// blobAttempts is how often a change is tried before it gives up with [ErrBusy].
const blobAttempts = 60

// fullJitter returns a random pause before an attempt, up to a bound that doubles from 200 ms to 2 s: of many that
// collide, few come back at one time. With thirty-two of them, shorter pauses make more attempts that fail, and the
// whole takes longer.
func fullJitter(attempt int) time.Duration {
	return rand.N(min(200*time.Millisecond<<min(attempt, 10), 2*time.Second))
}

// NewBlob returns the store of a URL such as azblob://ACCOUNT/CONTAINER/BLOB. The blob need not exist, but its
// container must.
func NewBlob(rawURL string, o BlobOptions) (*Blob, error) {
	account, container, name, err := splitBlobURL(rawURL)
	if err != nil {
		return nil, err
	}
	client, err := o.client(account, container, name)
	if err != nil {
		return nil, fmt.Errorf("opening the ledger %s: %w", rawURL, err)
	}
	return &Blob{rawURL, client, fullJitter}, nil
}

// BlobScheme is what the URL of a ledger in a blob starts with.
const BlobScheme = "azblob://"

// splitBlobURL returns the parts of azblob://ACCOUNT/CONTAINER/BLOB.
func splitBlobURL(rawURL string) (account, container, name string, err error) {
	path := strings.TrimPrefix(rawURL, BlobScheme)
	account, path, _ = strings.Cut(path, "/")
	container, name, _ = strings.Cut(path, "/")
	if account == "" || container == "" || name == "" || strings.ContainsAny(rawURL, "?# \\") {
		return "", "", "", fmt.Errorf(
			"%q is not the URL of a blob: expected %sACCOUNT/CONTAINER/BLOB",
			rawURL,
			BlobScheme,
		)
	}
	return account, container, name, nil
}

func (o BlobOptions) client(account, container, name string) (*blockblob.Client, error) {
	options := &blockblob.ClientOptions{ClientOptions: o.Client}
	if o.ConnectionString != "" {
		return blockblob.NewClientFromConnectionString(o.ConnectionString, container, name, options)
	}
	endpoint := o.Endpoint
	if endpoint == "" {
		endpoint = "https://" + account + ".blob.core.windows.net"
	}
	blobURL, err := url.JoinPath(endpoint, container, name)
	if err != nil {
		return nil, err
	}
	credential, err := o.Credential()
	if err != nil {
		return nil, err
	}
	return blockblob.NewClient(blobURL, credential, options)
}

// String returns the URL of the store.
func (b *Blob) String() string { return b.url }

// Load reads the blob.
func (b *Blob) Load(ctx context.Context) (*Ledger, error) {
	l, _, err := b.load(ctx)
	return l, err
}

// load reads the blob and its ETag, which is empty if the blob does not exist.
func (b *Blob) load(ctx context.Context) (*Ledger, azcore.ETag, error) {
	response, err := b.client.DownloadStream(ctx, nil)
	if bloberror.HasCode(err, bloberror.BlobNotFound) {
		return &Ledger{}, "", nil
	}
	if err != nil {
		return nil, "", b.failure("reading", err)
	}
	// The SDK's own reader asks for the rest of an answer that breaks off, again and again while bytes arrive. A
	// ledger is
	// small: half an answer is an error.
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, maxBlob+1))
	switch {
	case err != nil:
		return nil, "", b.failure("reading", err)
	case len(data) > maxBlob:
		return nil, "", fmt.Errorf("reading the ledger %s: it has more than %d bytes", b.url, maxBlob)
	case response.ContentLength != nil && *response.ContentLength != int64(len(data)):
		return nil, "", fmt.Errorf(
			"reading the ledger %s: got %d bytes of %d",
			b.url,
			len(data),
			*response.ContentLength,
		)
	case response.ETag == nil || *response.ETag == "":
		return nil, "", fmt.Errorf(
			"reading the ledger %s: the answer has no ETag, so it does not come from Azure Storage",
			b.url,
		)
	}
	l, err := read(b.url, data)
	return l, *response.ETag, err
}

// Update changes the blob. When others write first, it starts again with what they wrote.
func (b *Blob) Update(ctx context.Context, change func(*Ledger) (bool, error)) error {
	for attempt := range blobAttempts {
		l, version, err := b.load(ctx)
		if err != nil {
			return err
		}
		changed, err := change(l)
		if err != nil || !changed {
			return err
		}
		err = b.save(ctx, l, version)
		if !isLostRace(err) {
			return b.failure("writing", err)
		}
		if err := sleep(ctx, b.pause(attempt)); err != nil {
			return err
		}
	}
	return fmt.Errorf("writing the ledger %s: %w (%d)", b.url, ErrBusy, blobAttempts)
}

// save writes the blob if it still has the version that was read. If the answer is lost, the write is sent again; it
// then
// fails because of its own success, and the caller finds what it wanted to write.
func (b *Blob) save(ctx context.Context, l *Ledger, version azcore.ETag) error {
	var text bytes.Buffer
	if _, err := l.WriteTo(&text); err != nil {
		return err
	}
	conditions := &blob.ModifiedAccessConditions{IfMatch: &version}
	if version == "" {
		any := azcore.ETagAny
		conditions = &blob.ModifiedAccessConditions{IfNoneMatch: &any}
	}
	contentType := "application/yaml"
	_, err := b.client.Upload(ctx, streaming.NopCloser(bytes.NewReader(text.Bytes())), &blockblob.UploadOptions{
		AccessConditions: &blob.AccessConditions{ModifiedAccessConditions: conditions},
		HTTPHeaders:      &blob.HTTPHeaders{BlobContentType: &contentType},
	})
	return err
}

// isLostRace reports whether a write was refused because the blob has changed since it was read.
func isLostRace(err error) bool {
	return bloberror.HasCode(
		err,
		bloberror.ConditionNotMet,
		bloberror.BlobAlreadyExists,
		bloberror.TargetConditionNotMet,
	)
}

// sleep waits; it ends early with the context.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// failure says what Azure Storage answered, and what to do about it.
func (b *Blob) failure(doing string, err error) error {
	var response *azcore.ResponseError
	if err == nil || !errors.As(err, &response) {
		return wrap(doing+" the ledger "+b.url, err)
	}
	account, container, _, _ := splitBlobURL(b.url)
	advice := ""
	switch {
	case bloberror.HasCode(err, bloberror.ContainerNotFound):
		advice = fmt.Sprintf(
			": there is no container %q; az storage container create --account-name %s --name %s --auth-mode login "+
				"makes it",
			container,
			account,
			container,
		)
	case bloberror.HasCode(err, bloberror.AuthorizationPermissionMismatch):
		advice = ": the identity needs the role Storage Blob Data Contributor on the container"
	case bloberror.HasCode(err, bloberror.LeaseIDMissing):
		advice = ": somebody holds a lease on the blob; az storage blob lease break ends it"
	}
	code := response.ErrorCode
	if code == "" {
		code = "no error code"
	}
	return fmt.Errorf(
		"%s the ledger %s: Azure Storage answered %d (%s)%s",
		doing,
		b.url,
		response.StatusCode,
		code,
		advice,
	)
}

// wrap adds what was done to an error; nil stays nil.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
