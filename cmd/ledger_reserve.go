package cmd

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/report"
)

// claimOptions holds the flags of commands that hand out the ranges of a plan.
type claimOptions struct {
	checkOptions
	outputOptions
	ttl time.Duration
}

// defaultTerm is how long a reservation holds: over a long weekend.
const defaultTerm = 72 * time.Hour

func newLedgerReserve(io cli.IO) *cobra.Command {
	var o claimOptions
	c := &cobra.Command{
		Use:   "reserve [FILE…]",
		Short: "Plan around the ledger, and claim all ranges of the plan at once",
		Long: `Plan the spec around everything in the ledger, and claim the ranges that the plan gives to new networks, subnets and
clusters: all of them in one write, or none.

Ranges that the spec has already stay as they are, so that a pipeline may run this as often as it likes. A reservation
expires after --ttl if nobody commits it. An expired one still holds its range: release --expired gives it back.`,
		Example: `  aksnet ledger reserve aksnet.yaml
  aksnet ledger reserve aksnet.yaml --ledger azblob://stplatform/ledgers/weu.yaml --owner team-shop --ttl 24h`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			if o.ttl < 0 {
				return cli.Usagef("--ttl is %s, expected a duration such as 72h, or 0 for never", o.ttl)
			}
			return o.run(io, args, "reserved", func(l *ledger.Ledger, h ledger.Holder, claims []ledger.Entry) (
				ledger.Changes, []ledger.Conflict) {
				now := io.Clock()
				term := ledger.Term{Now: now}
				if o.ttl > 0 {
					term.Until = now.Add(o.ttl)
				}
				return l.Claim(h, claims, term)
			})
		},
	}
	c.Flags().DurationVar(&o.ttl, "ttl", defaultTerm, "how long the reservation holds, a `DURATION`; 0 for ever")
	o.addFlags(c)
	return c
}

func newLedgerCommit(io cli.IO) *cobra.Command {
	var o claimOptions
	c := &cobra.Command{
		Use:   "commit [FILE…]",
		Short: "Say that reserved ranges are deployed",
		Long: `Turn the reservations of a spec into committed ranges: they are deployed, and do not expire. apply does this when it is
done.

Without a file, and with --owner, all reservations of that owner are committed.`,
		Example: `  aksnet ledger commit aksnet.yaml
  aksnet ledger commit --owner team-shop`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && o.ledger.owner != "" {
				return o.commitOwner(io)
			}
			return o.run(io, args, "committed", func(l *ledger.Ledger, h ledger.Holder, claims []ledger.Entry) (
				ledger.Changes, []ledger.Conflict) {
				return l.Commit(h, claims, ledger.Term{Now: io.Clock()})
			})
		},
	}
	o.addFlags(c)
	return c
}

func (o *claimOptions) addFlags(c *cobra.Command) {
	o.addOutput(c)
	o.addRules(c, "errors")
	o.ledger.addLedger(c)
}

// claim changes the ledger for the claims of a plan.
type claim func(*ledger.Ledger, ledger.Holder, []ledger.Entry) (ledger.Changes, []ledger.Conflict)

// run plans the spec around the ledger and changes the ledger. When somebody else changes it first, it plans again.
func (o *claimOptions) run(io cli.IO, args []string, done string, change claim) error {
	if err := o.checkOutput(); err != nil {
		return err
	}
	ctx := context.Background()
	o.keepErrors = true
	s, err := o.parse(io, args)
	if err != nil {
		return err
	}
	l, err := o.ledger.open(s.Files())
	if err != nil {
		return err
	}
	o.held = l
	var changes ledger.Changes
	var entries []*ledger.Entry
	problems := slices.Clip(s.Problems)
	writing := io.Step("writing the ledger")
	err = l.store.Update(ctx, func(have *ledger.Ledger) (bool, error) {
		s.Problems = problems
		c, err := o.planAndValidate(io, s, have)
		if err != nil {
			return false, err
		}
		p, err := c.withoutErrors(io, "not "+done)
		if err != nil {
			return false, err
		}
		claims := l.claims(p)
		var conflicts []ledger.Conflict
		if changes, conflicts = change(have, l.holder, claims); len(conflicts) > 0 {
			return false, printConflicts(io, conflicts)
		}
		entries = have.Of(l.holder, claims)
		return changes.Any(), nil
	})
	writing.End()
	if err != nil {
		return l.mistakes(io, err)
	}
	if err := o.write(io, report.Ledger(l.store.String(), entries, nil, io.Clock())); err != nil {
		return err
	}
	return io.Inform("%s", summary(l.store, changes, entries, done))
}

// summary says what a change did: "reserved 4 ranges in aksnet.lock; 2 were held already".
func summary(store ledger.Store, changes ledger.Changes, entries []*ledger.Entry, done string) string {
	n := len(changes.Added) + len(changes.Changed)
	if done == "reserved" {
		n = len(changes.Added)
	}
	text := fmt.Sprintf("%s %s in %s", done, english.Count(n, "range"), store)
	if rest := len(entries) - n; rest > 0 {
		text += fmt.Sprintf("; %s %s held already", english.Grouped(rest), english.Plural(rest, "was", "were"))
	}
	return text
}

// commitOwner commits all reservations of an owner.
func (o *claimOptions) commitOwner(io cli.IO) error {
	ctx := context.Background()
	l, err := o.ledger.open(nil)
	if err != nil {
		return err
	}
	var changed []*ledger.Entry
	err = l.store.Update(ctx, func(have *ledger.Ledger) (bool, error) {
		changed = have.CommitAll(func(e *ledger.Entry) bool { return e.Owner == o.ledger.owner })
		return len(changed) > 0, nil
	})
	if err != nil {
		return l.mistakes(io, err)
	}
	if err := o.write(io, report.Ledger(l.store.String(), changed, nil, io.Clock())); err != nil {
		return err
	}
	return io.Inform("committed %s in %s", english.Count(len(changed), "range"), l.store)
}

// commitApplied commits the ranges of a plan that was applied.
func (l *ledgerInUse) commitApplied(ctx context.Context, io cli.IO, claims []ledger.Entry) error {
	n := 0
	err := l.store.Update(ctx, func(have *ledger.Ledger) (bool, error) {
		changes, conflicts := have.Commit(l.holder, claims, ledger.Term{Now: io.Clock()})
		if len(conflicts) > 0 {
			return false, printConflicts(io, conflicts)
		}
		n = len(changes.Added) + len(changes.Changed)
		return changes.Any(), nil
	})
	if err != nil {
		return l.mistakes(io, err)
	}
	return io.Inform("committed %s in %s", english.Count(n, "range"), l.store)
}
