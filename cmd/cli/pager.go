package cli

import (
	"errors"
	stdio "io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// pagerVariables are the environment variables that name a pager, the first that is set counts. An empty value, or cat,
// means none.
var pagerVariables = []string{"AKSNET_PAGER", "PAGER"}

// pagerDefaults are the variables with which a pager runs unless they are set, as Git sets them: less ends when the
// text fits on the screen, shows colours, and leaves the text there.
// https://git-scm.com/docs/git-config, core.pager (read 2026-11-29)
var pagerDefaults = []string{"LESS=FRX", "LV=-c"}

// shellNotFound is the exit code of a shell for a command that does not exist.
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html (read 2026-11-29), 2.8.2
const shellNotFound = 127

// AddPager adds --no-pager to a command and all commands below it, and returns the streams that obey it.
func (io IO) AddPager(root *cobra.Command) IO {
	io.noPager = root.PersistentFlags().Bool("no-pager", false, "on a terminal, print without a pager")
	return io
}

// Page calls write with the output of the command. On a terminal the text passes through the user's pager. A reader who
// leaves the pager before the end is no error.
func (io IO) Page(write func(stdio.Writer) error) error {
	command := io.pager()
	if command == nil {
		defer io.Step("writing the report").End()
		return write(io.Out)
	}
	return io.through(command, write)
}

// pager returns the command that shows text on the terminal; nil if there is none, or none is wanted.
func (io IO) pager() *exec.Cmd {
	if io.terminal == nil || io.noPager != nil && *io.noPager || os.Getenv("TERM") == "dumb" {
		return nil
	}
	name := "less"
	for _, variable := range slices.Backward(pagerVariables) {
		if value, set := os.LookupEnv(variable); set {
			name = value
		}
	}
	words := strings.Fields(name)
	if len(words) == 0 || words[0] == "cat" {
		return nil
	}
	if strings.ContainsAny(name, "|&;<>()$`\\\"'*?[#~=%") && runtime.GOOS != "windows" {
		words = []string{"sh", "-c", name}
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		return nil
	}
	c := exec.Command(words[0], words[1:]...)
	c.Env = os.Environ()
	for _, setting := range pagerDefaults {
		if variable, _, _ := strings.Cut(setting, "="); os.Getenv(variable) == "" {
			c.Env = append(c.Env, setting)
		}
	}
	return c
}

// through runs a pager with what write writes. Ctrl-C is for the pager until it ends.
func (io IO) through(pager *exec.Cmd, write func(stdio.Writer) error) error {
	if _, err := io.Out.Write(nil); err != nil { // erases the progress line
		return err
	}
	pager.Stdout, pager.Stderr = io.terminal, os.Stderr
	pipe, err := pager.StdinPipe()
	if err != nil {
		return err
	}
	defer io.interruptsPager()()
	if err := pager.Start(); err != nil {
		return write(io.Out)
	}
	io.OnInterrupt(func() { _ = pager.Process.Signal(syscall.SIGTERM) })
	out := &pagerInput{to: pipe}
	err = write(out)
	_ = pipe.Close()
	ended := pager.Wait()
	switch exit := (*exec.ExitError)(nil); {
	case errors.As(ended, &exit) && exit.ExitCode() == shellNotFound:
		return write(io.Out)
	case out.left:
		return nil
	}
	return err
}

// interruptsPager makes Ctrl-C act on the pager only, until the function that it returns is called.
func (io IO) interruptsPager() (stop func()) {
	p := io.process
	if p == nil {
		return func() {}
	}
	set := func(paging bool) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.paging = paging
	}
	set(true)
	return func() { set(false) }
}

// pagerInput writes to a pager and remembers that the reader has left it.
type pagerInput struct {
	to   stdio.Writer
	left bool
}

// Write writes to the pager.
func (p *pagerInput) Write(data []byte) (int, error) {
	n, err := p.to.Write(data)
	p.left = p.left || err != nil
	return n, err
}
