package cmd

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
)

// azureOptions holds the flags of commands that contact Azure.
type azureOptions struct {
	subscription string
	client       apply.Options
	verbose      bool
}

func (o *azureOptions) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(
		&o.subscription,
		"subscription",
		"",
		"subscription `ID` (default AZURE_SUBSCRIPTION_ID, else the one in the spec)",
	)
	f.StringVar(&o.client.Cloud, "cloud", "public", "`CLOUD`: public, usgov, china or custom")
	f.StringVar(&o.client.ARMEndpoint, "arm-endpoint", "", "`URL` of Azure Resource Manager in a custom cloud")
	f.StringVar(
		&o.client.ARMAudience,
		"arm-audience",
		"",
		"`AUDIENCE` of tokens for Azure Resource Manager (default its URL)",
	)
	f.StringVar(&o.client.AuthorityHost, "authority-host", "", "`URL` of the sign-in service in a custom cloud")
	f.StringVar(&o.client.CAFile, "ca-file", "", "`FILE` of PEM certificates to trust in addition to the system's")
	f.DurationVar(&o.client.PollInterval, "poll-interval", 5*time.Second,
		"polling interval for long-running operations, a `DURATION`, if Azure does not specify one")
	f.BoolVarP(
		&o.verbose,
		"verbose",
		"v",
		false,
		"show all that is known about a sign-in or a request that Azure refused",
	)
	cli.CompleteFlag(c, "cloud", apply.Clouds())
}

func (o *azureOptions) newClient(io cli.IO) (*apply.Client, error) {
	apply.LogTo(io.Err)
	if o.client.PollInterval <= 0 {
		return nil, cli.Usagef("--poll-interval is %s, expected more than 0", o.client.PollInterval)
	}
	if err := o.checkSubscriptionID(); err != nil {
		return nil, err
	}
	o.client.Notice = func(text string) { io.Messagef("aksnet: %s", text) }
	c, err := apply.NewClient(o.client)
	return c, o.explained(err)
}

// explained turns mistakes in options into usage errors. Of other errors it removes secrets, and adds the details with
// --verbose.
func (o *azureOptions) explained(err error) error {
	if errors.As(err, new(apply.UsageError)) {
		return cli.UsageError{Err: err}
	}
	if details := apply.Details(err); details != "" && o.verbose {
		return fmt.Errorf("%w\n%s", err, details)
	}
	return apply.Redact(err)
}

// liveOptions holds the flags that diff and apply share.
type liveOptions struct {
	checkOptions
	azureOptions
	output string
	prune  []string
	owner  string
	// planned is the plan that was compared with Azure.
	planned *plan.Plan
}

// defaultOwner is the owner of resources that apply creates for whoever names none.
const defaultOwner = "aksnet"

// pruneAll is the value of --prune without names: prune everything.
const pruneAll = "all"

func (o *liveOptions) addFlags(c *cobra.Command) {
	o.addRules(c, "errors")
	o.azureOptions.addFlags(c)
	f := c.Flags()
	f.StringVarP(&o.output, "output", "o", "text", "`FORMAT`: text or json")
	f.StringVar(
		&o.place.ResourceGroup,
		"resource-group",
		"",
		"resource group `NAME` of resources that have none in the spec",
	)
	f.StringVar(&o.place.Location, "location", "",
		"`REGION` of resources that have none in the spec (default that of the resource group)")
	f.StringSliceVar(
		&o.prune,
		"prune",
		nil,
		"delete resources that apply created and that are no longer in the plan: all, or only these with "+
			"--prune=`NAMES`",
	)
	f.Lookup("prune").NoOptDefVal = pruneAll
	f.StringVar(&o.owner, "owner", defaultOwner,
		"`OWNER` of the resources that apply creates: the value of the tag "+apply.Tag+", by which --prune finds them")
	o.ledger.addLedger(c)
	cli.CompleteFlag(c, "output", []string{"text", "json"})
}

// diff plans the spec and compares the plan with Azure. It contacts Azure only if the spec has no errors.
func (o *liveOptions) diff(io cli.IO, args []string) (*apply.Changes, error) {
	if err := cli.OneOf("output", o.output, "text", "json"); err != nil {
		return nil, err
	}
	if err := checkPlace(o.place); err != nil {
		return nil, err
	}
	client, err := o.newClient(io)
	if err != nil {
		return nil, err
	}
	if s := o.subscriptionID(); s != "" {
		o.sets = append(o.sets, "subscription="+strconv.Quote(s))
	}
	if o.owner != defaultOwner {
		o.ledger.owner = o.owner
	}
	p, err := o.requireNoErrors(io, args, "not contacting Azure")
	if err != nil {
		return nil, err
	}
	o.planned = p
	g := resource.Build(p)
	d := apply.DiffOptions{Owner: o.owner}
	for _, name := range o.prune {
		if name == pruneAll {
			d.PruneAll = true
		} else {
			d.Prune = append(d.Prune, name)
		}
	}
	compared, step := io.StepCount("comparing resources")
	defer step.End()
	d.Progress = compared.Set
	cs, err := apply.Diff(context.Background(), client, g, d)
	return cs, o.explained(err)
}

func (o *liveOptions) show(io cli.IO, cs *apply.Changes) error {
	if o.output == "json" {
		return cs.WriteJSON(io.Out)
	}
	return cs.WriteText(io.Out)
}
