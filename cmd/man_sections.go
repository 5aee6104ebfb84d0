package cmd

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// manEntry is an entry of a section of a manual page.
type manEntry struct{ name, text string }

// manSections writes the sections that each manual page has beside the help of its command.
func manSections(out *bytes.Buffer, c *cobra.Command) {
	writeEntries(out, "EXIT STATUS", exitEntries())
	writeEntries(out, "ENVIRONMENT", environment(c))
	writeEntries(out, "FILES", []manEntry{
		{defaultFile, "the spec, where no file is named"},
		{"aksnet/config.yaml", "settings, in the user's configuration folder ($XDG_CONFIG_HOME or ~/.config on Linux)"},
	})
}

func writeEntries(out *bytes.Buffer, title string, entries []manEntry) {
	fmt.Fprintf(out, "\n.SH %s\n", title)
	for _, e := range entries {
		fmt.Fprintf(out, ".TP\n\\fB%s\\fP\n%s\n", roff(e.name), roff(e.text))
	}
}

// roff escapes a text for a manual page.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}

func exitEntries() (out []manEntry) {
	for _, s := range cli.Statuses() {
		out = append(out, manEntry{fmt.Sprint(s.Code), s.Meaning})
	}
	return out
}

// environment returns the variables that a command reads.
func environment(c *cobra.Command) []manEntry {
	out := []manEntry{
		{"AKSNET_…", "the value of a flag that is not given: AKSNET_FAIL_ON stands for --fail-on"},
		{"AKSNET_CONFIG", "the file with settings, as --config"},
		{"AKSNET_PAGER, PAGER", "the pager for output on a terminal; empty for none (default less)"},
		{"LESS", "the options of less (default FRX)"},
		{"NO_COLOR", "if not empty, output has no colour"},
		{"TERM", "if dumb, output has no colour, pager or progress"},
		{"CI", "if not empty, no progress is shown"},
		{"LC_ALL, LC_CTYPE, LANG", "unless they name UTF-8, charts are drawn in ASCII"},
	}
	if !c.HasParent() || c.Flags().Lookup("ledger") != nil {
		out = append(out, manEntry{
			"AZURE_STORAGE_CONNECTION_STRING", "the storage account of a ledger, with its key, instead of a sign-in",
		})
	}
	if signsIn := c.Flags().Lookup("poll-interval") != nil; c.HasParent() && !signsIn {
		return out
	}
	return slices.Concat(out, []manEntry{
		{subscriptionVariable, "the subscription, as --subscription"},
		{"AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_CLIENT_SECRET", "sign-in of a service principal; see docs/apply.md"},
		{
			"AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_CERTIFICATE_PASSWORD",
			"sign-in of a service principal with a certificate instead of a secret",
		},
		{"AZURE_FEDERATED_TOKEN_FILE", "sign-in by workload identity, with AZURE_CLIENT_ID and AZURE_TENANT_ID"},
		{"AZURE_USERNAME, AZURE_PASSWORD", "sign-in of a user, with AZURE_CLIENT_ID and AZURE_TENANT_ID"},
		{"AZURE_TOKEN_CREDENTIALS", "which kinds of sign-in to try: dev, prod, or the name of one"},
		{"AZURE_SDK_GO_LOGGING", "if all, the requests to Azure are logged, without secrets"},
	})
}
