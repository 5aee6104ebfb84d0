// Package shell quotes texts for a shell.
package shell

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
)

// Quote writes a text as one word on one line, always in quotes. Where a CI runner would find a command in the text, it
// closes and reopens the quotes. Hidden characters become escapes, in the form that bash, zsh and ksh know; a shell
// cannot pass the character NUL on.
func Quote(s string) string {
	if printable.Visible(s) != s {
		return escaped(s)
	}
	var b strings.Builder
	b.WriteByte('\'')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'':
			b.WriteString(`'\''`)
		case command(s, i):
			b.WriteString(`''` + string(c))
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + "'"
}

// Word writes a text as one word on one line: as it is if the shell and a CI runner give no character a meaning, else
// like Quote.
func Word(s string) string {
	if s == "" || s[0] == '~' {
		return Quote(s)
	}
	for i := range len(s) {
		if !plain(s[i]) || command(s, i) {
			return Quote(s)
		}
	}
	return s
}

// File writes the name of a file as one word that no command takes for an option or for standard input.
func File(name string) string {
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	return Word(name)
}

// escaped writes a text in quotes in which all characters but printable ones of ASCII are escapes.
func escaped(s string) string {
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c > '~' || command(s, i):
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + "'"
}

// command reports whether the character at i makes a command for a CI runner of the text around it.
func command(s string, i int) bool { return (s[i] == '#' || s[i] == ':') && printable.Acts(s, i) }

// plain reports whether a shell leaves a character alone wherever it stands in a word.
func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_./:,@+", c) >= 0
}
