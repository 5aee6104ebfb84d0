// Package cirunner reads what a job prints as CI runners do, and returns the commands that they would carry out. Tests
// use it to prove that no printer of aksnet passes a command on.
//
// It is stricter than today's runners: it takes any name for a command, and takes commands of several versions of them.
package cirunner

import (
	"strings"
	"unicode"
)

// Command is one command with the line that contains it.
type Command struct {
	Runner, Name, Line string
}

// Commands returns the commands in the output of a job.
func Commands(output string) (found []Command) {
	for line := range strings.FieldsFuncSeq(output, func(r rune) bool { return r == '\n' || r == '\r' }) {
		weighed := strings.Map(weightless, line)
		for runner, parse := range map[string]func(string) string{
			"GitHub Actions": github, "GitHub Actions, first form": githubFirst,
			"Azure Pipelines": azure, "Azure Pipelines, format": azureFormat,
			"TeamCity": teamCity, "GitLab": gitlab,
		} {
			if name := parse(weighed); name != "" {
				found = append(found, Command{runner, name, line})
			}
		}
	}
	return found
}

// weightless drops characters that a comparison by the rules of a language does not see.
func weightless(r rune) rune {
	if r != '\x1b' && unicode.In(r, unicode.M, unicode.Cf, unicode.Cc, unicode.Other_Default_Ignorable_Code_Point) {
		return -1
	}
	return r
}

// github reads "::NAME key=value::data" at the start of a line.
// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs, TryParseV2 (read 2026-11-29)
func github(line string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
	info, _, ended := strings.Cut(rest, "::")
	if !ok || !ended {
		return ""
	}
	return word(info)
}

// githubFirst reads "##[NAME key=value]data" anywhere in a line.
// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs, TryParse (read 2026-11-29)
func githubFirst(line string) string { return bracketed(line, "##[") }

// azureFormat reads "##[group]title", which Azure Pipelines documents for the start of a line.
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (read 2026-11-29)
func azureFormat(line string) string { return bracketed(line, "##[") }

// azure reads "##vso[AREA.EVENT key=value]data" anywhere in a line.
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands (read 2026-11-29)
func azure(line string) string {
	name := bracketed(strings.ToLower(line), "##vso[")
	if area, event, ok := strings.Cut(name, "."); !ok || area == "" || event == "" {
		return ""
	}
	return name
}

// teamCity reads "##teamcity[NAME …]".
// https://www.jetbrains.com/help/teamcity/service-messages.html (read 2026-11-29)
func teamCity(line string) string { return bracketed(line, "##teamcity[") }

// gitlab reads the escape sequence that begins or ends a section.
// https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections (read 2026-11-29)
func gitlab(line string) string {
	_, rest, ok := strings.Cut(line, "section_")
	if name, _, colon := strings.Cut(rest, ":"); ok && colon && strings.Contains(line, "\x1b[0K") {
		return "section_" + name
	}
	return ""
}

// bracketed returns the name between a prefix and a closing bracket.
func bracketed(line, prefix string) string {
	_, rest, ok := strings.Cut(line, prefix)
	info, _, ended := strings.Cut(rest, "]")
	if !ok || !ended {
		return ""
	}
	return word(info)
}

// word returns the name of a command: what stands before its first space, unless it is an address or empty.
func word(info string) string {
	name, _, _ := strings.Cut(info, " ")
	if strings.IndexFunc(
		name,
		func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '.' && r != '_' },
	) >= 0 {
		return ""
	}
	return name
}
