package filekind

import (
	"bytes"
	"path"
	"strings"
)

const (
	// maxHead and maxTail are how many bytes of a file are looked at. The keys that tell what a file is come early, and
	// the names of the files in an archive come last.
	maxHead = 256 << 10
	maxTail = 64 << 10
)

// sample is what the recognisers look at.
type sample struct {
	name string // the last element of the name, in lower case
	head []byte
	tail []byte
	text string // the head without a byte order mark
	json bool   // the text looks like JSON
	// keys maps the first keys of JSON and YAML, in lower case, to their values; containers have the value "". A path has
	// the keys down to it, and [] for the first element of a list: "id", "[].id", "properties.changes".
	keys map[string]string
}

func newSample(name string, data []byte) *sample {
	s := &sample{
		name: strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/"))),
		head: data[:min(len(data), maxHead)],
		tail: data[max(0, len(data)-maxTail):],
	}
	s.text = string(bytes.TrimPrefix(s.head, []byte("\ufeff")))
	start := skipComments(s.text)
	s.json = start != "" && (start[0] == '{' && !strings.HasPrefix(start, "{{") || start[0] == '[' && !isSection(start))
	if s.json {
		s.keys = jsonKeys(start)
	} else {
		s.keys = yamlKeys(s.text)
	}
	return s
}

// isSection reports whether text starts with the name of a section, as an INI or TOML file does.
func isSection(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	name, rest, ok := strings.Cut(strings.TrimLeft(line, "["), "]")
	return ok && strings.Trim(rest, "] \t\r") == "" && name != "" &&
		strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789._-") == ""
}

// has reports whether all keys exist.
func (s *sample) has(keys ...string) bool {
	for _, k := range keys {
		if _, ok := s.keys[k]; !ok {
			return false
		}
	}
	return true
}

// count returns how many of the keys exist.
func (s *sample) count(keys ...string) (n int) {
	for _, k := range keys {
		if s.has(k) {
			n++
		}
	}
	return n
}

// named reports whether the name of the file ends in one of the texts.
func (s *sample) named(endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(s.name, e) {
			return true
		}
	}
	return false
}

// byName returns the kind of an extension whose files have no other content. Files of YAML and JSON are of all kinds.
func (s *sample) byName() Kind {
	for ending, kind := range map[string]Kind{
		".tf": "terraform", ".tfvars": "terraform-variables", ".bicep": "bicep", ".bicepparam": "bicep-parameters",
		".sh": "shell", ".bash": "shell", ".ps1": "powershell", ".md": "markdown", ".csv": "csv", ".xml": "xml",
		".html": "html", ".toml": "toml", ".ini": "toml",
	} {
		if s.named(ending) {
			return kind
		}
	}
	return Unknown
}
