package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func planOf(t testing.TB, text string) *plan.Plan {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "aksnet.yaml", Data: []byte(text)})
	return plan.Build(s)
}

func tableOf(t *testing.T, p *plan.Plan, o TableOptions) string {
	t.Helper()
	var out bytes.Buffer
	if err := Plan(p, nil, nil).Table(&out, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const twoClusters = `
apiVersion: aksnet/v1
vnets:
  - {name: vnet-long-name-for-a-network, addressPrefixes: [10.40.0.0/20]}
clusters:
  - name: shop
    vnet: vnet-long-name-for-a-network
    outboundType: userDefinedRouting
    nodePools: [{name: system, count: 3}, {name: apps, maxCount: 40}]
  - name: flat
    vnet: vnet-long-name-for-a-network
    model: node-subnet
    nodePools: [{name: system, count: 3}]
`

func TestTableWidth(t *testing.T) {
	p := planOf(t, twoClusters)
	for _, width := range []int{60, 80, 100, 160} {
		for line := range strings.Lines(tableOf(t, p, TableOptions{Width: width})) {
			if n := displayWidth(strings.TrimRight(line, "\n")); n > width {
				t.Errorf("at %d columns a line has %d: %q", width, n, line)
			}
		}
	}
}

func TestTableKeepsEveryCellWhenFolded(t *testing.T) {
	p := planOf(t, twoClusters)
	narrow := tableOf(t, p, TableOptions{Width: 60})
	for _, word := range strings.Fields(tableOf(t, p, TableOptions{})) {
		if !strings.Contains(narrow, word) {
			t.Errorf("%q is lost at 60 columns", word)
		}
	}
}

func TestTableHasNoTrailingSpace(t *testing.T) {
	for _, o := range []TableOptions{{}, {Width: 80}, {Width: 80, Colour: true}} {
		for line := range strings.Lines(tableOf(t, planOf(t, twoClusters), o)) {
			if strings.TrimRight(line, " \n")+"\n" != line {
				t.Errorf("%+v: trailing space in %q", o, line)
			}
		}
	}
}

func TestTableColour(t *testing.T) {
	p := planOf(t, twoClusters)
	if strings.Contains(tableOf(t, p, TableOptions{}), "\x1b") {
		t.Error("colour that nobody asked for")
	}
	coloured := tableOf(t, p, TableOptions{Colour: true})
	if !strings.Contains(coloured, bold) {
		t.Error("no colour although asked for")
	}
	if strings.NewReplacer(bold, "", red, "", plain, "").Replace(coloured) != tableOf(t, p, TableOptions{}) {
		t.Error("colour moves the text")
	}
}

func TestTableShowsWhatFoundNoRoom(t *testing.T) {
	p := planOf(t, `
apiVersion: aksnet/v1
vnets: [{name: v, addressPrefixes: [10.0.0.0/28]}]
clusters:
  - {name: shop, vnet: v, nodePools: [{name: system, count: 30}]}
`)
	out := tableOf(t, p, TableOptions{Colour: true})
	for _, want := range []string{"Not placed", red + "not placed" + plain, "largest free block"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestTableIsSafeOnATerminal(t *testing.T) {
	nasty := "a\x1b[31m\x07\u202eb\u200b\u00a0é漢"
	p := &plan.Plan{VNets: []*plan.VNet{{
		Name: nasty, Location: nasty, Subnets: []*plan.Subnet{{Name: nasty}, {Name: "short"}},
	}}}
	out := tableOf(t, p, TableOptions{})
	for _, r := range out {
		if r != '\n' && printable.Hidden(r) {
			t.Errorf("%U reaches the terminal", r)
		}
	}
	if !strings.Contains(out, `a\x1b[31m\x07\u202eb\u200b\xa0é漢`) {
		t.Errorf("not shown as written out:\n%s", out)
	}
}

func TestTableAlignsWideText(t *testing.T) {
	p := &plan.Plan{VNets: []*plan.VNet{{
		Name: "v", Subnets: []*plan.Subnet{{Name: "漢字漢字"}, {Name: "e\u0301"}, {Name: "ascii"}},
	}}}
	lines := strings.Split(tableOf(t, p, TableOptions{}), "\n")
	column := 0
	for _, line := range lines {
		at := strings.Index(line, "not placed")
		if at < 0 {
			continue
		}
		if w := displayWidth(line[:at]); column != 0 && w != column {
			t.Errorf("column starts at %d and at %d", column, w)
		} else {
			column = w
		}
	}
	if column == 0 {
		t.Error("no such column")
	}
}

func TestTableDoesNotDependOnTheLocale(t *testing.T) {
	p := planOf(t, twoClusters)
	want := tableOf(t, p, TableOptions{Width: 80})
	for _, locale := range []string{"ja_JP.UTF-8", "C", "zh_CN.GB18030"} {
		t.Setenv("LC_ALL", locale)
		t.Setenv("RUNEWIDTH_EASTASIAN", "1")
		if got := tableOf(t, p, TableOptions{Width: 80}); got != want {
			t.Errorf("%s changes the table", locale)
		}
	}
}

func TestTableOfManyNetworksIsNotSlow(t *testing.T) {
	var text strings.Builder
	text.WriteString("apiVersion: aksnet/v1\naddressSpace: {pools: [10.0.0.0/8]}\nclusters:\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "  - {name: c%d, nodePools: [{name: system, count: 3}]}\n", i)
	}
	out := tableOf(t, planOf(t, text.String()), TableOptions{Width: 120})
	if n := strings.Count(out, "Virtual network "); n != 2000 {
		t.Errorf("%d networks, want 2000", n)
	}
}

func TestJSONIsSafeOnATerminal(t *testing.T) {
	nasty := "\x1b\x7f\u009b\u202e\U000e0001漢"
	var out bytes.Buffer
	if err := Plan(&plan.Plan{VNets: []*plan.VNet{{Name: nasty}}}, nil, nil).JSON(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"\u001b\u007f\u009b\u202e\udb40\udc01漢"`) {
		t.Errorf("not escaped: %s", out.String())
	}
	var back struct{ VNets []struct{ Name string } }
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back.VNets[0].Name != nasty {
		t.Errorf("does not come back: %v %q", err, back)
	}
}
