package printable

import (
	"unicode"
	"unicode/utf8"
)

// finder returns the index of the next character to escape at or after i, or -1.
type finder[T string | []byte] func(s T, i int) int

// replace returns text with the characters that next finds escaped, or text itself if there are none.
func replace(text []byte, next finder[[]byte], write func(out []byte, r rune, raw []byte) []byte) []byte {
	if next(text, 0) < 0 {
		return text
	}
	return escape(text, next, write)
}

func escape[T string | []byte](s T, next finder[T], write func(out []byte, r rune, raw []byte) []byte) []byte {
	out := make([]byte, 0, len(s)+len(s)/8+16)
	from := 0
	for i := next(s, 0); i >= 0; i = next(s, from) {
		out = append(out, s[from:i]...)
		r, n := decode(s, i)
		out = write(out, r, []byte(s[i:i+n]))
		from = i + n
	}
	return append(out, s[from:]...)
}

func nextActing[T string | []byte](s T, i int) int {
	for i < len(s) {
		c := s[i]
		switch {
		case quiet(c), c == ':' && i > 0 && quiet(s[i-1]): // nearly all
			i++
			continue
		case c < utf8.RuneSelf:
			if Acts(s, i) {
				return i
			}
			i++
			continue
		}
		r, n := decode(s, i)
		if Hidden(r) {
			return i
		}
		i += n
	}
	return -1
}

// nextInLayout is nextActing for text in which line feeds are layout.
func nextInLayout(s []byte, i int) int {
	for i = nextActing(s, i); i >= 0 && s[i] == '\n'; {
		i = nextActing(s, i+1)
	}
	return i
}

func nextHidden(s string, i int) int {
	for i = nextActing(s, i); i >= 0 && (s[i] == '#' || s[i] == ':'); {
		i = nextActing(s, i+1)
	}
	return i
}

func nextCommand[T string | []byte](s T, i int) int {
	for ; i < len(s); i++ {
		if c := s[i]; c == '#' && hashActs(s, i) || c == ':' && colonActs(s, i) {
			return i
		}
	}
	return -1
}

// quiet reports whether a byte is a character that never acts.
func quiet(c byte) bool { return c >= ' ' && c <= '~' && c != '#' && c != ':' }

// hashActs reports whether the # at i is the second of two before a bracket, or before a word and a bracket. Where the
// text begins or ends, what is printed beside it may be the rest.
func hashActs[T string | []byte](s T, i int) bool {
	before, end := previous(s, i), following(s, i+1)
	for end < len(s) && letter(s[end]) {
		end = following(s, end+1)
	}
	if before < 0 {
		return end < len(s) && s[end] == '['
	}
	return s[before] == '#' && (end == len(s) || s[end] == '[')
}

// colonActs reports whether the : at i is the second of two before the name of a command. What can follow two colons in
// an IPv6 address is no name.
func colonActs[T string | []byte](s T, i int) bool {
	if before := previous(s, i); before < 0 || s[before] != ':' {
		return false
	}
	for i = following(s, i+1); i < len(s) && (letter(s[i]) || s[i] == '-'); i = following(s, i+1) {
		if c := s[i] | 0x20; c > 'f' || s[i] == '-' {
			return true
		}
	}
	return false
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// previous returns the index of the last character before i that is not a combining mark, or -1.
func previous[T string | []byte](s T, i int) int {
	for i--; i >= 0; i-- {
		if s[i] < utf8.RuneSelf {
			return i
		}
		if r, _ := decode(s, i); utf8.RuneStart(s[i]) && !unicode.Is(unicode.M, r) {
			return i
		}
	}
	return -1
}

// following returns the index of the first character from i on that is not a combining mark, or the length.
func following[T string | []byte](s T, i int) int {
	for i < len(s) && s[i] >= utf8.RuneSelf {
		r, n := decode(s, i)
		if !unicode.Is(unicode.M, r) {
			return i
		}
		i += n
	}
	return i
}

// decode returns the character at i and its length in bytes.
func decode[T string | []byte](s T, i int) (rune, int) {
	var buf [utf8.UTFMax]byte
	return utf8.DecodeRune(buf[:copy(buf[:], s[i:])])
}
