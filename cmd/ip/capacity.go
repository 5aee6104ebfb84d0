package ip

import (
	"net/netip"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// capacityOptions holds the flags of "ip capacity".
type capacityOptions struct {
	*options
	model, podCIDR, podSubnet, maxSurge string
	maxPods, nodes, others              int
	isSet                               func(flag string) bool
}

func newCapacity(io cli.IO) *cobra.Command {
	o := &capacityOptions{options: newOptions(io)}
	o.tableByDefault = true
	c := &cobra.Command{
		Use:   "capacity [NODE-SUBNET]",
		Short: "How many nodes and pods fit into a subnet or a pod CIDR under each network model",
		Long: `How many nodes and pods fit into a node subnet, a pod CIDR or a pod subnet under each network
model, with room for the surge nodes of an upgrade. A range that is not named sets no limit.

--nodes asks the reverse: with that number of nodes, the largest surge (with the given max
pods) and the largest max pods (with the given surge) that still fit. Exit code 1 if the
nodes fit under no model.

-o plain prints a line for each model: its name, nodes and pods; with --nodes also whether
they fit (true or false), the largest surge and the largest max pods.`,
		Example: `  aksnet ip capacity 10.240.0.0/22
  aksnet ip capacity 10.240.0.0/24 --pod-cidr 10.244.0.0/16 --max-surge 33%
  aksnet ip capacity 10.240.0.0/22 --model node-subnet --nodes 20`,
		Args: cli.Args("NODE-SUBNET", 0, 1),
		RunE: o.run(func(args []string) error {
			query, err := o.query(args)
			if err != nil {
				return err
			}
			answers := query.Answer()
			if len(answers) == 0 {
				return cli.Usagef("none of these ranges limits %s: name %s", o.model, limitsOf(query.Model))
			}
			fit := func(c calc.Capacity) bool { return c.For == nil || c.For.Fits }
			return yesOrNo(slices.ContainsFunc(answers, fit), report.Capacities(io.Out, o.list(), answers))
		}),
	}
	o.isSet = func(flag string) bool { return cli.IsSet(c, flag) }
	o.addFlags(c)
	return c
}

func (o *capacityOptions) addFlags(c *cobra.Command) {
	o.addOutput(c)
	f, models := c.Flags(), modelNames()
	f.StringVar(&o.model, "model", "", "only this `MODEL`: "+cli.OrList(models))
	cli.CompleteFlag(c, "model", models)
	f.StringVar(&o.podCIDR, "pod-cidr", "", "pod `CIDR` of kubenet, overlay and byo")
	f.StringVar(&o.podSubnet, "pod-subnet", "", "pod `SUBNET` of pod-subnet")
	f.StringVar(&o.maxSurge, "max-surge", "10%", "surge nodes of an upgrade, an `AMOUNT`: a number or a percentage")
	f.IntVar(&o.maxPods, "max-pods", 0, "pods per node (default: the default of the model)")
	f.IntVar(&o.nodes, "nodes", 0, "ask what fits with this number of nodes")
	f.IntVar(&o.others, "others", 0, "`ADDRESSES` of the node subnet that something else uses, such as load balancers")
}

// query reads the flags and the argument.
func (o *capacityOptions) query(args []string) (q calc.CapacityQuery, err error) {
	if q.MaxSurge, err = spec.ParseAmount(o.maxSurge); err != nil {
		return q, cli.Usagef("--max-surge is %q: %w", o.maxSurge, err)
	}
	if err := o.checkNumbers(); err != nil {
		return q, err
	}
	if o.model != "" && !aks.Model(o.model).Known() {
		return q, cli.OneOf("model", o.model, modelNames()...)
	}
	q.Model, q.MaxPods, q.Nodes, q.Others = aks.Model(o.model), o.maxPods, o.nodes, o.others
	ranges := []namedRange{
		{"the node subnet", "", &q.NodeSubnet}, {"--pod-subnet", o.podSubnet, &q.PodSubnet},
		{"--pod-cidr", o.podCIDR, &q.PodCIDR},
	}
	if len(args) > 0 {
		ranges[0].text = args[0]
	}
	return q, o.readRanges(ranges)
}

// checkNumbers refuses numbers out of range.
func (o *capacityOptions) checkNumbers() error {
	const most = 1 << 30 // keeps the sums far from overflow
	for _, f := range []struct {
		name              string
		value, least, max int
	}{{"max-pods", o.maxPods, aks.MinMaxPods, aks.MaxMaxPods}, {"nodes", o.nodes, 1, most},
		{"others", o.others, 0, most}} {
		if o.isSet(f.name) && (f.value < f.least || f.value > f.max) {
			return cli.Usagef("--%s is %d, accepted: %d to %d", f.name, f.value, f.least, f.max)
		}
	}
	return nil
}

// namedRange is a range on the command line.
type namedRange struct {
	name, text string
	prefix     *netip.Prefix
}

// readRanges reads ranges, at least one of which must be named. They must not overlap.
func (o *capacityOptions) readRanges(ranges []namedRange) (err error) {
	named := false
	for i, r := range ranges {
		if *r.prefix, err = o.prefix4(r.name, r.text); err != nil {
			return err
		}
		named = named || r.prefix.IsValid()
		for _, other := range ranges[:i] {
			if other.prefix.IsValid() && r.prefix.IsValid() && other.prefix.Overlaps(*r.prefix) {
				return cli.Usagef("%s %s overlaps %s %s", other.name, other.prefix, r.name, r.prefix)
			}
		}
	}
	if !named {
		return cli.Usagef("name a node subnet, --pod-cidr or --pod-subnet")
	}
	return nil
}

// prefix4 reads an IPv4 prefix; empty text is the zero prefix.
func (o *capacityOptions) prefix4(what, text string) (netip.Prefix, error) {
	if text == "" {
		return netip.Prefix{}, nil
	}
	item, err := ipam.ParseItem(text)
	if err != nil {
		return netip.Prefix{}, cli.Usagef("%s: %w", what, err)
	}
	p, ok := item.Prefix()
	switch {
	case item.Is6():
		return netip.Prefix{}, cli.Usagef("%s: %s is IPv6, but IPv4 addresses limit a cluster", what, item)
	case !ok:
		return netip.Prefix{}, cli.Usagef("%s: %s is not a single prefix", what, item)
	}
	o.hostBits.see(item)
	return p, nil
}

func modelNames() (names []string) {
	for _, f := range aks.Models() {
		names = append(names, string(f.Model))
	}
	return names
}

// limitsOf names the ranges that limit a model.
func limitsOf(m aks.Model) string {
	switch f := m.Facts(); {
	case f.NeedsPodCIDR:
		return "a node subnet or --pod-cidr"
	case f.NeedsPodSubnet:
		return "a node subnet or --pod-subnet"
	}
	return "a node subnet"
}
