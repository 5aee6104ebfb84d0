package ipam

import (
	"math/big"
	"net/netip"
	"strconv"

	"go4.org/netipx"
)

// Kind is the notation of an Item.
type Kind uint8

const (
	// PrefixItem is an address and a length or mask: 10.0.0.0/24.
	PrefixItem Kind = iota
	// RangeItem is two addresses: 10.0.0.1-10.0.0.9.
	RangeItem
	// AddressItem is a single address.
	AddressItem
)

// Item is one entry of a list: a prefix, a range or an address.
type Item struct {
	first, last key // of what the item covers: a prefix is masked
	addr        key // as written
	is6         bool
	bits        uint8 // of a prefix
	Kind        Kind
	File        string // the name of its list; empty for an item outside a list
	Line        int    // in its list, from 1
	Column      int    // of the first character, from 1
	label       []byte
}

// ItemOf returns p as an item.
func ItemOf(p netip.Prefix) Item {
	b := blockOf(p)
	return Item{first: b.addr, last: b.last(), addr: keyOf(p.Addr()), is6: p.Addr().Is6(), bits: b.bits}
}

// Is6 reports whether the item is IPv6.
func (i Item) Is6() bool { return i.is6 }

// Addr returns the address as written: for a prefix including host bits, for a range its start.
func (i Item) Addr() netip.Addr { return i.addr.addr(i.is6) }

// HasHostBits reports whether the address of a prefix is not its first.
func (i Item) HasHostBits() bool { return i.addr != i.first }

// Range returns the first and the last address.
func (i Item) Range() netipx.IPRange {
	return netipx.IPRangeFrom(i.first.addr(i.is6), i.last.addr(i.is6))
}

// Prefix returns the item as one prefix. It reports false for a range that is not a prefix.
func (i Item) Prefix() (netip.Prefix, bool) {
	switch i.Kind {
	case PrefixItem:
		return block{i.first, i.bits}.prefix(i.is6), true
	case AddressItem:
		a := i.Addr()
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return i.Range().Prefix()
}

// Set returns the item's addresses as a set.
func (i Item) Set() *Set {
	var b Builder
	b.AddItem(i)
	return b.Set()
}

// Count returns the number of addresses in the item.
func (i Item) Count() *big.Int {
	if i.is6 {
		return countKeys(i.first, i.last)
	}
	return new(big.Int).SetUint64(uint64(i.last.addr4()-i.first.addr4()) + 1)
}

// Label returns the comment after the item on its line.
func (i Item) Label() string { return string(i.label) }

// String returns the item in list notation: a prefix masked, a range as first-last, or a single address.
func (i Item) String() string { return string(i.AppendTo(nil)) }

// AppendTo appends the result of String.
func (i Item) AppendTo(to []byte) []byte {
	to = i.first.addr(i.is6).AppendTo(to)
	switch i.Kind {
	case PrefixItem:
		to = strconv.AppendUint(append(to, '/'), uint64(i.bits), 10)
	case RangeItem:
		to = i.last.addr(i.is6).AppendTo(append(to, '-'))
	}
	return to
}

// ItemOfRange returns r as an item. The range must be valid.
func ItemOfRange(r netipx.IPRange) Item {
	first := keyOf(r.From())
	return Item{first: first, last: lastKeyOf(r.To()), addr: first, is6: r.From().Is6(), Kind: RangeItem}
}
