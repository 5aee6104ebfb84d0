package aks

import "unicode"

// charset is a set of classes of characters.
type charset uint16

const (
	lower charset = 1 << iota
	upper
	digit
	dash
	underscore
	dot
	parenthesis
	wideLetter // letters and digits outside ASCII

	alnum           = lower | upper | digit
	deploymentChars = alnum | underscore | parenthesis | dash | dot
	groupChars      = deploymentChars | wideLetter
)

// has reports whether the character belongs to the set.
func (s charset) has(c rune) bool { return s&classOf(c) != 0 }

// classOf returns the class of the character, and the empty set for one that no name may hold.
func classOf(c rune) charset {
	switch {
	case c >= 'a' && c <= 'z':
		return lower
	case c >= 'A' && c <= 'Z':
		return upper
	case c >= '0' && c <= '9':
		return digit
	case c == '-':
		return dash
	case c == '_':
		return underscore
	case c == '.':
		return dot
	case c == '(' || c == ')':
		return parenthesis
	case c > unicode.MaxASCII && c != unicode.ReplacementChar && (unicode.IsLetter(c) || unicode.IsNumber(c)):
		return wideLetter
	}
	return 0
}
