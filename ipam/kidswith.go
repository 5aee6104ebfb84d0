package ipam

// kidsWith maps each class of sizes to the kids of an inner node with such a block below them: kid i is bit i.
type kidsWith []uint64

func newKidsWith(is6 bool) kidsWith {
	if is6 {
		return make(kidsWith, 128)
	}
	return make(kidsWith, 32)
}

// any returns the kids with a block of any size in want. All sizes in want must be valid for the family.
func (w kidsWith) any(want sizes) uint64 {
	var kids uint64
	for c := range want.classes() {
		kids |= w[c]
	}
	return kids
}

// open makes room for an empty kid at position i.
func (w kidsWith) open(i int) {
	low := uint64(1)<<i - 1
	for c, kids := range w {
		w[c] = kids&low | kids&^low<<1
	}
}

// close removes kid i.
func (w kidsWith) close(i int) {
	low := uint64(1)<<i - 1
	for c, kids := range w {
		w[c] = kids&low | kids>>1&^low
	}
}

// append appends the kids of o in the given range to the n kids of w.
func (w kidsWith) append(n int, o kidsWith, from, to int) {
	for c := range w {
		w[c] |= o[c] >> from & (1<<(to-from) - 1) << n
	}
}
