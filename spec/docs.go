package spec

import (
	"embed"
	"reflect"
	"regexp"
	"strings"
	"sync"
)

// sources holds the files with the types of a spec: the comment on a field is what the schema and the reference say of
// its key.
//
//go:embed spec.go cluster.go
var sources embed.FS

// fieldLine matches the line of a field that a spec can set.
var fieldLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("^\t\\w+ .*`spec:\"(\\w+)") })

// docs maps "Type.key" to the comment on the field of the key.
var docs = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, file := range []string{"spec.go", "cluster.go"} {
		text, err := sources.ReadFile(file)
		if err != nil {
			panic("spec: its own source is not embedded: " + err.Error())
		}
		addDocs(out, string(text))
	}
	return out
})

func addDocs(out map[string]string, source string) {
	var typ string
	var comment []string
	for line := range strings.Lines(source) {
		if name, ok := strings.CutPrefix(line, "type "); ok {
			typ, _, _ = strings.Cut(name, " ")
		}
		if text, ok := strings.CutPrefix(line, "\t// "); ok {
			comment = append(comment, strings.TrimSpace(text))
			continue
		}
		if m := fieldLine().FindStringSubmatch(line); m != nil {
			out[typ+"."+m[1]] = strings.Join(comment, " ")
		}
		comment = nil
	}
}

// docOf returns what the key of a field of t means.
func docOf(t reflect.Type, f *field) string { return docs()[t.Name()+"."+f.key] }
