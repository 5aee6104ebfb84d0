// Package starter writes the first spec of a user: commented, short, and without anything to object to.
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
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Options is what a starter spec is about. Empty fields take the values of Defaults.
type Options struct {
	Name          string
	Location      string
	ResourceGroup string // "rg-" and the name when empty
	// Model is one of Models.
	Model string
	// VNet is the name of the network, or spec.ManagedVNet; one is derived when it is empty.
	VNet string
	// AddressSpace is where the network is carved from.
	AddressSpace netip.Prefix
	Pools        []Pool
	Private      bool
}

// Pool is a node pool: with Max it scales between Min and Max, else it has Count nodes.
type Pool struct {
	Name            string
	Count, Min, Max int
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

// Defaults returns the values for what is left empty.
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
	bad := fmt.Errorf("%q is no pool such as system=3 or apps=2-10", text)
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

// CheckName says what is wrong with the name of a cluster.
func CheckName(name string) error { return checkName(name, aks.NameCluster) }

func checkName(name string, kind aks.NameKind) error {
	rule, ok := aks.NameRuleFor(kind)
	if !ok || rule.Valid(name) {
		return nil
	}
	if !rule.LengthOK(name) {
		return fmt.Errorf("name %q has %d characters, wants %d to %d", name, utf8.RuneCountInString(name), rule.Min, rule.Max)
	}
	return fmt.Errorf("name %q: wants %s", name, rule.Describe)
}

// CheckLocation says what is wrong with a region.
func CheckLocation(region string) error {
	if aks.RegionOK(region) {
		return nil
	}
	return fmt.Errorf("%q is no region, such as westeurope", region)
}

// Check says what is wrong with options, in the words of a user who typed them.
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
		return fmt.Errorf("model is %q, accepted: %s", o.Model, strings.Join(Models(), ", "))
	}
	if o.VNet == spec.ManagedVNet && aks.Model(o.Model).Facts().NeedsPodSubnet {
		return fmt.Errorf("model %s needs a network of your own, not a managed one", o.Model)
	}
	if !o.AddressSpace.IsValid() || !o.AddressSpace.Addr().Is4() {
		return fmt.Errorf("the address space is no IPv4 range such as 10.40.0.0/16")
	}
	if o.AddressSpace != o.AddressSpace.Masked() {
		return fmt.Errorf("address space %s has host bits set, the range is %s", o.AddressSpace, o.AddressSpace.Masked())
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

// write writes the spec, with the outbound ports that are advised for a cluster that outgrows the first line of
// Azure's table.
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

// With returns o with empty fields filled from Defaults.
func (o Options) With(d Options) Options {
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
	w.line("# The network of an AKS cluster, for aksnet.")
	w.line("#   aksnet plan      what every subnet needs and where it lies")
	w.line("#   aksnet validate  what is wrong, and what Azure would refuse")
	w.line("#   aksnet compare   the same cluster under every network model")
	w.line("apiVersion: %s", spec.APIVersion)
	w.line("location: %s", word(o.Location))
	w.line("resourceGroup: %s", word(o.ResourceGroup))
	w.line("")
	w.line("addressSpace:")
	if o.VNet != spec.ManagedVNet {
		w.line("  # Networks that write no addressPrefixes are carved from here.")
		w.line("  pools: [%s]", o.AddressSpace)
	}
	w.line("  # Ranges in use elsewhere are never taken, and nothing may overlap them, such as")
	w.line("  # {name: on-premises, addressPrefix: 192.168.0.0/16}.")
	w.line("  reserved: []")
	w.line("")
}

func (w *writer) network() {
	switch w.options.VNet {
	case "":
		w.line("    # The cluster gets a network of its own; name one with vnet to share it, or write managed to leave it to AKS.")
	case spec.ManagedVNet:
		w.line("    # AKS makes the network and keeps it: nothing is emitted for it.")
		w.line("    vnet: %s", spec.ManagedVNet)
	default:
		w.line("    vnet: %s", word(w.options.VNet))
	}
}

func (w *writer) model() {
	w.line("    # %s.", strings.TrimSuffix(ModelTitle(w.options.Model), " (recommended)"))
	w.line("    # Others: %s, and cilium for overlay with the Cilium data plane.", strings.Join(aks.Model("").Words(), ", "))
	w.line("    model: %s", w.options.Model)
	if aks.Model(w.options.Model).Facts().NeedsPodSubnet {
		w.line("    # StaticBlock gives every node whole /28 blocks, for more than 65,536 pod addresses.")
		w.line("    podIPAllocationMode: %s", aks.DynamicIndividual)
	}
}

func (w *writer) cluster() {
	w.line("    # What the cluster will expose; internal load balancers take addresses of the node subnet.")
	w.line("    services: {internalLoadBalancers: 2, publicLoadBalancers: 1}")
	if w.options.Private {
		w.line("    # The API server has a private address alone, a private endpoint in the first pool's subnet.")
		w.line("    privateCluster: true")
	}
	if a := w.ports; a != nil {
		w.line("    # Fixed, since Azure's automatic ports take some from running nodes when the cluster grows: see aksnet egress.")
		w.line("    loadBalancerProfile: {managedOutboundIPs: %d, allocatedOutboundPorts: %d}", a.LoadBalancer.OutboundIPs, a.PortsPerNode)
	}
	w.line("    # Room for more nodes than the pools have at their most.")
	w.line("    growth: 20%%")
}

// podsPerNode is maxPods of every pool: the default of most models, and at most what is advised for Windows.
const podsPerNode = aks.DefaultMaxPodsKubenet

func (w *writer) pools() {
	w.line("    nodePools:")
	w.line("      # maxPods cannot be changed later. maxSurge is the extra nodes of an upgrade, which need addresses too.")
	for i, p := range w.options.Pools {
		mode := ""
		if i == 0 {
			mode = "mode: System, "
		}
		size := fmt.Sprintf("count: %d", p.Count)
		if p.Max > 0 {
			size = fmt.Sprintf("minCount: %d, maxCount: %d", p.Min, p.Max)
		}
		w.line("      - {name: %s, %s%s, maxPods: %d, maxSurge: %d%%}", word(p.Name), mode, size, w.maxPods(), aks.RecommendedSurgePercent)
	}
}

// maxPods keeps pods with addresses of the node subnet at the model's own small default.
func (w *writer) maxPods() int {
	if facts := aks.Model(w.options.Model).Facts(); facts.PodsOnNodes {
		return facts.DefaultMaxPods
	}
	return podsPerNode
}

// word writes a text as a YAML scalar on one line, in quotes where it would be read as something else.
func word(s string) string {
	n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsAny(s, "\n\r,[]{}#&*!|>'\"%@`: \t") || s == "" {
		n.Style = yaml.DoubleQuotedStyle
	}
	out, err := yaml.Marshal(&n)
	if err != nil {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSuffix(string(out), "\n")
}
