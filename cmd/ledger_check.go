package cmd

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/filekind"
	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// ledgerCheckOptions holds the flags of aksnet ledger check.
type ledgerCheckOptions struct {
	checkOptions
	output   string
	complete bool
}

func newLedgerCheck(io cli.IO) *cobra.Command {
	var o ledgerCheckOptions
	c := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Compare the ledger with specs and with what is in use",
		Long: `Report what is wrong in the ledger: entries that overlap, that cannot be read, or that have expired.

With specs, report what the ledger holds for them and they no longer have, and what they need and others hold. With JSON
of az network vnet list and az aks list, report ranges in use that the ledger does not have, or has for somebody else.
With --complete the JSON lists everything there is, and committed ranges that are not in it are reported too.`,
		Example: `  aksnet ledger check
  aksnet ledger check aksnet.yaml
  az network vnet list -o json > vnets.json && aksnet ledger check vnets.json --complete`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	addFindingsOutput(c, &o.output)
	o.addFlags(c)
	o.ledger.addLedger(c)
	c.Flags().BoolVar(&o.complete, "complete", false, "the JSON of Azure has all networks and clusters there are")
	return c
}

func (o *ledgerCheckOptions) run(io cli.IO, args []string) error {
	if err := cli.OneOf("output", o.output, findingsFormatNames()...); err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	specs, azure, err := splitFiles(args)
	if err != nil {
		return err
	}
	ctx := context.Background()
	l, err := o.ledger.open(specs)
	if err != nil {
		return err
	}
	have, err := l.load(ctx, io)
	if err != nil {
		return err
	}
	problems := have.Check(l.store.String(), io.Clock())
	if len(specs) > 0 {
		more, err := o.checkSpecs(io, l, have, specs)
		if err != nil {
			return err
		}
		problems = append(problems, more...)
	}
	for _, file := range azure {
		more, err := o.checkInUse(l, have, file)
		if err != nil {
			return err
		}
		problems = append(problems, more...)
	}
	return o.report(io, l, have, problems)
}

// splitFiles tells specs from JSON of Azure, by content. A folder is a spec.
func splitFiles(args []string) (specs, azure []string, err error) {
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && info.IsDir() || arg == "-" {
			specs = append(specs, arg)
			continue
		}
		src, err := readFile(filepath.Clean(arg))
		if err != nil {
			return nil, nil, err
		}
		switch filekind.Of(src.Name, src.Data) {
		case filekind.Azure, filekind.AzurePools, filekind.AzureQuery:
			azure = append(azure, arg)
		default:
			specs = append(specs, arg)
		}
	}
	return specs, azure, nil
}

// checkSpecs compares the ledger with what specs claim.
func (o *ledgerCheckOptions) checkSpecs(
	io cli.IO,
	l *ledgerInUse,
	have *ledger.Ledger,
	files []string,
) ([]spec.Problem, error) {
	s, err := o.parse(io, files)
	if err != nil {
		return nil, err
	}
	l.holder.Specs = nil
	for _, file := range s.Files() {
		l.holder.Specs = append(l.holder.Specs, l.nameOf(file))
	}
	p := plan.BuildWith(s, plan.Options{Holdings: have.Holdings(l.holder)})
	return slices.Concat(s.Problems, have.CheckClaims(l.store.String(), l.holder, l.claims(p))), nil
}

// checkInUse compares the ledger with JSON of Azure.
func (o *ledgerCheckOptions) checkInUse(l *ledgerInUse, have *ledger.Ledger, file string) ([]spec.Problem, error) {
	used, err := inUse(file, "")
	if err != nil {
		return nil, err
	}
	complete := map[ledger.Kind]bool{}
	if o.complete {
		for _, e := range used {
			complete[e.Kind] = true
		}
	}
	return have.CheckInUse(l.store.String(), filepath.ToSlash(file), used, complete), nil
}

// inUse returns the ranges that JSON of Azure shows in use.
func inUse(file, owner string) ([]ledger.Entry, error) {
	src, err := readFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	var estate importer.Estate
	if err := estate.Add(src.Name, bytes.NewReader(src.Data)); err != nil {
		return nil, err
	}
	text, _, err := estate.Spec()
	if err != nil {
		return nil, err
	}
	return ledger.InUse(plan.Build(spec.Parse(spec.Source{Name: src.Name, Data: text})), owner, src.Name), nil
}

// report prints the findings, and on standard error how large the ledger is.
func (o *ledgerCheckOptions) report(io cli.IO, l *ledgerInUse, have *ledger.Ledger, problems []spec.Problem) error {
	c := checkedLedger(io, problems, o.checkOptions)
	if err := o.writeFindings(io, o.output, c); err != nil {
		return err
	}
	found := english.Count(len(problems), "finding")
	if err := io.Inform("%s: %s; %s", l.store, have.Summary(io.Clock()), found); err != nil {
		return err
	}
	return o.verdict(c.result)
}

// checkedLedger turns problems of a ledger into findings.
func checkedLedger(io cli.IO, problems []spec.Problem, o checkOptions) checked {
	p := plan.Build(&spec.Spec{Problems: problems})
	return checked{plan: p, result: validate.Run(p, validate.Options{
		Only: append(o.only, "LEDGER", "SPEC"), Skip: o.skip, KeepErrors: true, Today: io.Today(),
	})}
}

// printProblems prints problems of a ledger as findings on standard error.
func printProblems(io cli.IO, problems []spec.Problem) error {
	return checkedLedger(io, problems, checkOptions{}).printFindings(io)
}

// ledgerImportOptions holds the flags of aksnet ledger import.
type ledgerImportOptions struct {
	outputOptions
	ledger ledgerOptions
	dryRun bool
}

func newLedgerImport(io cli.IO) *cobra.Command {
	var o ledgerImportOptions
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take over ranges in use from a spreadsheet or from JSON of Azure",
		Long: `Add the ranges of files to the ledger as committed: spreadsheets saved as CSV, and JSON of az network vnet list and
az aks list. All of them are added, or none: what overlaps, or cannot be read, is reported with its line.

The first row of a spreadsheet names its columns. One must have the ranges (addressPrefix, prefix, CIDR, network, range):
a prefix, first and last address, or an address with a mask in a column of its own. The others may have name, vnet,
subnet, cluster, owner or team, kind, state and until.`,
		Example: `  aksnet ledger import networks.csv
  aksnet ledger import vnets.json aks.json --owner platform-team`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cli.Usagef("name a file to import: a spreadsheet saved as CSV, or JSON of az")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addOutput(c)
	o.ledger.addLedger(c)
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "show what would be added, and change nothing")
	return c
}

func (o *ledgerImportOptions) run(io cli.IO, files []string) error {
	if err := o.checkOutput(); err != nil {
		return err
	}
	entries, err := o.read(io, files)
	if err != nil {
		return err
	}
	ctx := context.Background()
	l, err := o.ledger.open(nil)
	if err != nil {
		return err
	}
	var changes ledger.Changes
	err = l.store.Update(ctx, func(have *ledger.Ledger) (bool, error) {
		var conflicts []ledger.Conflict
		if changes, conflicts = have.Import(entries, io.Clock()); len(conflicts) > 0 {
			return false, printConflicts(io, conflicts)
		}
		return changes.Any() && !o.dryRun, nil
	})
	if err != nil {
		return l.mistakes(io, err)
	}
	if err := o.write(io, report.Ledger(l.store.String(), changes.Added, nil, io.Clock())); err != nil {
		return err
	}
	did := "added"
	if o.dryRun {
		did = "would add"
	}
	text := fmt.Sprintf("%s %s to %s", did, english.Count(len(changes.Added), "range"), l.store)
	if n := len(entries) - len(changes.Added); n > 0 {
		text += fmt.Sprintf("; it has %s already", english.Grouped(n))
	}
	return io.Inform("%s", text)
}

// read reads the files. What cannot be read, or overlaps among the files, ends the command with findings.
func (o *ledgerImportOptions) read(io cli.IO, files []string) ([]*ledger.Entry, error) {
	var all ledger.Ledger
	var problems []spec.Problem
	for _, file := range files {
		src, err := readFile(filepath.Clean(file))
		if err != nil {
			return nil, err
		}
		if looksLikeJSON(src.Data) {
			used, err := inUse(file, o.ledger.owner)
			if err != nil {
				return nil, err
			}
			for i := range used {
				all.Add(&used[i])
			}
			continue
		}
		table, bad := ledger.ParseCSV(src.Name, src.Data)
		problems = append(problems, bad...)
		problems = append(problems, table.Check(src.Name, io.Clock())...)
		for _, e := range table.Entries() {
			if e.Owner == "" {
				e.Owner = o.ledger.owner
			}
			if e.Spec == "" {
				e.Spec = src.Name
			}
			all.Add(e)
		}
	}
	if len(problems) > 0 {
		if err := printProblems(io, problems); err != nil {
			return nil, err
		}
		fmt.Fprintln(io.Err, "aksnet: nothing was added")
		return nil, cli.ErrFindings
	}
	return all.Entries(), nil
}

func looksLikeJSON(data []byte) bool {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	return len(data) > 0 && (data[0] == '{' || data[0] == '[')
}
