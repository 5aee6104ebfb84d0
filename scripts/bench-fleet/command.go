package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/fleet"
)

// input is what a command reads, in any size.
type input struct {
	name     string
	files    func(n int) []fleet.File
	commands []command
}

// write writes the files and returns the path that a command takes: the file, or the folder of several.
func (in input) write(dir string, n int) (path string, err error) {
	dir = filepath.Join(dir, in.name, strconv.Itoa(n))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	files := in.files(n)
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return "", err
		}
	}
	if len(files) > 1 {
		return dir, nil
	}
	return filepath.Join(dir, files[0].Name), nil
}

// spot is where the name of the input stands in the arguments of a command.
const spot = "FILE"

// command is a command line of aksnet.
type command struct {
	args []string
	// online is whether it talks to Azure.
	online bool
}

func (c command) String() string { return strings.Join(c.args, " ") }

func (c command) on(path string) []string {
	args := make([]string, len(c.args))
	for i, arg := range c.args {
		args[i] = strings.ReplaceAll(arg, spot, path)
	}
	return args
}

func commands(lines ...string) (out []command) {
	for _, line := range lines {
		out = append(out, command{args: strings.Fields(line)})
	}
	return out
}

// each returns a command for every word.
func each(line string, words ...string) (out []string) {
	for _, w := range words {
		out = append(out, line+" "+w)
	}
	return out
}

// specCommands are the commands that read a spec.
func specCommands() []command {
	var lines []string
	lines = append(lines, each("plan --fail-on never FILE -o", "table", "json", "yaml", "markdown", "csv")...)
	lines = append(lines, each("plan --fail-on never FILE --explain -o", "table", "json", "markdown")...)
	lines = append(lines, each("validate --fail-on never FILE -o", "text", "json", "sarif", "junit", "github")...)
	lines = append(lines, "validate --fail-on never FILE --against FILE")
	lines = append(lines, "validate --fail-on never FILE --against FILE --set location=northeurope")
	lines = append(lines, each("egress FILE -o", "table", "json", "yaml", "markdown")...)
	lines = append(lines, each("egress FILE --fqdns -o", "table", "json", "plain")...)
	lines = append(lines, each("growth FILE --per-month 4 -o", "table", "json", "yaml", "markdown")...)
	lines = append(lines, each("compare FILE -o", "table", "json")...)
	lines = append(lines, each("migrate --to overlay FILE -o", "table", "json")...)
	lines = append(lines, each("render", "arm FILE", "bicep FILE", "terraform FILE", "terraform --provider azurerm FILE",
		"azcli FILE", "azcli --style commands FILE")...)
	return append(commands(lines...),
		command{[]string{"apply", "--yes", spot}, true},
		command{[]string{"diff", spot}, true},
		command{[]string{"diff", spot, "-o", "json"}, true},
		command{[]string{"diff", spot, "--set", "location=northeurope"}, true})
}

func importCommands() []command { return commands("import azure FILE") }

func explainCommands() []command {
	return commands(each("explain FILE -o", "table", "json", "markdown")...)
}
