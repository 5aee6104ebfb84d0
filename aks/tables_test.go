package aks_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
)

func TestCapabilities(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range aks.Capabilities() {
		key := string(c.Feature) + " on " + string(c.Column)
		checkUnique(t, seen, key)
		checkSource(t, key, c.Source)
		checkDay(t, key, c.Since)
		checkDay(t, key, c.Until)
		if c.Version != "" && !aks.ValidKubernetesVersion(c.Version) {
			t.Errorf("%s: version %q", key, c.Version)
		}
		if c.Support == aks.Conditional && c.Note == "" {
			t.Errorf("%s: conditional without a condition", key)
		}
	}
	if want := len(aks.Features()) * len(aks.Columns()); len(seen) != want {
		t.Errorf("%d cells, want %d", len(seen), want)
	}
}

// checkDay fails unless the text is empty or a day.
func checkDay(t *testing.T, row, day string) {
	t.Helper()
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		t.Errorf("%s: %v", row, err)
	}
}

func TestCapabilityOf(t *testing.T) {
	tests := []struct {
		feature aks.Feature
		model   aks.Model
		mode    aks.AllocationMode
		want    aks.Support
	}{
		{aks.FeatureWindows, aks.Kubenet, "", aks.No},
		{aks.FeatureWindows, aks.Overlay, "", aks.Yes},
		{aks.FeatureWindows, aks.PodSubnet, aks.StaticBlock, aks.Conditional},
		{aks.FeaturePolicyAzure, aks.Kubenet, "", aks.No},
		{aks.FeaturePolicyCalico, aks.Overlay, "", aks.Yes},
		{aks.FeaturePolicyCilium, aks.Overlay, "", aks.Conditional},
		{aks.FeatureDualStack, aks.NodeSubnet, "", aks.No},
		{aks.FeatureDualStack, aks.Overlay, "", aks.Yes},
		{aks.FeatureDualStack, aks.PodSubnet, aks.StaticBlock, aks.Conditional},
		{aks.FeatureVirtualNodes, aks.Overlay, "", aks.No},
		{aks.FeatureAGIC, aks.Kubenet, "", aks.Conditional},
		{aks.FeatureAGC, aks.Kubenet, "", aks.No},
		{aks.FeatureAGC, aks.BYO, "", aks.NotStated},
		{aks.FeatureServiceEndpoints, aks.BYO, "", aks.Yes},
		{aks.FeatureSharedSubnet, aks.Kubenet, "", aks.No},
		{aks.FeaturePodReachable, aks.PodSubnet, "", aks.Yes},
		{aks.FeatureAutoProvisioning, aks.PodSubnet, "", aks.No},
		{aks.FeatureAutoProvisioning, aks.PodSubnet, aks.StaticBlock, aks.No},
		{aks.FeatureStaticEgressGateway, aks.PodSubnet, "", aks.No},
		{aks.FeaturePrivateLinkService, aks.PodSubnet, aks.StaticBlock, aks.No},
		{aks.FeatureManagedVNet, aks.PodSubnet, "", aks.No},
		{aks.FeatureAvailabilitySets, aks.Kubenet, "", aks.No},
		{aks.FeatureDCsv2, aks.Overlay, "", aks.No},
		{"no-such-feature", aks.Overlay, "", aks.NotStated},
	}
	for _, tt := range tests {
		if got := aks.CapabilityOf(tt.feature, tt.model, tt.mode).Support; got != tt.want {
			t.Errorf("%s on %s %s = %s, want %s", tt.feature, tt.model, tt.mode, got, tt.want)
		}
	}
	if got := aks.CapabilityOn(aks.FeatureWindows, aks.OnCilium).Support; got != aks.No {
		t.Errorf("Windows on Cilium = %s", got)
	}
}

func TestRetirements(t *testing.T) {
	seen, last := map[string]bool{}, ""
	for _, r := range aks.Retirements() {
		checkUnique(t, seen, r.ID)
		checkSource(t, r.ID, r.Source)
		checkDay(t, r.ID, r.Date)
		if r.Date < last {
			t.Errorf("%s: %s after %s", r.ID, r.Date, last)
		}
		last = r.Date
	}
	want := map[string]string{
		"kubenet": "2028-03-31", "npm-windows": "2026-09-30", "npm-linux": "2028-09-30",
		"app-routing-nginx":   "2026-11-30",
		"basic-load-balancer": "2025-09-30", "open-service-mesh": "2027-09-30", "windows-2019": "2026-03-01",
	}
	for id, date := range want {
		if r, ok := aks.RetirementByID(id); !ok || r.Date != date {
			t.Errorf("%s: %q, want %s", id, r.Date, date)
		}
	}
	if _, ok := aks.RetirementByID("no-such-thing"); ok {
		t.Error("an unknown retirement was found")
	}
}

func TestChanges(t *testing.T) {
	for _, c := range aks.Changes() {
		row := strings.Join(c.Keys, ", ")
		checkSource(t, row, c.Source)
		if c.How.Text() == "" || len(c.Keys) == 0 {
			t.Errorf("%s: verdict %q", row, c.How)
		}
		if _, known := aks.ErrorCodeOf(c.Code); c.Code != "" && !known {
			t.Errorf("%s: code %s is not in the table", row, c.Code)
		}
		for _, need := range c.Needs {
			if need.Text == "" || need.Otherwise == "" {
				t.Errorf("%s: condition %q does not say what to do otherwise", row, need.Text)
			}
		}
		if c.Source.Basis == aks.Unverified && c.How != aks.Undocumented {
			t.Errorf("%s: %s without a source", row, c.How)
		}
		if c.How == aks.Undocumented && len(c.Steps) > 0 {
			t.Errorf("%s: steps for what is not documented", row)
		}
	}
	models := []struct {
		from, to aks.Model
		want     aks.How
	}{
		{aks.Kubenet, aks.Overlay, aks.Reimage},
		{aks.NodeSubnet, aks.Overlay, aks.Reimage},
		{aks.PodSubnet, aks.Overlay, aks.NewCluster},
		{aks.Overlay, aks.NodeSubnet, aks.NewCluster},
		{aks.Kubenet, aks.PodSubnet, aks.NewCluster},
		{aks.BYO, aks.Overlay, aks.NewCluster},
	}
	for _, tt := range models {
		c := aks.ModelChange(tt.from, tt.to)
		if c.How != tt.want || c.OneWay != (tt.want == aks.Reimage) {
			t.Errorf("%s to %s: %s, one-way %t", tt.from, tt.to, c.How, c.OneWay)
		}
		checkSource(t, string(tt.from), c.Source)
	}
	for key, want := range map[string]aks.How{
		"clusters[].nodePools[].maxPods": aks.NewPool, "clusters[].nodePools[].nodeSubnet.name": aks.NewPool,
		"clusters[].serviceCidr": aks.NewCluster, "clusters[].podCidr": aks.NewCluster,
		"clusters[].dnsPrefix": aks.NewCluster, "clusters[].requirements.maxNodes": aks.Unaffected,
		"clusters[].nodePools[].nothing": aks.Undocumented, "nothing": aks.Undocumented,
	} {
		if got := aks.ChangeOf(aks.Delta{Key: key, Before: "a", After: "b"}).How; got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
}

func TestProfiles(t *testing.T) {
	for _, f := range aks.Models() {
		p := aks.ProfileOf(f.Model, "")
		checkSource(t, string(p.Model), p.Source)
		if p.NetworkPlugin != f.NetworkPlugin || p.NetworkPluginMode != f.NetworkPluginMode {
			t.Errorf("%s: plugin differs from the facts", p.Model)
		}
		if (p.PodSubnetID == aks.Required) != f.NeedsPodSubnet || (p.PodCIDR != aks.Absent) != f.NeedsPodCIDR {
			t.Errorf("%s: pod subnet %s, pod CIDR %s", p.Model, p.PodSubnetID, p.PodCIDR)
		}
		if len(p.CiliumPolicies) > 0 != slices.Contains(p.Dataplanes, aks.DataplaneCilium) {
			t.Errorf("%s: Cilium policies without the data plane, or the other way round", p.Model)
		}
	}
	if p := aks.ProfileOf(aks.PodSubnet, aks.StaticBlock); p.Mode != aks.StaticBlock {
		t.Errorf("mode = %q", p.Mode)
	}
	if p := aks.ProfileOf("flannel", ""); p.Model != "" || p.NodeSubnetID != "" {
		t.Errorf("an unknown model has a profile: %+v", p)
	}
}

// The capability table says of each policy engine what the model's facts say.
func TestPolicyEngines(t *testing.T) {
	features := map[aks.Policy]aks.Feature{
		aks.PolicyAzure: aks.FeaturePolicyAzure, aks.PolicyCalico: aks.FeaturePolicyCalico,
		aks.PolicyCilium: aks.FeaturePolicyCilium,
	}
	for _, f := range aks.Models() {
		for engine, feature := range features {
			cell := aks.CapabilityOf(feature, f.Model, "")
			if f.OwnCNI {
				continue // an engine that comes with the CNI of one's own is no networkPolicy
			}
			if has := slices.Contains(f.PolicyEngines, engine); has != (cell.Support != aks.No) {
				t.Errorf("%s with %s: %s in the table, %v in the facts", f.Model, engine, cell.Support, has)
			}
		}
	}
}

func TestRequirements(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range aks.Requirements() {
		checkUnique(t, seen, r.ID)
		checkSource(t, r.ID, r.Source)
	}
	has := func(m aks.Model, id string) bool {
		return slices.ContainsFunc(aks.Requirements(), func(r aks.Requirement) bool {
			return r.ID == id && (len(r.Models) == 0 || slices.Contains(r.Models, m))
		})
	}
	if !has(aks.Kubenet, "kubenet-identity") || has(aks.Overlay, "kubenet-identity") ||
		!has(aks.Overlay, "one-vnet") {
		t.Error("requirements stand under the wrong models")
	}
}

func TestCIDRRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range aks.CIDRRules() {
		checkUnique(t, seen, r.ID)
		checkSource(t, r.ID, r.Source)
		if r.MaxBits != 0 && r.MinBits > r.MaxBits {
			t.Errorf("%s: /%d to /%d", r.ID, r.MinBits, r.MaxBits)
		}
	}
	if !seen["service-cidr-size"] {
		t.Error("no rule for the size of a service CIDR")
	}
}

func TestOverlapOf(t *testing.T) {
	tests := []struct {
		a, b aks.RangeKind
		want aks.Verdict
		code string
	}{
		{aks.RangePodOverlay, aks.RangeSubnet, aks.OverlapError, "NetworkProfileCIDROverlapVNET"},
		{aks.RangeVNet, aks.RangePodOverlay, aks.OverlapWarn, ""},
		{aks.RangePodKubenet, aks.RangeVNet, aks.OverlapWarn, ""},
		{aks.RangeSubnet, aks.RangeService, aks.OverlapError, "ServiceCidrOverlapExistingSubnetsCidr"},
		{aks.RangePodOverlay, aks.RangeOtherPods, aks.OverlapFine, ""},
	}
	for _, tt := range tests {
		o, ok := aks.OverlapOf(tt.a, tt.b)
		if !ok || o.Verdict != tt.want || o.Code != tt.code {
			t.Errorf("%s and %s: %s %s", tt.a, tt.b, o.Verdict, o.Code)
		}
		if _, known := aks.ErrorCodeOf(o.Code); o.Code != "" && !known {
			t.Errorf("%s is no error code of the table", o.Code)
		}
	}
	seen := map[string]bool{}
	for _, o := range aks.Overlaps() {
		pair := []string{string(o.A), string(o.B)}
		slices.Sort(pair)
		checkUnique(t, seen, strings.Join(pair, " and "))
		checkSource(t, pair[0], o.Source)
		checkDay(t, pair[0], o.Since)
	}
	if _, ok := aks.OverlapOf(aks.RangeOtherPods, aks.RangeOtherService); ok {
		t.Error("an unnamed pair was found")
	}
}

func TestOutbounds(t *testing.T) {
	seen := map[string]bool{}
	var general []aks.OutboundType
	for _, o := range aks.Outbounds() {
		checkUnique(t, seen, string(o.Type))
		checkSource(t, string(o.Type), o.Source)
		if _, known := aks.ErrorCodeOf(o.ErrorCode); o.ErrorCode != "" && !known {
			t.Errorf("%s: code %s is not in the table", o.Type, o.ErrorCode)
		}
		if !o.Preview {
			general = append(general, o.Type)
		}
	}
	if diff := cmp.Diff(aks.OutboundTypes(), general); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
	if o, ok := aks.OutboundOf(""); !ok || o.Type != aks.OutboundLoadBalancer {
		t.Errorf("default = %q", o.Type)
	}
	if _, ok := aks.OutboundOf("carrierPigeon"); ok {
		t.Error("an unknown type was found")
	}
}

func TestOutboundChanges(t *testing.T) {
	tests := []struct {
		from, to aks.OutboundType
		managed  bool
		want     aks.Support
	}{
		{aks.OutboundLoadBalancer, aks.OutboundManagedNATGateway, true, aks.Yes},
		{aks.OutboundLoadBalancer, aks.OutboundBlock, true, aks.Yes},
		{aks.OutboundLoadBalancer, aks.OutboundUserDefinedRouting, true, aks.No},
		{aks.OutboundManagedNATGateway, aks.OutboundLoadBalancer, true, aks.No},
		{aks.OutboundManagedNATGateway, aks.OutboundManagedNATGatewayV2, true, aks.Yes},
		{aks.OutboundManagedNATGatewayV2, aks.OutboundLoadBalancer, true, aks.No},
		{aks.OutboundManagedNATGatewayV2, aks.OutboundNone, true, aks.Conditional},
		{aks.OutboundNone, aks.OutboundLoadBalancer, true, aks.Yes},
		{aks.OutboundBlock, aks.OutboundManagedNATGatewayV2, true, aks.Yes},
		{aks.OutboundLoadBalancer, aks.OutboundUserDefinedRouting, false, aks.Yes},
		{aks.OutboundUserDefinedRouting, aks.OutboundUserAssignedNATGateway, false, aks.Yes},
		{aks.OutboundNone, aks.OutboundLoadBalancer, false, aks.Yes},
		{aks.OutboundLoadBalancer, aks.OutboundBlock, false, aks.No},
		{aks.OutboundLoadBalancer, aks.OutboundManagedNATGateway, false, aks.No},
	}
	for _, tt := range tests {
		all := aks.OutboundChanges(tt.managed)
		i := slices.IndexFunc(all, func(c aks.OutboundChange) bool { return c.From == tt.from && c.To == tt.to })
		if i < 0 || all[i].Support != tt.want {
			t.Errorf("%s to %s, managed %t: want %s in %v", tt.from, tt.to, tt.managed, tt.want, all)
		}
	}
	for _, managed := range []bool{true, false} {
		for _, c := range aks.OutboundChanges(managed) {
			checkSource(t, string(c.From), c.Source)
			if c.From == c.To {
				t.Errorf("%s changes to itself", c.From)
			}
		}
	}
}

func TestRoutes(t *testing.T) {
	for _, hop := range []aks.NextHop{aks.HopInternet, aks.HopVNet, aks.HopNone} {
		if aks.DefaultRouteHop(hop) {
			t.Errorf("%s accepted for the default route", hop)
		}
	}
	if !aks.DefaultRouteHop(aks.HopAppliance) || !aks.DefaultRouteHop(aks.HopGateway) {
		t.Error("appliance or gateway refused for the default route")
	}
	for _, r := range aks.UDRRoutes() {
		checkSource(t, r.Name, r.Source)
	}
}

func TestFacts(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range aks.Facts() {
		checkUnique(t, seen, f.ID)
		checkSource(t, f.ID, f.Source)
		if f.Text == "" {
			t.Errorf("%s says nothing", f.ID)
		}
	}
	if f, ok := aks.FactByID("surge-zero"); !ok || f.ID != "surge-zero" {
		t.Errorf("surge-zero = %+v", f)
	}
	if _, ok := aks.FactByID("none"); ok {
		t.Error("an unknown fact was found")
	}
}

func TestSecurityRules(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range aks.Flows() {
		checkUnique(t, seen, f.ID)
		checkSource(t, f.ID, f.Source)
		if !slices.Contains([]aks.Protocol{aks.ProtocolTCP, aks.ProtocolUDP, aks.ProtocolAny}, f.Protocol) ||
			f.From == "" || f.To == "" || f.Why == "" {
			t.Errorf("%s: row is not filled in: %+v", f.ID, f)
		}
		if (f.Rule == "") != (len(f.Checkpoints) == 0) {
			t.Errorf("%s: a rule without a checkpoint, or a checkpoint without a rule: %+v", f.ID, f)
		}
	}
	for _, r := range aks.DefaultRules() {
		checkUnique(t, seen, r.Name)
		checkSource(t, r.Name, r.Source)
		if r.Priority <= aks.MaxRulePriority {
			t.Errorf("%s: priority %d could be a custom one", r.Name, r.Priority)
		}
	}
}

func TestAllowedByDefault(t *testing.T) {
	tests := []struct {
		direction aks.Direction
		from, to  aks.Endpoint
		want      bool
	}{
		{aks.DirInbound, aks.EndNodes, aks.EndPods, true},
		{aks.DirInbound, aks.EndLoadBalancer, aks.EndNodes, true},
		{aks.DirInbound, aks.EndGatewayManager, aks.EndGateway, false},
		{aks.DirInbound, aks.EndInternet, aks.EndFrontend, false},
		{aks.DirOutbound, aks.EndNodes, aks.EndInternet, true},
		{aks.DirOutbound, aks.EndNodes, aks.EndDNS, true},
	}
	for _, tt := range tests {
		if got := aks.AllowedByDefault(tt.direction, tt.from, tt.to); got != tt.want {
			t.Errorf("%s from %s to %s: %v, want %v", tt.direction, tt.from, tt.to, got, tt.want)
		}
	}
}

func TestNATSKUs(t *testing.T) {
	for _, s := range aks.NATSKUs() {
		checkSource(t, s.Name, s.Source)
		if ports := s.PublicIPs4 * s.PortsPerIP; ports != 1_032_192 {
			t.Errorf("%s: %d ports in all", s.Name, ports)
		}
	}
}

func TestServiceTables(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range aks.Annotations() {
		checkUnique(t, seen, a.Name)
		checkSource(t, a.Name, a.Source)
		if strings.HasPrefix(a.Name, aks.AnnotationPrefix) {
			t.Errorf("%s bears the prefix", a.Name)
		}
	}
	for _, i := range aks.Ingresses() {
		checkUnique(t, seen, i.ID)
		checkSource(t, i.ID, i.Source)
	}
}

// Example E31 of the documentation.
func TestStaticEgressNodes(t *testing.T) {
	for bits, want := range map[int]int{27: 0, 28: 16, 29: 8, 30: 4, 31: 2, 32: 0} {
		if got, ok := aks.StaticEgressNodes(bits); got != want || ok != (want > 0) {
			t.Errorf("StaticEgressNodes(%d) = %d, %t", bits, got, ok)
		}
	}
}

// placeholder is a value in a shape or sentence: ‹name:kind›.
var placeholder = regexp.MustCompile(`‹([^‹›]*)›`)

func TestErrorCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range aks.ErrorCodes() {
		name := strings.Join(append([]string{e.Code, e.From}, e.Shapes...), " ")
		checkUnique(t, seen, name)
		checkSource(t, name, e.Source)
		if e.Means == "" || !strings.HasSuffix(e.Means, ".") || e.WayOut == "" || strings.HasSuffix(e.WayOut, ".") {
			t.Errorf(
				"%s: wants a sentence that says what it means, and a way out without a full stop: %q, %q",
				name,
				e.Means,
				e.WayOut,
			)
		}
		if e.Code == "" && len(e.Shapes) == 0 {
			t.Errorf("%q has neither a code nor a text", e.Means)
		}
		checkPlaceholders(t, e)
	}
	if len(seen) < 100 {
		t.Errorf("only %d answers", len(seen))
	}
	if e, ok := aks.ErrorCodeOf("insufficientsubnetsize"); !ok || e.Code != "InsufficientSubnetSize" {
		t.Errorf("code = %q", e.Code)
	}
	if _, ok := aks.ErrorCodeOf("Teapot"); ok {
		t.Error("an unknown code was found")
	}
}

// checkPlaceholders holds the values of a sentence to those that a text gives.
func checkPlaceholders(t *testing.T, e aks.ErrorCode) {
	t.Helper()
	given := map[string]bool{}
	for _, shape := range e.Shapes {
		for _, m := range placeholder.FindAllStringSubmatch(shape, -1) {
			name, kind, _ := strings.Cut(m[1], ":")
			if !slices.Contains([]string{"n", "cidr", "cidrs", "ip", "id", "name", "version", "text"}, kind) {
				t.Errorf("%s: %q has no kind in %q", e.Code, name, shape)
			}
			given[m[1]] = true
		}
	}
	for _, m := range placeholder.FindAllStringSubmatch(e.Told, -1) {
		if !given[m[1]] {
			t.Errorf("%s: no text gives ‹%s›", e.Code, m[1])
		}
	}
}

func TestContradictions(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range aks.Contradictions() {
		checkUnique(t, seen, c.ID)
		checkSource(t, c.ID, c.Source)
		if c.Topic == "" || c.Older == "" || c.Newer == "" || c.Use == "" {
			t.Errorf("%s: row is not filled in", c.ID)
		}
	}
	if c := contradiction("max-surge"); c.Topic != "default maxSurge" {
		t.Errorf("max-surge = %+v", c)
	}
}

// contradiction returns the contradiction with the id, the zero value when there is none.
func contradiction(id string) aks.Contradiction {
	for _, c := range aks.Contradictions() {
		if c.ID == id {
			return c
		}
	}
	return aks.Contradiction{}
}
