package cmd

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// checkOptions holds the flags of commands that plan a spec and validate it.
type checkOptions struct {
	specOptions
	failOn string
	only   []string
	skip   []string
	all    bool
	// place is the subscription, resource group and location of resources that have none in the spec.
	place spec.Scope
	// keepErrors shows all errors, whatever only and skip say.
	keepErrors bool
	// allRules describes rules that found nothing, in formats that describe rules.
	allRules bool
	// repack lets ranges move.
	repack bool
	// ledger is the flags of the ledger, and held the ledger in use; nil without one.
	ledger ledgerOptions
	held   *ledgerInUse
	// against is the plan to compare with; nil without one.
	against *plan.Plan
}

// failNever is the value of --fail-on with which no finding changes the exit code.
const failNever = "never"

func failWords() []string { return []string{"error", "warning", "note", failNever} }

// addFlags adds the flags that choose rules, change the spec, and set the exit code.
func (o *checkOptions) addFlags(c *cobra.Command) {
	words := failWords()
	c.Flags().StringVar(&o.failOn, "fail-on", words[0],
		"exit with 1 for findings of this `SEVERITY` or worse: "+cli.OrList(words))
	cli.CompleteFlag(c, "fail-on", words)
	o.addRules(c, "errors about the shape of the file")
}

// addRules adds the flags that choose rules and change the spec. The findings that always says are shown in any case.
func (o *checkOptions) addRules(c *cobra.Command, always string) {
	f := c.Flags()
	f.StringSliceVar(&o.only, "only", nil,
		"show only findings of these `RULES`, ids or families such as IP021 or EGR; always "+always)
	f.StringSliceVar(&o.skip, "skip", nil, "hide findings of these `RULES`, ids or families; never "+always)
	completeRules(c, "only", "skip")
	f.BoolVar(&o.all, "all", false, "show each note, also where one rule reports many")
	f.BoolVar(&o.repack, "repack", false, "let ranges move if something has no place otherwise")
	o.addSet(c)
}

// check validates the flags.
func (o *checkOptions) check() error {
	if o.failOn != "" {
		if err := cli.OneOf("fail-on", o.failOn, failWords()...); err != nil {
			return err
		}
	}
	for _, word := range slices.Concat(o.only, o.skip) {
		if !validate.Known(word) {
			return cli.Usagef("%q is neither a rule nor a family of rules; aksnet rules lists them", word)
		}
	}
	return nil
}

// checked is a plan with its findings.
type checked struct {
	plan   *plan.Plan
	result validate.Result
	// all shows each note; failOn is the least severity that fails the command.
	all    bool
	failOn string
}

// run reads the spec, plans it, and validates the plan.
func (o *checkOptions) run(io cli.IO, args []string) (checked, error) {
	if err := o.check(); err != nil {
		return checked{}, err
	}
	s, err := o.parse(io, args)
	if err != nil {
		return checked{}, err
	}
	s.DefaultScope(o.place)
	if o.held, err = o.ledger.openIfAny(s.Files()); err != nil {
		return checked{}, err
	}
	return o.planAndValidate(io, s, nil)
}

// planAndValidate plans a spec around the ledger, if there is one, and validates the plan. The entries are those of the
// ledger if they have been read already.
func (o *checkOptions) planAndValidate(io cli.IO, s *spec.Spec, entries *ledger.Ledger) (checked, error) {
	options := plan.Options{Repack: o.repack}
	if o.held != nil && entries == nil {
		var err error
		if entries, err = o.held.load(context.Background(), io); err != nil {
			return checked{}, err
		}
	}
	if o.held != nil {
		options.Holdings = entries.Holdings(o.held.holder)
	}
	p := buildPlanWith(io, s, options)
	if o.held != nil {
		s.Problems = append(s.Problems, entries.CheckClaims(o.held.store.String(), o.held.holder, o.held.claims(p))...)
	}
	defer io.Step("validating %s", clusters(s)).End()
	return checked{plan: p, all: o.all, failOn: o.failOn, result: validate.Run(p, validate.Options{
		Only: o.only, Skip: o.skip, KeepErrors: o.keepErrors, Today: io.Today(), Against: o.against,
	})}, nil
}

// buildPlan plans a spec.
func buildPlan(io cli.IO, s *spec.Spec) *plan.Plan { return buildPlanWith(io, s, plan.Options{}) }

func buildPlanWith(io cli.IO, s *spec.Spec, o plan.Options) *plan.Plan {
	defer io.Step("planning %s", clusters(s)).End()
	return plan.BuildWith(s, o)
}

// clusters returns the number of clusters in a spec, with the noun.
func clusters(s *spec.Spec) string {
	n := len(s.Clusters)
	return english.Text("%v %v", n, english.Plural(n, "cluster", "clusters"))
}

// readSpec reads a spec for a command that only reports on it. If the spec cannot be read, it prints why and ends the
// command.
func readSpec(io cli.IO, o specOptions, args []string) (*spec.Spec, error) {
	check := checkOptions{specOptions: o, failOn: "error", only: []string{"SPEC"}}
	c, err := check.run(io, args)
	if err != nil {
		return nil, err
	}
	if err := c.printFindings(io); err != nil {
		return nil, err
	}
	return c.plan.Spec, check.verdict(c.result)
}

// requireNoErrors prints the findings. It ends the command, with the message that refusal starts, if there are errors
// or the plan could not place everything. No flag suppresses an error; only a waiver in the spec does, with a name and
// a reason.
func (o *checkOptions) requireNoErrors(io cli.IO, args []string, refusal string) (*plan.Plan, error) {
	o.keepErrors = true
	c, err := o.run(io, args)
	if err != nil {
		return nil, err
	}
	return c.withoutErrors(io, refusal)
}

// withoutErrors prints the findings and returns the plan, or ends the command with the message that refusal starts.
func (c checked) withoutErrors(io cli.IO, refusal string) (*plan.Plan, error) {
	if err := c.printFindings(io); err != nil {
		return nil, err
	}
	if c.result.AtLeast(validate.Error) {
		io.Messagef("aksnet: %s: fix the errors above first", refusal)
		return nil, cli.ErrFindings
	}
	if len(c.plan.Unplaced) > 0 {
		u := c.plan.Unplaced[0]
		const message = "aksnet: %s: the plan has no room for %s (%s), even if the finding is waived"
		io.Messagef(message, refusal, u.Name, u.For)
		return nil, cli.ErrFindings
	}
	return c.plan, nil
}

// verdict ends a command with exit code 1 if a finding is as severe as --fail-on.
func (o *checkOptions) verdict(r validate.Result) error {
	if o.failOn == failNever {
		return nil
	}
	least, err := validate.ParseSeverity(o.failOn)
	if err != nil {
		return cli.Usagef("--fail-on: %w", err)
	}
	if r.AtLeast(least) {
		return cli.ErrFindings
	}
	return nil
}

// printFindings prints the findings to standard error, and how many there are in which file.
func (c checked) printFindings(io cli.IO) error {
	f := c.findings(io)
	f.Colour, f.Width = cli.Colour(io.ErrTerminal), io.ErrWidth
	var out bytes.Buffer
	if err := report.FindingsText(&out, f); err != nil || len(c.result.Findings) == 0 {
		return err
	}
	if _, err := io.Err.Write(out.Bytes()); err != nil {
		return err
	}
	if out.Len() == 0 {
		return nil
	}
	return summarize(io, f)
}

// printClean says on a terminal that there are no findings, and in which file.
func (c checked) printClean(io cli.IO) error {
	if len(c.result.Findings) > 0 || !io.ErrTerminal {
		return nil
	}
	return summarize(io, c.findings(io))
}

// summarize prints how many findings there are below a blank line.
func summarize(io cli.IO, f report.Findings) error {
	return cmp.Or(io.Inform(""), io.Inform("%s", report.FindingsSummary(f)))
}

// findings returns the findings as this run shows them.
func (c checked) findings(io cli.IO) report.Findings {
	f := report.Findings{Result: c.result, Spec: c.plan.Spec, All: c.all, Version: version()}
	if io.Quiet() && c.failOn != validate.Note.String() {
		f.Least = validate.Warning
	}
	return f
}
