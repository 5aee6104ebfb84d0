// Package starter writes the first spec of a user: short, commented, and valid as written.
package starter

import (
	"bytes"
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Options describes a starter spec. Empty fields take the values of Defaults.
type Options struct {
	Name          string
	Location      string
	ResourceGroup string // "rg-" and the name when empty
	// Model is one of Models.
	Model string
	// VNet is the name of the network, or spec.ManagedVNet; one is derived when it is empty.
	VNet string
	// AddressSpace is the pool that the network is allocated from.
	AddressSpace netip.Prefix
	Pools        []Pool
	Private      bool
}

// Pool is a node pool: with Max it scales between Min and Max, else it has Count nodes.
type Pool struct {
	Name            string
	Count, Min, Max int
}

// String returns the pool as ParsePool reads it.
func (p Pool) String() string {
	if p.Max > 0 {
		return fmt.Sprintf("%s=%d-%d", p.Name, p.Min, p.Max)
	}
	return fmt.Sprintf("%s=%d", p.Name, p.Count)
}

// cilium is the word for overlay with the Cilium data plane.
const cilium = "cilium"

// Models returns the words for Options.Model, the recommended ones first, without models that retire.
func Models() []string {
	words := []string{cilium}
	for _, m := range aks.Models() {
		if m.Retires == "" {
			words = append(words, string(m.Model))
		}
	}
	return words
}

// ModelTitle returns a model of Models in a few words.
func ModelTitle(model string) string {
	if model == cilium {
		return "overlay with the Cilium data plane: pods outside the network, only Linux pools (recommended)"
	}
	return aks.Model(model).Facts().Summary
}

// Defaults returns the values for empty options.
func Defaults() Options {
	return Options{
		Name: "shop", Location: "westeurope", Model: cilium, AddressSpace: netip.MustParsePrefix("10.40.0.0/16"),
		Pools: []Pool{{Name: "system", Count: 3}, {Name: "apps", Min: 2, Max: 10}},
	}
}

// ParsePool reads "system=3" or "apps=2-10".
func ParsePool(text string) (Pool, error) {
	name, size, ok := strings.Cut(text, "=")
	p := Pool{Name: strings.TrimSpace(name)}
	bad := fmt.Errorf("invalid node pool %q: write NAME=COUNT or NAME=MIN-MAX, such as system=3 or apps=2-10", text)
	if !ok {
		return p, bad
	}
	if err := checkName(p.Name, aks.PoolNameKind(aks.Linux)); err != nil {
		return p, err
	}
	low, high, scales := strings.Cut(size, "-")
	first, err := spec.ParseAmount(strings.TrimSpace(low))
	if err != nil || first.Percent {
		return p, bad
	}
	if p.Count = first.N; !scales {
		return p, nil
	}
	last, err := spec.ParseAmount(strings.TrimSpace(high))
	if err != nil || last.Percent || last.N < first.N || last.N == 0 {
		return p, bad
	}
	return Pool{Name: p.Name, Min: first.N, Max: last.N}, nil
}

// CheckName returns an error if a name cannot be that of a cluster.
func CheckName(name string) error { return checkName(name, aks.NameCluster) }

func checkName(name string, kind aks.NameKind) error {
	rule, ok := aks.NameRuleFor(kind)
	if !ok || rule.Valid(name) {
		return nil
	}
	if !rule.LengthOK(name) {
		return fmt.Errorf(
			"name %q has %d characters; use %d to %d",
			name,
			utf8.RuneCountInString(name),
			rule.Min,
			rule.Max,
		)
	}
	return fmt.Errorf("invalid name %q: use %s", name, rule.Describe)
}

// CheckLocation returns an error for text that cannot be a region.
func CheckLocation(region string) error {
	if aks.RegionOK(region) {
		return nil
	}
	return fmt.Errorf("invalid region %q: use a name such as westeurope", region)
}

// Check returns the first error in options, in the words of the flags and prompts.
func (o Options) Check() error {
	if err := CheckName(o.Name); err != nil {
		return err
	}
	if err := CheckLocation(o.Location); err != nil {
		return err
	}
	if o.ResourceGroup != "" {
		if err := checkName(o.ResourceGroup, aks.NameResourceGroup); err != nil {
			return err
		}
	}
	if !slices.Contains(Models(), o.Model) {
		if day := aks.Model(o.Model).Facts().Retires; day != "" {
			return fmt.Errorf("model %s retires on %s: use overlay for a new cluster", o.Model, day)
		}
		return fmt.Errorf("invalid model %q: use one of %s", o.Model, strings.Join(Models(), ", "))
	}
	if o.VNet == spec.ManagedVNet && aks.Model(o.Model).Facts().NeedsPodSubnet {
		return fmt.Errorf("model %s needs your own VNet; vnet cannot be managed", o.Model)
	}
	if err := o.checkPools(); err != nil {
		return err
	}
	if !o.AddressSpace.IsValid() || !o.AddressSpace.Addr().Is4() {
		return fmt.Errorf("invalid address space: use an IPv4 prefix such as 10.40.0.0/16")
	}
	if o.AddressSpace != o.AddressSpace.Masked() {
		return fmt.Errorf("address space %s has host bits set; use %s", o.AddressSpace, o.AddressSpace.Masked())
	}
	return nil
}

// checkPools returns an error for pools of the same name, and for a system pool without nodes.
func (o Options) checkPools() error {
	seen := map[string]bool{}
	for _, p := range o.Pools {
		if seen[p.Name] {
			return fmt.Errorf("two node pools are named %s; rename one of them", p.Name)
		}
		seen[p.Name] = true
	}
	if first := o.Pools[0]; first.Count == 0 && first.Min == 0 {
		return fmt.Errorf("the first pool, %s, is the system pool and is never without nodes", first)
	}
	return nil
}

// Spec writes the spec. Options must have passed Check.
func Spec(o Options) []byte {
	text := write(o, nil)
	c := plan.Build(spec.Parse(spec.Source{Data: text})).Clusters[0]
	if nodes := c.Nodes + c.SurgeNodes; nodes > aks.SNATSteps()[0].MaxNodes {
		advice := plan.AdviseEgress(c, aks.DefaultSNATPorts(nodes))
		return write(o, &advice)
	}
	return text
}

// write writes the spec, with fixed outbound ports for a cluster that outgrows the first row of Azure's table.
func write(o Options, ports *plan.EgressAdvice) []byte {
	w := &writer{options: o, ports: ports}
	w.head()
	w.line("clusters:")
	w.line("  - name: %s", word(o.Name))
	w.network()
	w.model()
	w.cluster()
	w.pools()
	return w.out.Bytes()
}

// Normal returns o with the words of Azure in the spelling of the spec: they may be written in capitals, and regions as
// the portal shows them.
func (o Options) Normal() Options {
	if i := slices.IndexFunc(Models(), func(m string) bool { return strings.EqualFold(m, o.Model) }); i >= 0 {
		o.Model = Models()[i]
	}
	if region := strings.ToLower(strings.ReplaceAll(o.Location, " ", "")); aks.RegionOK(region) {
		o.Location = region
	}
	if strings.EqualFold(o.VNet, spec.ManagedVNet) {
		o.VNet = spec.ManagedVNet
	}
	return o
}

// With returns o with empty fields filled from Defaults.
func (o Options) With(d Options) Options {
	o = o.Normal()
	o.Name, o.Location, o.Model = cmp.Or(o.Name, d.Name), cmp.Or(o.Location, d.Location), cmp.Or(o.Model, d.Model)
	o.ResourceGroup = cmp.Or(o.ResourceGroup, "rg-"+o.Name)
	if !o.AddressSpace.IsValid() {
		o.AddressSpace = d.AddressSpace
	}
	if len(o.Pools) == 0 {
		o.Pools = d.Pools
	}
	return o
}

type writer struct {
	options Options
	ports   *plan.EgressAdvice
	out     bytes.Buffer
}

func (w *writer) line(format string, a ...any) { fmt.Fprintf(&w.out, format+"\n", a...) }

func (w *writer) head() {
	o := w.options
	w.line("# yaml-language-server: $schema=%s", SchemaFile)
	w.line("# The network of an AKS cluster, for aksnet.")
	w.line("#   aksnet plan      the size and place of every subnet")
	w.line("#   aksnet validate  mistakes, and what Azure would reject")
	w.line("#   aksnet compare   the same cluster with every network model")
	w.line("# For completion in an editor, write the schema beside this file: aksnet schema > %s", SchemaFile)
	w.line("apiVersion: %s", spec.APIVersion)
	w.line("location: %s", word(o.Location))
	w.line("resourceGroup: %s", word(o.ResourceGroup))
	w.line("")
	w.line("addressSpace:")
	if o.VNet != spec.ManagedVNet {
		w.line("  # VNets without addressPrefixes are allocated from these pools.")
		w.line("  pools: [%s]", o.AddressSpace)
	}
	w.line("  # Ranges in use elsewhere: aksnet never allocates them, and reports what overlaps them, such as")
	w.line("  # {name: on-premises, addressPrefix: 192.168.0.0/16}.")
	w.line("  reserved: []")
	w.line("")
}

func (w *writer) network() {
	switch w.options.VNet {
	case "":
		w.line(
			"    # The cluster gets its own VNet. Set vnet to the name of a VNet to share it, or to managed to let " +
				"AKS create it.",
		)
	case spec.ManagedVNet:
		w.line("    # AKS creates and manages the VNet: aksnet writes no resources for it.")
		w.line("    vnet: %s", spec.ManagedVNet)
	default:
		w.line("    vnet: %s", word(w.options.VNet))
	}
}

func (w *writer) model() {
	w.line("    # %s.", strings.TrimSuffix(ModelTitle(w.options.Model), " (recommended)"))
	models := strings.Join(aks.Model("").Words(), ", ")
	w.line("    # All models: %s, and cilium for overlay with the Cilium data plane.", models)
	w.line("    model: %s", w.options.Model)
	if aks.Model(w.options.Model).Facts().NeedsPodSubnet {
		w.line("    # StaticBlock assigns whole /%v blocks to each node, for more than %v pod addresses.",
			aks.StaticBlockBits, english.Grouped(aks.AddressesPerVNet))
		w.line("    podIPAllocationMode: %s", aks.DynamicIndividual)
	}
}

func (w *writer) cluster() {
	w.line("    # Services that the cluster will expose; internal load balancers take addresses from the node subnet.")
	w.line("    services: {internalLoadBalancers: 2, publicLoadBalancers: 1}")
	if w.options.Private {
		w.line("    # The API server has only a private address: a private endpoint in the subnet of the first pool.")
		w.line("    privateCluster: true")
	}
	if a := w.ports; a != nil {
		w.line(
			"    # Fixed, since Azure would take ports from running nodes when the cluster grows: see aksnet egress.",
		)
		w.line("    loadBalancerProfile: {managedOutboundIPs: %d, allocatedOutboundPorts: %d}",
			a.LoadBalancer.OutboundIPs, a.PortsPerNode)
	}
	w.line("    # Extra nodes to plan for, on top of the maximum of the pools.")
	w.line("    growth: 20%%")
}

// SchemaFile is the name of the JSON Schema that a starter spec refers to, in its own folder.
const SchemaFile = "aksnet.schema.json"

// podsPerNode is maxPods of every pool: the default of most models, within what Azure advises for Windows.
const podsPerNode = aks.DefaultMaxPodsKubenet

func (w *writer) pools() {
	w.line("    nodePools:")
	w.line("      # maxPods cannot be changed later. maxSurge adds nodes during an upgrade; they need addresses too.")
	for i, p := range w.options.Pools {
		mode := ""
		if i == 0 {
			mode = "mode: System, "
		}
		size := fmt.Sprintf("count: %d", p.Count)
		if p.Max > 0 {
			size = fmt.Sprintf("minCount: %d, maxCount: %d", p.Min, p.Max)
		}
		w.line("      - {name: %s, %s%s, maxPods: %d, maxSurge: %d%%}",
			word(p.Name), mode, size, w.maxPods(), aks.RecommendedSurgePercent)
	}
}

// maxPods returns maxPods of every pool: the small default of the model if nodes hold addresses for their pods.
func (w *writer) maxPods() int {
	if facts := aks.Model(w.options.Model).Facts(); facts.PodsOnNodes {
		return facts.DefaultMaxPods
	}
	return podsPerNode
}

// word writes a text as a YAML scalar on one line, in quotes if YAML would read it as something else.
func word(s string) string {
	n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsAny(s, "\n\r,[]{}#&*!|>'\"%@`: \t") || s == "" || printable.Text(s) != s {
		n.Style = yaml.DoubleQuotedStyle
	}
	out, err := yaml.Marshal(&n)
	if err != nil {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSuffix(string(printable.YAML(out)), "\n")
}
