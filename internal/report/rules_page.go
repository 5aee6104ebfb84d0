package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/validate"
)

// RuleExample is a rule with a spec that breaks it and what aksnet says then.
type RuleExample struct {
	Rule *validate.Rule
	// Files is the files of the spec, by name. Most examples have one.
	Files []ExampleFile
	// Output is what validate prints about the rule.
	Output string
}

// ExampleFile is one file of an example.
type ExampleFile struct{ Name, Text string }

// familyTitles says what each family of rules is about.
func familyTitles() map[string]string {
	return map[string]string{
		"SPEC": "the shape of the file",
		"NAME": "names",
		"IP":   "ranges: overlap, size and fit",
		"VNET": "virtual networks and subnets",
		"AKS":  "models, features that go together, limits",
		"POOL": "node pools",
		"EGR":  "egress, routes and outbound ports",
		"NSG":  "security rules",
		"LIFE": "retirements and changes that cannot be taken back",
	}
}

// RulesPage writes the page about all rules in Markdown: a table of contents for each family, then every rule with its
// example.
func RulesPage(w io.Writer, examples []RuleExample) error {
	var out bytes.Buffer
	out.WriteString(rulesIntroduction)
	for i, family := range validate.Families() {
		if i > 0 {
			out.WriteString("\n")
		}
		writeFamily(&out, family, examples)
	}
	_, err := w.Write(out.Bytes())
	return err
}

const rulesIntroduction = `# Rules

<!-- Generated from the rules in package validate and their examples in testdata/rules. Do not edit. -->

` + "`aksnet validate`" + ` runs these rules over the plan of a spec. An **error** is refused by Azure or broken once it is deployed, a **warning**
works until something happens that the message names, a **note** is worth knowing. ` + "`aksnet explain RULE`" + ` prints one of them.

## Waivers

A waiver in the spec accepts the findings of one rule at one place until a day. They are shown as notes with the reason. After the day
they count again, and the waiver itself is an error. Rules of the family SPEC cannot be waived.

` + "```yaml" + `
waivers:
  - rule: IP012
    path: clusters[0]
    reason: moves to another range in March
    until: 2027-03-31
` + "```" + `

`

func writeFamily(out *bytes.Buffer, family string, examples []RuleExample) {
	fmt.Fprintf(out, "## %s: %s\n\n| Rule | Severity | What is wrong |\n| --- | --- | --- |\n", family, familyTitles()[family])
	var own []RuleExample
	for _, e := range examples {
		if e.Rule.Family() == family {
			own = append(own, e)
			fmt.Fprintf(out, "| [%s](#%s) | %s | %s |\n", e.Rule.ID, strings.ToLower(e.Rule.ID), e.Rule.Severity, markdownText(e.Rule.Title))
		}
	}
	for _, e := range own {
		writeRule(out, e)
	}
}

func writeRule(out *bytes.Buffer, e RuleExample) {
	r := e.Rule
	fmt.Fprintf(out, "\n### %s\n\n**%s** (%s, since %s)\n\n%s\n\n", r.ID, markdownText(r.Title), r.Severity, r.Since, markdownText(r.Explanation))
	fmt.Fprintf(out, "What to do: %s. Source: <%s>\n\n", markdownText(r.Fix), r.Source)
	for _, f := range e.Files {
		if len(e.Files) > 1 {
			fmt.Fprintf(out, "`%s`:\n\n", f.Name)
		}
		writeFence(out, "yaml", f.Text)
	}
	writeFence(out, "text", e.Output)
	out.Truncate(out.Len() - 1)
}

// writeFence writes a block of code. Its fence is longer than any inside of it.
func writeFence(out *bytes.Buffer, language, text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	fmt.Fprintf(out, "%s%s\n%s\n%s\n\n", fence, language, strings.TrimRight(text, "\n"), fence)
}
