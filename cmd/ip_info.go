package cmd

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math/big"
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

func newIPInfo(io IO) *cobra.Command {
	o := &ipOptions{io: io, noList: true}
	var azure bool
	c := &cobra.Command{
		Use:   "info [ENTRY | FILE]…",
		Short: "Everything about a prefix, a range or an address",
		Long: `Everything about a prefix, a range or an address: network, broadcast, usable
addresses, what the range is set aside for, binary form and reverse DNS names.

--azure adds what Azure leaves of a subnet of this prefix: it keeps the first four
addresses and the last one, and makes no IPv4 subnet smaller than a /29.

-o json prints one object for one entry and an array for several; -o plain prints
the prefix alone. The default is the table, on a terminal and elsewhere.`,
		Example: `  aksnet ip info 10.240.0.0/22
  aksnet ip info 10.240.0.0/22 --azure
  aksnet ip info fd00:db8::/64 -o json`,
		RunE: o.run(func(args []string) error {
			o.masked.quiet = true
			return o.infos(args, azure)
		}),
	}
	o.addFlags(c)
	c.Flags().BoolVar(&azure, "azure", false, "show what Azure leaves of a subnet of this prefix")
	return c
}

func (o *ipOptions) infos(args []string, azure bool) error {
	format := o.format()
	garbageFromHere()
	w := &infoWriter{format: format, out: bufio.NewWriter(o.io.Out), paint: o.paint()}
	w.list = jsonArray{w: w.out}
	err := o.twice(args, func(ipam.Item) { w.count++ }, func(i ipam.Item) { w.add(infoOf(i, azure)) })
	if err == nil {
		err = w.end()
	}
	return err
}

// infoWriter writes descriptions as they come; it has to know how many there will be.
type infoWriter struct {
	format       string
	out          *bufio.Writer
	paint        paint
	list         jsonArray
	count, begun int
	err          error
}

func (w *infoWriter) add(info ipInfo) {
	w.begun++
	switch {
	case w.format == ipPlain:
		fmt.Fprintln(w.out, strings.Join(info.Prefixes, "\n"))
	case w.format == ipTable:
		if w.begun > 1 {
			fmt.Fprintln(w.out)
		}
		info.write(w.out, w.paint)
	case w.count == 1:
		w.err = writeJSON(w.out, info)
	case w.err == nil:
		w.err = w.list.add(info)
	}
}

func (w *infoWriter) end() error {
	if w.err == nil && w.format == ipJSON && w.count != 1 {
		w.list.end()
		w.err = w.out.WriteByte('\n')
	}
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

// ipInfo is what "ip info" says of one entry. What does not apply to it is empty.
type ipInfo struct {
	Input       string     `json:"input"`
	Address     string     `json:"address,omitempty"` // as written, where it is not the network's
	Family      string     `json:"family"`
	Prefix      string     `json:"prefix,omitempty"`
	Prefixes    []string   `json:"prefixes"`
	Network     string     `json:"network,omitempty"`
	Broadcast   string     `json:"broadcast,omitempty"` // IPv4 up to /30
	Length      *int       `json:"prefixLength,omitempty"`
	Netmask     string     `json:"netmask,omitempty"`
	Wildcard    string     `json:"wildcard,omitempty"`
	First       string     `json:"first"`
	Last        string     `json:"last"`
	Addresses   count      `json:"addresses"`
	FirstUsable string     `json:"firstUsable,omitempty"`
	LastUsable  string     `json:"lastUsable,omitempty"`
	Usable      *count     `json:"usable,omitempty"`
	Azure       *azureInfo `json:"azure,omitempty"`
	Scope       string     `json:"scope,omitempty"`
	ScopeSource string     `json:"scopeSource,omitempty"`
	Holds       []string   `json:"holds,omitempty"` // special ranges strictly inside
	Binary      string     `json:"binary,omitempty"`
	Hex         string     `json:"hex"`
	Integer     count      `json:"integer"`
	Reverse     []string   `json:"reverse,omitempty"`
}

// azureInfo is a prefix as a subnet of Azure.
type azureInfo struct {
	Usable      count    `json:"usable"`
	FirstUsable string   `json:"firstUsable,omitempty"`
	LastUsable  string   `json:"lastUsable,omitempty"`
	Reserved    []string `json:"reserved,omitempty"`
	Problem     string   `json:"problem,omitempty"`   // why Azure makes no such subnet
	Forbidden   []string `json:"forbidden,omitempty"` // what of it must not be in the network of a cluster
}

func infoOf(i ipam.Item, azure bool) ipInfo {
	r := i.Range()
	info := ipInfo{
		Input: i.String(), Family: "IPv4", First: r.From().String(), Last: r.To().String(),
		Addresses: count{i.Count()}, Hex: fmt.Sprintf("0x%x", r.From().AsSlice()),
		Integer: count{new(big.Int).SetBytes(r.From().AsSlice())},
	}
	if i.Is6() {
		info.Family = "IPv6"
	}
	for p := range i.Set().Prefixes() {
		info.Prefixes = append(info.Prefixes, p.String())
	}
	if p, ok := i.Prefix(); ok {
		info.describe(p)
		if i.HasHostBits() {
			info.Input, info.Address = fmt.Sprintf("%s/%d", i.Addr(), p.Bits()), i.Addr().String()
		}
		if azure {
			info.Azure = azureOf(p)
		}
	} else if azure {
		info.Azure = &azureInfo{Usable: countOf(0), Problem: "a subnet is a single prefix"}
	}
	return info
}

func (info *ipInfo) describe(p netip.Prefix) {
	length := p.Bits()
	info.Prefix, info.Network, info.Length = p.String(), p.Addr().String(), &length
	mask := netip.PrefixFrom(allOnes(p.Addr()), length).Masked().Addr()
	if p.Addr().Is4() {
		info.Netmask, info.Wildcard = mask.String(), inverse(mask).String()
	}
	first, last := usableOf(p)
	usable := count{new(big.Int).Set(info.Addresses.Int)}
	if p.Addr().Is4() && length < 31 {
		info.Broadcast = last.Next().String()
		usable.Sub(usable.Int, big.NewInt(2))
	}
	info.FirstUsable, info.LastUsable, info.Usable = first.String(), last.String(), &usable
	scope, inside := ipam.ScopeOf(p)
	info.Scope, info.ScopeSource = scope.Name, scope.Source
	for _, s := range inside {
		info.Holds = append(info.Holds, fmt.Sprintf("%s %s (%s)", s.Prefix, s.Name, s.Source))
	}
	info.Binary = binaryOf(p)
	info.Reverse = ipam.ReverseZones(p)
}

// usableOf is the first and the last address for hosts: all but network and broadcast in IPv4, where
// RFC 3021 lets /31 have both; all in IPv6.
func usableOf(p netip.Prefix) (first, last netip.Addr) {
	first, last = p.Addr(), ipam.Last(p)
	if p.Addr().Is4() && p.Bits() < 31 {
		return first.Next(), last.Prev()
	}
	return first, last
}

func azureOf(p netip.Prefix) *azureInfo {
	a := &azureInfo{Usable: countOf(0)}
	for _, f := range aks.ForbiddenFor(p, aks.UseVNet) {
		a.Forbidden = append(a.Forbidden, fmt.Sprintf("%s (%s)", f.Prefix, f.Why))
	}
	switch {
	case p.Addr().Is6() && p.Bits() != aks.SubnetBits6:
		a.Problem = fmt.Sprintf("an IPv6 subnet in Azure is exactly a /%d", aks.SubnetBits6)
		return a
	case p.Addr().Is4() && p.Bits() > aks.SmallestSubnetBits:
		a.Problem = fmt.Sprintf("the smallest IPv4 subnet in Azure is a /%d", aks.SmallestSubnetBits)
		return a
	case p.Addr().Is4() && p.Bits() < aks.LargestSubnetBits:
		a.Problem = fmt.Sprintf("the largest IPv4 subnet in Azure is a /%d", aks.LargestSubnetBits)
		return a
	}
	first, last := p.Addr(), ipam.Last(p)
	for range aks.ReservedPerSubnet - 1 {
		a.Reserved = append(a.Reserved, first.String())
		first = first.Next()
	}
	a.Reserved = append(a.Reserved, last.String())
	a.FirstUsable, a.LastUsable = first.String(), last.Prev().String()
	a.Usable.Sub(ipam.Count(p), big.NewInt(aks.ReservedPerSubnet))
	return a
}

func allOnes(a netip.Addr) netip.Addr {
	return ipam.Last(netip.PrefixFrom(a, 0))
}

func inverse(a netip.Addr) netip.Addr {
	b := a.As4()
	binary.BigEndian.PutUint32(b[:], ^binary.BigEndian.Uint32(b[:]))
	return netip.AddrFrom4(b)
}

// binaryOf is the network in bits, octets apart, with a bar behind the last network bit.
func binaryOf(p netip.Prefix) string {
	if p.Addr().Is6() {
		return ""
	}
	var b strings.Builder
	for n, octet := range p.Addr().AsSlice() {
		if n > 0 {
			b.WriteByte('.')
		}
		for bit := range 8 {
			if n*8+bit == p.Bits() && p.Bits() > 0 {
				b.WriteByte('|')
			}
			b.WriteByte('0' + octet>>(7-bit)&1)
		}
	}
	return b.String()
}

func (info *ipInfo) write(w io.Writer, p paint) {
	line := func(name, value, note string) {
		if value == "" {
			return
		}
		if note != "" {
			value += "  " + p.dim(note)
		}
		fmt.Fprintf(w, "%-14s%s\n", name, value)
	}
	fmt.Fprintln(w, p.bold(info.Input))
	line("  address", info.Address, "")
	line("  network", info.Network, "")
	line("  broadcast", info.Broadcast, "")
	if info.Prefix == "" {
		line("  prefixes", strings.Join(info.Prefixes, " "), "")
	}
	if info.Netmask != "" {
		line("  netmask", info.Netmask, "wildcard "+info.Wildcard)
	}
	line("  range", info.First+" - "+info.Last, "")
	line("  addresses", grouped(info.Addresses.Int), "")
	if info.Usable != nil {
		line("  usable", grouped(info.Usable.Int), info.FirstUsable+" - "+info.LastUsable)
	}
	if a := info.Azure; a != nil && a.Problem != "" {
		line("  in Azure", "no subnet", a.Problem)
	} else if a != nil {
		line("  in Azure", grouped(a.Usable.Int)+" usable", a.FirstUsable+" - "+a.LastUsable)
		line("  reserved", strings.Join(a.Reserved, " "), "")
	}
	if info.Azure != nil {
		for _, f := range info.Azure.Forbidden {
			line("  forbidden", f, "")
		}
	}
	line("  scope", info.Scope, info.ScopeSource)
	for _, h := range info.Holds {
		line("  holds", h, "")
	}
	line("  binary", info.Binary, "")
	line("  hex", info.Hex, "decimal "+info.Integer.String())
	line("  reverse", shortened(info.Reverse), "")
}

// shortened is a list of which only the ends are shown when it is long.
func shortened(names []string) string {
	const few = 4
	if n := len(names); n > few {
		return fmt.Sprintf("%s … %s (%d zones)", names[0], names[n-1], n)
	}
	return strings.Join(slices.Clone(names), " ")
}
