package report

import (
	"slices"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

func TestFacts(t *testing.T) {
	all := Facts().value.(factsDocument)
	if len(all.Facts) != len(aks.Facts()) || len(all.Retirements) != len(aks.Retirements()) ||
		len(all.Overlaps) != len(aks.Overlaps()) {
		t.Error("without words, rows are missing")
	}
	some := Facts("WINDOWS", "2022").value.(factsDocument)
	has := func(r aks.Retirement) bool { return r.ID == "windows-2022" }
	if !slices.ContainsFunc(some.Retirements, has) || len(some.Retirements) >= len(all.Retirements) {
		t.Errorf("retirements %v", some.Retirements)
	}
	if none := Facts("no such word"); len(none.sheet) != 0 {
		t.Errorf("sections %v", none.sheet)
	}
}
