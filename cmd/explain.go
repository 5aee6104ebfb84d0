package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

func newExplain(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "explain RULE…|FAMILY…|CODE|TEXT|FILE|-",
		Short: "Explain a rule, an Azure error code, or an error that you paste",
		Long: `Explain rules, or all rules of families: why they matter, what to do, and the source. Or explain an answer of Azure: a
code such as SubnetIsFull, or a whole error as az, Terraform, the portal or kubectl printed it, as an argument, from a
file, or from standard input (terraform apply 2>&1 | aksnet explain -). Every error in the text is explained with its
numbers and names.

The exit code is 1 if the text contains no error that aksnet knows.`,
		Example: `  aksnet explain IP021
  aksnet explain NAME IP012
  aksnet explain SubnetIsFull
  aksnet explain SubnetIsFull -o json`,
		ValidArgsFunction: completeExplainArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			return o.explain(io, args)
		},
	}
	o.addOutput(c)
	return c
}

// explain explains what the arguments name: a rule, a family, a code, a file, or text.
func (o *outputOptions) explain(io cli.IO, args []string) error {
	if len(args) == 0 {
		if io.InTerminal {
			return cli.Usagef(
				"nothing to explain: name a rule or an Azure error code, or pass an error as text, FILE or -",
			)
		}
		args = []string{"-"}
	}
	if len(args) == 1 {
		if rule, ok := validate.Lookup(args[0]); ok {
			return o.explainRule(io, rule)
		}
	}
	if !slices.ContainsFunc(args, func(word string) bool { return !validate.Known(word) }) {
		return o.explainRules(io, args)
	}
	text, err := explainedText(io, args)
	if err != nil {
		return err
	}
	return o.explainText(io, text)
}

// explainRule explains one rule.
func (o *outputOptions) explainRule(io cli.IO, rule *validate.Rule) error {
	records, err := refusal.Records()
	if err != nil {
		return err
	}
	return o.write(io, report.Rule(rule, records))
}

// explainRules explains several rules, or each rule of families.
func (o *outputOptions) explainRules(io cli.IO, words []string) error {
	rules, err := chosenRules(words)
	if err != nil {
		return err
	}
	records, err := refusal.Records()
	if err != nil {
		return err
	}
	return o.write(io, report.ExplainedRules(rules, records))
}

// explainedText returns the text to explain: standard input for -, the content of a file that an argument names, or the
// arguments themselves. A single word that is neither a file nor a code is a usage error.
func explainedText(io cli.IO, args []string) ([]byte, error) {
	text := strings.Join(args, " ")
	if text == "-" {
		src, err := readAll(spec.Stdin, io.In)
		return src.Data, err
	}
	if len(args) > 1 || strings.ContainsAny(text, " \n") {
		return []byte(text), nil
	}
	if _, known := aks.ErrorCodeOf(text); known {
		return []byte(text), nil
	}
	src, err := readFile(text)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notExplained(text)
	}
	return src.Data, err
}

// notExplained returns a usage error that suggests the nearest rule or code.
func notExplained(word string) error {
	names, families := wordsOf(ruleWords()), len(validate.Families())
	words := slices.Concat(names[families:], names[:families], aks.Codes())
	hint := "aksnet rules lists the rules"
	if near := spec.Nearest(word, words); near != "" {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return cli.Usagef("%q is not a rule, an Azure error code that aksnet knows, or a file; %s", word, hint)
}

// explainText explains the errors in a text.
func (o *outputOptions) explainText(io cli.IO, text []byte) error {
	reading := io.Step("looking for errors of Azure")
	answers := refusal.Read(text)
	reading.End()
	if len(answers) == 0 {
		fmt.Fprintln(
			io.Err,
			"aksnet: no Azure error that aksnet knows in this text; paste the whole error, with its code",
		)
		return cli.ErrFindings
	}
	if err := o.write(io, report.Refusals(answers)); err != nil {
		return err
	}
	for _, a := range answers {
		if a.Known {
			return nil
		}
	}
	return cli.ErrFindings
}

// completeExplainArgs completes rules, families and Azure error codes; the shell completes files.
func completeExplainArgs(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
	words := ruleWords()
	if len(given) == 0 {
		for _, code := range aks.Codes() {
			words = append(words, cli.Described{Word: code, Meaning: "Azure error code"})
		}
	}
	return cli.Completions(words, given), cobra.ShellCompDirectiveDefault
}
