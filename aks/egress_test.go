package aks_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
)

func TestClouds(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range aks.Clouds() {
		checkUnique(t, seen, string(c.Cloud))
		checkSource(t, string(c.Cloud), c.Source)
	}
	if c, ok := aks.CloudOf(""); !ok || c.Cloud != aks.CloudPublic {
		t.Errorf("default cloud = %q", c.Cloud)
	}
	if _, ok := aks.CloudOf("moon"); ok || aks.FQDNRules("moon") != nil || len(aks.NetworkRules("moon")) != 0 {
		t.Error("an unknown cloud answers")
	}
}

func TestNetworkRules(t *testing.T) {
	want := map[aks.Cloud][]string{
		aks.CloudPublic: {"tunnel-udp", "tunnel-tcp", "ntp", "dns-udp", "dns-tcp", "api-server", "monitor"},
		aks.CloudChina: {
			"tunnel-udp",
			"tunnel-tcp",
			"tunnel-china",
			"ntp",
			"dns-udp",
			"dns-tcp",
			"api-server",
			"monitor",
		},
		aks.CloudUSGov: {"tunnel-udp", "tunnel-tcp", "ntp", "dns-udp", "dns-tcp", "api-server", "monitor"},
	}
	for cloud, ids := range want {
		var got []string
		for _, r := range aks.NetworkRules(cloud) {
			checkSource(t, r.ID, r.Source)
			got = append(got, r.ID)
		}
		if diff := cmp.Diff(ids, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", cloud, diff)
		}
	}
}

func TestFQDNRules(t *testing.T) {
	want := map[aks.Cloud][]string{
		aks.CloudPublic: {
			"*.hcp.<location>.azmk8s.io", "mcr.microsoft.com", "*.data.mcr.microsoft.com", "mcr-0001.mcr-msedge.net",
			"management.azure.com", "login.microsoftonline.com", "packages.microsoft.com",
			"acs-mirror.azureedge.net", "packages.aks.azure.com",
		},
		aks.CloudChina: {
			"*.hcp.<location>.cx.prod.service.azk8s.cn", "*.tun.<location>.cx.prod.service.azk8s.cn",
			"mcr.microsoft.com", "*.data.mcr.microsoft.com", "mcr.azure.cn", "*.data.mcr.azure.cn",
			"management.chinacloudapi.cn", "login.chinacloudapi.cn", "packages.microsoft.com", "*.azk8s.cn",
		},
		aks.CloudUSGov: {
			"*.hcp.<location>.cx.aks.containerservice.azure.us", "mcr.microsoft.com", "*.data.mcr.microsoft.com",
			"management.usgovcloudapi.net", "login.microsoftonline.us", "packages.microsoft.com",
			"acs-mirror.azureedge.net", "packages.aks.azure.com",
		},
	}
	for cloud, names := range want {
		var got []string
		for _, r := range aks.FQDNRules(cloud) {
			got = append(got, r.FQDN)
		}
		if diff := cmp.Diff(names, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", cloud, diff)
		}
	}
}

func TestAddOnFQDNs(t *testing.T) {
	for _, c := range aks.Clouds() {
		cluster := len(aks.FQDNRules(c.Cloud))
		for _, addOn := range aks.AddOns() {
			rules := aks.FQDNRules(c.Cloud, addOn)[cluster:]
			if unstated := c.Cloud == aks.CloudChina && extension(addOn); (len(rules) == 0) != unstated {
				t.Errorf("%s in %s: %d names", addOn, c.Cloud, len(rules))
			}
			for _, r := range rules {
				checkSource(t, r.FQDN, r.Source)
				if r.AddOn != addOn || r.Cloud != c.Cloud || (r.Port != 443 && r.Port != 80) || strings.HasPrefix(r.FQDN, ".") ||
					r.FQDN == "" ||
					r.Why == "" {
					t.Errorf("%s in %s: %+v", addOn, c.Cloud, r)
				}
			}
		}
	}
	names := func(cloud aks.Cloud, addOn aks.AddOn) (got []string) {
		for _, r := range aks.FQDNRules(cloud, addOn) {
			if r.AddOn != aks.AddOnNone {
				got = append(got, r.FQDN)
			}
		}
		return got
	}
	for _, test := range []struct {
		cloud aks.Cloud
		addOn aks.AddOn
		want  []string
	}{
		{aks.CloudUSGov, aks.AddOnPolicy, []string{"data.policy.azure.us", "store.policy.azure.us"}},
		{aks.CloudChina, aks.AddOnWorkloadIdentity, []string{"login.chinacloudapi.cn"}},
		{
			aks.CloudChina, aks.AddOnCostAnalysis,
			[]string{"management.chinacloudapi.cn", "login.chinacloudapi.cn", "login.microsoftonline.cn"},
		},
		{
			aks.CloudChina, aks.AddOnDefender,
			[]string{
				"login.chinacloudapi.cn", "login.microsoftonline.cn",
				"*.ods.opinsights.azure.cn", "*.oms.opinsights.azure.cn", "*.cloud.defender.microsoft.com",
			},
		},
		{
			aks.CloudUSGov, aks.AddOnDefender,
			[]string{
				"login.microsoftonline.us", "*.ods.opinsights.azure.us", "*.oms.opinsights.azure.us",
				"*.cloud.defender.microsoft.com",
			},
		},
		{
			aks.CloudUSGov, aks.AddOnMonitor,
			[]string{
				"*.ods.opinsights.azure.us", "*.oms.opinsights.azure.us", "dc.services.visualstudio.com",
				"*.in.applicationinsights.azure.com", "login.microsoftonline.us",
				"global.handler.control.monitor.azure.us", "<location>.handler.control.monitor.azure.us",
				"*.ingest.monitor.azure.us", "*.metrics.ingest.monitor.azure.us",
			},
		},
	} {
		if diff := cmp.Diff(test.want, names(test.cloud, test.addOn)); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", test.addOn, test.cloud, diff)
		}
	}
	if !slices.Contains(names(aks.CloudPublic, aks.AddOnMonitor), "*.monitoring.azure.com") {
		t.Error("the public list of monitoring lacks *.monitoring.azure.com")
	}
	if got := names("", aks.AddOnExtensions); len(got) != 12 {
		t.Errorf("extensions need %d names: %v", len(got), got)
	}
}

// extension reports whether an add-on is a cluster extension, for which no page states names in 21Vianet.
func extension(a aks.AddOn) bool {
	facts, _ := a.Facts()
	return facts.Extension
}

func TestAddOnSpellings(t *testing.T) {
	seen := map[string]aks.AddOn{}
	for _, f := range aks.AddOnTable() {
		for _, word := range append([]string{string(f.AddOn), strings.ToUpper(string(f.AddOn)), f.Enable}, f.Spellings...) {
			if word == "" {
				continue
			}
			if got, ok := aks.AddOnNone.Spelled(word); !ok || got != string(f.AddOn) {
				t.Errorf("%q reads as %q, want %s", word, got, f.AddOn)
			}
			if other, twice := seen[strings.ToLower(word)]; twice && other != f.AddOn {
				t.Errorf("%q means %s and %s", word, other, f.AddOn)
			}
			seen[strings.ToLower(word)] = f.AddOn
		}
	}
	for _, word := range []string{"", "-", "virtual-node", "windows"} {
		if got, ok := aks.AddOnNone.Spelled(word); ok {
			t.Errorf("%q reads as %s", word, got)
		}
	}
}

func TestCloudOfRegion(t *testing.T) {
	for region, want := range map[string]aks.Cloud{
		"": aks.CloudPublic, "westeurope": aks.CloudPublic, "USGov Virginia": aks.CloudUSGov, "usdodcentral": aks.CloudUSGov,
		"China East 2": aks.CloudChina, "centralus": aks.CloudPublic,
	} {
		if got := aks.CloudOfRegion(region); got != want {
			t.Errorf("%q is in %s, want %s", region, got, want)
		}
	}
}

func TestGPUSize(t *testing.T) {
	for size, want := range map[string]bool{
		"Standard_NC24ads_A100_v4": true, "standard_nd96isr_h100_v5": true, "Standard_NV6ads_A10_v5": true, "": false,
		"Standard_NP10s": false, "Standard_D4s_v5": false, "N": false,
	} {
		if got := aks.GPUSize(size); got != want {
			t.Errorf("%q: %v", size, got)
		}
	}
}
