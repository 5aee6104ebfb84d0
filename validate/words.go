package validate

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/spec"
)

// joinWords returns words as "a, b and c".
func joinWords[T ~string](words []T) string {
	text := make([]string, len(words))
	for i, w := range words {
		text[i] = string(w)
	}
	if len(text) < 2 {
		return strings.Join(text, "")
	}
	return strings.Join(text[:len(text)-1], ", ") + " and " + text[len(text)-1]
}

// versionWords returns a Kubernetes version for a message.
func versionWords(v spec.Version) string {
	if v == "" {
		return "the default version, which is newer"
	}
	return string(v)
}

// indexed returns the path of an element of a list.
func indexed(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// flowList returns values as a YAML list on one line: [a, b].
func flowList[T fmt.Stringer](values []T) string {
	text := make([]string, len(values))
	for i, v := range values {
		text[i] = v.String()
	}
	return "[" + strings.Join(text, ", ") + "]"
}

// form returns a function that compiles a pattern on its first call.
func form(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
