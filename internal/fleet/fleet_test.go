package fleet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/fleet"
	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/spec"
)

// TestShapesAreSpecs checks that every shape is a spec that can be read, without mistakes unless they are its point.
func TestShapesAreSpecs(t *testing.T) {
	mistaken := map[string]bool{"unknown-keys": true, "one-name": true}
	for _, shape := range fleet.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			s := spec.Parse(sources(shape.Files(12))...)
			if len(s.Clusters) == 0 {
				t.Error("no clusters")
			}
			if found := len(s.Problems) > 0; found != mistaken[shape.Name] {
				t.Errorf("problems: %v", s.Problems)
			}
		})
	}
}

// TestShapesGrow checks that a fleet of twice the size has twice the text.
func TestShapesGrow(t *testing.T) {
	for _, shape := range fleet.Shapes() {
		small, large := length(shape.Files(100)), length(shape.Files(200))
		if ratio := float64(large) / float64(small); ratio < 1.4 || ratio > 2.1 {
			t.Errorf("%s: 200 has %.2f times the text of 100", shape.Name, ratio)
		}
	}
}

// TestAzureCanBeImported checks that the JSON of az is imported whole.
func TestAzureCanBeImported(t *testing.T) {
	for _, files := range [][]fleet.File{fleet.Azure(12), fleet.AzureSubnets(12)} {
		var e importer.Estate
		if err := e.Add("azure.json", bytes.NewReader(files[0].Data)); err != nil {
			t.Fatal(err)
		}
		text, notes, err := e.Spec()
		if err != nil || len(notes) > 0 {
			t.Errorf("notes %v, error %v", notes, err)
		}
		if n := strings.Count(string(text), "usedAddresses") + strings.Count(string(text), "kubernetesVersion"); n != 12 {
			t.Errorf("%d of 12 imported:\n%s", n, text)
		}
	}
}

func TestLogHasErrors(t *testing.T) {
	if n := bytes.Count(fleet.Log(200)[0].Data, []byte("SubnetIsFull")); n != 2 {
		t.Errorf("%d errors", n)
	}
}

func sources(files []fleet.File) (out []spec.Source) {
	for _, f := range files {
		out = append(out, spec.Source{Name: f.Name, Data: f.Data})
	}
	return out
}

func length(files []fleet.File) (n int) {
	for _, f := range files {
		n += len(f.Data)
	}
	return n
}
