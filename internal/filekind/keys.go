package filekind

import (
	"strings"
)

const (
	// maxKeyDepth is how many keys and lists a path goes through.
	maxKeyDepth = 3
	maxKeys     = 2000
)

// skipComments returns text without the white space and comments of JSON at its start.
func skipComments(text string) string {
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		switch {
		case strings.HasPrefix(text, "//"):
			_, text, _ = strings.Cut(text, "\n")
		case strings.HasPrefix(text, "/*"):
			_, text, _ = strings.Cut(text[2:], "*/")
		default:
			return text
		}
	}
}

// jsonScanner reads JSON as far as it goes: what is cut off or wrong ends it.
type jsonScanner struct {
	rest string
	keys map[string]string
}

// jsonKeys returns the first keys of JSON.
func jsonKeys(text string) map[string]string {
	s := jsonScanner{text, map[string]string{}}
	s.value("", 0)
	return s.keys
}

// value reads a value. It reports false at the end of what can be read.
func (s *jsonScanner) value(path string, depth int) bool {
	s.rest = skipComments(s.rest)
	switch {
	case s.rest == "" || len(s.keys) > maxKeys:
		return false
	case depth >= maxKeyDepth && (s.rest[0] == '{' || s.rest[0] == '['):
		return s.skip()
	case s.rest[0] == '{':
		return s.members(path, depth)
	case s.rest[0] == '[':
		return s.elements(path, depth)
	case s.rest[0] == '"':
		text, ok := s.string()
		s.keys[path] = text
		return ok
	}
	end := strings.IndexAny(s.rest, ",]}\n")
	if end <= 0 {
		return false
	}
	s.keys[path] = strings.TrimSpace(s.rest[:end])
	s.rest = s.rest[end:]
	return true
}

// members reads an object.
func (s *jsonScanner) members(path string, depth int) bool {
	for s.rest = s.rest[1:]; ; {
		s.rest = strings.TrimPrefix(skipComments(s.rest), ",")
		s.rest = skipComments(s.rest)
		if strings.HasPrefix(s.rest, "}") {
			s.rest = s.rest[1:]
			return true
		}
		key, ok := s.string()
		if s.rest = skipComments(s.rest); !ok || !strings.HasPrefix(s.rest, ":") {
			return false
		}
		s.rest = s.rest[1:]
		full := join(path, strings.ToLower(key))
		s.keys[full] = ""
		if !s.value(full, depth+1) {
			return false
		}
	}
}

// elements reads a list; only the keys of its first element are kept.
func (s *jsonScanner) elements(path string, depth int) bool {
	for n := 0; ; n++ {
		s.rest = skipComments(s.rest[1:])
		switch {
		case strings.HasPrefix(s.rest, "]"):
			s.rest = s.rest[1:]
			return true
		case n == 0 && !s.value(path+"[]", depth+1), n > 0 && !s.skip():
			return false
		}
		s.rest = skipComments(s.rest)
		if strings.HasPrefix(s.rest, "]") {
			s.rest = s.rest[1:]
			return true
		}
		if !strings.HasPrefix(s.rest, ",") {
			return false
		}
	}
}

// skip passes over a value.
func (s *jsonScanner) skip() bool {
	for depth := 0; s.rest != ""; {
		switch s.rest[0] {
		case '"':
			if _, ok := s.string(); !ok {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return true
			}
			depth--
		case ',':
			if depth == 0 {
				return true
			}
		}
		s.rest = s.rest[1:]
	}
	return false
}

// string reads a string; escapes stay as they are.
func (s *jsonScanner) string() (text string, ok bool) {
	if !strings.HasPrefix(s.rest, `"`) {
		return "", false
	}
	for i := 1; i < len(s.rest); i++ {
		switch s.rest[i] {
		case '\\':
			i++
		case '"':
			text, s.rest = s.rest[1:i], s.rest[i+1:]
			return text, true
		}
	}
	return "", false
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// yamlKeys returns the keys at the left edge of the first YAML document, and those of the first element of a list
// there.
func yamlKeys(text string) map[string]string {
	keys := map[string]string{}
	elements := 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		if len(keys) > maxKeys || strings.HasPrefix(line, "---") && len(keys) > 0 {
			break
		}
		prefix := ""
		if item, ok := strings.CutPrefix(line, "- "); ok && (elements > 0 || len(keys) == 0) {
			if elements++; elements > 1 {
				break
			}
			prefix, line = "[].", strings.TrimLeft(item, " ")
		} else if elements > 0 {
			prefix, line = "[].", strings.TrimPrefix(line, "  ")
		}
		if key, value, ok := yamlKey(line); ok {
			keys[prefix+strings.ToLower(key)] = value
		}
	}
	return keys
}

// yamlKey reads "key: value" at the start of a line.
func yamlKey(line string) (key, value string, ok bool) {
	if line == "" || strings.ContainsRune(" \t#-", rune(line[0])) {
		return "", "", false
	}
	key, value, ok = strings.Cut(line, ":")
	if !ok || value != "" && value[0] != ' ' && value[0] != '\t' {
		return "", "", false
	}
	key = strings.Trim(strings.TrimSpace(key), `"'`)
	if key == "" || strings.ContainsAny(key, " \t(){}=\"") {
		return "", "", false
	}
	value, _, _ = strings.Cut(value, " #")
	return key, strings.Trim(strings.TrimSpace(value), `"'`), true
}
