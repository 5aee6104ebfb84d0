package calc

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// SizeRule says which addresses of a subnet hosts cannot use. The zero value is IPv4 with its network and broadcast
// addresses.
type SizeRule struct {
	Azure bool // the five addresses that Azure reserves, and Azure's smallest and largest subnet
	All   bool // hosts can use every address
	Is6   bool
}

// Size is the smallest prefix for a number of hosts.
type Size struct {
	Hosts     Count  `json:"hosts"`
	Length    int    `json:"prefixLength"`
	Netmask   string `json:"netmask,omitempty"` // IPv4
	Addresses Count  `json:"addresses"`
	Usable    Count  `json:"usable"`
	Spare     Count  `json:"spare"` // usable, less the hosts
}

// Size returns the smallest prefix for a number of hosts. The error says that none is large enough.
func (r SizeRule) Size(hosts *big.Int) (Size, error) {
	for length := r.longest(); length >= r.shortest(); length-- {
		usable := r.Usable(length)
		if usable.Cmp(hosts) < 0 {
			continue
		}
		s := Size{
			Hosts:  Count{hosts},
			Length: length,
			Usable: usable,
			Spare:  Count{new(big.Int).Sub(usable.Int, hosts)},
		}
		s.Addresses = powerOfTwo(r.Width() - length)
		if !r.Is6 {
			s.Netmask = netmask(length)
		}
		return s, nil
	}
	return Size{}, fmt.Errorf("no prefix has room for %s hosts: the largest has %s",
		Count{hosts}.Grouped(), r.Usable(r.shortest()).Grouped())
}

// Check returns an error if Azure accepts no subnet of the given length and the rule is Azure's.
func (r SizeRule) Check(length int) error {
	switch {
	case !r.Azure || length >= r.shortest() && length <= r.longest():
		return nil
	case r.Is6:
		return fmt.Errorf("a /%d is not a subnet in Azure: an IPv6 subnet must be a /%d", length, aks.SubnetBits6)
	}
	return fmt.Errorf(
		"a /%d is not a subnet in Azure: an IPv4 subnet must be a /%d to a /%d",
		length,
		aks.LargestSubnetBits,
		aks.SmallestSubnetBits,
	)
}

// Usable returns how many addresses of a prefix of the given length hosts can use; never less than none.
func (r SizeRule) Usable(length int) Count {
	n := powerOfTwo(r.Width() - length)
	n.Sub(n.Int, big.NewInt(r.reserved(length)))
	if n.Sign() < 0 || r.Azure && !r.Is6 && length > aks.SmallestSubnetBits {
		return CountOf(0)
	}
	return n
}

// Width returns the length of an address in bits.
func (r SizeRule) Width() int {
	if r.Is6 {
		return 128
	}
	return 32
}

// reserved returns how many addresses of a prefix of the given length hosts cannot use.
func (r SizeRule) reserved(length int) int64 {
	switch {
	case r.Azure:
		return aks.ReservedPerSubnet
	case r.All || r.Is6 || length > 30:
		return 0
	}
	return 2
}

// longest returns the length of the smallest prefix that the rule accepts.
func (r SizeRule) longest() int {
	switch {
	case r.Azure && r.Is6:
		return aks.SubnetBits6
	case r.Azure:
		return aks.SmallestSubnetBits
	case r.All || r.Is6:
		return r.Width()
	}
	return 30
}

// shortest returns the length of the largest prefix that the rule accepts.
func (r SizeRule) shortest() int {
	switch {
	case r.Azure && r.Is6:
		return aks.SubnetBits6
	case r.Azure:
		return aks.LargestSubnetBits
	}
	return 0
}

func netmask(length int) string {
	m := ^uint32(0) << (32 - length)
	return fmt.Sprintf("%d.%d.%d.%d", m>>24, m>>16&255, m>>8&255, m&255)
}

// ParseHosts reads a number of hosts: 500, 1_000 or 2^10. It refuses a comma, because 50,200 could also be two numbers.
func ParseHosts(text string) (*big.Int, error) {
	number, ok := withoutGroups(text)
	var exp uint
	if n, err := fmt.Sscanf(number, "2^%d", &exp); n == 1 && err == nil && exp <= 128 &&
		number == fmt.Sprintf("2^%d", exp) {
		return new(big.Int).Lsh(big.NewInt(1), exp), nil
	}
	n, digits := new(big.Int), number != "" && len(number) < 50 && strings.Trim(number, "0123456789") == ""
	if ok && digits {
		n, ok = n.SetString(number, 10)
	}
	switch {
	case ok && digits && n.Sign() == 0:
		return nil, fmt.Errorf("%q is no number of hosts; expected 1 or more", text)
	case ok && digits:
		return n, nil
	case strings.Contains(text, ","):
		return nil, fmt.Errorf(
			"%q has a comma: write each number of hosts as an argument of its own, and 1,000 as 1000 or 1_000",
			text,
		)
	}
	return nil, fmt.Errorf("%q is not a number of hosts; expected 500, 1_000 or 2^9", text)
}

// withoutGroups removes the _ between groups of three digits. It reports false for groups of another size.
func withoutGroups(number string) (string, bool) {
	groups := strings.Split(number, "_")
	for i, g := range groups {
		if len(groups) > 1 && (len(g) > 3 || i > 0 && len(g) != 3 || g == "") {
			return number, false
		}
	}
	return strings.Join(groups, ""), true
}

// ParseLength reads a prefix length, 24 or /24. It reports false for any other text.
func ParseLength(text string) (int, bool) {
	digits := strings.TrimPrefix(text, "/")
	n, err := strconv.ParseUint(digits, 10, 8)
	return int(n), err == nil && n <= 128 && (digits == "0" || digits[0] != '0')
}
