package cmd

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/starter"
	"github.com/aksnet/aksnet/spec"
)

// defaultFile is the file to read if no file is named.
const defaultFile = "aksnet.yaml"

// readSources reads the arguments of a command: files, folders (every *.yaml, *.yml and *.json in them) and "-" for
// standard input. Without arguments it reads aksnet.yaml in the working folder.
func readSources(io cli.IO, args []string) ([]spec.Source, error) {
	if len(args) == 0 {
		if _, err := os.Stat(defaultFile); err != nil {
			return nil, fmt.Errorf("no %s in this folder: name a spec, or create one with aksnet init", defaultFile)
		}
		args = []string{defaultFile}
	}
	files, step := io.StepCount("reading files")
	if io.InTerminal && slices.Contains(args, "-") { // nothing is drawn where somebody types
		step.End()
	}
	defer step.End()
	read := 0
	each := func() { read++; files.Set(read, 0) }
	var sources []spec.Source
	seen := map[string]bool{}
	for _, arg := range args {
		more, err := readArg(io.In, arg, each)
		if err != nil {
			return nil, err
		}
		for _, src := range more {
			if !seen[src.Name] {
				seen[src.Name] = true
				sources = append(sources, src)
			}
		}
	}
	return sources, nil
}

// readArg reads the files that an argument names, and calls each after each of them.
func readArg(in io.Reader, arg string, each func()) ([]spec.Source, error) {
	if arg == "-" {
		src, err := readAll(spec.Stdin, in)
		return []spec.Source{src}, err
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, fmt.Errorf("reading the spec: %w", err)
	}
	if info.IsDir() {
		return readDir(arg, each)
	}
	defer each()
	src, err := readFile(filepath.Clean(arg))
	return []spec.Source{src}, err
}

func readDir(dir string, each func()) ([]spec.Source, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("reading the spec: %w", err)
	}
	var sources []spec.Source
	for _, e := range entries {
		if !mayBeSpec(e) {
			continue
		}
		src, err := readFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		src.FromFolder = true
		sources = append(sources, src)
		each()
	}
	if len(sources) == 0 {
		return nil, fmt.Errorf("reading the spec: folder %s contains no *.yaml, *.yml or *.json file%s", dir,
			foreignEntry(dir, entries))
	}
	return sources, nil
}

// mayBeSpec reports whether an entry of a folder is read as a part of the spec. The schema that init names is not.
func mayBeSpec(e os.DirEntry) bool {
	switch strings.ToLower(filepath.Ext(e.Name())) {
	case ".yaml", ".yml", ".json":
		return !e.IsDir() && e.Name() != starter.SchemaFile
	}
	return false
}

// foreignEntry says what the first file of a folder is that is known to be something else than a spec; empty if there
// is none.
func foreignEntry(dir string, entries []os.DirEntry) string {
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		src, err := readFile(filepath.Join(dir, e.Name()))
		if err != nil {
			continue
		}
		if message, foreign := spec.Foreign(src); foreign {
			return fmt.Sprintf(" (%s: %s)", src.Name, message)
		}
	}
	return ""
}

func readFile(name string) (spec.Source, error) {
	f, err := os.Open(name)
	if err != nil {
		return spec.Source{}, fmt.Errorf("reading the spec: %w", err)
	}
	defer f.Close()
	return readAll(filepath.ToSlash(name), f)
}

// readAll reads a file up to the size at which spec.Parse refuses it.
func readAll(name string, r io.Reader) (spec.Source, error) {
	data, err := io.ReadAll(io.LimitReader(r, spec.MaxFileSize+1))
	if err != nil {
		return spec.Source{}, fmt.Errorf("reading %s: %w", name, err)
	}
	return spec.Source{Name: name, Data: data}, nil
}

// specOptions holds the flag of commands that read a spec.
type specOptions struct {
	sets []string
}

// addSet adds the flag.
func (o *specOptions) addSet(c *cobra.Command) {
	c.Flags().StringArrayVar(&o.sets, "set", nil,
		"change a value of the spec before it is read, as `PATH=VALUE` (repeatable)")
	cli.CompleteFlagWith(c, "set", completeSet)
}

// parse reads the arguments of a command with the values of --set. Mistakes in the files are problems of the spec and
// not an error.
func (o *specOptions) parse(io cli.IO, args []string) (*spec.Spec, error) {
	edits := make([]spec.Edit, len(o.sets))
	for i, set := range o.sets {
		e, err := spec.ParseEdit(set)
		if err != nil {
			return nil, cli.Usagef("--set: %w", err)
		}
		edits[i] = e
	}
	sources, err := readSources(io, args)
	if err != nil {
		return nil, err
	}
	defer io.Step("reading the spec").End()
	s, err := spec.ParseWith(edits, sources...)
	if err != nil {
		return nil, cli.Usagef("--set: %w", err)
	}
	return s, nil
}
