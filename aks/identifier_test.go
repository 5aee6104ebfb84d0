package aks_test

import (
	"testing"

	"github.com/aksnet/aksnet/aks"
)

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		text                 string
		subscription, region bool
	}{
		{"00000000-0000-0000-0000-000000000000", true, false},
		{"0123abcd-4567-89EF-0000-00000000000a", true, false},
		{"0123abcg-4567-89EF-0000-00000000000a", false, false},
		{"00000000-0000-0000-0000-0000000000000", false, false},
		{"{00000000-0000-0000-0000-000000000000}", false, false},
		{"", false, false},
		{"westeurope", false, true},
		{"West Europe", false, true},
		{"US Gov Virginia2", false, true},
		{"west-europe", false, false},
		{"west  europe", false, false},
		{" westeurope", false, false},
		{"wëst", false, false},
		{"west\"europe", false, false},
		{"west\neurope", false, false},
	} {
		if got := aks.SubscriptionIDOK(c.text); got != c.subscription {
			t.Errorf("SubscriptionIDOK(%q) = %t", c.text, got)
		}
		if got := aks.RegionOK(c.text); got != c.region {
			t.Errorf("RegionOK(%q) = %t", c.text, got)
		}
	}
}
