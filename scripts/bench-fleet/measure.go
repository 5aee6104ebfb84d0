package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/aksnet/aksnet/cmd/cli"
)

// result is what one run took.
type result struct {
	cpu     time.Duration
	wall    time.Duration
	mb      float64
	code    int
	stopped bool
	output  [sha256.Size]byte // of both streams
	bytes   int64
}

// measure runs a command once.
func (o *options) measure(binary string, args, env []string) (r result, err error) {
	ctx, stop := context.WithTimeout(context.Background(), o.cap)
	defer stop()
	c := exec.CommandContext(ctx, binary, args...)
	c.Env = append(os.Environ(), env...)
	out, messages := &sum{Hash: sha256.New()}, &sum{Hash: sha256.New()}
	c.Stdout, c.Stderr = out, messages
	start := time.Now()
	err = c.Run()
	r.wall = time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return r, err
	}
	r.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.mb = float64(usage.Maxrss) / 1000
	}
	r.code, r.stopped, r.bytes = c.ProcessState.ExitCode(), ctx.Err() != nil, out.n
	r.output = sha256.Sum256(messages.Sum(out.Sum(nil)))
	return r, nil
}

// sum hashes and counts what is written to it.
type sum struct {
	hash.Hash
	n int64
}

func (s *sum) Write(p []byte) (int, error) { s.n += int64(len(p)); return s.Hash.Write(p) }

var _ io.Writer = (*sum)(nil)

// table prints results.
type table struct{ *options }

func newTable(o *options) table { return table{o} }

func (t table) head() {
	names := []string{"shape", "command"}
	for _, unit := range []string{"s", "MB"} {
		for _, n := range t.sizes {
			names = append(names, fmt.Sprintf("%d, %s", n, unit))
		}
		if len(t.sizes) > 1 {
			names = append(names, "growth")
		}
	}
	if len(t.binaries) > 1 {
		names = append(names, "new/old, s", "new/old, MB", "output")
	}
	fmt.Println("| " + strings.Join(names, " | ") + " |")
	fmt.Println("| --- | --- |" + strings.Repeat(" ---: |", len(names)-2))
}

// row measures a command on all sizes and prints what it took.
func (t table) row(shape string, c command, paths []string) error {
	var now, before []result
	for i, path := range paths {
		for b, binary := range t.binaries {
			r, err := t.one(binary, c, path, t.sizes[i])
			if err != nil {
				return err
			}
			if b == 0 {
				now = append(now, r)
			} else {
				before = append(before, r)
			}
		}
	}
	if now[0].code == cli.ExitUsage {
		return nil // this build does not have the command or the format
	}
	cells := []string{shape, c.String()}
	cells = append(cells, columns(now, result.seconds, "%.2f")...)
	cells = append(cells, columns(now, func(r result) float64 { return r.mb }, "%.0f")...)
	if len(before) > 0 {
		a, b := now[len(now)-1], before[len(before)-1]
		cells = append(
			cells,
			fmt.Sprintf("%.2f", a.seconds()/b.seconds()),
			fmt.Sprintf("%.2f", a.mb/b.mb),
			same(now, before),
		)
	}
	fmt.Println("| " + strings.Join(cells, " | ") + " |")
	return nil
}

func (t table) one(binary string, c command, path string, n int) (result, error) {
	if !c.online {
		return t.measure(binary, c.on(path), nil)
	}
	cloud, err := newCloud(t.options, c, path)
	if err != nil {
		return result{}, err
	}
	defer cloud.Close()
	return t.measure(binary, c.on(path), cloud.env)
}

func (r result) seconds() float64 { return r.cpu.Seconds() }

// columns returns a number of every result, and how the last compares with the first.
func columns(results []result, number func(result) float64, format string) (cells []string) {
	for _, r := range results {
		cell := fmt.Sprintf(format, number(r))
		switch {
		case r.stopped:
			cell = "stopped"
		case r.code > cli.ExitFindings:
			cell += fmt.Sprintf(" (exit %d)", r.code)
		case r.code == cli.ExitFindings && r.bytes == 0:
			cell += " (refused)"
		}
		cells = append(cells, cell)
	}
	if last := len(results) - 1; last > 0 {
		cells = append(cells, fmt.Sprintf("%.1f", number(results[last])/number(results[0])))
	}
	return cells
}

func same(a, b []result) string {
	for i := range a {
		if a[i].output != b[i].output || a[i].code != b[i].code {
			return "differs"
		}
	}
	return "same"
}
