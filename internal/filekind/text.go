package filekind

import (
	"regexp"
	"strings"
	"sync"
)

// pattern compiles a regular expression when it is first used. It is tried at the start of every line.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("(?m)^" + text) })
}

// What only lines of one language look like.
var (
	helmTemplate   = pattern(`\s*(?:[\w-]+:\s*)?"?\{\{-?\s*(?:\.|if|range|include|with|define|template|toYaml|\$|/\*)`)
	composeService = pattern(`    (?:image|build):`)
	bicep          = pattern(`(?:targetScope\s*=\s*'|param \w+ [\w'{(\[]|var \w+ =|resource \w+ '[^']*@|module \w+ '` +
		`|output \w+ \w+ =|@(?:description|allowed|secure|minLength|maxLength|sys\.\w+)\()`)
	bicepParameters = pattern(`using (?:'|none\b)`)
	terraform       = pattern(
		`(?:(?:resource|data)\s+"\w+"\s+"[\w-]+"\s*\{|(?:variable|module|provider|output)\s+"[\w-]+"` +
			`\s*\{|(?:terraform|locals)\s*\{)`,
	)
	assignment = pattern(`\w+[ \t]*=[ \t]*(?:"|\[|\{|-?\d|true\b|false\b|null\b|<<)`)
	colon      = pattern(`[\w-]+:(?:\s|$)`)
	azCommand  = pattern(
		`\s*(?:\w+=\$\()?az (?:aks|network|group|account|login|deployment|graph|vm|feature|extension)\b`,
	)
	powershell = pattern(
		`(?:\$\w+\s*=|\s*(?:\$\w+\s*=\s*)?(?:New|Get|Set|Add|Remove)-Az\w+|param\s*\(|<#|#Requires )`,
	)
	dockerfile  = pattern(`FROM \S+(?: AS \S+)?\s*$`)
	dockerStep  = pattern(`(?:RUN|COPY|CMD|ENTRYPOINT|WORKDIR) `)
	environment = pattern(`(?:export )?[A-Z][A-Z0-9_]*=`)
	section     = pattern(`\[{1,2}[\w."-]+\]{1,2}\s*$`)
	diffHeader  = pattern(`(?:diff --git |--- \S+.*\n\+\+\+ \S)`)
	azureError  = pattern(
		`(?:ERROR: \(|\(\w{6,}\) .*\nCode: |Code: \w+\s*\nMessage: |RESPONSE \d{3}|.*Error: .*(?:Code=|StatusCode=))`,
	)
	terraformRun = pattern(`.*(?:Terraform will perform the following actions|Terraform used the selected providers` +
		`|OpenTofu will perform the following actions|No changes\. Your infrastructure matches)`)
	warningFirst = pattern(`(?:WARNING: .*\n\s*)+[{\[]`)
	fence        = pattern("```")
	heading      = pattern(`#{1,6} \S.*\n(?:\s*\n|=)[^\s#]`)
)

// texts returns the kinds that the lines of a text tell apart.
func texts() []entry {
	has := func(p func() *regexp.Regexp) func(*sample) bool {
		return func(s *sample) bool { return p().MatchString(s.text) }
	}
	noJSON := func(f func(*sample) bool) func(*sample) bool {
		return func(s *sample) bool { return !s.json && f(s) }
	}
	return []entry{
		{"html", "an HTML page", adviceStart, (*sample).isHTML},
		{"xml", "an XML document", adviceStart, (*sample).isXML},
		{
			Coloured, "output of a terminal with colours", "print it without colours: with az, use -o json",
			func(s *sample) bool { return strings.HasPrefix(strings.TrimSpace(s.text), "\x1b[") },
		},
		{
			AfterWarnings, "JSON after warnings", "write only standard output to the file, without 2>&1",
			func(s *sample) bool {
				first := warningFirst().FindStringIndex(s.text)
				return first != nil && first[0] == 0
			},
		},
		{"shell", "a shell script", adviceExport, func(s *sample) bool {
			return strings.HasPrefix(s.text, "#!") && strings.Contains(firstLine(s.text), "sh")
		}},
		{"script", "a script", adviceExport, func(s *sample) bool { return strings.HasPrefix(s.text, "#!") }},
		{"bicep-parameters", "a file of Bicep parameters", adviceExport, noJSON(has(bicepParameters))},
		{"bicep", "Bicep", adviceRender, noJSON(has(bicep))},
		{"terraform", "Terraform configuration", adviceRender, noJSON(has(terraform))},
		{"terraform-output", "output of Terraform", adviceExport, has(terraformRun)},
		{AzureError, "an error of Azure", adviceError, noJSON(has(azureError))},
		{"diff", "a patch", "apply it, and pass the spec", has(diffHeader)},
		{"shell", "a shell script", adviceExport, noJSON(has(azCommand))},
		{"powershell", "a PowerShell script", adviceExport, noJSON(has(powershell))},
		{"dockerfile", "a Dockerfile", adviceStart, func(s *sample) bool {
			return dockerfile().MatchString(s.text) && dockerStep().MatchString(s.text)
		}},
		{"markdown", "Markdown", "pass the spec, not the page about it", func(s *sample) bool {
			return !s.json &&
				(s.named(".md", ".markdown") || fence().MatchString(s.text) && heading().MatchString(s.text))
		}},
		{"toml", "an INI or TOML file", adviceStart, func(s *sample) bool {
			return section().MatchString(s.text) && (assignment().MatchString(s.text) || s.named(".toml", ".ini")) &&
				!s.json
		}},
		{"terraform-variables", "a file of Terraform variables", adviceExport, func(s *sample) bool {
			return !s.json && assignment().MatchString(s.text) && !colon().MatchString(s.text)
		}},
		{"environment", "a file of environment variables", adviceStart, func(s *sample) bool {
			return !s.json && environment().MatchString(s.text) && !colon().MatchString(s.text)
		}},
		{"csv", "a table of comma-separated values", "aksnet does not read tables: " + adviceStart, (*sample).isCSV},
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// start returns the beginning of the text in lower case, without white space before it.
func (s *sample) start() string {
	const enough = 1024
	text := strings.TrimSpace(s.text[:min(len(s.text), enough)])
	return strings.ToLower(text)
}

func (s *sample) isHTML() bool {
	start := s.start()
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") ||
		strings.HasPrefix(start, "<") && strings.Contains(start, "<html")
}

// isXML reports whether the text starts with a tag, a declaration or a comment of XML.
func (s *sample) isXML() bool {
	start := s.start()
	if strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<!--") {
		return true
	}
	return len(start) > 2 && start[0] == '<' && start[1] >= 'a' && start[1] <= 'z' && strings.Contains(start, ">")
}

// isCSV reports whether the first two lines have the same number of commas or semicolons, two or more, and no key.
func (s *sample) isCSV() bool {
	first, rest, ok := strings.Cut(s.text, "\n")
	second := firstLine(rest)
	if !ok || s.json || colon().MatchString(first) {
		return false
	}
	for _, separator := range []string{",", ";", "\t"} {
		if n := strings.Count(first, separator); n > 0 && n == strings.Count(second, separator) &&
			(n > 1 || s.named(".csv", ".tsv")) {
			return true
		}
	}
	return false
}
