package english_test

import (
	"testing"

	"github.com/aksnet/aksnet/internal/english"
)

func TestCount(t *testing.T) {
	for want, got := range map[string]string{
		"0 nodes":     english.Count(0, "node"),
		"1 node":      english.Count(1, "node"),
		"2 nodes":     english.Count(2, "node"),
		"1 address":   english.Count(1, "address"),
		"2 addresses": english.Count(2, "address"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
