package report

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/aksnet/aksnet/internal/fleet"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// planned returns the plan of a fleet of one shape, and what is wrong with it.
func planned(t testing.TB, shape string, n int) (*plan.Plan, validate.Result) {
	shapes := fleet.Shapes()
	i := slices.IndexFunc(shapes, func(s fleet.Shape) bool { return s.Name == shape })
	if i < 0 {
		t.Fatalf("no shape %q", shape)
	}
	var sources []spec.Source
	for _, f := range shapes[i].Files(n) {
		sources = append(sources, spec.Source{Name: f.Name, Data: f.Data})
	}
	p := plan.Build(spec.Parse(sources...))
	return p, validate.Run(p, validate.Options{})
}

// TestStreamsWhatEncodersWrite compares documents that are written piece by piece with those of encoding/json.
func TestStreamsWhatEncodersWrite(t *testing.T) {
	p, r := planned(t, "faults", 3)
	type inner struct {
		One  int      `json:"one,omitempty"`
		List []string `json:"list"`
	}
	type document struct {
		*inner
		Hidden int            `json:"-"`
		Empty  []int          `json:"empty"`
		None   []int          `json:"none,omitempty"`
		Map    map[string]int `json:"map"`
		Bytes  []byte         `json:"bytes"`
		Any    any            `json:"any"`
		own    int
	}
	for i, v := range []any{
		planDocument{Plan: p, Findings: r.Findings}, planDocument{Plan: p, Explain: plan.Explain(p)}, r, &r,
		document{inner: &inner{List: []string{"a", "<b>"}}, Empty: []int{}, Bytes: []byte("x"), own: 1},
		document{inner: &inner{}},
		struct{}{}, "text", []int{1, 2}, map[string]int{"a": 1}, nil,
	} {
		var got, want bytes.Buffer
		if err := WriteJSON(&got, v); err != nil {
			t.Fatal(err)
		}
		if err := encodeJSON(&want, v, ""); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%d: got\n%s\nwant\n%s", i, got.Bytes(), want.Bytes())
		}
		if err := writeYAML(&got, v); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// TestPartsAreSmall checks that no write holds a large part of a document.
func TestPartsAreSmall(t *testing.T) {
	p, r := planned(t, "own", 200)
	for name, write := range map[string]func(io.Writer, any) error{"json": WriteJSON, "yaml": writeYAML} {
		var w largest
		if err := write(&w, planDocument{Plan: p, Findings: r.Findings}); err != nil {
			t.Fatal(err)
		}
		if w.most > 1<<16 || w.all < 1<<19 {
			t.Errorf("%s: %d of %d bytes in one write", name, w.most, w.all)
		}
	}
}

// largest keeps the length of the largest write, and of all.
type largest struct{ most, all int }

func (l *largest) Write(p []byte) (int, error) {
	l.most, l.all = max(l.most, len(p)), l.all+len(p)
	return len(p), nil
}
