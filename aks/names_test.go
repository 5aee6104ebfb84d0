package aks_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
)

func TestNameRules(t *testing.T) {
	tests := []struct {
		kind      aks.NameKind
		min, max  int
		good, bad []string
	}{
		{
			aks.NameResourceGroup, 1, 90, []string{"rg", "_x", "(a)", ".a", "größe", "a_"},
			[]string{"", "a.", "a b", "a/b", "a\n", "a\xff"},
		},
		{
			aks.NameVNet,
			2,
			64,
			[]string{"ab", "vnet-hub", "v_", "1a"},
			[]string{"a", "-ab", "ab-", "ab.", "_ab", "a b", "ä1"},
		},
		{aks.NameSubnet, 1, 80, []string{"a", "snet_pods_", "0"}, []string{"", "_a", "a-", "a/b", "a:b"}},
		{aks.NameNSG, 1, 80, []string{"n", "nsg.x"}, []string{"nsg.", "-nsg"}},
		{aks.NameSecurityRule, 1, 80, []string{"Allow_443"}, []string{"Allow 443"}},
		{aks.NameRouteTable, 1, 80, []string{"rt"}, []string{"rt$"}},
		{aks.NameRoute, 1, 80, []string{"default"}, []string{"0.0.0.0/0"}},
		{aks.NamePublicIP, 1, 80, []string{"pip"}, []string{"pip-"}},
		{aks.NamePublicIPPrefix, 1, 80, []string{"ippre"}, []string{".x"}},
		{aks.NameLoadBalancer, 1, 80, []string{"kubernetes"}, []string{"lb!"}},
		{aks.NameNIC, 1, 80, []string{"nic"}, []string{"nic\t"}},
		{aks.NamePeering, 1, 80, []string{"hub-to-shop"}, []string{"hub>shop"}},
		{aks.NameAppGateway, 1, 80, []string{"agw"}, []string{"agw-"}},
		{aks.NameFirewall, 1, 80, []string{"afw"}, []string{""}},
		{aks.NameNATGateway, 1, 80, []string{"ng-shop"}, []string{"ng-"}},
		{aks.NameIdentity, 3, 128, []string{"id_", "a--"}, []string{"ab", "-ab", "a.b"}},
		{aks.NameDeployment, 1, 64, []string{"(x)", ".", "-"}, []string{"", "a b"}},
		{aks.NameCluster, 1, 63, []string{"a", "shop_prod-1", "9"}, []string{"", "-a", "a-", "a_", "a.b", "ü"}},
		{aks.NameLinuxPool, 1, 12, []string{"system", "a1"}, []string{"", "1a", "User", "a-b", "a_b"}},
		{aks.NameWindowsPool, 1, 6, []string{"win22", "npwin1"}, []string{"windows", "Win", "2win"}},
		{aks.NameDNSPrefix, 1, 54, []string{"a", "shop-prod", "9a"}, []string{"", "a.b", "a-", "-a", "a_b"}},
		{aks.NameNodeResourceGroup, 1, 80, []string{"MC_rg_shop_westeurope"}, []string{"", "mc."}},
		{aks.NameLinuxAdmin, 1, 32, []string{"azureuser", "a-"}, []string{"", "1a", "a.b"}},
		{aks.NameIstioGateway, 1, 53, []string{"egress-1", "a"}, []string{"Egress", "-a", "a-"}},
		{aks.NameGateway, 1, 62, []string{"gw", "a.b"}, []string{"GW", ".a"}},
	}
	tested := map[string]bool{}
	for _, tt := range tests {
		checkUnique(t, tested, string(tt.kind))
		r, ok := aks.NameRuleFor(tt.kind)
		if !ok || r.Min != tt.min || r.Max != tt.max {
			t.Errorf("%s: %t, %d to %d, want %d to %d", tt.kind, ok, r.Min, r.Max, tt.min, tt.max)
			continue
		}
		for _, name := range append(tt.good, strings.Repeat("a", tt.min), strings.Repeat("a", tt.max)) {
			if !r.Valid(name) {
				t.Errorf("%s: %q refused", tt.kind, name)
			}
		}
		for _, name := range append(tt.bad, strings.Repeat("a", tt.min-1), strings.Repeat("a", tt.max+1)) {
			if r.Valid(name) {
				t.Errorf("%s: %q accepted", tt.kind, name)
			}
		}
	}
	for _, r := range aks.NameRules() {
		checkSource(t, string(r.Kind), r.Source)
		if !tested[string(r.Kind)] || r.Title == "" || r.Describe == "" {
			t.Errorf("%s: not tested or not described", r.Kind)
		}
	}
	if _, ok := aks.NameRuleFor("no-such-kind"); ok {
		t.Error("an unknown kind has a rule")
	}
}

// The pattern that is shown and the matcher that decides must say the same.
func TestNamePatterns(t *testing.T) {
	rules := aks.NameRules()
	compiled := make([]*regexp.Regexp, len(rules))
	for i, r := range rules {
		compiled[i] = regexp.MustCompile(r.Pattern)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("abzAZ09-_.() /\n\u00e9")), 1, 6, -1).Draw(t, "name")
		for i, r := range rules {
			if got, want := r.CharactersOK(name), compiled[i].MatchString(name); got != want {
				t.Fatalf("%s: %q is %t, its pattern says %t", r.Kind, name, got, want)
			}
		}
	})
}

func TestPoolNameKind(t *testing.T) {
	if aks.PoolNameKind(aks.Windows) != aks.NameWindowsPool || aks.PoolNameKind(aks.Linux) != aks.NameLinuxPool ||
		aks.PoolNameKind("") != aks.NameLinuxPool {
		t.Error("wrong kind of pool name")
	}
}

func TestLabels(t *testing.T) {
	tests := []struct {
		name, value string
		want        bool
	}{
		{"plain", "vnet-shop", true},
		{"empty", "", true},
		{"dots inside", "a.b_c-d", true},
		{"63", strings.Repeat("a", 63), true},
		{"64", strings.Repeat("a", 64), false},
		{"vnet ending in underscore", "vnet_", false},
		{"group with parentheses", "rg(shop)", false},
		{"leading underscore", "_codafication-rg", false},
		{"leading dot", ".rg", false},
		{"unicode", "größe", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := len(tt.value) <= aks.MaxLabel && aks.LabelCharactersOK(tt.value); got != tt.want {
				t.Errorf("%q is a label: %t", tt.value, got)
			}
		})
	}
	if !aks.LabelCharactersOK(strings.Repeat("a", 64)) {
		t.Error("length is none of the characters' business")
	}
}

func TestDefaultNodeResourceGroup(t *testing.T) {
	got := aks.DefaultNodeResourceGroup("rg", "shop", "westeurope")
	if got != "MC_rg_shop_westeurope" {
		t.Errorf("name = %q", got)
	}
	if want := len("rg") + len("shop") + len("westeurope") + 5; utf8.RuneCountInString(got) != want {
		t.Errorf("length = %d, the formula says %d", len(got), want)
	}
}

func TestReservedWords(t *testing.T) {
	tests := []struct{ name, want string }{
		{"my-Microsoft-app", "MICROSOFT"}, {"windowsfarm", "WINDOWS"}, {"loginpage", "LOGIN"}, {"xbox1", "XBOX"},
		{"my-login", ""}, {"shop", ""}, {"my-xbox", ""},
		{"Azure", "AZURE"}, {"azure-shop", ""}, {"office365", "OFFICE365"}, {"", ""},
	}
	for _, tt := range tests {
		if w, ok := aks.ReservedWordIn(tt.name); w.Word != tt.want || ok != (tt.want != "") {
			t.Errorf("ReservedWordIn(%q) = %q, %t", tt.name, w.Word, ok)
		}
	}
	for _, w := range aks.ReservedWords() {
		checkSource(t, w.Word, w.Source)
	}
}
