package cmd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/internal/starter"
)

// asker asks questions on a terminal. They go to Err, so that Out only gets the spec.
type asker struct {
	in  *bufio.Reader
	err io.Writer
}

func newAsker(io cli.IO) *asker { return &asker{bufio.NewReader(io.In), io.Err} }

// question is what to ask.
type question struct {
	title     string
	byDefault string
	// help is the answer to "?": what the answer decides, and what may be changed later.
	help string
	// check takes the answer. It returns an error for one that will not do, which is asked again.
	check func(answer string) error
}

// ask sets the options to the answers. Each answer is checked together with those before it.
func (o *initOptions) ask(io cli.IO, a *asker) error {
	fmt.Fprintln(io.Err, "A few questions. Press Enter to accept the value in brackets; ? explains a question.")
	for _, m := range starter.Models() {
		fmt.Fprintf(io.Err, "  %-11s  %s\n", m, starter.ModelTitle(m))
	}
	for _, next := range o.questions(io.Today()) {
		q := next()
		check := q.check
		q.check = func(answer string) error {
			before := o.Options
			err := check(answer)
			if err == nil {
				err = o.object(io.Today())
			}
			if err != nil {
				o.Options = before
				return err
			}
			o.Options = o.Normal()
			return nil
		}
		if err := a.ask(q); err != nil {
			return err
		}
	}
	return nil
}

// questions returns the questions. Each is made when it is asked, since its default may depend on answers.
func (o *initOptions) questions(today time.Time) []func() question {
	ranges := func() question { return o.askRange(o.complete(today).AddressSpace) }
	return []func() question{o.askModel, o.askName, o.askRegion, o.askPools, ranges, o.askPrivate}
}

func (o *initOptions) askModel() question {
	return question{
		title: "Network model", byDefault: starter.Defaults().Model,
		help: "Where pods get their addresses. With overlay and cilium they have ranges of their own; with the " +
			"others each pod takes an address of the VNet. A cluster cannot change to every other model " +
			"later; aksnet compare shows all of them for your cluster.",
		check: func(answer string) error { o.Model = answer; return nil },
	}
}

func (o *initOptions) askName() question {
	return question{
		title: "Cluster name", byDefault: starter.Defaults().Name,
		help: "The name of the cluster in Azure; names of the VNet, the subnets and the resource group derive " +
			"from it. It cannot be changed later.",
		check: func(answer string) error { o.Name = answer; return starter.CheckName(answer) },
	}
}

func (o *initOptions) askRegion() question {
	return question{
		title: "Azure region", byDefault: starter.Defaults().Location,
		help: "The region of the cluster and its VNet, such as westeurope or \"West Europe\"; az account " +
			"list-locations prints all.",
		check: func(answer string) error { o.Location = answer; return nil },
	}
}

func (o *initOptions) askPools() question {
	return question{
		title: "Node pools", byDefault: "system=3 apps=2-10",
		help: "Pools as NAME=COUNT, or NAME=MIN-MAX for one that the autoscaler changes. The first one is the " +
			"system pool. The largest numbers decide how many addresses are planned.",
		check: o.readPools,
	}
}

func (o *initOptions) askRange(byDefault netip.Prefix) question {
	return question{
		title: "Address range for the VNet", byDefault: byDefault.String(),
		help: "A private range from which the VNet is taken, as large as it has to be. Choose one that nothing " +
			"else uses: not your offices, and no VNet that is or will be peered.",
		check: o.readRange,
	}
}

func (o *initOptions) askPrivate() question {
	return question{
		title: "Private cluster", byDefault: "no",
		help: "yes gives the API server only a private address: kubectl then works from inside of the network. " +
			"It cannot be changed later without API Server VNet Integration.",
		check: func(answer string) (err error) { o.Private, err = yesNo(answer); return err },
	}
}

// ask asks until the answer passes the check.
func (a *asker) ask(q question) error {
	for {
		fmt.Fprintf(a.err, "%s [%s]: ", report.Printable(q.title), report.Printable(q.byDefault))
		line, err := a.in.ReadString('\n')
		line = strings.TrimSpace(line)
		switch {
		case errors.Is(err, io.EOF) && line == "":
			fmt.Fprintln(a.err)
			return errors.New("no answer; nothing was written")
		case err != nil && !errors.Is(err, io.EOF):
			return fmt.Errorf("reading the answer: %w", err)
		case line == "?":
			fmt.Fprintf(a.err, "  %s\n", q.help)
			continue
		case line == "":
			line = q.byDefault
		}
		err = q.check(line)
		if err == nil {
			return nil
		}
		fmt.Fprintf(a.err, "  %s\n", report.Printable(err.Error()))
	}
}

// yes asks a question that is answered with yes or no; no is the default.
func (a *asker) yes(q question) (yes bool, err error) {
	q.byDefault = "no"
	q.check = func(answer string) (err error) { yes, err = yesNo(answer); return err }
	err = a.ask(q)
	return yes, err
}

func yesNo(answer string) (bool, error) {
	switch strings.ToLower(answer) {
	case "y", "yes":
		return true, nil
	case "n", "no":
		return false, nil
	}
	return false, fmt.Errorf("%q is not yes or no", answer)
}

func (o *initOptions) readPools(answer string) error {
	o.Pools = nil
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune(" ,;\t", r) }) {
		p, err := starter.ParsePool(word)
		if err != nil {
			return err
		}
		o.Pools = append(o.Pools, p)
	}
	if len(o.Pools) == 0 {
		return fmt.Errorf("%q names no node pool; write NAME=COUNT, such as system=3", answer)
	}
	return nil
}

func (o *initOptions) readRange(answer string) error {
	p, err := netip.ParsePrefix(answer)
	if err != nil {
		return fmt.Errorf("%q is not an IPv4 range such as %s", answer, starter.Defaults().AddressSpace)
	}
	o.AddressSpace = p
	return nil
}
