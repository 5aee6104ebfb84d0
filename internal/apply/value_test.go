package apply

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func fromJSON(t testing.TB, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCompare(t *testing.T) {
	for name, tc := range map[string]struct {
		want, have string
		paths      []string
	}{
		"equal":                {`{"a": 1}`, `{"a": 1, "b": 2}`, nil},
		"missing":              {`{"a": {"b": "x"}}`, `{}`, []string{"a.b"}},
		"region in words":      {`{"location": "westeurope"}`, `{"location": "West Europe"}`, nil},
		"id in another case":   {`{"x": {"id": "/Subscriptions/A"}}`, `{"x": {"id": "/subscriptions/a"}}`, nil},
		"tag in another case":  {`{"tags": {"a": "X"}}`, `{"tags": {"a": "x"}}`, []string{"tags.a"}},
		"foreign tag":          {`{"tags": {"a": "x"}}`, `{"tags": {"a": "x", "b": "y"}}`, nil},
		"one prefix or a list": {`{"addressPrefix": "10.0.0.0/24"}`, `{"addressPrefixes": ["10.0.0.0/24"]}`, nil},
		"a prefix too many": {
			`{"sourceAddressPrefix": "10.0.0.0/24"}`,
			`{"sourceAddressPrefix": "10.0.0.0/24", "sourceAddressPrefixes": ["10.0.0.0/24", "0.0.0.0/0"]}`,
			[]string{"sourceAddressPrefixes"},
		},
		"prefixes in another order": {
			`{"addressPrefixes": ["10.0.0.0/24", "10.0.1.0/24"]}`, `{"addressPrefixes": ["10.0.1.0/24", "10.0.0.0/24"]}`, nil,
		},
		"IPv6 in long form": {`{"addressPrefixes": ["fd00::/64"]}`, `{"addressPrefixes": ["fd00:0:0:0::/64"]}`, nil},
		"DNS in another order": {
			`{"dnsServers": ["10.0.0.4", "10.0.0.5"]}`, `{"dnsServers": ["10.0.0.5", "10.0.0.4"]}`, []string{"dnsServers"},
		},
		"false and absent":       {`{"disableBgpRoutePropagation": false}`, `{}`, nil},
		"outbound access absent": {`{"defaultOutboundAccess": false}`, `{}`, []string{"defaultOutboundAccess"}},
		"true and false":         {`{"a": true}`, `{"a": false}`, []string{"a"}},
		"foreign route": {
			`{"routes": [{"name": "A", "p": 1}]}`, `{"routes": [{"name": "b", "p": 2}, {"name": "a", "p": 1}]}`, nil,
		},
		"route to add": {
			`{"routes": [{"name": "a", "p": 1}]}`, `{"routes": [{"name": "b", "p": 2}]}`, []string{"routes[a]"},
		},
		"route to change": {
			`{"routes": [{"name": "a", "p": 1, "q": 1}]}`, `{"routes": [{"name": "a", "p": 2, "q": 1}]}`,
			[]string{"routes[a].p"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range compare(fromJSON(t, tc.want), fromJSON(t, tc.have)) {
				got = append(got, p.Path)
			}
			if d := cmp.Diff(tc.paths, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	got := merge(
		fromJSON(
			t,
			`{"a": 1, "addressPrefixes": ["10.0.0.0/24", "fd00::/64"], "routes": [{"name": "r", "p": {"x": 1}}, {"name": "new"}]}`,
		),
		fromJSON(
			t,
			`{"a": 2, "newer": true, "addressPrefix": "10.0.0.0/24", "routes": [{"name": "theirs"}, {"name": "R", "p": {"x": 0, "y": 2}}]}`,
		),
	)
	want := fromJSON(t, `{"a": 1, "newer": true, "addressPrefixes": ["10.0.0.0/24", "fd00::/64"],
		"routes": [{"name": "theirs"}, {"name": "r", "p": {"x": 1, "y": 2}}, {"name": "new"}]}`)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// value draws any JSON of the shape that bodies have.
func value(depth int) *rapid.Generator[any] {
	leaf := rapid.OneOf(
		rapid.Map(rapid.SampledFrom([]string{"a", "B", "b", "", "10.0.0.0/24", "westeurope"}),
			func(s string) any { return s }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.IntRange(0, 3), func(n int) any { return float64(n) }),
	)
	if depth == 0 {
		return leaf
	}
	keys := rapid.SampledFrom([]string{
		"a", "b", "tags", "addressPrefix", "addressPrefixes", "defaultOutboundAccess", "location",
	})
	element := rapid.Custom(func(t *rapid.T) any {
		m := map[string]any{"name": rapid.SampledFrom([]string{"x", "y", "Y"}).Draw(t, "name")}
		m["v"] = value(depth-1).Draw(t, "v")
		return m
	})
	return rapid.OneOf(leaf,
		rapid.Map(rapid.MapOfN(keys, value(depth-1), 0, 4), func(m map[string]any) any { return m }),
		rapid.Map(rapid.SliceOfNDistinct(element, 0, 3,
			func(x any) string { return strings.ToLower(at(x, "name").(string)) }), func(l []any) any { return l }),
	)
}

// What is merged differs from what is wanted in nothing, and merging again changes nothing: an apply ends the
// difference.
func TestMergeEndsDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.MapOfN(rapid.SampledFrom([]string{"location", "properties", "tags", "routes"}), value(3), 0, 4)
		want, have := body.Draw(t, "want"), body.Draw(t, "have")
		merged := merge(want, clone(have)).(map[string]any)
		if left := compare(want, merged); len(left) > 0 {
			t.Fatalf("left: %v", left)
		}
		if d := cmp.Diff(merged, merge(want, clone(merged))); d != "" {
			t.Fatalf("merged again: %s", d)
		}
	})
}

func TestRedact(t *testing.T) {
	t.Setenv("AZURE_CLIENT_SECRET", "p4ss~word")
	for in, want := range map[string]string{
		"plain text":                             "plain text",
		"secret p4ss~word here":                  "secret *** here",
		"Authorization: Bearer abcdef0123456":    "Authorization: ***",
		"token eyJhbGciOiJub25l.eyJhdWQi.c2ln x": "token *** x",
		"see https://a.b/c?t=1&s=sig and more":   "see https://a.b/c and more",
		`Get "https://a.b/c?code=x": EOF`:        `Get "https://a.b/c": EOF`,
		"client_secret=abc&x=1":                  "***&x=1",
	} {
		if got := Redact(errors.New(in)).Error(); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

// What Azure answers cannot command a terminal.
func TestFailureIsOneCleanLine(t *testing.T) {
	f := &Failure{Status: 400, Code: "Bad\x1b[2J", Message: "line\r\nnext \u202eevil \u009b31m"}
	if got := f.Error(); strings.ContainsAny(got, "\x1b\r\n\u202e\u009b") {
		t.Errorf("got %q", got)
	}
}

func TestOptions(t *testing.T) {
	for name, tc := range map[string]struct {
		o    Options
		want string
	}{
		"public": {Options{}, ""},
		"usgov":  {Options{Cloud: "usgov"}, ""},
		"china":  {Options{Cloud: "china"}, ""},
		"custom": {
			Options{Cloud: "custom", ARMEndpoint: "https://management.example", AuthorityHost: "https://login.example/"}, "",
		},
		"unknown":         {Options{Cloud: "mars"}, "accepted: public, usgov, china, custom"},
		"no endpoint":     {Options{Cloud: "custom"}, "--arm-endpoint"},
		"http":            {Options{Cloud: "custom", ARMEndpoint: "http://management.example"}, "must use https"},
		"password in URL": {Options{Cloud: "custom", ARMEndpoint: "https://a:b@management.example"}, "needs a URL"},
		"authority": {
			Options{Cloud: "custom", ARMEndpoint: "https://x.example", AuthorityHost: "login.example"}, "--authority-host",
		},
		"not custom": {
			Options{Cloud: "usgov", ARMEndpoint: "https://x.example"},
			"--arm-endpoint requires --cloud custom, but the cloud is usgov",
		},
		"CA that is none": {Options{CAFile: "value_test.go"}, "no PEM certificate"},
		"CA that is not":  {Options{CAFile: "nowhere.pem"}, "nowhere.pem"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewClient(tc.o)
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}
