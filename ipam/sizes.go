package ipam

import (
	"iter"
	"math/bits"
)

// sizes is the set of prefix lengths that occur among some free blocks.
//
// Length 0 shares its bit with length 1, so that the set fits in two words: a free /0 is always the only block, so the
// two never occur together, and only a request for a /0 needs a second check.
type sizes [2]uint64

func class(length uint8) uint {
	if length == 0 {
		return 0
	}
	return uint(length) - 1
}

func (s *sizes) add(length uint8) {
	c := class(length)
	s[c>>6&1] |= 1 << (c & 63)
}

func (s *sizes) drop(length uint8) {
	c := class(length)
	s[c>>6&1] &^= 1 << (c & 63)
}

// put adds or removes all lengths of a class.
func (s *sizes) put(class int, in bool) {
	bit := uint64(1) << (class & 63)
	s[class>>6&1] &^= bit
	if in {
		s[class>>6&1] |= bit
	}
}

// classes yields the classes of the lengths in s, ascending.
func (s sizes) classes() iter.Seq[int] {
	return func(yield func(int) bool) {
		for half, left := range s {
			for ; left != 0; left &= left - 1 {
				if !yield(64*half + bits.TrailingZeros64(left)) {
					return
				}
			}
		}
	}
}

func (s sizes) xor(o sizes) sizes { return sizes{s[0] ^ o[0], s[1] ^ o[1]} }

func (s sizes) has(length uint8) bool {
	c := class(length)
	return s[c>>6&1]&(1<<(c&63)) != 0
}

func (s sizes) meets(o sizes) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

// upTo keeps the lengths of blocks large enough for a prefix of the given length.
func (s sizes) upTo(length uint8) sizes {
	c := class(length)
	keep := ^uint64(0) >> (63 - c&63)
	if c < 64 {
		return sizes{s[0] & keep, 0}
	}
	return sizes{s[0], s[1] & keep}
}

// smallest keeps the longest length only; largest the shortest. The empty set stays empty.
func (s sizes) smallest() sizes {
	if s[1] != 0 {
		return sizes{0, 1 << (bits.Len64(s[1]) - 1)}
	}
	if s[0] != 0 {
		return sizes{1 << (bits.Len64(s[0]) - 1), 0}
	}
	return sizes{}
}

func (s sizes) largest() sizes {
	if s[0] != 0 {
		return sizes{s[0] & -s[0], 0}
	}
	return sizes{0, s[1] & -s[1]}
}
