package cmd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/internal/starter"
)

// asker asks questions on a terminal. They go to Err, so that Out only gets the spec.
type asker struct {
	in  *bufio.Reader
	err io.Writer
}

// ask sets the options to the answers. An empty answer means the value shown.
func (o *initOptions) ask(io cli.IO) error {
	a := &asker{bufio.NewReader(io.In), io.Err}
	d := starter.Defaults()
	fmt.Fprintln(io.Err, "A few questions. Press Enter to accept the value in brackets.")
	for _, m := range starter.Models() {
		fmt.Fprintf(io.Err, "  %-11s  %s\n", m, starter.ModelTitle(m))
	}
	questions := []func() error{
		func() (err error) { o.Model, err = a.text("Network model", d.Model, oneOfModels); return err },
		func() (err error) { o.Name, err = a.text("Cluster name", d.Name, starter.CheckName); return err },
		func() (err error) {
			o.Location, err = a.text("Azure region", d.Location, starter.CheckLocation)
			return err
		},
		func() (err error) { o.Pools, err = a.pools("Node pools", "system=3 apps=2-10"); return err },
		func() (err error) {
			o.AddressSpace, err = a.prefix("Address range for the VNet", d.AddressSpace)
			return err
		},
		func() (err error) { o.Private, err = a.yes("Private cluster"); return err },
	}
	for _, q := range questions {
		if err := q(); err != nil {
			return err
		}
	}
	return nil
}

// text asks until the answer passes the check.
func (a *asker) text(question, byDefault string, check func(string) error) (string, error) {
	for {
		fmt.Fprintf(a.err, "%s [%s]: ", question, report.Printable(byDefault))
		line, err := a.in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(a.err)
			return "", errors.New("no answer; nothing was written")
		}
		if err != nil {
			return "", fmt.Errorf("reading the answer: %w", err)
		}
		if line = strings.TrimSpace(line); line == "" {
			line = byDefault
		}
		if err = check(line); err == nil {
			return line, nil
		}
		fmt.Fprintf(a.err, "  %s\n", report.Printable(err.Error()))
	}
}

func (a *asker) pools(question, byDefault string) (pools []starter.Pool, err error) {
	_, err = a.text(question, byDefault, func(line string) error {
		pools = nil
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' }) {
			p, err := starter.ParsePool(word)
			if err != nil {
				return err
			}
			pools = append(pools, p)
		}
		return nil
	})
	return pools, err
}

func (a *asker) prefix(question string, byDefault netip.Prefix) (p netip.Prefix, err error) {
	_, err = a.text(question, byDefault.String(), func(line string) error {
		if p, err = netip.ParsePrefix(line); err != nil || !p.Addr().Is4() || p != p.Masked() {
			return fmt.Errorf("%q is not an IPv4 range such as %s", line, byDefault)
		}
		return nil
	})
	return p, err
}

func (a *asker) yes(question string) (yes bool, err error) {
	_, err = a.text(question, "no", func(line string) error {
		switch strings.ToLower(line) {
		case "y", "yes":
			yes = true
		case "n", "no":
			yes = false
		default:
			return fmt.Errorf("%q is not yes or no", line)
		}
		return nil
	})
	return yes, err
}

func oneOfModels(model string) error {
	if !slices.Contains(starter.Models(), model) {
		return fmt.Errorf("%q is not one of %s", model, strings.Join(starter.Models(), ", "))
	}
	return nil
}
