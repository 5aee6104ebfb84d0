package spec

import (
	"net/netip"
	"reflect"
	"regexp"
	"sync"
)

// AuthorizedRange is who may reach an API server: a range, or everybody behind a service tag. In the file it is one
// text. The zero value is an element that could not be read.
type AuthorizedRange struct {
	Prefix     netip.Prefix
	ServiceTag string
}

// String returns r as the user writes it.
func (r AuthorizedRange) String() string {
	if r.ServiceTag != "" {
		return r.ServiceTag
	}
	return r.Prefix.String()
}

// Covers reports whether r is a range that contains an address. What a service tag contains is not known.
func (r AuthorizedRange) Covers(a netip.Addr) bool { return r.Prefix.IsValid() && r.Prefix.Contains(a) }

// Everyone reports whether r admits every IPv4 or IPv6 address.
func (r AuthorizedRange) Everyone() bool { return r.Prefix.IsValid() && r.Prefix.Bits() == 0 }

var authorizedType = reflect.TypeFor[AuthorizedRange]()

// tagPattern is what the name of a service tag looks like, with or without a region.
const tagPattern = `^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)?$`

var tagForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(tagPattern) })

// authorized reads a range or a service tag.
func (d *decoder) authorized(n *node, v reflect.Value, f *field, path string) {
	if n.kind == scalarNode && n.tag == tagStr && tagForm().MatchString(n.value) {
		v.FieldByName("ServiceTag").SetString(n.value)
		return
	}
	d.prefix(n, v.FieldByName("Prefix"), f, path)
}
