package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestErrorText has errors of the operating system as this program wraps them.
func TestErrorText(t *testing.T) {
	path := func(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
	there := filepath.ToSlash(t.TempDir())
	for want, err := range map[string]error{
		"reading the spec: " + there + "/x.yaml: no such file": fmt.Errorf("reading the spec: %w",
			path("stat", there+"/x.yaml", syscall.ENOENT)),
		there + "/a/x.yaml: no such file, and no folder " + there + "/a": path("open", there+"/a/x.yaml", syscall.ENOENT),
		"a: no such folder":               path("mkdir", "a", syscall.ENOENT),
		"a is a folder, expected a file":  path("read", "a", syscall.EISDIR),
		"a is a file, expected a folder":  path("mkdir", "a", syscall.ENOTDIR),
		"a/b: permission denied":          path("open", "a/b", syscall.EACCES),
		`"a b": permission denied`:        path("open", "a b", syscall.EPERM),
		`"a\nb": permission denied`:       path("open", "a\nb", syscall.EACCES),
		"the name of the file is empty":   path("open", "", syscall.ENOENT),
		"b: permission denied":            &os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EACCES},
		"no file is named here":           errors.New("no file is named here"),
		"a: no space left on device (no)": fmt.Errorf("%w (no)", path("write", "a", errors.New("no space left on device"))),
	} {
		if got := filepath.ToSlash(errorText(err)); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// TestErrorTextNamesNoCall makes real mistakes with files.
func TestErrorTextNamesNoCall(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, missing := os.Stat(filepath.Join(dir, "missing"))
	_, open := os.Open(filepath.Join(file, "x"))
	_, read := os.ReadFile(dir)
	_, list := os.ReadDir(file)
	for _, err := range []error{
		missing, open, read, list, os.Mkdir(filepath.Join(file, "x"), 0o700), os.Rename(file, filepath.Join(dir, "no", "x")),
	} {
		text := errorText(err)
		for _, call := range []string{"stat ", "open ", "read ", "mkdir ", "rename ", "readdir", "fdopendir", "getdents"} {
			if strings.Contains(text, call) {
				t.Errorf("%q names %s", text, call)
			}
		}
	}
}
