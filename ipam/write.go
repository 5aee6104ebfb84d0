package ipam

import (
	"bufio"
	"io"
)

// WritePrefixes writes the fewest prefixes that cover the set exactly, one per line, sorted, IPv4 first.
func (s *Set) WritePrefixes(w io.Writer) error {
	if err := writeBlocks4(w, s.v4); err != nil || len(s.v6) == 0 {
		return err
	}
	out := bufio.NewWriter(w)
	line := func(a key, length int) bool {
		_, err := out.Write(append(block{a, uint8(length)}.prefix(true).AppendTo(out.AvailableBuffer()), '\n'))
		return err == nil
	}
	for _, r := range s.v6 {
		if !blocks6(r, line) {
			break
		}
	}
	return out.Flush()
}
