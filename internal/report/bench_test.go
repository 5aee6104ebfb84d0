package report

import (
	"io"
	"testing"
)

func BenchmarkTable(b *testing.B) {
	p := planOf(b, twoClusters)
	r := Plan(p, nil, nil)
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Table(io.Discard, TableOptions{Width: 100}); err != nil {
			b.Fatal(err)
		}
	}
}
