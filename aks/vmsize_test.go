package aks

import "testing"

func TestVCPUs(t *testing.T) {
	for size, want := range map[string]int{
		"Standard_D2s_v5": 2, "Standard_DS1_v2": 1, "Standard_DS3_v2": 4, "Standard_D4_v3": 4, "Standard_D1": 1,
		"Standard_B1ms": 1, "Standard_B2s": 2, "Standard_B2ats_v2": 2, "Standard_E16-4s_v5": 4, "Standard_A1_v2": 1,
		"Standard_A1": 1, "Standard_F1s": 1, "Standard_M416-208s_v2": 208, "standard_D8ads_v6": 8, "Standard_DC4as_v5": 4,
		"Standard_D2_v2_Promo": 2, "Standard_GS1": 0, "large": 0, "": 0, "Standard_D9": 0,
	} {
		if got, ok := VCPUs(size); got != want || ok != (want > 0) {
			t.Errorf("VCPUs(%q) = %d, %v, want %d", size, got, ok, want)
		}
	}
}

func TestSameMachines(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"Standard_D4s_v5", "Standard_D8s_v5", true},
		{"Standard_D4s_v5", "Standard_D4ps_v5", false},
		{"Standard_E4pds_v6", "Standard_E8ds_v6", false},
		{"Standard_B2pts_v2", "Standard_D4pds_v6", true},
		{"Standard_D4as_v5", "Standard_DC4as_v5", false},
		{"Standard_D2_v2_Promo", "Standard_D2_v2", true},
		{"Standard_D4s_v5", "large", true},
	} {
		if got := SameMachines(c.from, c.to); got != c.want {
			t.Errorf("SameMachines(%q, %q) = %v", c.from, c.to, got)
		}
	}
}

func TestKindsOfSizes(t *testing.T) {
	for size, want := range map[string][2]bool{
		"Standard_B4ms": {true, false}, "Standard_D4s_v5": {}, "Standard_DC4as_v5": {false, true},
		"Standard_EC8ads_v5": {false, true}, "Standard_DC8es_v6": {false, true}, "Standard_DC2s_v3": {}, "": {},
	} {
		if got := [2]bool{Burstable(size), Confidential(size)}; got != want {
			t.Errorf("%q: burstable, confidential = %v, want %v", size, got, want)
		}
	}
}
