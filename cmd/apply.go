package cmd

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
)

// applyOptions holds the flags of aksnet apply.
type applyOptions struct {
	liveOptions
	yes         bool
	parallelism int
}

func newApply(io cli.IO) *cobra.Command {
	var o applyOptions
	c := &cobra.Command{
		Use:   "apply [FILE…]",
		Short: "Change Azure so that it matches the plan",
		Long: `Show what differs between the plan and Azure, ask for confirmation, and make exactly those changes, in the order of
their dependencies. What does not depend on each other runs side by side.

Nothing is deleted without --prune, and then only what apply created. A virtual network is never sent together with
its subnets, so that no subnet of anybody else is removed. If apply is interrupted, run it again to finish the job.`,
		Example: `  aksnet apply aksnet.yaml
  aksnet apply aksnet.yaml --yes -o json`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addFlags(c)
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask for confirmation")
	c.Flags().IntVar(&o.parallelism, "parallelism", apply.DefaultParallelism,
		"`NUMBER` of changes to run side by side; changes of one virtual network always run one after another")
	return c
}

func (o *applyOptions) run(io cli.IO, args []string) error {
	if o.parallelism < 1 {
		return cli.Usagef("--parallelism is %d, expected 1 or more", o.parallelism)
	}
	if !o.yes && !io.InTerminal {
		return cli.Usagef("cannot ask for confirmation without a terminal: check with aksnet diff, then use --yes")
	}
	io.Farewell("interrupted: nothing was changed")
	cs, err := o.diff(io, args)
	if err != nil {
		return err
	}
	if err := o.show(io, cs); err != nil {
		return err
	}
	if cs.Count(apply.Refused) > 0 {
		fmt.Fprintf(io.Err, "aksnet: %s\n", apply.ErrRefused)
		return cli.ErrFindings
	}
	if cs.Any() && !o.yes {
		if yes, err := confirm(io); err != nil || !yes {
			return err
		}
	}
	return o.apply(io, cs)
}

// apply makes the changes. A signal ends it with a report of what is unfinished.
func (o *applyOptions) apply(io cli.IO, cs *apply.Changes) error {
	if err := io.Flush(); err != nil {
		return err
	}
	ctx, stop := io.UntilSignal()
	defer stop()
	log := newApplyLog(io)
	defer log.step.End()
	summary, err := cs.Run(ctx, apply.RunOptions{Parallelism: o.parallelism, Progress: log.event})
	log.step.End()
	if cs.Any() {
		if err := io.Inform("%s", summary); err != nil {
			return err
		}
	}
	if err != nil || o.held == nil {
		return o.explained(err)
	}
	return o.held.commitApplied(ctx, io, o.held.claims(o.planned))
}

// confirm asks for confirmation, which is the word yes. Anything but a clear no is asked about once more.
func confirm(io cli.IO) (bool, error) {
	in := bufio.NewReader(io.In)
	question := `Apply these changes? Only "yes" is accepted: `
	for range 2 {
		fmt.Fprint(io.Err, question)
		line, err := in.ReadString('\n')
		answer := strings.TrimSpace(line)
		switch {
		case answer == "yes":
			return true, nil
		case err != nil && answer == "":
			fmt.Fprintln(io.Err)
			return false, cli.Usagef("no answer, nothing was changed: use --yes to apply without a question")
		case slices.Contains([]string{"", "n", "no", "q", "quit"}, strings.ToLower(answer)):
			fmt.Fprintln(io.Err, "nothing was changed")
			return false, nil
		}
		question = `Type "yes", in full and in lower case, to apply these changes, or "no": `
	}
	fmt.Fprintln(io.Err, "nothing was changed")
	return false, nil
}
