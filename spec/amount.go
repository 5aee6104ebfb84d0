package spec

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Amount is a number of nodes, or a percentage of them: "3", "33%". The zero value is no nodes.
type Amount struct {
	N       int
	Percent bool
}

// Of returns how many nodes a is for a pool of n: a percentage rounds up, and no amount exceeds n itself, since AKS
// never surges more nodes than there are to upgrade.
// [aks.PageRollingUpgrades] (read 2026-11-22)
func (a Amount) Of(n int) int {
	return min(a.Extra(n), n)
}

// Extra returns how many nodes a adds to a pool of n: a percentage rounds up. Unlike Of it may exceed n.
func (a Amount) Extra(n int) int {
	if !a.Percent {
		return a.N
	}
	whole, rest := n/100, n%100
	return whole*a.N + (rest*a.N+99)/100
}

// Within returns the largest pool that, together with its extra nodes, has at most that many nodes.
func (a Amount) Within(most int) int {
	return sort.Search(most, func(n int) bool { return n+1+a.Of(n+1) > most })
}

// String returns a as the user writes it.
func (a Amount) String() string {
	if a.Percent {
		return strconv.Itoa(a.N) + "%"
	}
	return strconv.Itoa(a.N)
}

// maxAmount keeps sums of amounts far from overflow.
const maxAmount = 1_000_000

// ParseAmount reads "3" or "33%". It refuses signs, fractions and anything above a million.
func ParseAmount(s string) (Amount, error) {
	digits, percent := strings.CutSuffix(s, "%")
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || n > maxAmount || strings.HasPrefix(digits, "+") {
		return Amount{}, fmt.Errorf("expected a whole number or a percentage, such as 3 or 33%%")
	}
	return Amount{N: int(n), Percent: percent}, nil
}

// Version is a Kubernetes version such as "1.34" or "1.34.2". Empty is AKS's default.
type Version string

// AtLeast reports whether v is min or newer; an empty version is the newest.
func (v Version) AtLeast(min string) bool {
	return v == "" || aks.KubernetesAtLeast(string(v), min)
}
