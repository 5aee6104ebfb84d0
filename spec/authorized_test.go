package spec_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/spec"
)

func TestAuthorizedRanges(t *testing.T) {
	s := spec.Parse(spec.Source{Name: "a.yaml", Data: []byte(`apiVersion: aksnet/v1
clusters:
  - name: a
    authorizedIPRanges: [203.0.113.0/24, AzureCloud.westeurope, "2001:db8::/64", fd00::/8, "a b", ~]
    nodePools: [{name: system}]
`)})
	prefix := func(text string) spec.AuthorizedRange {
		return spec.AuthorizedRange{Prefix: netip.MustParsePrefix(text)}
	}
	want := []spec.AuthorizedRange{
		prefix("203.0.113.0/24"), {ServiceTag: "AzureCloud.westeurope"}, prefix("2001:db8::/64"), prefix("fd00::/8"), {}, {},
	}
	same := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
	if diff := cmp.Diff(want, s.Clusters[0].AuthorizedIPRanges, same); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var at []string
	for _, p := range s.Problems {
		at = append(at, p.Path)
	}
	refused := []string{"clusters[0].authorizedIPRanges[4]", "clusters[0].authorizedIPRanges[5]"}
	if diff := cmp.Diff(refused, at); diff != "" {
		t.Errorf("problems: -want +got:\n%s", diff)
	}
	for i, text := range []string{"203.0.113.0/24", "AzureCloud.westeurope"} {
		if got := s.Clusters[0].AuthorizedIPRanges[i].String(); got != text {
			t.Errorf("String() = %q, want %q", got, text)
		}
	}
}
