package plan_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestExplainAddsUp computes every formula of every shipped spec anew from its text.
func TestExplainAddsUp(t *testing.T) {
	files, err := filepath.Glob("../testdata/specs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no specs", err)
	}
	computed := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		computed += checkFormulas(t.Errorf, plan.Build(spec.Parse(spec.Source{Name: file, Data: text})))
	}
	if computed < 300 {
		t.Errorf("only %d formulas were computed", computed)
	}
}

// TestExplainAddsUpForAnyCluster does so for clusters at random.
func TestExplainAddsUpForAnyCluster(t *testing.T) {
	models := []string{"kubenet", "node-subnet", "pod-subnet", "overlay", "byo"}
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		fmt.Fprintf(&b, "apiVersion: aksnet/v1\naddressSpace: {pools: [10.0.0.0/%d]}\nclusters:\n",
			rapid.IntRange(8, 24).Draw(rt, "space"))
		for i := range rapid.IntRange(1, 3).Draw(rt, "clusters") {
			fmt.Fprintf(&b, "  - name: c%d\n    model: %s\n", i, rapid.SampledFrom(models).Draw(rt, "model"))
			fmt.Fprintf(&b, "    growth: %s\n", rapid.SampledFrom([]string{"0", "3", "25%", "7%"}).Draw(rt, "growth"))
			fmt.Fprintf(&b, "    podIPAllocationMode: %s\n",
				rapid.SampledFrom([]string{"StaticBlock", "DynamicIndividual"}).Draw(rt, "mode"))
			fmt.Fprintf(&b, "    apiServerVnetIntegration: %t\n", rapid.Bool().Draw(rt, "api"))
			fmt.Fprintf(
				&b,
				"    services: {internalLoadBalancers: %d}\n    nodePools:\n",
				rapid.IntRange(0, 9).Draw(rt, "ilb"),
			)
			for j := range rapid.IntRange(1, 3).Draw(rt, "pools") {
				fmt.Fprintf(&b, "      - {name: p%d, count: %d, maxPods: %d, maxSurge: %s}\n", j,
					rapid.IntRange(0, 900).Draw(rt, "count"), rapid.IntRange(10, 250).Draw(rt, "maxPods"),
					rapid.SampledFrom([]string{"1", "5", "10%", "33%", "100%"}).Draw(rt, "surge"))
			}
		}
		checkFormulas(rt.Errorf, plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(b.String())})))
	})
}

func checkFormulas(errorf func(string, ...any), p *plan.Plan) (computed int) {
	for _, e := range plan.Explain(p) {
		sum, result, ok := strings.Cut(e.Formula, " = ")
		if !ok {
			continue
		}
		computed++
		if got := evaluate(sum); got != float64(e.Value) || result != strconv.Itoa(e.Value) {
			errorf("%s of %s: %s, computed %v, plan says %d", e.Number, e.Subject, e.Formula, got, e.Value)
		}
	}
	return computed
}

func TestExplainCoversEveryNumberOfAPlan(t *testing.T) {
	text, err := os.ReadFile("../testdata/specs/private-firewall.yaml")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, e := range plan.Explain(plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: text}))) {
		have[e.Path] = true
	}
	for _, want := range []string{
		"vnets[1].addresses", "vnets[1].usedAddresses", "vnets[1].subnets[2].demand.total",
		"vnets[1].subnets[2].addressPrefix",
		"vnets[1].subnets[2].usable", "vnets[1].subnets[2].headroom", "vnets[1].subnets[2].moments.create",
		"vnets[1].subnets[2].moments.steady",
		"clusters[0].nodes", "clusters[0].surgeNodes", "clusters[0].pods", "clusters[0].podCidr",
		"clusters[0].serviceCidr",
		"clusters[0].podBlocks.needed", "clusters[0].podBlocks.available", "clusters[0].capacity.nodes",
		"clusters[0].capacity.pods",
		"clusters[0].capacity.nodesWithSurge", "clusters[0].nodePools[2].nodes", "clusters[0].nodePools[2].surgeNodes",
		"clusters[0].nodePools[2].addresses",
	} {
		if !have[want] {
			t.Errorf("%s is not explained", want)
		}
	}
}

func TestDemandFormula(t *testing.T) {
	for name, tt := range map[string]struct{ pools, model, want string }{
		"one pool": {
			"[{name: a, count: 50, maxPods: 30, maxSurge: 1}]", "node-subnet",
			"(50 nodes + 1 surge) × (30 pods + 1) + 0 load balancers + 5 reserved",
		},
		"two pools": {
			"[{name: a, count: 3, maxSurge: 1}, {name: b, count: 9, maxSurge: 1}]", "overlay",
			"a (3 nodes + 1 surge) + b (9 nodes + 1 surge) + 0 load balancers + 5 reserved",
		},
		"no surge": {
			"[{name: a, count: 3, maxSurge: 0, maxUnavailable: 1}]", "overlay",
			"3 nodes + 0 load balancers + 5 reserved",
		},
		"static block": {
			"[{name: a, count: 3, maxPods: 31, maxSurge: 1}]", "pod-subnet",
			"(3 nodes + 1 surge) × ceil((31 pods + 1) ÷ 16) × 16 + (2 broken blocks × 16 − 5) + 5 reserved",
		},
	} {
		t.Run(name, func(t *testing.T) {
			text := "apiVersion: aksnet/v1\nclusters:\n  - {name: c, model: " + tt.model +
				", podIPAllocationMode: StaticBlock, nodePools: " + tt.pools + "}\n"
			p := plan.Build(spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(text)}))
			subnets := p.VNets[0].Subnets
			if got := subnets[len(subnets)-1].Terms().Formula(plan.Upgrade); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

var token = regexp.MustCompile(`[A-Za-z][\w/.-]*|\d+|[-+×÷^(),−]`)

// evaluate computes a formula: numbers and signs count, and the functions ceil, floor, min, max and log2; other words
// do not.
func evaluate(s string) float64 {
	c := calculator{}
	for _, w := range token.FindAllString(s, -1) {
		switch {
		case strings.ContainsAny(w[:1], "0123456789"), strings.ContainsAny(w, "+-×÷^(),−") && len(w) < 4:
			c.tokens = append(c.tokens, w)
		case w == "ceil", w == "floor", w == "min", w == "max", w == "log2":
			c.tokens = append(c.tokens, w)
		}
	}
	return c.sum()
}

type calculator struct{ tokens []string }

func (c *calculator) next(words ...string) (string, bool) {
	for _, w := range words {
		if len(c.tokens) > 0 && c.tokens[0] == w {
			c.tokens = c.tokens[1:]
			return w, true
		}
	}
	return "", false
}

func (c *calculator) sum() float64 {
	v := c.product()
	for {
		switch w, _ := c.next("+", "−"); w {
		case "+":
			v += c.product()
		case "−":
			v -= c.product()
		default:
			return v
		}
	}
}

func (c *calculator) product() float64 {
	v := c.power()
	for {
		switch w, _ := c.next("×", "÷"); w {
		case "×":
			v *= c.power()
		case "÷":
			v /= c.power()
		default:
			return v
		}
	}
}

func (c *calculator) power() float64 {
	v := c.atom()
	if _, ok := c.next("^"); ok {
		return math.Pow(v, c.atom())
	}
	return v
}

func (c *calculator) atom() float64 {
	if name, ok := c.next("ceil", "floor", "min", "max", "log2"); ok {
		return apply(name, c.list())
	}
	if _, ok := c.next("−", "-"); ok {
		return -c.atom()
	}
	if len(c.tokens) > 0 && c.tokens[0] == "(" {
		return c.list()[0]
	}
	if len(c.tokens) == 0 {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(c.tokens[0], 64)
	c.tokens = c.tokens[1:]
	if err != nil {
		return math.NaN()
	}
	return v
}

func (c *calculator) list() []float64 {
	if _, ok := c.next("("); !ok {
		return []float64{math.NaN()}
	}
	values := []float64{c.sum()}
	for {
		if _, ok := c.next(","); !ok {
			break
		}
		values = append(values, c.sum())
	}
	if _, ok := c.next(")"); !ok {
		return []float64{math.NaN()}
	}
	return values
}

func apply(name string, values []float64) float64 {
	switch name {
	case "ceil":
		return math.Ceil(values[0])
	case "floor":
		return math.Floor(values[0])
	case "log2":
		return math.Log2(values[0])
	}
	best := values[0]
	for _, v := range values[1:] {
		if name == "min" {
			best = math.Min(best, v)
		} else {
			best = math.Max(best, v)
		}
	}
	return best
}
