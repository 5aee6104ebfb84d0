package ledger

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

// TestAzurite lets workers share a ledger in a real emulator of Azure Storage, which AKSNET_AZURITE names by its
// connection string.
func TestAzurite(t *testing.T) {
	connection := os.Getenv("AKSNET_AZURITE")
	if connection == "" {
		t.Skip("AKSNET_AZURITE is not set: .ci/azurite.sh starts Azurite and runs this test")
	}
	made, err := container.NewClientFromConnectionString(connection, "ledgers", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := made.Create(t.Context(), nil); err != nil &&
		!bloberror.HasCode(err, bloberror.ContainerAlreadyExists) {
		t.Fatal(err)
	}
	url := fmt.Sprintf("%sdevstoreaccount1/ledgers/%d.yaml", BlobScheme, time.Now().UnixNano())
	start := time.Now()
	together(t, 32, 10, func() Store {
		store, err := NewBlob(url, BlobOptions{ConnectionString: connection})
		if err != nil {
			t.Fatal(err)
		}
		return store
	})
	t.Log(time.Since(start))
}
