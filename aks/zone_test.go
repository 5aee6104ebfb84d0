package aks_test

import (
	"testing"

	"github.com/aksnet/aksnet/aks"
)

func TestParsePrivateZone(t *testing.T) {
	for name, want := range map[string]aks.PrivateZone{
		"privatelink.westeurope.azmk8s.io": {Form: "privatelink", Region: "westeurope", Suffix: "azmk8s.io"},
		"Shop.Private.westeurope.azmk8s.io": {
			Subzone: "shop", Form: "private", Region: "westeurope", Suffix: "azmk8s.io",
		},
		"privatelink.azmk8s.io":                 {Form: "privatelink", Region: "azmk8s", Suffix: "io"},
		"shop-privatelink.westeurope.azmk8s.io": {},
		"a.b.privatelink.westeurope.azmk8s.io":  {},
		"privatelink.":                          {},
		"this-label-is-longer-than-32-letters.privatelink.westeurope.azmk8s.io": {},
	} {
		got, ok := aks.ParsePrivateZone(name)
		if got != want || ok != (want != aks.PrivateZone{}) {
			t.Errorf("ParsePrivateZone(%q) = %+v, %t", name, got, ok)
		}
	}
}

func TestPrivateZoneOf(t *testing.T) {
	for _, tt := range []struct {
		region      string
		integration bool
		want        string
	}{
		{"West Europe", false, "privatelink.westeurope.azmk8s.io"},
		{"westeurope", true, "private.westeurope.azmk8s.io"},
		{"usgovvirginia", false, "privatelink.usgovvirginia.cx.aks.containerservice.azure.us"},
		{"USDoD Central", false, "privatelink.usdodcentral.cx.aks.containerservice.azure.us"},
		{"chinanorth3", true, "private.chinanorth3.cx.prod.service.azk8s.cn"},
	} {
		if got := aks.PrivateZoneOf(tt.region, tt.integration).String(); got != tt.want {
			t.Errorf("PrivateZoneOf(%q, %t) = %s, want %s", tt.region, tt.integration, got, tt.want)
		}
	}
}
