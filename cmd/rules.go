package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

func newRules(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "rules [RULE|FAMILY…]",
		Short: "List the rules that validate checks",
		Example: `  aksnet rules
  aksnet rules IP SPEC -o json`,
		ValidArgsFunction: completeRuleArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			rules, err := chosenRules(args)
			if err != nil {
				return err
			}
			records, err := refusal.Records()
			if err != nil {
				return err
			}
			return o.write(io, report.Rules(rules, records))
		},
	}
	o.addOutput(c)
	return c
}

// chosenRules returns the rules that words name, in the order of the catalogue; all rules without words.
func chosenRules(words []string) ([]*validate.Rule, error) {
	if len(words) == 0 {
		return validate.Rules(), nil
	}
	for _, w := range words {
		if !validate.Known(w) {
			families := strings.Join(validate.Families(), ", ")
			return nil, cli.Usagef("%q is neither a rule nor a family of rules; the families are %s", w, families)
		}
	}
	return slices.DeleteFunc(slices.Clone(validate.Rules()), func(r *validate.Rule) bool {
		return !slices.ContainsFunc(words, r.Matches)
	}), nil
}
