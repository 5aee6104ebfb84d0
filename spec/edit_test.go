package spec_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/spec"
)

const shop = `apiVersion: aksnet/v1
location: westeurope
clusters:
  - name: shop
    model: overlay
    nodePools:
      - {name: system, count: 3}
      - &apps {name: apps, minCount: 3, maxCount: 40}
  - name: office
    nodePools: [*apps]
`

func edited(t *testing.T, text string, sets ...string) (*spec.Spec, error) {
	t.Helper()
	var edits []spec.Edit
	for _, set := range sets {
		e, err := spec.ParseEdit(set)
		if err != nil {
			return nil, err
		}
		edits = append(edits, e)
	}
	return spec.ParseWith(edits, spec.Source{Name: "shop.yaml", Data: []byte(text)})
}

func TestEditChangesValues(t *testing.T) {
	tests := map[string]struct {
		sets []string
		get  func(*spec.Spec) any
		want any
	}{
		"number": {[]string{"clusters[0].nodePools[1].maxCount=80"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[1].MaxCount }, 80},
		"last one wins": {[]string{"clusters[0].nodePools[0].count=4", "clusters[0].nodePools[0].count=5"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[0].Count }, 5},
		"new key": {[]string{"clusters[0].growth=25%"},
			func(s *spec.Spec) any { return s.Clusters[0].Growth.String() }, "25%"},
		"by name": {[]string{"clusters[shop].nodePools[apps].maxPods=60"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[1].MaxPods }, 60},
		"quoted name": {[]string{`clusters["office"].model=kubenet`},
			func(s *spec.Spec) any { return string(s.Clusters[1].Model) }, "kubenet"},
		"word": {[]string{"clusters[0].model=KUBENET"},
			func(s *spec.Spec) any { return string(s.Clusters[0].Model) }, "kubenet"},
		"nested new": {[]string{"clusters[0].services.internalLoadBalancers=6"},
			func(s *spec.Spec) any { return s.Clusters[0].Services.InternalLoadBalancers }, 6},
		"list": {[]string{"clusters[0].ipFamilies=[IPv4, IPv6]"},
			func(s *spec.Spec) any { return s.Clusters[0].DualStack() }, true},
		"new element": {[]string{"clusters[0].nodePools[2]={name: batch, count: 2}"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[2].Name }, "batch"},
		"number as text": {
			[]string{"clusters[0].name=007"},
			func(s *spec.Spec) any { return s.Clusters[0].Name },
			"007",
		},
		"taken away": {[]string{"clusters[0].nodePools[1].maxCount=null"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[1].MaxCount }, 0},
		"map entry": {
			[]string{`tags["cost.center"]=12`},
			func(s *spec.Spec) any { return s.Tags["cost.center"] },
			"12",
		},
		"prefix": {[]string{"clusters[0].podCidr=100.64.0.0/16"},
			func(s *spec.Spec) any { return s.Clusters[0].PodCIDR.String() }, "100.64.0.0/16"},
		"bool": {[]string{"clusters[0].privateCluster=true"},
			func(s *spec.Spec) any { return s.Clusters[0].PrivateCluster }, true},
		"inherited": {[]string{"location=northeurope"}, func(s *spec.Spec) any { return s.Clusters[1].Location },
			"northeurope"},
		"anchor": {[]string{"clusters[0].nodePools[1].maxCount=80"},
			func(s *spec.Spec) any { return s.Clusters[1].NodePools[0].MaxCount }, 40},
		"alias": {[]string{"clusters[1].nodePools[0].maxCount=9"},
			func(s *spec.Spec) any { return s.Clusters[0].NodePools[1].MaxCount }, 40},
		"version": {[]string{"clusters[0].kubernetesVersion=1.30"},
			func(s *spec.Spec) any { return string(s.Clusters[0].KubernetesVersion) }, "1.30"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := edited(t, shop, tt.sets...)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Problems) > 0 {
				t.Fatalf("problems: %v", s.Problems)
			}
			if diff := cmp.Diff(tt.want, tt.get(s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	tests := map[string]struct{ set, want string }{
		"version":       {"apiVersion=aksnet/v2", "it names the format of the file"},
		"no value":      {"clusters[0].name", "is not path=value"},
		"no path":       {"=3", "is not path=value"},
		"misspelt key":  {"clusters[0].nodePols[0].count=3", `did you mean "nodePools"?`},
		"unknown key":   {"clusters[0].qqqqqqqqqqq=3", "clusters[0] takes name"},
		"unknown root":  {"cluster[0].name=x", `did you mean "clusters"?`},
		"beyond":        {"clusters[7].name=x", "has 2 elements, [7] does not exist ([2] adds one)"},
		"no such name":  {"clusters[web].name=x", `no element named "web"`},
		"inside scalar": {"clusters[0].name.x=y", "has nothing inside"},
		"index of map":  {"clusters[0].egress[1]=x", "is not a list"},
		"bad bracket":   {"clusters[0.name=x", "bracket"},
		"empty key":     {"clusters[0]..name=x", "a key is missing"},
		"not a number":  {"clusters[0].nodePools[0].count=many", "must be a whole number"},
		"not a word":    {"clusters[0].model=overlai", `did you mean "overlay"?`},
		"not a prefix":  {"clusters[0].podCidr=10.0.0.0", "expected an address range"},
		"empty value":   {"clusters[0].nodePools[0].count=", "value is missing"},
		"broken YAML":   {"clusters[0].ipFamilies=[IPv4", "not readable as YAML"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := edited(t, shop, tt.set)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestEditKeepsPositions(t *testing.T) {
	s, err := edited(t, shop, "clusters[0].nodePools[1].maxCount=80", "clusters[1].nodePools[0].count=2")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"clusters[0].nodePools[1].maxCount": "shop.yaml:8:51",
		"clusters[1].name":                  "shop.yaml:9:11",
		"clusters[1].nodePools[0].count":    "shop.yaml:10:17",
	}
	for path, want := range tests {
		if got := s.Position(path).String(); got != want {
			t.Errorf("%s stands at %s, want %s", path, got, want)
		}
	}
}

func TestEditWithoutReadableFile(t *testing.T) {
	s, err := spec.ParseWith([]spec.Edit{{Path: "location", Value: "x"}}, spec.Source{Name: "empty.yaml"})
	if err != nil || len(s.Problems) != 1 {
		t.Errorf("got %v and problems %v, want the file's own problem", err, s.Problems)
	}
}

func FuzzParseWith(f *testing.F) {
	f.Add("clusters[0].nodePools[1].maxCount", "80")
	f.Add(`tags["a"]`, "{x: [1, 2]}")
	f.Add("vnets[0].subnets[0].addressPrefix", "10.0.0.0/24")
	f.Fuzz(func(t *testing.T, path, value string) {
		s, err := spec.ParseWith(
			[]spec.Edit{{Path: path, Value: value}},
			spec.Source{Name: "shop.yaml", Data: []byte(shop)},
		)
		if (s == nil) == (err == nil) {
			t.Errorf("spec %v with error %v", s, err)
		}
	})
}
