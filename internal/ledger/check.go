package ledger

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/spec"
)

// The rules whose findings the checks make. Their literals are in package validate.
const (
	RuleOverlap = "LEDGER004" // two entries overlap
	RuleExpired = "LEDGER005" // a reservation has expired
	RuleMissing = "LEDGER006" // in use, and not in the ledger
	RuleGone    = "LEDGER007" // in the ledger, and no longer in use or in the spec
	RuleTaken   = "LEDGER008" // in use by one, and held by another
	RuleMoved   = "LEDGER009" // the plan needs another range than the ledger holds
)

// checker collects findings about a ledger.
type checker struct {
	ledger   *Ledger
	file     string
	problems []spec.Problem
}

// at adds a finding at an entry. It points at the prefix.
func (c *checker) at(rule string, e *Entry, format string, args ...any) {
	where := e.columns["addressPrefix"]
	c.problems = append(c.problems, spec.Problem{
		Rule:     rule,
		Position: spec.Position{File: c.file, Line: e.line, Column: where.from, Width: where.to - where.from},
		Message:  fmt.Sprintf(format, args...),
	})
}

// Check returns what is wrong in the ledger itself: entries that overlap, and reservations that have expired. file is
// its name in positions.
func (l *Ledger) Check(file string, now time.Time) []spec.Problem {
	c := checker{ledger: l, file: file}
	for _, o := range l.Overlaps() {
		c.at(
			RuleOverlap,
			o.Second,
			"%s, held by %s, overlaps %s, held by %s%s",
			o.Second.AddressPrefix,
			o.Second.HeldBy(),
			o.First.AddressPrefix,
			o.First.HeldBy(),
			onLine(o.First),
		)
	}
	for _, e := range l.entries {
		if e.Expired(now) {
			c.at(RuleExpired, e, "the reservation of %s for %s expired at %s; the range is still held", e.AddressPrefix,
				e.HeldBy(), e.Until.UTC().Format("2006-01-02 15:04 UTC"))
		}
	}
	return c.problems
}

func onLine(e *Entry) string {
	if e.line == 0 {
		return ""
	}
	return fmt.Sprintf(" (line %d)", e.line)
}

// CheckInUse compares the ledger with ranges that are in use, as [Planned] or [InUse] returns them. source names where
// they come from. complete lists the kinds of which all that exist are in used: a committed entry of such a kind that
// is not among them is gone.
func (l *Ledger) CheckInUse(file, source string, used []Entry, complete map[Kind]bool) []spec.Problem {
	c := checker{ledger: l, file: file}
	seen := map[use]map[netip.Prefix]bool{}
	for i := range used {
		u := &used[i]
		if seen[u.use()] == nil {
			seen[u.use()] = map[netip.Prefix]bool{}
		}
		seen[u.use()][u.AddressPrefix] = true
		c.inUse(u, source)
	}
	for _, e := range l.entries {
		if e.State == Committed && complete[e.Kind] && !seen[e.use()][e.AddressPrefix] {
			c.at(RuleGone, e, "%s is held by %s, and %s does not have it", e.AddressPrefix, e.HeldBy(), source)
		}
	}
	return c.problems
}

// inUse checks one range that is in use.
func (c *checker) inUse(u *Entry, source string) {
	var other *Entry
	for _, e := range c.ledger.Overlapping(u.AddressPrefix) {
		switch {
		case e.use() == u.use() && e.AddressPrefix == u.AddressPrefix:
			return
		case !compatible(u, e) && other == nil:
			other = e
		}
	}
	if other != nil {
		c.at(RuleTaken, other, "%s is held by %s, and %s uses %s for %s", other.AddressPrefix, other.HeldBy(), source,
			u.AddressPrefix, u.Label())
		return
	}
	c.problems = append(c.problems, spec.Problem{
		Rule: RuleMissing, Position: spec.Position{File: source},
		Message: fmt.Sprintf("%s is in use for %s and not in the ledger", u.AddressPrefix, u.Label()),
	})
}

// CheckClaims compares the ledger with what a plan claims for a holder: what would move, what others hold, and what the
// holder has and does not need any more.
func (l *Ledger) CheckClaims(file string, h Holder, claims []Entry) []spec.Problem {
	c := checker{ledger: l, file: file}
	left := l.own(h).without(claims)
	own := l.own(h)
	moved := map[*Entry]bool{}
	for i := range claims {
		claim := &claims[i]
		if own.find(claim) != nil {
			continue
		}
		conflict, ok := l.conflict(left, claim)
		if !ok {
			continue
		}
		rule := RuleTaken
		if conflict.Moved {
			rule, moved[conflict.Entry] = RuleMoved, true
		}
		c.at(rule, conflict.Entry, "%s", conflict.Error())
	}
	for _, e := range l.entries {
		if h.Holds(e) && !moved[e] && own.find(e) == e && slices.Contains(left[e.use()], e) {
			c.at(RuleGone, e, "%s is held by %s, and the spec does not have it any more", e.AddressPrefix, e.HeldBy())
		}
	}
	return c.problems
}

// Summary counts the entries: "12 ranges, 3 of them reserved, 1 expired".
func (l *Ledger) Summary(now time.Time) string {
	reserved, expired := 0, 0
	for _, e := range l.entries {
		if e.State == Reserved {
			reserved++
		}
		if e.Expired(now) {
			expired++
		}
	}
	s := english.Count(len(l.entries), "range")
	if reserved > 0 {
		s += fmt.Sprintf(", %s of them reserved", english.Grouped(reserved))
	}
	if expired > 0 {
		s += fmt.Sprintf(", %s expired", english.Grouped(expired))
	}
	return s
}
