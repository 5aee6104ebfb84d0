package aks_test

import (
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

func TestFactsStateTheTables(t *testing.T) {
	for id, want := range map[string]string{
		"lb-ports-zero":      "1,024 ports a node up to 50 nodes, 512 ports a node up to 100 nodes",
		"version-skew":       "3 minor versions behind",
		"automatic-subnets":  "/26 and /24",
		"automatic-outbound": "loadBalancer, userAssignedNATGateway, userDefinedRouting in your own",
	} {
		if f, ok := aks.FactByID(id); !ok || !strings.Contains(f.Text, want) {
			t.Errorf("%s: %q, want %q", id, f.Text, want)
		}
	}
}
