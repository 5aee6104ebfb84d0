package apply

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/log"

	"github.com/aksnet/aksnet/internal/printable"
)

// LogTo sends the SDK's log, which users enable with AZURE_SDK_GO_LOGGING=all, to w without secrets. The SDK's own
// logger prints responses of the sign-in service unredacted.
func LogTo(w io.Writer) {
	if os.Getenv("AZURE_SDK_GO_LOGGING") != "all" {
		return
	}
	var mu sync.Mutex
	log.SetListener(func(e log.Event, text string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(w, "%s:\n", e)
		for line := range strings.Lines(redact(text)) {
			fmt.Fprintf(w, "  %s\n", printable.Text(strings.TrimSpace(line)))
		}
	})
}
