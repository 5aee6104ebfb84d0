package ipam

// parseFast reads plain IPv4 addresses, prefixes and ranges, which nearly all long lists consist of.
// It reports false for everything else, right or wrong: parseItem knows all forms and what to say.
func parseFast(s []byte) (Item, bool) {
	a, n, ok := parseFast4(s)
	if !ok {
		return Item{}, false
	}
	switch {
	case n == len(s):
		return Item{first: a.key(), last: a.lastKey(), addr: a.key(), Kind: AddressItem}, true
	case s[n] == '/':
		return parseFastPrefix(a, s[n+1:])
	case s[n] == '-':
		b, m, ok := parseFast4(s[n+1:])
		ok = ok && n+1+m == len(s) && a <= b
		return Item{first: a.key(), last: b.lastKey(), addr: a.key(), Kind: RangeItem}, ok
	}
	return Item{}, false
}

func parseFastPrefix(a addr4, s []byte) (Item, bool) {
	var length uint8
	switch {
	case len(s) == 1 && isDigit(s[0]):
		length = s[0] - '0'
	case len(s) == 2 && isDigit(s[0]) && isDigit(s[1]) && s[0] != '0':
		length = (s[0]-'0')*10 + s[1] - '0'
	default:
		return Item{}, false
	}
	if length > 32 {
		return Item{}, false
	}
	b := block{a.key().andNot(hostBits(length)), length}
	return Item{first: b.addr, last: b.last(), addr: a.key(), bits: length}, true
}

// parseFast4 reads the IPv4 address that s starts with and says how long it is.
func parseFast4(s []byte) (a addr4, n int, ok bool) {
	for octet := range 4 {
		if octet > 0 {
			if n == len(s) || s[n] != '.' {
				return 0, 0, false
			}
			n++
		}
		start, v := n, uint32(0)
		for n < len(s) && n < start+3 && isDigit(s[n]) {
			v = v*10 + uint32(s[n]-'0')
			n++
		}
		if n == start || v > 255 || n > start+1 && s[start] == '0' {
			return 0, 0, false
		}
		a = a<<8 | addr4(v)
	}
	return a, n, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
