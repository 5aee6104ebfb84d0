package aks_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
)

// checkSource fails unless the source can be followed: an https address and a day.
func checkSource(t *testing.T, row string, s aks.Source) {
	t.Helper()
	if !strings.HasPrefix(s.URL, "https://") || strings.ContainsAny(s.URL, " \t") {
		t.Errorf("%s: source %q is no https address", row, s.URL)
	}
	if _, err := time.Parse(time.DateOnly, s.Read); err != nil {
		t.Errorf("%s: read date: %v", row, err)
	}
	grades := []aks.Basis{
		aks.Documented, aks.ReleaseNotes, aks.Reported, aks.Copied, aks.Derived, aks.Unverified, aks.Listed,
	}
	if !slices.Contains(grades, s.Basis) {
		t.Errorf("%s: unknown basis %q", row, s.Basis)
	}
}

// checkUnique fails if a key was seen before.
func checkUnique(t *testing.T, seen map[string]bool, key string) {
	t.Helper()
	if key == "" || seen[key] {
		t.Errorf("key %q is empty or used twice", key)
	}
	seen[key] = true
}

func TestModels(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range aks.Models() {
		checkUnique(t, seen, string(f.Model))
		for _, s := range f.Sources {
			checkSource(t, string(f.Model), s)
		}
		if len(f.Sources) == 0 || f.Title == "" || f.Status == "" || f.NetworkPlugin == "" {
			t.Errorf("%s: row is not filled in: %+v", f.Model, f)
		}
		if !f.Model.Known() || f.DefaultMaxPods < f.MinMaxPods || f.DefaultMaxPods > f.MaxMaxPods {
			t.Errorf("%s: default maxPods %d outside %d to %d", f.Model, f.DefaultMaxPods, f.MinMaxPods, f.MaxMaxPods)
		}
		if got := f.Model.MaxPods(""); got != f.MaxPods {
			t.Errorf("%s: MaxPods %d in the row, %d from the method", f.Model, f.MaxPods, got)
		}
	}
	if none := aks.Model("flannel"); none.Known() || none.Facts().NetworkPlugin != "" || none.MaxPods("") != 0 {
		t.Error("an unknown model has facts")
	}
}

func TestModelFacts(t *testing.T) {
	tests := []struct {
		model                            aks.Model
		plugin, mode                     string
		defaultPods, nodes, pods         int
		inVNet, needsCIDR, ownRouteTable bool
	}{
		{aks.Kubenet, "kubenet", "", 110, 400, 100_000, false, true, true},
		{aks.NodeSubnet, "azure", "", 30, 5000, 65_536, true, false, false},
		{aks.PodSubnet, "azure", "", 110, 5000, 64_000, true, false, false},
		{aks.Overlay, "azure", "overlay", 250, 5000, 200_000, false, true, false},
		{aks.BYO, "none", "", 110, 5000, 0, false, true, false},
	}
	for _, tt := range tests {
		f := tt.model.Facts()
		if f.NetworkPlugin != tt.plugin || f.NetworkPluginMode != tt.mode {
			t.Errorf("%s: plugin %q mode %q", tt.model, f.NetworkPlugin, f.NetworkPluginMode)
		}
		if f.DefaultMaxPods != tt.defaultPods || f.MaxNodes != tt.nodes || f.MaxPods != tt.pods {
			t.Errorf("%s: default maxPods %d, nodes %d, pods %d", tt.model, f.DefaultMaxPods, f.MaxNodes, f.MaxPods)
		}
		if f.PodsInVNet != tt.inVNet || f.NeedsPodCIDR != tt.needsCIDR || f.OwnRouteTable != tt.ownRouteTable {
			t.Errorf(
				"%s: in VNet %t, pod CIDR %t, route table %t",
				tt.model,
				f.PodsInVNet,
				f.NeedsPodCIDR,
				f.OwnRouteTable,
			)
		}
	}
	if got := aks.PodSubnet.MaxPods(aks.StaticBlock); got != 1_000_000 {
		t.Errorf("static pods = %d", got)
	}
}

func TestCopies(t *testing.T) {
	aks.Models()[0].Sources[0].URL = "changed"
	aks.Limits()[0].Value = -1
	aks.ForbiddenRanges()[0].VNet = false
	aks.SubnetKinds()[0].Name = "changed"
	if aks.Models()[0].Sources[0].URL == "changed" || aks.Limits()[0].Value == -1 ||
		!aks.ForbiddenRanges()[0].VNet || aks.SubnetKinds()[0].Name == "changed" {
		t.Error("a caller can change a table")
	}
}

func TestLimits(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range aks.Limits() {
		checkUnique(t, seen, l.ID)
		checkSource(t, l.ID, l.Source)
		if l.Value <= 0 || l.Topic == "" || l.Name == "" || l.Unit == "" {
			t.Errorf("%s: row is not filled in: %+v", l.ID, l)
		}
	}
	want := map[string]int{
		"reserved-per-subnet": 5, "smallest-subnet": 29, "largest-subnet": 2, "subnet-ipv6": 64, "pod-block": 24,
		"static-block": 28, "dynamic-batch": 16, "dynamic-spare": 8, "dynamic-max": 250, "api-server-subnet": 28,
		"api-server-addresses": 9, "min-pods-total": 30, "nodes-per-pool": 1000, "node-pools": 100,
		"nodes-kubenet":    400,
		"routes-per-table": 400, "addresses-per-vnet": 65536, "addresses-per-peered-group": 128000,
		"snat-ports-per-ip": 64000, "nat-ports-per-ip": 64512, "pods-overlay": 200000,
		"lb-backend-ips-per-frontend": 10000,
	}
	got := map[string]int{}
	for id := range want {
		l, _ := aks.LimitByID(id)
		got[id] = l.Value
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
	if _, ok := aks.LimitByID("no-such-limit"); ok {
		t.Error("an unknown limit was found")
	}
}

func TestBlockSizes(t *testing.T) {
	if aks.PodBlockAddresses != 1<<(32-aks.PodBlockBits) || aks.StaticBlockAddresses != 1<<(32-aks.StaticBlockBits) {
		t.Error("block sizes do not match their prefix lengths")
	}
}

// Examples E22, E23 and E29 of the documentation.
func TestDefaultSNATPorts(t *testing.T) {
	tests := []struct{ nodes, want int }{
		{48, 1024}, {52, 512},
		{
			50,
			1024,
		}, {51, 512}, {100, 512}, {101, 256}, {200, 256}, {201, 128}, {400, 128}, {401, 64}, {800, 64}, {801, 32},
		{1000, 32},
		{0, 1024}, {1, 1024}, {5000, 32},
	}
	for _, tt := range tests {
		if got := aks.DefaultSNATPorts(tt.nodes); got != tt.want {
			t.Errorf("DefaultSNATPorts(%d) = %d, want %d", tt.nodes, got, tt.want)
		}
	}
	for _, s := range aks.SNATSteps() {
		checkSource(t, "SNAT step", s.Source)
		if got := aks.DefaultSNATPorts(s.MaxNodes); got != s.Ports {
			t.Errorf("DefaultSNATPorts(%d) = %d, the table says %d", s.MaxNodes, got, s.Ports)
		}
	}
}

func TestDefaultSurge(t *testing.T) {
	tests := []struct {
		version string
		want    aks.Surge
	}{
		{"", aks.Surge{Percent: 10}},
		{"1.34", aks.Surge{Percent: 10}},
		{"1.32", aks.Surge{Percent: 10}},
		{"1.32.0", aks.Surge{Percent: 10}},
		{"1.31.9", aks.Surge{Nodes: 1}},
		{"v1.28", aks.Surge{Nodes: 1}},
	}
	for _, tt := range tests {
		if got := aks.DefaultSurge(tt.version); got != tt.want {
			t.Errorf("DefaultSurge(%q) = %+v, want %+v", tt.version, got, tt.want)
		}
	}
}

func TestKubernetesAtLeast(t *testing.T) {
	tests := []struct {
		version, min string
		want         bool
	}{
		{"1.34", "1.32", true},
		{"1.34.2", "1.34", true},
		{"v1.30", "1.30", true},
		{"v1.30", "1.31", false},
		{"1.9", "1.10", false},
		{"1.10", "1.9", true},
		{"1.34", "1.34.1", false},
		{"2.0", "1.99", true},
		{"1.34.0-preview", "1.34", true},
		{"1.34+azure", "1.34", true},
		{"1", "1.0", false},
		{"1.x", "1.0", false},
		{"", "1.0", false},
		{"1.2.3.4", "1.0", false},
		{"1.34", "latest", false},
	}
	for _, tt := range tests {
		if got := aks.KubernetesAtLeast(tt.version, tt.min); got != tt.want {
			t.Errorf("KubernetesAtLeast(%q, %q) = %t", tt.version, tt.min, got)
		}
	}
	if aks.ValidKubernetesVersion("latest") || !aks.ValidKubernetesVersion("1.34.2") {
		t.Error("ValidKubernetesVersion is wrong")
	}
}

func TestDefaults(t *testing.T) {
	got := []string{
		aks.DefaultPodCIDR().String(), aks.DefaultServiceCIDR().String(),
		aks.DefaultPodCIDR6().String(), aks.DefaultServiceCIDR6().String(),
		aks.ManagedVNet().String(), aks.ManagedSubnet().String(), aks.PlatformAddress().String(),
	}
	want := []string{
		"10.244.0.0/16", "10.0.0.0/16", "fd12:3456:789a::/64", "fd12:3456:789a:1::/108",
		"10.224.0.0/12", "10.224.0.0/16", "168.63.129.16",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

func TestForbiddenFor(t *testing.T) {
	tests := []struct {
		prefix string
		use    aks.Use
		want   []string
	}{
		{"172.16.0.0/12", aks.UsePod, []string{"172.30.0.0/16", "172.31.0.0/16"}}, // E14
		{"172.16.0.0/12", aks.UseService, []string{"172.30.0.0/16", "172.31.0.0/16"}},
		{"172.30.4.0/24", aks.UsePod, []string{"172.30.0.0/16"}},
		{"172.29.0.0/16", aks.UsePod, nil},
		{"192.0.2.1/32", aks.UseVNet, []string{"192.0.2.0/24"}},
		{"169.254.10.0/24", aks.UseService, []string{"169.254.0.0/16"}},
		{"168.63.0.0/16", aks.UseVNet, []string{"168.63.129.16/32"}},
		{"168.63.0.0/16", aks.UseService, nil},
		{"127.0.0.0/16", aks.UseVNet, []string{"127.0.0.0/8"}},
		{"239.0.0.0/16", aks.UseService, []string{"224.0.0.0/4"}},
		{"240.0.0.0/4", aks.UseVNet, []string{"255.255.255.255/32"}},
		{"10.244.0.0/16", aks.UsePod, nil},
		{"fd00::/48", aks.UsePod, nil},
		{"172.30.0.0/16", aks.Use("other"), nil},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range aks.ForbiddenFor(netip.MustParsePrefix(tt.prefix), tt.use) {
			got = append(got, r.Prefix.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ForbiddenFor(%s, %s) (-want +got):\n%s", tt.prefix, tt.use, diff)
		}
	}
	if got := aks.ForbiddenFor(netip.Prefix{}, aks.UseVNet); got != nil {
		t.Errorf("an invalid prefix is forbidden: %v", got)
	}
	for _, r := range aks.ForbiddenRanges() {
		checkSource(t, r.Prefix.String(), r.Source)
		if r.Prefix != r.Prefix.Masked() || r.Why == "" {
			t.Errorf("%s: host bits or no reason", r.Prefix)
		}
	}
}

func TestPrivateRangeOf(t *testing.T) {
	tests := []struct {
		prefix, want string
	}{
		{"10.0.0.0/8", "RFC 1918"}, {"10.0.0.0/7", ""}, {"172.20.0.0/16", "RFC 1918"}, {"192.168.4.0/24", "RFC 1918"},
		{"100.64.0.0/10", "RFC 6598"}, {"172.10.0.0/16", ""}, {"fd12::/64", "RFC 4193"}, {"2001:db8::/64", ""},
	}
	for _, tt := range tests {
		r, ok := aks.PrivateRangeOf(netip.MustParsePrefix(tt.prefix))
		if r.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("PrivateRangeOf(%s) = %q, %t", tt.prefix, r.Name, ok)
		}
	}
	if _, ok := aks.PrivateRangeOf(netip.Prefix{}); ok {
		t.Error("an invalid prefix is private")
	}
}

func TestSubnetKinds(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	for _, k := range aks.SubnetKinds() {
		checkUnique(t, ids, k.ID)
		checkSource(t, k.ID, k.Source)
		if k.Name != "" {
			checkUnique(t, names, k.Name)
		}
		if k.LargestBits > k.MinBits || k.RecommendedBits > k.MinBits && k.MinBits > 0 || k.UsualBits > k.MinBits &&
			k.MinBits > 0 {
			t.Errorf("%s: smallest /%d, advised /%d, usual /%d, largest /%d", k.ID, k.MinBits, k.RecommendedBits,
				k.UsualBits, k.LargestBits)
		}
		for name, cell := range map[string]aks.Tenancy{
			"delegated": k.Delegated, "NSG": k.NSG, "route table": k.RouteTable, "appliance": k.ApplianceRoute,
			"Internet": k.InternetRoute, "NAT": k.NAT, "sharing": k.Sharing,
		} {
			checkCell(t, k.ID+" "+name, cell)
		}
		if k.Purpose == "" || k.RouteTable.Refuses() && (!k.ApplianceRoute.Refuses() || !k.InternetRoute.Refuses()) {
			t.Errorf("%s: no purpose, or a route without a table", k.ID)
		}
		if k.Delegated.Answer == aks.Needed && k.Delegation == "" || k.Delegated.Refuses() && k.Delegation != "" {
			t.Errorf("%s: delegated to %q, but the cell says %q", k.ID, k.Delegation, k.Delegated.Answer)
		}
	}
}

// checkCell requires an answer of every cell, and a note where the answer does not say enough.
func checkCell(t *testing.T, name string, cell aks.Tenancy) {
	t.Helper()
	switch cell.Answer {
	case aks.Allowed, aks.NotDocumented, aks.Refused:
	case aks.Limited, aks.NoEffect, aks.Needed:
		if cell.Note == "" {
			t.Errorf("%s: %s without a note", name, cell.Answer)
		}
	default:
		t.Errorf("%s: no answer", name)
	}
	if cell.Code != "" && !cell.Refuses() {
		t.Errorf("%s: code %s of something that is possible", name, cell.Code)
	}
}

// TestSubnetKindFor holds every purpose of the spec to a row of the matrix, and purpose and delegation to each other.
func TestSubnetKindFor(t *testing.T) {
	for _, word := range aks.SubnetPurpose("").Words() {
		if _, ok := aks.SubnetKindFor(aks.SubnetPurpose(word), ""); ok != (word != string(aks.ForOther)) {
			t.Errorf("purpose %s has a row: %t", word, ok)
		}
	}
	for _, tt := range []struct {
		purpose    aks.SubnetPurpose
		delegation string
		want       string
	}{
		{aks.ForApplicationGateway, "", "application-gateway"},
		{aks.ForApplicationGateway, aks.DelegationPrivateAppGW, "application-gateway-private"},
		{"", aks.DelegationPrivateAppGW, "application-gateway-private"},
		{aks.ForVirtualNodes, aks.DelegationAppGW, "virtual-nodes"},
		{aks.ForOther, aks.DelegationContainerApps, "container-apps"},
		{aks.ForContainerAppsConsumption, aks.DelegationContainerApps, "container-apps-consumption"},
		{"", "Microsoft.Sql/managedInstances", ""},
	} {
		if k, ok := aks.SubnetKindFor(tt.purpose, tt.delegation); k.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("SubnetKindFor(%q, %q) = %q, %t, want %q", tt.purpose, tt.delegation, k.ID, ok, tt.want)
		}
	}
}

func TestBarredRanges(t *testing.T) {
	for _, r := range aks.BarredRanges() {
		if _, ok := aks.SubnetKindByID(r.Kind); !ok || !r.First.Less(r.Last) {
			t.Errorf("%s: %s to %s", r.Kind, r.First, r.Last)
		}
		checkSource(t, r.Kind, r.Source)
	}
	if last := aks.BarredRanges()[1].Last; last != netip.MustParseAddr("100.100.127.255") {
		t.Errorf("100.100.0.0/17 ends at %s", last)
	}
}

func TestSubnetKindLookup(t *testing.T) {
	tests := []struct {
		name, delegation, want string
		minBits                int
	}{
		{name: "AzureFirewallSubnet", want: "firewall", minBits: 26},
		{name: "azurebastionsubnet", want: "bastion", minBits: 26},
		{name: "GatewaySubnet", want: "gateway", minBits: 29},
		{name: "RouteServerSubnet", want: "route-server", minBits: 26},
		{name: "snet-nodes"},
		{name: ""},
		{delegation: "Microsoft.ServiceNetworking/trafficControllers", want: "gateway-for-containers"},
		{delegation: "microsoft.containerservice/managedclusters", want: "api-server", minBits: 28},
		{delegation: "Microsoft.Network/dnsResolvers", want: "dns-resolver", minBits: 28},
		{delegation: "Microsoft.Sql/managedInstances"},
	}
	for _, tt := range tests {
		k, ok := aks.SubnetKindByName(tt.name)
		if tt.delegation != "" {
			k, ok = aks.SubnetKindByDelegation(tt.delegation)
		}
		if k.ID != tt.want || k.MinBits != tt.minBits || ok != (tt.want != "") {
			t.Errorf("kind of %q%q = %q, /%d, %t", tt.name, tt.delegation, k.ID, k.MinBits, ok)
		}
	}
	if k, ok := aks.SubnetKindByID("gateway"); !ok || k.Name != "GatewaySubnet" || !k.NAT.Refuses() || !k.NSG.Refuses() {
		t.Errorf("gateway kind = %+v", k)
	}
}

func TestSkippedVersions(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"1.31", "1.34.1", "1.32 1.33"}, {"1.33", "1.34", ""}, {"1.34.1", "1.34.9", ""}, {"1.34", "1.31", ""},
		{"1.34", "2.2", ""}, {"x", "1.34", ""},
	} {
		if got := strings.Join(aks.SkippedVersions(tt.from, tt.to), " "); got != tt.want {
			t.Errorf("%s to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}
