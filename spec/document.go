package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxDepth is how deep a document may be nested. The spec itself needs nine levels.
const maxDepth = 64

// parseDocuments reads the YAML or JSON documents of a file. Every document it returns is a mapping.
func parseDocuments(src Source) (docs []*node, problems []Problem) {
	refuse := func(rule string, line, column int, format string, a ...any) []Problem {
		return append(problems, Problem{
			Rule:     rule,
			Position: Position{File: src.Name, Line: line, Column: column, Width: 1},
			Message:  fmt.Sprintf(format, a...),
		})
	}
	// refuseAll refuses the whole file: as what it is if that is known, else with the message.
	refuseAll := func(rule string, line, column int, format string, a ...any) []Problem {
		if message, foreign := foreignFile(src, 1); foreign && len(docs) == 0 {
			return refuse(RuleForeign, 1, 1, "%s", message)
		}
		return refuse(rule, line, column, format, a...)
	}
	if len(src.Data) > MaxFileSize {
		return nil, refuseAll(RuleSize, 1, 1, "file has %d bytes, a spec file may have %d; split it into several files",
			len(src.Data), MaxFileSize)
	}
	if line, column, ok := firstNonText(src.Data); ok {
		return nil, refuseAll(RuleSyntax, line, column, "%s", notText(src))
	}
	foreign, compact := foreignDocuments{src: src}, newCompactor()
	dec := yaml.NewDecoder(bytes.NewReader(yamlEscapes(src.Data)))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, column, message := syntaxError(src, err)
			return docs, refuseAll(RuleSyntax, line, column, "%s", message)
		}
		root := compact.document(&doc)
		line, column := root.place()
		switch {
		case root.kind == scalarNode && root.tag == tagNull:
			continue
		case root.kind != mappingNode:
			problems = refuseAll(
				RuleSyntax,
				line,
				column,
				"expected a mapping that starts with apiVersion: %s, found %s",
				APIVersion,
				describe(root),
			)
			continue
		}
		switch message := foreign.document(root); {
		case message == "":
		case foreign.found > 1:
			continue // the first of many is enough
		default:
			problems = refuse(RuleForeign, line, column, "%s", message)
			continue
		}
		if line, column, ok := tooDeep(root, 0); ok {
			problems = refuse(RuleSize, line, column, "nested deeper than %d levels", maxDepth)
			continue
		}
		docs = append(docs, root)
	}
	if len(docs) == 0 && len(problems) == 0 {
		problems = refuse(RuleEmpty, 1, 1,
			"file is empty; the smallest spec is apiVersion: %s and a cluster, see aksnet init", APIVersion)
	}
	return docs, problems
}

// jsonEscape is an escape of JSON; the first alternative is a character beyond U+FFFF, which JSON writes as two
// escapes.
var jsonEscape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\.`)
})

// yamlEscapes writes the two escapes of JSON that YAML does not know as YAML does, in files that are JSON. What follows
// on the same line moves a column or two to the left for each of them, which is the price of one parser for both
// languages.
func yamlEscapes(data []byte) []byte {
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return data
	}
	return jsonEscape().ReplaceAllFunc(data, func(escape []byte) []byte {
		switch {
		case string(escape) == `\/`:
			return escape[1:]
		case len(escape) < 12:
			return escape
		}
		high, _ := strconv.ParseUint(string(escape[2:6]), 16, 32)
		low, _ := strconv.ParseUint(string(escape[8:12]), 16, 32)
		return fmt.Appendf(nil, `\U%08X`, utf16.DecodeRune(rune(high), rune(low)))
	})
}

// firstNonText returns the place of the first byte that cannot stand in a text file.
func firstNonText(data []byte) (line, column int, found bool) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return 1, 1, true
	}
	line, column = 1, 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1, r == 0:
			return line, column, true
		case r == '\n':
			line, column = line+1, 1
		default:
			column++
		}
		data = data[n:]
	}
	return 0, 0, false
}

func tooDeep(n *node, depth int) (line, column int, found bool) {
	if depth > maxDepth {
		line, column = n.place()
		return line, column, true
	}
	for _, c := range n.content() {
		if line, column, found = tooDeep(c, depth+1); found {
			return line, column, true
		}
	}
	return 0, 0, false
}

var (
	yamlLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(
			`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?(?:did not find expected <document start>|)`,
		)
	})
	yamlAlias = sync.OnceValue(
		func() *regexp.Regexp { return regexp.MustCompile(`^unknown anchor '(.+)' referenced$`) },
	)
)

// syntaxError puts the library's error into our words and finds the place where it can.
func syntaxError(src Source, err error) (line, column int, message string) {
	reported, text := yamlError(err)
	lines := bytes.Split(src.Data, []byte("\n"))
	tabLine, tabColumn, hasTab := tabIndent(src.Data)
	alias := yamlAlias().FindStringSubmatch(text)
	found, known := findMistake(src.Data)
	switch {
	case hasTab && (strings.Contains(text, "cannot start any token") || strings.Contains(text, "tab character")):
		return tabLine, tabColumn, "line is indented with a tab; YAML requires spaces for indentation"
	case alias != nil:
		line, column = placeOf(lines, "*"+alias[1])
		text = fmt.Sprintf("*%s names no anchor defined before it; text that starts with * needs quotes", alias[1])
	case known:
		line, column = found.place(lines)
		return line, column, found.text
	case strings.HasSuffix(text, "',' or ']'"), strings.HasSuffix(text, "',' or '}'"):
		line, column = openBracket(lines, reported)
		text = "unclosed bracket: " + text
	case strings.HasPrefix(text, "did not find expected"):
		line, column = firstText(lines, unexpectedLine(lines, reported))
	default:
		line, column = firstText(lines, max(0, reported-1))
	}
	return line, column, "not readable as YAML or JSON: " + text
}

// yamlError takes the number of the line out of an error of the library, 0 when there is none.
func yamlError(err error) (line int, text string) {
	text = err.Error()
	if m := yamlLine().FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	if text == "" {
		text = "expected a single YAML document"
	}
	return line, text
}

// unexpectedLine is the line, from 0, of what the parser did not expect. The library counts from 0 as well in such
// errors, and names the line on which the list or mapping around it began, unless that is the first one. So it is asked
// again about what begins there.
func unexpectedLine(lines [][]byte, reported int) int {
	if reported >= len(lines) {
		return len(lines) - 1
	}
	var doc yaml.Node
	err := yaml.Unmarshal(bytes.Join(lines[reported:], []byte("\n")), &doc)
	if err == nil {
		return reported
	}
	more, text := yamlError(err)
	if !strings.HasPrefix(text, "did not find expected") {
		return reported
	}
	return min(reported+more, len(lines)-1)
}

// firstText is the place of the first character of a line, which counts from 0, or of the last one before that has any.
func firstText(lines [][]byte, n int) (line, column int) {
	for n = min(n, len(lines)-1); n > 0 && len(bytes.TrimSpace(lines[n])) == 0; {
		n--
	}
	indent := len(lines[n]) - len(bytes.TrimLeft(lines[n], " \t"))
	return n + 1, utf8.RuneCount(lines[n][:indent]) + 1
}

// openBracket is the place of the last bracket on a line, which counts from 0, that is not closed there.
func openBracket(lines [][]byte, n int) (line, column int) {
	n = min(n, len(lines)-1)
	closed := map[byte]int{}
	for i := len(lines[n]) - 1; i >= 0; i-- {
		switch c := lines[n][i]; c {
		case ']':
			closed['[']++
		case '}':
			closed['{']++
		case '[', '{':
			if closed[c]--; closed[c] < 0 {
				return n + 1, utf8.RuneCount(lines[n][:i]) + 1
			}
		}
	}
	return firstText(lines, n)
}

// placeOf returns the first position of a word, or the start of the file.
func placeOf(lines [][]byte, word string) (line, column int) {
	for n, l := range lines {
		if i := bytes.Index(l, []byte(word)); i >= 0 {
			return n + 1, utf8.RuneCount(l[:i]) + 1
		}
	}
	return 1, 1
}

// tabIndent returns the place of the first tab in the indentation of a line.
func tabIndent(data []byte) (line, column int, found bool) {
	for i, l := range bytes.Split(data, []byte("\n")) {
		indent := l[:len(l)-len(bytes.TrimLeft(l, " \t"))]
		if c := bytes.IndexByte(indent, '\t'); c >= 0 && len(indent) < len(bytes.TrimRight(l, "\r")) {
			return i + 1, c + 1, true
		}
	}
	return 0, 0, false
}

// describe says what kind of value a node is, as "a list" or `the text "x"`.
func describe(n *node) string {
	switch n.kind {
	case mappingNode:
		return "a mapping"
	case sequenceNode:
		return "a list"
	case aliasNode:
		return describe(n.alias())
	}
	switch n.tag {
	case tagNull:
		return "nothing"
	case tagInt, tagFloat:
		return "the number " + n.value
	case tagBool:
		return "the boolean " + n.value
	}
	return fmt.Sprintf("the text %s", quote(n.value))
}

// quote shows what the user wrote, shortened when it is very long.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.Quote(s)
}
