package test

import (
	"runtime"
	"testing"

	"github.com/aksnet/aksnet/internal/fleet"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestFleetsGrowLinearly checks for every shape of a fleet that four times the size takes little more than four times
// the memory to read, plan, validate and turn into resources. Memory that is allocated stands for work: it does not
// depend on the machine.
func TestFleetsGrowLinearly(t *testing.T) {
	for _, shape := range fleet.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			allocated(shape.Files(10)) // what is made once
			small, large := allocated(shape.Files(100)), allocated(shape.Files(400))
			if growth := float64(large) / float64(small); growth > 5 {
				t.Errorf("400 take %.1f times the memory of 100: %d and %d bytes", growth, large, small)
			}
		})
	}
}

// allocated returns how many bytes the work on a spec allocates.
func allocated(files []fleet.File) uint64 {
	var sources []spec.Source
	for _, f := range files {
		sources = append(sources, spec.Source{Name: f.Name, Data: f.Data})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p := plan.Build(spec.Parse(sources...))
	validate.Run(p, validate.Options{})
	resource.Build(p)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
