package spec

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/filekind"
	"github.com/aksnet/aksnet/internal/shell"
)

// Foreign returns what a file is, and what to do with it, if it is known not to be a spec.
func Foreign(src Source) (message string, foreign bool) { return foreignFile(src, 1) }

// foreignFile returns the message for a file that is known not to be a spec, from its first line or a later one.
func foreignFile(src Source, line int) (message string, foreign bool) {
	kind := filekind.Of(src.Name, src.from(line))
	if !kind.Foreign() {
		return "", false
	}
	name := "-"
	if src.Name != Stdin {
		name = shell.File(src.Name)
	}
	advice := strings.ReplaceAll(kind.Advice(), "FILE", name)
	return fmt.Sprintf("this is %s, not a spec%s%s", kind.Title(), beforeAdvice, advice), true
}

// beforeAdvice stands between what a file is and what to do with it.
const beforeAdvice = "; "

// foreignDocuments tells which documents of a file are not specs.
type foreignDocuments struct {
	src Source
	// read is how many documents came before, looked how many of them lacked the version of a spec, and found how many
	// are known not to be specs.
	read, looked, found int
}

// maxForeign is how many documents without the version of a spec are looked at: each look reads the text from there on.
const maxForeign = 20

// document returns the message for the next document if it is known not to be a spec. After the first one that is not,
// every other one without the version of a spec is taken for the same.
func (f *foreignDocuments) document(doc *node) (message string) {
	_, version := child(doc, "apiVersion")
	_, kind := child(doc, "kind")
	if version != nil && target(version).value == APIVersion && kind == nil {
		f.read++
		return ""
	}
	line := 1
	if f.read > 0 {
		line, _ = doc.place()
	}
	f.read++
	if f.looked++; f.looked > maxForeign && f.found == 0 {
		return ""
	}
	foreign := f.found > 0
	if !foreign {
		message, foreign = foreignFile(f.src, line)
	}
	if foreign {
		f.found++
		return cmp.Or(message, "another document that is not a spec")
	}
	return ""
}

// from returns the text of the file from a line on.
func (s Source) from(line int) []byte {
	rest := s.Data
	for ; line > 1 && rest != nil; line-- {
		_, rest = cutLine(rest)
	}
	return rest
}

// notText says what keeps a file from being read as text.
func notText(src Source) string {
	if kind := filekind.Of(src.Name, src.Data); kind == filekind.UTF16 {
		return fmt.Sprintf("file is %s, expected UTF-8; %s", kind.Title(), kind.Advice())
	}
	if bytes.IndexByte(src.Data, 0) < 0 {
		return "file is not UTF-8 text, perhaps in an encoding of Windows such as Windows-1252; save it as UTF-8"
	}
	return "file is not UTF-8 text; expected a spec in YAML or JSON"
}

// settleFolders reports the files of folders that are not specs once, at the first of them. They are notes if another
// file is a spec: folders hold other files too.
func (s *Spec) settleFolders() {
	fromFolder := map[string]bool{}
	for _, src := range s.tree.sources {
		fromFolder[src.Name] = src.FromFolder
	}
	var first *Problem
	more := 0
	s.Problems = slices.DeleteFunc(s.Problems, func(p Problem) bool {
		if p.Rule != RuleForeign || !fromFolder[p.Position.File] {
			return false
		}
		if first == nil {
			first = &p
		} else {
			more++
		}
		return true
	})
	if first == nil {
		return
	}
	if s.tree.root != nil {
		what, _, _ := strings.Cut(first.Message, beforeAdvice)
		first.Rule, first.Message = RuleLeftOut, what+": it is left out"
	}
	if more > 0 {
		first.Message += fmt.Sprintf(", like %s that are not specs", english.Count(more, "other file"))
	}
	s.Problems = append(s.Problems, *first)
}
