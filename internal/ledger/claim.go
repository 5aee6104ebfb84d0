package ledger

import (
	"fmt"
	"strings"
	"time"

	"github.com/aksnet/aksnet/ipam"
)

// Term is how long a reservation holds: the time at which it is made, and when it expires; zero for never.
type Term struct{ Now, Until time.Time }

// Changes is what a change of a ledger did.
type Changes struct {
	// Added and Removed are entries that were not, or are no longer, in the ledger. Changed are those whose state or
	// term differs.
	Added, Changed, Removed []*Entry
}

// Any reports whether anything changed, so that the ledger must be written.
func (c Changes) Any() bool { return len(c.Added)+len(c.Changed)+len(c.Removed) > 0 }

// Conflict is why a range cannot be handed out.
type Conflict struct {
	// Claim is the range that was asked for, and Entry the one in its way.
	Claim, Entry *Entry
	// Moved reports whether the entry is the holder's own, for the same network, subnet or cluster: its range would
	// move.
	Moved bool
}

// Error describes the conflict with what to do about it.
func (c Conflict) Error() string {
	if c.Moved {
		return fmt.Sprintf("%s has %s in the ledger and would get %s: release %s first if it may move", c.Claim.Label(),
			c.Entry.AddressPrefix, c.Claim.AddressPrefix, c.Entry.AddressPrefix)
	}
	return fmt.Sprintf("%s for %s: %s is held by %s", c.Claim.AddressPrefix, c.Claim.Label(), c.Entry.AddressPrefix,
		c.Entry.HeldBy())
}

// HeldBy names who holds the entry, and for what.
func (e *Entry) HeldBy() string {
	who := e.Owner
	if e.Spec != "" {
		who = strings.TrimPrefix(who+" "+e.Spec, " ")
	}
	if who == "" {
		return e.Label()
	}
	return who + " (" + e.Label() + ")"
}

// Claim hands out all ranges of a plan to a holder, or none: with a conflict the ledger is unchanged. What the holder
// has already stays and its reservation is renewed; a committed range stays committed. What it has beyond the claims
// stays too, because only [Ledger.Release] gives ranges back.
func (l *Ledger) Claim(h Holder, claims []Entry, term Term) (Changes, []Conflict) {
	own := l.own(h)
	left := own.without(claims)
	var changes Changes
	var conflicts []Conflict
	for i := range claims {
		claim := &claims[i]
		if entry := own.find(claim); entry != nil {
			changes.Changed = append(changes.Changed, entry)
			continue
		}
		if c, ok := l.conflict(left, claim); ok {
			conflicts = append(conflicts, c)
			continue
		}
		added := *claim
		changes.Added = append(changes.Added, &added)
	}
	if len(conflicts) > 0 {
		return Changes{}, conflicts
	}
	changes.Changed = renew(changes.Changed, term.Until)
	for _, e := range changes.Added {
		e.State, e.Since, e.Until = Reserved, term.Now, term.Until
	}
	l.add(changes.Added...)
	return changes, nil
}

// renew sets until when reservations hold, and returns those for which that changed.
func renew(entries []*Entry, until time.Time) (changed []*Entry) {
	for _, e := range entries {
		if e.State == Reserved && !e.Until.Equal(until) {
			e.Until = until
			changed = append(changed, e)
		}
	}
	return changed
}

// conflict returns what is in the way of a claim. left is what the holder has and does not claim any more.
func (l *Ledger) conflict(left holdings, claim *Entry) (Conflict, bool) {
	if has := left[claim.use()]; len(has) > 0 {
		return Conflict{Claim: claim, Entry: has[0], Moved: true}, true
	}
	for _, e := range l.Overlapping(claim.AddressPrefix) {
		if !compatible(claim, e) {
			return Conflict{Claim: claim, Entry: e}, true
		}
	}
	return Conflict{}, false
}

// compatible reports whether two entries that overlap may both stand: a subnet in its network, and CIDRs of clusters
// that never meet, since pods behind an overlay and Services are not routed.
func compatible(a, b *Entry) bool {
	switch {
	case a.Kind == VNet && b.Kind == Subnet:
		return inside(b, a)
	case a.Kind == Subnet && b.Kind == VNet:
		return inside(a, b)
	case a.Kind == b.Kind && (a.Kind == PodCIDR || a.Kind == ServiceCIDR):
		return a.use() != b.use()
	}
	return false
}

// inside reports whether a subnet is in a prefix of its network.
func inside(subnet, vnet *Entry) bool {
	return strings.EqualFold(subnet.VNet, vnet.Name) && ipam.Covers(vnet.AddressPrefix, subnet.AddressPrefix)
}

// holdings is what a holder has, by use.
type holdings map[use][]*Entry

// own returns what a holder has.
func (l *Ledger) own(h Holder) holdings {
	out := holdings{}
	for _, e := range l.entries {
		if h.Holds(e) {
			out[e.use()] = append(out[e.use()], e)
		}
	}
	return out
}

// find returns the entry of the same use and range; nil without one.
func (h holdings) find(claim *Entry) *Entry {
	for _, e := range h[claim.use()] {
		if e.AddressPrefix == claim.AddressPrefix {
			return e
		}
	}
	return nil
}

// without returns what is not among the claims.
func (h holdings) without(claims []Entry) holdings {
	claimed := map[*Entry]bool{}
	for i := range claims {
		claimed[h.find(&claims[i])] = true
	}
	left := holdings{}
	for u, entries := range h {
		for _, e := range entries {
			if !claimed[e] {
				left[u] = append(left[u], e)
			}
		}
	}
	return left
}

// Commit turns the claims of a holder that are reserved into committed ones: they are deployed. Claims that are not in
// the ledger are added, if nothing is in their way.
func (l *Ledger) Commit(h Holder, claims []Entry, term Term) (Changes, []Conflict) {
	changes, conflicts := l.Claim(h, claims, Term{Now: term.Now})
	if len(conflicts) > 0 {
		return changes, conflicts
	}
	own := l.own(h)
	changes.Changed = nil
	for i := range claims {
		if e := own.find(&claims[i]); e != nil && e.State != Committed {
			e.State, e.Until = Committed, time.Time{}
			changes.Changed = append(changes.Changed, e)
		}
	}
	return changes, nil
}

// CommitAll commits the reservations that match, and returns them.
func (l *Ledger) CommitAll(match func(*Entry) bool) (changed []*Entry) {
	for _, e := range l.entries {
		if e.State == Reserved && match(e) {
			e.State, e.Until = Committed, time.Time{}
			changed = append(changed, e)
		}
	}
	return changed
}

// Release gives back the entries that match, and returns them.
func (l *Ledger) Release(match func(*Entry) bool) Changes {
	return Changes{Removed: l.remove(match)}
}
