package cmd

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/internal/starter"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// checkStarter plans and validates a starter spec.
func checkStarter(file string, text []byte, today time.Time) checked {
	p := plan.Build(spec.Parse(spec.Source{Name: file, Data: text}))
	return checked{plan: p, result: validate.Run(p, validate.Options{Today: today})}
}

// validate refuses a spec that validate would warn of, or that does not fit: it is not written.
func (o *initOptions) validate(io cli.IO, text []byte) error {
	c := checkStarter(o.file, text, io.Today())
	if err := c.printFindings(io); err != nil {
		return err
	}
	if err := objection(c); err == nil {
		return nil
	}
	if len(c.plan.Unplaced) > 0 && !c.result.AtLeast(validate.Warning) {
		io.Messagef("%s: %s", c.plan.Unplaced[0].Name, c.plan.Unplaced[0].Reason)
	}
	fmt.Fprintln(io.Err, "nothing was written")
	return cli.ErrFindings
}

// objection returns the first error or warning about a spec, or what has no room, as an error.
func objection(c checked) error {
	for _, f := range c.result.Findings {
		if f.Severity >= validate.Warning {
			return errors.New(f.Message)
		}
	}
	if len(c.plan.Unplaced) > 0 {
		return fmt.Errorf("%s: %s", c.plan.Unplaced[0].Name, c.plan.Unplaced[0].Reason)
	}
	return nil
}

// object returns what there is to object to in the options so far. What is not chosen yet has its default.
func (o *initOptions) object(today time.Time) error {
	complete := o.complete(today)
	if err := complete.Check(); err != nil {
		return err
	}
	return objection(checkStarter(o.file, starter.Spec(complete), today))
}

// complete returns the options with defaults for what is not chosen. The range is the smallest that has room.
func (o *initOptions) complete(today time.Time) starter.Options {
	d := starter.Defaults()
	full := o.With(d)
	if o.AddressSpace.IsValid() || full.Check() != nil {
		return full
	}
	for _, text := range []string{d.AddressSpace.String(), "10.32.0.0/12", "10.0.0.0/8"} {
		full.AddressSpace = netip.MustParsePrefix(text)
		if objection(checkStarter(o.file, starter.Spec(full), today)) == nil {
			return full
		}
	}
	return full
}

// again adds to an error the flags that stand for the answers so far.
func (o *initOptions) again(err error) error {
	words := []string{"aksnet init"}
	add := func(flag, value string) {
		if value != "" {
			words = append(words, flag, shell.Word(value))
		}
	}
	add("--model", o.Model)
	add("--name", o.Name)
	add("--location", o.Location)
	for _, p := range o.Pools {
		add("--pool", p.String())
	}
	if o.AddressSpace.IsValid() {
		add("--address-space", o.AddressSpace.String())
	}
	if o.Private {
		words = append(words, "--private")
	}
	if len(words) == 1 {
		return err
	}
	switch o.file {
	case defaultFile:
	case "-":
		words = append(words, "-o", "-")
	default:
		words = append(words, "-o", shell.File(o.file))
	}
	return fmt.Errorf("%w; your answers as flags: %s", err, strings.Join(words, " "))
}
