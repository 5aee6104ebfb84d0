package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// errorText returns the text of an error. What the operating system says about files is put into words: the name, and
// what is wrong with it, without the name of a system call.
func errorText(err error) string {
	text := err.Error()
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		text = strings.ReplaceAll(text, p.Error(), fileText(p.Op, p.Path, p.Err))
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		text = strings.ReplaceAll(text, l.Error(), fileText(l.Op, l.New, l.Err))
	}
	return text
}

// fileText says what is wrong with a file.
func fileText(op, name string, err error) string {
	shown := fileName(name)
	switch {
	case name == "":
		return "the name of the file is empty"
	case errors.Is(err, fs.ErrNotExist) && op == "mkdir":
		return shown + ": no such folder"
	case errors.Is(err, fs.ErrNotExist):
		return shown + ": no such file" + missingFolder(name)
	case errors.Is(err, syscall.EISDIR):
		return shown + " is a folder, expected a file"
	case errors.Is(err, syscall.ENOTDIR) && op == "mkdir":
		return shown + " is a file, expected a folder"
	case errors.Is(err, syscall.ENOTDIR):
		return shown + ": part of this path is a file, expected a folder"
	case errors.Is(err, fs.ErrPermission):
		return shown + ": permission denied"
	}
	return shown + ": " + err.Error()
}

// missingFolder says which folder of a path does not exist; empty when the folder of the file does.
func missingFolder(name string) string {
	dir := filepath.Dir(name)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return ", and no folder " + fileName(dir)
}

// fileName returns the name of a file for a message: in quotes if it would be hard to see where it ends.
func fileName(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` || name == "" || strings.ContainsAny(name, " ") {
		return quoted
	}
	return name
}
