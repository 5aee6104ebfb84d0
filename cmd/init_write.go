package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aksnet/aksnet/cmd/cli"
)

// vacant refuses a file that exists, before anybody answers questions in vain. If there are questions, it asks whether
// to overwrite the file.
func (o *initOptions) vacant(a *asker, ask bool) error {
	if o.file == "-" {
		return nil
	}
	switch info, err := os.Lstat(o.file); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("checking whether %s exists: %w", o.file, err)
	case info.IsDir():
		return cli.Usagef("%s is a folder, expected a file; use -o to write a file in it", o.file)
	case o.force:
		return nil
	case !ask:
		return occupied(o.file)
	}
	overwrite, err := a.yes(question{
		title: o.file + " exists. Overwrite it?",
		help:  "yes replaces the file at the end, when all questions are answered; no writes nothing.",
	})
	switch {
	case err != nil:
		return err
	case !overwrite:
		return occupied(o.file)
	}
	o.force = true
	return nil
}

func occupied(file string) error {
	return cli.Usagef("%s already exists; use --force to overwrite it, or -o to write another file", file)
}

// writeNew writes a file completely or not at all. Without force it never replaces a file, even one created in the
// meantime.
func writeNew(file string, data []byte, force bool) error {
	fail := func(err error) error { return fmt.Errorf("writing %s: %w", file, err) }
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return fail(errors.New("it exists and is not a regular file"))
	}
	tmp, err := createTemp(filepath.Dir(file))
	if err != nil {
		return fail(err)
	}
	defer os.Remove(tmp.Name())
	if err := fill(tmp, data); err != nil {
		return fail(err)
	}
	if force {
		if err := os.Rename(tmp.Name(), file); err != nil {
			return fail(err)
		}
		return nil
	}
	return link(tmp.Name(), file, data)
}

// link gives a complete file its name, if no file has that name. Without hard links, it creates the file first.
func link(tmp, file string, data []byte) error {
	err := os.Link(tmp, file)
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return occupied(file)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return occupied(file)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	if err := fill(f, data); err != nil {
		os.Remove(file)
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}
