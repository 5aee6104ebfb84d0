package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FileName is the name of a ledger beside a spec.
const FileName = "aksnet.lock"

// File is a ledger in a file. Processes on one machine, and on those that share a file system with working locks, take
// turns.
type File struct{ path string }

// NewFile returns the store of a file, which need not exist.
func NewFile(path string) *File { return &File{path: filepath.Clean(path)} }

// Path returns where the file is.
func (f *File) Path() string { return f.path }

// String returns the path of the file.
func (f *File) String() string { return filepath.ToSlash(f.path) }

// Load reads the file. It needs no lock, because a new version takes the place of the old one whole.
func (f *File) Load(context.Context) (*Ledger, error) {
	data, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Ledger{}, nil
	case err != nil:
		return nil, fmt.Errorf("reading the ledger: %w", err)
	}
	return read(f.String(), data)
}

// Update changes the file while it has a lock on its folder.
func (f *File) Update(ctx context.Context, change func(*Ledger) (bool, error)) error {
	unlock, err := lock(ctx, f.path)
	if err != nil {
		return fmt.Errorf("locking the ledger: %w", err)
	}
	defer unlock()
	l, err := f.Load(ctx)
	if err != nil {
		return err
	}
	changed, err := change(l)
	if err != nil || !changed {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := f.write(l); err != nil {
		return fmt.Errorf("writing the ledger: %w", err)
	}
	return nil
}

// write puts a new version in the place of the file: written whole, on disk, and then under its name.
func (f *File) write(l *Ledger) error {
	var text bytes.Buffer
	if _, err := l.WriteTo(&text); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(f.path); err == nil {
		mode = info.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.path), ".aksnet-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text.Bytes())
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), f.path)
}
