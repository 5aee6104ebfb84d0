package render

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
)

// quoteJSON returns a string as JSON. In this language and the others, characters that a terminal or a CI runner would
// interpret are escaped, so that no text can hide in the output, or act when it is printed.
func quoteJSON(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case !printable.Acts(s, i):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// escapeARM prevents a string from being read as a template expression: one in brackets gets a second opening bracket.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions (read 2026-11-22)
func escapeARM(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}

// quoteARM returns a string literal for a template expression.
func quoteARM(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// quoteBicep returns a string as a Bicep literal.
// https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types (read 2026-11-22)
func quoteBicep(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i, r := range s {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '$' && strings.HasPrefix(s[i+1:], "{"):
			b.WriteString(`\$`)
		case !printable.Acts(s, i):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// quoteHCL returns a string as a Terraform expression.
// https://developer.hashicorp.com/terraform/language/expressions/strings (read 2026-11-22)
func quoteHCL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case !printable.Acts(s, i):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
