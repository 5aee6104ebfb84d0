package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"go4.org/netipx"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// columnNames is how spreadsheets call what an entry has, in letters and digits only.
func columnNames() map[string][]string {
	return map[string][]string{
		"addressPrefix": {
			"addressprefix",
			"prefix",
			"cidr",
			"network",
			"range",
			"iprange",
			"addressspace",
			"subnetcidr",
			"ip",
			"ipaddress",
			"networkaddress",
			"addressrange",
			"ipv4",
			"block",
			"adresse",
			"netz",
		},
		"mask": {"mask", "netmask", "subnetmask", "prefixlength", "length", "bits", "size", "masklength"},
		"name": {
			"name",
			"vnetname",
			"subnetname",
			"description",
			"purpose",
			"usage",
			"usedfor",
			"comment",
			"title",
			"label",
		},
		"vnet":    {"vnet", "virtualnetwork", "parent", "parentvnet"},
		"kind":    {"kind", "type", "category"},
		"cluster": {"cluster", "aks", "akscluster", "clustername"},
		"owner":   {"owner", "team", "contact", "department", "responsible", "project", "subscription", "environment"},
		"state":   {"state", "status"},
		"until":   {"until", "expires", "expiry"},
		"spec":    {"spec"},
	}
}

// table reads a spreadsheet that was saved as text.
type table struct {
	reader
	columns map[string]int
	header  []string
}

// ParseCSV reads a spreadsheet that was saved as text, with commas, semicolons or tabs: one range a row, or several in
// one cell. The first row names the columns; only the one with the ranges is needed. Rows without a range are left
// out. Entries are committed unless a column says otherwise: what a spreadsheet lists is in use.
func ParseCSV(name string, data []byte) (*Ledger, []spec.Problem) {
	t := table{reader: reader{name: name, ledger: &Ledger{}}}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma = delimiter(data)
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, column := 1, 1
			if at := (*csv.ParseError)(nil); errors.As(err, &at) {
				line, column = at.Line, at.Column
			}
			t.problem(RuleFormat, line, span{column, column + 1}, "this row cannot be read: %v", errors.Unwrap(err))
			break
		}
		if t.columns == nil {
			if !t.head(row, in) {
				break
			}
			continue
		}
		t.row(row, in)
	}
	t.ledger.add()
	if _, ok := t.columns["kind"]; !ok {
		t.ledger.nest()
	}
	return t.ledger, t.problems
}

// nest turns a range that holds others into a network, and those into its subnets: a spreadsheet without a column for
// the
// kind lists both, one below the other.
func (l *Ledger) nest() {
	var outer *Entry
	for _, e := range l.entries {
		switch {
		case outer == nil || !ipam.Covers(outer.AddressPrefix, e.AddressPrefix):
			outer = e
		case e.Kind != Static || outer.Kind != Static && outer.Kind != VNet || outer.AddressPrefix == e.AddressPrefix:
		default:
			outer.Kind, e.Kind, e.VNet = VNet, Subnet, outer.Name
		}
	}
}

// delimiter returns what separates the columns: what the first line has most of.
func delimiter(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range ";\t|" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// head reads the names of the columns.
func (t *table) head(row []string, in *csv.Reader) bool {
	t.header = row
	t.columns = map[string]int{}
	for key, names := range columnNames() {
		best := len(names)
		for i, cell := range row {
			for rank, name := range names {
				if letters(cell) == name && rank < best {
					best = rank
					t.columns[key] = i
				}
			}
		}
	}
	if _, ok := t.columns["addressPrefix"]; ok {
		return true
	}
	line, column := in.FieldPos(0)
	t.problem(RuleFormat, line, span{column, column + 1},
		"no column has the ranges: name one of them addressPrefix, prefix, CIDR or network")
	return false
}

// letters returns the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// cell returns the text of a column in a row, and where it is.
func (t *table) cell(key string, row []string, in *csv.Reader) (*item, bool) {
	i, ok := t.columns[key]
	if !ok || i >= len(row) {
		return nil, false
	}
	text := strings.TrimSpace(row[i])
	line, column := in.FieldPos(i)
	return &item{key: key, value: text, line: line, at: span{column, column + max(1, len([]rune(text)))}}, text != ""
}

// row reads the ranges of a row.
func (t *table) row(row []string, in *csv.Reader) {
	ranges, ok := t.cell("addressPrefix", row, in)
	if !ok {
		return
	}
	e := Entry{State: Committed, Kind: Static}
	text := func(key string, to *string) {
		if it, ok := t.cell(key, row, in); ok {
			*to = it.value
		}
	}
	text("name", &e.Name)
	text("vnet", &e.VNet)
	text("cluster", &e.Cluster)
	text("owner", &e.Owner)
	text("spec", &e.Spec)
	t.kind(&e, row, in)
	if it, ok := t.cell("state", row, in); ok {
		if letters(it.value) == string(Reserved) {
			e.State = Reserved
		}
	}
	if it, ok := t.cell("until", row, in); ok {
		e.Until = t.date(it)
	}
	if e.Name == "" && e.Kind != PodCIDR && e.Kind != ServiceCIDR {
		e.Name = "row " + fmt.Sprint(ranges.line)
	}
	for _, p := range t.ranges(ranges, row, in) {
		one := e
		one.AddressPrefix, one.line = p, ranges.line
		one.columns = map[string]span{"addressPrefix": ranges.at}
		t.ledger.entries = append(t.ledger.entries, &one)
	}
}

// kind sets the kind of an entry: the one of its column, else what its other columns say.
func (t *table) kind(e *Entry, row []string, in *csv.Reader) {
	kinds := map[string]Kind{
		"vnet": VNet, "virtualnetwork": VNet, "network": VNet, "subnet": Subnet,
		"podcidr": PodCIDR, "pods": PodCIDR, "pod": PodCIDR,
		"servicecidr": ServiceCIDR, "services": ServiceCIDR, "service": ServiceCIDR, "static": Static,
	}
	it, ok := t.cell("kind", row, in)
	if ok {
		e.Kind = kinds[letters(it.value)]
	}
	named := letters(t.heading("name"))
	switch {
	case e.Kind != "" && e.Kind != Static:
	case e.VNet != "" && e.Name != "" && e.VNet != e.Name:
		e.Kind = Subnet
	case e.VNet != "" || named == "vnetname":
		e.Kind = VNet
		if e.Name == "" {
			e.Name = e.VNet
		}
		e.VNet = ""
	default:
		e.Kind = Static
	}
	switch {
	case e.Kind == Subnet && e.VNet == "", (e.Kind == PodCIDR || e.Kind == ServiceCIDR) && e.Cluster == "":
		e.Kind = Static
	case e.Kind == VNet:
		e.VNet = ""
	}
}

// heading returns the name that the spreadsheet gives a column.
func (t *table) heading(key string) string {
	if i, ok := t.columns[key]; ok {
		return t.header[i]
	}
	return ""
}

// ranges reads the ranges of a cell: prefixes, or first and last addresses, separated by anything else than a dash.
func (t *table) ranges(cell *item, row []string, in *csv.Reader) (out []netip.Prefix) {
	mask, hasMask := t.cell("mask", row, in)
	text := strings.NewReplacer(" - ", "-", "–", "-", " /", "/", "/ ", "/").Replace(cell.value)
	parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|", r) })
	if len(parts) == 2 && !hasMask && isMask(parts[1]) {
		parts, mask, hasMask = parts[:1], &item{key: "mask", value: parts[1], line: cell.line, at: cell.at}, true
	}
	for _, part := range parts {
		it := *cell
		it.value = part
		switch {
		case strings.Contains(part, "-"):
			out = append(out, t.fromTo(&it)...)
		case !strings.Contains(part, "/") && hasMask:
			out = append(out, t.masked(&it, mask)...)
		case !strings.Contains(part, "/"):
			if a, err := netip.ParseAddr(part); err == nil {
				out = append(out, netip.PrefixFrom(a, a.BitLen()))
				continue
			}
			fallthrough
		default:
			if p := t.prefix(&it); p.IsValid() {
				out = append(out, p)
			}
		}
	}
	return out
}

// fromTo reads a range of first and last address.
func (t *table) fromTo(it *item) []netip.Prefix {
	r, err := netipx.ParseIPRange(it.value)
	if err != nil {
		t.problem(RuleFormat, it.line, it.at, "%q is not a range: expected one such as 10.40.0.0-10.40.3.255", it.value)
		return nil
	}
	return r.Prefixes()
}

// masked reads an address and the mask of another cell: 255.255.252.0, /22 or 22.
func (t *table) masked(it, mask *item) []netip.Prefix {
	length := strings.TrimPrefix(mask.value, "/")
	if a, err := netip.ParseAddr(length); err == nil && isMask(length) {
		b := a.As4()
		ones := 0
		for _, octet := range b {
			ones += bits.OnesCount8(octet)
		}
		length = fmt.Sprint(ones)
	}
	joined := *it
	joined.value = it.value + "/" + length
	if p := t.prefix(&joined); p.IsValid() {
		return []netip.Prefix{p}
	}
	return nil
}

// isMask reports whether a text is a netmask such as 255.255.252.0.
func isMask(s string) bool {
	a, err := netip.ParseAddr(s)
	if err != nil || !a.Is4() {
		return false
	}
	b := a.As4()
	n := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	return n != 0 && bits.LeadingZeros32(^n)+bits.TrailingZeros32(n) == 32
}

// Import adds the entries of a spreadsheet, or of what is in use, that the ledger does not have. An entry of the same
// use
// and range stays as it is. With a conflict the ledger is unchanged.
func (l *Ledger) Import(entries []*Entry, now time.Time) (Changes, []Conflict) {
	have := map[use]map[netip.Prefix]bool{}
	for _, e := range l.entries {
		if have[e.use()] == nil {
			have[e.use()] = map[netip.Prefix]bool{}
		}
		have[e.use()][e.AddressPrefix] = true
	}
	var changes Changes
	var conflicts []Conflict
	for _, e := range entries {
		if have[e.use()][e.AddressPrefix] {
			continue
		}
		if c, ok := l.conflict(nil, e); ok {
			conflicts = append(conflicts, c)
			continue
		}
		added := *e
		added.Since = now
		changes.Added = append(changes.Added, &added)
	}
	if len(conflicts) > 0 {
		return Changes{}, conflicts
	}
	l.add(changes.Added...)
	return changes, nil
}
