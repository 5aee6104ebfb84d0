package ledger

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// poolState is what a pool holds.
type poolState struct {
	id poolID
	// space is the address prefixes of the pool.
	space []netip.Prefix
	// blocks are the static CIDRs that aksnet wrote, by name; foreign is everything else.
	blocks  map[string]*poolBlock
	foreign []*Entry
}

// poolBlock is a static CIDR of aksnet: a range, and the entries of the ledger in it.
type poolBlock struct {
	prefix  netip.Prefix
	entries []*Entry
}

// poolNote is the description of a static CIDR of aksnet.
type poolNote struct {
	// By names the program that wrote it, and so tells it from a description of somebody else.
	By      string   `json:"by"`
	Entries []*Entry `json:"entries"`
}

const poolAuthor = "aksnet"

// properties returns the block as Azure takes it.
func (b *poolBlock) properties() *armnetwork.StaticCidrProperties {
	note, err := json.Marshal(poolNote{poolAuthor, b.entries})
	if err != nil {
		panic("ledger: " + err.Error())
	}
	prefix, text := b.prefix.String(), string(note)
	return &armnetwork.StaticCidrProperties{AddressPrefixes: []*string{&prefix}, Description: &text}
}

// addStatic adds a static CIDR of the pool.
func (s *poolState) addStatic(c *armnetwork.StaticCidr) {
	if c == nil || c.Properties == nil {
		return
	}
	prefixes, name := prefixesOf(c.Properties.AddressPrefixes), value(c.Name)
	if entries, ok := noted(value(c.Properties.Description), prefixes); ok {
		if s.blocks == nil {
			s.blocks = map[string]*poolBlock{}
		}
		s.blocks[name] = &poolBlock{prefixes[0], entries}
		return
	}
	for _, p := range prefixes {
		s.foreign = append(s.foreign, &Entry{AddressPrefix: p, Kind: Static, Name: name, State: Committed})
	}
}

// noted returns the entries in the description of a static CIDR that aksnet wrote, and false for any other: what does
// not say where its entries are, or puts them elsewhere, is not ours.
func noted(description string, prefixes []netip.Prefix) ([]*Entry, bool) {
	var note poolNote
	if err := json.Unmarshal([]byte(description), &note); err != nil || note.By != poolAuthor || len(prefixes) != 1 ||
		len(note.Entries) == 0 {
		return nil, false
	}
	for _, e := range note.Entries {
		if e == nil || !e.AddressPrefix.IsValid() || e.AddressPrefix != e.AddressPrefix.Masked() ||
			!ipam.Covers(prefixes[0], e.AddressPrefix) || !slices.Contains(Kinds(), e.Kind) ||
			!slices.Contains(States(), e.State) {
			return nil, false
		}
	}
	return note.Entries, true
}

// addAssociation adds what an Azure resource has of the pool. Static CIDRs are listed as resources too.
func (s *poolState) addAssociation(a *armnetwork.PoolAssociation) {
	if a == nil {
		return
	}
	r, ok := aks.ParseResourceID(value(a.ResourceID))
	if ok && strings.HasSuffix(strings.ToLower(r.Type), "/staticcidrs") {
		return
	}
	e := Entry{Kind: Static, Name: r.Name, State: Committed}
	if !ok {
		e.Name = value(a.ResourceID)
	}
	switch strings.ToLower(r.Type) {
	case "microsoft.network/virtualnetworks":
		e.Kind = VNet
	case "microsoft.network/virtualnetworks/subnets":
		parts := strings.Split(value(a.ResourceID), "/")
		e.Kind, e.VNet = Subnet, parts[len(parts)-3]
	}
	if a.CreatedAt != nil {
		e.Since = a.CreatedAt.UTC()
	}
	for _, p := range prefixesOf(a.AddressPrefixes) {
		one := e
		one.AddressPrefix = p
		s.foreign = append(s.foreign, &one)
	}
	for _, p := range prefixesOf(a.ReservedPrefixes) {
		one := e
		one.AddressPrefix, one.State = p, Reserved
		if a.ReservationExpiresAt != nil {
			one.Until = a.ReservationExpiresAt.UTC()
		}
		s.foreign = append(s.foreign, &one)
	}
}

// ledger returns the entries: those of aksnet, and of the others those that aksnet does not have for the same use and
// range.
func (s *poolState) ledger() *Ledger {
	l := &Ledger{}
	type key struct {
		use    use
		prefix netip.Prefix
	}
	ours := map[key]bool{}
	for _, b := range s.blocks {
		for _, e := range b.entries {
			one := *e
			ours[key{e.use(), e.AddressPrefix}] = true
			l.entries = append(l.entries, &one)
		}
	}
	for _, e := range s.foreign {
		if !ours[key{e.use(), e.AddressPrefix}] {
			one := *e
			l.entries = append(l.entries, &one)
		}
	}
	l.add()
	return l
}

// version is a text that differs when anything in the pool differs.
func (s *poolState) version() string {
	entries, err := json.Marshal(s.ledger().entries)
	if err != nil {
		panic("ledger: " + err.Error())
	}
	return string(entries)
}

// poolStep is one request: it creates, replaces or deletes a static CIDR.
type poolStep struct {
	name          string
	before, after *poolBlock
}

// back returns the step that undoes another.
func (s poolStep) back() poolStep { return poolStep{s.name, s.after, s.before} }

// String says what the step does.
func (s poolStep) String() string {
	switch {
	case s.after == nil:
		return "deleting " + s.before.prefix.String()
	case s.before == nil:
		return "reserving " + s.after.prefix.String()
	}
	return "changing " + s.after.prefix.String()
}

// steps returns the requests that turn the pool into a changed ledger: what goes first, so that what comes has a place.
func (s *poolState) steps(l *Ledger) ([]poolStep, error) {
	kept, err := s.withoutForeign(l)
	if err != nil {
		return nil, err
	}
	names := map[netip.Prefix]string{}
	for name, b := range s.blocks {
		names[b.prefix] = name
	}
	var gone, changed []poolStep
	stays := map[string]bool{}
	for _, b := range blocksOf(kept) {
		if err := s.mustHold(b); err != nil {
			return nil, err
		}
		name := names[b.prefix]
		switch {
		case name == "":
			changed = append(changed, poolStep{newBlockName(b.prefix), nil, b})
		case !reflect.DeepEqual(s.blocks[name].properties(), b.properties()):
			changed = append(changed, poolStep{name, s.blocks[name], b})
		}
		stays[name] = true
	}
	for name, b := range s.blocks {
		if !stays[name] {
			gone = append(gone, poolStep{name, b, nil})
		}
	}
	slices.SortFunc(gone, func(a, b poolStep) int { return strings.Compare(a.name, b.name) })
	return append(gone, changed...), nil
}

// withoutForeign returns the entries of a changed ledger that are aksnet's. What others have must be as it was.
func (s *poolState) withoutForeign(l *Ledger) (own []*Entry, err error) {
	left := map[string]*Entry{}
	for _, e := range s.ledger().entries {
		if !s.owns(e) {
			left[e.identity()] = e
		}
	}
	for _, e := range l.entries {
		if id := e.identity(); left[id] != nil {
			delete(left, id)
			continue
		}
		own = append(own, e)
	}
	for _, e := range left {
		return nil, fmt.Errorf(
			"%s is held by %s, which aksnet did not write: change it in Azure",
			e.AddressPrefix,
			e.Label(),
		)
	}
	return own, nil
}

// owns reports whether an entry is in a static CIDR of aksnet.
func (s *poolState) owns(e *Entry) bool {
	for _, b := range s.blocks {
		for _, own := range b.entries {
			if own.identity() == e.identity() {
				return true
			}
		}
	}
	return false
}

// identity is a text that two entries share if they are equal.
func (e *Entry) identity() string {
	return fmt.Sprintf(
		"%s %v %q %q %s %s",
		e.AddressPrefix,
		e.use(),
		e.Owner,
		e.Spec,
		e.State,
		e.Until.UTC().Format(time.RFC3339),
	)
}

// blocksOf gathers entries, in the order of a ledger, under the ranges that no other one contains.
func blocksOf(entries []*Entry) (out []*poolBlock) {
	for _, e := range entries {
		if n := len(out); n > 0 && ipam.Covers(out[n-1].prefix, e.AddressPrefix) {
			out[n-1].entries = append(out[n-1].entries, e)
			continue
		}
		out = append(out, &poolBlock{e.AddressPrefix, []*Entry{e}})
	}
	return out
}

// mustHold returns an error for a range that the pool cannot hold: one outside its address prefixes, or one that
// something else in the pool has.
func (s *poolState) mustHold(b *poolBlock) error {
	if !slices.ContainsFunc(s.space, func(p netip.Prefix) bool { return ipam.Covers(p, b.prefix) }) {
		return fmt.Errorf(
			"%s for %s is outside the pool %s (%s), which can hold only what is in its address prefixes",
			b.prefix,
			b.entries[0].Label(),
			s.id.name,
			prefixList(s.space),
		)
	}
	for _, e := range s.foreign {
		if e.AddressPrefix.Overlaps(b.prefix) && !slices.ContainsFunc(b.entries, func(own *Entry) bool {
			return own.use() == e.use() && own.AddressPrefix == e.AddressPrefix
		}) {
			return fmt.Errorf(
				"%s for %s overlaps %s, which %s has in the pool",
				b.prefix,
				b.entries[0].Label(),
				e.AddressPrefix,
				e.Label(),
			)
		}
	}
	return nil
}

func prefixList(prefixes []netip.Prefix) string {
	var texts []string
	for _, p := range prefixes {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

// confirms reports whether the pool is as the steps wrote it, and nobody else has anything in the same ranges.
func (s *poolState) confirms(steps []poolStep) bool {
	for _, step := range steps {
		have := s.blocks[step.name]
		if step.after == nil {
			if have != nil {
				return false
			}
			continue
		}
		if have == nil || !reflect.DeepEqual(have.properties(), step.after.properties()) ||
			s.mustHold(step.after) != nil {
			return false
		}
		for name, other := range s.blocks {
			if name != step.name && other.prefix.Overlaps(step.after.prefix) {
				return false
			}
		}
	}
	return true
}

// newBlockName returns a name for a static CIDR that no other writer uses: of two that take one range at once, neither
// replaces the other's.
func newBlockName(p netip.Prefix) string {
	return poolAuthor + "-" + strings.NewReplacer(".", "-", ":", "-", "/", "-").Replace(p.String()) + "-" +
		strings.ToLower(rand.Text()[:8])
}

func prefixesOf(texts []*string) (out []netip.Prefix) {
	for _, t := range texts {
		if p, err := netip.ParsePrefix(value(t)); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
