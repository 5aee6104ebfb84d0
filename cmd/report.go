package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
)

// reportOptions is the flags of commands that answer a question about a spec or about AKS.
type reportOptions struct {
	output string
	sets   []string
}

func (o *reportOptions) addOutput(c *cobra.Command) {
	c.Flags().StringVarP(&o.output, "output", "o", "table", "`FORMAT`: table, json, yaml or markdown")
	completeFlag(c, "output", reportOutputs())
}

func (o *reportOptions) addSet(c *cobra.Command) {
	c.Flags().StringArrayVar(&o.sets, "set", nil, "change a value of the spec before it is read, as `PATH=VALUE`; may be repeated")
}

// read reads the spec with the values of --set. A spec that is not readable is shown and ends the command.
func (o *reportOptions) read(io IO, args []string) (*spec.Spec, error) {
	check := checkOptions{failOn: "error", only: []string{"SPEC"}, sets: o.sets}
	c, err := check.run(io, args)
	if err != nil {
		return nil, err
	}
	if err := c.tell(io); err != nil {
		return nil, err
	}
	return c.plan.Spec, check.verdict(c.result)
}

// readSpec reads the files a command was given with edits of the form PATH=VALUE.
func readSpec(io IO, args, sets []string) (*spec.Spec, error) {
	edits := make([]spec.Edit, len(sets))
	for i, set := range sets {
		e, err := spec.ParseEdit(set)
		if err != nil {
			return nil, usagef("--set: %w", err)
		}
		edits[i] = e
	}
	sources, err := readSources(io.In, args)
	if err != nil {
		return nil, err
	}
	s, err := spec.ParseWith(edits, sources...)
	if err != nil {
		return nil, usagef("--set: %w", err)
	}
	return s, nil
}

// write prints a report in the format asked for.
func (o *reportOptions) write(io IO, r report.Report) error {
	switch o.output {
	case "json":
		return r.JSON(io.Out)
	case "yaml":
		return r.YAML(io.Out)
	case "markdown":
		return r.Markdown(io.Out)
	}
	return r.Table(io.Out, report.TableOptions{Width: io.Width, Colour: colour(io.OutTerminal)})
}

func (o *reportOptions) check() error {
	return oneOf("output", o.output, reportOutputs()...)
}

func reportOutputs() []string { return []string{"table", "json", "yaml", "markdown"} }
