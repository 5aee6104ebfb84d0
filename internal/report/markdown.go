package report

import (
	"bytes"
	"io"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
)

// markdown writes a sheet as GitHub-flavoured Markdown: a heading for every section, a table for every grid.
func (s sheet) markdown(w io.Writer) error {
	var out bytes.Buffer
	for i, sec := range s.withSources() {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString("## " + markdownText(sec.title) + "\n")
		if len(sec.facts) > 0 {
			out.WriteByte('\n')
		}
		for _, f := range sec.facts {
			out.WriteString("- " + markdownText(f.name) + ": " + linked(f.value, f.link) + "\n")
		}
		for _, g := range sec.grids {
			out.WriteByte('\n')
			g.markdown(&out)
		}
		if len(sec.todos) > 0 {
			out.WriteByte('\n')
			checklist(&out, sec.todos)
		}
		for _, e := range sec.examples {
			out.WriteString("\n" + markdownText(sentence(e.title)) + ":\n\n```yaml\n" + e.text + "```\n")
		}
	}
	_, err := w.Write(printable.Lines(out.Bytes()))
	return err
}

// markdown writes a table, or a list for a single column.
func (g grid) markdown(out *bytes.Buffer) {
	if len(g.columns) == 1 {
		for _, row := range g.rows {
			out.WriteString("- " + markdownCell(row[0]) + "\n")
		}
		return
	}
	heads, rules := make([]string, len(g.columns)), make([]string, len(g.columns))
	for i, c := range g.columns {
		heads[i], rules[i] = markdownText(sentence(c.name)), "---"
		if c.toRight {
			rules[i] = "---:"
		}
	}
	markdownRow(out, heads)
	markdownRow(out, rules)
	for _, row := range g.rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = markdownCell(c)
		}
		markdownRow(out, cells)
	}
}

func markdownRow(out *bytes.Buffer, cells []string) {
	out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// markdownCell returns the text of a cell on one line, in bold if it needs attention.
func markdownCell(c cell) string {
	lines := strings.Split(c.text, "\n")
	for i := range lines {
		lines[i] = markdownText(lines[i])
	}
	text := strings.Join(lines, "<br>")
	if c.bad && strings.TrimSpace(c.text) != "" {
		return "**" + strings.TrimSpace(text) + "**"
	}
	return text
}

// linked returns a text as Markdown; if it starts with a link, that part links to itself. Links come from our own
// tables and never from the user.
func linked(text, link string) string {
	if rest, ok := strings.CutPrefix(text, link); ok && link != "" {
		return "<" + link + ">" + markdownText(rest)
	}
	return markdownText(text)
}

// markdownSpecial is every character that can have a meaning in Markdown, or in HTML inside it.
const markdownSpecial = "\\`*_{}[]()<>#+-.!|~&$^=:@\"'"

// markdownText returns Markdown that renders as s in any inline text: a backslash escapes what Markdown could read as
// markup.
func markdownText(s string) string {
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune(markdownSpecial, r) && needsEscape(s, i, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// needsEscape reports whether r needs a backslash. Characters that are special only at the start of a line are not
// escaped elsewhere, so that names and ranges stay readable in the source.
func needsEscape(s string, i int, r rune) bool {
	switch r {
	case '-', '.', '+', '=', '#', '(', ')', '{', '}', '"', '\'', '^':
		return i == 0
	case ':':
		return strings.HasPrefix(s[i:], "://")
	}
	return true
}

// sentence converts a heading from capitals to sentence case; abbreviations stay in capitals.
func sentence(heading string) string {
	words := strings.Fields(heading)
	for i, w := range words {
		switch w {
		case "NSG", "NAT", "CIDR", "DNS", "IP", "OS", "AKS", "CNI", "SNAT":
			continue
		case "VNET":
			words[i] = "VNet"
			continue
		case "VNETS":
			words[i] = "VNets"
			continue
		case "IPS":
			words[i] = "IPs"
			continue
		}
		words[i] = strings.ToLower(w)
	}
	out := strings.Join(words, " ")
	return strings.ToUpper(out[:1]) + out[1:]
}
