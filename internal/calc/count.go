// Package calc computes the answers of the address calculator: what a prefix is, which prefix a number of hosts needs,
// how a prefix splits, what is free in a pool, and what fits into a subnet. Values in, values out: it reads and prints
// nothing.
package calc

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Count is a number of addresses, of either family. In JSON it is a number up to 2^53, which every reader takes
// exactly, and a string above.
type Count struct{ *big.Int }

// CountOf returns n as a Count.
func CountOf(n uint64) Count { return Count{new(big.Int).SetUint64(n)} }

// powerOfTwo returns 2^exp as a Count.
func powerOfTwo(exp int) Count {
	return Count{new(big.Int).Lsh(big.NewInt(1), uint(exp))}
}

// MarshalJSON implements json.Marshaler.
func (c Count) MarshalJSON() ([]byte, error) {
	if c.BitLen() <= 53 || c.Cmp(big.NewInt(1<<53)) == 0 {
		return []byte(c.String()), nil
	}
	return strconv.AppendQuote(nil, c.String()), nil
}

// Grouped returns the number with commas between thousands. A power of two with more than fifteen digits is written as
// one: 2^64.
func (c Count) Grouped() string {
	digits := c.String()
	if zeros := c.TrailingZeroBits(); len(digits) > 15 && int(zeros) == c.BitLen()-1 {
		return fmt.Sprintf("2^%d", zeros)
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Of returns the number with the word for what it counts: "1 prefix", "1,024 prefixes".
func (c Count) Of(one, many string) string {
	if c.IsInt64() && c.Int64() == 1 {
		return "1 " + one
	}
	return c.Grouped() + " " + many
}

// InAddresses returns the number with the word address or addresses.
func (c Count) InAddresses() string { return c.Of("address", "addresses") }
