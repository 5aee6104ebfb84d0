package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/render"
)

// writeFiles writes files into a folder, and creates the folder if it does not exist. All files are complete under
// temporary names before the first is renamed, so that a full disk, a missing permission or Ctrl-C changes nothing.
func writeFiles(io cli.IO, dir string, files []render.File) error {
	var moves []move
	discard := func() {
		for _, m := range slices.Backward(moves) {
			os.Remove(m.from)
			for _, made := range m.made {
				os.Remove(made) // unless it has files now
			}
		}
	}
	defer discard()
	io.OnInterrupt(discard)
	for _, f := range files {
		err := io.Whole(func() error {
			m, err := stage(dir, f)
			moves = append(moves, m)
			return err
		})
		if err != nil {
			return fmt.Errorf("writing to %s: %w", dir, err)
		}
	}
	err := io.Whole(func() error {
		for _, m := range moves {
			if err := os.Rename(m.from, m.to); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("writing to %s: %w", dir, err)
	}
	for _, m := range moves {
		if err := io.Inform("wrote %s", filepath.ToSlash(m.to)); err != nil {
			return err
		}
	}
	return nil
}

// move is a complete file, the name that it gets, and the folders that were made for it, the innermost first.
type move struct {
	from, to string
	made     []string
}

// stage writes a file under a temporary name in its folder.
func stage(dir string, f render.File) (m move, err error) {
	name := filepath.FromSlash(f.Name)
	if !filepath.IsLocal(name) {
		return m, fmt.Errorf("%q is outside the folder", f.Name)
	}
	m.to = filepath.Join(dir, name)
	if info, err := os.Stat(m.to); err == nil && !info.Mode().IsRegular() {
		return m, fmt.Errorf("%s exists and is not a regular file", m.to)
	}
	m.made = missingFolders(filepath.Dir(m.to))
	if err := os.MkdirAll(filepath.Dir(m.to), 0o755); err != nil {
		return m, err
	}
	tmp, err := createTemp(filepath.Dir(m.to))
	if err != nil {
		return m, err
	}
	m.from = tmp.Name()
	if err := fill(tmp, f.Data); err != nil {
		os.Remove(m.from)
		return m, err
	}
	return m, nil
}

// createTemp creates a temporary file in a folder. An error names the folder.
func createTemp(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".aksnet-*")
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = &fs.PathError{Op: "mkdir", Path: dir, Err: p.Err}
	}
	return f, err
}

// missingFolders returns the folders of a path that do not exist, the innermost first.
func missingFolders(dir string) (missing []string) {
	for {
		if _, err := os.Lstat(dir); err == nil {
			return missing
		}
		missing = append(missing, dir)
		parent := filepath.Dir(dir)
		if parent == dir {
			return missing
		}
		dir = parent
	}
}

// fill writes data to a temporary file and gives it the permissions of an ordinary one.
func fill(tmp *os.File, data []byte) error {
	_, err := tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	return err
}
