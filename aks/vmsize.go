package aks

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// vmSize matches the name of a VM size: family, number, fewer cores, features, and what follows.
var vmSize = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:standard|basic)_([A-Z]+)([0-9]+)(?:-([0-9]+))?([a-z]*)((?:_.*)?)$`)
})

// VCPUs returns how many virtual CPUs a VM size has, and false for a name that does not say.
// [PageVMNames] (read 2026-11-28)
func VCPUs(size string) (int, bool) {
	m := vmSize().FindStringSubmatch(size)
	if m == nil {
		return 0, false
	}
	number := m[2]
	if m[3] != "" {
		number = m[3]
	}
	n, err := strconv.Atoi(number)
	if err != nil || m[1] == "G" || m[1] == "GS" {
		return 0, false
	}
	newer := m[5] != "" && !strings.EqualFold(m[5], "_Promo")
	switch second := strings.HasPrefix(m[5], "_v2"); {
	case (m[1] == "D" || m[1] == "DS") && m[4] == "" && (second || !newer):
		n, ok := map[int]int{1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 11: 2, 12: 4, 13: 8, 14: 16, 15: 20}[n]
		return n, ok
	case m[1] == "A" && !newer:
		n, ok := map[int]int{0: 1, 1: 1, 2: 2, 3: 4, 4: 8, 5: 2, 6: 4, 7: 8}[n]
		return n, ok
	}
	return n, true
}

// Burstable reports whether a VM size is of the B series.
func Burstable(size string) bool {
	m := vmSize().FindStringSubmatch(size)
	return m != nil && m[1] == "B"
}

// confidential matches the sizes of confidential virtual machines, those of AMD and of Intel.
var confidential = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^standard_[DE]C[0-9]+[ae]d?s_v[5-9]$`)
})

// Confidential reports whether a VM size is a confidential virtual machine.
func Confidential(size string) bool { return confidential().MatchString(size) }

// SameMachines reports whether nodes may change from one VM size to another in place: both are of one processor
// architecture, and both or neither are confidential. Sizes whose names do not say count as the same.
// [PageResizePool] (read 2026-11-28)
func SameMachines(from, to string) bool {
	a, b := vmSize().FindStringSubmatch(from), vmSize().FindStringSubmatch(to)
	if a == nil || b == nil {
		return true
	}
	arm := func(m []string) bool { return strings.Contains(m[4], "p") } // [PageVMNames] (read 2026-11-28)
	return arm(a) == arm(b) && Confidential(from) == Confidential(to)
}

// MinVCPUs is the least number of virtual CPUs of nodes.
// [PageQuotas] (text 2026-08, read 2026-11-28)
const MinVCPUs = 2

// MinVCPUsLocalDNS is the least number of virtual CPUs of nodes with LocalDNS.
// [PageLocalDNS] (text 2026-07-06, read 2026-11-28)
const MinVCPUsLocalDNS = 4
