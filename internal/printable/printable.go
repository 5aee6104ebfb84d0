// Package printable decides which characters of foreign text must not be printed as they are, and escapes them. Foreign
// is everything that a file, a name, an answer of Azure or the environment can contain.
//
// Two kinds of characters are escaped. Hidden ones change what a terminal shows, or cannot be seen. The others are part
// of a command for a CI runner, which looks for commands in everything that a job prints:
//
//   - Azure Pipelines runs "##vso[task.setvariable …]" and formats "##[group]…" wherever they are in a line.
//     https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (read 2026-11-29)
//   - GitHub Actions runs "::add-mask::…" at the start of a line, after any white space, and "##[add-mask]…" wherever
//     it is. It compares as people do, without characters that have no weight, such as combining marks.
//     https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (read 2026-11-29)
//   - TeamCity runs "##teamcity[…]"; GitLab's sections begin with the escape character, which is hidden.
//
// Each language has its own function here, or calls [Acts]: values go through one of them where a text is put together.
// Output for people passes [Lines] once more as a whole, so that no two harmless values together become a command.
package printable

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Text returns s with all characters that must not be printed escaped in the way of Go: "\x1b" for an escape, "\n" for
// a line feed, "\u202e" for a change of direction, "#\x23vso[" for a command. Any other text stays unchanged, and so
// does the result of Text.
func Text(s string) string {
	if nextActing(s, 0) < 0 {
		return s
	}
	return string(escape(s, nextActing[string], goEscape))
}

// Visible is Text for output whose encoder escapes commands, such as [XML].
func Visible(s string) string {
	if nextHidden(s, 0) < 0 {
		return s
	}
	return string(escape(s, nextHidden, goEscape))
}

// Lines returns finished text for people without commands. All other characters stay, because colours are escape
// sequences.
func Lines(text []byte) []byte { return replace(text, nextCommand[[]byte], goEscape) }

// JSON returns JSON text without characters that act, all of which are in its strings. A reader gets the same values.
func JSON(text []byte) []byte { return replace(text, nextInLayout, jsonEscape) }

// YAML returns YAML text without characters that act. The writer must have put every scalar that [Text] changes in
// double quotes. A reader gets the same values.
func YAML(text []byte) []byte { return replace(text, nextInLayout, yamlEscape) }

// XML returns XML text without commands, all of which are in its texts and attributes. A reader gets the same values.
func XML(text []byte) []byte {
	return replace(text, nextCommand[[]byte], func(out []byte, r rune, _ []byte) []byte {
		return fmt.Appendf(out, "&#%d;", r)
	})
}

// Acts reports whether the character at s[i:] must be escaped: it is hidden, or makes a command of the text around it.
func Acts[T string | []byte](s T, i int) bool {
	switch c := s[i]; {
	case c == '#':
		return hashActs(s, i)
	case c == ':':
		return colonActs(s, i)
	case c < utf8.RuneSelf:
		return c < ' ' || c > '~'
	}
	r, _ := decode(s, i)
	return Hidden(r)
}

// Hidden reports whether a terminal would interpret a character, or whether it cannot be seen. This includes every
// space character except the plain space.
func Hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r > '~'
	}
	return !unicode.IsPrint(r) || r == utf8.RuneError ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func goEscape(out []byte, r rune, raw []byte) []byte {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Appendf(out, `\x%02x`, raw[0])
	case r == '\n':
		return append(out, `\n`...)
	case r == '\r':
		return append(out, `\r`...)
	case r == '\t':
		return append(out, `\t`...)
	case r < 0x100:
		return fmt.Appendf(out, `\x%02x`, r)
	case r < 0x10000:
		return fmt.Appendf(out, `\u%04x`, r)
	}
	return fmt.Appendf(out, `\U%08x`, r)
}

// jsonEscape escapes a character in a string of JSON. A byte that is not UTF-8 becomes the character that readers of
// JSON replace it by.
func jsonEscape(out []byte, r rune, _ []byte) []byte {
	if r < 0x10000 {
		return fmt.Appendf(out, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}

func yamlEscape(out []byte, r rune, _ []byte) []byte {
	if r < 0x100 {
		return fmt.Appendf(out, `\x%02x`, r)
	}
	return fmt.Appendf(out, `\U%08x`, r)
}
