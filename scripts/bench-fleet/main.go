// Command bench-fleet times whole commands of aksnet on fleets of all shapes, and prints a Markdown table: seconds,
// memory, and how both grow with the size of the fleet.
//
//	go run ./scripts/bench-fleet                                     everything, an hour
//	go run ./scripts/bench-fleet -shape 'hub|mesh' -verb '^plan'     only this
//	go run ./scripts/bench-fleet -old ../aksnet-v0.1.0               compare with another build, outputs included
//
// Seconds are those of both processors together (user and system time), which other work on the machine hardly changes.
// Memory is the peak of what the process had in memory.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aksnet/aksnet/internal/fleet"
)

// options are the flags of the benchmark.
type options struct {
	shape, verb *regexp.Regexp
	sizes       []int
	cap         time.Duration
	binaries    []string // the build to measure and, optionally, one to compare with
	dir         string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench-fleet:", err)
		os.Exit(1)
	}
}

func run() error {
	shape := flag.String("shape", ".", "only shapes that match this regular `expression`")
	verb := flag.String("verb", ".", "only commands that match this regular `expression`, such as '^plan -o json'")
	sizes := flag.String("sizes", "1000,10000", "`sizes` of the fleets")
	limit := flag.Duration("cap", time.Minute, "`time` after which a command is stopped")
	binary := flag.String("new", "", "the aksnet `binary` to measure (default: build it)")
	old := flag.String("old", "", "an older aksnet `binary` to compare with")
	write := flag.String("write", "", "only write the fleets into this `folder`")
	list := flag.Bool("list", false, "only list the shapes")
	flag.Parse()

	o := options{cap: *limit}
	var err error
	if o.shape, err = regexp.Compile(*shape); err != nil {
		return err
	}
	if o.verb, err = regexp.Compile(*verb); err != nil {
		return err
	}
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		o.sizes = append(o.sizes, n)
	}
	if *list {
		for _, s := range fleet.Shapes() {
			fmt.Printf("%-16s %s\n", s.Name, s.About)
		}
		return nil
	}
	if o.dir = *write; o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "bench-fleet-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	}
	if *write != "" {
		return o.writeAll()
	}
	if o.binaries, err = binaries(o.dir, *binary, *old); err != nil {
		return err
	}
	return o.measureAll()
}

// binaries returns the programs to run; it builds the first as it is released unless it is named.
func binaries(dir, binary, old string) (out []string, err error) {
	if binary == "" {
		binary = filepath.Join(dir, "aksnet")
		c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go build: %w\n%s", err, text)
		}
	}
	for _, name := range []string{binary, old} {
		if name == "" {
			continue
		}
		if name, err = filepath.Abs(name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, nil
}

// inputs are the things to run commands on: the shapes that the user asked for, and the inputs of other kinds.
func (o *options) inputs() (out []input) {
	for _, s := range fleet.Shapes() {
		out = append(out, input{s.Name, s.Files, specCommands()})
	}
	out = append(out,
		input{"azure", fleet.Azure, importCommands()},
		input{"azure-subnets", fleet.AzureSubnets, importCommands()},
		input{"log", fleet.Log, explainCommands()},
	)
	kept := out[:0]
	for _, in := range out {
		if o.shape.MatchString(in.name) {
			kept = append(kept, in)
		}
	}
	return kept
}

func (o *options) writeAll() error {
	for _, in := range o.inputs() {
		for _, n := range o.sizes {
			path, err := in.write(o.dir, n)
			if err != nil {
				return err
			}
			fmt.Println(path)
		}
	}
	return nil
}

func (o *options) measureAll() error {
	t := newTable(o)
	t.head()
	for _, in := range o.inputs() {
		var paths []string
		for _, n := range o.sizes {
			path, err := in.write(o.dir, n)
			if err != nil {
				return err
			}
			paths = append(paths, path)
		}
		for _, c := range in.commands {
			if !o.verb.MatchString(c.String()) {
				continue
			}
			if err := t.row(in.name, c, paths); err != nil {
				return err
			}
		}
	}
	return nil
}
