package validate

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/spec"
)

// joinWords lists words as "a, b and c".
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

// versionWords names a Kubernetes version in a message.
func versionWords(v spec.Version) string {
	if v == "" {
		return "the default version, which is newer"
	}
	return string(v)
}

// indexed is the path of an element of a list.
func indexed(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// flowList writes values as a list on one line: [a, b].
func flowList[T fmt.Stringer](values []T) string {
	text := make([]string, len(values))
	for i, v := range values {
		text[i] = v.String()
	}
	return "[" + strings.Join(text, ", ") + "]"
}

// form is a pattern that is made when it is first asked for.
func form(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
