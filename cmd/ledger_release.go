package cmd

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/report"
)

// releaseOptions holds the flags of aksnet ledger release.
type releaseOptions struct {
	outputOptions
	ledger          ledgerOptions
	expired, dryRun bool
}

func newLedgerRelease(io cli.IO) *cobra.Command {
	var o releaseOptions
	c := &cobra.Command{
		Use:   "release [NAME…]",
		Short: "Give ranges back",
		Long: `Give ranges back: those of networks, subnets and clusters by name, a range itself, everything of an owner, or
reservations that have expired. A network goes with its subnets. Several conditions together select what meets all.

This is the only way in which a range becomes free again.`,
		Example: `  aksnet ledger release snet-shop-nodes --dry-run
  aksnet ledger release vnet-shop --owner team-shop
  aksnet ledger release --expired`,
		RunE: func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addOutput(c)
	o.ledger.addLedger(c)
	c.Flags().BoolVar(&o.expired, "expired", false, "only reservations that have expired")
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "show what would be given back, and change nothing")
	return c
}

func (o *releaseOptions) run(io cli.IO, names []string) error {
	if err := o.checkOutput(); err != nil {
		return err
	}
	if len(names) == 0 && o.ledger.owner == "" && !o.expired {
		return cli.Usagef("name what to release: networks, subnets, clusters or ranges; or give --owner or --expired")
	}
	ctx := context.Background()
	l, err := o.ledger.open(nil)
	if err != nil {
		return err
	}
	var removed []*ledger.Entry
	err = l.store.Update(ctx, func(have *ledger.Ledger) (bool, error) {
		match, err := o.matcher(have, names, io.Clock())
		if err != nil {
			return false, err
		}
		removed = have.Release(match).Removed
		return len(removed) > 0 && !o.dryRun, nil
	})
	if err != nil {
		return l.mistakes(io, err)
	}
	if err := o.write(io, report.Ledger(l.store.String(), removed, nil, io.Clock())); err != nil {
		return err
	}
	did := "released"
	if o.dryRun {
		did = "would release"
	}
	return io.Inform("%s %s in %s", did, english.Count(len(removed), "range"), l.store)
}

// matcher returns what selects the entries to release. Every name must select something, and of one owner only.
func (o *releaseOptions) matcher(l *ledger.Ledger, names []string, now time.Time) (func(*ledger.Entry) bool, error) {
	rest := func(e *ledger.Entry) bool {
		return (o.ledger.owner == "" || e.Owner == o.ledger.owner) && (!o.expired || e.Expired(now))
	}
	if len(names) == 0 {
		return rest, nil
	}
	for _, name := range names {
		var owners []string
		for _, e := range l.Entries() {
			if rest(e) && named(e, name) && !slices.Contains(owners, e.Owner) {
				owners = append(owners, e.Owner)
			}
		}
		switch {
		case len(owners) == 0:
			return nil, cli.Usagef("the ledger has no range for %q; aksnet ledger list shows what it has", name)
		case len(owners) > 1:
			return nil, cli.Usagef("%q is held by several owners: choose one with --owner %s", name, cli.OrList(owners))
		}
	}
	return func(e *ledger.Entry) bool {
		return rest(e) && slices.ContainsFunc(names, func(name string) bool { return named(e, name) })
	}, nil
}

// named reports whether a name selects an entry: as its network, subnet or cluster, or as its range.
func named(e *ledger.Entry, name string) bool {
	if p, err := netip.ParsePrefix(name); err == nil {
		return e.AddressPrefix == p.Masked()
	}
	if vnet, subnet, ok := strings.Cut(name, "/"); ok {
		return e.Kind == ledger.Subnet && strings.EqualFold(e.VNet, vnet) && strings.EqualFold(e.Name, subnet)
	}
	return strings.EqualFold(e.Name, name) || strings.EqualFold(e.VNet, name) || strings.EqualFold(e.Cluster, name)
}

// listOptions holds the flags of aksnet ledger list.
type listOptions struct {
	outputOptions
	ledger ledgerOptions
	in     string
}

const formatCSV = "csv"

func newLedgerList(io cli.IO) *cobra.Command {
	var o listOptions
	c := &cobra.Command{
		Use:   "list",
		Short: "Show which ranges are in use, who holds them, and what is free",
		Example: `  aksnet ledger list
  aksnet ledger list --in 10.40.0.0/14
  aksnet ledger list --ledger azblob://stplatform/ledgers/weu.yaml -o csv`,
		Args: cli.KnownCommand,
		RunE: func(*cobra.Command, []string) error { return o.run(io) },
	}
	o.addOutput(c, formatCSV)
	o.ledger.addLedger(c)
	c.Flags().StringVar(&o.in, "in", "", "only what is in this `RANGE`, with what is free in it")
	return c
}

func (o *listOptions) run(io cli.IO) error {
	if err := o.checkOutput(); err != nil {
		return err
	}
	var in netip.Prefix
	if o.in != "" {
		p, err := netip.ParsePrefix(o.in)
		if err != nil || p != p.Masked() {
			return cli.Usagef("--in is %q, expected a range such as 10.40.0.0/16", o.in)
		}
		in = p
	}
	ctx := context.Background()
	l, err := o.ledger.open(nil)
	if err != nil {
		return err
	}
	have, err := l.load(ctx, io)
	if err != nil {
		return err
	}
	entries, free := have.Entries(), []netip.Prefix(nil)
	if o.ledger.owner != "" {
		entries = slices.DeleteFunc(
			slices.Clone(entries),
			func(e *ledger.Entry) bool { return e.Owner != o.ledger.owner },
		)
	}
	if in.IsValid() {
		var inside []*ledger.Entry
		inside, free = have.In(in)
		entries = slices.DeleteFunc(inside, func(e *ledger.Entry) bool {
			return o.ledger.owner != "" && e.Owner != o.ledger.owner
		})
	}
	if o.output == formatCSV {
		err = report.LedgerCSV(io.Out, entries)
	} else {
		err = o.write(io, report.Ledger(l.store.String(), entries, free, io.Clock()))
	}
	if err != nil {
		return err
	}
	return io.Inform("%s", fmt.Sprintf("%s: %s", l.store, have.Summary(io.Clock())))
}
