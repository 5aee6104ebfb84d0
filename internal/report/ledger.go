package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/netip"
	"time"

	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/plan"
)

// ledgerReport is the JSON of the ranges of a ledger.
type ledgerReport struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	Ledger     string          `json:"ledger"`
	Entries    []*ledger.Entry `json:"entries"`
	// Free is what no entry covers of the range that was asked for; null if none was.
	Free []netip.Prefix `json:"free,omitempty"`
}

// Ledger returns the report on entries of a ledger, and on the ranges between them if there are any.
func Ledger(store string, entries []*ledger.Entry, free []netip.Prefix, now time.Time) Report {
	if entries == nil {
		entries = []*ledger.Entry{}
	}
	g := grid{
		columns: []column{
			left("RANGE"),
			left("KIND"),
			left("FOR"),
			left("OWNER"),
			left("SPEC"),
			left("STATE"),
			left("UNTIL"),
		},
		more: 1,
	}
	row := func(prefix netip.Prefix, cells ...string) []cell {
		out := []cell{{text: prefix.String()}}
		for _, text := range cells {
			out = append(out, cell{text: printable.Text(text)})
		}
		return out
	}
	holes := free
	for _, e := range entries {
		for len(holes) > 0 && holes[0].Compare(e.AddressPrefix) < 0 {
			g.rows = append(g.rows, row(holes[0], "free", "", "", "", "", ""))
			holes = holes[1:]
		}
		until := ""
		if !e.Until.IsZero() {
			until = e.Until.Format("2006-01-02 15:04")
		}
		r := row(e.AddressPrefix, string(e.Kind), usedFor(e), e.Owner, e.Spec, string(e.State), until)
		if e.Expired(now) {
			r[len(r)-1] = cell{text: until + ", expired", bad: true}
		}
		g.rows = append(g.rows, r)
	}
	for _, p := range holes {
		g.rows = append(g.rows, row(p, "free", "", "", "", "", ""))
	}
	return Report{
		value: ledgerReport{plan.APIVersion, "Ledger", store, entries, free},
		sheet: sheet{{grids: []grid{g.withoutEmpty()}}}.filled(),
	}
}

// usedFor names what an entry is for, short enough for a table.
func usedFor(e *ledger.Entry) string {
	switch e.Kind {
	case ledger.Subnet:
		return e.VNet + "/" + e.Name
	case ledger.PodCIDR, ledger.ServiceCIDR:
		return e.Cluster
	}
	return e.Name
}

// LedgerCSV writes entries as a spreadsheet that ledger import reads.
func LedgerCSV(w io.Writer, entries []*ledger.Entry) error {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	rows := [][]string{{"addressPrefix", "kind", "name", "vnet", "cluster", "owner", "state", "until", "spec", "since"}}
	for _, e := range entries {
		rows = append(rows, []string{
			e.AddressPrefix.String(), string(e.Kind), e.Name, e.VNet, e.Cluster, e.Owner, string(e.State), date(e.Until), e.Spec,
			date(e.Since),
		})
	}
	for _, row := range rows[1:] {
		for i, text := range row {
			row[i] = inert(printable.Text(text))
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	_, err := w.Write(printable.Lines(text.Bytes()))
	return err
}

// inert keeps a spreadsheet from taking a text for a formula.
// https://owasp.org/www-community/attacks/CSV_Injection (read 2026-11-29)
func inert(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}
