package cmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/report"
)

// applyOptions holds the flags of aksnet apply.
type applyOptions struct {
	liveOptions
	yes bool
}

func newApply(io cli.IO) *cobra.Command {
	var o applyOptions
	c := &cobra.Command{
		Use:   "apply [FILE…]",
		Short: "Change Azure so that it matches the plan",
		Long: `Show what differs between the plan and Azure, ask for confirmation, and make exactly those changes, in the order of
their dependencies.

Nothing is deleted without --prune, and then only what apply created. A virtual network is never sent together with
its subnets, so that no subnet of anybody else is removed. If apply is interrupted, run it again to finish the job.`,
		Example: `  aksnet apply aksnet.yaml
  aksnet apply aksnet.yaml --yes -o json`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addFlags(c)
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask for confirmation")
	return c
}

func (o *applyOptions) run(io cli.IO, args []string) error {
	if !o.yes && !io.InTerminal {
		return cli.Usagef("cannot ask for confirmation without a terminal: check with aksnet diff, then use --yes")
	}
	ctx, stop := untilSignal()
	defer stop()
	cs, err := o.diff(ctx, io, args)
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
		if yes, err := ask(ctx, io); err != nil || !yes {
			return err
		}
	}
	err = cs.Run(ctx, progress(io))
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("interrupted: %w", err)
	}
	return apply.Redact(err)
}

// ask asks for confirmation, which is the word yes. Ctrl-C means no.
func ask(ctx context.Context, io cli.IO) (bool, error) {
	fmt.Fprint(io.Err, `Apply these changes? Only "yes" is accepted: `)
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(io.In).ReadString('\n')
		line <- text
	}()
	select {
	case <-ctx.Done():
		return false, fmt.Errorf("interrupted: nothing was changed")
	case text := <-line:
		if strings.TrimSpace(text) == "yes" {
			return true, nil
		}
		fmt.Fprintln(io.Err, "nothing was changed")
		return false, nil
	}
}

// progress returns a function that prints a line for each resource. On a terminal, the line is overwritten until the
// resource is done; elsewhere every step is a line.
func progress(io cli.IO) func(apply.Event) {
	waiting := ""
	return func(e apply.Event) {
		text := fmt.Sprintf("[%d/%d] %s %s %s", e.At, e.Of, e.Change.Action, e.Change.Type, e.Change.Name())
		switch e.State {
		case apply.Started:
			waiting = ""
		case apply.Waiting:
			// Printed once, not at every poll.
			if e.Reason == waiting && !io.ErrTerminal {
				return
			}
			waiting = e.Reason
			text += ": waiting, " + e.Reason
		case apply.Done:
			text += fmt.Sprintf(": done in %s", e.Took.Round(100*time.Millisecond))
		case apply.Failed:
			text += ": failed"
		}
		if !io.ErrTerminal {
			io.Messagef("%s", text)
			return
		}
		fmt.Fprintf(io.Err, "\r\x1b[2K%s", report.Printable(text))
		if e.State == apply.Done || e.State == apply.Failed {
			fmt.Fprintln(io.Err)
		}
	}
}
