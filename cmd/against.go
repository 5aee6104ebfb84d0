package cmd

import (
	"bytes"
	"fmt"
	"os"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// readOlder reads what --against names: a plan saved with plan -o json, or the spec of an older day, as a file or a
// folder of files.
func readOlder(io cli.IO, name string) (*plan.Plan, error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("--against: %w", err)
		}
		if plan.Saved(data) {
			return plan.Read(bytes.NewReader(data))
		}
	}
	sources, err := readSources(io, []string{name})
	if err != nil {
		return nil, fmt.Errorf("--against: %w", err)
	}
	s := spec.Parse(sources...)
	for _, p := range s.Problems {
		if !p.Harmless() {
			return nil, fmt.Errorf("--against: %s: %s", p.Position, p.Message)
		}
	}
	return buildPlan(io, s), nil
}
