package ipam

import "slices"

// addrs is a list of addresses of one family, strictly ascending. It is packed, because a tree of a million addresses
// is bound by memory latency: IPv4 takes one word per address, IPv6 four.
type addrs struct {
	words []uint32
	is6   bool
}

func (a addrs) len() int {
	if a.is6 {
		return len(a.words) / 4
	}
	return len(a.words)
}

// wordsOf returns the number of words for n addresses.
func (a addrs) wordsOf(n int) int {
	if a.is6 {
		return 4 * n
	}
	return n
}

func (a addrs) at(i int) key {
	if a.is6 {
		w := a.words[4*i : 4*i+4]
		return key{uint64(w[0])<<32 | uint64(w[1]), uint64(w[2])<<32 | uint64(w[3])}
	}
	return key{hi: uint64(a.words[i]) << 32}
}

func (a addrs) set(i int, k key) {
	if a.is6 {
		w := a.words[4*i : 4*i+4]
		w[0], w[1], w[2], w[3] = uint32(k.hi>>32), uint32(k.hi), uint32(k.lo>>32), uint32(k.lo)
		return
	}
	a.words[i] = uint32(k.hi >> 32)
}

// upTo returns the number of addresses at or before k.
func (a addrs) upTo(k key) int {
	if !a.is6 {
		return wordsUpTo(a.words, uint32(k.hi>>32))
	}
	low, high := 0, a.len()
	for low < high {
		if mid := (low + high) / 2; k.Less(a.at(mid)) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// wordsUpTo counts in two rounds: first the run of words, then the position in it. No step depends on another or on a
// branch, so that the cache lines of a large tree are fetched in parallel, where binary search would fetch them one
// after the other.
func wordsUpTo(words []uint32, w uint32) int {
	const run = 16 // a cache line
	runs := 0
	for i := run - 1; i < len(words); i += run {
		runs += notAbove(words[i], w)
	}
	n := runs * run
	for _, word := range words[n:min(n+run, len(words))] {
		n += notAbove(word, w)
	}
	return n
}

// notAbove returns 1 when word is at most w, else 0.
func notAbove(word, w uint32) int { return 1 + int((int64(w)-int64(word))>>63) }

// open makes room for n addresses at position i. The caller must set them.
func (a *addrs) open(i, n int) {
	i, n = a.wordsOf(i), a.wordsOf(n)
	old := len(a.words)
	a.words = slices.Grow(a.words, n)[:old+n]
	copy(a.words[i+n:], a.words[i:old])
}

func (a *addrs) delete(i int) {
	a.words = slices.Delete(a.words, a.wordsOf(i), a.wordsOf(i+1))
}
