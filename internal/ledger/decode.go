package ledger

import (
	"net/netip"
	"strings"
	"time"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/spec"
)

// record adds an entry as it is written to the ledger, with what is wrong in it to the problems.
func (r *reader) record(rec record) {
	e := &Entry{
		State: Committed, line: rec.line, above: rec.above, comment: rec.comment,
		columns: make(map[string]span, len(rec.items)),
	}
	for i := range rec.items {
		r.set(e, &rec.items[i])
	}
	if !r.complete(e, rec) {
		return
	}
	r.ledger.entries = append(r.ledger.entries, e)
}

// set reads one value of an entry.
func (r *reader) set(e *Entry, it *item) {
	if _, twice := e.columns[it.key]; twice {
		r.problem(RuleFormat, it.line, it.atKey, "%s stands twice in this entry", it.key)
		return
	}
	e.columns[it.key] = it.at
	switch it.key {
	case "addressPrefix":
		e.AddressPrefix = r.prefix(it)
	case "kind":
		e.Kind = word(r, it, Kinds())
	case "state":
		e.State = word(r, it, States())
	case "name":
		e.Name = it.value
	case "vnet":
		e.VNet = it.value
	case "cluster":
		e.Cluster = it.value
	case "owner":
		e.Owner = it.value
	case "spec":
		e.Spec = it.value
	case "until":
		e.Until = r.date(it)
	case "since":
		e.Since = r.date(it)
	default:
		e.more = append(e.more, pair{it.key, it.raw})
	}
}

// prefix reads a prefix; the zero Prefix if it is none.
func (r *reader) prefix(it *item) netip.Prefix {
	p, err := netip.ParsePrefix(it.value)
	if err != nil || p.Addr().Is4In6() {
		r.problem(RuleFormat, it.line, it.at, "%q is not a prefix: expected one such as 10.40.0.0/22", it.value)
		return netip.Prefix{}
	}
	if p != p.Masked() {
		r.problem(RuleHost, it.line, it.at, "%s has bits set beyond its length: the prefix is %s", p, p.Masked()).Fix =
			p.Masked().String()
	}
	return p.Masked()
}

// word reads one of a few words, in any case.
func word[W ~string](r *reader, it *item, words []W) W {
	for _, w := range words {
		if strings.EqualFold(string(w), it.value) {
			return w
		}
	}
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	p := r.problem(RuleFormat, it.line, it.at, "%q is not a %s: expected %s", it.value, it.key, english.OrList(list))
	p.Fix = spec.Nearest(it.value, list)
	return ""
}

// date reads a time, or a day; a reservation until a day holds on that day.
func (r *reader) date(it *item) time.Time {
	if t, err := time.Parse(time.RFC3339, it.value); err == nil {
		return t.UTC()
	}
	if t, err := time.Parse(time.DateOnly, it.value); err == nil {
		if it.key == "until" {
			t = t.AddDate(0, 0, 1)
		}
		return t
	}
	r.problem(RuleFormat, it.line, it.at, "%q is not a time: expected one such as 2026-11-29T12:00:00Z", it.value)
	return time.Time{}
}

// complete reports whether an entry has what its kind needs, and what it lacks as problems.
func (r *reader) complete(e *Entry, rec record) bool {
	need := func(key string, there bool) {
		if !there {
			r.problem(RuleFormat, rec.line, rec.at(), "this entry has no %s", key)
		}
	}
	_, hasPrefix := e.columns["addressPrefix"] // a wrong one is a problem of its own
	_, hasKind := e.columns["kind"]
	need("addressPrefix", hasPrefix)
	need("kind", hasKind)
	switch e.Kind {
	case VNet, Static, Subnet:
		need("name", e.Name != "")
		need("vnet", e.VNet != "" || e.Kind != Subnet)
	case PodCIDR, ServiceCIDR:
		need("cluster", e.Cluster != "")
	}
	return e.AddressPrefix.IsValid()
}

// at returns where an entry is in its line.
func (rec record) at() span {
	if len(rec.items) == 0 {
		return span{1, 1}
	}
	return span{rec.items[0].atKey.from, rec.items[len(rec.items)-1].at.to}
}
