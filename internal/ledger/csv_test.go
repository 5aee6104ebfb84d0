package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParseCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		problems   []string
	}{
		{"commas", "addressPrefix,kind,name,vnet,cluster,owner\n10.0.0.0/24,vnet,a,,,x\n" +
			"10.0.0.0/25,subnet,s,a,,x\n10.1.0.0/16,podCidr,,,c,y\n",
			[]string{"10.0.0.0/24 virtual network a x", "10.0.0.0/25 subnet s of a x", "10.1.0.0/16 pod CIDR of " +
				"c y"}, nil},
		{"semicolons, BOM, CRLF, quotes", "\ufeffCIDR;Description;Team\r\n\"10.0.0.0/24\";\"DMZ; old\";\"net\"\r\n",
			[]string{"10.0.0.0/24 DMZ; old net"}, nil},
		{"tabs and masks", "Network\tSubnet mask\tUsage\n10.0.0.0\t255.255.252.0\toffice\n10.0.4.0\t24\tlab\n" +
			"10.0.5.0\t/25\tpos\n",
			[]string{"10.0.0.0/22 office ", "10.0.4.0/24 lab ", "10.0.5.0/25 pos "}, nil},
		{"ranges and several in a cell", "IP range,Name\n10.0.0.0-10.0.0.127,a\n10.1.0.0 - 10.1.2.255,b\n" +
			"\"10.2.0.0/24, 10.2.4.0/24\",c\n10.3.0.9,d\n10.4.0.0 255.255.0.0,e\n",
			[]string{"10.0.0.0/25 a ", "10.1.0.0/23 b ", "10.1.2.0/24 b ", "10.2.0.0/24 c ",
				"10.2.4.0/24 c ", "10.3.0.9/32 d ", "10.4.0.0/16 e "}, nil},
		{"networks and subnets, one below the other", "Prefix,Name\n10.0.0.0/22,vnet-a\n10.0.0.0/24,snet-1\n" +
			"10.0.1.0/24,snet-2\n10.0.4.0/24,office\n",
			[]string{"10.0.0.0/22 virtual network vnet-a ", "10.0.0.0/24 subnet snet-1 of vnet-a ",
				"10.0.1.0/24 subnet snet-2 of vnet-a ", "10.0.4.0/24 office "}, nil},
		{"a column for the VNet", "Subnet CIDR,Subnet name,VNet\n10.0.0.0/24,s1,a\n", []string{"10.0.0.0/24 " +
			"subnet s1 of a "}, nil},
		{"rows without a range", "CIDR,Name\n,heading\n10.0.0.0/24,a\n\n", []string{"10.0.0.0/24 a "}, nil},
		{"no column of ranges", "Name,Owner\na,b\n", nil, []string{"1:1 no column has the ranges: name one of " +
			"them addressPrefix, prefix, CIDR or network"}},
		{"wrong cells", "Name,CIDR\na,10.0.0.1/24\nb,10.0.0.0/33\nc,10.9.0.9-10.0.0.1\nd,tbd\n",
			[]string{"10.0.0.0/24 a "}, []string{
				"2:3 10.0.0.1/24 has bits set beyond its length: the prefix is 10.0.0.0/24",
				`3:3 "10.0.0.0/33" is not a prefix: expected one such as 10.40.0.0/22`,
				`4:3 "10.9.0.9-10.0.0.1" is not a range: expected one such as 10.40.0.0-10.40.3.255`,
				`5:3 "tbd" is not a prefix: expected one such as 10.40.0.0/22`,
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, problems := ParseCSV("n.csv", []byte(c.text))
			var got, bad []string
			for _, e := range l.Entries() {
				got = append(got, fmt.Sprintf("%s %s %s", e.AddressPrefix, e.Label(), e.Owner))
			}
			for _, p := range problems {
				bad = append(bad, fmt.Sprintf("%d:%d %s", p.Position.Line, p.Position.Column, p.Message))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if !slices.Equal(bad, c.problems) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(bad, "\n"), strings.Join(c.problems, "\n"))
			}
		})
	}
}

func FuzzParseCSV(f *testing.F) {
	f.Add([]byte("Network;Mask;VNet name;Team\n10.20.0.0;255.255.252.0;vnet-hub;platform\n"))
	f.Add([]byte("CIDR,Name,until\n10.0.0.0/24,a,2026-01-01\n10.0.0.0-10.0.0.9,b,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, problems := ParseCSV("f", data)
		if len(problems) > 0 {
			return
		}
		for _, e := range l.Entries() {
			if !e.AddressPrefix.IsValid() || e.AddressPrefix != e.AddressPrefix.Masked() || e.Kind == "" ||
				e.Label() == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}
