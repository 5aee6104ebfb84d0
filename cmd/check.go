package cmd

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/validate"
)

// checkOptions is the flags of commands that plan a spec and look for findings.
type checkOptions struct {
	failOn string
	only   []string
	skip   []string
	sets   []string
	// against is the plan to compare with; nil when there is none.
	against *plan.Plan
}

// failNever is the word of --fail-on for which no finding changes the exit code.
const failNever = "never"

func failWords() []string { return []string{"error", "warning", "note", failNever} }

func (o *checkOptions) addFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.failOn, "fail-on", "error", "exit with 1 for findings of this severity or worse: error, warning, note or never")
	completeFlag(c, "fail-on", failWords())
	o.addRules(c)
}

// addRules adds the flags that choose rules and change the spec.
func (o *checkOptions) addRules(c *cobra.Command) {
	c.Flags().StringSliceVar(&o.only, "only", nil, "only the findings of these `RULES`: ids or families such as IP021 or EGR")
	c.Flags().StringSliceVar(&o.skip, "skip", nil, "leave out the findings of these `RULES`: ids or families; errors about the shape of the file stay")
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
	p := plan.Build(s)
	return checked{p, validate.Run(p, validate.Options{Only: o.only, Skip: o.skip, Today: io.today(), Against: o.against})}, nil
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
	if err := render.FindingsText(io.Err, c.plan.Spec, c.result.Findings, render.FindingsOptions{Colour: colour(io.ErrTerminal)}); err != nil {
		return err
	}
	_, err := fmt.Fprintf(io.Err, "\n%s\n", render.FindingsSummary(c.result.Summary))
	return err
}
