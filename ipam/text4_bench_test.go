package ipam

import (
	"math/rand/v2"
	"testing"
)

func BenchmarkReadLines4(b *testing.B) {
	const n = 1 << 17
	r := rand.New(rand.NewPCG(1, 2))
	var text []byte
	for range n {
		bits := 12 + r.IntN(21)
		text = append(appendBlock4(text, addr4(r.Uint32()>>(32-bits)<<(32-bits)), bits), '\n')
	}
	for b.Loop() {
		lines := 0
		if rest := readLines4(text, func(entry4) { lines++ }); len(rest) > 0 || lines != n {
			b.Fatal(lines, len(rest))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/line")
}
