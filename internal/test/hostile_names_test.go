package test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// anyName generates names of letters and of characters that mean something in an id, a URL, a template or a shell.
func anyName() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.OneOf(
		rapid.RuneFrom([]rune("ab7-_.")),
		rapid.RuneFrom([]rune(`'"`+"`"+`$!*&;|<>()[]~^:=,+@/\?#%{} `)),
		rapid.RuneFrom([]rune("äß漢\u0301\u202e\n\x00")),
	), 1, 8, -1)
}

// namedSpec is a spec with these names for its network, subnet, group, cluster, pool and tag, and a waiver of every
// rule.
func namedSpec(t *rapid.T, names []string) string {
	type object = map[string]any
	var waivers []object
	for _, r := range validate.Rules() {
		waivers = append(waivers, object{"rule": r.ID, "reason": "known"})
	}
	text, err := json.Marshal(object{
		"apiVersion": spec.APIVersion, "location": "westeurope", "waivers": waivers, "resourceGroup": names[2],
		"subscription": "00000000-0000-0000-0000-000000000001", "tags": object{names[5]: names[0]},
		"vnets": []object{{
			"name": names[0], "addressPrefixes": []string{"10.40.0.0/16"},
			"subnets": []object{{"name": names[1], "prefixLength": 26}},
		}},
		"clusters": []object{{
			"name": names[3], "vnet": names[0], "dnsPrefix": "dns",
			"nodePools": []object{{"name": names[4], "mode": "System", "count": 3}, {"name": "apps", "count": 2}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNamesStayNames plans specs with any names under waivers of all rules. Where no error remains, the ids of the
// resources have the names as their segments, and az gets these ids and names from the script.
func TestNamesStayNames(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	calls := filepath.Join(t.TempDir(), "calls")
	passed := 0
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(anyName(), 6, 6).Draw(t, "names")
		if rapid.Bool().Draw(t, "mild") {
			mild := strings.NewReplacer(
				`"`,
				"",
				"/",
				"",
				`\`,
				"",
				"?",
				"",
				"#",
				"",
				"%",
				"",
				"{",
				"",
				"}",
				"",
				"\u202e",
				"",
				"\n",
				"",
				"\x00",
				"",
			)
			for i, name := range names {
				names[i] = "n" + strings.ReplaceAll(mild.Replace(name), "=@", "")
			}
		}
		s := spec.Parse(spec.Source{Name: "any.yaml", Data: []byte(namedSpec(t, names))})
		p := plan.Build(s)
		r := validate.Run(p, validate.Options{KeepErrors: true, Skip: validate.Families(), Today: time.Time{}})
		if r.Summary.Errors > 0 || len(p.Unplaced) > 0 {
			return
		}
		passed++
		g := resource.BuildWith(p, resource.Options{Clusters: true})
		var ids []string
		for _, n := range g.Nodes {
			id, ok := aks.ParseResourceID(n.ID)
			if !ok || id.Name != n.LeafName() || id.ResourceGroup != names[2] || id.Type != n.Type {
				t.Fatalf("%s has the id %q, which reads as %+v", n.Name, n.ID, id)
			}
			ids = append(ids, n.ID)
		}
		for _, want := range []string{
			"/virtualNetworks/" + names[0], "/subnets/" + names[1], "/managedClusters/" + names[3],
		} {
			if !slices.ContainsFunc(ids, func(id string) bool { return strings.HasSuffix(id, want) }) {
				t.Fatalf("no id ends in %q: %q", want, ids)
			}
		}
		files, err := render.AzCLI(g, render.Options{})
		if err != nil {
			if strings.HasPrefix(names[5], "-") {
				return
			}
			t.Fatal(err)
		}
		checkCalls(t, bash, calls, string(files[0].Data), ids, names)
	})
	if passed < 20 {
		t.Errorf("only %d specs had no errors", passed)
	}
}

// azStandIn notes the arguments of every call of az, in which it reads files as az does, and answers that a resource
// does not exist.
const azStandIn = `az() {
  local a
  for a in "$@"; do
    case $a in @/*) a=$(cat "${a#@}") ;; esac
    printf '%s\0' "$a" >> "$CALLS"
  done
  printf 'end\0' >> "$CALLS"
  case "$*" in
    *--query*) echo answer ;;
    "resource show"*) return 3 ;;
  esac
}
`

// checkCalls runs a script with the stand-in for az, and checks the ids, bodies and names that it passes.
func checkCalls(t *rapid.T, bash, calls, script string, ids, names []string) {
	_ = os.Remove(calls)
	cmd := exec.Command(bash, "-c", azStandIn+script)
	cmd.Env = append(os.Environ(), "CALLS="+calls)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s\n%s", err, out, script)
	}
	data, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	args := strings.Split(string(data), "\x00")
	values := map[string][]string{}
	for i, arg := range args[:len(args)-1] {
		if strings.HasPrefix(arg, "--") {
			values[arg] = append(values[arg], args[i+1])
		}
	}
	for _, url := range values["--url"] {
		if id, _, _ := strings.Cut(url, "?api-version="); !slices.Contains(ids, id) {
			t.Errorf("the script sends to %q, which is none of %q", id, ids)
		}
	}
	for _, body := range values["--body"] {
		if !json.Valid([]byte(body)) {
			t.Errorf("the script sends %q", body)
		}
	}
	for flag, want := range map[string]string{
		"--resource-group": names[2], "--nodepool-name": names[4], "--cluster-name": names[3],
		"--tags": names[5] + "=" + names[0],
	} {
		if got := values[flag]; len(got) == 0 || got[0] != want {
			t.Errorf("the script passes %s %q, want %q", flag, got, want)
		}
	}
}
