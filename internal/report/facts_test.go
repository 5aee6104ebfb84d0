package report

import (
	"slices"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

func TestFacts(t *testing.T) {
	all := Facts().value.(factsDocument)
	if len(all.Facts) != len(aks.Facts()) || len(all.Retirements) != len(aks.Retirements()) ||
		len(all.Versions) != len(aks.KubernetesReleases()) || len(all.OSImages) != len(aks.OSImages()) ||
		len(all.Overlaps) != len(aks.Overlaps()) {
		t.Error("without words, rows are missing")
	}
	some := Facts("WINDOWS", "2022").value.(factsDocument)
	has := func(r aks.Retirement) bool { return r.ID == "windows-2022" }
	if !slices.ContainsFunc(some.Retirements, has) || len(some.Retirements) >= len(all.Retirements) {
		t.Errorf("retirements %v", some.Retirements)
	}
	version := Facts("kubernetes", "1.34").value.(factsDocument).Versions
	if len(version) != 1 || version[0].Minor != "1.34" {
		t.Errorf("versions %v", version)
	}
	image := Facts("fips", "required").value.(factsDocument).OSImages
	if len(image) != 1 || image[0].SKU != aks.Windows2025 {
		t.Errorf("images %v", image)
	}
	if none := Facts("no such word"); len(none.sheet) != 0 {
		t.Errorf("sections %v", none.sheet)
	}
}
