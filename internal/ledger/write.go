package ledger

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/aksnet/aksnet/spec"
)

// Version is the version of the format of ledgers that this version of aksnet writes, and the highest that it reads.
const Version = 1

// heading is the comment at the top of a new ledger.
const heading = `# Address ranges in use, and who holds them. aksnet ledger keeps this file; after editing it, run aksnet ledger check.
`

// WriteTo writes the ledger as YAML, one entry a line, in address order.
func (l *Ledger) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{w: w}
	b := bufio.NewWriter(counted)
	if l.head == "" {
		b.WriteString(heading)
	}
	b.WriteString(l.head)
	fmt.Fprintf(b, "apiVersion: %s\nkind: %s\nversion: %d\n", spec.APIVersion, fileKind, Version)
	for _, p := range l.more {
		b.WriteString(scalar(p.key) + ": " + p.value + "\n")
	}
	if len(l.entries) == 0 {
		b.WriteString("entries: []\n")
	} else {
		b.WriteString("entries:\n")
	}
	for _, e := range l.entries {
		b.WriteString(e.above)
		e.write(b)
	}
	b.WriteString(l.tail)
	err := b.Flush()
	return counted.n, err
}

// write writes the line of an entry.
func (e *Entry) write(b *bufio.Writer) {
	b.WriteString(lineStart)
	first := true
	put := func(key, raw string) {
		if !first {
			b.WriteString(", ")
		}
		first = false
		b.WriteString(key)
		b.WriteString(": ")
		b.WriteString(raw)
	}
	text := func(key, value string) {
		if value != "" {
			put(key, scalar(value))
		}
	}
	date := func(key string, t time.Time) {
		if !t.IsZero() {
			put(key, t.UTC().Format(time.RFC3339))
		}
	}
	put("addressPrefix", scalar(e.AddressPrefix.String()))
	text("kind", string(e.Kind))
	text("name", e.Name)
	text("vnet", e.VNet)
	text("cluster", e.Cluster)
	text("owner", e.Owner)
	text("state", string(e.State))
	date("until", e.Until)
	text("spec", e.Spec)
	date("since", e.Since)
	for _, p := range e.more {
		put(scalar(p.key), p.value)
	}
	b.WriteString(lineEnd)
	if e.comment != "" {
		b.WriteString(" " + e.comment)
	}
	b.WriteByte('\n')
}

// scalar writes a text so that YAML reads the same text: plain if it can be, else in double quotes.
func scalar(s string) string {
	if isPlainText(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsGraphic(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// counter counts what passes through.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
