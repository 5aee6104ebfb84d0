package calc

import "testing"

func TestGrouped(t *testing.T) {
	for arg, want := range map[string]string{
		"1": "1", "999": "999", "1000": "1,000", "1234567": "1,234,567",
		"2^49": "562,949,953,421,312", "2^64": "2^64", "2^128": "2^128",
	} {
		n, err := ParseHosts(arg)
		if err != nil {
			t.Fatal(err)
		}
		if got := (Count{n}).Grouped(); got != want {
			t.Errorf("%s is grouped as %s, want %s", arg, got, want)
		}
	}
}

func TestCountInJSON(t *testing.T) {
	for arg, want := range map[string]string{
		"1": "1", "9007199254740991": "9007199254740991", "2^53": "9007199254740992",
		"9007199254740993": `"9007199254740993"`, "2^128": `"340282366920938463463374607431768211456"`,
	} {
		n, err := ParseHosts(arg)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := (Count{n}).MarshalJSON(); string(got) != want {
			t.Errorf("%s is %s in JSON, want %s", arg, got, want)
		}
	}
}

func TestParseHostsRefusesNone(t *testing.T) {
	for _, text := range []string{"0", "000", "0_000", "", "-1", "2^"} {
		if n, err := ParseHosts(text); err == nil {
			t.Errorf("%q is %v hosts", text, n)
		}
	}
}
