package starter_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/internal/starter"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// findings returns everything there is to object to in a spec, notes included.
func findings(text []byte) (out []string) {
	p := plan.Build(spec.Parse(spec.Source{Name: "aksnet.yaml", Data: text}))
	for _, f := range validate.Run(p, validate.Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}).Findings {
		out = append(out, f.Rule+" "+f.Message)
	}
	return out
}

func TestSpecHasNoFindings(t *testing.T) {
	for _, model := range starter.Models() {
		for _, vnet := range []string{"", spec.ManagedVNet, "vnet-hub"} {
			for _, private := range []bool{false, true} {
				for _, most := range []int{10, 40, 80, 300} {
					o := starter.Options{Model: model, VNet: vnet, Private: private}.With(starter.Defaults())
					o.Pools = append([]starter.Pool{}, o.Pools...)
					o.Pools[1].Max = most
					o.AddressSpace = netip.MustParsePrefix("10.32.0.0/12")
					if o.Check() != nil {
						continue
					}
					text := starter.Spec(o)
					if got := findings(text); len(got) > 0 {
						t.Errorf(
							"%s, network %q, private %v, %d nodes:\n%s",
							model,
							vnet,
							private,
							most,
							strings.Join(got, "\n"),
						)
					}
					if !strings.Contains(string(text), "    # ") {
						t.Errorf("%s has no comments", model)
					}
				}
			}
		}
	}
}

// TestSpecSaysWhatWasAsked reads a spec back and compares it with the options.
func TestSpecSaysWhatWasAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := starter.Options{
			Name: rapid.StringMatching(`[a-z0-9]{1,20}|[Nn]o|null|1e3|0x1f`).Draw(t, "name"),
			Location: rapid.SampledFrom([]string{
				"westeurope", "a: b", `quo"te`, "# no", "line\nbreak", "tab\t", "\x1b[2J", "yes",
			}).Draw(t, "location"),
			Model: rapid.SampledFrom(starter.Models()).Draw(t, "model"), Private: rapid.Bool().Draw(t, "private"),
			AddressSpace: netip.MustParsePrefix("10.0.0.0/12"),
			Pools: []starter.Pool{
				{Name: "system", Count: rapid.IntRange(1, 9).Draw(t, "count")}, {Name: "a1", Min: 0, Max: 7},
			},
		}.With(starter.Defaults())
		s := spec.Parse(spec.Source{Name: "x.yaml", Data: starter.Spec(o)})
		if len(s.Problems) > 0 {
			t.Fatalf("%v in\n%s", s.Problems, starter.Spec(o))
		}
		c := s.Clusters[0]
		got := []any{
			c.Name, s.Location, s.ResourceGroup, c.PrivateCluster, s.AddressSpace.Pools[0].AddressPrefix.String(),
			c.NodePools[0].Count,
			c.NodePools[1].MaxCount,
		}
		want := []any{o.Name, o.Location, o.ResourceGroup, o.Private, "10.0.0.0/12", o.Pools[0].Count, 7}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestParsePool(t *testing.T) {
	good := map[string]starter.Pool{
		"system=3": {
			Name:  "system",
			Count: 3,
		}, "apps=2-10": {Name: "apps", Min: 2, Max: 10}, "b=0-1": {Name: "b", Max: 1},
		" x = 1 ": {Name: "x", Count: 1},
	}
	for text, want := range good {
		if got, err := starter.ParsePool(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "x", "x=", "x=a", "=3", "x=3%", "x=5-2", "x=1-", "x=-1", "Upper=1", "waytoolongname=3", "x=0-0",
	} {
		if p, err := starter.ParsePool(text); err == nil {
			t.Errorf("%q is accepted as %+v", text, p)
		}
	}
}

func TestCheck(t *testing.T) {
	tests := map[string]struct {
		change func(*starter.Options)
		want   string
	}{
		"name":    {func(o *starter.Options) { o.Name = "-shop" }, "name"},
		"kubenet": {func(o *starter.Options) { o.Model = "kubenet" }, "retires on 2028-03-31"},
		"model":   {func(o *starter.Options) { o.Model = "flannel" }, "use one of cilium"},
		"managed": {func(o *starter.Options) { o.Model, o.VNet = "pod-subnet", "managed" }, "your own VNet"},
		"host bits": {func(o *starter.Options) { o.AddressSpace = netip.MustParsePrefix("10.0.0.1/16") },
			"use 10.0.0.0/16"},
		"IPv6": {
			func(o *starter.Options) { o.AddressSpace = netip.MustParsePrefix("fd00::/48") },
			"use an IPv4 prefix",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := starter.Options{}.With(starter.Defaults())
			tt.change(&o)
			if err := o.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
