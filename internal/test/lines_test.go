package test

import (
	"go/scanner"
	"go/token"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"
)

// maxLine is how many characters a line of Go may have; a tab counts as one.
const maxLine = 120

// TestLinesWrap holds Go code to 120 columns. Raw strings are as long as what they show, URLs cannot be broken, and
// Azure's own names are as long as they are.
func TestLinesWrap(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(out)) {
		text, err := os.ReadFile(name)
		if os.IsNotExist(err) || name == "aks/errorcode_names.go" {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		raw := rawLines(text)
		for i, line := range strings.Split(string(text), "\n") {
			if utf8.RuneCountInString(line) > maxLine && !raw[i+1] && !strings.Contains(line, "https://") {
				t.Errorf("%s:%d: %d characters; wrap the line at %d", name, i+1, utf8.RuneCountInString(line), maxLine)
			}
		}
	}
}

// rawLines returns the lines that hold a part of a raw string.
func rawLines(text []byte) map[int]bool {
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	lines := map[int]bool{}
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.STRING && strings.HasPrefix(lit, "`") {
			first := file.Line(pos)
			for i := range strings.Count(lit, "\n") + 1 {
				lines[first+i] = true
			}
		}
	}
}
