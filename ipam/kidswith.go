package ipam

// kidsWith says of each class of sizes which kids of an inner node have such a block below them: kid i is bit i.
type kidsWith []uint64

func newKidsWith(is6 bool) kidsWith {
	if is6 {
		return make(kidsWith, 128)
	}
	return make(kidsWith, 32)
}

// any is the kids with a block of any of the sizes in want, all of them sizes of the family.
func (w kidsWith) any(want sizes) uint64 {
	var kids uint64
	for c := range want.classes() {
		kids |= w[c]
	}
	return kids
}

// open makes room for a kid at position i, which has nothing yet.
func (w kidsWith) open(i int) {
	low := uint64(1)<<i - 1
	for c, kids := range w {
		w[c] = kids&low | kids&^low<<1
	}
}

// close forgets kid i.
func (w kidsWith) close(i int) {
	low := uint64(1)<<i - 1
	for c, kids := range w {
		w[c] = kids&low | kids>>1&^low
	}
}

// append puts what o says of its kids from one position to another behind the n kids of w.
func (w kidsWith) append(n int, o kidsWith, from, to int) {
	for c := range w {
		w[c] |= o[c] >> from & (1<<(to-from) - 1) << n
	}
}
