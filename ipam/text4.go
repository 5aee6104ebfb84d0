package ipam

import "io"

// entry4 is a plain IPv4 entry of a list: an address, a prefix with its length, or a range a-b without blanks.
type entry4 struct {
	Addr        addr4 // the first address as written
	First, Last addr4 // of what the entry covers: a prefix is masked
	Bits        uint8 // of a prefix
	Mark        byte  // the byte after the first address: '/' for a prefix, '-' for a range, 0 for a single address
}

// readEntry4 reads the plain entry at the start of text and returns its length in bytes. The caller must check what
// follows: "10.0.0.0/333" starts with a prefix. It reports false for everything else, valid or not.
func readEntry4(text []byte) (e entry4, n int, ok bool) {
	a, n, ok := readAddr4(text)
	switch {
	case !ok:
		return entry4{}, 0, false
	case n < len(text) && text[n] == '/':
		length, m, ok := readLength4(text[n+1:])
		hosts := ^addr4(0) >> length
		return entry4{a, a &^ hosts, a | hosts, length, '/'}, n + 1 + m, ok
	case n < len(text) && text[n] == '-':
		b, m, ok := readAddr4(text[n+1:])
		return entry4{a, a, b, 0, '-'}, n + 1 + m, ok && a <= b
	}
	return entry4{Addr: a, First: a, Last: a}, n, true
}

// readAddr4 reads four numbers without leading zeros: a digit after a zero is an error that the next dot, or the
// caller, detects. The loop over the digits is unrolled, because their number is unpredictable.
func readAddr4(s []byte) (a addr4, n int, ok bool) {
	for octet := range 4 {
		if octet > 0 {
			if n >= len(s) || s[n] != '.' {
				return 0, 0, false
			}
			n++
		}
		v := digit(s, n)
		if v > 9 {
			return 0, 0, false
		}
		n++
		if d := digit(s, n); d <= 9 && v > 0 {
			v, n = v*10+d, n+1
			if d := digit(s, n); d <= 9 {
				v, n = v*10+d, n+1
			}
		}
		if v > 255 {
			return 0, 0, false
		}
		a = a<<8 | addr4(v)
	}
	return a, n, true
}

// readLength4 reads a number from 0 to 32.
func readLength4(s []byte) (length uint8, n int, ok bool) {
	v := digit(s, 0)
	if v > 9 {
		return 0, 0, false
	}
	if d := digit(s, 1); d <= 9 && v > 0 {
		v = v*10 + d
		return uint8(v), 2, v <= 32
	}
	return uint8(v), 1, true
}

// digit returns the value of the digit at s[n], or more than 9 if there is none.
func digit(s []byte, n int) uint32 {
	if n < len(s) {
		return uint32(s[n]) - '0'
	}
	return 10
}

// readLines4 calls each for the entries at the start of text, as long as each is plain and the only one on its line. It
// returns the rest of text, from the first line that is different or incomplete.
func readLines4(text []byte, each func(entry4)) (rest []byte) {
	for {
		e, n, ok := readEntry4(text)
		if !ok || n >= len(text) || text[n] != '\n' {
			return text
		}
		each(e)
		text = text[n+1:]
	}
}

const (
	writeBuffer = 32 << 10
	longLine    = len("255.255.255.255/32\n")
)

// writeBlocks4 writes the fewest prefixes that cover spans exactly, in their order, one per line.
func writeBlocks4(w io.Writer, spans []span[addr4]) error {
	var err error
	buf := make([]byte, 0, writeBuffer)
	line := func(a addr4, length int) bool {
		buf = append(appendBlock4(buf, a, length), '\n')
		if len(buf) > writeBuffer-longLine {
			_, err = w.Write(buf)
			buf = buf[:0]
		}
		return err == nil
	}
	for _, s := range spans {
		if !blocks4(s, line) {
			return err
		}
	}
	_, err = w.Write(buf)
	return err
}

// appendBlock4 appends a prefix as text.
func appendBlock4(to []byte, a addr4, length int) []byte {
	return appendNumber(append(appendAddr4(to, a), '/'), byte(length))
}

// appendAddr4 appends an address as text.
func appendAddr4(to []byte, a addr4) []byte {
	to = append(appendNumber(to, byte(a>>24)), '.')
	to = append(appendNumber(to, byte(a>>16)), '.')
	to = append(appendNumber(to, byte(a>>8)), '.')
	return appendNumber(to, byte(a))
}

func appendNumber(to []byte, v byte) []byte {
	switch {
	case v >= 100:
		return append(to, '0'+v/100, '0'+v/10%10, '0'+v%10)
	case v >= 10:
		return append(to, '0'+v/10, '0'+v%10)
	}
	return append(to, '0'+v)
}
