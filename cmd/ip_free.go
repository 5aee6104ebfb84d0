package cmd

import (
	"fmt"
	"math/big"
	"net/netip"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

// poolFlags say where to look for free space and what is in use there.
type poolFlags struct{ in, used []string }

func (p *poolFlags) addFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&p.in, "in", nil, "the `POOL`: an entry or a file (repeatable)")
	c.Flags().StringArrayVar(&p.used, "used", nil, "what is in `USE`: an entry or a file (repeatable)")
}

// sets are the pool and what is in use, from the flags, the arguments and standard input. Without
// any word on what is in use, and nobody to send it, nothing is.
func (p *poolFlags) sets(o *ipOptions, args []string) (in, used *ipam.Set, err error) {
	if len(p.in) == 0 {
		return nil, nil, usagef("--in is missing: the prefixes to look for free space in")
	}
	lists := []func() (*ipam.Set, error){o.argList(p.in...), o.argList(p.used...)}
	if nothing := len(args)+len(o.files) == 0; !nothing || len(p.used) == 0 && !o.io.InTerminal {
		lists = append(lists, o.list(args))
	}
	sets, err := o.sets(lists...)
	if err != nil {
		return nil, nil, err
	}
	used = sets[1]
	for _, more := range sets[2:] {
		used = used.Union(more)
	}
	return sets[0], used, nil
}

func newIPFree(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var pool poolFlags
	c := &cobra.Command{
		Use:   "free --in POOL [USED…]",
		Short: "What is free in a pool",
		Long: `What is free in a pool: the free blocks, how many prefixes of each length could still be
taken (one length at a time), the largest block, and fragmentation: the part of the free
space that lies outside the largest free block, from 0 to 1.

What is in use comes from --used, USED and -f; without any of them it is read from standard
input (</dev/null for nothing).`,
		Example: `  aksnet ip free --in 10.0.0.0/16 10.0.0.0/20 10.0.32.0/19
  aksnet ip free --in pool.txt --used used.txt -o json`,
		RunE: o.run(func(args []string) error {
			in, used, err := pool.sets(o, args)
			if err != nil {
				return err
			}
			return o.writeFree(in, in.Subtract(used))
		}),
	}
	o.addFlags(c)
	pool.addFlags(c)
	return c
}

func (o *ipOptions) writeFree(in, free *ipam.Set) error {
	switch o.format() {
	case ipPlain:
		return free.WritePrefixes(o.io.Out)
	case ipJSON:
		return writeJSONLists(o.io.Out, freeOf(in, free), map[string]*ipam.Set{"in": in, "freePrefixes": free})
	}
	if err := o.writeSet(free); err != nil {
		return err
	}
	for _, f := range freeOf(in, free).Families {
		if _, err := fmt.Fprintf(o.io.Out, "%s: largest %s, fragmentation %.0f%%; room for %s\n", f.Family, f.Largest, 100*f.Fragmentation, f.rooms()); err != nil {
			return err
		}
	}
	return nil
}

// ipFree is the answer of "ip free".
type ipFree struct {
	In        []string     `json:"in"` // written by writeJSONLists, as are the free prefixes
	Addresses count        `json:"addresses"`
	Used      count        `json:"usedAddresses"`
	Free      count        `json:"freeAddresses"`
	Prefixes  []string     `json:"freePrefixes"`
	Families  []familyFree `json:"families"` // those with free space
}

// familyFree sums up the free space of one address family.
type familyFree struct {
	Family        string           `json:"family"`
	Free          count            `json:"freeAddresses"`
	Largest       string           `json:"largest"`
	Fragmentation float64          `json:"fragmentation"`
	Remaining     map[string]count `json:"remaining"` // by prefix length: how many could still be taken
	largestBits   int
}

func freeOf(in, free *ipam.Set) ipFree {
	f := ipFree{
		In: []string{}, Prefixes: []string{}, Addresses: count{in.Count()}, Free: count{free.Count()}, Families: []familyFree{},
	}
	f.Used = count{new(big.Int).Sub(f.Addresses.Int, f.Free.Int)}
	for _, family := range []string{"IPv4", "IPv6"} {
		if one, ok := familyFreeOf(free, family); ok {
			f.Families = append(f.Families, one)
		}
	}
	return f
}

// familyFreeOf reports false when nothing of the family is free.
func familyFreeOf(free *ipam.Set, family string) (familyFree, bool) {
	f := familyFree{Family: family, Remaining: map[string]count{}}
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
		return familyFree{}, false
	}
	f.Largest, f.largestBits = largest.String(), largest.Bits()
	room := new(big.Int)
	for length, n := range have {
		room = new(big.Int).Add(room.Lsh(room, 1), big.NewInt(n))
		if room.Sign() > 0 {
			f.Remaining[strconv.Itoa(length)] = count{new(big.Int).Set(room)}
		}
	}
	f.Free = count{room}
	part, _ := new(big.Rat).SetFrac(ipam.Count(largest), room).Float64()
	f.Fragmentation = 1 - part
	return f, true
}

// rooms names the first few lengths of which something remains.
func (f familyFree) rooms() string {
	const shown = 6
	var parts []string
	for length := f.largestBits; len(parts) < shown; length++ {
		n, ok := f.Remaining[strconv.Itoa(length)]
		if !ok {
			break
		}
		parts = append(parts, fmt.Sprintf("%s /%d", grouped(n.Int), length))
	}
	return strings.Join(parts, " or ")
}
