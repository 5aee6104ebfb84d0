package cmd

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// checkOptions is the flags of commands that plan a spec and look for findings.
type checkOptions struct {
	failOn string
	only   []string
	skip   []string
	sets   []string
	// place is where what names no place lives.
	place spec.Place
	// keepErrors shows all errors, whatever only and skip say.
	keepErrors bool
	// against is the plan to compare with; nil when there is none.
	against *plan.Plan
}

// failNever is the word of --fail-on for which no finding changes the exit code.
const failNever = "never"

func failWords() []string { return []string{"error", "warning", "note", failNever} }

func (o *checkOptions) addFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.failOn, "fail-on", "error", "exit with 1 for findings of this `SEVERITY` or worse: error, warning, note or never")
	completeFlag(c, "fail-on", failWords())
	o.addRules(c, "errors about the shape of the file")
}

// addRules adds the flags that choose rules and change the spec. Some findings stay whatever is chosen.
func (o *checkOptions) addRules(c *cobra.Command, stay string) {
	c.Flags().StringSliceVar(&o.only, "only", nil, "only the findings of these `RULES`: ids or families such as IP021 or EGR; "+stay+" stay")
	c.Flags().StringSliceVar(&o.skip, "skip", nil, "leave out the findings of these `RULES`: ids or families; "+stay+" stay")
	c.Flags().StringArrayVar(&o.sets, "set", nil, "change a value of the spec before it is read, as `PATH=VALUE`; may be repeated")
	completeRules(c, "only", "skip")
}

// check refuses flags that mean nothing.
func (o *checkOptions) check() error {
	if o.failOn != "" {
		if err := oneOf("fail-on", o.failOn, failWords()...); err != nil {
			return err
		}
	}
	for _, word := range slices.Concat(o.only, o.skip) {
		if !validate.Known(word) {
			return usagef("%q is neither a rule nor a family of rules; aksnet rules lists them", word)
		}
	}
	return nil
}

// checked is a plan and what is wrong with it.
type checked struct {
	plan   *plan.Plan
	result validate.Result
}

// run reads the spec, plans it and looks for findings.
func (o *checkOptions) run(io IO, args []string) (checked, error) {
	if err := o.check(); err != nil {
		return checked{}, err
	}
	s, err := readSpec(io, args, o.sets)
	if err != nil {
		return checked{}, err
	}
	s.PlaceRest(o.place)
	p := plan.Build(s)
	return checked{p, validate.Run(p, validate.Options{
		Only: o.only, Skip: o.skip, KeepErrors: o.keepErrors, Today: io.today(), Against: o.against,
	})}, nil
}

// needSound shows the findings, and ends the command when errors are among them or something of the plan has no place. What stays
// undone is the end of its message. No flag lets an error pass; a waiver in the spec does, signed and with its reason.
func (o *checkOptions) needSound(io IO, args []string, undone string) (*plan.Plan, error) {
	o.keepErrors = true
	c, err := o.run(io, args)
	if err != nil {
		return nil, err
	}
	if err := c.tell(io); err != nil {
		return nil, err
	}
	if c.result.AtLeast(validate.Error) {
		fmt.Fprintf(io.Err, "aksnet: %s while errors stand\n", undone)
		return nil, errFindings
	}
	if len(c.plan.Unplaced) > 0 {
		u := c.plan.Unplaced[0]
		fmt.Fprintf(io.Err, "aksnet: %s while %s (%s) has no place in the plan, waived or not\n", undone, u.Name, u.For)
		return nil, errFindings
	}
	return c.plan, nil
}

// verdict ends a command with exit code 1 when a finding is as bad as --fail-on says.
func (o *checkOptions) verdict(r validate.Result) error {
	if o.failOn == failNever {
		return nil
	}
	least, err := validate.ParseSeverity(o.failOn)
	if err != nil {
		return usagef("--fail-on: %w", err)
	}
	if r.AtLeast(least) {
		return errFindings
	}
	return nil
}

// tell writes the findings to where messages go.
func (c checked) tell(io IO) error {
	if len(c.result.Findings) == 0 {
		return nil
	}
	findings := report.Findings{Result: c.result, Spec: c.plan.Spec, Colour: colour(io.ErrTerminal)}
	if err := report.FindingsText(io.Err, findings); err != nil {
		return err
	}
	_, err := fmt.Fprintf(io.Err, "\n%s\n", report.FindingsSummary(c.result.Summary))
	return err
}
