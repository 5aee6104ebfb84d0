package calc

import (
	"math/big"
	"net/netip"
	"strconv"

	"github.com/aksnet/aksnet/ipam"
)

// Free is what is free in a pool. The prefixes of In and Unused are the largest that alignment allows.
type Free struct {
	In, Unused *ipam.Set
	Addresses  Count // of the pool
	Used       Count
	Free       Count
	Families   []FamilyFree // those with free space, IPv4 first
}

// FamilyFree sums up the free space of one address family.
type FamilyFree struct {
	Family  string `json:"family"`
	Free    Count  `json:"freeAddresses"`
	Largest string `json:"largest"`
	// Fragmentation is the part of the free space outside the largest free block, from 0 to 1.
	Fragmentation float64 `json:"fragmentation"`
	// Remaining says for each prefix length how many prefixes could still be taken, if all had this length.
	Remaining   map[string]Count `json:"remaining"`
	LargestBits int              `json:"-"` // the length of Largest
}

// FreeOf returns what is free in a pool when used is in use.
func FreeOf(in, used *ipam.Set) Free {
	f := Free{In: in, Unused: in.Subtract(used), Addresses: Count{in.Count()}, Families: []FamilyFree{}}
	f.Free = Count{f.Unused.Count()}
	f.Used = Count{new(big.Int).Sub(f.Addresses.Int, f.Free.Int)}
	for _, family := range []string{"IPv4", "IPv6"} {
		if one, ok := familyFreeOf(f.Unused, family); ok {
			f.Families = append(f.Families, one)
		}
	}
	return f
}

// familyFreeOf reports false when nothing of the family is free.
func familyFreeOf(free *ipam.Set, family string) (FamilyFree, bool) {
	f := FamilyFree{Family: family, Remaining: map[string]Count{}}
	width := 32
	if family == "IPv6" {
		width = 128
	}
	have := make([]int64, width+1) // blocks of each length
	var largest netip.Prefix
	for p := range free.Prefixes() {
		if p.Addr().BitLen() != width {
			continue
		}
		have[p.Bits()]++
		if !largest.IsValid() || p.Bits() < largest.Bits() {
			largest = p
		}
	}
	if !largest.IsValid() {
		return FamilyFree{}, false
	}
	f.Largest, f.LargestBits = largest.String(), largest.Bits()
	fit := new(big.Int)
	for length, n := range have {
		fit = new(big.Int).Add(fit.Lsh(fit, 1), big.NewInt(n))
		if fit.Sign() > 0 {
			f.Remaining[strconv.Itoa(length)] = Count{new(big.Int).Set(fit)}
		}
	}
	f.Free = Count{fit}
	part, _ := new(big.Rat).SetFrac(ipam.Count(largest), fit).Float64()
	f.Fragmentation = 1 - part
	return f, true
}
