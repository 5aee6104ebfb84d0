package cmd

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"net/netip"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// capacityOptions are the flags of "ip capacity".
type capacityOptions struct {
	*ipOptions
	model, podCIDR, podSubnet, maxSurge string
	maxPods, nodes, others              int
	given                               func(flag string) bool
}

func newIPCapacity(io IO) *cobra.Command {
	o := &capacityOptions{ipOptions: &ipOptions{io: io, noList: true}}
	c := &cobra.Command{
		Use:   "capacity [NODE-SUBNET]",
		Short: "How many nodes and pods fit a subnet or a pod CIDR under each network model",
		Long: `How many nodes and pods fit a node subnet, a pod CIDR or a pod subnet under each network
model, with room for the surge nodes of an upgrade. A range that is not given sets no limit.

With --nodes the question is turned round: for so many nodes, the largest surge (with the
max pods given) and the largest max pods (with the surge given) that still fit. Exit code
1 when so many nodes fit under no model.

-o plain prints a line for each model: its name, nodes and pods; with --nodes also whether
they fit (true or false), the largest surge and the largest max pods.`,
		Example: `  aksnet ip capacity 10.240.0.0/22
  aksnet ip capacity 10.240.0.0/24 --pod-cidr 10.244.0.0/16 --max-surge 33%
  aksnet ip capacity 10.240.0.0/22 --model node-subnet --nodes 20`,
		Args: takes("NODE-SUBNET", 0, 1),
		RunE: o.run(func(args []string) error {
			rooms, err := o.rooms(args)
			if err != nil {
				return err
			}
			return o.writeCapacity(rooms)
		}),
	}
	o.addOutput(c)
	o.given = func(flag string) bool { return given(c, flag) }
	c.Flags().StringVar(&o.model, "model", "", "only this `MODEL`: kubenet, node-subnet, pod-subnet, overlay or byo")
	completeFlag(c, "model", modelNames())
	c.Flags().StringVar(&o.podCIDR, "pod-cidr", "", "the pod `CIDR` of kubenet, overlay and byo")
	c.Flags().StringVar(&o.podSubnet, "pod-subnet", "", "the pod `SUBNET` of pod-subnet")
	c.Flags().StringVar(&o.maxSurge, "max-surge", "10%", "surge nodes of an upgrade, an `AMOUNT`: a number or a percentage")
	c.Flags().IntVar(&o.maxPods, "max-pods", 0, "pods a node (default: the model's own)")
	c.Flags().IntVar(&o.nodes, "nodes", 0, "what fits beside so many nodes")
	c.Flags().IntVar(&o.others, "others", 0, "`ADDRESSES` of the node subnet that something else takes, load balancers for example")
	return c
}

// rooms is one question for each model that the ranges say something about.
func (o *capacityOptions) rooms(args []string) ([]plan.Room, error) {
	var r plan.Room
	var err error
	if r.MaxSurge, err = spec.ParseAmount(o.maxSurge); err != nil {
		return nil, usagef("--max-surge is %q: %w", o.maxSurge, err)
	}
	const most = 1 << 30 // keeps the sums far from overflow
	for _, f := range []struct {
		name              string
		value, least, max int
	}{{"max-pods", o.maxPods, aks.MinMaxPods, aks.MaxMaxPods}, {"nodes", o.nodes, 1, most}, {"others", o.others, 0, most}} {
		if o.given(f.name) && (f.value < f.least || f.value > f.max) {
			return nil, usagef("--%s is %d, accepted: %d to %d", f.name, f.value, f.least, f.max)
		}
	}
	if o.model != "" && !aks.Model(o.model).Known() {
		return nil, oneOf("model", o.model, modelNames()...)
	}
	r.Others = o.others
	if len(args) > 0 {
		if r.NodeSubnet, err = o.prefix4("the node subnet", args[0]); err != nil {
			return nil, err
		}
	}
	if r.PodCIDR, err = o.prefix4("--pod-cidr", o.podCIDR); err != nil {
		return nil, err
	}
	if r.PodSubnet, err = o.prefix4("--pod-subnet", o.podSubnet); err != nil {
		return nil, err
	}
	if !r.NodeSubnet.IsValid() && !r.PodCIDR.IsValid() && !r.PodSubnet.IsValid() {
		return nil, usagef("name a node subnet, --pod-cidr or --pod-subnet")
	}
	if a, b, met := firstOverlap(named{"the node subnet", r.NodeSubnet}, named{"--pod-subnet", r.PodSubnet}, named{"--pod-cidr", r.PodCIDR}); met {
		return nil, usagef("%s %s overlaps %s %s", a.name, a.prefix, b.name, b.prefix)
	}
	rooms := o.perModel(r)
	if len(rooms) == 0 {
		return nil, usagef("nothing that is given limits %s: name %s", o.model, limitsOf(aks.Model(o.model)))
	}
	return rooms, nil
}

// named is a range of the command line.
type named struct {
	name   string
	prefix netip.Prefix
}

// firstOverlap finds two ranges that overlap. Ranges that are not given overlap nothing.
func firstOverlap(all ...named) (a, b named, met bool) {
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.prefix.IsValid() && b.prefix.IsValid() && a.prefix.Overlaps(b.prefix) {
				return a, b, true
			}
		}
	}
	return a, b, false
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

// prefix4 reads an IPv4 prefix; empty text is the zero prefix.
func (o *capacityOptions) prefix4(what, text string) (netip.Prefix, error) {
	if text == "" {
		return netip.Prefix{}, nil
	}
	item, err := ipam.ParseItem(text)
	if err != nil {
		return netip.Prefix{}, usagef("%s: %w", what, err)
	}
	p, ok := item.Prefix()
	switch {
	case item.Is6():
		return netip.Prefix{}, usagef("%s: %s is IPv6, and what limits a cluster is its IPv4 addresses", what, item)
	case !ok:
		return netip.Prefix{}, usagef("%s: %s is not a single prefix", what, item)
	}
	o.masked.see(item)
	return p, nil
}

func (o *capacityOptions) perModel(r plan.Room) []plan.Room {
	var rooms []plan.Room
	for _, f := range aks.Models() {
		r.Model, r.MaxPods, r.Mode = f.Model, f.DefaultMaxPods, ""
		if o.maxPods > 0 {
			r.MaxPods = o.maxPods
		}
		limited := r.NodeSubnet.IsValid() || f.NeedsPodCIDR && r.PodCIDR.IsValid() || f.NeedsPodSubnet && r.PodSubnet.IsValid()
		switch {
		case o.model != "" && o.model != string(f.Model), !limited:
		case f.NeedsPodSubnet && r.PodSubnet.IsValid():
			for _, mode := range []aks.AllocationMode{aks.DynamicIndividual, aks.StaticBlock} {
				r.Mode = mode
				rooms = append(rooms, r)
			}
		default:
			rooms = append(rooms, r)
		}
	}
	return rooms
}

// ipCapacity is one line of "ip capacity".
type ipCapacity struct {
	Model      aks.Model          `json:"model"`
	Mode       aks.AllocationMode `json:"podIPAllocationMode,omitempty"`
	MaxPods    int                `json:"maxPods"`
	MaxSurge   string             `json:"maxSurge"`
	Nodes      int                `json:"nodes"`
	SurgeNodes int                `json:"surgeNodes"`
	Pods       int                `json:"pods"`
	LimitedBy  string             `json:"limitedBy"`
	// PodsLimitedBy is what keeps Pods below what the nodes have room for.
	PodsLimitedBy string     `json:"podsLimitedBy,omitempty"`
	For           *ipReverse `json:"for,omitempty"` // with --nodes
}

// ipReverse is what fits beside a number of nodes. A nil number means that nothing does.
type ipReverse struct {
	Nodes          int  `json:"nodes"`
	Fits           bool `json:"fits"` // with the surge and max pods of the line
	LargestSurge   *int `json:"largestSurge"`
	LargestMaxPods *int `json:"largestMaxPods"`
}

func (o *capacityOptions) answer(r plan.Room) ipCapacity {
	fit := r.Fit()
	c := ipCapacity{r.Model, r.Mode, r.MaxPods, r.MaxSurge.String(), fit.Nodes, fit.SurgeNodes, fit.Pods, fit.LimitedBy, fit.PodsLimitedBy, nil}
	if o.nodes > 0 {
		c.For = &ipReverse{Nodes: o.nodes, Fits: o.nodes <= fit.Nodes}
		if n, ok := r.LargestSurge(o.nodes); ok {
			c.For.LargestSurge = &n
		}
		if n, ok := r.LargestMaxPods(o.nodes); ok {
			c.For.LargestMaxPods = &n
		}
	}
	return c
}

func (o *capacityOptions) writeCapacity(rooms []plan.Room) error {
	answers := []ipCapacity{}
	for _, r := range rooms {
		answers = append(answers, o.answer(r))
	}
	var err error
	switch o.format() {
	case ipJSON:
		err = writeJSON(o.io.Out, map[string]any{"capacity": answers})
	case ipPlain:
		err = writeCapacityLines(o.io.Out, answers)
	default:
		err = o.capacityTable(answers).write(o.io.Out, o.paint())
	}
	if err == nil && o.nodes > 0 && !slices.ContainsFunc(answers, func(a ipCapacity) bool { return a.For.Fits }) {
		return errFindings
	}
	return err
}

// writeCapacityLines prints the model, its nodes and its pods; with --nodes also whether they fit, and the largest surge and
// max pods with which they do.
func writeCapacityLines(w io.Writer, answers []ipCapacity) error {
	out := bufio.NewWriter(w)
	for _, a := range answers {
		fmt.Fprintf(out, "%s %d %d", a.name(), a.Nodes, a.Pods)
		if f := a.For; f != nil {
			fmt.Fprintf(out, " %v %s %s", f.Fits, plainOrNone(f.LargestSurge), plainOrNone(f.LargestMaxPods))
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func plainOrNone(n *int) string {
	if n == nil {
		return "none"
	}
	return strconv.Itoa(*n)
}

func (a ipCapacity) name() string {
	if a.Mode != "" {
		return fmt.Sprintf("%s/%s", a.Model, a.Mode)
	}
	return string(a.Model)
}

func (o *capacityOptions) capacityTable(answers []ipCapacity) *ipRows {
	t := &ipRows{header: []string{"MODEL", ">MAX PODS", ">SURGE", ">NODES", ">SURGE NODES", ">PODS", "LIMITED BY"}}
	if o.nodes > 0 {
		t.header = append(t.header, fmt.Sprintf("%d NODES", o.nodes), ">LARGEST SURGE", ">LARGEST MAX PODS")
	}
	for _, a := range answers {
		limitedBy := a.LimitedBy
		if a.PodsLimitedBy != "" {
			limitedBy += ", pods by " + a.PodsLimitedBy
		}
		row := []string{a.name(), strconv.Itoa(a.MaxPods), a.MaxSurge, thousands(a.Nodes), thousands(a.SurgeNodes), thousands(a.Pods), limitedBy}
		if f := a.For; f != nil {
			answer := "do not fit"
			if f.Fits {
				answer = "fit"
			}
			row = append(row, answer, orNone(f.LargestSurge), orNone(f.LargestMaxPods))
		}
		t.add(row...)
	}
	return t
}

func thousands(n int) string { return grouped(big.NewInt(int64(n))) }

func orNone(n *int) string {
	if n == nil {
		return "none"
	}
	return thousands(*n)
}
