package cmd

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/aksnet/aksnet/render"
)

// writeFiles writes files into a folder, and creates the folder if it does not exist. All files are complete under
// temporary names before the first is renamed, so that a full disk or a missing permission changes nothing.
func writeFiles(messages io.Writer, dir string, files []render.File) error {
	var moves []move
	defer func() {
		for _, m := range moves {
			os.Remove(m.from)
		}
	}()
	for _, f := range files {
		m, err := stage(dir, f)
		if err != nil {
			return fmt.Errorf("writing to %s: %w", dir, err)
		}
		moves = append(moves, m)
	}
	for _, m := range moves {
		if err := os.Rename(m.from, m.to); err != nil {
			return fmt.Errorf("writing to %s: %w", dir, err)
		}
		fmt.Fprintf(messages, "wrote %s\n", filepath.ToSlash(m.to))
	}
	return nil
}

// move is a complete file and the name that it gets.
type move struct{ from, to string }

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
	if err := os.MkdirAll(filepath.Dir(m.to), 0o755); err != nil {
		return m, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(m.to), ".aksnet-*")
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
