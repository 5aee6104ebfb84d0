package render

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nfc reports whether got is s in normal form, which is how Terraform reads strings.
func nfc(s, got string) bool { return norm.NFC.String(s) == got }

var errUnquote = errors.New("not a quoted string")

// unquoteBicepForTest reads a Bicep string by the rules of the language's reference.
func unquoteBicepForTest(q string) (string, error) {
	if len(q) < 2 || q[0] != '\'' || q[len(q)-1] != '\'' {
		return "", errUnquote
	}
	in := q[1 : len(q)-1]
	var b strings.Builder
	for len(in) > 0 {
		r, n := utf8.DecodeRuneInString(in)
		switch {
		case r == '\'' || r == '\n' || strings.HasPrefix(in, "${"):
			return "", errUnquote
		case r != '\\':
			b.WriteRune(r)
			in = in[n:]
			continue
		case len(in) < 2:
			return "", errUnquote
		}
		switch in[1] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case '\\', '\'', '$':
			b.WriteByte(in[1])
		case 'u':
			end := strings.IndexByte(in, '}')
			code, err := strconv.ParseUint(in[3:end], 16, 32)
			if err != nil {
				return "", err
			}
			b.WriteRune(rune(code))
			in = in[end+1:]
			continue
		default:
			return "", errUnquote
		}
		in = in[2:]
	}
	return b.String(), nil
}

// unquoteShell reads one word of single quotes, escaped quotes and quotes with escapes.
func unquoteShell(q string) (string, error) {
	var b strings.Builder
	for len(q) > 0 {
		switch {
		case q[0] == '\'':
			text, rest, ended := strings.Cut(q[1:], "'")
			if !ended {
				return "", errUnquote
			}
			b.WriteString(text)
			q = rest
		case strings.HasPrefix(q, `\'`):
			b.WriteByte('\'')
			q = q[2:]
		case strings.HasPrefix(q, "$'"):
			text, rest, err := unquoteEscapes(q[2:])
			if err != nil {
				return "", err
			}
			b.WriteString(text)
			q = rest
		default:
			return "", errUnquote
		}
	}
	return b.String(), nil
}

// unquoteEscapes reads up to the closing quote of $'…', in which bytes may be octal numbers.
func unquoteEscapes(q string) (text, rest string, err error) {
	var b strings.Builder
	for len(q) > 0 {
		switch {
		case q[0] == '\'':
			return b.String(), q[1:], nil
		case strings.HasPrefix(q, `\\`) || strings.HasPrefix(q, `\'`):
			b.WriteByte(q[1])
			q = q[2:]
		case q[0] == '\\' && len(q) > 3:
			code, err := strconv.ParseUint(q[1:4], 8, 8)
			if err != nil {
				return "", "", err
			}
			b.WriteByte(byte(code))
			q = q[4:]
		default:
			b.WriteByte(q[0])
			q = q[1:]
		}
	}
	return "", "", errUnquote
}
