package test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

// TestRulePages holds docs/rules to the rules and their examples: an index, and a page for each family.
func TestRulePages(t *testing.T) {
	pages := map[string]string{"README.md": rulesIndex()}
	for _, family := range validate.Families() {
		pages[familyPage(family)] = familyText(t, family)
	}
	for name, text := range pages {
		golden(t, filepath.Join("docs", "rules", name), text)
	}
	files, err := os.ReadDir(filepath.Join("docs", "rules"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if pages[f.Name()] == "" {
			t.Errorf("docs/rules/%s is no page of a family", f.Name())
		}
	}
}

func familyPage(family string) string { return strings.ToLower(family) + ".md" }

func familyRules(family string) []*validate.Rule {
	return slices.DeleteFunc(validate.Rules(), func(r *validate.Rule) bool { return r.Family() != family })
}

const generated = "<!-- Generated from the rules in package validate and their examples in testdata/rules. Do not " +
	"edit. -->"

// rulesIndex is the page that lists all rules and explains waivers.
func rulesIndex() string {
	var out bytes.Buffer
	fmt.Fprintf(&out, rulesIntroduction, generated)
	out.WriteString("\n## Families\n\n| Page | What it covers |\n| --- | --- |\n")
	for _, family := range validate.Families() {
		fmt.Fprintf(&out, "| [%[1]s](%[1]s) | rules about %[2]s |\n", familyPage(family), validate.FamilyTitle(family))
	}
	for _, family := range validate.Families() {
		fmt.Fprintf(&out, "\n## %s: %s\n\n", family, validate.FamilyTitle(family))
		writeRuleTable(&out, familyRules(family), familyPage(family))
	}
	return out.String()
}

const rulesIntroduction = `# Rules

%s

` + "`aksnet validate`" + ` runs these rules over the plan of a spec. Azure rejects what an **error** describes, or it breaks once it
is deployed. A **warning** works until something happens that the message names. A **note** is worth knowing.
` + "`aksnet explain RULE`" + ` prints a single rule. Each family has a page with an example of every rule.

## Waivers

A waiver in the spec accepts the findings of one rule at one path until a date. They are shown as notes with the reason.
After that date they count again, and the waiver itself is an error. Some rules cannot be waived, such as those of the
SPEC family and those that keep a name from changing the meaning of an id or a script; their descriptions say so, and a
waiver of one is a warning. While one of their errors stands, ` + "`render`, `diff` and `apply`" + ` do nothing.

` + "```yaml" + `
waivers:
  - rule: IP012
    path: clusters[0]
    reason: moves to another range in March
    until: 2027-03-31
` + "```" + `
`

// familyText is the page of a family: its rules in a table, then each with its example.
func familyText(t *testing.T, family string) string {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s: %s\n\n%s\n\nThe other families and waivers: [all rules](README.md).\n\n",
		family, validate.FamilyTitle(family), generated)
	writeRuleTable(&out, familyRules(family), "")
	records, err := refusal.Records()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range familyRules(family) {
		writeRule(t, &out, r, records)
	}
	return out.String()
}

// severities returns the severities of a rule's findings as the rules command prints them.
func severities(r *validate.Rule) string {
	words := make([]string, 0, 3)
	for _, s := range r.Severities() {
		words = append(words, s.String())
	}
	return strings.Join(words, ", or ")
}

func writeRuleTable(out *bytes.Buffer, rules []*validate.Rule, page string) {
	out.WriteString("| Rule | Severity | What is wrong |\n| --- | --- | --- |\n")
	for _, r := range rules {
		fmt.Fprintf(
			out,
			"| [%s](%s#%s) | %s | %s |\n",
			r.ID,
			page,
			strings.ToLower(r.ID),
			severities(r),
			markdown(r.Title),
		)
	}
}

// writeRule writes a rule, what Azure answers, the specs that break it, and what aksnet prints about them.
func writeRule(t *testing.T, out *bytes.Buffer, r *validate.Rule, records []refusal.Record) {
	t.Helper()
	fmt.Fprintf(out, "\n## %s\n\n**%s** (%s, since %s)\n\n%s\n\n", r.ID, markdown(r.Title), severities(r), r.Since,
		markdown(r.Explanation))
	fmt.Fprintf(out, "What to do: %s. Source: <%s>\n\n", markdown(r.Fix), r.Source)
	if r.Unwaivable != "" {
		fmt.Fprintf(out, "Cannot be waived, because %s.\n\n", markdown(r.Unwaivable))
	}
	for _, text := range report.PredictionTexts(refusal.Predictions(r.ID, records)) {
		fmt.Fprintf(out, "Azure answers: %s\n\n", markdown(text))
	}
	folder := filepath.Join("testdata", "rules", r.ID)
	files, err := filepath.Glob(filepath.Join(folder, "bad*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no example of %s (%v)", r.ID, err)
	}
	if old := filepath.Join(folder, "old.yaml"); fileExists(old) {
		files = append([]string{old}, files...)
	}
	for _, file := range files {
		if len(files) > 1 {
			fmt.Fprintf(out, "`%s`:\n\n", filepath.Base(file))
		}
		writeFence(out, "yaml", readText(t, file))
	}
	writeFence(out, "text", readText(t, filepath.Join(folder, "want")))
	out.Truncate(out.Len() - 1)
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// writeFence writes a block of code. Its fence is longer than any inside it.
func writeFence(out *bytes.Buffer, language, text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	fmt.Fprintf(out, "%s%s\n%s\n%s\n\n", fence, language, strings.TrimRight(text, "\n"), fence)
}

// markdown escapes what Markdown would read as markup in the text of a rule.
func markdown(text string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "|", `\|`, "[", `\[`, "]", `\]`, "`", "\\`").
		Replace(text)
}
